"""Days in an order that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.record import Record
from hds_audit.model.values import Day
from hds_audit.read import consistency_wording as wording
from hds_audit.read.complaints import Complaint, value_point
from hds_audit.read.within import records_within

_ORDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "certificate": (("issued", "expires"),),
    "contract": (("signed", "ends"),),
    "security policy": (("approved", "next_review"),),
    "attestation": (("date", "expires"),),
    "flow": (("started", "ended"),),
    "environment": (("approved", "until"),),
}
_SECTIONS = ("hosts", "certificates", "flows", "environments", "governance", "attestations")


def days_out_of_order(root: Record) -> Iterator[Complaint]:
    """Each day that lies wholly before one it must follow: a certificate that ends before it is issued."""
    for section in _SECTIONS:
        for record in records_within(root.values.get(section)):
            for earlier, later in _ORDERS.get(record.type.name, ()):
                first, second = record.values.get(earlier), record.values.get(later)
                if isinstance(first, Day) and isinstance(second, Day) and second.last < first.first:
                    said = wording.out_of_order(later, earlier, second.text, first.text)
                    yield Complaint(value_point(record.marks[later]), said)
