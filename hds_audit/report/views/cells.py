"""Tables as every format for people writes them: said once here, drawn by HTML and by PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """What stands in one cell; `tone` is a verdict, `code`, `quiet` or `strong`, and `note` a second line."""

    said: str
    tone: str = ""
    note: str = ""


class Table(NamedTuple):
    """A table whose first cell of each row names the row; `empty` is said in place of no rows."""

    caption: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""


class Section(NamedTuple):
    """A part of the report that is a few sentences and tables."""

    id: str
    title: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]


def code(said: str, note: str = "") -> Cell:
    """An identifier or a path."""
    return Cell(said, "code", note)


def listed(words: Sequence[str], most: int = 12) -> str:
    """Words with commas, and how many were left out."""
    return ", ".join(words[:most]) + (f" (+ {len(words) - most})" if len(words) > most else "")
