"""A flow that is given an identifier, or another, is the same flow: a baseline neither counts it as fixed nor as introduced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hds_audit.model.report import Report, SubjectRef
from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.baseline import beside
from hds_audit.pipeline.check import check, known
from hds_audit.pipeline.comparison import compare
from hds_audit.pipeline.same_flows import as_named_now

DAY = date(2026, 11, 22)
HEAD = """
format: hds-audit/1
application: {name: A}
data:
  record: {health: nature, collected_in: [care], identifiability: identified}
hosts:
  h: {provider: scaleway, service: iaas, region: fr-par}
components:
  web: {kind: application, host: h, processes: [record]}
  db: {kind: database, host: h, stores: [record]}
flows:
"""
CLEAR = "{from: web, to: db, data: [record], transport: {protocol: postgresql, tls: false}"


def audit(folder: Path, *flows: str) -> Report:
    path = folder / "infra.yaml"
    path.write_text(HEAD + "".join(f"  - {flow}\n" for flow in flows))
    return check(str(path), known(), Request(DAY))


def flow_states(report: Report) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        if finding.subject.kind == "flow" and finding.state:
            found.setdefault(finding.subject.id, set()).add(finding.state)
    return found


@pytest.mark.parametrize(("then", "now"), [("}", ", id: queries}"), (", id: queries}", "}"), (", id: queries}", ", id: sql}")])
def test_a_flow_with_another_identifier_is_not_introduced(tmp_path: Path, then: str, now: str) -> None:
    before = audit(tmp_path, CLEAR + then)
    compared = beside(audit(tmp_path, CLEAR + now), before)
    assert {state for states in flow_states(compared).values() for state in states} == {"unchanged"}
    assert compared.resolved == ()


def test_one_more_flow_between_the_same_ends_is_introduced(tmp_path: Path) -> None:
    before = audit(tmp_path, CLEAR + ", id: a}")
    compared = beside(audit(tmp_path, CLEAR + ", id: a}", CLEAR + ", id: b}"), before)
    states = flow_states(compared)
    assert states["a"] == {"unchanged"}
    assert states["b"] == {"introduced"}


def test_flows_of_one_identifier_are_the_same_and_the_others_follow_in_order(tmp_path: Path) -> None:
    before = audit(tmp_path, CLEAR + ", id: a}", CLEAR + ", id: b}", "{from: db, to: web}")
    now = audit(tmp_path, CLEAR + ", id: c}", CLEAR + ", id: a}", "{from: db, to: web, id: back}")
    names = {finding.subject.id for finding in as_named_now(before, now) if finding.subject.kind == "flow"}
    assert names == {"a", "c", "back"}
    assert SubjectRef("flow", "b") in {finding.subject for finding in before.findings}


def test_the_difference_of_two_reports_knows_the_flow_again(tmp_path: Path) -> None:
    before = audit(tmp_path, CLEAR + "}")
    changes = compare(before, audit(tmp_path, CLEAR + ", id: queries}")).changes
    assert [change for change in changes if change.finding.subject.kind == "flow"] == []
