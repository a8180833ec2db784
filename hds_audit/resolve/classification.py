"""Classes of information: where a datum stands in the organisation's scheme, and whether what holds it stands as high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, derived, unknown
from hds_audit.resolve.connectives import every, undecided
from hds_audit.resolve.holdings import holding
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_LEVELS = "governance.classification.levels"


def _top(world: World, datum: Subject) -> Fact:
    """Whether its class is the last of the scheme; a class that the scheme lacks is unknown."""
    path, mine, levels = f"{datum.path}.in_top_class", datum.fact("classification"), _levels(world)
    rank = _rank(mine, levels)
    if rank is None or not isinstance(levels.value, tuple):
        return undecided(path, [fact for fact in (mine, levels) if fact.value is UNKNOWN] or [mine, levels])
    return derived(path, rank == len(levels.value) - 1, mine, levels)


def _like_data(world: World, component: Subject) -> Fact:
    """Its class against that of each datum it stores; what it stores is open where somebody left something out."""
    path, held = f"{component.path}.classed_like_data", holding(world, component.id, "stores")
    data = [subject for name in held.data if (subject := world.subject("data", name))]
    facts = [_compared(path, component.fact("classification"), datum.fact("classification"), _levels(world)) for datum in data]
    return every(path, [*facts, *(unknown(name) for name in held.missing)])


def _compared(path: str, mine: Fact, other: Fact, levels: Fact) -> Fact:
    here, there = _rank(mine, levels), _rank(other, levels)
    if here is None or there is None:
        return undecided(path, [fact for fact in (mine, other, levels) if fact.value is UNKNOWN] or [mine, other, levels])
    return derived(path, here >= there, mine, other, levels)


def _levels(world: World) -> Fact:
    return world.subjects("application")[0].fact(_LEVELS)


def _rank(said: Fact, levels: Fact) -> int | None:
    """The place of a class in the scheme, from the lowest; None where either is not known or they do not fit."""
    named = [str(level) for level in levels.value] if isinstance(levels.value, tuple) else []
    return named.index(said.value) if isinstance(said.value, str) and said.value in named else None


DERIVATIONS = {
    ("data", "in_top_class"): _top,
    ("component", "classed_like_data"): _like_data,
}
