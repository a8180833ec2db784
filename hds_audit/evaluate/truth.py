"""Kleene's three values, and an outcome: a value with the facts that made it so."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hds_audit.model.fact import Fact, Thing

FALSE, TRUE, UNDECIDED = 0, 1, 2

Outcome = tuple[int, tuple[Fact, ...]]
Judge = Callable[[Thing], Outcome]


class Setting(NamedTuple):
    """What a condition needs beside its subject: the day of the audit and the lists of the catalogue on that day."""

    as_of: date
    lists: Callable[[str], frozenset[str]]


def negate(outcome: Outcome) -> Outcome:
    """Not: unknown stays unknown."""
    value, facts = outcome
    return (value if value == UNDECIDED else 1 - value), facts


def conjunction(outcomes: list[Outcome]) -> Outcome:
    """And: one false decides, whatever is unknown; the grounds are those of the parts that decided."""
    return _join(outcomes, FALSE)


def disjunction(outcomes: list[Outcome]) -> Outcome:
    """Or: one true decides, whatever is unknown."""
    return _join(outcomes, TRUE)


def _join(outcomes: list[Outcome], decisive: int) -> Outcome:
    values = [value for value, _ in outcomes]
    result = decisive if decisive in values else UNDECIDED if UNDECIDED in values else 1 - decisive
    if values.count(result) == 1:
        return outcomes[values.index(result)]
    deciding = {id(fact): fact for value, facts in outcomes if value == result for fact in facts}  # a fact is itself, not its equal
    return result, tuple(deciding.values())
