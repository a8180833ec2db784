"""What an importer is, and how the importers of this folder are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Imported
from hds_audit.model.text import Text

Read = Callable[[tuple[Path, ...], Tables], Imported]


class Importer(NamedTuple):
    """One format that can be imported; its name on the command line is the stem of the file it is written in.

    `recognises` tells from a path and the first characters of its text whether a file is for this importer.
    """

    title: Text
    read: Read
    recognises: Callable[[Path, str], bool]


def importers() -> Mapping[str, Importer]:
    """Every importer by name: each module of this package that ends in an `IMPORTER`."""
    package = __name__.rpartition(".")[0]
    modules = {info.name: import_module(f"{package}.{info.name}") for info in iter_modules(import_module(package).__path__)}
    found = {name: getattr(module, "IMPORTER", None) for name, module in sorted(modules.items())}
    return {name: importer for name, importer in found.items() if isinstance(importer, Importer)}
