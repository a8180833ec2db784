"""Every record inside a value, in file order."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.record import Record, Value
from hds_audit.model.values import Day, Span


def records_within(value: Value | None) -> Iterator[Record]:
    """The record itself, where it is one, and all those nested in it."""
    waiting: list[Value | None] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Record):
            yield each
            waiting.extend(reversed(list(each.values.values())))
        elif isinstance(each, dict):
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, tuple) and not isinstance(each, Day | Span):
            waiting.extend(reversed(each))
