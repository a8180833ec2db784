"""Contracts, their clauses, and transfers outside the EEA."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hosting_worlds import ACTIVITIES, DAY, RECORD, Plain, catalogue, fact, hosted, known_certificate, rows, world

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin
from hds_audit.model.format.words import CLAUSES_2018, CLAUSES_2026


def host(path: str, said: Plain, on: date = DAY, **more: Any) -> Fact:
    return fact(world({"hosts": {"h": {"provider": "bigcloud", **said}}, **more}, on), "host", "h", path)


def contract(path: str, said: Any, on: date = DAY) -> Fact:
    return host(path, {"contract": said} if said is not None else {}, on)


# --- running contracts


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"signed": "2023-08-15", "ends": False}, True), ({"signed": "2023-08-15", "ends": "2026-11-22"}, True), ({"signed": "2023-08-15", "ends": "2026-11-21"}, False),
        ({"signed": False, "ends": False}, False), (False, False), (None, UNKNOWN), (True, UNKNOWN), ({"signed": "2023-08-15"}, UNKNOWN),
        ({"signed": "2027-01-01", "ends": False}, UNKNOWN), ({"signed": "2023-08-15", "ends": "2026-11"}, UNKNOWN),
    ],
)  # fmt: skip
def test_a_contract_runs_once_signed_and_until_its_end(said: Any, expected: object) -> None:
    assert contract("contract_in_force", said).value is expected


def test_what_would_settle_a_contract_is_named() -> None:
    assert contract("contract_in_force", {"signed": "2023-08-15"}).missing == ("hosts.h.contract.ends",)
    assert contract("contract_in_force", None).missing == ("hosts.h.contract.signed", "hosts.h.contract.ends")


@pytest.mark.parametrize(("said", "expected"), [({"signed": "2023-08-15"}, True), (False, False), ({"signed": False}, False), (True, UNKNOWN), (None, UNKNOWN)])
def test_annexes_and_agreements_are_signed_or_not(said: Any, expected: object) -> None:
    for name, key in (("dpa_signed", "data_processing_agreement"), ("hds_annex_signed", "hds_annex")):
        assert contract(name, {key: said} if said is not None else {}).value is expected


# --- clauses of CSP R.1111-11


def clause(said: Any, name: str) -> Fact:
    return fact(world({"hosts": {"h": {"provider": "bigcloud", "contract": {"clauses": said} if said is not None else {}}}}), "host", "h", f"has_clause.{name}")


def test_a_clause_is_there_where_the_closed_list_names_it() -> None:
    assert clause(["destruction"], "destruction").value is True
    assert clause(["destruction"], "return-of-data").value is False
    assert clause([], "destruction").value is False
    assert clause(False, "destruction").value is False


def test_clauses_left_out_or_unsaid_are_unknown_and_asked_for() -> None:
    for said in (None, True):
        found = clause(said, "destruction")
        assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.contract.clauses",))


def test_a_clause_of_a_contract_that_nobody_signed_does_not_bind_yet() -> None:
    found = contract("has_clause.destruction", {"signed": False, "clauses": ["destruction"]})
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.contract.signed",))
    assert contract("has_clause.return-of-data", {"signed": False, "clauses": ["destruction"]}).value is False


@pytest.mark.parametrize(("signed", "known"), [(f"{DAY:%Y-%m}", False), (f"{DAY:%Y-%m-%d}", True), ("2026-10", True), ("2027-03", False)])
def test_a_month_that_is_not_over_says_not_that_it_is_done(signed: str, known: bool) -> None:
    found = contract("contract.signed", {"signed": signed})
    assert found.known is known
    assert known or found.doubt is not None


def test_without_a_contract_no_clause_is_there() -> None:
    assert contract("has_clause.destruction", False).value is False


def test_a_clause_with_its_document_is_documented_at_its_own_place() -> None:
    (ground,) = clause(["return-of-data", {"clause": "destruction", "document": "annexe.pdf", "where": "art. 12"}], "destruction").because
    assert ground.origin is Origin.DOCUMENTED
    assert ground.path == "hosts.h.contract.clauses.1.clause"
    assert ground.mark > 0
    (bare,) = clause(["return-of-data"], "return-of-data").because
    assert bare.origin is Origin.DECLARED


def test_every_clause_has_its_own_fact() -> None:
    said = list(CLAUSES_2018)
    assert [clause(said, name).value for name in CLAUSES_2018] == [True] * 14
    assert [clause(said, name).value for name in CLAUSES_2026] == [False] * 6
    assert contract("clauses", {"clauses": said}).value == CLAUSES_2018


def test_the_clauses_of_2026_are_due_in_contracts_signed_since_and_unknown_in_older_ones() -> None:
    assert contract("clauses_2026_due", {"signed": "2026-09-26"}).value is True
    older = contract("clauses_2026_due", {"signed": "2026-09-25"})
    assert (older.value, older.confidence) == (UNKNOWN, Confidence.LOW)
    assert older.doubt is not None
    assert contract("clauses_2026_due", {"signed": "2026-09"}).value is UNKNOWN
    assert contract("clauses_2026_due", {"signed": "2026-09-26"}, date(2026, 9, 25)).value is False
    assert contract("clauses_2026_due", None).missing == ("hosts.h.contract.signed",)


@pytest.mark.parametrize(("said", "letter", "expected"), [(True, "a", True), (["a", "b"], "a", True), (["a", "b"], "h", False), (False, "a", False), (None, "a", UNKNOWN)])
def test_letters_of_the_processors_contract(said: Any, letter: str, expected: object) -> None:
    agreement = {"signed": "2024-01-01", **({"clauses": said} if said is not None else {})}
    assert contract(f"dpa_clause.{letter}", {"data_processing_agreement": agreement}).value is expected


# --- who needs which contract


PROCESSOR: Plain = {"provider": "bigcloud", "service": "paas", "acts_as": "processor"}


def needs(path: str, plain: Plain) -> Fact:
    return fact(world(plain), "host", "h", path)


def test_a_host_of_others_records_needs_the_clauses() -> None:
    assert needs("needs_hds_contract", hosted(PROCESSOR)).value is True
    assert needs("is_hosting", hosted(PROCESSOR)).value is True


def test_a_controllers_own_machines_need_none() -> None:
    plain = hosted({"provider": "publisher", "service": "on-premises"}, datum={**RECORD, "controller": ["publisher"]})
    assert needs("self_hosted", plain).value is True
    assert needs("needs_hds_contract", plain).value is False


@pytest.mark.parametrize("role", ["controller", "joint-controller"])
def test_one_word_on_the_host_does_not_make_it_the_controller_of_the_data(role: str) -> None:
    plain = hosted({**PROCESSOR, "acts_as": role})
    found = needs("is_hosting", plain)
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.acts_as", "data.records.controller"))
    assert found.doubt is not None
    assert needs("is_hosting", hosted({**PROCESSOR, "acts_as": role}, datum={**RECORD, "controller": ["bigcloud"]})).value is False
    assert needs("is_processor", plain).value is False


def test_who_shares_the_control_of_the_data_may_host_them_for_the_others() -> None:
    shared = {**RECORD, "controller": ["bigcloud", "practice"]}
    assert needs("is_hosting", hosted({**PROCESSOR, "acts_as": "joint-controller"}, datum=shared)).value is UNKNOWN


def test_whose_data_they_are_is_asked_before_a_controller_is_believed() -> None:
    datum = {key: value for key, value in RECORD.items() if key != "controller"}
    for provider in ("bigcloud", "practice"):
        found = needs("is_hosting", hosted({**PROCESSOR, "provider": provider, "acts_as": "controller"}, datum=datum))
        assert found.value is UNKNOWN
        assert "data.records.controller" in found.missing


def performing(by: Plain, provider: str = "bigcloud") -> Fact:
    """Whether a provider hosts the practice's own records, where the activities are performed so."""
    plain = hosted({**PROCESSOR, "provider": provider, "certificates": [], "responsibilities": by}, datum={**RECORD, "controller": ["practice"]})
    return needs("is_hosting", plain)


