"""The traps of health hosting: each a small description, audited whole, and what a rule of the texts on hosting must say of it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from hds_audit.model.condition import All, AnyOf, Check, Condition, Each, Not, Some
from hds_audit.model.report import Finding, Report
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder
from hds_audit.read.description import parse_description

Plain = dict[str, Any]
DAY = date(2026, 11, 22)
ACTIVITIES = ["physical-sites", "hardware", "virtual-infrastructure", "platform", "administration", "backup"]
RECORD: Plain = {"health": "nature", "controller": ["health-professionals"], "collected_in": ["care"], "identifiability": "identified"}
OTHER: Plain = {"country": "FR", "parent": False, "subject_to": [], "presence": []}
HOST: Plain = {"provider": "other", "service": "paas", "location": {"country": "FR"}, "replicated_to": [], "acts_as": "processor", "subcontractors": []}
CERTIFICATE: Plain = {
    "holder": "other", "standard": "hds", "version": "2.0", "activities": ACTIVITIES, "issued": "2025-09-12", "expires": "2028-09-11",
    "scope": {"offers": "all", "services": "all", "regions": "all", "sites": "all"},
}  # fmt: skip
STORE: Plain = {"kind": "database", "host": "h", "stores": ["record"]}

CERTIFIED, CHECKED, STORAGE, ACCESS = "CSP-L1111-8-CERTIFICATE", "CSP-R1111-8-8-CHECK", "HDS-28-STORAGE", "HDS-29-REMOTE-ACCESS"


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


def by(who: str) -> Plain:
    return dict.fromkeys(ACTIVITIES, who)


def report(on: date = DAY, **said: Any) -> Report:
    """The audit of a store of health records on one host, save what is said otherwise."""
    whole: Plain = {
        "format": "hds-audit/1",
        "application": {"name": "Example"},
        "organisations": {"other": OTHER},
        "data": {"record": RECORD},
        "hosts": {"h": HOST},
        "components": {"db": STORE},
        **said,
    }
    description = parse_description("infra.yaml", json.dumps(whole).encode(), known().catalogue)
    return audit(description, known(), Request(on))


def found(result: Report, rule: str, subject: str = "h") -> Finding:
    return next(item for item in result.findings if item.rule == rule and item.subject.id == subject)


def verdict(rule: str, subject: str = "h", on: date = DAY, **said: Any) -> str:
    return found(report(on, **said), rule, subject).verdict


def stored(**place: Any) -> str:
    """What becomes of a store on a host of this place."""
    return verdict(STORAGE, "db", hosts={"h": {"service": "iaas", "provider": "other", "replicated_to": [], **place}})


def certified(on: date = DAY, host: Plain | None = None, **certificate: Any) -> str:
    """What becomes of a host whose provider performs all six activities under this certificate."""
    said: Plain = {**CERTIFICATE, **certificate}
    shown = {name: value for name, value in said.items() if value is not None}
    return verdict(CERTIFIED, on=on, hosts={"h": {**HOST, "certificates": ["c"], "responsibilities": by("other"), **(host or {})}}, certificates={"c": shown})


# --- places


def test_norway_without_quotes_is_norway() -> None:
    text = """
