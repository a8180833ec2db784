"""What was written before says what would be written now, and nothing of what was changed since."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from hds_audit.model.report import Ready, Report
from hds_audit.model.text import Text
from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check, known
from hds_audit.report.format import Style
from hds_audit.report.json import render

TOMO = Path(__file__).parent.parent.parent / "fixtures" / "tomo" / "infra.yaml"


def written(report: Report) -> bytes:
    return b"".join(render(report, Style("en")))


@pytest.fixture(scope="module", params=[date(2020, 9, 1), date(2026, 11, 22)], ids=str)
def report(request: pytest.FixtureRequest) -> Report:
    return check(str(TOMO), known(), Request(request.param))


def test_what_was_written_before_is_what_would_be_written_now(report: Report) -> None:
    assert set(report.ready.rules) == set(report.rules)
    assert set(report.ready.rows) == {row.control for row in report.coverage}
    assert written(report) == written(report._replace(ready=Ready()))


def test_it_is_what_is_used(report: Report) -> None:
    name, (view, (before, after)) = next(iter(report.ready.rules.items()))
    other = report.ready._replace(rules={**report.ready.rules, name: (view, (before, b',"seen":1' + after))})
    assert json.loads(written(report._replace(ready=other)))["rules"][name]["seen"] == 1


def test_a_rule_that_was_changed_since_is_written_anew(report: Report) -> None:
    name = next(iter(report.rules))
    changed = report.rules[name]._replace(title=Text("hidden", "caché"), remedy=Text("", ""))
    said = json.loads(written(report._replace(rules={**report.rules, name: changed})))["rules"][name]
    assert (said["title"], said["remedy"]) == ({"en": "hidden", "fr": "caché"}, {"en": "", "fr": ""})


def test_a_requirement_that_was_changed_since_is_written_anew(report: Report) -> None:
    first = report.coverage[0]._replace(remains=Text("hidden", "caché"), status="recalled")
    said = json.loads(written(report._replace(coverage=(first, *report.coverage[1:]))))["coverage"][0]
    assert (said["remains"], said["status"]) == ({"en": "hidden", "fr": "caché"}, "recalled")
