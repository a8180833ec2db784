"""Where things are, and the traps of countries and regions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import DAY, Plain, fact, world

from hds_audit.evaluate.conditions import compile_condition
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Setting
from hds_audit.model.condition import Check, Listed
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin
from hds_audit.read.description import parse_description
from hds_audit.resolve.world import World

EEA = frozenset({"FR", "DE", "NO", "RE", "IE"})


def host(said: Plain, on: date = DAY) -> World:
    return world({"hosts": {"h": {"provider": "bigcloud", **said}}, "components": {"c": {"host": "h", "stores": []}}}, on)


def places(said: Plain, on: date = DAY) -> list[Any]:
    listed = fact(host(said, on), "component", "c", "places").value
    assert isinstance(listed, tuple)
    return [item.value for item in listed if isinstance(item, Fact)]


def in_eea(where: World, kind: Any = "component", name: str = "c") -> int:
    """What a rule says that wants each place in the EEA."""
    judge = compile_condition(Check("places", "each_in", Listed("eea")), Setting(where.as_of, lambda _: EEA))
    subject = where.subject(kind, name)
    assert subject is not None
    return judge(subject)[0]


def test_a_declared_country_is_the_place() -> None:
    assert places({"location": "FR", "replicated_to": []}) == ["FR"]
    assert in_eea(host({"location": {"country": "DE"}, "replicated_to": []})) == TRUE


def test_norway_unquoted_is_norway() -> None:
    text = "format: hds-audit/1\napplication: {name: x}\nhosts: {h: {provider: bigcloud, location: {country: NO}, replicated_to: []}}\ncomponents: {c: {host: h, stores: []}}\n"
    described = parse_description("infra.yaml", text.encode(), host({}).catalogue)
    here = World(described, host({}).catalogue, DAY, host({}).derivations)
    assert fact(here, "host", "h", "country").value == "NO"
    assert in_eea(here) == TRUE


@pytest.mark.parametrize("country", ["CH", "GB"])
def test_switzerland_and_the_united_kingdom_are_adequate_and_no_place_to_store(country: str) -> None:
    here = host({"location": country, "replicated_to": []})
    assert here.catalogue.adequate(country, DAY).answer == "yes"  # type: ignore[union-attr]
    assert in_eea(here) == FALSE
    assert fact(here, "host", "h", "in_eea").value is False


def test_the_united_kingdom_was_in_the_eea_before_it_left() -> None:
    assert fact(host({"location": "GB"}, date(2020, 1, 31)), "host", "h", "in_eea").value is True
    assert fact(host({"location": "GB"}, date(2020, 2, 1)), "host", "h", "in_eea").value is False


def test_one_region_code_is_london_at_one_provider_and_paris_at_another() -> None:
    assert places({"provider": "londonian", "region": "eu-west-2", "replicated_to": []}) == ["GB"]
    assert places({"provider": "parisian", "region": "eu-west-2", "replicated_to": []}) == ["FR"]


def test_reunion_is_inside_and_new_caledonia_doubtful() -> None:
    assert in_eea(host({"location": "RE", "replicated_to": []})) == TRUE
    doubtful = host({"location": "NC", "replicated_to": []})
    assert in_eea(doubtful) == UNDECIDED
    found = fact(doubtful, "host", "h", "in_eea")
    assert found.recalled
    assert found.doubt is not None
    assert places({"location": "NC", "replicated_to": []}) == ["NC"]


def test_a_replica_in_another_country_is_a_place_too() -> None:
    assert places({"location": "FR", "replicated_to": ["CH"]}) == ["FR", "CH"]
    assert in_eea(host({"location": "FR", "replicated_to": ["CH"]})) == FALSE
    assert in_eea(host({"location": "FR", "replicated_to": ["zrh"]})) == FALSE
    assert in_eea(host({"location": "FR", "replicated_to": ["par", "DE"]})) == TRUE


def test_a_replica_left_out_is_unknown_and_asks_for_it() -> None:
    listed = fact(host({"location": "FR"}), "component", "c", "places").value
    assert isinstance(listed, tuple)
    assert [item.value for item in listed] == ["FR", UNKNOWN]
    assert listed[1].missing == ("hosts.h.replicated_to",)
    assert in_eea(host({"location": "FR"})) == UNDECIDED


def test_a_replica_in_a_place_that_nobody_knows_is_unknown() -> None:
    assert in_eea(host({"location": "FR", "replicated_to": ["somewhere"]})) == UNDECIDED


def test_a_place_outside_fails_whatever_is_left_out() -> None:
    assert in_eea(host({"location": "US"})) == FALSE


def test_a_contract_that_fixes_no_place_leaves_it_unknown() -> None:
    found = fact(host({"location": False}), "host", "h", "country")
    assert found.value is UNKNOWN
    assert found.missing == ("hosts.h.location",)
    assert found.doubt is not None


def test_a_location_that_names_no_country_leaves_it_to_the_region() -> None:
    assert fact(host({"location": {"city": "Paris"}, "region": "par"}), "host", "h", "country").value == "FR"


def test_neither_region_nor_location_asks_for_the_country() -> None:
    assert fact(host({}), "host", "h", "country").missing == ("hosts.h.location.country",)


@pytest.mark.parametrize("region", ["europe", "my-own-name"])
def test_a_region_of_several_countries_or_a_mere_name_is_no_place(region: str) -> None:
    found = fact(host({"region": region}), "host", "h", "country")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.location.country",))


def test_a_region_of_the_catalogue_names_its_entry() -> None:
    listed = fact(host({"region": "par", "replicated_to": []}), "host", "h", "places").value
    assert isinstance(listed, tuple)
    assert (listed[0].value, listed[0].origin, listed[0].source) == ("FR", Origin.CATALOGUED, "catalogue: regions.bigcloud.par")


def test_a_region_known_from_memory_informs_and_does_not_decide() -> None:
    here = host({"provider": "reputed", "region": "north", "replicated_to": []})
    found = fact(here, "host", "h", "country")
    assert (found.value, found.recalled, found.confidence) == ("FR", True, Confidence.LOW)
    assert in_eea(here) == UNDECIDED


def test_a_component_without_a_host_has_no_known_place() -> None:
    here = world({"components": {"c": {"stores": []}}})
    listed = fact(here, "component", "c", "places").value
    assert isinstance(listed, tuple)
    assert [item.missing for item in listed] == [("components.c.host",)]


def test_the_places_of_a_datum_are_those_of_all_its_stores() -> None:
    hosts = {"h": {"provider": "bigcloud", "location": "FR", "replicated_to": []}, "g": {"provider": "bigcloud", "location": "US", "replicated_to": []}}
    components: Plain = {"db": {"host": "h", "stores": ["d"]}, "copy": {"host": "g", "copy_of": ["db"]}, "other": {"host": "h", "stores": []}}
    here = world({"data": {"d": {"health": "nature"}}, "hosts": hosts, "components": components})
    listed = fact(here, "data", "d", "places").value
    assert isinstance(listed, tuple)
    assert [item.value for item in listed] == ["FR", "US"]
    assert [each.id for each in fact(here, "data", "d", "stored_in").value] == ["db", "copy"]  # type: ignore[attr-defined]
    assert in_eea(here, "data", "d") == FALSE


def test_a_component_that_is_silent_leaves_the_places_of_every_datum_open() -> None:
    hosts = {"h": {"provider": "bigcloud", "location": "FR", "replicated_to": []}}
    here = world({"data": {"d": {"health": "nature"}}, "hosts": hosts, "components": {"db": {"host": "h", "stores": ["d"]}, "silent": {"host": "h"}}})
    assert in_eea(here, "data", "d") == UNDECIDED
    assert in_eea(world({"data": {"d": {"health": "nature"}}, "hosts": hosts}), "data", "d") == UNDECIDED


def test_a_seat_in_a_country_without_adequacy_whose_laws_nobody_lists_leaves_it_open() -> None:
    def unlisted(**desk: Any) -> Fact:
        organisations = {"desk": {"country": "FR", "parent": False, **desk}}
        plain: Plain = {"organisations": organisations, "hosts": {"h": {"provider": "bigcloud", "service": "paas", "subcontractors": ["desk"]}}}
        return fact(world(plain), "host", "h", "under_unlisted_law")

    found = unlisted(country="TN")
    assert (found.value, found.confidence, found.missing[0]) == (UNKNOWN, Confidence.LOW, "hosts.h.contract.extra_eu_laws")
    for country in ("FR", "GB", "US", "CH"):
        assert unlisted(country=country).value is False
