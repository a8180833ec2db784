"""People and their devices."""

from hds_audit.model.fields import FLAG, NUMBER, SPAN, Scalar
from hds_audit.model.format.events import DOCUMENT, DONE, OWNER
from hds_audit.model.format.writing import key, record
from hds_audit.model.text import Text

TRAINING = record(
    "training",
    "Security awareness training.",
    "Sensibilisation à la sécurité.",
    DONE,
    key("share", NUMBER, "Share of staff trained, in percent.", "Part du personnel formé, en pour cent."),
    key("subcontractors", FLAG, "Whether subcontractors' staff are trained too.", "Si le personnel des sous-traitants l'est aussi."),
    DOCUMENT,
)

WORKSTATIONS = record(
    "workstations",
    "Workstations that administer production or open health data.",
    "Postes qui administrent la production ou ouvrent des données de santé.",
    key("managed", FLAG, "Whether they are centrally managed.", "S'ils sont gérés de façon centralisée."),
    key("encrypted", FLAG, "Whether their disks are encrypted.", "Si leurs disques sont chiffrés."),
    key("lock", SPAN, "Idle time after which they lock.", "Inactivité au bout de laquelle ils se verrouillent."),
    key("local_administrators", FLAG, "Whether users are administrators of them.", "Si leurs utilisateurs en sont administrateurs."),
    key(
        "malware_protection", FLAG, "Whether they are protected against malware.", "S'ils sont protégés contre les logiciels malveillants."
    ),
    key("remote_wipe", FLAG, "Whether they can be wiped from afar.", "S'ils peuvent être effacés à distance."),
)

REMOVABLE_MEDIA = record(
    "removable media",
    "Media that leave the premises: tapes, disks, keys, imaging discs.",
    "Supports qui quittent les locaux : bandes, disques, clés, disques d'imagerie.",
    key("encrypted", FLAG, "Whether they are encrypted.", "S'ils sont chiffrés."),
    key(
        "tracked",
        FLAG,
        "Whether each has a custodian and its moves are recorded.",
        "Si chacun a un responsable et si ses mouvements sont tracés.",
    ),
    DOCUMENT,
)

SECRETS = record(
    "secrets",
    "How passwords, tokens and keys of services are kept.",
    "Comment sont gardés les mots de passe, jetons et clés des services.",
    key("vault", FLAG, "Whether all are kept in a vault.", "Si tous sont gardés dans un coffre."),
    key(
        "rotation",
        Scalar("span", Text("never changed", "jamais renouvelés")),
        "Time after which they are changed; `false` where they never are.",
        "Durée au bout de laquelle ils sont renouvelés ; `false` s'ils ne le sont jamais.",
    ),
    OWNER,
    DOCUMENT,
)
