"""One entry of a description as lines of YAML, each line that an import owns bearing its mark.

A mark is the comment `# terraform` at the end of a line, `# terraform: ADDRESS` on the first line of an entry; a name may
follow (`# terraform/network`). A line without a mark is its author's, and no import touches it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.model.imported import Plain
from hds_audit.model.text import Language
from hds_audit.write.scalar import flow, text

_TODO = {"en": "to declare: ", "fr": "à déclarer : "}
_WIDTH = 150


class Mark(NamedTuple):
    """Who owns a line (`terraform`, `terraform/network`), and of an entry's first line the resource it stands for."""

    owner: str
    address: str = ""

    def __str__(self) -> str:
        return f"  # {self.owner}: {self.address}" if self.address else f"  # {self.owner}"


def mark_in(comment: str, owner: str) -> Mark | None:
    """The mark of an owner in a comment, or None."""
    found = re.fullmatch(rf"#\s*{re.escape(owner)}(?::\s*(.+?))?\s*", comment)
    return Mark(owner, found[1] or "") if found else None


class Note(NamedTuple):
    """A comment of another kind at the end of a line, such as that a value is a default to check; blank where a person wrote it."""

    said: str

    def __str__(self) -> str:
        return f"  # {self.said}" if self.said else ""


NONE: Mapping[str, Note] = {}


def entry_lines(
    key: str,
    entry: Mapping[str, Plain],
    mark: Mark | None,
    todo: tuple[str, ...],
    language: Language,
    notes: Mapping[str, Note] = NONE,
) -> list[str]:
    """The lines of an entry of a keyed section, indented as for column 0; a fact with a note of its own bears no mark."""
    if not entry:
        return [f"{text(key)}: true{mark or ''}", *todo_lines(todo, language, "")]
    own = Mark(mark.owner) if mark else None
    lines = [f"{text(key)}:{mark or ''}", *(f"  {line}" for line in fact_lines(entry, own, notes))]
    return [*lines, *todo_lines(todo, language, "  ")]


def fact_lines(entry: Mapping[str, Plain], mark: Mark | None, notes: Mapping[str, Note] = NONE) -> list[str]:
    """A line for each fact of an entry."""
    return [line for name, value in entry.items() for line in fact(name, value, notes.get(name, mark))]


def fact(name: str, value: Plain, mark: Mark | Note | None) -> list[str]:
    """One fact: on one line, or a line for each element of a list that would be too long."""
    line = f"{text(name)}: {flow(value)}{mark or ''}"
    if len(line) <= _WIDTH or not isinstance(value, list):
        return [line]
    return [f"{text(name)}:{mark or ''}", *(f"  - {flow(item)}" for item in value)]


def item_lines(entry: Mapping[str, Plain], mark: Mark | None, notes: Mapping[str, Note] = NONE) -> list[str]:
    """The lines of an element of a list, without its dash."""
    own = Mark(mark.owner) if mark else None
    lines = fact_lines(entry, own, notes)
    first = next(iter(entry.items()))
    return [*fact(first[0], first[1], mark), *lines[1:]]


def todo_lines(todo: tuple[str, ...], language: Language, indent: str) -> list[str]:
    """A comment that names what is left to declare."""
    return [f"{indent}# {_TODO[language]}{', '.join(todo)}"] if todo else []
