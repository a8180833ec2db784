"""The table of degrees, row by row, and who stands around a host."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from exposure_worlds import HEALTH, Plain, described, stored_at, world

from hds_audit.model.exposure import Exposure
from hds_audit.resolve.exposure import exposures, touches

VOLUME = {"layer": "volume", "key": "own"}
MINE = {"own": {"held_by": ["french"], "place": "hsm", "managed_by": "customer"}}
THEIRS = {"own": {"held_by": [], "place": "host-kms", "host": "cloud", "managed_by": "provider"}}
USERS = {"own": {"held_by": ["end-users"], "place": "device", "managed_by": "end-users"}}


def one(plain: Plain, component: str = "db", organisation: str = "aws", law: str | None = "us:act") -> Exposure:
    """The exposure of one organisation at one place under one law."""
    found = [each for each in exposures(world(plain)) if (each.component, each.organisation, each.law) == (component, organisation, law)]
    assert len(found) == 1, found
    return found[0]


def degree(plain: Plain, component: str = "db", organisation: str = "aws") -> str:
    return one(plain, component, organisation).degree


def none(plain: Plain, component: str = "db", organisation: str = "aws") -> bool:
    return not [each for each in exposures(world(plain)) if (each.component, each.organisation) == (component, organisation)]


# -- at rest ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("layer", ["volume", "storage-service", "database"])
def test_a_transparent_layer_stops_a_thief_and_not_the_host(layer: str) -> None:
    assert degree(stored_at("aws", ({"layer": layer, "key": "own"},), MINE)) == "in-use"
    assert degree(stored_at("aws", ({"layer": layer, "key": "own"},), THEIRS)) == "key-held"


@pytest.mark.parametrize("layer", ["application", "end-to-end"])
def test_a_layer_put_on_before_storing_hides_unless_the_key_is_there(layer: str) -> None:
    assert degree(stored_at("aws", ({"layer": layer, "key": "own"},), MINE)) == "ciphertext"
    assert degree(stored_at("aws", ({"layer": layer, "key": "own"},), THEIRS)) == "key-held"


def test_no_layer_is_clear() -> None:
    assert degree(stored_at("aws", ())) == "clear"


def test_nothing_said_of_layers_is_unknown_with_what_to_declare() -> None:
    found = one(stored_at("aws", None))
    assert (found.degree, found.missing) == ("unknown", ("components.db.encryption",))
    assert one(stored_at("aws", True)).missing == ("components.db.encryption",)


def test_the_lowest_of_several_layers_counts() -> None:
    layers = (VOLUME, {"layer": "application", "key": "user"})
    assert degree(stored_at("aws", layers, {**THEIRS, "user": USERS["own"]})) == "ciphertext"


def test_a_layer_over_other_data_leaves_these_bare() -> None:
    plain = stored_at("aws", ({"layer": "end-to-end", "key": "own", "data": ["other"]},), USERS)
    plain["data"]["other"] = HEALTH
    assert degree(plain) == "clear"


def test_a_key_nobody_names_leaves_in_use_at_least_and_hiding_unknown() -> None:
    found = one(stored_at("aws", ({"layer": "volume"},)))
    assert (found.degree, found.missing) == ("in-use", ("components.db.encryption.0.key",))
    assert one(stored_at("aws", ({"layer": "application"},))).degree == "unknown"


def test_an_application_layer_does_not_hide_from_the_host_of_who_encrypts() -> None:
    plain = stored_at("aws", ({"layer": "application", "key": "own", "by": "web"},), MINE)
    plain["components"]["web"] = {"kind": "application", "host": "cloud", "processes": []}
    assert degree(plain) == "in-use"
    plain["hosts"]["home"] = {"provider": "french", "service": "on-premises", "subcontractors": []}
    plain["components"]["web"]["host"] = "home"
    assert degree(plain) == "ciphertext"
    del plain["components"]["web"]["host"]
    assert one(plain).missing == ("components.web.host",)


def test_end_to_end_hides_from_the_host_of_who_encrypts_too() -> None:
    plain = stored_at("aws", ({"layer": "end-to-end", "key": "own", "by": "web"},), USERS)
    plain["components"]["web"] = {"kind": "application", "host": "cloud", "processes": []}
    assert degree(plain) == "ciphertext"


def test_a_copy_has_the_data_of_what_it_copies() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["far"] = {"provider": "aws", "service": "backup", "subcontractors": []}
    plain["components"]["copy"] = {"kind": "backup", "host": "far", "copy_of": ["db"], "encryption": []}
    assert degree(plain, "copy") == "clear"
    plain["components"]["copy"]["stores"] = []
    assert none(plain, "copy")


# -- who stands there ------------------------------------------------------------------------------------------------------------
def test_a_subcontractor_stands_where_the_provider_does() -> None:
    plain = stored_at("french", (VOLUME,), MINE)
    plain["hosts"]["cloud"]["subcontractors"] = ["aws"]
    assert degree(plain) == "in-use"
    assert one(plain).role == "subcontractor"


def test_who_only_houses_the_machines_sees_only_what_lies_at_rest() -> None:
    plain = stored_at("french", (VOLUME,), MINE, processes=["records"])
    plain["hosts"]["cloud"] |= {"subcontractors": ["aws"], "responsibilities": {"physical-sites": "aws", "hardware": "french"}}
    assert degree(plain) == "ciphertext"
    plain["components"]["db"]["encryption"] = []
    assert degree(plain) == "clear"
    plain["components"]["db"]["stores"] = []
    assert none(plain)


def test_a_housing_provider_is_one_of_them_unless_it_does_more() -> None:
    plain = stored_at("aws", (VOLUME,), MINE)
    plain["hosts"]["cloud"]["service"] = "housing"
    assert degree(plain) == "ciphertext"
    plain["hosts"]["cloud"]["responsibilities"] = {"physical-sites": "aws", "hardware": "aws"}
    assert degree(plain) == "in-use"


def test_a_performer_named_by_no_list_stands_there_too() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["responsibilities"] = {"administration": {"by": "aws"}}
    assert degree(plain) == "clear"


def test_the_signing_party_stands_beside_the_provider() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["contract"] = {"party": "aws"}
    assert one(plain).role == "party"


def test_a_platform_rests_on_the_clouds_that_the_catalogue_knows() -> None:
    plain = stored_at("platform", ())
    plain["hosts"]["cloud"] = {"provider": "platform", "service": "paas"}
    found = one(plain)
    assert (found.degree, found.certainty) == ("clear", "established")
    assert [step.id for step in found.path] == ["records", "db", "cloud", "aws", "US", "us:act"]
    assert "catalogue: services.platform-paas" in {step.source for step in found.path}


def test_a_declared_list_of_subcontractors_is_closed() -> None:
    plain = stored_at("platform", ())
    plain["hosts"]["cloud"] = {"provider": "platform", "service": "paas", "subcontractors": []}
    assert none(plain)


def test_a_subcontractor_that_is_only_remembered_is_asked_for() -> None:
    plain = stored_at("said", ())
    plain["hosts"]["cloud"] = {"provider": "said", "service": "paas"}
    found = one(plain)
    assert (found.degree, found.missing) == ("unknown", ("hosts.cloud.subcontractors",))


def test_a_zone_made_of_the_machines_of_another() -> None:
    plain = stored_at("platform", ())
    plain["hosts"]["cloud"] = {"provider": "platform", "service": "iaas", "region": "z1"}
    assert one(plain, organisation="abroad").certainty == "debated"


def test_whom_a_subcontractor_rests_on_is_followed() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["subcontractors"] = ["platform"]
    assert [step.id for step in one(plain).path if step.kind == "organisation"] == ["platform", "aws"]


def test_a_host_of_nobody_is_unknown_and_said() -> None:
    plain = stored_at("aws", ())
    del plain["hosts"]["cloud"]["provider"]
    assert one(plain, organisation="", law=None).missing == ("hosts.cloud.provider",)
    del plain["components"]["db"]["host"]
    assert one(plain, organisation="", law=None).missing == ("components.db.host",)


# -- processed, relayed, sent ----------------------------------------------------------------------------------------------------
def test_what_is_processed_is_read_in_use() -> None:
    assert degree(stored_at("aws", (), USERS, stores=[], processes=["records"])) == "in-use"


@pytest.mark.parametrize("key", ["administrators", "readers"])
def test_who_administers_or_reads_a_component(key: str) -> None:
    processing = stored_at("french", (), stores=[], processes=["records"], **{key: ["aws"]})
    assert degree(processing) == "in-use"
    assert degree(stored_at("french", (VOLUME,), MINE, **{key: ["aws"]})) == "in-use"
    assert degree(stored_at("french", ({"layer": "application", "key": "own"},), MINE, **{key: ["aws"]})) == "ciphertext"


def test_an_access_limited_to_other_data() -> None:
    plain = stored_at("french", (), administrators=[{"organisation": "aws", "data": ["other"]}])
    plain["data"]["other"] = HEALTH
    assert none(plain)


def test_the_operator_stands_at_each_component() -> None:
    plain = stored_at("french", (VOLUME,), MINE)
    plain["application"]["operator"] = "aws"
    assert one(plain).role == "operator"
    assert degree(plain) == "in-use"


def test_a_component_that_says_nothing_of_itself_is_unknown() -> None:
    plain = stored_at("aws", ())
    del plain["components"]["db"]["stores"]
    found = one(plain)
    assert found.degree == "unknown"
    assert set(found.missing) == {"components.db.stores", "components.db.processes", "components.db.relays"}


def test_one_role_stated_closes_the_other_two() -> None:
    plain = stored_at("aws", ())
    plain["components"]["db"] = {"kind": "cache", "host": "cloud", "processes": []}
    assert none(plain)


def relaying(provider: str = "aws", flow: Plain | None = None, **store: Any) -> Plain:
    """A gateway that relays what a store at home keeps."""
    home = {"kind": "database", "host": "home", "stores": ["records"], **store}
    return described(
        data={"records": HEALTH},
        hosts={
            "home": {"provider": "french", "service": "on-premises", "subcontractors": []},
            "cloud": {"provider": provider, "service": "iaas", "subcontractors": []},
        },
        components={"store": home, "gateway": {"kind": "gateway", "host": "cloud", "relays": ["records"]}},
        keys=dict(USERS),
        flows=[{"from": "patients", "to": "gateway", "data": ["records"], **(flow or {})}, {"from": "gateway", "to": "store", "data": ["records"], **(flow or {})}],
    )


END_TO_END = [{"layer": "end-to-end", "key": "own"}]


def test_what_is_relayed_is_clear_unless_end_to_end() -> None:
    assert degree(relaying(encryption=[]), "gateway") == "clear"
    assert degree(relaying(encryption=END_TO_END), "gateway") == "ciphertext"
    assert degree(relaying(encryption=[], flow={"encryption": END_TO_END}), "gateway") == "ciphertext"


def test_end_to_end_is_never_assumed() -> None:
    assert degree(relaying(), "gateway") == "clear"
    plain = relaying(encryption=END_TO_END)
    plain["components"]["other"] = {"kind": "database", "host": "home", "stores": ["records"], "encryption": []}
    assert degree(plain, "gateway") == "clear"


def test_one_flow_in_the_clear_is_enough() -> None:
    plain = relaying(encryption=[], flow={"encryption": END_TO_END})
    del plain["flows"][0]["encryption"]
    assert degree(plain, "gateway") == "clear"


def test_a_relay_that_has_the_key() -> None:
    plain = relaying(encryption=END_TO_END)
    plain["keys"]["own"] = {"held_by": ["aws"], "place": "device"}
    assert degree(plain, "gateway") == "key-held"


def sending(service: str, **more: Any) -> Plain:
    flow = {"from": "web", "to": "out", "data": ["records"], **more}
    return described(
        data={"records": HEALTH},
        hosts={
            "home": {"provider": "french", "service": "on-premises", "subcontractors": []},
            "out": {"provider": "aws", "service": service, "subcontractors": []},
        },
        components={"web": {"kind": "application", "host": "home", "processes": ["records"]}},
        keys=dict(USERS),
        flows=[flow],
    )


@pytest.mark.parametrize("service", ["email", "analytics", "support-desk", "error-monitoring", "video", "ai-inference", "saas"])
def test_a_service_that_is_sent_data_has_them_in_the_clear(service: str) -> None:
    assert degree(sending(service), "out") == "clear"
    assert degree(sending(service, encryption=END_TO_END), "out") == "ciphertext"


@pytest.mark.parametrize("role", ["stores", "processes"])
def test_a_component_on_such_a_service_is_read_by_it_in_the_clear(role: str) -> None:
    plain = stored_at("aws", (VOLUME,), {**MINE}, stores=[], administrators=["subsidiary"])
    plain["components"]["db"] |= {role: ["records"]}
    plain["hosts"]["cloud"]["service"] = "saas"
    assert degree(plain) == "clear"
    assert degree(plain, organisation="subsidiary") == "in-use"


def test_a_service_that_keeps_what_was_encrypted_before() -> None:
    plain = stored_at("aws", ({"layer": "application", "key": "own", "by": "web"},), MINE)
    plain["hosts"] |= {"home": {"provider": "french", "service": "on-premises"}}
    plain["components"]["web"] = {"kind": "application", "host": "home", "processes": ["records"]}
    plain["hosts"]["cloud"]["service"] = "saas"
    assert degree(plain) == "ciphertext"
    del plain["components"]["db"]["encryption"][0]["by"]
    assert degree(plain) == "clear"


def test_a_flow_that_does_not_say_what_it_carries() -> None:
    plain = sending("email")
    del plain["flows"][0]["data"]
    found = one(plain, "out")
    assert (found.degree, found.missing) == ("unknown", ("flows.0.data",))


def test_a_sender_that_is_a_host_has_what_it_sends() -> None:
    plain = sending("saas")
    plain["flows"] = [{"from": "out", "to": "web", "data": ["records"]}]
    assert degree(plain, "out") == "clear"


def test_a_message_shows_data_to_whoever_sends_it() -> None:
    plain = sending("email")
    plain["flows"] = []
    plain["emails"] = {"templates": [{"path": "rappel.html", "data": ["records"], "sender": "out"}]}
    assert degree(plain, "out") == "clear"
    assert "template" in [step.kind for step in one(plain, "out").path]


def test_flows_count_on_their_days() -> None:
    plain = sending("email", started="2026-01-01", ended="2026-06-30")
    assert exposures(world(plain, date(2025, 12, 31))) == ()
    assert [each.degree for each in exposures(world(plain, date(2026, 6, 30))) if each.law == "us:act"] == ["clear"]
    assert exposures(world(plain, date(2026, 7, 1))) == ()
    plain = sending("email", ended="2026-06")
    (found,) = [each for each in exposures(world(plain, date(2026, 6, 15))) if each.law == "us:act"]
    assert (found.degree, found.missing) == ("unknown", ("flows.0.ended",))


# -- ended on the way ------------------------------------------------------------------------------------------------------------
def terminated(by: str, **more: Any) -> Plain:
    plain = relaying("french", flow=more, encryption=[])
    plain["hosts"]["edge"] = {"provider": "aws", "service": "cdn", "subcontractors": []}
    plain["flows"][0]["terminated_by"] = [by]
    return plain


@pytest.mark.parametrize("by", ["aws", "edge"])
def test_who_ends_the_encryption_reads_in_the_clear(by: str) -> None:
    found = one(terminated(by), "gateway")
    assert (found.degree, found.role) == ("clear", "terminator")


def test_ending_transport_encryption_opens_no_layer_inside() -> None:
    assert degree(terminated("aws", encryption=END_TO_END), "gateway") == "ciphertext"


def test_nobody_said_who_ends_it_makes_no_entry() -> None:
    plain = terminated("aws")
    del plain["flows"][0]["terminated_by"]
    assert exposures(world(plain)) == ()


def test_a_flow_between_people_stands_for_itself() -> None:
    plain = terminated("edge")
    plain["flows"] = [{"id": "call", "from": "patients", "to": "health-professionals", "data": ["records"], "terminated_by": ["edge"]}]
    found = one(plain, "call")
    assert (found.degree, found.kind) == ("clear", "flow")


# -- from abroad -----------------------------------------------------------------------------------------------------------------
def test_remote_access_stands_as_administration() -> None:
    plain = stored_at("french", (VOLUME,), MINE)
    plain["hosts"]["cloud"]["remote_access"] = [{"organisation": "aws", "country": "US"}]
    found = one(plain)
    assert (found.degree, found.role) == ("in-use", "remote-access")


def test_the_country_that_people_work_from_is_debated() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["remote_access"] = [{"country": "CN"}]
    found = one(plain, organisation="french", law="cn:duty")
    assert (found.degree, found.certainty) == ("clear", "debated")
    assert "access" not in {step.kind for step in found.path}
    plain = stored_at("french", (), administrators=[{"organisation": "french", "from": ["CN"]}])
    assert one(plain, organisation="french", law="cn:duty").role == "administrator"


def test_a_transfer_names_its_recipient() -> None:
    plain = stored_at("french", ())
    plain["hosts"]["cloud"]["transfers"] = [{"organisation": "aws", "country": "US", "data": ["records"]}]
    assert degree(plain, "cloud") == "clear"
    del plain["hosts"]["cloud"]["transfers"][0]["data"]
    found = one(plain, "cloud")
    assert (found.degree, found.missing) == ("unknown", ("hosts.cloud.transfers.0.data",))


# -- collusion -------------------------------------------------------------------------------------------------------------------
def colluding(custodian: str) -> Plain:
    return stored_at("aws", ({"layer": "application", "key": "own"},), {"own": {"held_by": [custodian], "place": "hsm", "managed_by": "customer"}})


def test_one_law_over_the_store_and_the_key() -> None:
    found = one(colluding("subsidiary"))
    assert (found.degree, found.certainty) == ("key-held", "established")
    assert [step.kind for step in found.path][-6:] == ["law", "key", "organisation", "organisation", "country", "law"]
    assert degree(stored_at("aws", (VOLUME,), {"own": {"held_by": ["subsidiary"], "place": "hsm", "managed_by": "customer"}})) == "key-held"


def test_a_custodian_that_nobody_knows_leaves_it_unknown() -> None:
    found = one(colluding("orphan"))
    assert (found.degree, found.missing) == ("unknown", ("organisations.orphan.parent",))
    assert degree(colluding("hearsay")) == "unknown"


def test_a_custodian_known_by_memory_is_ciphertext_with_what_to_ask() -> None:
    found = one(colluding("reputed"))
    assert (found.degree, found.missing) == ("ciphertext", ("organisations.reputed.parent",))


def test_a_debated_custodian_does_not_make_an_established_reader_read() -> None:
    found = one(colluding("abroad"))
    assert (found.degree, found.certainty) == ("ciphertext", "established")
    assert found.path[-4].why.en.endswith("is debated"), "the path says that it is argued"
    held = stored_at("abroad", ({"layer": "application", "key": "own"},), {"own": {"held_by": ["aws"], "place": "hsm", "managed_by": "customer"}})
    assert (one(held, organisation="abroad").degree, one(held, organisation="abroad").certainty) == ("key-held", "debated")


def test_a_statute_that_lapsed_for_both_does_not_bring_them_together() -> None:
    assert one(colluding("abroad"), law="us:lapsed").degree == "ciphertext"


def test_who_only_holds_a_key_is_not_exposed_by_it() -> None:
    assert not [each for each in exposures(world(stored_at("french", ({"layer": "application", "key": "own"},), {"own": {"held_by": ["aws"], "place": "device"}}))) if each.organisation == "aws"]


# -- which data ------------------------------------------------------------------------------------------------------------------
def test_data_that_are_not_health_data_are_not_followed() -> None:
    plain = stored_at("aws", ())
    plain["data"]["records"] = {**HEALTH, "health": "none", "categories": []}
    assert exposures(world(plain)) == ()


def test_data_that_may_be_health_data_are_unknown() -> None:
    plain = stored_at("aws", ())
    plain["data"]["records"] = {key: value for key, value in HEALTH.items() if key not in ("health", "categories")}
    found = one(plain)
    assert (found.degree, found.missing) == ("unknown", ("data.records.health",))


def test_synthetic_data_are_nobodys() -> None:
    plain = stored_at("aws", (), environment="staging")
    plain["environments"] = {"staging": {"data": "synthetic"}}
    assert exposures(world(plain)) == ()
    plain["environments"] = {"staging": {"data": "real"}}
    assert degree(plain) == "clear"


def test_touches_say_who_reads_whatever_law_it_is_under() -> None:
    plain = stored_at("french", ({"layer": "application", "key": "own"},), MINE)
    plain["application"]["operator"] = "mailer"
    found = {each.organisation: each.degree for each in touches(world(plain))}
    assert found == {"french": "key-held", "mailer": "ciphertext"}