def test_a_provider_that_leaves_every_activity_to_the_controller_hosts_nothing() -> None:
    own = dict.fromkeys(ACTIVITIES, "practice")
    assert performing(own).value is False
    assert performing({**own, "backup": False}).value is False
    assert performing({**own, "backup": "bigcloud"}).value is True
    assert performing({**own, "backup": "knowncloud"}).value is True
    assert performing(dict.fromkeys(ACTIVITIES, False)).value is True


def test_an_activity_that_nobody_says_who_performs_is_asked_for_before_a_provider_is_let_off() -> None:
    found = performing({**dict.fromkeys(ACTIVITIES, "practice"), "backup": True})
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.responsibilities.backup",))


def test_a_controllers_own_platform_on_the_machines_of_another_is_not_let_off() -> None:
    own = dict.fromkeys(ACTIVITIES, "practice")
    assert performing(own, "practice").value is False
    found = performing({**own, "hardware": "bigcloud"}, "practice")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts",))
    plain = hosted({"provider": "practice", "service": "paas"}, datum={**RECORD, "controller": ["practice"]})
    assert needs("is_hosting", plain).value is False
    plain["hosts"]["h"]["subcontractors"] = ["bigcloud"]  # which of the six is whose is not said
    assert needs("is_hosting", plain).value is UNKNOWN
    assert {row.verdict for row in rows(plain).values()} == {"unknown"}
    plain["hosts"]["h"]["responsibilities"] = own
    assert needs("is_hosting", plain).value is False


