"""Which of several environments side by side is production, by the names that people give to folders and files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from hds_audit.model.text import Text

_PRODUCTION = re.compile(r"(?:prod|prd|production|live)", re.IGNORECASE)
_OTHER = re.compile(
    r"dev|development|tests?|testing|stag(?:e|ing)|stg|(?:pre|non)-?prod(?:uction)?|qa|uat|local|demo|ci|sandbox|recette|int(?:egration)?",
    re.IGNORECASE,
)


def is_production(name: str) -> bool:
    """Whether a folder of that name is the one of production."""
    return _PRODUCTION.fullmatch(name) is not None


def is_other(name: str) -> bool:
    """Whether that is the name of an environment that is not production."""
    return _OTHER.fullmatch(name) is not None


def other_environments(folders: Iterable[Path]) -> dict[Path, Path]:
    """The folders of other environments, each with that of production, which lies beside them under the same parent."""
    listed = list(folders)
    parts = {folder: folder.parts for folder in listed}
    beside = {
        (parts[folder][:at], at): Path(*parts[folder][: at + 1])
        for folder in listed
        for at in range(len(parts[folder]))
        if is_production(parts[folder][at])
    }
    found: dict[Path, Path] = {}
    for folder in listed:
        for at, name in enumerate(parts[folder]):
            if is_other(name) and (parts[folder][:at], at) in beside:
                found.setdefault(folder, beside[parts[folder][:at], at])
    return found


def left_out(production: str) -> Text:
    """Why a part was not read: it is another environment of what production deploys."""
    return Text(
        f"another environment of what {production} deploys: left out; give this folder alone to import it",
        f"un autre environnement de ce que déploie {production} : laissé de côté ; donnez ce dossier seul pour l'importer",
    )
