"""What each value allows and the whole forbids: circles, contradictions, days in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.record import Record
from hds_audit.read.complaints import Complaint


def inconsistencies(root: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    """Everything that does not hold together."""
    yield from ()
