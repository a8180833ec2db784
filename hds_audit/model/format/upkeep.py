"""How a component is kept in order: versions, patches, erasure, masking, watch."""

from hds_audit.model.fields import DAY, FLAG, SPAN, TEXT, VERSION, Words
from hds_audit.model.format.events import REVIEWED
from hds_audit.model.format.writing import DATA, key, record, some

PRODUCT = record(
    "product",
    "The software that a component runs.",
    "Le logiciel qui fait fonctionner un composant.",
    key("name", TEXT, "Its name.", "Son nom."),
    key("version", VERSION, "Its version.", "Sa version."),
    key("end_of_support", DAY, "Last day of security support.", "Dernier jour de maintenance de sécurité."),
)

DELETION = record(
    "erasure",
    "How data are erased when their time has come.",
    "Comment les données sont effacées à leur terme.",
    key(
        "method",
        Words(("deletion", "overwriting", "cryptographic-erasure", "destruction", "anonymisation"), open=True),
        "How they are erased.",
        "Comment elles sont effacées.",
    ),
    key("automatic", FLAG, "Whether a job or a lifecycle rule does it.", "Si une tâche ou une règle de cycle de vie s'en charge."),
    key("certified", FLAG, "Whether it leaves a proof.", "Si une preuve en est conservée."),
)

MASKING = record(
    "masking",
    "How identifying data are hidden from those who need not see them.",
    "Comment les données identifiantes sont masquées à ceux qui n'ont pas à les voir.",
    key(
        "method",
        Words(("pseudonymisation", "anonymisation", "redaction", "tokenisation", "synthesis"), open=True),
        "How they are masked.",
        "Comment elles sont masquées.",
    ),
    key("data", DATA, "Data masked; left out, all.", "Données masquées ; par défaut, toutes."),
)

PATCHING = record(
    "patching",
    "How security updates are applied.",
    "Comment les correctifs de sécurité sont appliqués.",
    key("within", SPAN, "Longest delay for a critical update.", "Délai maximal pour un correctif critique."),
    key("automatic", FLAG, "Whether they are applied automatically.", "S'ils sont appliqués automatiquement."),
    key("date", DAY, "Day of the last update.", "Date du dernier correctif."),
)

MONITORING = record(
    "monitoring",
    "What raises an alert, and to whom.",
    "Ce qui déclenche une alerte, et vers qui.",
    key(
        "alerts",
        some(
            Words(("failed-logins", "privileged-actions", "mass-export", "configuration", "availability", "certificate-expiry"), open=True)
        ),
        "Events that raise an alert; `[]` for none.",
        "Événements qui déclenchent une alerte ; `[]` si aucun.",
    ),
    key("contact", TEXT, "Who receives them.", "Qui les reçoit."),
    key("outside", FLAG, "Whether availability is watched from outside.", "Si la disponibilité est surveillée de l'extérieur."),
)

CAPACITY = record(
    "capacity",
    "How capacity is watched.",
    "Comment la capacité est suivie.",
    REVIEWED,
    key("alert", FLAG, "Whether a threshold raises an alert.", "Si un seuil déclenche une alerte."),
)
