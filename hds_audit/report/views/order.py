"""What comes first: findings as a person should read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hds_audit.model.report import Finding, Report, RuleView
from hds_audit.model.rule import LEVELS, SEVERITIES


def weightiest_first(findings: Iterable[Finding], rules: Mapping[str, RuleView]) -> list[Finding]:
    """By level, then by severity, then by rule and subject."""
    return sorted(
        findings,
        key=lambda finding: (
            LEVELS.index(rules[finding.rule].level),
            SEVERITIES.index(rules[finding.rule].severity),
            finding.rule,
            finding.subject,
        ),
    )


def blocking(report: Report) -> list[Finding]:
    """The fails at the gate that no waiver covers, the weightiest first."""
    fails = (finding for finding in report.findings if finding.verdict == "fail" and finding.waiver is None)
    return weightiest_first((item for item in fails if report.rules[item.rule].counts_at(report.gate)), report.rules)


def beyond_gate(report: Report) -> list[Finding]:
    """The fails that the gate does not count and no waiver covers, the weightiest first."""
    fails = (finding for finding in report.findings if finding.verdict == "fail" and finding.waiver is None)
    return weightiest_first((item for item in fails if not report.rules[item.rule].counts_at(report.gate)), report.rules)
