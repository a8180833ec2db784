"""Until when a person's dated answer holds, and whether it counts on a day."""

from datetime import date

from hds_audit.model.record import Record
from hds_audit.model.values import Day, years_later


def holds_until(answer: Record) -> date | None:
    """Its last day: as given, else a year after its own; None where it bears no day."""
    until, signed = answer.values.get("expires"), answer.values.get("date")
    if isinstance(until, Day):
        return until.last
    return years_later(signed.last, 1) if isinstance(signed, Day) else None


def counts_on(answer: Record, on: date) -> bool:
    """Whether somebody signed it, on that day or before, its last day is not past, and what it says not to apply comes with a reason."""
    if answer.values.get("status") == "not-applicable" and not answer.values.get("reason"):
        return False
    signed, until = answer.values.get("date"), holds_until(answer)
    return bool(answer.values.get("by")) and isinstance(signed, Day) and signed.first <= on and until is not None and on <= until
