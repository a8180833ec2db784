"""The whole output of each format on the report made by hand; `UPDATE_SNAPSHOTS=1 pytest` writes it anew, to be read before it is kept.

And each format on the audits of the cases: valid, the same twice, and never a verdict that the report does not hold.
"""

import csv
import io
import json
import os
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import schemas
from factory import report

from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check, known
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
FORMATS = {
    "csv": "csv", "github": "txt", "gitlab": "json", "junit": "xml", "letter": "md", "markdown": "md", "oscal": "json",
    "oscal_catalog": "json", "plan": "csv", "sarif": "json",
}  # fmt: skip
CASES = sorted(path.parent.name for path in ROOT.glob("fixtures/*/infra.yaml"))


def rendered(name, made, language):
    return b"".join(format_named(name).render(made, Style(language)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_output_is_the_one_that_was_read(name, language):
    content = rendered(name, report(), language)
    if name == "sarif":
        content = json.dumps(json.loads(content), ensure_ascii=False, indent=1).encode()
    path = SNAPSHOTS / f"{name}.{language}.{FORMATS[name]}"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert content == path.read_bytes()


@pytest.fixture(scope="module")
def audits():
    ours = known()
    when = Request(date(2026, 11, 22), generated="2026-11-22T09:00:00Z")
    return {case: check(str(ROOT / "fixtures" / case / "infra.yaml"), ours, when) for case in CASES}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_audit_gives_the_same_bytes(audits, case, name):
    assert rendered(name, audits[case], "fr") == rendered(name, audits[case], "fr")


@pytest.mark.parametrize("case", ["doctolib-2021-11", "reference"])
def test_schemas_hold_the_audits_of_the_cases(audits, case):
    made = audits[case]
    assert schemas.errors(schemas.validator(schemas.sarif()), json.loads(rendered("sarif", made, "fr"))) == []
    assert schemas.errors(schemas.validator(schemas.oscal("assessment-results")), json.loads(rendered("oscal", made, "fr"))) == []
    assert schemas.errors(schemas.validator(schemas.oscal("catalog")), json.loads(rendered("oscal_catalog", made, "fr"))) == []


@pytest.mark.parametrize("case", CASES)
def test_formats_agree_on_how_many_fails_and_unknowns_there_are(audits, case):
    made = audits[case]
    fails, unknown = made.counts["fail"], made.counts["unknown"]
    rows = list(csv.DictReader(io.StringIO(rendered("csv", made, "fr").decode("utf-8-sig"), newline="")))
    assert [sum(row["verdict"] == verdict for row in rows) for verdict in ("fail", "unknown")] == [fails, unknown]
    run = json.loads(rendered("sarif", made, "fr"))["runs"][0]
    kinds = [result["kind"] for result in run["results"]]
    assert (kinds.count("fail"), kinds.count("open")) == (fails + made.counts["error"], unknown)
    suites = ElementTree.fromstring(rendered("junit", made, "fr"))
    assert len(list(suites.iter("failure"))) == fails
    assert len(json.loads(rendered("gitlab", made, "fr"))) == fails + unknown + made.counts["error"]


@pytest.mark.parametrize("case", CASES)
def test_a_comment_on_a_merge_request_stays_within_what_forges_take(audits, case):
    assert len(rendered("markdown", audits[case], "fr").decode()) < 65_536
