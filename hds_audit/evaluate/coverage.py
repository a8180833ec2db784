"""What became of each requirement of each text: a control is never green because nothing looked at it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation
from hds_audit.model.fact import Fact, Origin
from hds_audit.model.framework import Control, Frameworks
from hds_audit.model.report import Basis, CoverageRow, Finding, Judged, RuleView, Verdict

_WORST: tuple[Verdict, ...] = ("error", "fail", "unknown", "manual", "pass", "not-applicable")
_CERTIFICATE = "hds:EXI-01"  # what a certificate of the host answers for, inside its walls
_HOST_TEXT = "hds:"
_SURE: tuple[Basis, ...] = ("inherited", "observed")


class Evidence(NamedTuple):
    """What coverage reads: findings, their rules, what each of the facts comes down to and the answers given."""

    findings: Sequence[Finding]
    rules: Mapping[str, RuleView]
    bases: Sequence[Basis]
    given: tuple[Attestation, ...]


class _Met(NamedTuple):
    """What was met under one rule: its verdicts, and what its passes rest on."""

    verdicts: set[Verdict]
    bases: set[Basis]


def coverage(frameworks: Frameworks, evidence: Evidence, on: date) -> tuple[CoverageRow, ...]:
    """A row for each requirement, in the order of the texts."""
    met = _by_rule(evidence)
    rules_of: defaultdict[str, list[str]] = defaultdict(list)
    for rule in evidence.rules.values():
        for control in rule.controls if rule.ours else ():
            rules_of[control].append(rule.id)
    certified = _all_pass(rules_of[_CERTIFICATE], met)
    return tuple(_row(control, rules_of[control.id], met, evidence.given, on, certified) for control in frameworks)


def _by_rule(evidence: Evidence) -> dict[str, _Met]:
    met: dict[str, _Met] = {}
    for finding in evidence.findings:
        found = met.setdefault(finding.rule, _Met(set(), set()))
        found.verdicts.add(finding.verdict)
        if finding.verdict == "pass" and len(found.bases) < 3:
            found.bases.add(_basis_of(finding, evidence.bases))
    return met


def _basis_of(finding: Finding, bases: Sequence[Basis]) -> Basis:
    """What one pass rests on: a certificate, an observation or what is declared."""
    met = {bases[index] for index in finding.facts}
    return next((basis for basis in _SURE if basis in met), "declared")


def bases_of(facts: Sequence[Fact], because: Sequence[tuple[int, ...]]) -> list[Basis]:
    """What each fact comes down to through all that it rests on; what a fact rests on stands before it in the table."""
    found: list[Basis] = []
    for fact, premises in zip(facts, because, strict=True):
        if fact.path.startswith("certificates.") or fact.source.startswith("catalogue: certificates"):
            found.append("inherited")
        else:
            met = {found[premise] for premise in premises}
            seen = fact.origin is Origin.OBSERVED or "observed" in met
            found.append("inherited" if "inherited" in met else "observed" if seen else "declared")
    return found


def _all_pass(rules: list[str], met: Mapping[str, _Met]) -> bool:
    verdicts = {verdict for rule in rules if rule in met for verdict in met[rule].verdicts}
    return "pass" in verdicts and verdicts <= {"pass", "not-applicable"}


def _row(
    control: Control, rules: list[str], met: Mapping[str, _Met], given: tuple[Attestation, ...], on: date, certified: bool
) -> CoverageRow:  # fmt: skip
    judged = _judged(control, rules)
    verdict, basis = _verdict(control, judged, [met[rule] for rule in rules if rule in met], given, certified)
    if not control.in_force(on) or control.kind != "requirement":
        verdict, basis = "not-applicable", "none"
    return CoverageRow(
        control.id, control.title, control.framework, verdict, judged, tuple(rules), basis,
        control.addressees[0] if control.addressees else "customer", control.remains, control.in_force(on), control.kind,
    )  # fmt: skip


def _judged(control: Control, rules: list[str]) -> Judged:
    if control.visibility in ("judged", "part") and not rules:
        return "attestation"
    return "whole" if control.visibility == "judged" else control.visibility


def _verdict(
    control: Control, judged: Judged, met: list[_Met], given: tuple[Attestation, ...], certified: bool
) -> tuple[Verdict, Basis]:  # fmt: skip
    """The worst of its rules; in part it is at best manual, unless a person answered for the rest."""
    verdicts = {verdict for each in met for verdict in each.verdicts}
    worst = next((verdict for verdict in _WORST if verdict in verdicts), None)
    bases = {basis for each in met for basis in each.bases}
    if worst in ("error", "fail", "unknown"):
        return worst, _basis(bases) if bases else "declared"
    if judged == "whole" and worst in ("pass", "not-applicable"):
        return worst, _basis(bases)
    answers = [item for item in given if item.control == control.id and item.counts]
    if answers:
        return _answered(answers, worst)
    if judged == "invisible" and certified and control.id.startswith(_HOST_TEXT):
        return "pass", "inherited"
    return ("not-applicable" if worst == "not-applicable" else "manual"), _basis(bases)


def _answered(answers: list[Attestation], worst: Verdict | None) -> tuple[Verdict, Basis]:
    statuses = {item.status for item in answers}
    if "not-implemented" in statuses:
        return "fail", "attested"
    return ("not-applicable" if statuses == {"not-applicable"} and worst != "pass" else "pass"), "attested"


def _basis(bases: set[Basis]) -> Basis:
    """The weakest of what passes rest on."""
    return next((basis for basis in ("declared", "inherited", "observed") if basis in bases), "none")
