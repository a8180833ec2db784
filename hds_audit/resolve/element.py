"""An element of a derived list: a few facts under names of their own."""

from __future__ import annotations

from collections.abc import Mapping

from hds_audit.model.fact import Fact, unknown
from hds_audit.resolve.things import Named, Part


class Element:
    """A thing that is no mapping of the description: an activity on a host, an access from abroad."""

    __slots__ = ("_facts", "path")

    def __init__(self, path: str, facts: Mapping[str, Fact]) -> None:
        self.path, self._facts = path, facts

    def fact(self, path: str) -> Fact:
        """The fact of that name, or a fact of what the name leads to."""
        if (found := self._facts.get(path)) is not None:
            return found
        head, _, rest = path.partition(".")
        reached = self._facts.get(head)
        if reached is None or not rest:
            return unknown(f"{self.path}.{path}")
        if isinstance(reached.value, Part | Named | Element):
            return reached.value.fact(rest)
        # what is not there has no more to say; what is there without detail leaves its details unknown
        missing = reached.missing or (f"{reached.path}.{rest}",)
        return reached if reached.value is False else unknown(f"{reached.path}.{rest}", *missing, doubt=reached.doubt)
