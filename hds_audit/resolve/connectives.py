"""And, or, not over flag facts: what is unknown stays so unless another fact decides, and what decided is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text


def every(path: str, facts: Sequence[Fact]) -> Fact:
    """True when all are, False as soon as one is."""
    return _joined(path, facts, decisive=False)


def some(path: str, facts: Sequence[Fact]) -> Fact:
    """True as soon as one is, False when none is."""
    return _joined(path, facts, decisive=True)


def opposite(path: str, fact: Fact) -> Fact:
    """Not."""
    return undecided(path, [fact]) if fact.value is UNKNOWN else derived(path, fact.value is not True, fact)


def undecided(path: str, facts: Iterable[Fact], *missing: str, doubt: Text | None = None, sure: Confidence | None = None) -> Fact:
    """An unknown that rests on others: it asks for what they ask, and takes over their doubt."""
    grounds = tuple(facts)
    if len(grounds) == 1 and not missing and doubt is None and sure is None:  # by far the most common
        only = grounds[0]
        return Fact(path, UNKNOWN, Origin.DERIVED, 0, "", only.missing or (only.path,), grounds, only.confidence, only.doubt)
    asked = dict.fromkeys((*missing, *(name for fact in grounds for name in fact.missing))) or dict.fromkeys(fact.path for fact in grounds)
    said = doubt or next((fact.doubt for fact in grounds if fact.doubt), None)
    least = sure or max((fact.confidence for fact in grounds), key=lambda each: each.rank, default=Confidence.HIGH)
    return unknown(path, *asked, because=grounds, doubt=said)._replace(confidence=least)


def doubted(fact: Fact, sure: Confidence, doubt: Text) -> Fact:
    """The same fact, held less surely, with the reason."""
    return fact._replace(confidence=sure, doubt=doubt) if sure.rank > fact.confidence.rank else fact


def computed(path: str, value: object) -> Fact:
    """A value that rests on nothing declared (an empty index, a closed list)."""
    return Fact(path, value, Origin.DERIVED)


def _joined(path: str, facts: Sequence[Fact], decisive: bool) -> Fact:
    deciding = [fact for fact in facts if fact.value is decisive]
    if sure := next((fact for fact in deciding if not fact.recalled), None):
        return derived(path, decisive, sure)
    if silent := [fact for fact in facts if fact.value is UNKNOWN]:
        return undecided(path, silent)
    return derived(path, decisive, deciding[0]) if deciding else derived(path, not decisive, *facts)
