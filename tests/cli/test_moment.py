"""The day in Paris, with no table of time zones at hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hds_audit.cli.moment import now, paris, today

FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1996, 2100))


@pytest.mark.skipif("Europe/Paris" not in available_timezones(), reason="this system keeps no table of time zones")
@given(st.integers(FIRST, LAST))
@example(int(datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC).timestamp()))
@example(int(datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC).timestamp()))
def test_the_day_is_that_of_the_table_of_time_zones(seconds: int) -> None:
    assert paris(seconds) == datetime.fromtimestamp(seconds, ZoneInfo("Europe/Paris")).date()


@pytest.mark.parametrize(("moment", "day"), [
    ("2026-11-22T22:59:59", date(2026, 11, 22)), ("2026-11-22T23:00:00", date(2026, 11, 23)),
    ("2026-07-14T21:59:59", date(2026, 7, 14)), ("2026-07-14T22:00:00", date(2026, 7, 15)),
    ("2026-03-28T23:00:00", date(2026, 3, 29)), ("2026-03-29T21:59:59", date(2026, 3, 29)), ("2026-03-29T22:00:00", date(2026, 3, 30)),
    ("2026-10-24T22:00:00", date(2026, 10, 25)), ("2026-10-25T22:59:59", date(2026, 10, 25)), ("2026-10-25T23:00:00", date(2026, 10, 26)),
    ("2027-12-31T23:00:00", date(2028, 1, 1)),
])  # fmt: skip
def test_midnight_in_paris(moment: str, day: date) -> None:
    assert paris(datetime.fromisoformat(f"{moment}+00:00").timestamp()) == day


def test_a_fixed_moment_stands_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795302000")
    assert (today(), now()) == (date(2026, 11, 22), "2026-11-21T23:00:00Z")
