"""The statement of applicability that a description names, read from its folder."""

from __future__ import annotations

from pathlib import Path

from hds_audit.model.description import Description
from hds_audit.model.record import Record
from hds_audit.model.soa import Statement

_READ = (".csv", ".yaml", ".yml")


def named_statement(description: Description) -> str:
    """The file that the description names as its statement of applicability, or ""."""
    governance = description.root.values.get("governance")
    said = governance.values.get("statement_of_applicability") if isinstance(governance, Record) else None
    document = said.values.get("document") if isinstance(said, Record) else None
    return document if isinstance(document, str) else ""


def statement_of(description: Description, folder: Path) -> Statement | None:
    """The statement, where its document is a CSV or YAML file that is there; raises InputError with every problem of it."""
    document = named_statement(description)
    if not document.lower().endswith(_READ):
        return None
    from hds_audit.read.files import inside, read_bytes
    from hds_audit.read.soa import parse_soa

    found = inside(folder, document)
    if found is None or not found.is_file():
        return None
    return parse_soa(document, read_bytes(found, document))
