"""The action plan: what to mend, then what to declare or attest, sorted by what it settles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.report import Finding, Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.declared import flow_meant, flows
from hds_audit.report.views.grouping import ByTone, Point, points
from hds_audit.report.views.saying import cited, day
from hds_audit.report.views.terms import EFFORTS, said
from hds_audit.report.views.words import ACTORS, LEVELS, SEVERITIES

_NOW = Text("now: the text is in force", "sans délai : le texte est en vigueur")
_PLANNED = Text("to be planned", "à planifier")
_BY = Text("before {}, last day of the accepted risk", "avant le {}, terme du risque accepté")
_MEND = Text("To mend", "À corriger")
_DECLARE = Text("To declare, the most useful first", "À déclarer, le plus utile d'abord")
_HEADS = (
    Text("What to do", "Action"), Text("What does not hold", "Exigence non tenue"), Text("Texts", "Textes"), Text("Who acts", "Qui agit"),
    Text("Effort", "Effort"), Text("By when", "Échéance"), Text("Settles", "Constats levés"),
)  # fmt: skip
_DECLARE_HEADS = (
    Text("What to declare", "Donnée à déclarer"), Text("Question", "Question"), Text("Mandatory", "Dont obligatoires"),
    Text("Settles", "Constats levés"),
)  # fmt: skip
_NOTHING = Text("Nothing to mend was found on declared facts.", "Aucune correction à apporter d'après les faits déclarés.")
_ALL_SAID = Text("Nothing is left to declare.", "Il ne reste rien à déclarer.")


class Action(NamedTuple):
    """One thing to do: a remedy, on every subject where it is the answer, with the requirement of each rule that asks for it."""

    what: Text
    why: tuple[Text, ...]
    subjects: tuple[str, ...]
    controls: tuple[str, ...]
    addressee: str
    effort: str
    due: Text
    settles: int
    level: str
    severity: str
    rules: tuple[str, ...]
    """The rules that it answers, the heaviest first."""
    gates: bool


def actions(report: Report, grouped: Mapping[str, ByTone]) -> tuple[Action, ...]:
    """What to mend: what blocks first, then by how many findings each settles; accepted risks come last."""
    alike: dict[tuple[object, ...], list[Point]] = {}
    for point in points(report, grouped, ("fail", "waived")):
        rule = point.rule
        same = rule.remedy, rule.addressee, rule.effort, rule.level, point.gates, _due(point), point.subjects
        alike.setdefault(same, []).append(point)
    found = [_action(answered) for answered in alike.values()]
    waived = {item.rule for item in report.findings if item.waiver is not None}
    return tuple(sorted(found, key=lambda each: (not each.gates, not waived.isdisjoint(each.rules), -each.settles, each.rules)))


def _action(answered: Sequence[Point]) -> Action:
    """What answers some points, the heaviest first: one amendment for all the clauses that a contract lacks."""
    lead = answered[0]
    rule = lead.rule
    controls = tuple(dict.fromkeys(control for point in answered for control in point.rule.controls))
    return Action(
        rule.remedy, tuple(point.rule.title for point in answered), lead.subjects, controls, rule.addressee, rule.effort, _due(lead),
        sum(len(point.findings) for point in answered), rule.level, rule.severity, tuple(point.rule.id for point in answered),
        lead.gates and lead.tone == "fail",
    )  # fmt: skip


def _due(point: Point) -> Text:
    if point.tone == "waived":
        last = min(item.waiver.expires for item in point.findings if item.waiver is not None)
        return Text(_BY.en.format(day(last, "en")), _BY.fr.format(day(last, "fr")))
    return _NOW if point.rule.level == "mandatory" else _PLANNED


def action_table(report: Report, grouped: Mapping[str, ByTone], language: Language) -> Table:
    """What to mend, as a table."""
    rows = [_row(each, language) for each in actions(report, grouped)]
    return Table(_MEND.said(language), tuple(head.said(language) for head in _HEADS), rows, _NOTHING.said(language))


def _row(each: Action, language: Language) -> tuple[Cell, ...]:
    level = f"{LEVELS[each.level].said(language)}, {SEVERITIES[each.severity].said(language)}"
    return (
        Cell(each.what.said(language), "", listed(each.subjects, 6)),
        Cell("\n".join(why.said(language) for why in each.why), "", level),
        Cell(listed([cited(control, language) for control in each.controls], 5)),
        Cell(ACTORS[each.addressee].said(language)),
        Cell(said(EFFORTS, each.effort, language) or "–"),
        Cell(each.due.said(language)),
        Cell(str(each.settles), "number"),
    )


def declare_table(report: Report, language: Language, most: int = 60) -> Table:
    """What to declare next, with the mandatory points that each path would settle."""
    gating, ways = _gating(report), flows(report)
    rows = [
        (
            code(step.path, flow_meant(step.path, ways)),
            Cell(step.question.said(language)),
            Cell(str(gating.get(step.path, 0)), "number"),
            Cell(str(step.settles), "number"),
        )
        for step in report.next[:most]
    ]
    return Table(_DECLARE.said(language), tuple(head.said(language) for head in _DECLARE_HEADS), rows, _ALL_SAID.said(language))


def _gating(report: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in report.findings:
        if item.missing and _counts(item, report):
            for path in item.missing:
                found[path] = found.get(path, 0) + 1
    return found


def _counts(item: Finding, report: Report) -> bool:
    return item.verdict in ("unknown", "manual") and report.rules[item.rule].counts_at(report.gate)
