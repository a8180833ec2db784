"""Flows: what they carry, over which network, how protected, to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import DAY, RECORD, Plain, fact, world
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.resolve.flows import tls_version

HOSTS: Plain = {
    "h": {"provider": "bigcloud", "service": "paas", "location": "FR", "replicated_to": []},
    "g": {"provider": "knowncloud", "service": "email", "location": "US", "replicated_to": []},
    "ads": {"provider": "knowncloud", "service": "advertising"},
    "dark": {"service": "saas"},
}
COMPONENTS: Plain = {
    "web": {"host": "h", "processes": ["r"], "environment": "production"}, "db": {"host": "h", "stores": ["r"], "environment": "production"},
    "far": {"host": "g", "stores": ["r"], "environment": "staging"}, "lost": {"stores": []}, "stats": {"kind": "analytics", "host": "h", "stores": []},
}  # fmt: skip


def flow(path: str, said: Plain, on: date = DAY, **more: Any) -> Fact:
    data = {"r": RECORD, "n": {**RECORD, "health": "none"}, "u": {}}
    whole: Plain = {"data": data, "hosts": HOSTS, "components": COMPONENTS, **more}
    return fact(world({**whole, "flows": [{"id": "f", "from": "web", "to": "db", **said}]}, on), "flow", "f", path)


def test_a_flow_lasts_from_its_first_day_to_its_last() -> None:
    said: Plain = {"started": "2021-01-01", "ended": "2021-06-25"}
    assert [flow("active", said, date.fromisoformat(day)).value for day in ("2020-12-31", "2021-01-01", "2021-06-25", "2021-06-26")] == [False, True, True, False]
    assert flow("active", {}).value is True


def test_inside_the_month_in_which_it_stopped_nobody_knows() -> None:
    assert flow("active", {"ended": "2021-06"}, date(2021, 6, 10)).value is UNKNOWN
    assert flow("active", {"ended": "2021-06"}, date(2021, 5, 31)).value is True
    assert flow("active", {"ended": "2021-06"}, date(2021, 7, 1)).value is False


@pytest.mark.parametrize(("data", "expected"), [(["r"], True), (["n"], False), (["n", "u"], UNKNOWN), (["r", "u"], True), ([], False), (None, UNKNOWN)])
def test_what_it_carries(data: list[str] | None, expected: object) -> None:
    found = flow("carries_hds", {"data": data} if data is not None else {})
    assert found.value is expected
    assert found.missing == (() if expected is not UNKNOWN else ("flows.0.data",) if data is None else ("data.u.health", "data.u.identifiability", "data.u.collected_in"))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [(("web", "db"), False), (("patients", "web"), True), (("web", "internet"), True), (("web", "far"), True), (("web", "g"), True), (("web", "h"), False)],
)
def test_an_open_network_is_one_that_nobody_here_controls_whole(ends: tuple[str, str], expected: bool) -> None:
    assert flow("open_network", {"from": ends[0], "to": ends[1]}).value is expected


def test_two_hosts_of_one_provider_may_be_joined_by_its_own_network() -> None:
    """A hospital's two sites, two offers of one cloud: nobody fails for a line that may well be its own."""
    found = flow("open_network", {"from": "far", "to": "ads"})
    assert (found.value, found.missing) == (UNKNOWN, ("flows.0.transport.network",))
    assert [flow("open_network", {"from": "far", "to": "ads", "transport": {"network": word}}).value for word in ("open", "private")] == [True, False]


def test_a_private_line_may_lead_to_people_and_never_is_the_internet() -> None:
    """Modalities on the ward reach the archive by the hospital's own wires."""
    private: Plain = {"transport": {"protocol": "dicom", "tls": False, "network": "private"}}
    assert flow("open_network", {"from": "devices", "to": "web", **private}).value is False
    assert flow("open_network", {"from": "web", "to": "g", **private}).value is False
    assert flow("open_network", {"from": "internet", "to": "web", **private}).value is True


def test_a_component_without_a_host_leaves_the_network_unknown() -> None:
    found = flow("open_network", {"to": "lost"})
    assert (found.value, found.missing) == (UNKNOWN, ("components.lost.host",))


@pytest.mark.parametrize(
    ("transport", "expected"),
    [
        ({"protocol": "https", "tls": ["1.2"]}, True), ({"tls": True}, True), ({"protocol": "https", "tls": False}, False), ({"protocol": "https"}, True),
        ({"protocol": "http"}, False), ({"protocol": "HTTP"}, False), ({"protocol": "smtp"}, UNKNOWN), ({"protocol": "hl7"}, UNKNOWN), (False, False),
        (None, UNKNOWN), ({"protocol": "http", "tls": ["1.3"]}, True), ({"protocol": "ftp"}, False), ({"protocol": "sftp"}, True),
    ],
)  # fmt: skip
def test_encryption_on_the_way(transport: Any, expected: object) -> None:
    found = flow("encrypted", {"transport": transport} if transport is not None else {})
    assert found.value is expected
    assert found.missing == (("flows.0.transport.tls",) if expected is UNKNOWN else ()) or transport is None