format: hds-audit/1
application: {name: Example}
data: {record: {health: nature, controller: [health-professionals], collected_in: [care], identifiability: identified}}
hosts: {h: {provider: other, service: iaas, location: {country: NO}, replicated_to: []}}
organisations: {other: {country: NO, parent: false}}
components: {db: {kind: database, host: h, stores: [record]}}
"""
    description = parse_description("infra.yaml", text.encode(), known().catalogue)
    assert found(audit(description, known(), Request(DAY)), STORAGE, "db").verdict == "pass"


@pytest.mark.parametrize("country", ["CH", "GB"])
def test_an_adequate_country_is_no_place_of_storage(country: str) -> None:
    assert stored(location={"country": country}) == "fail"


def test_eu_west_2_is_london_on_aws_and_paris_on_outscale() -> None:
    assert stored(provider="aws", region="eu-west-2") == "fail"
    assert stored(provider="outscale", region="eu-west-2") == "pass"


def test_reunion_is_inside_and_new_caledonia_is_doubtful() -> None:
    assert stored(location={"country": "RE"}) == "pass"
    assert stored(location={"country": "NC"}) == "unknown"


def test_a_replica_in_another_country_fails_the_store() -> None:
    assert stored(provider="aws", region="eu-west-3", replicated_to=["us-east-1"]) == "fail"


def test_storage_in_the_eea_binds_by_certificate_then_by_the_code() -> None:
    swiss: Plain = {"hosts": {"h": {**HOST, "location": {"country": "CH"}, "certificates": ["c"]}}}
    old: Plain = {"certificates": {"c": {**CERTIFICATE, "version": "1.1", "issued": "2023-09-12", "expires": "2026-09-11"}}}
    assert verdict(STORAGE, "db", date(2026, 5, 16), **swiss, **old) == "not-applicable"
    under_v2 = report(date(2026, 5, 17), **swiss, **old)
    assert found(under_v2, STORAGE, "db").verdict == "fail"
    assert under_v2.rules[STORAGE].controls == ("hds:EXI-28",)
    assert report(date(2026, 9, 26), **swiss, **old).rules[STORAGE].controls == ("hds:EXI-28", "csp:R.1111-9-1")


# --- certificates


def test_a_managed_database_of_scaleway_is_outside_its_certificate() -> None:
    offer: Plain = {"provider": "scaleway", "service": "managed-database", "offer": "scaleway-managed-database", "region": "fr-par", "acts_as": "processor"}
    assert verdict(CERTIFIED, hosts={"h": {**offer, "replicated_to": []}}) == "fail"


def test_clever_cloud_outside_its_health_zones_is_not_covered() -> None:
    offer: Plain = {"provider": "clever-cloud", "service": "paas", "offer": "clever-cloud-paas", "acts_as": "processor", "replicated_to": []}
    offer["contract"] = {"signed": "2025-01-10", "hds_annex": {"signed": "2025-01-10", "option": True}}
    assert verdict(CERTIFIED, hosts={"h": {**offer, "region": "par"}}) == "fail"
    assert verdict(CERTIFIED, hosts={"h": {**offer, "region": "parhds"}}) == "pass"


def test_google_is_certified_without_backup() -> None:
    host = {"provider": "gcp", "service": "managed-database", "region": "europe-west9", "replicated_to": [], "acts_as": "processor", "responsibilities": by("gcp")}
    result = report(hosts={"h": host})
    assert {row.activity: row.verdict for row in result.activities}["backup"] == "not-covered"
    assert found(result, CERTIFIED).verdict == "fail"


def test_a_certificate_that_does_not_cover_fails_the_check_of_its_customer_too() -> None:
    narrow: Plain = {**CERTIFICATE, "scope": {**CERTIFICATE["scope"], "services": ["object-storage"]}}
    hosts: Plain = {"h": {**HOST, "certificates": ["c"], "responsibilities": by("other")}}
    assert verdict(CHECKED, hosts=hosts, certificates={"c": narrow}) == "fail"
    assert verdict(CHECKED, hosts=hosts, certificates={"c": {**CERTIFICATE, "activities": ACTIVITIES[:5]}}) == "fail"
    assert verdict(CHECKED, hosts=hosts, certificates={"c": CERTIFICATE}) == "pass"


def test_what_a_certificate_in_force_has_followed_is_no_failing() -> None:
    ended: Plain = {**CERTIFICATE, "version": "1.1", "issued": "2022-09-12", "expires": "2025-09-11"}
    hosts: Plain = {"h": {**HOST, "certificates": ["old", "c"], "responsibilities": by("other")}}
    on = date(2025, 10, 1)
    assert verdict("HDS-V1-VALIDITY", "old", on, hosts=hosts, certificates={"old": ended, "c": CERTIFICATE}) == "pass"
    assert verdict("HDS-V1-VALIDITY", "old", on, hosts=hosts, certificates={"old": ended, "c": {**CERTIFICATE, "status": "suspended"}}) == "fail"


def test_no_approval_is_asked_for_once_certification_has_begun() -> None:
    asked = {item.rule for item in report(date(2018, 4, 1)).findings}
    assert "HDS-HADS-APPROVAL" not in asked
    assert "HDS-HADS-APPROVAL" in {item.rule for item in report(date(2018, 3, 31)).findings}


def test_a_scope_left_out_leaves_the_certificate_open() -> None:
    assert certified(scope=None) == "unknown"
    assert certified() == "pass"


def test_a_suspended_certificate_fails() -> None:
    assert certified(status="suspended") == "fail"
    assert verdict(CHECKED, hosts={"h": {**HOST, "certificates": ["c"]}}, certificates={"c": {**CERTIFICATE, "status": "suspended"}}) == "fail"


def test_the_day_of_expiry_is_the_last_one_held() -> None:
    assert certified(date(2028, 9, 11)) == "pass"
    assert certified(date(2028, 9, 12)) == "fail"


def test_version_1_ends_with_16_may_2026() -> None:
    old: Plain = {"version": "1.1", "issued": "2023-09-12", "expires": "2026-09-11"}
    assert certified(date(2026, 5, 16), **old) == "pass"
    assert certified(date(2026, 5, 17), **old) == "fail"


def test_a_draft_claimed_as_a_certificate_is_unknown() -> None:
    assert certified(version="2.1") == "unknown"


def test_a_platform_on_a_certified_cloud_is_not_certified_by_it() -> None:
    performed = {**by("platform"), "physical-sites": "other", "hardware": "other", "virtual-infrastructure": "other"}
    result = report(
        organisations={"other": OTHER, "platform": OTHER},
        hosts={"h": {**HOST, "provider": "platform", "subcontractors": ["other"], "certificates": ["c"], "responsibilities": performed}},
        certificates={"c": CERTIFICATE},
    )
    verdicts = {row.activity: row.verdict for row in result.activities}
    assert verdicts["physical-sites"] == "covered"
    assert verdicts["platform"] == "not-covered"
    assert found(result, CERTIFIED).verdict == "fail"


def test_an_uncertified_subcontractor_stands_under_its_principals_certificate() -> None:
    performed = {**by("other"), "hardware": {"by": "helper", "under": "other"}}
    host = {**HOST, "subcontractors": ["helper"], "certificates": ["c"], "responsibilities": performed}
    said: Plain = {"organisations": {"other": OTHER, "helper": OTHER}, "hosts": {"h": host}, "certificates": {"c": CERTIFICATE}}
    assert verdict(CERTIFIED, **said) == "pass"


def test_an_approval_covers_what_its_holder_hosted_until_its_own_end() -> None:
    approval: Plain = {"standard": "hads", "version": None, "activities": None, "scope": None, "issued": "2017-01-10", "expires": "2020-01-09"}
    assert certified(date(2020, 1, 9), **approval) == "pass"
    assert certified(date(2020, 1, 10), **approval) == "fail"


def test_terms_that_contradict_themselves_or_the_text_are_asked_for() -> None:
    for said in ({"issued": "2020-01-10", "expires": "2030-01-09"}, {"issued": "2024-05-15", "expires": "2027-05-14"}, {"issued": "2024-06-01"}):
        terms: Plain = {**CERTIFICATE, **said}
        result = report(hosts={"h": {**HOST, "certificates": ["c"], "responsibilities": by("other")}}, certificates={"c": terms})
        for rule in (CERTIFIED, CHECKED):
            assert found(result, rule).verdict == "unknown", (rule, said)
            assert "certificates.c.issued" in found(result, rule).missing
    assert certified(issued="2024-05-16", expires="2027-05-15") == "pass"


def test_archiving_under_approval_is_not_bound_by_version_2_until_july_2025() -> None:
    approval: Plain = {"holder": "other", "standard": "siaf", "issued": "2023-02-01", "expires": "2028-01-31", "scope": {"offers": "all"}}
    inside = ("HDS-01-ISO27001", "HDS-04-SCOPE", "HDS-07-SUPPORT", "HDS-13-MATRIX", CERTIFIED)

    def archived(on: date, service: str = "archiving") -> set[str]:
        host: Plain = {**HOST, "service": service, "certificates": ["a"], "responsibilities": by("other")}
        result = report(on, hosts={"h": host}, certificates={"a": approval})
        return {item.verdict for item in result.findings if item.rule in inside and item.subject.id == "h"}

    assert archived(date(2025, 3, 1)) == {"not-applicable"}
    assert "fail" in archived(date(2025, 7, 1))
    assert "fail" in archived(date(2025, 3, 1), "paas")


def test_what_falls_short_under_version_1_fails_nothing_of_version_2() -> None:
    first: Plain = {**CERTIFICATE, "version": "1.1", "activities": ACTIVITIES[2:], "issued": "2024-01-10", "expires": "2027-01-09"}

    def failed(on: date) -> set[str]:
        result = report(on, hosts={"h": {**HOST, "certificates": ["c"], "responsibilities": by("other")}}, certificates={"c": first})
        assert found(result, CERTIFIED).verdict == "fail"
        return {row.control for row in result.coverage if row.verdict == "fail" and row.control.startswith("hds:")}

    assert failed(date(2026, 5, 16)) == set()
    assert "hds:EXI-01" in failed(date(2026, 5, 17))


# --- who hosts


def publisher(**host: Any) -> Report:
    """A publisher of practices' records that runs its own software on a host."""
    performed = {**by("other"), "administration": "publisher"}
    return report(
        application={"name": "Example", "operator": "publisher"},
        organisations={"other": OTHER, "publisher": OTHER},
        hosts={"h": {**HOST, "certificates": ["c"], "responsibilities": performed, **host}},
        certificates={"c": CERTIFICATE},
    )


