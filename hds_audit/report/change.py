"""What a change brings, as lines for people: introduced, fixed, there before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hds_audit.model.report import Finding, Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.order import weightiest_first
from hds_audit.report.views.plain import on_a_line
from hds_audit.report.views.words import said_verdict

_MOST = 10
_INTRODUCED = Text("Introduced by this change: {}", "Introduit par ce changement : {}")
_FIXED = Text("Fixed since: {}", "Corrigé depuis : {}")
_BEFORE = Text("There before, and not counted in the exit code: {}", "Déjà là auparavant, hors du code de sortie : {}")
_BEYOND = Text("outside the gate", "hors du seuil")
_MORE = Text("and {} more", "et {} de plus")


def is_compared(report: Report) -> bool:
    """Whether the audit was set beside an earlier one."""
    return bool(report.resolved) or any(finding.state for finding in report.findings)


def change_lines(report: Report, language: Language) -> Iterator[str]:
    """Three short lists; the first decides the exit code."""
    new = _ordered(report, "introduced")
    yield from _listed(_INTRODUCED, [_said(report, finding, language) for finding in new], language)
    yield from _listed(_FIXED, [on_a_line(name) for name in report.resolved], language)
    before = [f"{item.rule} {on_a_line(item.subject.id)}" for item in _ordered(report, "unchanged")]
    yield from _listed(_BEFORE, before, language)


def _ordered(report: Report, state: str) -> list[Finding]:
    found = weightiest_first((finding for finding in report.findings if finding.state == state), report.rules)
    found.sort(key=lambda finding: (finding.verdict == "unknown", not report.rules[finding.rule].counts_at(report.gate)))
    return found


def _said(report: Report, finding: Finding, language: Language) -> str:
    rule = report.rules[finding.rule]
    where = str(finding.place) if finding.place else finding.subject.id
    beyond = "" if rule.counts_at(report.gate) else f", {_BEYOND.said(language)}"
    said, verdict = (finding.message or rule.title).said(language), said_verdict(finding).said(language)
    return on_a_line(f"{finding.rule} {where}: {said} ({verdict}{beyond})")


def _listed(title: Text, items: Sequence[str], language: Language) -> Iterator[str]:
    yield title.said(language).format(len(items))
    for item in items[:_MOST]:
        yield f"  {item}"
    if len(items) > _MOST:
        yield "  " + _MORE.said(language).format(len(items) - _MOST)
