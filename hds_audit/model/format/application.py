"""The application that is audited, and the contract with those whose records it keeps."""

from hds_audit.model.fields import DAY, INTEGER, NUMBER, SPAN, TEXT, Nested, Words
from hds_audit.model.format.contracts import CLAUSES
from hds_audit.model.format.events import DOCUMENT, SIGNED
from hds_audit.model.format.writing import HOST, ORGANISATION, key, record, some

CUSTOMER_CONTRACT = record(
    "customer contract",
    "What the operator signs with the practices or establishments whose records it keeps.",
    "Le contrat de l'exploitant avec les cabinets ou établissements dont il tient les dossiers.",
    key(
        "clauses",
        CLAUSES,
        "Clauses of CSP R.1111-11 that it repeats: `true` for all of them, or their list.",
        "Clauses de l'article R.1111-11 CSP qu'il reprend : `true` si toutes, sinon leur liste.",
    ),
    key(
        "mirrors",
        some(HOST),
        "Hosts whose hosting contract it mirrors.",
        "Hébergeurs dont il reprend le contrat d'hébergement.",
    ),
    SIGNED,
    DOCUMENT,
)

APPLICATION = record(
    "application",
    "The application that is audited.",
    "L'application auditée.",
    key("name", TEXT, "Name of the application.", "Nom de l'application."),
    key("description", TEXT, "What it does, in a sentence.", "Ce qu'elle fait, en une phrase."),
    key("operator", ORGANISATION, "Organisation that operates it.", "Organisation qui l'exploite."),
    key(
        "operator_kind",
        Words(("private", "public-body", "listed-body", "other-public")),
        "Private, public-body (State administration), listed-body (by article 31 of the SREN law), or other-public (a hospital).",
        "Privé, public-body (administration de l'État), listed-body (listé par l'article 31 de la loi SREN), ou other-public (un hôpital).",
    ),
    key(
        "public",
        some(Words(("patients", "health-professionals", "staff", "relatives", "customers"), open=True)),
        "Who uses it.",
        "Qui l'utilise.",
    ),
    key(
        "persons",
        INTEGER,
        "How many people the data are about: what makes a processing large-scale.",
        "Nombre de personnes concernées par les données : ce qui fait la grande échelle.",
    ),
    key("go_live", DAY, "Day it went, or will go, into service.", "Date de mise en service, passée ou prévue."),
    key("last_major_change", DAY, "Day of the last major change.", "Date de la dernière évolution majeure."),
    key(
        "availability",
        NUMBER,
        "Availability promised to its users, in percent.",
        "Disponibilité promise aux utilisateurs, en pour cent.",
    ),
    key(
        "rto",
        SPAN,
        "Longest acceptable outage (recovery time objective).",
        "Durée maximale d'interruption admise (RTO, DMIA).",
    ),
    key(
        "rpo",
        SPAN,
        "Longest acceptable loss of data (recovery point objective).",
        "Perte de données maximale admise (RPO, PDMA).",
    ),
    key(
        "customer_contract",
        Nested(CUSTOMER_CONTRACT),
        "Contract with the practices or establishments whose records it keeps; `false` where there is none.",
        "Contrat avec les cabinets ou établissements dont elle tient les dossiers ; `false` s'il n'y en a pas.",
    ),
)