def test_scope_unknown_leaves_the_need_unknown() -> None:
    datum = {key: value for key, value in RECORD.items() if key != "collected_in"}
    assert needs("needs_hds_contract", hosted(PROCESSOR, datum=datum)).missing == ("data.records.collected_in",)


def test_a_role_left_out_is_asked_for_where_a_processors_contract_turns_on_it() -> None:
    assert needs("needs_dpa", hosted(PROCESSOR)).value is True
    found = needs("needs_dpa", hosted({"provider": "bigcloud", "service": "paas"}))
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.acts_as",))
    assert needs("needs_dpa", hosted({"provider": "publisher", "service": "paas", "acts_as": "processor"})).value is False


def test_what_the_certificates_holder_asks_for_is_known_from_the_catalogue() -> None:
    known = catalogue(known_certificate("k", "bigcloud", requires=("hds-annex",), source_status="secondary"))
    found = fact(world(hosted(PROCESSOR), known=known), "host", "h", "hds_annex_required")
    assert (found.value, found.confidence) == (True, Confidence.MEDIUM)
    assert fact(world(hosted(PROCESSOR), known=known), "host", "h", "hds_option_required").value is False
    recalled = catalogue(known_certificate("k", "bigcloud", requires=("hds-annex",), source_status="recalled"))
    assert fact(world(hosted(PROCESSOR), known=recalled), "host", "h", "hds_annex_required").recalled


def application(path: str, said: Any, host_: Plain | None = None) -> Fact:
    plain = hosted(host_ or PROCESSOR)
    plain["application"] = {"name": "x", "operator": "publisher", **({"customer_contract": said} if said is not None else {})}
    return fact(world(plain), "application", "application", path)


def test_the_contract_with_the_practices_repeats_that_of_the_host() -> None:
    assert application("hosting_contracts_mirrored", {"clauses": True, "mirrors": ["h"]}).value is True
    assert application("hosting_contracts_mirrored", {"clauses": True, "mirrors": []}).value is False
    assert application("hosting_contracts_mirrored", False).value is False
    assert application("hosting_contracts_mirrored", {"clauses": True}).missing == ("application.customer_contract.mirrors",)
    assert application("customer_clause.destruction", {"clauses": True}).value is True
    assert application("customer_clause.destruction", {"clauses": ["return-of-data"]}).value is False
    assert application("publisher_of_others_records", None).value is True


# --- transfers


