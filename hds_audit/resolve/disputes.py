"""The two sides of a contradiction: where and what the description says, against one observation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


_SECOND_LEVELS = frozenset({"ac", "asso", "co", "com", "edu", "gouv", "gov", "net", "org"})


def bears_name(host: str, organisations: Iterable[str]) -> bool:
    """Whether the registered name of a host is that of an organisation: `cdn.example.net` for `example`.

    It keeps a company that the catalogue does not know, and that the description names, from being taken for a stranger.
    """
    labels = host.lower().rstrip(".").split(".")
    short = len(labels) > 2 and labels[-2] in _SECOND_LEVELS
    name = labels[-3 if short else -2] if len(labels) > 1 else ""
    return name.replace("-", "") in {each.lower().replace("-", "").replace("_", "") for each in organisations}


def items(observation: Observation) -> tuple[str, ...]:
    """The items of an observed list."""
    return observation.value if isinstance(observation.value, tuple) else ()
