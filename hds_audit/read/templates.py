"""Template files on the disk: which there are under a path, their bytes up to a bound, and the parts they include."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from hds_audit.errors import Problem

LARGEST = 1024 * 1024
"""More than this is not read: one byte beyond it tells that a file is too large."""

_SKIPPED = frozenset(("node_modules", "vendor", "bower_components", "__pycache__", "dist", "build", "target"))
_PROJECT_MARKS = (".git", "package.json", "Gemfile", "pyproject.toml", "composer.json", "pom.xml", "build.gradle", "go.mod", "mix.exs")
_HIGHEST = 6


def template_files(path: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files that a path stands for, spelled as the path is: itself, or those under it with a template's suffix.

    Folders of dependencies and hidden ones are passed over; links to folders are not followed.
    """
    if not os.path.isdir(path):
        yield path
        return
    for folder, inside, files in os.walk(path):
        inside[:] = sorted(name for name in inside if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield os.path.join(folder, name)


def template_bytes(path: str) -> bytes | Problem:
    """The bytes of a file, at most one beyond `LARGEST`; a problem where it is not there or is no plain file."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            fr = "n'est pas un fichier ordinaire ; indiquer des fichiers ou des dossiers"
            return Problem(path, "is no plain file; name files or folders", fr)
        with open(path, "rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        fr = f"illisible : {why} ; vérifier le chemin et les droits"
        return Problem(path, f"cannot be read: {why}; check the path and its rights", fr)


def includes_for(path: str, given: str, suffixes: tuple[str, ...]) -> Callable[[str], bytes | None]:
    """What finds the parts that the template at `path` includes: template files inside the folder given, or inside its project."""
    root = Path(given).resolve() if os.path.isdir(given) else _project_of(Path(path).resolve())

    def find(name: str) -> bytes | None:
        place = Path(name).resolve()
        if not name.lower().endswith(suffixes) or not place.is_relative_to(root) or not place.is_file():
            return None
        content = template_bytes(str(place))
        return content if isinstance(content, bytes) else None

    return find


def _project_of(file: Path) -> Path:
    """The folder of the project that a file belongs to, by its marks; the folder above its own where there is none."""
    above = list(file.parents)[:_HIGHEST]
    marked = (folder for folder in above if any((folder / mark).exists() for mark in _PROJECT_MARKS))
    return next(marked, above[min(1, len(above) - 1)])
