"""Derived paths on the reach of French law on trackers."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

PATHS = (
    Path(
        "french_tracker_law",
        ("flow", "endpoint"),
        "flag",
        Text(
            "Whether article 82 of the French data-protection act governs it: known where the operator is settled in France.",
            "Si l'article 82 de la loi Informatique et Libertés le régit : établi si l'exploitant est en France.",
        ),
        ("application.operator", "organisations.*.country"),
    ),
)
