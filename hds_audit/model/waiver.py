"""An accepted risk: one rule on one subject, with an owner and a last day."""

from datetime import date
from typing import NamedTuple

from hds_audit.model.place import Place


class Waiver(NamedTuple):
    """It lies over a fail and takes nothing away from it; `expires` is the last day that it holds."""

    rule: str
    subject: str
    reason: str
    owner: str
    approver: str
    granted: date
    expires: date
    ticket: str = ""
    place: Place | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.granted <= on <= self.expires