def test_a_publishers_activity_5_is_debated_and_never_fails() -> None:
    result = publisher()
    row = next(row for row in result.activities if row.activity == "administration")
    assert row.performer == "publisher"
    assert row.verdict in ("unknown", "not-hosting")
    assert found(result, CERTIFIED).verdict != "fail"


def test_a_publisher_wholly_on_certified_hosts_owes_the_check_and_the_contracts() -> None:
    result = publisher()
    assert found(result, CHECKED).verdict == "pass"
    assert found(result, "CSP-L1111-8-CONTRACT").verdict == "unknown"
    assert found(result, "CSP-R1111-11-II-UPSTREAM", "application").verdict == "unknown"


def test_who_hosts_its_own_records_needs_no_certificate_and_others_do() -> None:
    own: Plain = {"hosts": {"h": {**HOST, "service": "on-premises", "certificates": [], "responsibilities": by("other")}}}
    mine = report(data={"record": {**RECORD, "controller": ["other"]}}, **own)
    assert {found(mine, rule).verdict for rule in (CERTIFIED, CHECKED, "CSP-L1111-8-CONTRACT", "CSP-R1111-11-14-DESTRUCTION")} == {"not-applicable"}
    assert found(mine, STORAGE, "db").verdict == "not-applicable"
    assert verdict(CERTIFIED, data={"record": RECORD}, **own) == "fail"


