"""Rules that a person answers, where it is not known whether they apply."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from hds_audit.model.report import Finding
from hds_audit.model.rule import Example
from hds_audit.pipeline.examples import run_examples
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


def outsourced(status: str = "", **development: object) -> Finding:
    """The finding on outsourced development, with what is said of it and what a person answered."""
    answer = {"status": status, "by": "RSSI", "date": "2026-09-01", "reason": "none"}
    given: dict[str, object] = {"governance": {"development": development}, **({"attestations": {"iso27001:A.8.30": answer}} if status else {})}
    rule = next(item for item in known().rules if item.id == "ISO-8-30-OUTSOURCED")
    (ran,) = run_examples(rule._replace(examples=(Example("pass", "application", date(2026, 11, 22), given),)), known())
    assert ran.finding is not None, ran.found
    return ran.finding


def test_whether_anything_is_to_be_answered_is_asked_first() -> None:
    finding = outsourced()
    assert (finding.verdict, finding.missing) == ("unknown", ("governance.development.outsourced",))
    assert finding.message is not None
    assert "`governance.development.outsourced`" in finding.message.en
    assert outsourced(outsourced=True).verdict == "manual"
    assert outsourced(outsourced=[]).verdict == "not-applicable"


@pytest.mark.parametrize(("status", "expected"), [("implemented", "pass"), ("not-implemented", "fail"), ("not-applicable", "not-applicable")])
def test_an_answer_counts_whether_or_not_it_is_known_to_be_due(status: str, expected: str) -> None:
    assert outsourced(status).verdict == expected
    assert outsourced(status, outsourced=True).verdict == expected
