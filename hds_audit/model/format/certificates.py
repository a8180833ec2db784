"""Certificates as their holder showed them."""

from hds_audit.model.fields import DAY, TEXT, URL, VERSION, Nested, Words
from hds_audit.model.format import words
from hds_audit.model.format.events import DOCUMENT
from hds_audit.model.format.writing import ORGANISATION, key, record, some

SCOPE = record(
    "certificate scope",
    "What the certificate covers; what is left out is unknown, `all` is everything.",
    "Ce que couvre le certificat ; ce qui n'est pas dit est inconnu, `all` vaut pour tout.",
    key("offers", some(TEXT), "Offers covered, or `all`.", "Offres couvertes, ou `all`."),
    key(
        "services", some(Words((*words.SERVICES, "all"))), "Kinds of service covered, or `all`.", "Natures de service couvertes, ou `all`."
    ),
    key("regions", some(TEXT), "Regions covered, or `all`.", "Régions couvertes, ou `all`."),
    key("sites", some(TEXT), "Sites covered, or `all`.", "Sites couverts, ou `all`."),
    key("excluded", some(TEXT), "Offers, regions or sites that it leaves out.", "Offres, régions ou sites qu'il exclut."),
    key("text", TEXT, "The scope as printed on the certificate.", "Le périmètre tel qu'imprimé sur le certificat."),
)

LISTING = record(
    "public listing",
    "Its entry on the public list.",
    "Son inscription sur la liste publique.",
    key("url", URL, "Address of the list.", "Adresse de la liste."),
    key("read", DAY, "Day the list was read.", "Date de consultation de la liste."),
)

CERTIFICATE = record(
    "certificate",
    "A certificate, approval or qualification, as shown by its holder.",
    "Un certificat, un agrément ou une qualification, tel que présenté par son titulaire.",
    key("holder", ORGANISATION, "Organisation that holds it.", "Organisation titulaire."),
    key("standard", Words(words.STANDARDS), "What it certifies.", "Ce qu'il certifie."),
    key("version", VERSION, "Version of the standard, such as 2.0 or 2022.", "Version du référentiel, comme 2.0 ou 2022."),
    key(
        "type",
        Words(("infrastructure", "infogereur")),
        "For HDS v1: physical infrastructure (activities 1-2) or managed hosting (3-6).",
        "Pour HDS v1 : hébergeur d'infrastructure physique (activités 1-2) ou infogéreur (3-6).",
    ),
    key(
        "activities",
        some(Words(words.ACTIVITIES)),
        "Activities of CSP R.1111-9 that it names.",
        "Activités de l'article R.1111-9 CSP qu'il nomme.",
    ),
    key("scope", Nested(SCOPE, "text"), "What it covers; left out: unknown.", "Ce qu'il couvre ; non précisé : inconnu."),
    key("body", TEXT, "Body that issued it.", "Organisme certificateur."),
    key("number", TEXT, "Its number.", "Son numéro."),
    key("status", Words(("valid", "suspended", "withdrawn")), "Its present status.", "Son état actuel."),
    key("issued", DAY, "Day it was issued.", "Date de délivrance."),
    key("expires", DAY, "Last day it holds.", "Dernier jour de validité."),
    key("surveillance_audits", some(DAY), "Surveillance audits held.", "Audits de surveillance réalisés."),
    key(
        "listed",
        Nested(LISTING, "url"),
        "Seen on the public list; `false` where it was looked for and not found.",
        "Vu sur la liste publique ; `false` s'il y a été cherché sans y être.",
    ),
    DOCUMENT,
)