def test_a_provider_that_performs_nothing_for_a_controller_hosts_nothing() -> None:
    rules = (CERTIFIED, CHECKED, "HDS-01-ISO27001", "CSP-L1111-8-CONTRACT")
    said: Plain = {"data": {"record": {**RECORD, "controller": ["clinic"]}}, "organisations": {"other": OTHER, "clinic": OTHER}}
    mine = report(hosts={"h": {**HOST, "certificates": [], "responsibilities": by("clinic")}}, **said)
    assert {found(mine, rule).verdict for rule in rules} == {"not-applicable"}
    assert {row.verdict for row in mine.activities} == {"exempt"}
    once = report(hosts={"h": {**HOST, "certificates": [], "responsibilities": {**by("clinic"), "backup": "other"}}}, **said)
    assert {found(once, rule).verdict for rule in rules[:3]} == {"fail"}


@pytest.mark.parametrize("role", ["controller", "joint-controller"])
def test_one_word_on_the_host_does_not_turn_health_hosting_off(role: str) -> None:
    said = report(hosts={"h": {**HOST, "acts_as": role, "certificates": [], "location": {"country": "US"}, "responsibilities": by("other")}})
    asked = found(said, CERTIFIED)
    assert (asked.verdict, found(said, CHECKED).verdict, found(said, STORAGE, "db").verdict) == ("unknown", "unknown", "unknown")
    assert {"hosts.h.acts_as", "data.record.controller"} <= set(asked.missing)
    assert {row.verdict for row in said.activities} == {"unknown"}


# --- which data


def scoped(**datum: Any) -> str:
    said: Plain = {**RECORD, **datum}
    return verdict(CHECKED, data={"record": {name: value for name, value in said.items() if value is not None}}, hosts={"h": {**HOST, "certificates": []}})


def test_anonymous_counts_with_its_study_only() -> None:
    assert scoped(identifiability="anonymous") == "unknown"
    assert scoped(identifiability="anonymous", anonymity_study=False) != "not-applicable"
    attested: Plain = {"attestations": {"wp29:05-2014": {"status": "implemented", "by": "DPO", "date": "2026-09-01", "expires": "2027-09-01"}}}
    anonymous: Plain = {"data": {"record": {**RECORD, "identifiability": "anonymous", "anonymity_study": {"date": "2026-01-10"}}}}
    assert verdict(CHECKED, hosts={"h": {**HOST, "certificates": []}}, **anonymous, **attested) == "not-applicable"


