"""On which day which text speaks."""

from datetime import date, timedelta

import pytest
from framework_controls import controls_of
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.framework import Control, Frameworks
from hds_audit.model.text import Text

LAST_DAYS = {
    "hds-v1:validity": date(2026, 5, 16),
    "hds-v1:infrastructure": date(2026, 5, 16),
    "eu:2016-1250": date(2020, 7, 15),
    "iso27001-2013:certificate": date(2025, 10, 31),
    "us:patriot-215": date(2020, 3, 14),
    "us:fisa-702": date(2026, 6, 11),
    "cnil:2017-012": date(2022, 10, 16),
    "anssi-crypto:RegleCleSym.112": date(2025, 12, 31),
    "hads:approval": date(2018, 3, 31),
    "hads:running-approval": date(2021, 3, 31),
    "eu:2021-1772": date(2031, 12, 27),
}
FIRST_DAYS = {
    "csp:R.1111-9-1": date(2026, 9, 26),
    "csp:R.1111-11.I.third-country-transfers": date(2026, 9, 26),
    "csp:R.1111-11.I.14": date(2018, 4, 1),
    "csp:L.1111-8.II.archiving": date(2025, 7, 1),
    "hds:EXI-28": date(2024, 11, 16),
    "gdpr:44": date(2018, 5, 25),
    "eu:2023-1795": date(2023, 7, 10),
    "edpb:uc6": date(2021, 6, 18),
    "secnumcloud:19.6": date(2022, 3, 8),
    "sren:31": date(2024, 5, 23),
    "iso27001:A.5.1": date(2022, 10, 25),
    "anssi-crypto:RegleCleSym.128": date(2026, 1, 1),
    "anssi-crypto:RegleFactorisation.3072": date(2031, 1, 1),
    "us:fisa-702-certifications": date(2026, 6, 12),
    "cnil:2022-100": date(2022, 10, 17),
    "csp:L.1470-5": date(2022, 6, 1),
    "ehds:2027": date(2027, 3, 26),
}


@pytest.mark.parametrize(("control", "last"), LAST_DAYS.items())
def test_last_day(texts: Frameworks, control: str, last: date) -> None:
    assert texts.in_force(control, last)
    assert not texts.in_force(control, last + timedelta(days=1))


@pytest.mark.parametrize(("control", "first"), FIRST_DAYS.items())
def test_first_day(texts: Frameworks, control: str, first: date) -> None:
    assert texts.in_force(control, first)
    assert not texts.in_force(control, first - timedelta(days=1))


@pytest.mark.parametrize("control", ["hds-v2.1:draft", "nis2:fr", "cada:com-2026-502", "eucs:scheme"])
def test_a_draft_is_never_in_force(texts: Frameworks, control: str) -> None:
    assert control in texts
    assert not any(texts.in_force(control, date(year, 12, 31)) for year in range(2018, 2040))


def test_no_control_unknown_to_the_texts_is_in_force(texts: Frameworks) -> None:
    assert not texts.in_force("hds:EXI-32", date(2026, 11, 22))
    assert texts.control("hds:EXI-32") is None
    assert texts.text("hds-v3") is None
    assert controls_of(texts, "hds-v3") == ()


DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(since=st.none() | DAYS, until=st.none() | DAYS, on=DAYS)
def test_in_force_from_included_to_until_excluded(since: date | None, until: date | None, on: date) -> None:
    said = Text("x", "y")
    control = Control("a:1", "a", "gdpr", said, said, "law", "requirement", ("host",), since, until, (), "judged", said)
    assert control.in_force(on) == (since is not None and since <= on and not (until is not None and until <= on))
    assert control.status == "recalled"
