"""The table of facts of an audit: each once, findings point into it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from hds_audit.model.fact import UNKNOWN, Confidence, Fact
from hds_audit.model.text import Text
from hds_audit.model.values import Day, Span

_PLAIN = (str, bool, int, float, Day, Span)
MOST_MISSING = 24
MOST_LEAVES = 12  # a finding names so many of the grounds of one fact; the rest stands under `because`, once for all findings


class FactTable:
    """Facts, each behind those it rests on: `because` has their indexes.

    `_shown` has, for each, what a finding names: itself and the first of its grounds that are not worked out from others.
    """

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.because: list[tuple[int, ...]] = []
        self._shown: list[tuple[int, ...]] = []
        self._index: dict[tuple[object, ...], int] = {}
        self._row: dict[int, int] = {}
        self._named: dict[int, tuple[int, ...]] = {}
        self._missing: dict[int, tuple[str, ...]] = {}
        self._kept: list[Fact] = []  # so that an identity is not given twice

    def of(self, facts: tuple[Fact, ...]) -> tuple[int, ...]:
        """The indexes of some facts and of the first that they rest on; what is plainly missing is told by its path alone."""
        named = self._named
        if len(facts) == 1:
            rows = named.get(id(facts[0]))
            return self._name(facts[0]) if rows is None else rows
        told: list[int] = []
        for fact in facts:
            rows = named.get(id(fact))
            told += self._name(fact) if rows is None else rows
        return tuple(dict.fromkeys(told))

    def _name(self, fact: Fact) -> tuple[int, ...]:
        silent = fact.value is UNKNOWN and not fact.because and not fact.source
        rows = self._named[id(fact)] = () if silent else self._shown[self._put(fact)]
        self._kept.append(fact)
        return rows

    def forget(self) -> None:
        """Lets go of what tells one fact object from another: they are told again by what they say."""
        self._row.clear()
        self._named.clear()
        self._missing.clear()
        self._kept.clear()

    def _put(self, fact: Fact) -> int:
        found = self._row.get(id(fact))
        if found is None:
            because = tuple(dict.fromkeys([self._put(premise) for premise in fact.because if _speaks(premise)])) if fact.because else ()
            found = self._row[id(fact)] = self._add(fact, because)
            self._kept.append(fact)
        return found

    def _add(self, fact: Fact, because: tuple[int, ...]) -> int:
        value = fact.value
        said = value if isinstance(value, _PLAIN) else id(value)
        key = (fact.path, said, type(value), fact.mark, fact.source, fact.origin)
        row = self._index.setdefault(key, len(self.facts))
        if row == len(self.facts):
            self.facts.append(fact)
            self.because.append(because)
            self._shown.append((row, *self._leaves(because)) if because else (row,))
        return row

    def _leaves(self, because: tuple[int, ...]) -> Iterator[int]:
        """The first grounds that rest on nothing else; not all are looked at, since there may be thousands."""
        under = chain.from_iterable(self._shown[premise][1:] or (premise,) for premise in because)
        return islice(dict.fromkeys(islice(under, MOST_LEAVES * MOST_LEAVES)), MOST_LEAVES)

    def missing(self, facts: tuple[Fact, ...]) -> tuple[str, ...]:
        """The first paths to declare so that these facts are known; worked out once a fact, since rules share them."""
        if len(facts) == 1:
            return self._missing_of(facts[0])
        return _first(chain.from_iterable([self._missing_of(fact) for fact in facts]))

    def _missing_of(self, fact: Fact) -> tuple[str, ...]:
        found = self._missing.get(id(fact))
        if found is None:
            found = self._missing[id(fact)] = _first(self._wanted(fact))
            self._kept.append(fact)
        return found

    def _wanted(self, fact: Fact) -> Iterator[str]:
        value = fact.value
        if value is UNKNOWN or fact.recalled:
            yield from fact.missing or (() if fact.because else (fact.path,))
            for premise in fact.because:
                yield from self._missing_of(premise)
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Fact):
                    yield from self._missing_of(item)


def _first(paths: Iterator[str]) -> tuple[str, ...]:
    """Each once, and no more than a reader goes through: the data of a whole host may be asked for."""
    found: dict[str, None] = {}
    for path in paths:
        found[path] = None
        if len(found) == MOST_MISSING:
            break
    return tuple(found)


def _speaks(premise: Fact) -> bool:
    """What is unknown, stands nowhere and rests on nothing says no more than the missing path does."""
    return bool(premise.because) or premise.value is not UNKNOWN or bool(premise.mark) or bool(premise.source)


def least_sure(facts: tuple[Fact, ...]) -> tuple[Confidence, Text | None]:
    """The confidence of the least sure of these facts, with its reason."""
    doubtful = max(facts, key=lambda fact: fact.confidence.rank, default=None)
    return (doubtful.confidence, doubtful.doubt) if doubtful is not None else (Confidence.HIGH, None)