def test_pseudonymised_data_stay_in_scope() -> None:
    assert scoped(identifiability="pseudonymised") == "fail"


def test_research_never_fails_by_itself() -> None:
    assert scoped(collected_in=["research"]) == "unknown"


def test_a_setting_left_out_leaves_the_scope_unknown() -> None:
    assert scoped(collected_in=None) == "unknown"
    assert scoped(collected_in=["care"]) == "fail"


# --- access from abroad, and laws


def access(country: str, basis: str, **more: Any) -> Plain:
    entry = {"organisation": "abroad", "country": country, "basis": basis, **more}
    return {
        "organisations": {"other": OTHER, "abroad": {"country": country, "parent": False}},
        "hosts": {"h": {**HOST, "remote_access": [entry], "transfers": []}},
    }


def test_a_derogation_fails_exi_29_and_adequacy_passes_it() -> None:
    assert verdict(ACCESS, **access("TN", "derogation")) == "fail"
    assert verdict(ACCESS, **access("GB", "adequacy")) == "pass"
    assert verdict(ACCESS, **access("TN", "scc", assessed="2026-01-10", told=True)) == "pass"


def test_the_framework_with_the_united_states_is_neither_invalid_nor_safe() -> None:
    assert verdict(ACCESS, **access("US", "dpf")) == "unknown"  # nobody looked whether the importer is on the list
    finding = found(report(**access("US", "dpf", assessed="2026-01-10")), ACCESS)
    assert (finding.verdict, finding.confidence) == ("pass", "medium")
    assert finding.reason is not None
    assert verdict(ACCESS, **access("US", "privacy-shield")) == "fail"


def under(country: str) -> Report:
    silent = {"signed": "2025-01-15", "extra_eu_laws": [], "mitigations": [], "residual_risks": []}
    return report(organisations={"other": {**OTHER, "country": country}}, hosts={"h": {**HOST, "contract": silent}})


def test_exi_30_is_silent_on_adequate_countries() -> None:
    for country in ("GB", "FR"):
        result = under(country)
        assert found(result, "HDS-30-LAWS").verdict == "not-applicable"
        assert found(result, "HDS-30-LAWS-PARTIAL").verdict == "not-applicable"


def test_exi_30_is_sure_of_a_non_adequate_country_and_contested_for_a_partly_adequate_one() -> None:
    sure, contested = found(under("CN"), "HDS-30-LAWS"), found(under("US"), "HDS-30-LAWS-PARTIAL")
    assert (sure.verdict, sure.confidence) == ("fail", "high")
    assert (contested.verdict, contested.confidence) == ("fail", "medium")
    assert found(under("US"), "HDS-30-LAWS").verdict == "not-applicable"


def test_a_host_whose_owner_is_not_known_leaves_exi_30_open() -> None:
    result = report(organisations={"other": {"country": "FR"}})
    assert found(result, "HDS-30-LAWS").verdict == "unknown"


def test_a_statement_of_no_transfer_by_a_foreign_owner_is_advice_not_law() -> None:
    page = {"url": "https://example.org/transferts", "statement": "no-transfer"}
    host = {**HOST, "transparency": page, "remote_access": [], "transfers": []}
    result = report(organisations={"other": {**OTHER, "country": "US"}}, hosts={"h": host})
    assert found(result, "HDS-31-NO-TRANSFER").verdict == "pass"
    assert found(result, "HDS-31-LAW-SHOWN").verdict == "fail"
    assert result.rules["HDS-31-LAW-SHOWN"].level == "recommended"


def test_storage_in_the_union_by_a_subsidiary_of_an_american_group_fails_no_rule_on_places() -> None:
    organisations = {"other": {**OTHER, "parent": "group"}, "group": {"country": "US", "parent": False}}
    host = {**HOST, "remote_access": [], "transfers": [], "certificates": ["c"]}
    result = report(organisations=organisations, hosts={"h": host}, certificates={"c": CERTIFICATE})
    assert {found(result, STORAGE, "db").verdict, found(result, ACCESS).verdict, found(result, CHECKED).verdict} == {"pass"}


