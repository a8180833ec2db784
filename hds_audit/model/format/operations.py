"""What holds for the whole system: environments, logs, continuity, network."""

from hds_audit.model.fields import DAY, FLAG, SPAN, TEXT, Nested, Reference, Scalar, Words
from hds_audit.model.format.events import DATED, DOCUMENT, NOT_DONE, REVIEWED, TEST, TESTED
from hds_audit.model.format.upkeep import MASKING
from hds_audit.model.format.writing import each, key, record, some
from hds_audit.model.text import Text

ENVIRONMENT = record(
    "environment",
    "An environment and the data in it.",
    "Un environnement et les données qu'il contient.",
    key(
        "data",
        Words(("real", "pseudonymised", "anonymous", "synthetic")),
        "Kind of data in it.",
        "Nature des données présentes.",
    ),
    key(
        "separate",
        FLAG,
        "Whether accounts, networks, keys and credentials are its own.",
        "Si les comptes, réseaux, clés et secrets lui sont propres.",
    ),
    key("masking", Nested(MASKING, "method"), "How copied data were masked.", "Comment les données copiées ont été masquées."),
    key(
        "approved",
        Scalar("day", NOT_DONE),
        "Day the use of real data there was approved; `false` if it was not.",
        "Date d'approbation de l'usage de données réelles ; `false` si aucune.",
    ),
    key("until", DAY, "Day by which those data are removed.", "Date de retrait de ces données."),
)

LOGGING = record(
    "logging",
    "Logs of the whole system.",
    "Journaux de l'ensemble du système.",
    key(
        "central",
        Reference(("components",), false_says=Text("they are not gathered", "ils ne sont pas centralisés")),
        "Component that gathers them; `false` where none does.",
        "Composant qui les centralise ; `false` si aucun.",
    ),
    key("immutable", FLAG, "Whether nobody can alter them.", "Si personne ne peut les altérer."),
    key("contains_health_data", FLAG, "Whether health data get into them.", "Si des données de santé s'y trouvent."),
    key("retention", SPAN, "How long they are kept.", "Durée de conservation."),
    key("time_source", some(TEXT), "Time servers that all follow.", "Serveurs de temps communs."),
    REVIEWED,
)

EXIT_PLAN = record(
    "exit plan",
    "How to leave a host.",
    "Comment quitter un hébergeur.",
    key("date", DAY, "Date of the plan.", "Date du plan."),
    TESTED,
    key("format", TEXT, "Format of the exported data.", "Format des données exportées."),
    key("delay", SPAN, "How long it would take.", "Délai nécessaire."),
    DOCUMENT,
)

CONTINUITY = record(
    "continuity",
    "Continuity and recovery.",
    "Continuité et reprise d'activité.",
    key("plan", Nested(DATED, "date"), "Continuity or recovery plan.", "Plan de continuité ou de reprise (PCA, PRA)."),
    key("tests", each(TEST, "date"), "Recovery tests; `[]` for none.", "Tests de reprise ; `[]` si aucun."),
    key("exit_plan", Nested(EXIT_PLAN, "date"), "Plan for leaving a host.", "Plan de réversibilité."),
)

NETWORK = record(
    "network",
    "Rules of the network.",
    "Règles du réseau.",
    key("default_deny", FLAG, "Whether what is not allowed is denied.", "Si tout ce qui n'est pas autorisé est interdit."),
    key("administration_zone", TEXT, "Zone kept for administration.", "Zone réservée à l'administration."),
    key("web_filtering", FLAG, "Whether browsing from workstations is filtered.", "Si la navigation des postes est filtrée."),
)
