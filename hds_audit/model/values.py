"""Values that compare as what they are: days, durations, versions."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_SPAN = re.compile(r"P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_DAY, _MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")
_SECONDS = (31_536_000, 2_628_000, 604_800, 86_400, 3_600, 60, 1)  # a year of 365 days, twelve months to a year


class Day(NamedTuple):
    """A day or, where only the month is written, the range of its days (ISO 8601)."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.text


class Span(NamedTuple):
    """A duration (ISO 8601), with its length in seconds for comparison."""

    text: str
    seconds: int

    def __str__(self) -> str:
        return self.text

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Its years, months, weeks, days, hours, minutes and seconds; None for what it does not name."""
        found = _SPAN.fullmatch(self.text)
        return tuple(int(part) if part else None for part in found.groups()) if found else ()


def parse_day(text: str) -> Day | None:
    """The day or month that a text names, or None where it names none."""
    try:
        if _DAY.fullmatch(text):
            exact = date.fromisoformat(text)
            return Day(text, exact, exact)
        if _MONTH.fullmatch(text):
            first = date.fromisoformat(f"{text}-01")
            return Day(text, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    except (ValueError, OverflowError):
        return None
    return None


def parse_span(text: str) -> Span | None:
    """The duration that a text names, or None where it names none."""
    found = _SPAN.fullmatch(text) if len(text) <= 40 else None
    if found is None:
        return None
    return Span(text, sum(int(part or 0) * unit for part, unit in zip(found.groups(), _SECONDS, strict=True)))


def before(day: date, span: Span) -> date:
    """The day that lies a duration before another, by the calendar: a year before is the same date, or the last of its month."""
    years, months, weeks, days, hours, minutes, seconds = (part or 0 for part in span.parts)
    year, month = divmod(day.year * 12 + day.month - 1 - years * 12 - months, 12)
    if year < date.min.year:
        return date.min
    start = _in_month(year, month + 1, day.day)
    try:
        return start - timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return date.min


def years_later(day: date, years: int) -> date:
    """The same date some years on, or the last of its month."""
    return _in_month(min(day.year + years, date.max.year), day.month, day.day)


def _in_month(year: int, month: int, day: int) -> date:
    """That day of a month, or its last."""
    try:
        return date(year, month, day)
    except ValueError:
        return _in_month(year, month, day - 1)


def version_key(text: str) -> tuple[tuple[int, str], ...]:
    """A version as something that sorts: numbers as numbers, the rest as text."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.\-+_ ]", text[:64]))
