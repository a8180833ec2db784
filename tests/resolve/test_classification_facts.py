"""Classes of information in the organisation's own scheme, and the certificates that answer for physical sites."""

from __future__ import annotations

from typing import Any

import pytest
from hosting_worlds import ACTIVITIES, Plain, fact, hosted, world

from hds_audit.model.fact import UNKNOWN, Fact

LEVELS = {"classification": {"levels": ["public", "internal", "health"]}}
RECORD = {"health": "nature", "identifiability": "identified", "collected_in": ["care"], "controller": ["health-professionals"]}


def classed(datum: str | None, component: str | None = None, governance: Plain | None = None, **more: Any) -> Plain:
    record = {**RECORD, **({"classification": datum} if datum else {})}
    store = {"stores": ["record"], **({"classification": component} if component else {}), **more}
    return {"data": {"record": record}, "components": {"db": store}, "governance": LEVELS if governance is None else governance}


@pytest.mark.parametrize(("level", "expected"), [("health", True), ("internal", False), ("secret", UNKNOWN), (None, UNKNOWN)])
def test_the_top_class_is_the_last_of_the_scheme(level: str | None, expected: object) -> None:
    assert fact(world(classed(level)), "data", "record", "in_top_class").value is expected


def test_without_a_scheme_no_class_is_the_top() -> None:
    found = fact(world(classed("health", governance={})), "data", "record", "in_top_class")
    assert (found.value, found.missing) == (UNKNOWN, ("governance.classification.levels",))


@pytest.mark.parametrize(
    ("datum", "component", "expected"),
    [("internal", "health", True), ("internal", "internal", True), ("health", "internal", False), ("health", None, UNKNOWN), (None, "health", UNKNOWN)],
)  # fmt: skip
def test_what_holds_a_datum_is_classed_no_lower(datum: str | None, component: str | None, expected: object) -> None:
    assert fact(world(classed(datum, component)), "component", "db", "classed_like_data").value is expected


def test_a_copy_is_measured_by_what_it_copies() -> None:
    plain = classed("health", "health")
    plain["components"]["bak"] = {"copy_of": ["db"], "classification": "public"}
    assert fact(world(plain), "component", "bak", "classed_like_data").value is False


def test_one_datum_too_high_is_enough_whatever_is_left_out() -> None:
    plain = classed("health", "internal")
    plain["data"]["other"] = {"health": "none", "identifiability": "identified"}
    plain["components"]["db"]["stores"] = ["other", "record"]
    assert fact(world(plain), "component", "db", "classed_like_data").value is False


def site(**certificate: Any) -> Plain:
    scope = {"offers": "all", "services": "all", "regions": "all", "sites": "all"}
    host = {
        "provider": "bigcloud", "service": "paas", "location": {"country": "FR"}, "replicated_to": [], "subcontractors": [], "certificates": ["c"],
        "responsibilities": dict.fromkeys(ACTIVITIES, "bigcloud"),
    }  # fmt: skip
    held = {"holder": "bigcloud", "scope": scope, "issued": "2024-11-23", **certificate}
    return {
        "data": {"record": RECORD},
        "hosts": {"h": host},
        "certificates": {"c": held},
        "components": {"db": {"host": "h", "stores": ["record"]}},
    }


HDS = {"standard": "hds", "version": "2.0", "activities": list(ACTIVITIES)}
ISO = {"standard": "iso27001", "version": "2022"}


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ({**HDS, "expires": "2026-11-22"}, True),
        ({**HDS, "expires": "2026-11-21"}, False),
        ({**HDS, "expires": "2027-11-22", "status": "withdrawn"}, False),
        ({**HDS, "activities": ["administration"], "expires": "2027-11-22"}, UNKNOWN),
        ({**ISO, "expires": "2026-11-22"}, True),
        ({**ISO, "expires": "2026-11-21"}, False),
        ({**ISO, "version": "2013", "expires": "2027-01-01"}, False),
    ],
)
def test_sites_are_answered_for_by_a_certificate_and_failed_only_where_it_lapsed(certificate: Plain, expected: object) -> None:
    assert fact(world(site(**certificate)), "host", "h", "sites_assured").value is expected


@pytest.mark.parametrize("listed", [[], None])
def test_a_host_without_certificate_is_asked_and_not_failed(listed: object) -> None:
    plain = site(**HDS)
    del plain["certificates"]
    plain["hosts"]["h"] = {key: value for key, value in plain["hosts"]["h"].items() if key != "certificates"}
    if listed is not None:
        plain["hosts"]["h"]["certificates"] = listed
    found = fact(world(plain), "host", "h", "sites_assured")
    assert (found.value, bool(found.missing), found.doubt is not None) == (UNKNOWN, True, True)


