"""The two sides of a contradiction: where and what the description says, against one observation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hds_audit.model.evidence import Contradiction, ContradictionKind, Evidence, Observation, Subject
from hds_audit.model.fact import Confidence
from hds_audit.model.text import Text


class Side(NamedTuple):
    """What the description says, where, and of what kind its contradictions are."""

    kind: ContradictionKind
    path: str
    said: tuple[str, ...]

    def against(
        self,
        observation: Observation,
        what: Text,
        seen: str,
        controls: tuple[str, ...],
        confidence: Confidence = Confidence.HIGH,
    ) -> Contradiction:
        """The contradiction between this side and what was seen."""
        said = ", ".join(self.said) or "[]"
        return Contradiction(observation.subject, self.kind, what, self.path, said, seen, observation, confidence, controls)


def observations(evidence: Evidence, subject: Subject, name: str) -> Iterator[Observation]:
    """What was looked for under one name on one subject."""
    return (each for each in evidence.observations if each.subject == subject and each.name == name)


def items(observation: Observation) -> tuple[str, ...]:
    """The items of an observed list."""
    return observation.value if isinstance(observation.value, tuple) else ()
