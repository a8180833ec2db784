"""The formats there are: the files of this folder that end in a constant FORMAT, each under its stem."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import hds_audit.report as folder
from hds_audit.errors import MisuseError, Problem
from hds_audit.report.format import Format

_PLUMBING = frozenset({"format", "formats", "views"})


@cache
def format_named(name: str) -> Format | None:
    """The format of that name, or None."""
    if not name.isidentifier() or name in _PLUMBING:
        return None
    whole = f"{folder.__name__}.{name}"
    try:
        found = getattr(import_module(whole), "FORMAT", None)
    except ModuleNotFoundError as error:
        if error.name == whole:
            return None
        raise
    return found if isinstance(found, Format) else None


@cache
def format_names() -> tuple[str, ...]:
    """The stems of the folder that may be formats, in order; each is loaded only when it is asked for."""
    import pkgutil  # goes through folders with the help of much else: for a format that is named it is not needed

    return tuple(sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if info.name not in _PLUMBING))


def known_formats() -> tuple[str, ...]:
    """The names of the formats, every one loaded."""
    return tuple(name for name in format_names() if format_named(name) is not None)


def format_of_suffix(path: str) -> str:
    """The name of the format that a file's suffix tells; raises MisuseError where none does."""
    suffix = "." + path.rpartition(".")[2]
    if (own := format_named(suffix[1:])) is not None and suffix in own.suffixes:
        return suffix[1:]
    found = next((name for name in known_formats() if (form := format_named(name)) and suffix in form.suffixes), None)
    if found is None:
        names = ", ".join(known_formats())
        raise MisuseError(Problem("", f"{path}: the suffix tells no format; write FORMAT:FILE with one of {names}",
                                  f"{path} : le suffixe n'indique aucun format ; écrire FORMAT:FICHIER avec l'un de {names}"))  # fmt: skip
    return found
