"""Documents that a description names: which are not there, and which are not what was said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from hds_audit.model.description import Description
from hds_audit.model.place import Place
from hds_audit.model.record import Record
from hds_audit.read.files import inside
from hds_audit.read.within import records_within

Unbacked = tuple[tuple[str, Place], ...]
"""The path of each mapping that names such a document, and where it names it."""


def absent_documents(description: Description, folder: Path) -> Unbacked:
    """Every named document that is no file inside this folder; nothing outside the folder is looked at."""
    return tuple(_unbacked(description, lambda document, _: not _is_file(folder, document)))


def altered_documents(description: Description, folder: Path) -> Unbacked:
    """Every named document that is there with another SHA-256 than the one declared for it."""
    return tuple(_unbacked(description, lambda document, digest: bool(digest) and _digest(folder, document) not in (None, digest)))


def _unbacked(description: Description, lacking: Callable[[str, str], bool]) -> Iterator[tuple[str, Place]]:
    known: dict[tuple[str, str], bool] = {}
    for record in records_within(description.root):
        document = record.values.get("document")
        if isinstance(document, str):
            key = (document, _declared_digest(record))
            if key not in known:
                known[key] = lacking(*key)
            if known[key]:
                yield record.path, description.files.value_place(record.marks["document"])


def _declared_digest(record: Record) -> str:
    digest = record.values.get("sha256")
    return digest.lower() if isinstance(digest, str) else ""


def _is_file(folder: Path, document: str) -> bool:
    path = inside(folder, document)
    try:
        return path is not None and path.is_file()
    except OSError:
        return False


def _digest(folder: Path, document: str) -> str | None:
    path = inside(folder, document)
    try:
        if path is None or not path.is_file():
            return None
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None
