"""What would cut a path: each change is one that the audit of the changed description confirms."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from exposure_worlds import HEALTH, Plain, described, stored_at, world

from hds_audit.model.exposure import Exposure
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.remedies import key_of, remedies


def rerun(plain: Plain) -> tuple[Exposure, ...]:
    return exposures(world(plain))


def cuts(plain: Plain, law: str = "us:act") -> dict[str, set[str]]:
    """The kinds of change that end each exposure under a law, by component."""
    found = rerun(plain)
    wanted = [each for each in found if each.law == law]
    tried = remedies(plain, found, wanted, rerun)
    return {each.component: {cut.kind for cut in tried.cuts[key_of(each)]} for each in wanted}


def test_bare_storage_at_an_american_host() -> None:
    assert cuts(stored_at("aws"))["db"] == {"other-host", "end-to-end", "encrypt-first", "keep-away"}


def test_a_key_with_another_custodian_does_not_help_a_transparent_layer() -> None:
    keys = {"disk": {"held_by": [], "place": "host-kms", "host": "cloud", "managed_by": "provider"}}
    assert "other-custodian" not in cuts(stored_at("aws", ({"layer": "volume", "key": "disk"},), keys))["db"]


def test_a_key_with_another_custodian_ends_it_under_an_application_layer() -> None:
    keys = {"own": {"held_by": ["aws"], "place": "hsm", "managed_by": "customer"}}
    found = cuts(stored_at("aws", ({"layer": "application", "key": "own"},), keys))["db"]
    assert {"other-custodian", "other-host"} <= found


def test_collusion_is_cut_at_the_key() -> None:
    keys = {"own": {"held_by": ["subsidiary"], "place": "hsm", "managed_by": "customer"}}
    assert "other-custodian" in cuts(stored_at("aws", ({"layer": "application", "key": "own"},), keys))["db"]


def test_what_is_processed_is_not_saved_by_encrypting_the_store() -> None:
    plain = stored_at("aws", (), processes=["records"])
    assert cuts(plain)["db"] == {"other-host", "keep-away"}


def flowing(**flow: Any) -> Plain:
    return described(
        data={"records": HEALTH},
        hosts={"cloud": {"provider": "french", "service": "iaas", "subcontractors": []}, "mail": {"provider": "aws", "service": "email", "subcontractors": []}},
        components={"web": {"kind": "application", "host": "cloud", "processes": ["records"]}},
        flows=[{"from": "patients", "to": "web", "data": ["records"], **flow}],
    )


def test_encryption_ended_on_the_way() -> None:
    assert cuts(flowing(terminated_by=["aws"]))["web"] == {"stop-terminating", "stop-sending", "end-to-end-flow", "keep-away"}


def test_a_mail_service_is_sent_less() -> None:
    plain = flowing()
    plain["flows"].append({"from": "web", "to": "mail", "data": ["records"]})
    assert cuts(plain)["mail"] == {"other-host", "stop-sending", "end-to-end-flow"}


def test_a_message_shows_less() -> None:
    plain = flowing()
    plain["emails"] = {"templates": [{"path": "rappel.html", "data": ["records"], "channel": "email", "sender": "mail"}]}
    assert cuts(plain)["mail"] == {"other-host", "stop-showing"}


@pytest.mark.parametrize(
    ("section", "key", "entry", "kind"),
    [
        ("components", "administrators", "aws", "no-administrators"),
        ("components", "readers", {"organisation": "aws"}, "no-readers"),
        ("hosts", "remote_access", {"organisation": "aws", "country": "US"}, "no-remote-access"),
        ("hosts", "subcontractors", "aws", "no-subcontractors"),
    ],
)
def test_an_access_less(section: str, key: str, entry: object, kind: str) -> None:
    plain = flowing()
    plain[section][{"components": "web", "hosts": "cloud"}[section]][key] = [entry]
    assert kind in cuts(plain)["web"]


def test_a_transfer_less() -> None:
    plain = flowing()
    plain["hosts"]["cloud"]["transfers"] = [{"organisation": "aws", "country": "US", "data": ["records"]}]
    assert "no-transfers" in cuts(plain)["cloud"]


def test_another_signature() -> None:
    plain = flowing()
    plain["hosts"]["cloud"]["contract"] = {"party": "aws"}
    assert "other-party" in cuts(plain)["web"]


def test_a_subcontractor_that_performs_an_activity_goes_with_it() -> None:
    plain = flowing()
    plain["hosts"]["cloud"] |= {"subcontractors": ["aws"], "responsibilities": {"hardware": "aws", "platform": "french"}}
    assert "no-subcontractors" in cuts(plain)["web"]


def test_the_description_is_left_as_it_was() -> None:
    plain = stored_at("aws")
    before = copy.deepcopy(plain)
    cuts(plain)
    assert plain == before


def test_a_change_that_opens_another_path_is_no_cut() -> None:
    """An American operator processes what it encrypts elsewhere: encrypting first is then no way out."""
    plain = stored_at("aws")
    plain["application"]["operator"] = "subsidiary"
    found = rerun(plain)
    wanted = [each for each in found if each.organisation == "aws" and each.law == "us:act"]
    tried = remedies(plain, found, wanted, rerun)
    assert "encrypt-first" not in {cut.kind for cut in tried.cuts[key_of(wanted[0])]}


def test_ciphertext_ends_only_where_it_is_gone() -> None:
    keys = {"own": {"held_by": ["end-users"], "place": "device"}}
    found = cuts(stored_at("aws", ({"layer": "end-to-end", "key": "own"},), keys))["db"]
    assert found == {"other-host", "keep-away"}


def test_no_more_audits_than_allowed() -> None:
    plain, ran = stored_at("aws"), list[Plain]()

    def counting(changed: Plain) -> tuple[Exposure, ...]:
        ran.append(changed)
        return rerun(changed)

    found = rerun(plain)
    tried = remedies(plain, found, found, counting, most=2)
    assert len(ran) == 2
    assert tried.untried == 2


def test_a_copy_may_do_without_what_is_copied() -> None:
    plain = described(
        data={"records": HEALTH, "others": HEALTH},
        hosts={"here": {"provider": "french", "service": "iaas", "subcontractors": []}, "there": {"provider": "aws", "service": "iaas", "subcontractors": []}},
        components={
            "db": {"kind": "database", "host": "here", "stores": ["records", "others"], "encryption": []},
            "copy": {"kind": "database", "host": "there", "copy_of": ["db"], "encryption": []},
        },
    )
    assert cuts(plain)["copy"] == {"other-host", "end-to-end", "encrypt-first", "keep-away"}


def test_changes_are_said_in_french_with_its_elisions() -> None:
    from hds_audit.resolve import exposure_words, remedy_words

    assert remedy_words.end_to_end("index").fr == "Chiffrer sur les terminaux des utilisateurs ce qu'index stocke"
    assert remedy_words.end_to_end_flow("web->db").fr == "Chiffrer de bout en bout ce que web->db transporte"
    assert remedy_words.stop_terminating("entry").fr.endswith("au chiffrement d'entry")
    assert remedy_words.dropped("administrators", "app", "x").fr == "Retirer à x l'administration d'app"
    assert exposure_words.runs_on("index").fr == "est l'hébergeur d'index"
    assert exposure_words.receives("db->app").fr == "est une extrémité de db->app"