def lawful(on: date) -> set[tuple[str, str]]:
    """The laws that reach a store of health data at an American provider on a day, and how surely."""
    host = {"provider": "aws", "service": "iaas", "region": "eu-west-3", "replicated_to": []}
    return {(path.law or "", path.certainty) for path in report(on, hosts={"h": host}).exposures if path.organisation == "aws"}


def test_section_702_is_debated_from_12_june_2026_while_its_certifications_run() -> None:
    assert ("us:fisa-702", "established") in lawful(date(2026, 6, 11))
    assert ("us:fisa-702", "debated") in lawful(date(2026, 6, 12))
    assert ("us:cloud-act", "established") in lawful(date(2026, 6, 12))


def test_section_215_of_the_patriot_act_ends_with_14_march_2020() -> None:
    assert ("us:patriot-215", "established") in lawful(date(2020, 3, 14))
    assert not {certainty for law, certainty in lawful(date(2020, 3, 15)) if law == "us:patriot-215"}


def test_the_interim_ruling_on_doctolib_is_context_and_never_a_pass() -> None:
    """What the ruling of 12 March 2021 weighed is all there, and the provider that reads in the clear fails its yardstick all the same."""
    assert not [rule.id for rule in known().rules if any(control.startswith("case:") or "450163" in control for control in rule.controls)]
    rows = [row for row in report().coverage if "450163" in row.control]
    assert rows
    assert {(row.kind == "requirement", row.verdict == "pass") for row in rows} == {(False, False)}
    contract = {"signed": "2021-01-10", "authority_requests": {"procedure": True, "contests_non_eu_orders": True}}
    host = {"provider": "aws", "service": "iaas", "region": "eu-west-3", "replicated_to": [], "acts_as": "processor", "contract": contract}
    web = {"kind": "application", "host": "h", "processes": ["record"], "administrators": [], "readers": []}
    result = report(hosts={"h": host}, components={"web": web})
    assert found(result, "LAW-AUTHORITY-REQUESTS").verdict == "pass"
    assert found(result, "EDPB-UC6-PROCESSING", "web").verdict == "fail"


# --- contracts


ADDITIONS = ("rights-information", "third-country-transfers", "extra-eu-laws", "mitigations", "residual-risks", "public-transfer-map")
ADDED = ("RIGHTS", "TRANSFERS", "LAWS", "MEASURES", "RISKS", "MAP")


def contracted(signed: str, on: date = DAY) -> Report:
    said = access("US", "scc", told=True)
    host = {**said["hosts"]["h"], "transparency_url": False, "contract": {"signed": signed, "clauses": ["destruction"]}}
    return report(on, organisations={**said["organisations"], "other": {**OTHER, "country": "US"}}, hosts={"h": host})


def test_the_clauses_of_2026_are_due_in_new_contracts_and_open_in_older_ones() -> None:
    new, older = contracted("2026-09-26"), contracted("2026-09-25")
    for name in ADDED:
        rule = f"CSP-R1111-11-2026-{name}"
        assert found(new, rule).verdict == "fail", name
        assert (found(older, rule).verdict, found(older, rule).confidence) == ("unknown", "low"), name
    assert len(ADDITIONS) == len({control for name in ADDED for control in new.rules[f"CSP-R1111-11-2026-{name}"].controls})


def test_no_clause_of_2026_is_asked_for_before_its_day() -> None:
    asked = {item.rule for item in contracted("2024-01-15", date(2026, 9, 25)).findings}
    assert not asked & {f"CSP-R1111-11-2026-{name}" for name in ADDED}


def test_an_annex_that_is_not_signed_fails_the_contract_not_the_certificate_that_was_shown() -> None:
    host = {"provider": "scalingo", "service": "paas", "offer": "scalingo-paas", "region": "osc-fr1", "replicated_to": [], "acts_as": "processor"}
    unsigned: Plain = {**host, "contract": {"signed": "2024-01-15", "hds_annex": False}}
    shown = report(hosts={"h": {**unsigned, "certificates": ["c"]}}, certificates={"c": {**CERTIFICATE, "holder": "scalingo"}})
    assert found(shown, "HDS-ANNEX-SIGNED").verdict == "fail"
    assert (found(shown, CERTIFIED).verdict, found(shown, CHECKED).verdict) == ("pass", "pass")


