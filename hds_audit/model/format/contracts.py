"""The contract with a host: the hosting clauses of CSP R.1111-11 and the processor's duties of GDPR 28."""

from hds_audit.model.fields import FLAG, NUMBER, SPAN, TEXT, Many, Nested, Scalar, Words
from hds_audit.model.format import words
from hds_audit.model.format.events import DATED, DOCUMENT, NOT_DONE, SIGNED, WHERE
from hds_audit.model.format.writing import ORGANISATION, key, record, some
from hds_audit.model.text import Text

CLAUSE = record(
    "clause",
    "A clause of CSP R.1111-11 and where the contract has it.",
    "Une clause de l'article R.1111-11 CSP et l'endroit où le contrat la porte.",
    key(
        "clause",
        Words(words.CLAUSES_2018 + words.CLAUSES_2026),
        "Which clause; the last six are in force since 2026-09-26.",
        "Quelle clause ; les six dernières sont en vigueur depuis le 26/09/2026.",
        required=True,
    ),
    DOCUMENT,
    WHERE,
)
CLAUSES = Many(Nested(CLAUSE, "clause"), lone=True, false_says=Text("it has none of these clauses", "il ne porte aucune de ces clauses"))

AGREEMENT = record(
    "data processing agreement",
    "The processor's contract of GDPR 28(3).",
    "Le contrat de sous-traitance de l'article 28(3) du RGPD.",
    SIGNED,
    key(
        "clauses",
        some(Words(words.LETTERS_28_3), Text("it has none of them", "il n'en porte aucune")),
        "Letters of GDPR 28(3) that it has, a to h; `true` for all of them.",
        "Lettres de l'article 28(3) qu'il reprend, de a à h ; `true` si toutes.",
    ),
    DOCUMENT,
)

ANNEX = record(
    "HDS annex",
    "The health-hosting annex of the contract.",
    "L'annexe du contrat relative à l'hébergement de données de santé.",
    SIGNED,
    key(
        "option",
        FLAG,
        "Whether the paid HDS option or zone is active for what you use.",
        "Si l'option ou la zone HDS payante est activée pour ce que vous utilisez.",
    ),
    DOCUMENT,
)

AUTHORITY_REQUESTS = record(
    "authority requests",
    "What the host undertakes when an authority asks it for data.",
    "Ce à quoi l'hébergeur s'engage lorsqu'une autorité lui demande des données.",
    key("procedure", FLAG, "Whether a procedure is set.", "Si une procédure est prévue."),
    key(
        "contests_non_eu_orders",
        FLAG,
        "Whether it undertakes to contest orders without a basis in European law.",
        "S'il s'engage à contester les injonctions sans fondement en droit européen.",
    ),
    DOCUMENT,
)

CONTRACT = record(
    "contract",
    "The contract with this host.",
    "Le contrat avec cet hébergeur.",
    key("party", ORGANISATION, "Legal entity that signed.", "Personne morale signataire."),
    SIGNED,
    key(
        "ends",
        Scalar("day", Text("it has no end date", "il n'a pas de terme")),
        "Day it ends; `false` where it has no term.",
        "Date de fin ; `false` s'il n'a pas de terme.",
    ),
    key(
        "data_processing_agreement",
        Nested(AGREEMENT),
        "Processor's contract of GDPR 28(3).",
        "Contrat de sous-traitance de l'article 28(3) du RGPD.",
    ),
    key("hds_annex", Nested(ANNEX), "Health-hosting annex.", "Annexe relative à l'hébergement de données de santé."),
    key(
        "clauses",
        CLAUSES,
        "Clauses of CSP R.1111-11 that it has; the list is closed.",
        "Clauses de l'article R.1111-11 CSP qu'il porte ; la liste est fermée.",
    ),
    key("availability", NUMBER, "Availability it promises, in percent.", "Disponibilité garantie, en pour cent."),
    key(
        "incident_notice",
        SPAN,
        "Longest delay before an incident is notified to you.",
        "Délai maximal de notification d'un incident.",
    ),
    key("audit_rights", FLAG, "Whether you may audit the host.", "Si vous pouvez auditer l'hébergeur."),
    key(
        "technical_audit",
        Scalar("day", NOT_DONE),
        "Day of the last independent technical audit whose summary you were shown; `false` if none.",
        "Date du dernier audit technique indépendant dont la synthèse vous a été montrée ; `false` si aucun.",
    ),
    key(
        "access_records",
        FLAG,
        "Whether you may consult the traces of the host's own accesses.",
        "Si vous pouvez consulter les traces d'accès du personnel de l'hébergeur.",
    ),
    key(
        "responsibility_matrix",
        Nested(DATED, "date"),
        "The split of security responsibilities between host and customer.",
        "La répartition des responsabilités de sécurité entre hébergeur et client.",
    ),
    key(
        "subprocessor_authorisation",
        Words(("specific", "general", "none")),
        "How you authorise its sub-processors (GDPR 28(2)): one by one, in general with a right to object, or not at all.",
        "Autorisation de ses sous-traitants ultérieurs (RGPD 28(2)) : un par un, générale avec droit d'objection, ou aucune.",
    ),
    key(
        "change_notice",
        SPAN,
        "Notice it gives before changing the service or a sub-processor.",
        "Préavis avant un changement de service ou de sous-traitant ultérieur.",
    ),
    key(
        "certificate_loss_notice",
        FLAG,
        "Whether it must tell you of a suspended or lost certificate.",
        "S'il doit vous informer de la suspension ou de la perte d'un certificat.",
    ),
    key(
        "certificate_copies",
        FLAG,
        "Whether it gave you copies of its HDS certificate and of its certified subcontractors' (HDS EXI-12).",
        "S'il vous a remis copie de son certificat HDS et de ceux de ses sous-traitants certifiés (HDS EXI-12).",
    ),
    key(
        "own_use",
        some(Words(("training", "analytics", "advertising"), open=True)),
        "What the host may do with the data for itself; `[]` for nothing.",
        "Ce que l'hébergeur peut faire des données pour son propre compte ; `[]` si rien.",
    ),
    key(
        "confidentiality",
        FLAG,
        "Whether its staff are bound to secrecy.",
        "Si son personnel est tenu au secret.",
    ),
    key(
        "authority_requests",
        Nested(AUTHORITY_REQUESTS),
        "What is agreed on requests from authorities.",
        "Ce qui est convenu pour les demandes d'autorités.",
    ),
    key(
        "extra_eu_laws",
        some(TEXT),
        "Laws from outside the EU that the contract names as reaching the host (HDS EXI-30); `[]` for none.",
        "Lois extra-européennes que le contrat nomme comme atteignant l'hébergeur (HDS EXI-30) ; `[]` si aucune.",
    ),
    key(
        "mitigations",
        some(TEXT),
        "Measures that the contract names against that risk.",
        "Mesures que le contrat nomme contre ce risque.",
    ),
    key(
        "residual_risks",
        some(TEXT),
        "Risks that the contract says remain.",
        "Risques que le contrat dit subsister.",
    ),
    DOCUMENT,
)