@pytest.mark.parametrize(("tls", "floor"), [(["1.3", "1.0"], "1.0"), (["1.2"], "1.2"), (["TLSv1.2", "TLS 1.3"], "1.2"), (["1.2", "SSLv3"], "SSLv3"), (False, False)])
def test_the_lowest_version_of_tls(tls: Any, floor: object) -> None:
    assert flow("tls_floor", {"transport": {"tls": tls}}).value == floor


def test_tls_of_unknown_version_has_no_known_floor() -> None:
    found = flow("tls_floor", {"transport": {"tls": True}})
    assert (found.value, found.missing) == (UNKNOWN, ("flows.0.transport.tls",))


@given(st.text(max_size=20))
def test_any_text_is_read_as_a_version_without_harm(text: str) -> None:
    assert isinstance(tls_version(text), str)


def test_end_to_end_by_the_flow_itself() -> None:
    layer: Plain = {"layer": "end-to-end", "key": "k"}
    keys = {"k": {"held_by": ["end-users"]}}
    assert flow("end_to_end", {"data": ["r"], "encryption": [layer]}, keys=keys).value is True
    assert flow("end_to_end", {"data": ["r"], "encryption": [{**layer, "data": ["n"]}]}, keys=keys).value is False
    assert flow("end_to_end", {"data": ["r"], "encryption": []}).value is False
    assert flow("end_to_end", {"data": ["r"], "encryption": [{"layer": "application"}]}).value is False
    assert flow("end_to_end", {"data": []}).value is False


def test_end_to_end_by_every_store_of_what_it_carries() -> None:
    sealed = {name: {**component, "encryption": [{"layer": "end-to-end"}]} if "r" in component.get("stores", []) else component for name, component in COMPONENTS.items()}
    assert flow("end_to_end", {"data": ["r"]}, components=sealed).value is True
    assert flow("end_to_end", {"data": ["r"]}, components={**sealed, "far": COMPONENTS["far"]}).value is UNKNOWN


def test_the_receiver_is_the_host_of_the_component_or_the_host_itself() -> None:
    assert flow("to_organisation", {"to": "far"}).value == "knowncloud"
    assert flow("to_service", {"to": "g"}).value == "email"
    assert flow("to_country", {"to": "g"}).value == "US"
    assert flow("to_host", {"to": "far"}).value == "g"
    assert flow("from_service", {}).value == "paas"


def test_people_are_no_organisation() -> None:
    for path in ("to_host", "to_service", "to_organisation", "to_country", "leaves_eea"):
        assert flow(path, {"to": "patients"}).value is False


def test_a_receiver_left_unsaid_is_asked_for() -> None:
    assert flow("to_organisation", {"to": "dark"}).missing == ("hosts.dark.provider",)
    assert flow("to_country", {"to": "dark"}).missing == ("hosts.dark.location.country",)
    assert flow("to_service", {"to": "lost"}).missing == ("components.lost.host",)


def test_leaving_the_eea_counts_every_place_of_the_receiver() -> None:
    assert flow("leaves_eea", {"to": "g"}).value is True
    assert flow("leaves_eea", {"to": "db"}).value is False
    copies = {**HOSTS, "h": {**HOSTS["h"], "replicated_to": ["US"]}}
    assert flow("leaves_eea", {"to": "db"}, hosts=copies).value is True
    assert flow("leaves_eea", {"to": "dark"}).value is UNKNOWN
    unsaid = {**HOSTS, "h": {"provider": "bigcloud", "location": "FR"}}
    assert flow("leaves_eea", {"to": "db"}, hosts=unsaid).missing == ("hosts.h.replicated_to",)


def test_trackers_are_known_by_service_or_kind() -> None:
    assert flow("tracker", {"to": "ads"}).value is True
    assert flow("tracker", {"to": "stats"}).value is True
    assert flow("tracker", {"to": "g"}).value is False
    assert flow("tracker", {"to": "lost"}).value is UNKNOWN


def test_a_flow_between_environments_is_seen() -> None:
    assert flow("crosses_environments", {"from": "db", "to": "far"}).value is True
    assert flow("crosses_environments", {"from": "web", "to": "db"}).value is False
    assert flow("crosses_environments", {"from": "patients", "to": "web"}).value is False
    assert flow("crosses_environments", {"to": "lost"}).missing == ("components.lost.environment",)


