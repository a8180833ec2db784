"""What becomes of a requirement: what is judged of it says nothing of the part that is not."""

from __future__ import annotations

from datetime import date

import pytest

from hds_audit.evaluate.attestation import Attestation
from hds_audit.evaluate.coverage import Evidence, coverage
from hds_audit.evaluate.requirements import sheet
from hds_audit.model.format.proofs import ATTESTATION
from hds_audit.model.framework import Control, Framework, Visibility, assemble
from hds_audit.model.record import Record
from hds_audit.model.report import CoverageRow, Finding, RuleView, SubjectRef, Verdict
from hds_audit.model.text import Text

DAY = date(2026, 11, 22)
SAID = Text("said", "dit")
WHOLE = SubjectRef("application", "application")


def control(name: str, visibility: Visibility) -> Control:
    return Control(name, "text", "gdpr", SAID, SAID, "law", "requirement", ("controller",), date(2018, 5, 25), None, (), visibility, SAID)


def rule(name: str, *controls: str, attest: bool = False) -> RuleView:
    requires = None if attest else SAID
    return RuleView(name, "gdpr", SAID, controls, (), "mandatory", "high", "controller", "application", SAID, SAID, SAID, requires, ())


def row(
    visibility: Visibility, verdicts: dict[str, Verdict], *, attest: tuple[str, ...] = (), name: str = "edpb:1", beside: Verdict = "pass",
    given: tuple[Attestation, ...] = (),
) -> CoverageRow:  # fmt: skip
    """The row of a control whose rules gave these verdicts, beside one of the same text that gave another."""
    other = f"{name}-beside"
    rules = {each: rule(each, name, attest=each in attest) for each in verdicts} | {"beside": rule("beside", other)}
    found = [Finding(each, WHOLE, verdict, ()) for each, verdict in {**verdicts, "beside": beside}.items()]
    controls = (control(name, visibility), control(other, "judged"))
    text = Framework("text", "gdpr", ("edpb",), SAID, "1", "law", date(2018, 5, 25), None, (), controls)
    return coverage(sheet(assemble((text,)), rules, DAY), Evidence(found, (), given))[0]


def answered(status: str) -> tuple[Attestation, ...]:
    said = {"status": status, "by": "DPO", "date": "2026-01-01", "reason": "none"}
    return (Attestation("edpb:1", "", Record(ATTESTATION, "edpb:1", "attestations.edpb:1", said, {}, 0), counts=True),)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ({"a": "not-applicable"}, "manual"), ({"a": "not-applicable", "b": "not-applicable"}, "manual"), ({"a": "not-applicable", "b": "pass"}, "manual"),
        ({"a": "not-applicable", "b": "unknown"}, "unknown"), ({"a": "not-applicable", "b": "fail"}, "fail"), ({}, "manual"),
    ],
)  # fmt: skip
def test_a_control_judged_in_part_is_at_best_manual(verdicts: dict[str, Verdict], expected: Verdict) -> None:
    assert row("part", verdicts).verdict == expected


def test_what_is_judged_whole_does_not_apply_where_its_rules_do_not() -> None:
    assert row("judged", {"a": "not-applicable"}).verdict == "not-applicable"


@pytest.mark.parametrize("visibility", ["part", "attestation"])
def test_a_rule_that_asks_a_person_for_the_whole_shows_that_nothing_of_it_applies(visibility: Visibility) -> None:
    assert row(visibility, {"a": "not-applicable"}, attest=("a",)).verdict == "not-applicable"
    assert row(visibility, {"a": "not-applicable", "b": "not-applicable"}, attest=("a",)).verdict == "not-applicable"
    assert row(visibility, {"a": "manual", "b": "not-applicable"}, attest=("a",)).verdict == "manual"
    assert row(visibility, {"a": "not-applicable", "b": "pass"}, attest=("a",)).verdict == "manual"


def test_a_text_none_of_whose_rules_applies_to_anything_binds_nobody() -> None:
    assert row("part", {"a": "not-applicable"}, name="gdpr:1", beside="not-applicable").verdict == "not-applicable"
    assert row("part", {"a": "not-applicable"}, name="gdpr:1", beside="pass").verdict == "manual"
    assert row("part", {"a": "not-applicable"}, name="edpb:1", beside="not-applicable").verdict == "manual"


def test_a_person_may_say_that_it_does_not_apply() -> None:
    assert row("part", {"a": "not-applicable"}, given=answered("not-applicable")).verdict == "not-applicable"
    assert row("part", {"a": "not-applicable"}, given=answered("implemented")).verdict == "pass"
