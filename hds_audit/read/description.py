"""infra.yaml, read: the way from a path or bytes to a description, or to every problem in it."""

from __future__ import annotations

from pathlib import Path

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.record import Files, Record, pack
from hds_audit.read.complaints import Complaints
from hds_audit.read.consistency import inconsistencies
from hds_audit.read.documents import absent_documents, altered_documents
from hds_audit.read.files import including_from, read_bytes
from hds_audit.read.includes import Include, assemble
from hds_audit.read.known import Known
from hds_audit.read.records import Walk
from hds_audit.read.tree import Map

__all__ = ["Include", "absent_documents", "altered_documents", "parse_description", "read_description"]


def read_description(path: Path, catalogue: Catalogue) -> Description:
    """The description in a file, with what it includes from its folder. Raises InputError with every problem found."""
    name = path.as_posix()
    return parse_description(name, read_bytes(path, name), catalogue, including_from(path.parent))


def parse_description(name: str, content: bytes, catalogue: Catalogue, include: Include | None = None) -> Description:
    """The description in these bytes, under that name; `include` gives other files, and without it none are read.

    Raises InputError with every problem found, ordered by file, line and column.
    """
    files = assemble(name, content, include)
    root = _root(files.root, catalogue, files.complaints) if files.root is not None else None
    if files.complaints or root is None or files.root is None:
        raise InputError(*files.complaints.told(files.names))
    lines = tuple(tuple(text.splitlines()) for text in files.texts)
    plain: dict[str, object] = {**files.root}
    return Description(root, Files(files.names, files.texts, lines), files.inputs, plain)


def _root(tree: Map, catalogue: Catalogue, complaints: Complaints) -> Record:
    walk = Walk(Known(tree, catalogue), complaints)
    start = pack(0, (0, 0), (0, 0))
    root = walk.record(DESCRIPTION, tree, "", "", start)
    walk.close()
    complaints.extend(inconsistencies(root, catalogue))
    return root
