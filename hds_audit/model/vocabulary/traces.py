"""Derived paths of logs."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

PATHS = (
    Path(
        "log_retention",
        ("component",),
        "span",
        Text(
            "How long its logs are kept: its own length, else the system's.",
            "Durée de conservation de ses journaux : la sienne, sinon celle du système.",
        ),
        ("components.*.logging.retention", "logging.retention"),
    ),
    Path(
        "clock",
        ("component",),
        "words",
        Text("Time servers it follows: its own, else the system's.", "Serveurs de temps suivis : les siens, sinon ceux du système."),
        ("components.*.time_source", "logging.time_source"),
    ),
    Path(
        "logs_free_of_health",
        ("application", "component"),
        "flag",
        Text(
            "Whether a document backs that no health data get into its logs; declared alone, it is not shown.",
            "Si un document établit qu'aucune donnée de santé n'entre dans ses journaux ; déclaré seul, ce n'est pas démontré.",
        ),
        ("components.*.logging.contains_health_data", "logging.contains_health_data", "evidence"),
    ),
)