def abroad(said: Plain, on: date = DAY, way: str = "remote_access") -> Any:
    other = "transfers" if way == "remote_access" else "remote_access"
    listed = host("outside_eea", {"location": "FR", "replicated_to": [], way: [{"organisation": "knowncloud", **said}], other: []}, on).value
    assert isinstance(listed, tuple)
    return listed[0] if listed else None


def valid(said: Plain, on: date = DAY) -> object:
    return abroad(said, on).fact("basis_valid").value


def test_an_access_from_the_eea_is_none_from_outside() -> None:
    assert abroad({"country": "DE", "basis": "none"}) is None


def test_an_adequate_country_needs_no_other_basis() -> None:
    assert valid({"country": "CH"}) is True
    assert valid({"country": "CH", "basis": "adequacy"}) is True
    assert abroad({"country": "CH"}).fact("article").value == "45"


def test_the_privacy_shield_holds_to_15_july_2020() -> None:
    said: Plain = {"country": "US", "basis": "privacy-shield"}
    assert valid(said, date(2020, 7, 15)) is True
    assert valid(said, date(2020, 7, 16)) is False


def test_the_dpf_is_neither_invalid_nor_safe() -> None:
    said: Plain = {"country": "US", "basis": "dpf"}
    assert valid(said, date(2023, 7, 9)) is False
    unseen = abroad(said).fact("basis_valid")
    assert (unseen.value, unseen.missing) == (UNKNOWN, ("hosts.h.remote_access.0.assessed",))
    assert valid({**said, "assessed": False}) is UNKNOWN
    found = abroad({**said, "assessed": "2026-01-10"}).fact("basis_valid")
    assert (found.value, found.confidence) == (True, Confidence.MEDIUM)
    assert found.doubt is not None
    assert valid({"country": "TN", "basis": "dpf"}) is False


def test_adequacy_in_part_is_unknown() -> None:
    assert valid({"country": "US", "basis": "adequacy"}) is UNKNOWN
    assert valid({"country": "TN", "basis": "adequacy"}) is False


def test_that_a_decision_in_part_covers_the_importer_is_for_somebody_to_look_at() -> None:
    """Japan's covers businesses, Canada's those under its federal act; for the United States the basis is the framework itself."""
    unsaid = abroad({"country": "JP", "basis": "adequacy"}).fact("basis_valid")
    assert (unsaid.value, unsaid.missing) == (UNKNOWN, ("hosts.h.remote_access.0.assessed",))
    assert valid({"country": "JP", "basis": "adequacy", "assessed": False}) is UNKNOWN
    looked = abroad({"country": "JP", "basis": "adequacy", "assessed": "2026-01-10"}).fact("basis_valid")
    assert (looked.value, looked.confidence) == (True, Confidence.MEDIUM)
    assert looked.doubt is not None
    american = abroad({"country": "US", "basis": "adequacy", "assessed": "2026-01-10"}).fact("basis_valid")
    assert (american.value, american.missing) == (UNKNOWN, ("hosts.h.remote_access.0.basis",))


def test_tunisia_rests_on_safeguards_and_their_assessment() -> None:
    access = abroad({"country": "TN", "basis": "scc", "assessed": "2026-01-10", "told": True})
    assert [access.fact(name).value for name in ("basis_valid", "article", "accepted_by_hds", "needs_assessment", "told")] == [True, "46", True, True, True]
    assert abroad({"country": "TN", "basis": "scc"}, date(2020, 7, 15)).fact("needs_assessment").value is False


def test_a_derogation_is_argued_under_the_gdpr_and_refused_by_hds() -> None:
    access = abroad({"country": "TN", "basis": "derogation"})
    assert access.fact("basis_valid").value is UNKNOWN
    assert access.fact("accepted_by_hds").value is False
    assert access.fact("article").value == "49"


def test_no_basis_is_no_basis_and_one_left_out_is_asked_for() -> None:
    assert valid({"country": "TN", "basis": "none"}) is False
    found = abroad({"country": "TN"}).fact("basis_valid")
    assert (found.value, found.missing) == (UNKNOWN, ("hosts.h.remote_access.0.basis",))