def test_a_certificate_known_to_suppose_an_annex_covers_nothing_without_it() -> None:
    host = {"provider": "scalingo", "service": "paas", "offer": "scalingo-paas", "region": "osc-fr1", "replicated_to": [], "acts_as": "processor"}
    known_only = report(hosts={"h": {**host, "contract": {"signed": "2024-01-15", "hds_annex": False}}})
    assert (found(known_only, CERTIFIED).verdict, found(known_only, CHECKED).verdict) == ("fail", "fail")


def test_a_text_known_from_memory_decides_nothing() -> None:
    for contract in (False, {"signed": "2025-01-10", "clauses": True, "mirrors": ["h"]}):
        application = {"name": "Example", "operator": "publisher", "customer_contract": contract}
        said: Plain = {"application": application, "organisations": {"other": OTHER, "publisher": OTHER}}
        assert verdict("CSP-R1111-11-II-UPSTREAM", "application", **said) == "unknown"


# --- what HDS does not ask


def paths(condition: Condition | None) -> set[str]:
    match condition:
        case Check():
            return {condition.path}
        case All(parts) | AnyOf(parts):
            return {path for part in parts for path in paths(part)}
        case Not(part):
            return paths(part)
        case Each():
            return {condition.path} | paths(condition.where) | paths(condition.require)
        case Some():
            return {condition.path} | paths(condition.where)
        case _:
            return set()


def test_no_rule_on_hosting_asks_for_encryption_factors_or_length_of_logs() -> None:
    """HDS asks the host to consider risks; it sets no encryption at rest, no MFA and no length of logs."""
    forbidden = ("encrypt", "custody", "layers", "mfa", "authentication", "access.", "strong_sign_in", "logging", "retention")
    for rule in known().rules:
        if any(control.startswith(("hds:", "hds-v1:", "csp:L.1111-8", "csp:R.1111")) for control in rule.controls):
            asked = paths(rule.require)
            assert not [path for path in asked if any(word in path for word in forbidden)], rule.id


def test_several_factors_are_asked_by_the_code_and_not_by_hds() -> None:
    web = {"kind": "application", "host": "h", "processes": ["record"], "authentication": {"health-professionals": {"means": ["password"], "mfa": False}}}
    result = report(components={"web": web})
    finding, rule = found(result, "CSP-L1470-5-PROFESSIONALS", "web"), result.rules["CSP-L1470-5-PROFESSIONALS"]
    assert (finding.verdict, finding.confidence) == ("fail", "medium")
    assert rule.level == "mandatory"
    assert rule.controls == ("csp:L.1470-2", "csp:L.1470-5")


# --- whole


def test_each_of_the_31_requirements_is_accounted_for() -> None:
    rows = {row.control: row for row in report().coverage}
    named = [f"hds:EXI-{number:02}" for number in range(1, 32)]
    assert all(rows[name].judged == "invisible" or rows[name].rules for name in named)
    assert "HDS-11-HEALTH-CONTACT" not in {rule for row in rows.values() for rule in row.rules}  # what the customer gives is not what the host keeps


INSIDE = [f"hds:EXI-{number:02}" for number in (2, 3, 5, 6, 8, 9, 10, 11, 14, 16)]


def inherited(controls: list[str], on: date = DAY, **said: Any) -> set[tuple[str, str]]:
    """What becomes of requirements that nobody sees from outside the host."""
    rows = {row.control: row for row in report(on, **said).coverage}
    return {(rows[control].verdict, rows[control].basis) for control in controls}


def held(**certificates: Plain) -> Plain:
    host = {**HOST, "certificates": list(certificates), "responsibilities": by("other")}
    return {"hosts": {"h": host}, "certificates": certificates}


def test_the_inside_of_a_certified_host_is_inherited_without_its_iso_certificate() -> None:
    assert inherited(INSIDE, **held(c=CERTIFICATE)) == {("pass", "inherited")}


def test_the_debated_activity_of_a_publisher_leaves_the_inside_of_its_certified_host_inherited() -> None:
    result = publisher()
    assert found(result, CERTIFIED).verdict == "unknown"
    assert {(row.verdict, row.basis) for row in result.coverage if row.control in INSIDE} == {("pass", "inherited")}


