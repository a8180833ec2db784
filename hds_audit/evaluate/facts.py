"""The table of facts of an audit: each once, findings point into it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from hds_audit.model.fact import UNKNOWN, Confidence, Fact
from hds_audit.model.text import Text

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
        self._missing: dict[int, tuple[str, ...]] = {}
        self._kept: list[Fact] = []  # so that an identity is not given twice
        self._wide: list[Fact] = []

    def of(self, facts: tuple[Fact, ...]) -> tuple[int, ...]:
        """The indexes of some facts and of the first that they rest on; what is plainly missing is told by its path alone."""
        rows, shown = self._row, self._shown
        told: list[int] = []
        for fact in facts:
            row = rows.get(id(fact))
            if row is None:
                if fact.value is UNKNOWN and not fact.because and not fact.source:
                    continue
                row = self._put(fact)
            told += shown[row]
        return tuple(told) if len(facts) == 1 else tuple(dict.fromkeys(told))

    def forget(self) -> None:
        """Lets go of what tells one fact object from another, but for those of many grounds, which are long to tell again."""
        self._wide += [fact for fact in self._kept if len(fact.because) > MOST_LEAVES or _is_long(fact.value)]
        self._row = {id(fact): self._row[id(fact)] for fact in self._wide if id(fact) in self._row}
        self._missing = {id(fact): self._missing[id(fact)] for fact in self._wide if id(fact) in self._missing}
        self._kept.clear()

    def drained(self) -> Iterator[tuple[Fact, tuple[int, ...]]]:
        """Each fact with the rows it rests on, let go of as it is handed out: what is made of thousands need not stand beside them."""
        for told_apart in (self._index, self._row, self._missing, self._kept, self._wide, self._shown):
            told_apart.clear()
        facts, because = self.facts[::-1], self.because[::-1]
        self.facts, self.because = [], []
        while facts:
            yield facts.pop(), because.pop()

    def _put(self, fact: Fact) -> int:
        row = self._add(fact, self._premises(fact.because) if fact.because else ())
        if fact.value is not UNKNOWN or fact.because or fact.source:  # else a finding is to pass it over
            self._row[id(fact)] = row
            self._kept.append(fact)
        return row

    def _premises(self, because: tuple[Fact, ...]) -> tuple[int, ...]:
        rows = self._row
        found = [self._put(fact) if (row := rows.get(id(fact))) is None else row for fact in because if _speaks(fact)]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _add(self, fact: Fact, because: tuple[int, ...]) -> int:
        value = fact.value
        said = value if isinstance(value, str) else id(value)  # which stays its own, since the table holds the fact
        key = (fact.path, said, fact.mark, fact.source, id(fact.origin))
        row = self._index.get(key)
        if row is None:
            row = self._index[key] = len(self.facts)
            self.facts.append(fact)
            self.because.append(because)
            self._shown.append((row, *self._leaves(because)) if because else (row,))
        return row

    def _leaves(self, because: tuple[int, ...]) -> tuple[int, ...]:
        """The first grounds that rest on nothing else; not all are looked at, since there may be thousands."""
        shown = self._shown
        if len(because) == 1:
            return shown[because[0]][1:] or because
        under = chain.from_iterable([shown[premise][1:] or (premise,) for premise in because[: MOST_LEAVES * MOST_LEAVES]])
        return tuple(islice(dict.fromkeys(under), MOST_LEAVES))

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


def _is_long(value: object) -> bool:
    return type(value) is tuple and len(value) > MOST_LEAVES


def _speaks(premise: Fact) -> bool:
    """What is unknown, stands nowhere and rests on nothing says no more than the missing path does."""
    return premise.value is not UNKNOWN or bool(premise.because or premise.mark or premise.source)


def least_sure(facts: tuple[Fact, ...]) -> tuple[Confidence, Text | None]:
    """The confidence of the least sure of these facts, with its reason."""
    doubtful = max(facts, key=lambda fact: fact.confidence.rank, default=None)
    return (doubtful.confidence, doubtful.doubt) if doubtful is not None else (Confidence.HIGH, None)
