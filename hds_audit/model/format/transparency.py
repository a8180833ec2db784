"""What a host makes public of transfers and foreign laws, with the seven columns of the HDS v2 table (EXI-31)."""

from hds_audit.model.fields import DAY, FLAG, TEXT, URL, Words
from hds_audit.model.format import words
from hds_audit.model.format.writing import each, key, record, some

ROW = record(
    "transparency row",
    "One line of the public table: an actor of the hosting service.",
    "Une ligne du tableau public : un acteur du service d'hébergement.",
    key("actor", TEXT, "Legal name of the actor.", "Raison sociale de l'acteur."),
    key("role", TEXT, "Its role in the hosting service.", "Son rôle dans le service d'hébergement."),
    key("hds", FLAG, "Whether it is HDS-certified.", "S'il est certifié HDS."),
    key("secnumcloud", FLAG, "Whether it is qualified under SecNumCloud 3.2.", "S'il est qualifié SecNumCloud 3.2."),
    key(
        "activities",
        some(Words(words.ACTIVITIES)),
        "Hosting activities in which it takes part.",
        "Activités d'hébergement auxquelles il participe.",
    ),
    key(
        "access",
        some(TEXT),
        "Access from outside the EEA, with country and basis (EXI-29); `[]` for none.",
        "Accès depuis un pays hors EEE, avec pays et fondement (EXI-29) ; `[]` si aucun.",
    ),
    key(
        "imposed_access",
        some(TEXT),
        "Laws that could impose an access (EXI-30); `[]` for none.",
        "Lois susceptibles d'imposer un accès (EXI-30) ; `[]` si aucune.",
    ),
)

TRANSPARENCY = record(
    "transparency",
    "What the host's public page says of transfers outside the EEA and of imposed access (HDS EXI-31).",
    "Ce que la page publique de l'hébergeur dit des transferts hors EEE et des accès imposés (HDS EXI-31).",
    key("url", URL, "Address of the page.", "Adresse de la page."),
    key(
        "statement",
        Words(("no-imposed-access", "no-transfer", "table")),
        "Which of the three cases of EXI-31 it states: SecNumCloud without imposed access, no transfer, or the table.",
        "Lequel des trois cas de l'EXI-31 elle énonce : SecNumCloud sans accès imposé, aucun transfert, ou le tableau.",
    ),
    key("updated", DAY, "Day the page was last updated.", "Date de dernière mise à jour de la page."),
    key("read", DAY, "Day you read it.", "Date à laquelle vous l'avez lue."),
    key("table", each(ROW), "The lines of its table.", "Les lignes de son tableau."),
)
