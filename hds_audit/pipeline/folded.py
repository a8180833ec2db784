"""Mappings of which each value is kept folded until it is asked for: a small audit asks for a few of a thousand entries."""

import pickle
from collections.abc import Iterator, Mapping
from typing import TypeVar

from hds_audit.model.catalogue import Catalogue

K = TypeVar("K")
V = TypeVar("V")


class Folded(Mapping[K, V]):
    """A mapping like the one that it was folded from, in the same order; a value is unfolded once."""

    __slots__ = ("_folded", "_unfolded")

    def __init__(self, plain: Mapping[K, V]) -> None:
        self._folded = {key: pickle.dumps(value, protocol=5) for key, value in plain.items()}
        self._unfolded: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        found = self._unfolded.get(key)
        if found is None:
            found = self._unfolded[key] = pickle.loads(self._folded[key])  # noqa: S301  # pickled above
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._folded

    def __iter__(self) -> Iterator[K]:
        return iter(self._folded)

    def __len__(self) -> int:
        return len(self._folded)


def folded_catalogue(catalogue: Catalogue) -> Catalogue:
    """The catalogue with those of its tables folded that are looked up by name, and never gone through, in an audit."""
    return catalogue._replace(
        sources=Folded(catalogue.sources), organisations=Folded(catalogue.organisations),
        regions=Folded(catalogue.regions), countries=Folded(catalogue.countries), lists=Folded(catalogue.lists),
    )  # fmt: skip
