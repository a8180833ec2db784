"""The documents of the files that an importer is given, and what could not be read of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.draft import Draft
from hds_audit.importers.placed import Document, documents
from hds_audit.importers.texts import read_text
from hds_audit.model.imported import Refusal


class Documents(NamedTuple):
    """The documents of one file that are mappings; `whole` where nothing of it was refused."""

    found: tuple[Document, ...]
    whole: bool


def documents_of(path: Path, draft: Draft) -> Documents:
    """The documents of a YAML or JSON file; what cannot be read is refused in the draft, and the rest is given all the same."""
    text = read_text(path)
    if isinstance(text, Refusal):
        draft.refuse(text.where, text.reason)
        return Documents((), whole=False)
    found, refusals = documents(str(path), text)
    for refusal in refusals:
        draft.refuse(refusal.where, refusal.reason)
    return Documents(tuple(found), whole=not refusals)
