"""Which versions of a standard count on a day."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from hds_audit.model.catalogued import Span
from hds_audit.model.text import Text

Current = Literal["current", "not-current", "draft", "unknown"]

HDS_V1_UNTIL, HDS_V2_SINCE = date(2026, 5, 17), date(2024, 11, 16)  # v1: first day no more (order of 26 April 2024)
HADS_UNTIL = date(2021, 4, 1)  # three years after the last day on which an approval could be granted
HADS_EXTENDED = (
    Span(date(2020, 3, 12), date(2020, 6, 25)),
    date(2020, 7, 24),
)  # ends in the first are put off to the second (ordinance 2020-306)
_VERSIONS: Mapping[str, Mapping[str, Span]] = {
    "hds": {"1": Span(None, HDS_V1_UNTIL), "2": Span(HDS_V2_SINCE, None)},
    "iso27001": {
        "2005": Span(None, date(2015, 10, 1)),
        "2013": Span(date(2013, 10, 1), date(2025, 11, 1)),  # IAF MD 26
        "2022": Span(date(2022, 10, 25), None),
    },
    "secnumcloud": {"3.1": Span(date(2018, 6, 11), None), "3.2": Span(date(2022, 3, 8), None)},
}
_PUBLISHED = {("hds", "1"): date(2018, 6, 29), ("hds", "2"): date(2024, 5, 16)}  # day of the Journal officiel
_LIFE = timedelta(days=3 * 366)  # no certificate runs longer than three years
_YEAR = re.compile(r"(?:19|20)\d\d")

DRAFT = Text(
    "HDS 2.1 was a draft when the law was read: ask for the certificate's number and its entry on the public list",
    "HDS 2.1 n'était qu'un projet à la lecture des textes : demandez le numéro du certificat et son inscription sur la liste publique",
)


class Reading(NamedTuple):
    """Whether a version counts that day, and under which name we know it."""

    answer: Current
    name: str | None


def version_on(standard: str, said: str | None, on: date) -> Reading:
    """Whether the version said counts that day; left out, it counts only where every version of that day does."""
    windows = _VERSIONS.get(standard)
    if windows is None:
        return Reading("current", said)
    if said is None:
        return _unsaid(windows, on)
    name = _name(standard, said)
    if name == "2.1":
        return Reading("draft", name)
    window = windows.get(name)
    return Reading("unknown" if window is None else "current" if window.holds(on) else "not-current", name)


def published(standard: str, said: str | None) -> date | None:
    """The day on which the version said came out, None where that is not known: no certificate to it is older."""
    name = _name(standard, said) if said is not None else ""
    window = _VERSIONS.get(standard, {}).get(name)
    return _PUBLISHED.get((standard, name)) or (window.since if window else None)


def over(standard: str, said: str | None, on: date) -> bool:
    """Whether the version said has come to its end by that day: no certificate to it holds, whatever its own dates."""
    window = _VERSIONS.get(standard, {}).get(_name(standard, said)) if said is not None else None
    return window is not None and window.until is not None and window.until <= on


def _unsaid(windows: Mapping[str, Span], on: date) -> Reading:
    """Where a certificate that runs could still be of a version that has lapsed, one that names none is unknown."""
    held = [name for name, window in windows.items() if window.holds(on)]
    lapsed = [until for window in windows.values() if (until := window.until) is not None and until <= on < until + _LIFE]
    return Reading("unknown" if lapsed else "current", held[0] if len(held) == 1 and not lapsed else None)


def _name(standard: str, said: str) -> str:
    """The version as the table has it: 1.1, v1 and 2018 are HDS v1; a year names an ISO standard."""
    text = said.strip().lower().lstrip("v").strip()
    if standard == "hds":
        named = {"2018": "1", "2024": "2", "2": "2", "2.0": "2", "2.1": "2.1"}.get(text)
        return named or ("1" if text == "1" or text.startswith("1.") else text)
    if standard == "iso27001" and (year := _YEAR.findall(text)):
        return year[-1] if len(year) == 1 else text
    return text