def test_a_country_left_out_is_unknown() -> None:
    assert abroad({"basis": "scc"}).fact("in_eea").value is UNKNOWN


def test_a_host_abroad_is_a_transfer_that_asks_for_its_basis() -> None:
    said: Plain = {"location": "US", "replicated_to": [], "remote_access": []}
    listed = host("outside_eea", {**said, "transfers": []}).value
    assert isinstance(listed, tuple)
    assert (listed[0].fact("way").value, listed[0].fact("country").value) == ("storage", "US")
    assert listed[0].fact("basis_valid").missing == ("hosts.h.transfers",)
    stated = host("outside_eea", {**said, "transfers": [{"country": "US", "basis": "dpf"}]}).value
    assert isinstance(stated, tuple)
    assert [item.fact("way").value for item in stated] == ["transfer"]


def test_what_nobody_says_of_accesses_leaves_the_list_open() -> None:
    listed = host("outside_eea", {"location": "FR", "replicated_to": []}).value
    assert isinstance(listed, tuple)
    assert [item.missing for item in listed] == [("hosts.h.remote_access",), ("hosts.h.transfers",)]
    assert host("has_transfers", {"location": "FR", "replicated_to": []}).value is UNKNOWN
    assert host("has_transfers", {"location": "FR", "replicated_to": [], "remote_access": [], "transfers": []}).value is False
    assert host("has_transfers", {"location": "US"}).value is True
    assert host("has_transfers", {"location": "FR", "remote_access": [], "transfers": []}).missing == ("hosts.h.replicated_to",)


def test_administrators_abroad_take_their_basis_from_the_hosts_list() -> None:
    def administrators(said: Any, access: list[Plain] | None = None) -> Any:
        hosts = {"h": {"provider": "bigcloud", **({"remote_access": access} if access is not None else {})}}
        components = {"db": {"host": "h", "administrators": said, "readers": []}}
        found = fact(world({"hosts": hosts, "components": components, "organisations": {"runner": {}}}), "component", "db", "administrators_outside_eea").value
        assert isinstance(found, tuple)
        return found

    assert administrators([{"organisation": "runner", "from": "FR"}]) == ()
    (open_end,) = administrators(["runner"])
    assert open_end.missing == ("components.db.administrators.0.from",)
    (access,) = administrators([{"organisation": "runner", "from": ["FR", "TN"]}], [{"organisation": "runner", "country": "TN", "basis": "scc"}])
    assert (access.fact("country").value, access.fact("basis_valid").value) == ("TN", True)
    (bare,) = administrators([{"organisation": "runner", "from": "TN"}], [])
    assert bare.fact("basis_valid").value is UNKNOWN
    assert (bare.fact("article").missing, bare.fact("article").doubt is None) == (("hosts.h.remote_access",), False)


def test_whoever_administers_under_contract_may_state_the_basis_in_its_own_entry() -> None:
    """A maintainer is a host that hosts nothing: its accesses are its own, not those of the cloud that it works on."""

    def access(night: Plain) -> Any:
        hosts = {"h": {"provider": "bigcloud", "remote_access": [], "transfers": []}, "night": {"provider": "runner", "service": "managed-services", **night}}
        said = [{"organisation": "runner", "from": "TN"}]
        plain: Plain = {"hosts": hosts, "components": {"db": {"host": "h", "administrators": said, "readers": []}}, "organisations": {"runner": {}}}
        (found,) = fact(world(plain), "component", "db", "administrators_outside_eea").value  # type: ignore[misc]
        return found

    assert access({"remote_access": [{"country": "TN", "basis": "scc"}]}).fact("basis_valid").value is True
    assert access({"transfers": [{"organisation": "runner", "country": "TN", "basis": "none"}]}).fact("basis_valid").value is False
    assert access({"remote_access": [{"organisation": "bigcloud", "country": "TN", "basis": "scc"}]}).fact("basis_valid").value is UNKNOWN
    assert access({}).fact("article").missing == ("hosts.night.remote_access",)