def housed(*, performer: str | None, subcontractors: object = ("parisian",), **certificates: Plain) -> Fact:
    """What is known of the sites of a host of bigcloud that somebody else may run."""
    plain = site(**ISO, expires="2027-01-01")
    host = plain["hosts"]["h"]
    host["responsibilities"] = {**host["responsibilities"], "physical-sites": performer} if performer else {}
    host["subcontractors"] = list(subcontractors) if isinstance(subcontractors, tuple) else subcontractors
    plain["certificates"] |= certificates
    host["certificates"] = list(plain["certificates"])
    return fact(world(plain), "host", "h", "sites_assured")


def certificate_of(holder: str, **said: Any) -> Plain:
    scope = {"offers": "all", "services": "all", "regions": "all", "sites": "all"}
    return {"holder": holder, "scope": scope, "issued": "2024-11-23", "expires": "2027-01-01", **said}


def test_the_iso_certificate_of_the_provider_does_not_answer_for_sites_run_by_another() -> None:
    found = housed(performer="parisian")
    assert (found.value, bool(found.missing)) == (UNKNOWN, True)


@pytest.mark.parametrize(
    ("expires", "expected"),
    [("2027-01-01", True), ("2026-11-21", False)],
)
def test_the_iso_certificate_of_who_runs_the_sites_answers_for_them(expires: str, expected: bool) -> None:
    assert housed(performer="parisian", own=certificate_of("parisian", **ISO, expires=expires)).value is expected


def test_a_hosting_certificate_of_the_provider_answers_for_the_sites_of_its_subcontractor() -> None:
    assert housed(performer="parisian", hds=certificate_of("bigcloud", **HDS)).value is True


@pytest.mark.parametrize(("subcontractors", "expected"), [((), True), (None, True), (("parisian",), UNKNOWN)])
def test_who_rests_on_others_is_not_taken_by_convention_to_run_its_own_sites(subcontractors: object, expected: object) -> None:
    """A list left out leaves the convention; one that names somebody asks who runs the sites."""
    found = housed(performer=None, subcontractors=subcontractors if subcontractors is not None else True)
    assert found.value is expected
    if expected is UNKNOWN:
        assert "hosts.h.responsibilities.physical-sites" in found.missing


def test_another_holder_answers_for_nothing() -> None:
    assert housed(performer="parisian", other=certificate_of("londonian", **ISO)).value is UNKNOWN


@pytest.mark.parametrize(("site_of_host", "expected"), [("PAR1", True), ("LYO1", UNKNOWN), (None, UNKNOWN)])
def test_a_certificate_that_lists_its_sites_answers_for_those_alone(site_of_host: str | None, expected: object) -> None:
    plain = site(**ISO, expires="2027-01-01")
    plain["certificates"]["c"]["scope"]["sites"] = ["PAR1"]
    plain["hosts"]["h"]["location"] = {"country": "FR", **({"site": site_of_host} if site_of_host else {})}
    assert fact(world(plain), "host", "h", "sites_assured").value is expected


def test_sites_that_nobody_is_said_to_run_are_asked_for() -> None:
    plain = site(**ISO, expires="2027-01-01")
    plain["hosts"]["h"]["responsibilities"]["physical-sites"] = False
    found = fact(world(plain), "host", "h", "sites_assured")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.responsibilities.physical-sites",))


@pytest.mark.parametrize(
    ("provider", "service", "said", "expected"),
    [
        ("publisher", "on-premises", {}, True),
        ("publisher", "paas", {}, False),  # a convention is no word on whose walls they are
        ("publisher", "paas", {"responsibilities": {"physical-sites": "publisher"}}, True),
        ("publisher", "on-premises", {"responsibilities": {"physical-sites": ["publisher", "parisian"]}}, False),
        ("practice", "on-premises", {}, False),  # keeps the records of others, and is not the operator
        ("bigcloud", "iaas", {}, False),
    ],
)
def test_premises_of_ones_own_without_a_certificate_are_for_a_person_to_attest(provider: str, service: str, said: Plain, expected: bool) -> None:
    plain = hosted({"provider": provider, "service": service, **said})
    assert fact(world(plain), "host", "h", "sites_to_attest").value is expected
    own = hosted({"provider": "practice", "service": "on-premises"}, datum={**RECORD, "controller": ["practice"]})
    assert fact(world(own), "host", "h", "sites_to_attest").value is True