def test_the_inside_of_an_uncertified_host_is_inherited_from_nothing() -> None:
    iso = {"holder": "other", "standard": "iso27001", "version": "2022", "scope": {"offers": "all"}, "issued": "2025-01-10", "expires": "2028-01-09"}
    assert inherited(INSIDE, **held(iso=iso)) == {("manual", "none")}
    assert inherited(INSIDE, **held(iso=iso, c={**CERTIFICATE, "status": "suspended"})) == {("manual", "none")}
    assert inherited(INSIDE, **held(iso=iso, c={**CERTIFICATE, "activities": ACTIVITIES[:5]})) == {("manual", "none")}


def test_one_uncertified_host_keeps_the_inside_of_all_open() -> None:
    said = held(c=CERTIFICATE)
    said["hosts"]["bare"] = {**HOST, "certificates": []}
    assert inherited(INSIDE, **said, components={"db": STORE, "copy": {**STORE, "host": "bare"}}) == {("manual", "none")}


def test_a_certificate_of_version_1_answers_for_nothing_of_version_2() -> None:
    first: Plain = {**CERTIFICATE, "version": "1.1", "issued": "2023-09-12", "expires": "2026-09-11"}
    ours = ["hds-v1:iso20000", "hds-v1:iso27018"]
    assert inherited(INSIDE, date(2026, 5, 16), **held(c=first)) == {("not-applicable", "none")}
    assert inherited(ours, date(2026, 5, 16), **held(c=first)) == {("pass", "inherited")}
    assert inherited(INSIDE, date(2026, 5, 16), **held(c=CERTIFICATE)) == {("pass", "inherited")}
    assert inherited(ours, date(2026, 5, 16), **held(c=CERTIFICATE)) == {("not-applicable", "none")}
    assert inherited(INSIDE, date(2026, 5, 17), **held(c=first)) == {("manual", "none")}


def test_an_approval_answers_for_nothing_of_version_1() -> None:
    approval: Plain = {"holder": "other", "standard": "hads", "issued": "2018-01-10", "expires": "2021-01-09"}
    assert inherited(["hds-v1:iso20000"], date(2019, 6, 1), **held(c=approval)) == {("not-applicable", "none")}


def test_the_inside_of_a_qualified_offer_is_inherited_from_a_qualification_of_version_3_2() -> None:
    ours = ["secnumcloud:10.1.b", "secnumcloud:19.2.d", "secnumcloud:19.6.d"]
    scope = {"offers": "all", "services": "all", "regions": "all"}
    qualified: Plain = {"holder": "other", "standard": "secnumcloud", "version": "3.2", "scope": scope, "issued": "2025-01-10", "expires": "2028-01-09"}
    assert inherited(ours, **held(q=qualified)) == {("pass", "inherited")}
    assert inherited(ours, **held(q={**qualified, "version": "3.1"})) == {("manual", "none")}
    assert inherited(ours, **held(q={**qualified, "scope": {**scope, "services": ["object-storage"]}})) == {("manual", "none")}
    assert inherited(ours, **held(c=CERTIFICATE)) == {("manual", "none")}


def test_who_performs_everything_for_itself_is_bound_to_nothing_of_the_inside_and_shows_nothing_of_anothers() -> None:
    said: Plain = {"data": {"record": {**RECORD, "controller": ["clinic"]}}, "organisations": {"other": OTHER, "clinic": OTHER}}
    own: Plain = {**HOST, "certificates": [], "responsibilities": by("clinic")}
    assert inherited(INSIDE, hosts={"h": own}, **said) == {("not-applicable", "none")}
    two: Plain = {"hosts": {"h": own, "rented": HOST}, "components": {"db": STORE, "copy": {**STORE, "host": "rented"}}}
    assert inherited(INSIDE, **two, **said) == {("manual", "none")}


def test_what_binds_the_host_is_not_addressed_to_its_customer() -> None:
    for rule in known().rules:
        if rule.framework == "hds" and rule.controls and all(control.startswith("hds:") for control in rule.controls):
            assert rule.addressee == "host", rule.id


@pytest.mark.parametrize("kind", ["private", "other-public"])
def test_article_31_of_the_sren_law_does_not_apply_to_whom_it_does_not_bind(kind: str) -> None:
    rows = {row.control: row.verdict for row in report(application={"name": "Example", "operator_kind": kind}).coverage}
    assert {name: rows[name] for name in ("sren:31", "circular:6519-SG")} == {"sren:31": "not-applicable", "circular:6519-SG": "not-applicable"}
    state = {row.control: row.verdict for row in report(application={"name": "Example", "operator_kind": "public-body"}).coverage}
    assert state["sren:31"] != "not-applicable"
