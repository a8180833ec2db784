"""A duration before a day, by the calendar."""

from datetime import date

import pytest

from hds_audit.model.values import Span, before, parse_span


@pytest.mark.parametrize(
    ("day", "span", "expected"),
    [
        (date(2026, 11, 22), "P3Y", date(2023, 11, 22)),
        (date(2024, 2, 29), "P1Y", date(2023, 2, 28)),
        (date(2024, 3, 31), "P1M", date(2024, 2, 29)),
        (date(2026, 1, 15), "P2M", date(2025, 11, 15)),
        (date(2026, 1, 15), "P1Y2M3D", date(2024, 11, 12)),
        (date(2026, 1, 15), "P2W", date(2026, 1, 1)),
        (date(2026, 1, 15), "PT72H", date(2026, 1, 12)),
        (date(2026, 1, 15), "P9999Y", date.min),
        (date(2026, 1, 15), "P999999999D", date.min),
    ],
)
def test_a_duration_before_a_day(day: date, span: str, expected: date) -> None:
    known = parse_span(span)
    assert isinstance(known, Span)
    assert before(day, known) == expected
