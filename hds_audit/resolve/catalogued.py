"""Facts that the catalogue gives: each names its entry, and is as sure as its source."""

from __future__ import annotations

from hds_audit.model.catalogued import Status
from hds_audit.model.fact import Confidence, Fact, Origin
from hds_audit.model.text import Text

_SURE: dict[Status, Confidence] = {"verified": Confidence.HIGH, "secondary": Confidence.MEDIUM, "recalled": Confidence.LOW}
_DOUBT: dict[Status, Text] = {
    "secondary": Text("known from a secondary source", "connu par une source secondaire"),
    "recalled": Text("known from memory only: it informs and does not decide", "connu de mémoire seulement : informe sans décider"),
}


def catalogued(path: str, value: object, entry: str, status: Status | None, because: tuple[Fact, ...] = ()) -> Fact:
    """A value of the catalogue under the path that it answers; without a status it counts as recalled."""
    known: Status = status or "recalled"
    return Fact(
        path, value, Origin.CATALOGUED, source=f"catalogue: {entry}", because=because,
        confidence=_SURE[known], doubt=_DOUBT.get(known), recalled=known == "recalled",
    )  # fmt: skip
