"""Whether a certificate holds on a day, and the traps of dates, statuses and versions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hosting_worlds import CERTIFICATE, DAY, Plain, catalogue, fact, known_certificate, world
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.fact import UNKNOWN, Confidence, Fact


def certificate(on: date = DAY, path: str = "valid", known: Catalogue | None = None, **said: Any) -> Fact:
    whole = {key: value for key, value in {**CERTIFICATE, **said}.items() if value is not None}
    return fact(world({"certificates": {"c": whole}}, on, known), "certificate", "c", path)


def test_the_last_day_is_still_held() -> None:
    assert certificate(date(2027, 12, 31)).value is True
    assert certificate(date(2028, 1, 1)).value is False


def test_the_first_day_is_held_and_the_day_before_is_not() -> None:
    assert certificate(date(2025, 1, 1)).value is True
    assert certificate(date(2024, 12, 31)).value is False


def test_a_month_is_a_range_and_unknown_inside() -> None:
    assert certificate(date(2026, 11, 1), expires="2026-11").value is True
    assert certificate(date(2026, 11, 22), expires="2026-11").value is UNKNOWN
    assert certificate(date(2026, 12, 1), expires="2026-11").value is False


@pytest.mark.parametrize("status", ["suspended", "withdrawn"])
def test_a_suspended_or_withdrawn_certificate_does_not_hold_whatever_its_dates(status: str) -> None:
    found = certificate(status=status)
    assert found.value is False
    assert found.doubt is not None


def test_without_an_end_three_years_from_issue_at_medium_confidence() -> None:
    found = certificate(date(2027, 12, 31), expires=None)
    assert (found.value, found.confidence) == (True, Confidence.MEDIUM)
    assert certificate(date(2028, 1, 1), expires=None).value is False
    until = certificate(path="in_force_until", expires=None)
    assert (str(until.value), until.confidence) == ("2027-12-31", Confidence.MEDIUM)


def test_three_years_from_a_leap_day_end_on_the_last_of_february() -> None:
    found = certificate(path="in_force_until", issued="2024-02-29", expires=None)
    assert str(found.value) == "2027-02-28"


def test_without_any_date_it_is_unknown_and_asks_for_the_end() -> None:
    found = certificate(issued=None, expires=None)
    assert (found.value, found.missing) == (UNKNOWN, ("certificates.c.expires",))


def test_seen_on_the_public_list_that_very_day_it_holds() -> None:
    listed: Plain = {"url": "https://esante.gouv.fr", "read": "2026-11-22"}
    assert certificate(issued=None, expires=None, listed=listed).value is True
    assert certificate(date(2026, 11, 23), issued=None, expires=None, listed=listed).value is UNKNOWN


def test_hds_v1_counts_to_16_may_2026_included() -> None:
    for version in ("1.0", "1.1", "v1", "2018"):
        assert certificate(date(2026, 5, 16), version=version).value is True, version
        found = certificate(date(2026, 5, 17), version=version)
        assert found.value is False, version
        assert certificate(date(2026, 5, 17), "version_current", version=version).value is False


def test_hds_v2_counts_since_16_november_2024() -> None:
    said: Plain = {"version": "2.0", "issued": "2024-06-01", "expires": "2027-05-31"}
    assert certificate(date(2024, 11, 15), **said).value is False
    assert certificate(date(2024, 11, 16), **said).value is True


@pytest.mark.parametrize(
    ("standard", "version", "before", "first"),
    [
        ("hds", "2.0", "2024-05-15", "2024-05-16"),
        ("hds", "1.1", "2018-06-28", "2018-06-29"),
        ("iso27001", "2022", "2022-10-24", "2022-10-25"),
        ("secnumcloud", "3.2", "2022-03-07", "2022-03-08"),
    ],
)
def test_a_certificate_older_than_its_version_contradicts_itself(standard: str, version: str, before: str, first: str) -> None:
    said: Plain = {"standard": standard, "version": version, "expires": "2025-06-01"}
    asked = ("certificates.c.issued", "certificates.c.version")
    found = certificate(date(2025, 5, 1), **said, issued=before)
    assert (found.value, found.missing) == (UNKNOWN, asked)
    assert certificate(date(2025, 5, 1), **said, issued=first).missing != asked
    assert certificate(date(2025, 6, 2), **said, issued=before).value is False


def test_a_certificate_said_to_outlast_its_three_years_contradicts_itself() -> None:
    asked = ("certificates.c.issued", "certificates.c.expires")
    found = certificate(issued="2025-01-10", expires="2030-01-09")
    assert (found.value, found.missing) == (UNKNOWN, asked)
    assert certificate(issued="2025-01-10", expires="2028-01-10").value is True
    assert certificate(issued="2025-01", expires="2028-01").value is True
    assert certificate(issued="2025-01-10", expires="2028-01-11").missing == asked
    assert certificate(issued=None, expires="2029-11-22").value is True
    assert certificate(issued=None, expires="2029-11-23").missing == asked
    assert certificate(standard="siaf", version=None, issued="2023-02-01", expires="2028-01-31").value is True


def test_what_ended_has_ended_whatever_else_it_contradicts() -> None:
    assert certificate(issued="2020-01-10", expires="2026-01-09").value is False
    assert certificate(issued="2020-01-10", expires="2030-01-09", status="withdrawn").value is False


def test_a_draft_claimed_as_a_version_is_unknown_and_asks_for_the_list() -> None:
    found = certificate(version="2.1")
    assert (found.value, found.missing) == (UNKNOWN, ("certificates.c.version",))
    assert found.doubt is not None
    assert "2.1" in found.doubt.en


def test_a_version_that_nobody_knows_is_unknown() -> None:
    assert certificate(version="7").value is UNKNOWN


def test_a_version_left_out_matters_only_once_one_has_lapsed() -> None:
    assert certificate(date(2026, 5, 16), version=None).value is True
    found = certificate(version=None)
    assert (found.value, found.missing) == (UNKNOWN, ("certificates.c.version",))


def test_iso_27001_of_2013_ends_with_october_2025() -> None:
    said: Plain = {"standard": "iso27001", "version": "2013", "issued": "2024-01-01", "expires": "2026-12-31"}
    assert certificate(date(2025, 10, 31), **said).value is True
    assert certificate(date(2025, 11, 1), **said).value is False


@pytest.mark.parametrize(
    "said",
    [
        {"issued": None, "expires": None},
        {"issued": "2012-01-01", "expires": "2030-12-31"},
        {"issued": "2025-12-01", "expires": "2028-11-30"},
        {"issued": "2024-01-01", "expires": "2025-11"},
    ],
)
def test_a_version_that_has_run_out_holds_for_no_certificate_whatever_its_dates(said: Plain) -> None:
    claimed: Plain = {"standard": "iso27001", "version": "ISO 27001:2013", **said}
    assert certificate(date(2025, 11, 22), **claimed).value is False
    assert certificate(date(2026, 5, 17), version="1.1", issued=None, expires=None).value is False


@pytest.mark.parametrize("version", ["2022", "ISO/IEC 27001:2022", "2022/A1"])
def test_iso_27001_of_2022_is_read_however_it_is_written(version: str) -> None:
    assert certificate(standard="iso27001", version=version).value is True


def test_a_hads_approval_lives_to_its_own_end_and_none_past_march_2021() -> None:
    said: Plain = {"standard": "hads", "version": None, "issued": "2018-03-01", "expires": "2021-02-28"}
    assert certificate(date(2020, 9, 1), **said).value is True
    assert certificate(date(2021, 3, 1), **said).value is False
    for claimed in ({**said, "expires": "2027-01-01"}, {**said, "issued": None, "expires": None}):
        assert certificate(DAY, **claimed).value is False


def test_hads_terms_of_spring_2020_were_put_off_and_are_unknown_until_july() -> None:
    said: Plain = {"standard": "hads", "version": None, "issued": "2017-04-15", "expires": "2020-04-14"}
    assert certificate(date(2020, 4, 14), **said).value is True
    assert certificate(date(2020, 6, 1), **said).value is UNKNOWN
    assert certificate(date(2020, 7, 25), **said).value is False
    before = {**said, "issued": "2017-03-12", "expires": "2020-03-11"}
    assert certificate(date(2020, 6, 1), **before).value is False


# --- declared and catalogued knowledge


def test_what_a_declaration_leaves_out_comes_from_the_catalogue() -> None:
    known = catalogue(known_certificate("k", "bigcloud", number="42", issued=date(2025, 1, 1), expires=date(2027, 12, 31)))
    said: Plain = {"issued": None, "expires": None, "version": None, "activities": None, "number": "42"}
    assert certificate(known=known, **said).value is True
    assert certificate(path="covers", known=known, **said).value == ("physical-sites", "hardware", "virtual-infrastructure", "platform", "administration", "backup")


def test_what_is_declared_stands_where_the_catalogue_says_otherwise() -> None:
    known = catalogue(known_certificate("k", "bigcloud", activities=("backup",)))
    assert certificate(path="covers", known=known, activities=["platform"]).value == ("platform",)


def test_the_catalogue_does_not_heal_a_declared_suspension() -> None:
    known = catalogue(known_certificate("k", "bigcloud", issued=date(2025, 1, 1), expires=date(2027, 12, 31)))
    assert certificate(known=known, status="suspended").value is False


def test_a_suspension_that_the_catalogue_knows_holds_against_the_declaration() -> None:
    known = catalogue(known_certificate("k", "bigcloud", issued=date(2025, 1, 1), expires=date(2027, 12, 31), status="suspended"))
    assert certificate(known=known, status=None).value is False


def test_one_number_claimed_twice_on_other_terms_is_a_contradiction() -> None:
    first = {**CERTIFICATE, "number": "38436"}
    for other in ({"holder": "knowncloud"}, {"expires": "2029-01-01"}, {"activities": ["backup"]}):
        here = world({"certificates": {"c": first, "d": {**first, **other}}})
        assert fact(here, "certificate", "c", "valid").value is UNKNOWN, other
    same = world({"certificates": {"c": first, "d": dict(first)}})
    assert fact(same, "certificate", "c", "valid").value is True


# --- other facts of a certificate


def test_a_certificate_serves_the_hosts_that_list_it() -> None:
    hosts: Plain = {"a": {"provider": "bigcloud", "certificates": ["c"]}, "b": {"provider": "bigcloud", "certificates": []}, "d": {"provider": "bigcloud"}, "e": {"provider": "knowncloud"}}
    here = world({"hosts": hosts, "certificates": {"c": CERTIFICATE}})
    assert fact(here, "certificate", "c", "serves").value == ("a", "d")


def test_a_certificate_of_another_company_is_not_the_hosts() -> None:
    hosts: Plain = {"a": {"provider": "knowncloud", "certificates": ["c"], "subcontractors": []}}
    assert fact(world({"hosts": hosts, "certificates": {"c": CERTIFICATE}}), "certificate", "c", "held_by_the_host").value is False
    hosts["a"]["subcontractors"] = ["bigcloud"]
    assert fact(world({"hosts": hosts, "certificates": {"c": CERTIFICATE}}), "certificate", "c", "held_by_the_host").value is True
    del hosts["a"]["subcontractors"]
    found = fact(world({"hosts": hosts, "certificates": {"c": CERTIFICATE}}), "certificate", "c", "held_by_the_host")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.a.subcontractors",))


def test_surveillance_is_due_a_year_after_issue() -> None:
    assert str(certificate(date(2025, 6, 1), "last_surveillance").value) == "2025-01-01"
    found = certificate(path="last_surveillance")
    assert (found.value, found.missing) == (UNKNOWN, ("certificates.c.surveillance_audits",))
    assert str(certificate(path="last_surveillance", surveillance_audits=["2026-01-10", "2027-01-10"]).value) == "2026-01-10"


def test_age_is_counted_from_issue() -> None:
    assert str(certificate(date(2025, 1, 31), "age").value) == "P30D"
    assert certificate(path="age", issued=None).value is UNKNOWN


DATES = st.dates(date(2015, 1, 1), date(2030, 12, 31))
SAID = st.fixed_dictionaries(
    {},
    optional={
        "issued": DATES.map(str), "expires": DATES.map(str), "version": st.sampled_from(["1.1", "2.0", "2.1"]),
        "status": st.sampled_from(["valid", "suspended", "withdrawn"]), "standard": st.sampled_from(["hds", "hads", "iso27001"]),
    },
)  # fmt: skip


@given(SAID, DATES, st.integers(1, 4000))
def test_what_has_ended_never_comes_back(said: Plain, day: date, later: int) -> None:
    whole = {**CERTIFICATE, "issued": None, "expires": None, **said}
    if whole["issued"] and whole["expires"] and whole["issued"] > whole["expires"]:
        return  # the reader refuses it
    before, after = certificate(day, **whole), certificate(day + timedelta(days=later), **whole)
    began = whole["issued"] is None or date.fromisoformat(whole["issued"]) <= day
    v2_to_come = whole["version"] == "2.0" and day < date(2024, 11, 16)
    if before.value is False and began and not v2_to_come:
        assert after.value is not True


def test_a_type_of_version_1_is_asked_for_where_no_activities_are_stated() -> None:
    assert certificate(path="type_said", type="infogereur").value == "infogereur"
    assert certificate(path="type_said").value is False
    assert certificate(path="type_said", activities=None).missing == ("certificates.c.type",)


@pytest.mark.parametrize(
    ("listed", "found"),
    [({"read": "2026-11-02"}, True), (True, True), (False, False), ({"read": "2024-03-01"}, UNKNOWN), ({"read": "2034-01-01"}, UNKNOWN)],
)
def test_a_list_read_before_the_issue_or_after_the_day_of_the_audit_shows_nothing(listed: Any, found: object) -> None:
    assert certificate(path="found_listed", issued="2025-09-12", listed=listed).value is found
