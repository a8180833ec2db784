"""One known value against one operand: the tests of a condition, each in three-valued logic."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED
from hds_audit.model.condition import Operator
from hds_audit.model.values import Day, Span, parse_day, parse_span, version_key

LONGEST_TEXT = 1_000  # a pattern is run on no more than this

_LISTS, _PLAIN = (tuple, frozenset), (str, int, float, Day, Span, date)  # made once: these tests run for every fact

Comparison = Callable[[object, object], int]


def days_of(value: object) -> tuple[date, date] | None:
    """The first and last day that a value names, where it names any."""
    if isinstance(value, str):
        value = parse_day(value)
    if isinstance(value, Day):
        return value.first, value.last
    return (value, value) if isinstance(value, date) else None


def same(value: object, operand: object) -> int:
    """Equality of plain values; texts, days and durations by what they say."""
    if isinstance(value, bool) or isinstance(operand, bool):
        return TRUE if value is operand else FALSE
    if isinstance(value, tuple) and isinstance(operand, _LISTS):
        return TRUE if {str(item) for item in value} == {str(item) for item in operand} else FALSE
    return TRUE if value == operand or (_plain(value) and str(value) == str(operand)) else FALSE


def _plain(value: object) -> bool:
    return isinstance(value, _PLAIN)


def member(value: object, operand: object) -> int:
    """Membership of a plain value in a list."""
    if not isinstance(operand, _LISTS):
        return UNDECIDED
    return TRUE if any(same(value, item) for item in operand) else FALSE


def not_member(value: object, operand: object) -> int:
    """Absence of a plain value from a list."""
    found = member(value, operand)
    return found if found == UNDECIDED else 1 - found


def includes(value: object, operand: object) -> int:
    """Whether a closed list holds an item, or every one of several."""
    held = value if isinstance(value, tuple) else (value,)
    wanted = operand if isinstance(operand, _LISTS) else (operand,)
    return TRUE if all(any(same(item, want) for item in held) for want in wanted) else FALSE


def order(value: object, operand: object) -> int | None:
    """Less, equal or more, as -1, 0 or 1, for numbers, durations and versions; None where the two do not compare."""
    if isinstance(value, bool) or isinstance(operand, bool):
        return None
    if isinstance(value, int | float):
        number = _number(operand)
        return None if number is None else _sign(value - number)
    if isinstance(value, Span) and (other := _span(operand)) is not None:
        return _sign(value.seconds - other.seconds)
    if isinstance(value, str) and isinstance(operand, str | int | float):
        mine, theirs = version_key(value), version_key(str(operand))
        return (mine > theirs) - (mine < theirs)
    return None


def _number(operand: object) -> float | None:
    try:
        return float(operand) if isinstance(operand, int | float | str) else None
    except ValueError:
        return None


def _span(operand: object) -> Span | None:
    return operand if isinstance(operand, Span) else parse_span(operand) if isinstance(operand, str) else None


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def at_least(value: object, operand: object) -> int:
    """Not less than; days as in `after`, the bound included."""
    if isinstance(value, Day | date):
        return _days(value, operand, lambda mine, theirs: mine[0] >= theirs[0], lambda mine, theirs: mine[1] < theirs[0])
    found = order(value, operand)
    return UNDECIDED if found is None else TRUE if found >= 0 else FALSE


def at_most(value: object, operand: object) -> int:
    """Not more than."""
    if isinstance(value, Day | date):
        return _days(value, operand, lambda mine, theirs: mine[1] <= theirs[1], lambda mine, theirs: mine[0] > theirs[1])
    found = order(value, operand)
    return UNDECIDED if found is None else TRUE if found <= 0 else FALSE


def before(value: object, operand: object) -> int:
    """Earlier than; a month that straddles the bound is unknown."""
    return _days(value, operand, lambda mine, theirs: mine[1] < theirs[0], lambda mine, theirs: mine[0] >= theirs[0])


def after(value: object, operand: object) -> int:
    """Later than."""
    return _days(value, operand, lambda mine, theirs: mine[0] > theirs[1], lambda mine, theirs: mine[1] <= theirs[1])


_Days = tuple[date, date]


def _days(value: object, operand: object, yes: Callable[[_Days, _Days], bool], no: Callable[[_Days, _Days], bool]) -> int:
    mine, theirs = days_of(value), days_of(operand)
    if mine is None or theirs is None:
        return UNDECIDED
    return TRUE if yes(mine, theirs) else FALSE if no(mine, theirs) else UNDECIDED


def matches(value: object, operand: object) -> int:
    """A whole match of a text against a pattern, on texts short enough to be safe."""
    if not isinstance(value, str) or not isinstance(operand, str) or len(value) > LONGEST_TEXT:
        return UNDECIDED
    return TRUE if re.fullmatch(operand, value) else FALSE


COMPARISONS: dict[Operator, Comparison] = {
    "equals": same,
    "in": member,
    "not_in": not_member,
    "includes": includes,
    "each_in": member,
    "at_least": at_least,
    "at_most": at_most,
    "before": before,
    "after": after,
    "matches": matches,
}
