"""SARIF, as the standard has it and as code scanning reads it."""

import gzip
import json
import re

import pytest
import schemas
from factory import FINDINGS, HOSTILE, empty, finding, hostile, report, rule

from hds_audit.model.place import Place
from hds_audit.model.report import InputView
from hds_audit.report.format import Style
from hds_audit.report.sarif import FORMAT, MOST_RESULTS

CASES = {"whole": report(), "empty": empty(), **{f"hostile-{number}": hostile(text) for number, text in enumerate(HOSTILE)}}
CASES["huge"] = hostile("é|<b>\x00" * 200_000)


def run(made, language="en"):
    return json.loads(b"".join(FORMAT.render(made, Style(language))))["runs"][0]


def results(made):
    return {item["partialFingerprints"]["hdsAuditFinding/v1"]: item for item in run(made)["results"]}


@pytest.fixture(scope="module")
def by_oasis():
    return schemas.validator(schemas.sarif())


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_schema_of_oasis_accepts_it(by_oasis, name, language):
    log = json.loads(b"".join(FORMAT.render(CASES[name], Style(language))))
    assert schemas.errors(by_oasis, log) == []


def test_the_schema_refuses_what_is_wrong(by_oasis):
    assert schemas.errors(by_oasis, {"version": "2.1.0", "runs": [{"results": [{"kind": "waived"}]}]})


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("infra.yaml", "hds-audit/infra.yaml/"),
        ("./clients/a/infra.yaml", "hds-audit/clients/a/infra.yaml/"),
        ("clients\\b c\\infra.yaml", "hds-audit/clients/b c/infra.yaml/"),
        ("/srv/../srv/a.yaml", "hds-audit/srv/../srv/a.yaml/"),
        ("é\x1b[2J.yaml", "hds-audit/é\ufffd[2J.yaml/"),
    ],
)
def test_each_description_is_a_category_of_its_own(path, category):
    made = report(inputs=(InputView(path, "c" * 64), InputView("governance.yaml", "d" * 64)))
    assert run(made)["automationDetails"]["id"] == category


def test_without_an_input_the_category_is_the_program():
    assert run(report(inputs=()))["automationDetails"]["id"] == "hds-audit/"


def test_verdicts_are_kinds_and_severities_levels():
    made = results(report())
    said = {key: (item["kind"], item["level"]) for key, item in made.items()}
    assert said["HDS-28-STORAGE/component/copies"] == ("fail", "error")
    assert said["LAW-UC6/component/db"] == ("fail", "error")
    assert said["HDS-CLAUSE-01/host/mailer"] == ("open", "none")
    assert said["HDS-SECRECY/application/application"] == ("review", "none")
    assert said["ISO-A824/component/db"] == ("fail", "note")


def test_passes_are_counted_and_are_no_alerts():
    made = run(report())
    assert not {item["kind"] for item in made["results"]} & {"pass", "notApplicable"}
    quiet = sum(item.verdict in ("pass", "not-applicable") for item in FINDINGS)
    assert made["properties"]["resultsLeftOut"] == quiet
    assert made["properties"]["counts"]["pass"] == report().counts["pass"]


def test_every_result_has_a_place_and_points_to_its_rule():
    made = run(report())
    ids = [item["id"] for item in made["tool"]["driver"]["rules"]]
    for result in made["results"]:
        assert result["locations"]
        assert ids[result["ruleIndex"]] == result["ruleId"]


def test_other_places_stand_beside_the_first():
    result = results(report())["HDS-28-STORAGE/component/copies"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 60
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 40


def test_a_path_to_the_data_is_a_code_flow():
    (flow,) = results(report())["LAW-UC6/component/db"]["codeFlows"]
    steps = flow["threadFlows"][0]["locations"]
    assert len(steps) == 6
    assert steps[0]["location"]["physicalLocation"]["region"]["startLine"] == 12
    assert "catalogue: laws.us:cloud-act" in steps[-1]["location"]["message"]["text"]


def test_an_accepted_risk_is_a_suppression_and_stays_a_fail():
    result = results(report())["SNC-19-6/host/mailer"]
    assert (result["kind"], result["suppressions"][0]["status"]) == ("fail", "accepted")
    assert "DSI" in result["suppressions"][0]["justification"]


def test_what_is_new_since_the_baseline_says_so():
    made = results(report())
    assert made["HDS-28-STORAGE/component/copies"]["baselineState"] == "new"
    assert "baselineState" not in made["LAW-UC6/component/db"]


def test_references_are_taxa_that_exist():
    made = run(report())
    (taxonomy,) = made["taxonomies"]
    known = {item["id"] for item in taxonomy["taxa"]}
    cited = {item["target"]["id"] for each in made["tool"]["driver"]["rules"] for item in each["relationships"]}
    assert cited <= known
    assert taxonomy["name"] == "texts"


def test_moving_lines_changes_no_fingerprint():
    moved = tuple(item._replace(place=Place("other.yaml", 999, 1)) for item in FINDINGS)
    assert results(report()).keys() == results(report(findings=moved)).keys()


def test_a_rule_has_no_more_tags_than_code_scanning_takes():
    made = run(report(rules={"R": rule("R", controls=tuple(f"csp:{number}" for number in range(40)))}, findings=()))
    assert len(made["tool"]["driver"]["rules"][0]["properties"]["tags"]) == 20


def test_many_findings_stay_within_what_code_scanning_takes_fails_first():
    many = tuple(finding("HDS-CLAUSE-01", "host", f"h{number}", "unknown", place=Place("infra.yaml", 1, 1)) for number in range(30_000))
    made = report(findings=(*many, finding("ISO-A824", "component", "last", "fail")))
    content = b"".join(FORMAT.render(made, Style()))
    kept = json.loads(content)["runs"][0]["results"]
    assert (len(kept), kept[0]["ruleId"]) == (MOST_RESULTS, "ISO-A824")
    assert len(gzip.compress(content)) < 10_000_000


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_carry_no_control_nor_direction(text):
    log = b"".join(FORMAT.render(hostile(text), Style("fr"))).decode()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]|\\\\u00[01][0-8bcef]|\\\\u202", log)
    assert "javascript:" not in {
        item["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(log)["runs"][0]["results"]
        for item in result["locations"]
    }


def test_the_same_report_gives_the_same_bytes():
    assert b"".join(FORMAT.render(report(), Style())) == b"".join(FORMAT.render(report(), Style()))
