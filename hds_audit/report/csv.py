"""The findings as comma-separated values, passes included; heads, ids and verdicts are machine words, sentences speak the language."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.report import Finding, Report
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views.rows import rendered

HEAD = (
    "fingerprint", "rule", "framework", "title", "controls", "level", "severity", "addressee", "subject_kind", "subject", "verdict",
    "state", "confidence", "reason", "message", "missing", "file", "line", "column", "origins", "waiver_reason", "waiver_owner",
    "waiver_expires", "remedy", "limits", "effort", "sources",
)  # fmt: skip


def render(report: Report, style: Style) -> Iterator[bytes]:
    """A line a finding, in the order of the report."""
    return rendered(HEAD, (_row(report, finding, style.language) for finding in report.findings))


def _row(report: Report, finding: Finding, language: Language) -> tuple[str, ...]:
    rule, place, waiver = report.rules[finding.rule], finding.place, finding.waiver
    origins = dict.fromkeys(report.facts[index].origin for index in finding.facts)
    return (
        finding.fingerprint, finding.rule, rule.framework, rule.title.said(language), " ".join(rule.controls), rule.level, rule.severity,
        rule.addressee, finding.subject.kind, finding.subject.id, finding.verdict, finding.state, finding.confidence,
        _said(finding.reason, language), _said(finding.message, language), " ".join(finding.missing), place.file if place else "",
        str(place.line) if place else "", str(place.column) if place else "", " ".join(origins), waiver.reason if waiver else "",
        waiver.owner if waiver else "", waiver.expires.isoformat() if waiver else "", rule.remedy.said(language),
        rule.limits.said(language), rule.effort, "; ".join(f"{source.ref} ({source.status})" for source in rule.sources),
    )  # fmt: skip


def _said(text: Text | None, language: Language) -> str:
    return text.said(language) if text is not None else ""


FORMAT = Format((".csv",), render)
