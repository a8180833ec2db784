"""Hosts: each offer under contract, where it is and who performs what there."""

from hds_audit.model.fields import COUNTRY, FLAG, TEXT, Many, Nested, Scalar, Words
from hds_audit.model.format import words
from hds_audit.model.format.contracts import CONTRACT
from hds_audit.model.format.events import NOT_DONE, OWNER, REVIEWED
from hds_audit.model.format.transparency import TRANSPARENCY
from hds_audit.model.format.writing import CERTIFICATES, DATA, ORGANISATION, each, key, record, some
from hds_audit.model.text import Text

LOCATION = record(
    "location",
    "Where the data lie.",
    "Où se trouvent les données.",
    key("country", COUNTRY, "Country, two letters (ISO 3166-1).", "Pays, deux lettres (ISO 3166-1)."),
    key("city", TEXT, "City or area.", "Ville ou zone."),
    key("site", TEXT, "Data centre or room.", "Centre de données ou salle."),
)

PERFORMER = record(
    "performer",
    "Who performs an activity, and under whose certificate.",
    "Qui exerce une activité, et sous le certificat de qui.",
    key("by", some(ORGANISATION), "Organisation that performs it.", "Organisation qui l'exerce.", required=True),
    key("under", ORGANISATION, "Organisation whose certificate covers it.", "Organisation dont le certificat la couvre."),
)
PERFORMERS = Many(Nested(PERFORMER, "by"), lone=True, false_says=Text("nobody performs it here", "personne ne l'exerce ici"))

RESPONSIBILITIES = record(
    "responsibilities",
    "Who performs each activity of CSP R.1111-9 here.",
    "Qui exerce ici chaque activité de l'article R.1111-9 CSP.",
    key(
        "physical-sites",
        PERFORMERS,
        "Physical sites that house the hardware.",
        "Sites physiques hébergeant l'infrastructure matérielle.",
    ),
    key("hardware", PERFORMERS, "Hardware infrastructure.", "Infrastructure matérielle."),
    key("virtual-infrastructure", PERFORMERS, "Virtual infrastructure.", "Infrastructure virtuelle."),
    key("platform", PERFORMERS, "Platform that hosts applications.", "Plateforme d'hébergement d'applications."),
    key(
        "administration",
        PERFORMERS,
        "Administration and operation of the information system that holds the health data.",
        "Administration et exploitation du système d'information contenant les données de santé.",
    ),
    key("backup", PERFORMERS, "Backup of health data.", "Sauvegarde des données de santé."),
)

OUTSIDE_ACCESS = record(
    "access or transfer outside the EEA",
    "An access from, or a transfer to, a country outside the European Economic Area.",
    "Un accès depuis un pays hors de l'Espace économique européen, ou un transfert vers lui.",
    key("organisation", ORGANISATION, "Who accesses or receives.", "Qui accède ou reçoit."),
    key("country", COUNTRY, "From or to which country.", "Depuis ou vers quel pays."),
    key(
        "basis",
        Words(words.TRANSFER_BASES),
        "Basis of GDPR chapter V that is invoked.",
        "Fondement du chapitre V du RGPD invoqué.",
    ),
    key(
        "assessed",
        Scalar("day", NOT_DONE),
        "Day of the transfer impact assessment, or of the check that a decision in part covers the importer; `false` if none.",
        "Date de l'analyse d'impact du transfert, ou du contrôle qu'une décision partielle couvre l'importateur ; `false` sinon.",
    ),
    key("told", FLAG, "Whether the host told you of it.", "Si l'hébergeur vous en a informé."),
    key("data", DATA, "Data concerned.", "Données concernées."),
    key("measures", some(TEXT), "Supplementary measures.", "Mesures supplémentaires."),
)

SUPPORT = record(
    "languages",
    "Languages offered.",
    "Langues proposées.",
    key("languages", some(TEXT), "Two-letter codes of the languages.", "Codes à deux lettres des langues."),
)

HOST = record(
    "host",
    "An offer under contract: a cloud, a platform, a mail relay, a tracker, a maintainer.",
    "Une offre sous contrat : un cloud, une plateforme, un relais de courriel, un traceur, un infogérant.",
    key(
        "provider",
        ORGANISATION,
        "Organisation that provides it: of the catalogue, or of this file.",
        "Organisation qui la fournit : du catalogue, ou de ce fichier.",
    ),
    key("service", Words(words.SERVICES), "Kind of service.", "Nature du service."),
    key(
        "offer",
        TEXT,
        "Commercial name of the product, where certificates go by product.",
        "Nom commercial du produit, quand les certificats vont par produit.",
    ),
    key(
        "acts_as",
        Words(("processor", "joint-controller", "controller")),
        "Its role under the GDPR towards the data it gets.",
        "Son rôle au sens du RGPD envers les données qu'il reçoit.",
    ),
    key(
        "region",
        TEXT,
        "Region code of the provider; state `location` too where the catalogue lacks it.",
        "Code de région du fournisseur ; précisez `location` si le catalogue l'ignore.",
    ),
    key(
        "location",
        Nested(LOCATION, "country"),
        "Where the data lie; `false` where the contract fixes no place.",
        "Où se trouvent les données ; `false` si le contrat ne fixe aucun lieu.",
    ),
    key(
        "replicated_to",
        some(TEXT),
        "Other regions or countries where the provider keeps copies; `[]` for none.",
        "Autres régions ou pays où le fournisseur garde des copies ; `[]` si aucun.",
    ),
    key(
        "subcontractors",
        some(ORGANISATION),
        "Organisations it rests on; `[]` for none.",
        "Organisations sur lesquelles il s'appuie ; `[]` si aucune.",
    ),
    key(
        "responsibilities",
        Nested(RESPONSIBILITIES),
        "Who performs each HDS activity here.",
        "Qui exerce ici chaque activité HDS.",
    ),
    key(
        "certificates",
        CERTIFICATES,
        "Certificates that serve this host; `[]` says it has none.",
        "Certificats qui valent pour cet hébergeur ; `[]` s'il n'en a aucun.",
    ),
    key("contract", Nested(CONTRACT), "Contract with it; `false` where there is none.", "Contrat avec lui ; `false` s'il n'y en a pas."),
    key(
        "remote_access",
        each(OUTSIDE_ACCESS),
        "Accesses from outside the EEA; `[]` for none.",
        "Accès depuis un pays hors EEE ; `[]` si aucun.",
    ),
    key(
        "transfers",
        each(OUTSIDE_ACCESS),
        "What is sent outside the EEA; `[]` for nothing.",
        "Ce qui est envoyé hors EEE ; `[]` si rien.",
    ),
    key(
        "transparency_url",
        Scalar("url", Text("it publishes no such page", "il ne publie pas cette page")),
        "Public page on transfers and imposed access (HDS EXI-31); `false` if there is none.",
        "Page publique sur les transferts et accès imposés (HDS EXI-31) ; `false` s'il n'y en a pas.",
    ),
    key("transparency", Nested(TRANSPARENCY, "url"), "What that page says.", "Ce que dit cette page."),
    key("support", Nested(SUPPORT, "languages"), "Languages of first-level support.", "Langues du support de premier niveau."),
    key(
        "console",
        Nested(SUPPORT, "languages"),
        "Languages of the customer's interfaces.",
        "Langues des interfaces mises à disposition du client.",
    ),
    OWNER,
    REVIEWED,
)