def test_whoever_ends_the_encryption_is_an_organisation() -> None:
    found = flow("terminators", {"terminated_by": ["g", "bigcloud", "dark"]})
    assert isinstance(found.value, tuple)
    assert [item.value if isinstance(item, Fact) else item for item in found.value] == ["knowncloud", "bigcloud", UNKNOWN]
    assert flow("terminators", {"terminated_by": []}).value == ()
    assert flow("terminators", {}).missing == ("flows.0.terminated_by",)


def test_flows_with_health_professionals() -> None:
    assert flow("with_health_professionals", {"to": "health-professionals"}).value is True
    assert flow("with_health_professionals", {"from": "patients", "to": "web"}).value is False
    assert flow("reaches_people", {"from": "patients", "to": "web"}).value is True
    assert flow("reaches_people", {}).value is False


def test_end_to_end_is_never_assumed_where_a_store_shows_that_it_is_not() -> None:
    bare = {"db": {"kind": "database", "host": "cloud", "stores": ["r"], "encryption": []}}
    silent = {"db": {"kind": "database", "host": "cloud", "stores": ["r"]}}
    web = {"web": {"kind": "application", "host": "cloud"}}
    hosts = {"cloud": {"service": "iaas"}}
    assert flow("end_to_end", {"data": ["r"]}, hosts=hosts, components={**web, **bare}).value is False
    assert flow("end_to_end", {"data": ["r"]}, hosts=hosts, components={**web, **silent}).value is UNKNOWN


@pytest.mark.parametrize("transport", [False, {"tls": False}, {"protocol": "http"}, {"protocol": "http", "tls": False}])
def test_what_is_said_to_travel_in_the_clear_is_not_taken_for_end_to_end(transport: object) -> None:
    hosts = {"cloud": {"service": "iaas"}}
    silent = {"web": {"kind": "application", "host": "cloud", "stores": ["r"]}, "db": {"kind": "database", "host": "cloud"}}
    said: Plain = {"from": "patients", "to": "web", "data": ["r"], "transport": transport}
    assert flow("end_to_end", said, hosts=hosts, components=silent).value is False
    assert flow("end_to_end", {**said, "from": "db"}, hosts=hosts, components=silent).value is UNKNOWN
    assert flow("end_to_end", {**said, "encryption": True}, hosts=hosts, components=silent).value is UNKNOWN
    sign = {"kind": "database", "host": "cloud", "stores": ["r"], "encryption": [{"layer": "end-to-end"}]}
    assert flow("end_to_end", said, hosts=hosts, components={**silent, "db": sign}).value is UNKNOWN


@pytest.mark.parametrize(
    ("said", "value", "asked"),
    [
        ({"from": "patients"}, UNKNOWN, ("flows.0.consent",)),
        ({"from": "patients", "consent": "none"}, True, ()),
        ({"from": "web", "consent": "prior"}, True, ()),
        ({"from": "patients", "consent": "exempt"}, False, ()),
        ({"from": "web"}, False, ()),
    ],
)
@pytest.mark.parametrize("service", ["saas", "support-desk", "error-monitoring"])
def test_what_pages_embed_may_read_or_write_on_devices(said: dict[str, str], value: object, asked: tuple[str, ...], service: str) -> None:
    hosts = {**HOSTS, "captcha": {"provider": "bigcloud", "service": service}}
    found = flow("tracker", {"to": "captcha", **said}, hosts=hosts)
    assert (found.value, found.missing) == (value, asked)


def test_the_operators_own_service_is_no_embedded_one() -> None:
    hosts = {**HOSTS, "captcha": {"provider": "bigcloud", "service": "saas"}}
    assert flow("tracker", {"from": "patients", "to": "captcha"}, hosts=hosts, application={"name": "x", "operator": "bigcloud"}).value is False


@pytest.mark.parametrize("said", [["1.2", "1.3"], ["TLSv1.2", "TLS 1.3"], ["tls-1.2", "TLS_1.3"]])
def test_versions_of_tls_are_one_however_they_are_written(said: list[str]) -> None:
    found = flow("tls_versions", {"transport": {"protocol": "https", "tls": said}})
    assert found.value == ("1.2", "1.3")


def test_versions_that_are_not_said_are_asked_for() -> None:
    assert flow("tls_versions", {"transport": {"protocol": "https", "tls": True}}).missing == ("flows.0.transport.tls",)
    assert flow("tls_versions", {"transport": {"protocol": "http", "tls": False}}).value is False
    assert flow("tls_versions", {"transport": False}).value is False
