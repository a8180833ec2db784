"""The test of a check made ready: a function from a known value to a truth value."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard, assert_never

from hds_audit.evaluate.comparison import COMPARISONS, days_of, includes, member, same
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Setting
from hds_audit.model.condition import AsOf, At, Check, Listed, Literally, Operand
from hds_audit.model.fact import UNKNOWN
from hds_audit.model.values import before, parse_span

Testing = Callable[[object], int]


def ready(check: Check, setting: Setting) -> Testing:
    """The test of a check against what is known before any subject is: a literal, a list of the catalogue, the day."""
    operator = check.operator
    if operator == "within":
        return _within(check.operand, setting)
    compare, operand = COMPARISONS[operator], _operand(check.operand, setting)
    if operator == "equals":
        return _equals(operand)
    if operator == "includes":
        return lambda value: _includes(value, operand)
    if operator in ("in", "not_in", "each_in") and _all_texts(operand):
        return _text_in(frozenset(operand), outside=operator == "not_in")
    return lambda value: compare(value, operand)


def _equals(operand: object) -> Testing:
    if isinstance(operand, bool):
        return lambda value: TRUE if value is operand else FALSE
    if isinstance(operand, str):  # most values are texts, and those need no more than this
        return lambda value: TRUE if value == operand else FALSE if isinstance(value, str) else same(value, operand)
    return lambda value: same(value, operand)


def _all_texts(operand: object) -> TypeGuard[tuple[str, ...] | frozenset[str]]:
    return isinstance(operand, tuple | frozenset) and all(isinstance(item, str) for item in operand)


def _text_in(texts: frozenset[str], *, outside: bool) -> Testing:
    inside, other = (FALSE, TRUE) if outside else (TRUE, FALSE)

    def test(value: object) -> int:
        if isinstance(value, str):
            return inside if value in texts else other
        return inside if member(value, texts) == TRUE else other

    return test


def _includes(value: object, operand: object) -> int:
    found = includes(value, operand)
    open_list = isinstance(value, tuple) and UNKNOWN in value
    return UNDECIDED if found == FALSE and (open_list or value is True) else found


def _operand(operand: Operand, setting: Setting) -> object:
    match operand:
        case Literally(value):
            return value
        case Listed(name):
            return setting.lists(name)
        case AsOf():
            return setting.as_of
        case At():
            return UNKNOWN
        case _:
            assert_never(operand)


def _within(operand: Operand, setting: Setting) -> Testing:
    """Not older than a duration on the day of the audit; what comes later than that day has not happened yet."""
    span = parse_span(str(operand.value)) if isinstance(operand, Literally) else None
    earliest = before(setting.as_of, span) if span else setting.as_of

    def test(value: object) -> int:
        days = days_of(value)
        if days is None or days[0] > setting.as_of:
            return UNDECIDED
        return TRUE if days[0] >= earliest else FALSE if days[1] < earliest else UNDECIDED

    return test
