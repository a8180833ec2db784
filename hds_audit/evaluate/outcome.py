"""From findings to an outcome and an exit code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hds_audit.errors import (
    EXIT_COMPLIANT,
    EXIT_FAULT,
    EXIT_NON_COMPLIANT,
    EXIT_NOT_ESTABLISHED,
    EXIT_WAIVED,
)
from hds_audit.model.report import VERDICTS, Finding, GateView, Outcome, RuleView
from hds_audit.model.summary import WORST_FIRST

CODES: dict[Outcome, int] = {
    "fault": EXIT_FAULT, "non-compliant": EXIT_NON_COMPLIANT, "not-established": EXIT_NOT_ESTABLISHED,
    "waived": EXIT_WAIVED, "compliant": EXIT_COMPLIANT,
}  # fmt: skip


def worst(codes: Iterable[int]) -> int:
    """The exit code of several audits: the first that any of them has, by DESIGN's order; nothing audited is not established."""
    met = {code if code in WORST_FIRST else EXIT_FAULT for code in codes}
    return next((code for code in WORST_FIRST if code in met), EXIT_NOT_ESTABLISHED)


class Decision(NamedTuple):
    """The outcome, its exit code, and how many requirements wait for a person's answer."""

    outcome: Outcome
    exit_code: int
    to_attest: int


def gated(findings: Sequence[Finding], rules: Mapping[str, RuleView], gate: GateView) -> Iterator[Finding]:
    """The findings that count at the gate."""
    counting = {rule_id for rule_id, rule in rules.items() if rule.counts_at(gate)}
    return (finding for finding in findings if finding.rule in counting)


def decide(findings: Sequence[Finding], rules: Mapping[str, RuleView], gate: GateView) -> Decision:
    """The first that holds of fault, non-compliant, not-established, waived, compliant (DESIGN: exit codes)."""
    met = Counter(_weight(finding) for finding in gated(findings, rules, gate))
    to_attest = sum(finding.verdict == "manual" for finding in findings)
    outcome = _outcome(met, gate)
    return Decision(outcome, CODES[outcome], to_attest)


def _weight(finding: Finding) -> str:
    return "waived" if finding.waiver is not None and finding.verdict == "fail" else finding.verdict


def _outcome(met: Counter[str], gate: GateView) -> Outcome:
    if met["error"]:
        return "fault"
    if met["fail"]:
        return "non-compliant"
    if (met["unknown"] and gate.on_unknown == "fail") or (met["manual"] and gate.require_attestations):
        return "not-established"
    if met["waived"]:
        return "waived"
    return "compliant" if met["pass"] else "not-established"


def counted(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings have each verdict; waived ones are fails, and counted beside them."""
    met = Counter(finding.verdict for finding in findings)
    waived = sum(finding.waiver is not None for finding in findings)
    return {**{verdict: met[verdict] for verdict in VERDICTS}, "waived": waived}
