"""What many sections share: a thing done on a day, a test, a document."""

from hds_audit.model.fields import DAY, FLAG, SPAN, TEXT, Scalar
from hds_audit.model.format.writing import key, record
from hds_audit.model.text import Text

DOCUMENT = key(
    "document",
    TEXT,
    "File that shows it: a path relative to this file, inside its folder.",
    "Fichier qui le montre : chemin relatif à ce fichier, dans son dossier.",
)
WHERE = key("where", TEXT, "Where in the document: article, page.", "Où dans le document : article, page.")
DONE = key("date", DAY, "Day it was done, or of the version in force.", "Jour où cela a été fait, ou date de la version en vigueur.")
NOT_SIGNED = Text("not signed", "non signé")
NOT_DONE = Text("never done", "jamais fait")
SIGNED = key(
    "signed",
    Scalar("day", NOT_SIGNED),
    "Day of signature; `false` where it is not signed.",
    "Date de signature ; `false` si le document n'est pas signé.",
)
REVIEWED = key(
    "reviewed",
    Scalar("day", NOT_DONE),
    "Day of the last review; `false` if there never was one.",
    "Date de la dernière revue ; `false` s'il n'y en a jamais eu.",
)
TESTED = key(
    "tested",
    Scalar("day", NOT_DONE),
    "Day of the last test or exercise; `false` if there never was one.",
    "Date du dernier test ou exercice ; `false` s'il n'y en a jamais eu.",
)
OWNER = key("owner", TEXT, "Who answers for it: a person, a team or a role.", "Qui en répond : une personne, une équipe ou une fonction.")

DATED = record(
    "dated document",
    "Something done or written on a day, with the document that shows it.",
    "Ce qui a été fait ou écrit un jour donné, avec le document qui le montre.",
    DONE,
    OWNER,
    REVIEWED,
    DOCUMENT,
)
TEST = record(
    "test",
    "A test with its result.",
    "Un test et son résultat.",
    key("date", DAY, "Day of the test.", "Date du test."),
    key("succeeded", FLAG, "Whether it succeeded.", "Si le test a réussi."),
    key("duration", SPAN, "How long the recovery took (ISO 8601).", "Durée de la remise en service (ISO 8601)."),
    DOCUMENT,
)
