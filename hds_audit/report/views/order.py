"""What comes first: findings as a person should read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hds_audit.model.report import Finding, Report, RuleView, SubjectRef
from hds_audit.model.rule import LEVELS, SEVERITIES

_OF_ONE_RULE = 2


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
    """The fails at the gate that no waiver covers, the weightiest first, and among equals those of things not told yet."""
    fails = (finding for finding in report.findings if finding.verdict == "fail" and finding.waiver is None)
    told = weightiest_first((item for item in fails if report.rules[item.rule].counts_at(report.gate)), report.rules)
    return told_once_first(told, report.rules)


def told_once_first(weightiest: Iterable[Finding], rules: Mapping[str, RuleView]) -> list[Finding]:
    """Findings of one level and severity in their order, save that the third of a rule, or another of a thing told, comes later.

    The application stands for many things: several faults of it are several.
    """
    told: set[SubjectRef] = set()
    of_rule: dict[str, int] = {}
    ranked: list[tuple[int, int, bool, int, Finding]] = []
    for item in weightiest:
        rule = rules[item.rule]
        of_rule[item.rule] = of_rule.get(item.rule, 0) + 1
        again = of_rule[item.rule] > _OF_ONE_RULE or item.subject in told
        ranked.append((LEVELS.index(rule.level), SEVERITIES.index(rule.severity), again, len(ranked), item))
        if item.subject.kind != "application":
            told.add(item.subject)
    return [item for *_, item in sorted(ranked, key=lambda each: each[:4])]


def beyond_gate(report: Report) -> list[Finding]:
    """The fails that the gate does not count and no waiver covers, the weightiest first."""
    fails = (finding for finding in report.findings if finding.verdict == "fail" and finding.waiver is None)
    return weightiest_first((item for item in fails if not report.rules[item.rule].counts_at(report.gate)), report.rules)
