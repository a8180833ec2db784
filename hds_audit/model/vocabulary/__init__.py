"""The paths that rules may name beside those of the format: what is worked out from the description and the catalogue."""

from __future__ import annotations

from importlib import import_module

from hds_audit.model.rule import SubjectKind
from hds_audit.model.vocabulary.path import Path


def derived_paths() -> dict[tuple[SubjectKind, str], Path]:
    """Every derived path by the kind of subject and the name; each file of this folder ends in a tuple `PATHS`."""
    import pkgutil

    found: dict[tuple[SubjectKind, str], Path] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name != "path"):
        for path in import_module(f"{__name__}.{module}").PATHS:
            found.update({(kind, path.name): path for kind in path.subjects})
    return found
