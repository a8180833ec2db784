"""What became of each requirement of each text: a control is never green because nothing looked at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation
from hds_audit.model.framework import Control, Frameworks
from hds_audit.model.report import Basis, CoverageRow, Finding, Judged, RuleView, Verdict

_WORST: tuple[Verdict, ...] = ("error", "fail", "unknown", "manual", "pass", "not-applicable")


class Evidence(NamedTuple):
    """What coverage reads: findings, their rules, the origins of facts and the answers given."""

    findings: Sequence[Finding]
    rules: Mapping[str, RuleView]
    origins: Sequence[str]
    given: tuple[Attestation, ...]


def coverage(frameworks: Frameworks, evidence: Evidence, on: date) -> tuple[CoverageRow, ...]:
    """A row for each requirement, in the order of the texts."""
    verdicts, bases = _by_rule(evidence)
    rules_of: defaultdict[str, list[str]] = defaultdict(list)
    for rule in evidence.rules.values():
        for control in rule.controls if rule.ours else ():
            rules_of[control].append(rule.id)
    return tuple(_row(control, rules_of[control.id], verdicts, bases, evidence.given, on) for control in frameworks)


def _by_rule(evidence: Evidence) -> tuple[dict[str, set[Verdict]], dict[str, Basis]]:
    verdicts: defaultdict[str, set[Verdict]] = defaultdict(set)
    observed: set[str] = set()
    for finding in evidence.findings:
        verdicts[finding.rule].add(finding.verdict)
        if finding.verdict == "pass" and any(evidence.origins[index] == "observed" for index in finding.facts):
            observed.add(finding.rule)
    bases: dict[str, Basis] = {rule: "observed" if rule in observed else "declared" for rule in verdicts}
    return dict(verdicts), bases


def _row(
    control: Control, rules: list[str], verdicts: Mapping[str, set[Verdict]], bases: Mapping[str, Basis],
    given: tuple[Attestation, ...], on: date,
) -> CoverageRow:  # fmt: skip
    judged = _judged(control, rules)
    met = {verdict for rule in rules for verdict in verdicts.get(rule, ())}
    verdict, basis = _verdict(control, judged, met, [bases[rule] for rule in rules if rule in bases], given)
    if not control.in_force(on):
        verdict, basis = "not-applicable", "none"
    return CoverageRow(
        control.id, control.title, control.framework, verdict, judged, tuple(rules), basis,
        control.addressees[0] if control.addressees else "customer", control.remains, control.in_force(on),
    )  # fmt: skip


def _judged(control: Control, rules: list[str]) -> Judged:
    if control.visibility == "judged":
        return "whole" if rules else "attestation"
    if control.visibility == "part":
        return "part" if rules else "attestation"
    return control.visibility


def _verdict(
    control: Control, judged: Judged, met: set[Verdict], bases: list[Basis], given: tuple[Attestation, ...]
) -> tuple[Verdict, Basis]:  # fmt: skip
    """The worst of its rules; in part it is at best manual, unless a person answered for the rest."""
    worst = next((verdict for verdict in _WORST if verdict in met), None)
    answers = [item for item in given if item.control == control.id and item.counts]
    if worst in ("error", "fail", "unknown"):
        return worst, "declared"
    if worst == "not-applicable" and judged == "whole":
        return "not-applicable", "none"
    if judged == "whole" and worst is not None:
        return worst, _basis(control, bases)
    if answers:
        return _answered(answers, worst)
    return "manual", _basis(control, bases) if worst == "pass" else "none"


def _answered(answers: list[Attestation], worst: Verdict | None) -> tuple[Verdict, Basis]:
    statuses = {item.status for item in answers}
    if "not-implemented" in statuses:
        return "fail", "attested"
    return ("not-applicable" if statuses == {"not-applicable"} and worst != "pass" else "pass"), "attested"


def _basis(control: Control, bases: list[Basis]) -> Basis:
    if control.ask_host or "inherited" in control.basis:
        return "inherited"
    return "observed" if bases and all(basis == "observed" for basis in bases) else "declared"
