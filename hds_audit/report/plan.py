"""The action plan as comma-separated values, for a spreadsheet or a ticketing tool (`-o plan:plan.csv`).

What to mend comes first, as in the other reports, then what to declare, then what a person has to attest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hds_audit.model.report import Finding, NextStep, Report, RuleView
from hds_audit.model.text import Language
from hds_audit.report.format import Format, Style
from hds_audit.report.views.grouping import by_rule, weight
from hds_audit.report.views.plan import Action, actions
from hds_audit.report.views.rows import rendered
from hds_audit.report.views.words import ACTORS

HEAD = (
    "order", "action", "what", "why", "controls", "level", "severity", "effort", "addressee", "who", "gates", "due", "settles", "path",
    "subjects", "rules", "owner", "status",
)  # fmt: skip
_MOST = 50


class _Line(NamedTuple):
    """One action but for its number; `owner` and `status` are for whoever keeps the file."""

    action: str
    what: str
    why: str
    controls: tuple[str, ...]
    rule: RuleView
    gates: str
    due: str
    settles: int
    path: str
    subjects: tuple[str, ...]
    rules: tuple[str, ...]
    owner: str = ""


def render(report: Report, style: Style) -> Iterator[bytes]:
    """A line an action, the first to do first."""
    lines = enumerate(_lines(report, style.language), start=1)
    return rendered(HEAD, (_cells(number, line, style.language) for number, line in lines))


def _lines(report: Report, language: Language) -> Iterator[_Line]:
    owners = {item.rule: item.waiver.owner for item in report.findings if item.waiver is not None}
    for action in actions(report, by_rule(report)):
        yield _mended(action, report.rules[action.rules[0]], owners, language)
    waiting = _waiting(report)
    yield from (_declared(step, waiting[step.path], report, language) for step in report.next if step.path in waiting)
    yield from _attested(report, language)


def _mended(action: Action, rule: RuleView, owners: Mapping[str, str], language: Language) -> _Line:
    what, due = action.what.said(language), action.due.said(language)
    why = "; ".join(each.said(language) for each in action.why)
    gates = "yes" if action.gates else "no"
    return _Line("mend", what, why, action.controls, rule, gates, due, action.settles, "", action.subjects, action.rules,
                 next((owners[name] for name in action.rules if name in owners), ""))  # fmt: skip


def _waiting(report: Report) -> dict[str, list[Finding]]:
    """What is not shown, under each path that would help to show it."""
    waiting: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.verdict == "unknown":
            for path in finding.missing:
                waiting.setdefault(path, []).append(finding)
    return waiting


def _declared(step: NextStep, findings: list[Finding], report: Report, language: Language) -> _Line:
    rules = [report.rules[name] for name in dict.fromkeys(item.rule for item in findings)]
    lead = min(rules, key=weight)
    controls = tuple(dict.fromkeys(control for rule in rules for control in rule.controls))
    names = tuple(rule.id for rule in rules)
    return _Line("declare", step.question.said(language), lead.title.said(language), controls, lead, "", "", step.settles, step.path,
                 _subjects(findings), names)  # fmt: skip


def _attested(report: Report, language: Language) -> Iterator[_Line]:
    """One action a requirement that waits for a person."""
    by: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.verdict == "manual":
            by.setdefault(finding.rule, []).append(finding)
    for name, findings in by.items():
        rule = report.rules[name]
        path = next((path for item in findings for path in item.missing), "")
        what, why = rule.remedy.said(language), rule.title.said(language)
        yield _Line("attest", what, why, rule.controls, rule, "", "", len(findings), path, _subjects(findings), (name,))


def _subjects(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{item.subject.kind} {item.subject.id}" for item in findings))


def _cells(number: int, line: _Line, language: Language) -> tuple[str, ...]:
    rule = line.rule
    effort = rule.effort if line.action == "mend" else ""
    return (
        str(number), line.action, line.what, line.why, _some(line.controls), rule.level, rule.severity, effort, rule.addressee,
        ACTORS[rule.addressee].said(language), line.gates, line.due, str(line.settles), line.path, _some(line.subjects),
        _some(line.rules), line.owner, "",
    )  # fmt: skip


def _some(items: tuple[str, ...]) -> str:
    return "; ".join(items[:_MOST]) + (f"; … ({len(items)})" if len(items) > _MOST else "")


FORMAT = Format((), render)
