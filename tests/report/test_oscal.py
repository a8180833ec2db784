"""OSCAL assessment results and their catalog."""

import base64
import json
from collections import Counter

import pytest
import schemas
from factory import HOSTILE, empty, finding, hostile, report, rule

from hds_audit.report.format import Style
from hds_audit.report.oscal import FORMAT
from hds_audit.report.oscal_catalog import FORMAT as CATALOG
from hds_audit.report.views.oscal_ids import token


def results(made, language="en"):
    return json.loads(b"".join(FORMAT.render(made, Style(language))))["assessment-results"]


def catalog(made, language="en"):
    return json.loads(b"".join(CATALOG.render(made, Style(language))))["catalog"]


@pytest.fixture(scope="module")
def by_nist():
    return schemas.validator(schemas.oscal("assessment-results")), schemas.validator(schemas.oscal("catalog"))


CASES = {"whole": report(), "empty": empty(), **{f"hostile-{number}": hostile(text) for number, text in enumerate(HOSTILE)}}
CASES["huge"] = hostile("é|<b>\x00" * 150_000)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_schemas_of_nist_accept_it(by_nist, name, language):
    assessed, listed = by_nist
    assert schemas.errors(assessed, {"assessment-results": results(CASES[name], language)}) == []
    assert schemas.errors(listed, {"catalog": catalog(CASES[name], language)}) == []


def test_the_schema_refuses_what_is_wrong(by_nist):
    broken = results(report())
    broken["results"][0]["findings"][0]["target"]["status"]["state"] = "partial"
    assert schemas.errors(by_nist[0], {"assessment-results": broken})


def test_verdicts_become_states_and_reasons():
    found = {item["props"][0]["value"]: item["target"]["status"] for item in results(report())["results"][0]["findings"]}
    assert found["HDS-CLAUSE-02"] == {"state": "not-satisfied", "reason": "fail"}
    assert found["ISO-A824"] == {"state": "not-satisfied", "reason": "other"}
    assert found["GDPR-32-REST"] == {"state": "not-satisfied", "reason": "other"}
    assert "HDS-SECRECY" not in found


def test_a_pass_is_satisfied_and_one_that_a_certificate_stands_for_says_so():
    passed = (finding("HDS-28-STORAGE", "component", "db", "pass", facts=(0,)),)
    (found,) = results(report(findings=passed, coverage=()))["results"][0]["findings"]
    assert found["target"]["status"] == {"state": "satisfied", "reason": "pass"}
    inherited = report().coverage[2]._replace(verdict="pass", basis="inherited")
    (found,) = results(report(findings=passed, coverage=(inherited,)))["results"][0]["findings"]
    assert found["target"]["status"] == {"state": "satisfied", "reason": "other"}


def test_what_waits_for_a_person_has_no_finding_and_is_named():
    made = results(report())["results"][0]
    assert "to attest HDS-SECRECY" in made["reviewed-controls"]["remarks"]


def test_an_accepted_fail_is_a_risk_and_stays_not_satisfied():
    made = results(report())["results"][0]
    (risk,) = made["risks"]
    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2027-03-31T00:00:00Z")
    carrying = next(item for item in made["findings"] if "related-risks" in item)
    assert carrying["target"]["status"]["state"] == "not-satisfied"
    assert carrying["related-risks"] == [{"risk-uuid": risk["uuid"]}]


def test_every_reference_leads_somewhere():
    document = results(report())
    made = document["results"][0]
    observations = {item["uuid"] for item in made["observations"]}
    components = {item["uuid"] for item in made["local-definitions"]["components"]}
    assert {ref["observation-uuid"] for item in made["findings"] for ref in item["related-observations"]} == observations
    assert {subject["subject-uuid"] for item in made["observations"] for subject in item["subjects"]} <= components
    resources = {item["uuid"]: item for item in document["back-matter"]["resources"]}
    assert document["import-ap"]["href"].lstrip("#") in resources
    carried = next(item["base64"] for item in resources.values() if "base64" in item)
    listed = json.loads(base64.b64decode(carried["value"]))["catalog"]
    controls = [control for group in listed["groups"] for control in group["controls"]]
    objectives = {part["id"] for control in controls for part in control.get("parts", ())}
    assert {item["target"]["target-id"] for item in made["findings"]} <= objectives
    chosen = made["reviewed-controls"]["control-selections"][0]["include-controls"]
    assert {item["control-id"] for item in chosen} <= {control["id"] for control in controls}


@pytest.mark.parametrize(
    "made", [report(), hostile("a b"), report(rules={"R": rule("R", controls=())}, findings=(finding("R", "host", "h", "fail"),))]
)
def test_identifiers_are_unique(made):
    listed = catalog(made)
    ids = [control["id"] for group in listed["groups"] for control in group["controls"]]
    ids += [part["id"] for group in listed["groups"] for control in group["controls"] for part in control.get("parts", ())]
    assert max(Counter(ids).values()) == 1
    found = results(made)["results"][0]
    uuids = [item["uuid"] for table in ("observations", "findings", "risks") for item in found.get(table, ())]
    assert max(Counter(uuids).values()) == 1


def test_tokens_that_lose_something_stay_apart():
    assert token("iso27001:A.8.24") == "iso27001_a.8.24"
    assert len({token(text) for text in ("a b", "a_b", "a:b", "a::b", "a" * 200, "a" * 201, "é", "è", "")}) == 9 - 1  # a_b is a:b


def test_observed_facts_are_tests_and_declared_ones_examinations():
    methods = {
        item["props"][0]["value"]: item["methods"]
        for item in results(report())["results"][0]["observations"]
        if item["props"][1]["value"] == "pass"
    }
    assert methods["GDPR-32-REST"] == ["TEST"]
    assert methods["HDS-28-STORAGE"] == ["EXAMINE"]


def test_the_same_report_gives_the_same_identifiers():
    assert results(report()) == results(report())
    assert results(report())["uuid"] != results(report(as_of=report().as_of.replace(year=2027)))["uuid"]


def test_thousands_of_subjects_are_counted_and_not_all_listed():
    many = tuple(finding("HDS-28-STORAGE", "component", f"c{number}", "pass", facts=(0,)) for number in range(1000))
    (observation,) = results(report(findings=many))["results"][0]["observations"]
    assert len(observation["subjects"]) == 200
    assert observation["remarks"] == "1000 subjects; the first 200 are listed."
