"""Derived paths on the organisation's own classification of information."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_LEVELS = "governance.classification.levels"

PATHS = (
    Path(
        "in_top_class",
        ("data",),
        "flag",
        Text(
            "Whether it is in the highest class of the organisation's scheme.",
            "Si elle est au plus haut niveau de l'échelle de l'organisme.",
        ),
        ("data.*.classification", _LEVELS),
    ),
    Path(
        "classed_like_data",
        ("component",),
        "flag",
        Text(
            "Whether its class is no lower than that of any datum it stores, copies included.",
            "Si son niveau n'est inférieur à celui d'aucune donnée qu'il stocke, copies comprises.",
        ),
        ("components.*.classification", "data.*.classification", _LEVELS),
    ),
)
