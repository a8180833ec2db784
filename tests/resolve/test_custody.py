"""Who can use each key, by which fact, and how far it protects."""

from __future__ import annotations

from typing import Any

import pytest
from exposure_worlds import HEALTH, Plain, described, stored_at, world

from hds_audit.model.exposure import Custody
from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.resolve.custody import custody, key_use


def used(layer: str = "volume", provider: str = "aws", over: Plain | None = None, **key: Any) -> Plain:
    """One key that opens one layer over one store."""
    plain = stored_at(provider, ({"layer": layer, "key": "k", **(over or {})},), {"k": key})
    plain["hosts"]["kms"] = {"provider": "french", "service": "key-management", "subcontractors": []}
    return plain


def one(plain: Plain) -> Custody:
    (found,) = custody(world(plain))
    return found


def users(plain: Plain) -> set[str]:
    return {name for name, _, _ in one(plain).users}


# -- who can use it --------------------------------------------------------------------------------------------------------------
def test_holders_can_and_end_users_are_no_organisation() -> None:
    assert users(used(held_by=["french", "end-users"], place="device")) == {"french"}
    assert one(used(held_by=["end-users"], place="device")).missing == ()


def test_the_provider_of_the_host_it_lies_on_can_where_it_manages_it() -> None:
    assert users(used(held_by=[], managed_by="provider", place="hsm", host="kms")) == {"french"}


def test_whoever_runs_the_host_it_lies_on_can() -> None:
    plain = used(held_by=[], managed_by="customer", place="host-kms", host="kms")
    plain["hosts"]["kms"]["subcontractors"] = ["abroad"]
    assert users(plain) == {"french", "abroad"}
    plain["hosts"]["kms"]["responsibilities"] = {"physical-sites": "abroad", "hardware": "french"}
    assert users(plain) == {"french"}, "who only houses the machines runs nothing"


@pytest.mark.parametrize("key", [{"place": "device", "managed_by": "end-users"}, {"place": "device"}, {"place": "hsm", "managed_by": "customer"}])
def test_a_device_and_an_hsm_of_the_customer_are_out_of_its_reach(key: Plain) -> None:
    found = one(used(held_by=[], host="kms", **key))
    assert (found.users, found.missing) == ((), ())


def test_the_hosts_own_key_service_is_that_of_the_store() -> None:
    assert users(used(held_by=[], place="host-kms", managed_by="provider")) == {"aws"}
    assert users(used(held_by=[], place="host-kms")) == {"aws"}


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ({"place": "device"}, "keys.k.held_by"),
        ({"held_by": True, "place": "device"}, "keys.k.held_by"),
        ({"held_by": []}, "keys.k.place"),
        ({"held_by": [], "host": "kms"}, "keys.k.place"),
        ({"held_by": [], "place": "hsm", "host": "kms"}, "keys.k.managed_by"),
        ({"held_by": [], "place": "software"}, "keys.k.host"),
        ({"held_by": [], "place": "external-kms"}, "keys.k.host"),
        ({"held_by": [], "place": "hsm", "managed_by": "end-users"}, "keys.k.host"),
        ({"held_by": [], "place": "device", "managed_by": "provider"}, "keys.k.host"),
    ],
)
def test_what_is_left_out_is_asked_for(key: Plain, missing: str) -> None:
    found = one(used(**key))
    assert missing in found.missing
    assert found.grade is None


def test_an_external_service_of_a_named_holder_is_that_holders() -> None:
    assert one(used(held_by=["french"], place="external-kms")).missing == ()


def test_who_may_use_it_is_not_everybody() -> None:
    """Where only the place is missing, the host that is named bounds who could."""
    use = key_use(world(used(held_by=["end-users"], host="kms")), "k")
    assert (set(use.users), set(use.doubtful), use.missing) == (set(), {"french"}, ())
    assert use.asked == ("keys.k.place",)


def test_a_host_without_provider_is_asked_for() -> None:
    plain = used(held_by=[], place="host-kms", host="kms")
    del plain["hosts"]["kms"]["provider"]
    assert one(plain).missing == ("hosts.kms.provider",)


def test_each_user_has_its_reason_and_place() -> None:
    ((name, why, mark),) = one(used(held_by=["french"], place="hsm", managed_by="customer")).users
    assert (name, why.en) == ("french", "holds it")
    assert mark > 0


# -- how far it protects ---------------------------------------------------------------------------------------------------------
THEIRS = {"held_by": [], "place": "host-kms", "host": "cloud"}
MINE = {"held_by": ["french"], "place": "hsm", "managed_by": "customer"}


def test_encrypted_at_rest_with_the_providers_key_is_said_to_be_no_protection_from_it() -> None:
    found = one(used(**THEIRS, managed_by="provider"))
    assert found.grade == 1
    assert "not the host" in found.sentence.en
    assert "pas l'hébergeur" in found.sentence.fr


def test_the_customers_key_in_the_providers_service_is_still_usable_there() -> None:
    assert one(used(**THEIRS, managed_by="customer")).grade == 2


def test_a_key_held_outside_with_data_read_inside() -> None:
    assert one(used(**MINE)).grade == 3


