"""Days, durations and versions compare as what they are."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.model.format.schema import DAY_PATTERN, SPAN_PATTERN
from hds_audit.model.values import parse_day, parse_span, version_key

UNITS = (("Y", 31_536_000), ("M", 2_628_000), ("W", 604_800), ("D", 86_400))
TIMES = (("H", 3_600), ("M", 60), ("S", 1))


@settings(deadline=None)
@given(st.dates())
def test_every_day_is_read_as_itself(day: date) -> None:
    read = parse_day(day.isoformat())
    assert read is not None
    assert (read.first, read.last, str(read)) == (day, day, day.isoformat())


@settings(deadline=None)
@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_is_the_range_of_its_days(day: date) -> None:
    read = parse_day(f"{day:%Y-%m}".rjust(7, "0"))
    assert read is not None
    assert read.first.day == 1
    assert read.first <= day <= read.last
    assert (read.last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-2-1",
        "2026-02-30",
        "2025-02-29",
        "2026-13",
        "2026-00",
        "0000-01",
        "20260101",
        "2026-W10",
        "2026-01-01T00:00",
        " 2026-01-01",
        "2026-01-01\n",
        "٢٠٢٦-01-01",
        "9999-12",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 999) | st.none(), min_size=4, max_size=4), st.lists(st.integers(0, 999) | st.none(), min_size=3, max_size=3))
def test_a_duration_is_the_sum_of_its_parts(days: list[int | None], times: list[int | None]) -> None:
    date_part = "".join(f"{n}{unit}" for n, (unit, _) in zip(days, UNITS, strict=True) if n is not None)
    time_part = "".join(f"{n}{unit}" for n, (unit, _) in zip(times, TIMES, strict=True) if n is not None)
    text = f"P{date_part}" + (f"T{time_part}" if time_part else "")
    read = parse_span(text)
    if not (date_part or time_part):
        assert read is None
        return
    assert read is not None
    assert read.seconds == sum((n or 0) * size for n, (_, size) in zip([*days, *times], [*UNITS, *TIMES], strict=True))


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1Y", "P1H", "PT1Y", "P1DT", "P-1D", "P1.5D", "PT4H ", "p1d", "P1D\n", "P" + "9" * 60 + "Y", "4:00"]
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert parse_span(text) is None


@settings(deadline=None)
@given(st.text("0123456789-PTYMWDHS", max_size=12))
def test_the_schema_and_the_reader_take_the_same_durations(text: str) -> None:
    assert (re.search(SPAN_PATTERN.replace("$", r"\Z"), text) is not None) is (parse_span(text) is not None)


@settings(deadline=None)
@given(st.dates(min_value=date(1, 1, 1)), st.booleans())
def test_the_schema_takes_every_day_the_reader_takes(day: date, month: bool) -> None:
    assert re.search(DAY_PATTERN, day.isoformat()[:7] if month else day.isoformat())


def test_versions_sort_as_versions() -> None:
    assert sorted(["1.10", "1.9", "1.2", "2"], key=version_key) == ["1.2", "1.9", "1.10", "2"]
    assert version_key("v" * 1000) == version_key("v" * 64)
