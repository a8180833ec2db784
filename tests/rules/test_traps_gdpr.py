"""The traps of data protection: each a small description, audited whole, and what a rule of these texts must say of it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from hds_audit.model.report import Finding, Report
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder
from hds_audit.read.description import parse_description

Plain = dict[str, Any]
DAY = date(2026, 11, 22)
RECORD: Plain = {"health": "nature", "controller": ["health-professionals"], "collected_in": ["care"], "identifiability": "identified"}
HOST: Plain = {"provider": "other", "service": "paas", "location": {"country": "FR"}, "replicated_to": [], "acts_as": "processor"}
ORGANISATIONS: Plain = {"pub": {"country": "FR", "parent": False}, "other": {"country": "FR", "parent": False}, "x": {"country": "US"}}
GDPR_PREFIXES = ("GDPR-", "CNIL-", "ANSSI-", "PGSSI-", "LIL-")


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


def report(on: date = DAY, **said: Any) -> Report:
    """The audit of a store of health records on one host, save what is said otherwise."""
    whole: Plain = {
        "format": "hds-audit/1",
        "application": {"name": "Example", "operator": "pub"},
        "organisations": ORGANISATIONS,
        "data": {"record": RECORD},
        "hosts": {"h": HOST},
        "components": {"db": {"kind": "database", "host": "h", "stores": ["record"]}},
        **said,
    }
    return audit(parse_description("infra.yaml", json.dumps(whole).encode(), known().catalogue), known(), Request(on))


def found(result: Report, rule: str, subject: str = "h") -> Finding:
    return next(item for item in result.findings if item.rule == rule and item.subject.id == subject)


def transfer(rule: str, on: date = DAY, **access: Any) -> Finding:
    host = {**HOST, "remote_access": [{"organisation": "x", **access}], "transfers": []}
    return found(report(on, hosts={"h": host}), rule)


@pytest.mark.parametrize(("day", "verdict"), [(date(2020, 7, 15), "pass"), (date(2020, 7, 16), "fail")])
def test_the_privacy_shield_holds_to_the_eve_of_the_ruling_and_fails_the_article_it_invokes(day: date, verdict: str) -> None:
    access = {"country": "US", "basis": "privacy-shield"}
    assert transfer("GDPR-45-ADEQUACY", day, **access).verdict == verdict
    assert transfer("GDPR-44-TRANSFER", day, **access).verdict == "pass"


def test_the_framework_of_2023_is_neither_invalid_nor_safe() -> None:
    unseen = transfer("GDPR-45-ADEQUACY", country="US", basis="dpf")
    assert (unseen.verdict, unseen.missing) == ("unknown", ("hosts.h.remote_access.0.assessed",))
    assert transfer("GDPR-45-ADEQUACY", country="US", basis="dpf", assessed=False).verdict == "unknown"
    finding = transfer("GDPR-45-ADEQUACY", country="US", basis="dpf", assessed="2026-01-10")
    assert (finding.verdict, finding.confidence) == ("pass", "medium")
    assert finding.reason is not None
    assert transfer("GDPR-45-ADEQUACY", date(2023, 7, 9), country="US", basis="dpf").verdict == "fail"


@pytest.mark.parametrize("country", ["GB", "CH"])
def test_the_united_kingdom_and_switzerland_are_adequate(country: str) -> None:
    assert transfer("GDPR-45-ADEQUACY", country=country).verdict == "pass"


def test_storage_in_the_union_by_the_subsidiary_of_an_american_group_is_no_transfer() -> None:
    host = {"provider": "aws", "service": "iaas", "region": "eu-west-3", "replicated_to": [], "remote_access": [], "transfers": []}
    result = report(hosts={"h": host})
    assert found(result, "GDPR-44-TRANSFER").verdict == "pass"
    assert found(result, "GDPR-45-ADEQUACY").verdict == "not-applicable"


def test_a_country_without_adequacy_needs_an_assessment_beside_its_clauses() -> None:
    said: Plain = {"country": "TN", "basis": "scc"}
    assert transfer("GDPR-46-ASSESSED", **said, assessed="2026-01-10").verdict == "pass"
    assert transfer("GDPR-46-ASSESSED", **said, assessed=False).verdict == "fail"
    assert transfer("GDPR-46-ASSESSED", **said).verdict == "unknown"


def test_a_derogation_is_left_to_a_person() -> None:
    assert transfer("GDPR-49-DEROGATION", country="TN", basis="derogation").verdict == "manual"


def test_a_german_page_with_trackers_is_unknown_and_a_french_one_fails() -> None:
    flows = [{"id": "f", "from": "patients", "to": "meter", "data": ["record"], "consent": "none"}]
    hosts = {"h": HOST, "meter": {"provider": "x", "service": "advertising"}}
    german = {**ORGANISATIONS, "pub": {"country": "DE", "parent": False}}
    assert found(report(date(2021, 6, 15), hosts=hosts, flows=flows), "LIL-82-CONSENT", "f").verdict == "fail"
    assert found(report(date(2021, 6, 15), hosts=hosts, flows=flows, organisations=german), "LIL-82-CONSENT", "f").verdict == "unknown"
    ended = [{**flows[0], "ended": "2021-06-25"}]
    assert found(report(date(2021, 11, 1), hosts=hosts, flows=ended), "LIL-82-CONSENT", "f").verdict == "not-applicable"


def test_the_deceased_leave_the_regulation() -> None:
    data = {"record": {**RECORD, "subjects": ["deceased"], "legal_basis": False, "retention": False}}
    result = report(data=data)
    assert {found(result, rule, "record").verdict for rule in ("GDPR-6-BASIS", "GDPR-9-EXCEPTION", "GDPR-5-1-E-RETENTION")} == {
        "not-applicable"
    }


def test_a_shorter_retention_of_medical_records_is_never_better() -> None:
    short = {"active": "P1Y", "archive": "P1Y", "basis": "medical-record"}
    long = {"active": "P20Y", "archive": "P20Y", "basis": "medical-record"}
    assert found(report(data={"record": {**RECORD, "retention": short}}), "CNIL-2020-081-FLOOR", "record").verdict == "fail"
    assert found(report(data={"record": {**RECORD, "retention": long}}), "CNIL-2020-081-FLOOR", "record").verdict == "pass"


@pytest.mark.parametrize(("day", "verdict"), [(date(2025, 12, 31), "pass"), (date(2026, 1, 1), "fail")])
def test_triple_des_ends_with_2025(day: date, verdict: str) -> None:
    components = {"db": {"kind": "database", "host": "h", "stores": ["record"], "encryption": [{"layer": "volume", "algorithm": "3DES"}]}}
    assert found(report(day, components=components), "ISO-8-24-ALGORITHM", "db").verdict == verdict


def test_encryption_at_rest_logs_and_several_factors_are_recommended_here() -> None:
    """GDPR 32 asks for what is appropriate: no single measure is mandatory by it."""
    levels = {rule.id: rule.level for rule in known().rules if any(control.startswith("gdpr:32.1.") for control in rule.controls)}
    assert levels
    assert set(levels.values()) == {"recommended"}
    guidance = ("cnil:", "anssi-tls:", "anssi-crypto:", "pgssi-s:", "wp29:")
    law = [rule for rule in known().rules if rule.id.startswith(GDPR_PREFIXES) and rule.level == "mandatory"]
    assert [rule.id for rule in law if rule.controls and all(control.startswith(guidance) for control in rule.controls)] == []


def test_a_large_scale_is_held_with_medium_confidence() -> None:
    data = {"record": {**RECORD, "controller": ["pub"]}}
    application = {"name": "Example", "operator": "pub", "persons": 10_000}
    finding = found(report(data=data, application=application, governance={"dpia": [], "dpo": False}), "GDPR-35-DPIA", "application")
    assert (finding.verdict, finding.confidence) == ("fail", "medium")


def test_what_binds_the_controller_is_not_failed_on_a_publisher_that_only_works_for_practices() -> None:
    application = {"name": "Example", "operator": "pub", "persons": 50_000}
    result = report(application=application, governance={"dpia": [], "privacy_notice": False, "record_of_processing": False})
    of_the_controller = ("GDPR-13-NOTICE", "GDPR-30-1-RECORD", "GDPR-35-DPIA")
    assert {found(result, rule, "application").verdict for rule in of_the_controller} == {"not-applicable"}
    assert found(result, "GDPR-30-2-RECORD", "application").verdict == "fail"


def test_logs_said_to_hold_no_health_data_pass_with_a_document_only() -> None:
    """Of the system and of each component that handles health data."""
    clean = {"contains_health_data": False}
    components = {"db": {"kind": "database", "host": "h", "stores": ["record"], "logging": clean}}
    said: Plain = {"logging": clean, "components": components}
    scans = [{"for": f"{of}logging.contains_health_data", "document": "evidence/scan.pdf"} for of in ("", "components.db.")]
    assert found(report(**said), "GDPR-5-1-C-LOGS", "application").verdict == "unknown"
    assert found(report(**said, evidence=scans[:1]), "GDPR-5-1-C-LOGS", "application").verdict == "unknown"
    assert found(report(**said, evidence=scans), "GDPR-5-1-C-LOGS", "application").verdict == "pass"


def test_each_letter_of_article_28_has_a_rule_of_its_own() -> None:
    clauses = [letter for letter in "abcdefgh" if letter != "e"]
    host = {**HOST, "contract": {"signed": "2025-01-01", "data_processing_agreement": {"signed": "2025-01-01", "clauses": clauses}}}
    result = report(hosts={"h": host})
    verdicts = {letter: found(result, f"GDPR-28-3-{letter.upper()}").verdict for letter in "abcdefgh"}
    assert verdicts == {**dict.fromkeys("abcdefgh", "pass"), "e": "fail"}


def test_every_requirement_of_the_regulation_that_a_description_can_show_has_a_rule() -> None:
    cited = {control for rule in known().rules for control in (*rule.controls, rule.attest)}
    asked = [item for item in known().frameworks if item.id.startswith("gdpr:") and item.kind == "requirement"]
    assert [item.id for item in asked if item.id not in cited] == []
