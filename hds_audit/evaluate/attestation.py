"""A person's dated answer to a requirement that no description can decide."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hds_audit.model.answer import counts_on
from hds_audit.model.description import Description
from hds_audit.model.record import Record
from hds_audit.model.report import AttestationView


class Attestation(NamedTuple):
    """One answer: `counts` on the day where somebody signed it, it is not later than the day and has not expired."""

    control: str
    subject: str
    record: Record
    counts: bool

    @property
    def status(self) -> str:
        """implemented, not-implemented or not-applicable."""
        return str(self.record.values.get("status", ""))

    def view(self) -> AttestationView:
        """The answer as the report shows it."""
        said = {key: str(self.record.values.get(key, "")) for key in ("status", "by", "date", "expires", "reason", "document")}
        return AttestationView(self.control, self.subject, counts=self.counts, **said)


def attestations(description: Description, on: date) -> tuple[Attestation, ...]:
    """Every answer of the description, in its order."""
    found = description.root.values.get("attestations")
    entries = found.items() if isinstance(found, dict) else ()
    return tuple(
        Attestation(control, str(record.values.get("subject", "")), record, counts_on(record, on))
        for control, value in entries
        for record in _records(value)
    )


def _records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
    elif isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, Record))


def answer(given: tuple[Attestation, ...], control: str, subject: str) -> Attestation | None:
    """The answer that counts for a control on a subject: one that names the subject before one that names none."""
    mine = [item for item in given if item.control == control and item.counts and item.subject in ("", subject)]
    return max(mine, key=lambda item: (bool(item.subject), str(item.record.values.get("date", ""))), default=None)
