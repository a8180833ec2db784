"""The table of facts of an audit: each once, findings point into it."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.fact import UNKNOWN, Confidence, Fact
from hds_audit.model.text import Text
from hds_audit.model.values import Day, Span


class FactTable:
    """Facts by order of first use. What a derived fact rests on stands behind it."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._index: dict[tuple[object, ...], int] = {}
        self._grounds: dict[int, tuple[int, ...]] = {}
        self._missing: dict[int, tuple[str, ...]] = {}
        self._kept: list[Fact] = []  # so that an identity is not given twice

    def of(self, facts: tuple[Fact, ...]) -> tuple[int, ...]:
        """The indexes of some facts and of what they rest on."""
        if len(facts) == 1:
            return self._all(facts[0])
        return tuple(dict.fromkeys(index for fact in facts for index in self._all(fact)))

    def _all(self, fact: Fact) -> tuple[int, ...]:
        found = self._grounds.get(id(fact))
        if found is None:
            found = tuple(dict.fromkeys(self._put(item) for item in leaves(fact)))
            self._grounds[id(fact)] = found
            self._kept.append(fact)
        return found

    def _put(self, fact: Fact) -> int:
        value = fact.value
        said = value if isinstance(value, str | bool | int | float | Day | Span) else id(value)
        key = (fact.path, said, fact.mark, fact.source, fact.origin)
        if key not in self._index:
            self._index[key] = len(self.facts)
            self.facts.append(fact)
        return self._index[key]


    def missing(self, facts: tuple[Fact, ...]) -> tuple[str, ...]:
        """The paths to declare so that these facts are known; worked out once a fact, since rules share them."""
        return tuple(dict.fromkeys(path for fact in facts for path in self._missing_of(fact)))

    def _missing_of(self, fact: Fact) -> tuple[str, ...]:
        found = self._missing.get(id(fact))
        if found is None:
            found = tuple(dict.fromkeys(_missing(fact)))
            self._missing[id(fact)] = found
            self._kept.append(fact)
        return found


def leaves(fact: Fact) -> Iterator[Fact]:
    """A fact, then those it rests on that are not themselves worked out."""
    yield fact
    for premise in fact.because:
        if premise.because:
            yield from (item for item in leaves(premise) if not item.because)
        elif premise.value is not UNKNOWN or premise.mark or premise.source:
            yield premise


def _missing(fact: Fact) -> Iterator[str]:
    if fact.value is UNKNOWN or fact.recalled:
        yield from fact.missing or (() if fact.because else (fact.path,))
        for premise in fact.because:
            yield from _missing(premise)
    elif isinstance(fact.value, tuple):
        for item in fact.value:
            if isinstance(item, Fact):
                yield from _missing(item)


def least_sure(facts: tuple[Fact, ...]) -> tuple[Confidence, Text | None]:
    """The confidence of the least sure of these facts, with its reason."""
    doubtful = max(facts, key=lambda fact: fact.confidence.rank, default=None)
    return (doubtful.confidence, doubtful.doubt) if doubtful is not None else (Confidence.HIGH, None)
