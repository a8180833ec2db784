"""One answer put where it belongs in an infra.yaml."""

from __future__ import annotations

from collections.abc import Sequence

from hds_audit.model.imported import Plain
from hds_audit.write.scalar import flow, text
from hds_audit.write.sheet import Pair, Sheet


def with_answer(name: str, content: str, path: Sequence[str], value: Plain, note: str = "") -> str:
    """The text with a value at a path; mappings that are missing on the way are made, comments and order stay.

    An element of a list goes by its position. Raises InputError where the text is not YAML.
    """
    sheet = Sheet(name, content)
    comment = f"  # {note}" if note else ""
    found = sheet.find(path)
    if found is not None:
        sheet.replace(found, value)
        return sheet.written()[0]
    depth = max((size for size in range(1, len(path)) if _there(sheet, path[:size])), default=0)
    tail = _nested(path[depth + 1 :], value)
    line = f"{text(path[depth])}: {flow(tail)}{comment}"
    if depth == 0:
        _section(sheet, path, value, comment)
        return sheet.written()[0]
    node = sheet.reach(path[:depth])
    if node is not None and sheet.pairs(node):
        sheet.add(node, [line])
        return sheet.written()[0]
    holder = sheet.find(path[:depth])
    if holder is not None:
        sheet.replace(holder, _nested(path[depth:], value))
    return sheet.written()[0]


def _there(sheet: Sheet, path: Sequence[str]) -> bool:
    return sheet.reach(path) is not None


def _section(sheet: Sheet, path: Sequence[str], value: Plain, comment: str) -> None:
    """A section that is not there yet: its entry in block style, what is inside the entry on one line."""
    if len(path) < 3:
        sheet.add_after(_last(sheet), [f"{text(path[0])}: {flow(_nested(path[1:], value))}{comment}"])
        return
    inner = f"    {text(path[2])}: {flow(_nested(path[3:], value))}{comment}"
    sheet.add_after(_last(sheet), [f"{text(path[0])}:", f"  {text(path[1])}:", inner])


def _last(sheet: Sheet) -> Pair | None:
    pairs = sheet.pairs(sheet.root)
    return max(pairs, key=lambda pair: pair.end) if pairs else None


def _nested(path: Sequence[str], value: Plain) -> Plain:
    for name in reversed(path):
        value = {name: value}
    return value
