"""Every record inside a value, in file order."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.record import Record, Value
from hds_audit.model.values import Day, Span

_HOLDS = (Record, dict, tuple)  # by their own type: days and spans are tuples of another


def records_within(value: Value | None) -> Iterator[Record]:
    """The record itself, where it is one, and all those nested in it."""
    waiting: list[Value | None] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Record):
            yield each
        waiting += [item for item in reversed(_inside(each)) if type(item) in _HOLDS]


def _inside(value: Value | None) -> list[Value]:
    if isinstance(value, Record):
        return list(value.values.values())
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, tuple) and not isinstance(value, Record | Day | Span) else []
