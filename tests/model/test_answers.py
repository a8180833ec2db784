"""Until when a person's answer holds."""

from __future__ import annotations

from datetime import date

import pytest

from hds_audit.model.answer import counts_on, holds_until
from hds_audit.model.format.proofs import ATTESTATION
from hds_audit.model.record import Record
from hds_audit.model.values import parse_day


def record(**said: str) -> Record:
    values = {name: parse_day(value) or value for name, value in said.items()}
    return Record(ATTESTATION, "x", "attestations.x", values, {}, 0)


def test_an_answer_holds_to_its_own_end_or_else_for_a_year() -> None:
    assert holds_until(record(by="DPO", date="2025-11-22", expires="2028-01-31")) == date(2028, 1, 31)
    assert holds_until(record(by="DPO", date="2025-11-22")) == date(2026, 11, 22)
    assert holds_until(record(by="DPO", date="2024-02-29")) == date(2025, 2, 28)
    assert holds_until(record(by="DPO")) is None


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ({"by": "DPO", "date": "2025-11-22"}, True),
        ({"by": "DPO", "date": "2025-11-21"}, False),
        ({"by": "DPO", "date": "2018-01-01", "expires": "2026-11-22"}, True),
        ({"by": "DPO", "date": "2018-01-01", "expires": "2026-11-21"}, False),
        ({"by": "DPO", "date": "2026-11-23"}, False),
        ({"date": "2026-11-01"}, False),
        ({"by": "DPO"}, False),
    ],
)
def test_it_counts_signed_and_running(said: dict[str, str], runs: bool) -> None:
    assert counts_on(record(**said), date(2026, 11, 22)) is runs


def test_what_does_not_apply_counts_with_its_reason_only() -> None:
    said = {"by": "DPO", "date": "2026-06-01", "status": "not-applicable"}
    assert not counts_on(record(**said), date(2026, 11, 22))
    assert counts_on(record(**said, reason="no such data"), date(2026, 11, 22))
