"""Legal entities: where they are established, who owns them, which laws reach them."""

from hds_audit.model.fields import COUNTRY, FLAG, NUMBER, TEXT, Reference, Words
from hds_audit.model.format.writing import ORGANISATION as ORGANISATION_REFERENCE
from hds_audit.model.format.writing import each, key, record, some
from hds_audit.model.text import Text

OWNER = record(
    "owner",
    "A holder of shares or of a veto, for the capital thresholds of SecNumCloud 19.6.",
    "Un détenteur de parts ou d'un droit de veto, pour les seuils de capital de SecNumCloud 19.6.",
    key("name", TEXT, "Its name.", "Son nom."),
    key("country", COUNTRY, "Country of its seat.", "Pays de son siège."),
    key("share", NUMBER, "Share of capital or votes, in percent.", "Part du capital ou des droits de vote, en pour cent."),
    key("veto", FLAG, "Whether it holds a right of veto.", "S'il dispose d'un droit de veto."),
)

ORGANISATION = record(
    "organisation",
    "A legal entity that the catalogue lacks, or what this description adds to it.",
    "Une personne morale que le catalogue ignore, ou ce que cette description y ajoute.",
    key("name", TEXT, "Its legal name.", "Sa dénomination sociale."),
    key("siren", TEXT, "Its SIREN number, nine digits.", "Son numéro SIREN, neuf chiffres."),
    key("country", COUNTRY, "Country of its seat, two letters (ISO 3166-1).", "Pays de son siège, deux lettres (ISO 3166-1)."),
    key(
        "parent",
        some(ORGANISATION_REFERENCE, Text("no company controls it", "aucune société ne la contrôle")),
        "Organisation that controls it, or several for a joint venture; `false` where none does.",
        "Organisation qui la contrôle, ou plusieurs pour une coentreprise ; `false` si aucune.",
    ),
    key("owners", each(OWNER), "Holders of its capital.", "Détenteurs de son capital."),
    key(
        "subject_to",
        some(Reference(("laws",))),
        "Foreign laws that reach it, such as us:cloud-act; `[]` where it says that none does.",
        "Lois étrangères qui l'atteignent, comme us:cloud-act ; `[]` si elle déclare qu'aucune ne l'atteint.",
    ),
    key(
        "presence",
        some(COUNTRY),
        "Other countries where it has an establishment; `[]` for none.",
        "Autres pays où elle a un établissement ; `[]` si aucun.",
    ),
    key(
        "role",
        Words(("communication-or-computing", "software", "other")),
        "What it is before laws that bind providers: a communication or computing service, a software maker, or something else.",
        "Ce qu'elle est pour les lois visant les fournisseurs : service de communication ou informatique, éditeur de logiciel, ou autre.",
    ),
)
