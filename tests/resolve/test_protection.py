"""Encryption, keys, backups, access: what is there, what is not, what nobody said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import DAY, RECORD, Plain, fact, world
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.resolve.ciphers import cipher

HOSTS: Plain = {"h": {"provider": "bigcloud"}, "g": {"provider": "knowncloud"}}


def component(path: str, said: Plain | None = None, on: date = DAY, others: Plain | None = None, **more: Any) -> Fact:
    whole: Plain = {
        "data": {"r": RECORD, "s": RECORD, "n": {"health": "none", "identifiability": "anonymous", "anonymity_study": {"document": "etude.pdf"}}, "u": {}},
        "hosts": HOSTS, "components": {"db": {"host": "h", "stores": ["r"], **(said or {})}, **(others or {})}, **more,
    }  # fmt: skip
    return fact(world(whole, on), "component", "db", path)


# --- encryption at rest


@pytest.mark.parametrize(
    ("encryption", "expected"),
    [([], False), (True, True), ([{"layer": "volume"}], True), ([{"layer": "volume", "data": ["s"]}], False), ([{"layer": "application", "data": ["r"]}], True)],
)
def test_each_personal_datum_needs_a_layer(encryption: Any, expected: bool) -> None:
    assert component("encrypted_at_rest", {"encryption": encryption}).value is expected


@pytest.mark.parametrize("name", ["encrypted_at_rest", "health_encrypted_at_rest", "bare_data", "bare_health_data"])
def test_a_layer_over_data_that_nobody_names_is_asked_for(name: str) -> None:
    found = component(name, {"encryption": [{"layer": "volume", "data": True}]})
    assert (found.value, found.missing) == (UNKNOWN, ("components.db.encryption.0.data",))


def test_encryption_left_out_is_unknown_and_asked_for() -> None:
    found = component("encrypted_at_rest")
    assert (found.value, found.missing) == (UNKNOWN, ("components.db.encryption",))


def test_a_layer_limited_to_some_data_leaves_the_rest_bare() -> None:
    said: Plain = {"stores": ["r", "s"], "encryption": [{"layer": "volume", "data": ["r"]}]}
    assert component("encrypted_at_rest", said).value is False
    assert component("bare_data", said).value == ("s",)


def test_what_is_not_personal_may_lie_bare() -> None:
    assert component("encrypted_at_rest", {"stores": ["n"], "encryption": []}).value is True


def test_bare_data_that_may_be_personal_is_unknown() -> None:
    found = component("encrypted_at_rest", {"stores": ["u"], "encryption": []})
    assert (found.value, found.missing) == (UNKNOWN, ("data.u.identifiability",))


def test_stores_left_out_matter_where_a_layer_is_limited() -> None:
    assert component("encrypted_at_rest", {"stores": True, "encryption": [{"layer": "volume"}]}).value is True
    found = component("encrypted_at_rest", {"stores": True, "encryption": [{"layer": "volume", "data": ["r"]}]})
    assert (found.value, found.missing) == (UNKNOWN, ("components.db.stores",))


@pytest.mark.parametrize(("layer", "expected"), [("volume", False), ("storage-service", False), ("database", False), ("application", True), ("end-to-end", True)])
def test_only_layers_above_the_host_hide_from_it(layer: str, expected: bool) -> None:
    assert component("hidden_from_host", {"encryption": [{"layer": layer}]}).value is expected
    assert component("health_encrypted_at_rest", {"encryption": [{"layer": layer}]}).value is True


def test_encryption_of_unknown_layers_is_there_and_hides_nobody_knows_what() -> None:
    assert component("encrypted_at_rest", {"encryption": True}).value is True
    assert component("hidden_from_host", {"encryption": True}).value is UNKNOWN


def copied(source: Any, own: Any, data: Plain | None = None, stores: Any = ("r",)) -> Fact:
    """Whether a copy is protected like the store of `r` that it copies."""
    said = {"db": {"encryption": source, "stores": stores if stores is True else list(stores)}, "copy": {"copy_of": ["db"], "encryption": own}}
    components = {name: {key: value for key, value in each.items() if value is not None} for name, each in said.items()}
    return fact(world({"data": {"r": RECORD, **(data or {})}, "components": components}), "component", "copy", "protected_like_source")


ON_DISK, IN_BASE, IN_APP, END = ([{"layer": layer}] for layer in ("volume", "database", "application", "end-to-end"))


@pytest.mark.parametrize(
    ("source", "own", "expected"),
    [
        (ON_DISK, ON_DISK, True), ([], [], True), (ON_DISK, [], False), (ON_DISK, None, UNKNOWN), (None, [], UNKNOWN), (IN_BASE, ON_DISK, True),
        (IN_APP, ON_DISK, False), (IN_APP, IN_BASE, False), (END, IN_APP, False), (IN_APP, END, True), (ON_DISK, IN_APP, True),
        ([*ON_DISK, *IN_APP], ON_DISK, False), (IN_APP, True, UNKNOWN), (ON_DISK, True, True), (True, ON_DISK, UNKNOWN), (True, [], False),
        (None, ON_DISK, UNKNOWN), (None, END, True), (IN_APP, [{"layer": "application", "data": True}], UNKNOWN),
    ],
)  # fmt: skip
def test_a_copy_is_protected_like_its_source_once_it_hides_the_data_from_as_many(source: Any, own: Any, expected: object) -> None:
    assert copied(source, own).value is expected


def test_a_copy_is_compared_datum_by_datum() -> None:
    source = [{"layer": "volume"}, {"layer": "application", "data": ["s"]}]
    assert copied(source, ON_DISK, {"s": RECORD}, ["r", "s"]).value is False
    assert copied(source, source, {"s": RECORD}, ["r", "s"]).value is True
    assert copied(source, ON_DISK, {"s": {"health": "none", "subjects": ["deceased"]}}, ["r", "s"]).value is True
    perhaps = copied(source, ON_DISK, {"s": {"health": "nature"}}, ["r", "s"])
    assert (perhaps.value, perhaps.missing) == (UNKNOWN, ("data.s.identifiability",))


def test_what_would_settle_how_a_copy_is_protected_is_named() -> None:
    assert copied(IN_APP, None).missing == ("components.copy.encryption",)
    assert copied(None, ON_DISK).missing == ("components.db.encryption",)
    assert copied(IN_APP, ON_DISK, stores=True).missing == ("components.db.stores",)
    assert copied(ON_DISK, ON_DISK, stores=True).value is True


# --- ciphers and keys


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("AES-256-GCM", ("aes", 256, 128)), ("aes128", ("aes", 128, 128)), ("AES-256-XTS", ("aes", 256, 128)), ("3DES", ("3des", 112, 64)), ("DES-EDE3", ("des", 56, 64)),
        ("ChaCha20-Poly1305", ("chacha20", 256, None)), ("RSA-4096", ("rsa", 4096, None)), ("RSA", ("rsa", None, None)), ("AES", ("aes", None, 128)),
        ("Blowfish-128", ("blowfish", 128, 64)), ("magic", (None, None, None)), ("", (None, None, None)),
    ],
)  # fmt: skip
def test_what_an_algorithms_name_says(said: str, expected: tuple[Any, ...]) -> None:
    assert tuple(cipher(said)) == expected


@given(st.text(max_size=60))
def test_any_text_may_be_an_algorithm(text: str) -> None:
    found = cipher(text)
    assert found.key_bits is None or found.key_bits >= 40


def layers(said: Plain, **more: Any) -> Any:
    found = component("layers", said, **more).value
    assert isinstance(found, tuple)
    return found


def test_a_layer_tells_its_cipher_and_its_key() -> None:
    keys: Plain = {"k": {"held_by": ["publisher"], "managed_by": "customer", "rotation": "P1Y", "rotated": "2024-01-01"}}
    (layer,) = layers({"encryption": [{"layer": "database", "algorithm": "3DES", "key": "k"}]}, keys=keys, organisations={"publisher": {}})
    assert [layer.fact(name).value for name in ("layer", "cipher", "key_bits", "block_bits", "hides_from_host")] == ["database", "3des", 112, 64, False]
    assert layer.fact("key.managed_by").value == "customer"
    assert layer.fact("key.rotation_overdue").value is True


def test_an_algorithm_left_out_or_unknown_asks_for_it() -> None:
    for said in ({"layer": "volume"}, {"layer": "volume", "algorithm": "provider default"}):
        (layer,) = layers({"encryption": [said]})
        assert layer.fact("key_bits").value is UNKNOWN
        assert layer.fact("key_bits").missing == ("components.db.encryption.0.algorithm",)


def key(path: str, said: Plain, on: date = DAY) -> Fact:
    return fact(world({"keys": {"k": said}}, on), "key", "k", path)


def test_rotation_is_overdue_once_its_time_has_passed() -> None:
    said: Plain = {"rotation": "P1Y", "rotated": "2025-11-22"}
    assert key("rotation_overdue", said).value is False
    assert key("rotation_overdue", said, date(2026, 11, 23)).value is True
    assert key("rotation_overdue", {"rotation": False}).value is True
    assert key("rotation_overdue", {"rotation": "P1Y"}).missing == ("keys.k.rotated",)
    assert key("rotation_overdue", {"rotated": "2025-01-01"}).missing == ("keys.k.rotation",)


def test_a_rotation_dated_later_than_the_day_has_not_happened() -> None:
    assert key("rotation_overdue", {"rotation": "P1Y", "rotated": "2027-01-01"}).value is UNKNOWN


def test_a_key_takes_its_algorithm_from_the_layers_it_opens() -> None:
    whole: Plain = {"components": {"db": {"encryption": [{"layer": "volume", "key": "k", "algorithm": "AES-256"}]}}, "keys": {"k": {}}}
    assert fact(world(whole), "key", "k", "key_bits").value == 256
    assert [each.id for each in fact(world(whole), "key", "k", "protects").value] == ["db"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "expected"),
    [({"host": "h"}, False), ({"host": "g"}, True), ({"place": "device"}, True), ({"place": "host-kms"}, False), ({"place": "hsm"}, UNKNOWN), ({}, UNKNOWN)],
)
def test_keys_lie_apart_from_what_they_open(said: Plain, expected: object) -> None:
    found = component("keys_apart", {"encryption": [{"layer": "application", "key": "k"}]}, keys={"k": said})
    assert found.value is expected


def test_who_administers_holds_no_key() -> None:
    said: Plain = {"encryption": [{"layer": "application", "key": "k"}], "administrators": ["runner"]}
    organisations: Plain = {"runner": {}, "publisher": {}}
    assert component("key_holders_apart", said, keys={"k": {"held_by": ["publisher"]}}, organisations=organisations).value is True
    assert component("key_holders_apart", said, keys={"k": {"held_by": ["publisher", "runner"]}}, organisations=organisations).value is False
    assert component("key_holders_apart", said, keys={"k": {}}, organisations=organisations).missing == ("keys.k.held_by",)


# --- backups


def backup(path: str, copy: Plain | None, **more: Any) -> Fact:
    others = {"copy": {"copy_of": ["db"], "host": "g", **copy}} if copy is not None else {}
    return component(path, {}, others=others, **more)


APPLICATION: Plain = {"name": "x", "rpo": "PT1H", "rto": "PT4H"}


def test_a_component_that_copies_it_is_its_backup() -> None:
    assert backup("has_backup", {}).value is True
    found = backup("has_backup", None)
    assert (found.value, found.missing) == (UNKNOWN, ("components.*.copy_of",))


def test_a_host_said_to_back_nothing_up_settles_that_there_is_none() -> None:
    hosts = {**HOSTS, "h": {"provider": "bigcloud", "responsibilities": {"backup": False}}}
    for path in ("has_backup", "backup_meets_rpo", "backup_elsewhere", "last_restore"):
        assert component(path, hosts=hosts).value is False, path


@pytest.mark.parametrize(("frequency", "expected"), [("PT1H", True), ("PT30M", True), ("P1D", False), (None, UNKNOWN)])
def test_a_backup_is_as_frequent_as_the_rpo_asks(frequency: str | None, expected: object) -> None:
    found = backup("backup_meets_rpo", {"frequency": frequency} if frequency else {}, application=APPLICATION)
    assert found.value is expected
    assert found.missing == (("components.copy.frequency",) if expected is UNKNOWN else ())


def test_without_an_rpo_it_is_asked_for() -> None:
    assert backup("backup_meets_rpo", {"frequency": "PT1H"}).missing == ("application.rpo",)


def test_one_good_backup_is_enough_and_the_shortest_interval_speaks() -> None:
    others: Plain = {"slow": {"copy_of": ["db"], "frequency": "P7D"}, "fast": {"copy_of": ["db"], "frequency": "PT15M"}}
    assert component("backup_meets_rpo", {}, others=others, application=APPLICATION).value is True
    assert str(component("backup_frequency", {}, others=others).value) == "PT15M"


@pytest.mark.parametrize(
    ("test", "succeeded", "in_time", "day"),
    [
        ({"date": "2026-05-12", "succeeded": True, "duration": "PT2H"}, True, True, "2026-05-12"),
        ({"date": "2026-05-12", "succeeded": True, "duration": "PT8H"}, True, False, "2026-05-12"),
        ({"date": "2026-05-12", "succeeded": False, "duration": "PT2H"}, False, False, "False"),
        ({"date": "2026-05-12"}, UNKNOWN, UNKNOWN, "UNKNOWN"), (False, False, False, "False"), (None, UNKNOWN, UNKNOWN, "UNKNOWN"),
        ({"date": "2027-05-12", "succeeded": True, "duration": "PT2H"}, UNKNOWN, UNKNOWN, "UNKNOWN"),
    ],
)  # fmt: skip
def test_a_restoration_counts_where_it_was_tested_and_succeeded(test: Any, succeeded: object, in_time: object, day: str) -> None:
    said: Plain = {"restore_tested": test} if test is not None else {}
    (told,) = backup("restorations", said, application=APPLICATION).value  # type: ignore[misc]  # one test for each of its backups
    assert told.fact("succeeded").value is succeeded
    assert told.fact("within_rto").value is in_time
    assert str(backup("last_restore", said).value) == day


def test_a_backup_lies_elsewhere_on_another_host() -> None:
    assert backup("backup_elsewhere", {"kind": "backup"}).value is True
    assert backup("backup_elsewhere", {"host": "h"}).value is False
    assert backup("backup_immutable", {"immutable": True}).value is True
    assert backup("backup_immutable", {"kind": "backup"}).missing == ("components.copy.immutable",)


# --- operations


def test_the_kind_of_data_of_an_environment() -> None:
    environments: Plain = {"production": {"data": "real"}, "bare": {}}
    assert component("environment_data", {"environment": "production"}, environments=environments).value == "real"
    assert component("environment_data", {"environment": "bare"}, environments=environments).missing == ("environments.bare.data",)
    assert component("environment_data", {}, environments=environments).missing == ("components.db.environment",)
    assert component("environment_data", {"environment": "production"}).missing == ("environments.production.data",)


def test_what_faces_the_public() -> None:
    assert component("faces_public", {"internet_exposed": True}).value is True
    assert component("faces_public", {"internet_exposed": False}).value is False
    assert component("faces_public").missing == ("components.db.internet_exposed",)
    assert component("faces_public", endpoints=[{"url": "https://x.example", "component": "db"}]).value is True
    flows: list[Plain] = [{"from": "patients", "to": "db", "data": ["r"]}]
    assert component("faces_public", {"internet_exposed": False}, flows=flows).value is True


def test_a_zone_faces_the_public_with_anything_in_it() -> None:
    said: Plain = {"zone": "z", "internet_exposed": False}
    assert component("zone_faces_public", said).value is False
    assert component("zone_faces_public", said, others={"web": {"zone": "z", "internet_exposed": True}}).value is True
    assert component("zone_faces_public", said, others={"web": {"zone": "y", "internet_exposed": True}}).value is False
    assert component("zone_faces_public", said, others={"web": {"zone": "z"}}).missing == ("components.web.internet_exposed",)


def test_accessors_are_those_named_and_the_list_is_open_where_one_is_left_out() -> None:
    listed = component("accessors", {"administrators": ["runner"]}, organisations={"runner": {}}).value
    assert isinstance(listed, tuple)
    assert [item.value if isinstance(item, Fact) else item.fact("organisation").value for item in listed] == ["runner", UNKNOWN]
    assert listed[1].missing == ("components.db.readers",)
    assert component("accessors", {"administrators": [], "readers": []}).value == ()


def test_an_accessor_is_under_contract_where_a_host_of_it_is() -> None:
    def under(contract: Any, operator: str = "publisher") -> object:
        hosts = {**HOSTS, "night": {"provider": "runner", "service": "managed-services", **({"contract": contract} if contract is not None else {})}}
        listed = component(
            "accessors", {"administrators": ["runner"], "readers": []}, hosts=hosts, organisations={"runner": {}, "publisher": {}},
            application={"name": "x", "operator": operator},
        ).value  # fmt: skip
        assert isinstance(listed, tuple)
        return listed[0].fact("under_contract").value

    assert under({"signed": "2024-01-01", "ends": False}) is True
    assert under({"signed": "2024-01-01", "ends": "2025-01-01"}) is False
    assert under(False) is False
    assert under(None) is UNKNOWN
    assert under(None, operator="runner") is True


def test_who_keeps_the_logs_does_not_administer_what_they_log() -> None:
    organisations: Plain = {"a": {}, "b": {}}
    said: Plain = {"administrators": ["a"], "logging": {"store": "logs"}}
    for theirs, expected in ((["b"], True), (["a", "b"], False), (None, UNKNOWN)):
        others = {"logs": {"stores": [], **({"administrators": theirs} if theirs is not None else {})}}
        assert component("logs_administered_apart", said, others=others, organisations=organisations).value is expected


def test_every_public_signs_in_with_several_factors() -> None:
    strong: Plain = {"means": ["pro-sante-connect"], "mfa": True}
    assert component("strong_sign_in", {"authentication": {"health-professionals": strong}}).value is True
    assert component("strong_sign_in", {"authentication": {"health-professionals": strong, "patients": {"mfa": False}}}).value is False
    assert component("strong_sign_in", {"authentication": {"health-professionals": strong, "patients": {"means": ["password"]}}}).value is UNKNOWN
    assert component("strong_sign_in", {"authentication": {"health-professionals": {"means": ["cps", "pro-sante-connect"]}}}).value is True
    assert component("strong_sign_in").missing == ("components.db.authentication",)


def test_a_closed_list_of_means_belies_what_is_said_of_several_factors() -> None:
    def several(said: Plain) -> Any:
        return component("patients_several_factors", {"authentication": {"patients": said}})

    for means in ([], ["password"], ["sms"], ["password", "password"]):
        assert several({"means": means, "mfa": True}).value is UNKNOWN
        assert several({"means": means, "mfa": False}).value is False
    assert "components.db.authentication.patients.means" in several({"means": [], "mfa": True}).missing
    for means in (["password", "otp"], ["franceconnect-plus"], ["passkey"], ["sso"], True, ["an application of our own"]):
        assert several({"means": means, "mfa": True}).value is True
    assert several({"mfa": True}).value is True
    assert several({"means": ["pro-sante-connect"], "mfa": False}).value is UNKNOWN
    assert several({"means": ["pro-sante-connect", "password"], "mfa": False}).value is False
    assert several({"means": ["e-cps"]}).value is True
    assert several({"means": ["pro-sante-connect", "password"]}).missing == ("components.db.authentication.patients.mfa",)
