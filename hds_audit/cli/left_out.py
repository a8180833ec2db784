"""What an import did not read, as lines for standard error; shared by `import` and `init`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hds_audit.model.text import Language, Text, counted

if TYPE_CHECKING:
    from hds_audit.model.imported import Imported

_REFUSED = Text("Not read ({}):", "Non lu ({}) :")
_NEW = Text("Not known to the mapping tables: {}", "Inconnu des tables de correspondance : {}")
_MORE = Text("… and {} more", "… et {} autre"), Text("… and {} more", "… et {} autres")
_FILES = 3


def unread(imported: Imported, language: Language) -> list[str]:
    """The parts that were refused, each with its place, and the types that no table knows."""
    lines = [_REFUSED.said(language).format(len(imported.refusals))] if imported.refusals else []
    lines += [f"  {refusal.where}{' :' if language == 'fr' else ':'} {refusal.reason.said(language)}" for refusal in imported.refusals]
    listed = ", ".join(f"{aside.type} ({aside.number})" for aside in imported.aside if not aside.known)
    return [*lines, *([_NEW.said(language).format(listed)] if listed else [])]


def few(files: Sequence[str], language: Language) -> str:
    """The first of these files, and how many more there are."""
    left = len(files) - _FILES
    return ", ".join(files[:_FILES]) + (f" {counted(left, *_MORE, language)}" if left > 0 else "")
