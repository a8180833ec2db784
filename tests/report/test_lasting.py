"""How long a pass lasts, as OSCAL observations say it."""

import json
from datetime import date

import pytest
import schemas
from factory import ATTESTATIONS, FACTS, finding, report, rule

from hds_audit.model.report import Expiring, FactView
from hds_audit.model.text import Text
from hds_audit.report.format import Style
from hds_audit.report.oscal import FORMAT
from hds_audit.report.views.lasting import expires, last_day, last_days


def observations(made):
    return json.loads(b"".join(FORMAT.render(made, Style())))["assessment-results"]["results"][0]["observations"]


CERTIFIED = (*FACTS, FactView("certificates.cloud-hds", "cloud-hds", "declared", None, ""), FactView("hosts.cloud.covered", True, "derived", None, "", (len(FACTS),)))  # fmt: skip
INDIRECT = len(FACTS) + 1
PASSES = (finding("HDS-CLAUSE-01", "host", "cloud", "pass", facts=(INDIRECT,)),)


@pytest.mark.parametrize(("said", "expected"), [
    ("2027-05-01", date(2027, 5, 1)), ("2024-11", date(2024, 11, 30)), ("2024-02", date(2024, 2, 29)), ("2024-13", None), ("2024-02-30", None),
    ("0000-01", None), ("2024", None), ("", None), ("2024-11-30T00:00", None), ("٢٠٢٤-11", None),
])  # fmt: skip
def test_a_month_ends_on_its_last_day_and_nonsense_never(said, expected):
    assert last_day(said) == expected


def test_a_pass_lasts_as_long_as_the_certificate_it_comes_down_to():
    made = report(facts=CERTIFIED, findings=PASSES)
    assert expires(made, made.rules["HDS-CLAUSE-01"], PASSES, last_days(made)) == date(2027, 5, 1)
    (observation,) = observations(made)
    assert observation["expires"] == "2027-05-01T23:59:59Z"


def test_the_first_of_several_ends_it_and_what_ended_before_does_not():
    made = report(
        facts=CERTIFIED, findings=PASSES, expiring=(Expiring("catalogued-certificate", "other", date(2026, 12, 1), Text("", "")),)
    )
    made = made._replace(facts=(*CERTIFIED, FactView("certificates.other", "other", "catalogued", None, "")))
    both = (PASSES[0]._replace(facts=(INDIRECT, len(CERTIFIED))),)
    assert expires(made, made.rules["HDS-CLAUSE-01"], both, last_days(made)) == date(2026, 12, 1)
    later = made._replace(as_of=date(2026, 12, 2))
    assert expires(later, later.rules["HDS-CLAUSE-01"], both, last_days(later)) == date(2027, 5, 1)


def test_an_answer_that_counts_ends_what_it_answers_and_one_that_does_not_count_says_nothing():
    asked = rule("ISO-A63", "iso27001", controls=("iso27001:A.6.3",), requires=None)
    made = report(rules={"ISO-A63": asked}, findings=(finding("ISO-A63", "application", "application", "pass"),), coverage=())
    (observation,) = observations(made)
    assert observation["expires"] == "2027-08-31T23:59:59Z"
    silent = made._replace(attestations=tuple(item._replace(counts=False) for item in ATTESTATIONS))
    assert "expires" not in observations(silent)[0]


def test_fails_and_what_rests_on_no_certificate_do_not_end():
    made = report(
        facts=CERTIFIED, findings=(PASSES[0]._replace(verdict="fail"), finding("GDPR-32-REST", "component", "db", "pass", facts=(1,)))
    )
    assert all("expires" not in item for item in observations(made))


def test_facts_in_a_circle_end_as_well():
    facts = (FactView("a", 1, "derived", None, "", (1,)), FactView("b", 1, "derived", None, "", (0, 99)))
    made = report(facts=facts, findings=(finding("HDS-CLAUSE-01", "host", "cloud", "pass", facts=(0,)),))
    assert expires(made, made.rules["HDS-CLAUSE-01"], made.findings, last_days(made)) is None


def test_the_schema_accepts_it():
    made = report(facts=CERTIFIED, findings=PASSES)
    results = json.loads(b"".join(FORMAT.render(made, Style())))
    assert schemas.errors(schemas.validator(schemas.oscal("assessment-results")), results) == []