@pytest.mark.parametrize("layer", ["end-to-end", "application"])
def test_a_key_that_keeps_the_host_out(layer: str) -> None:
    plain = used(layer, over={"by": "web"}, **MINE)
    plain["hosts"]["home"] = {"provider": "french", "service": "on-premises", "subcontractors": []}
    plain["components"]["web"] = {"kind": "application", "host": "home", "processes": []}
    assert one(plain).grade == 4


def test_an_application_that_encrypts_on_the_same_host_shows_it_all() -> None:
    plain = used("application", over={"by": "web"}, **MINE)
    plain["components"]["web"] = {"kind": "application", "host": "cloud", "processes": []}
    assert one(plain).grade == 3


def test_who_encrypts_has_to_be_known() -> None:
    found = one(used("application", **MINE))
    assert (found.grade, found.missing) == (None, ("components.db.encryption.0.by",))


def test_a_custodian_that_a_foreign_law_reaches_is_no_better_than_the_provider() -> None:
    found = one(used("end-to-end", provider="french", held_by=["aws"], place="hsm", managed_by="customer"))
    assert found.grade == 2
    assert "us:act" in found.sentence.en


def test_the_least_of_its_uses_counts() -> None:
    plain = used("end-to-end", **MINE)
    plain["components"]["other"] = {"kind": "database", "host": "cloud", "stores": [], "encryption": [{"layer": "volume", "key": "k"}]}
    assert one(plain).grade == 3


def test_a_key_that_opens_no_layer_has_no_grade_and_asks_for_nothing() -> None:
    plain = described(hosts={"cloud": {"provider": "aws"}}, keys={"k": MINE})
    assert (one(plain).grade, one(plain).missing) == (None, ())


# -- facts -----------------------------------------------------------------------------------------------------------------------
def fact(plain: Plain, kind: Any, name: str, path: str) -> Fact:
    subject = world(plain).subject(kind, name)
    assert subject is not None
    return subject.fact(path)


def test_what_rules_read_of_a_key() -> None:
    plain = used(held_by=["aws"], place="hsm", managed_by="customer")
    assert [str(each.value) for each in fact(plain, "key", "k", "usable_by").value] == ["aws"]  # type: ignore[attr-defined]
    assert {each.value for each in fact(plain, "key", "k", "usable_laws").value} == {"us:act", "us:lapsed"}  # type: ignore[attr-defined]
    assert fact(plain, "key", "k", "provider_can_use").value is True
    assert fact(plain, "key", "k", "grade").value == 1
    assert fact(plain, "key", "k", "grade").because


def test_what_rules_read_of_a_key_nobody_describes() -> None:
    plain = used()
    for path in ("provider_can_use", "grade"):
        assert fact(plain, "key", "k", path).value is UNKNOWN
        assert "keys.k.held_by" in fact(plain, "key", "k", path).missing
    for path in ("usable_by", "usable_laws"):
        assert [each.value for each in fact(plain, "key", "k", path).value] == [UNKNOWN]  # type: ignore[attr-defined]


def test_a_key_that_the_host_may_use() -> None:
    plain = used(held_by=["end-users"], host="cloud")
    assert fact(plain, "key", "k", "provider_can_use").missing == ("keys.k.place",)
    plain["keys"]["k"]["host"] = "kms"
    assert fact(plain, "key", "k", "provider_can_use").value is False


def test_the_custody_of_what_a_component_stores() -> None:
    assert fact(used(**MINE), "component", "db", "custody_grade").value == 3
    assert fact(used("end-to-end", **MINE), "data", "records", "custody_grade").value == 4
    assert fact(stored_at("aws", ()), "component", "db", "custody_grade").value == 0
    assert fact(stored_at("aws", None), "component", "db", "custody_grade").missing == ("components.db.encryption",)
    assert fact(stored_at("aws", (), stores=[], processes=["records"]), "component", "db", "custody_grade").value is False


def test_the_best_layer_over_a_datum_and_the_worst_datum_count() -> None:
    plain = used("end-to-end", **MINE)
    plain["components"]["db"]["encryption"].append({"layer": "volume", "key": "theirs"})
    plain["keys"]["theirs"] = {**THEIRS, "managed_by": "provider"}
    assert fact(plain, "component", "db", "custody_grade").value == 4
    plain["data"]["letters"] = HEALTH
    plain["components"]["db"]["stores"] = ["records", "letters"]
    plain["components"]["db"]["encryption"][0]["data"] = ["records"]
    assert fact(plain, "component", "db", "custody_grade").value == 1


def test_the_application_lists_its_keys() -> None:
    (element,) = fact(used(**MINE), "application", "application", "custody").value  # type: ignore[misc]
    assert element.fact("key").value == "k"
    assert element.fact("grade").value == 3


def test_what_a_key_protects_elsewhere_says_nothing_of_what_it_protects_here() -> None:
    """The same key over a store of another host, which can use it, brings the host of this one no nearer."""
    plain = used(**MINE)
    plain["hosts"]["other"] = {"provider": "french", "service": "on-premises", "subcontractors": []}
    plain["components"]["local"] = {"kind": "database", "host": "other", "stores": ["records"], "encryption": [{"layer": "volume", "key": "k"}]}
    assert fact(plain, "component", "db", "custody_grade").value == 3
    assert fact(plain, "component", "local", "custody_grade").value == 1
    assert fact(plain, "data", "records", "custody_grade").value == 1
    assert one(plain).grade == 1
