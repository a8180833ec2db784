"""The first screen: the outcome in one sentence, what is wrong, on what ground, how sure, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import listed
from hds_audit.report.views.declared import node, text
from hds_audit.report.views.grouping import ByTone, Point, first_points, points
from hds_audit.report.views.marks import SHAPES
from hds_audit.report.views.terms import said
from hds_audit.report.views.words import ADDRESSEES, CONFIDENCES, LEVELS, OUTCOMES, SEVERITIES, VERDICTS

OUTCOME_TONES = {"compliant": "pass", "non-compliant": "fail", "not-established": "unknown", "waived": "waived", "fault": "error"}
_SENTENCES = {
    "compliant": Text(
        "Every mandatory point that could be judged holds on declared facts; {attest} points wait for a person.",
        "Tous les points obligatoires qui ont pu être jugés sont tenus d'après les faits déclarés ; {attest} restent à attester.",
    ),
    "non-compliant": Text(
        "{fails} mandatory requirements are not met; {open} more are not shown and {attest} wait for a person.",
        "{fails} obligations ne sont pas tenues ; {open} autres ne sont pas démontrées et {attest} sont à attester.",
    ),
    "not-established": Text(
        "No mandatory requirement is shown to be broken, but {open} are not shown to hold and {attest} wait for a person.",
        "Aucune obligation n'apparaît enfreinte, mais {open} ne sont pas démontrées et {attest} sont à attester.",
    ),
    "waived": Text(
        "What does not comply was accepted as a risk ({waived} findings); the non-compliance stays.",
        "Les écarts restants ont été acceptés comme risques ({waived} constats) ; la non-conformité demeure.",
    ),
    "fault": Text(
        "At least one rule broke: this audit is not complete and must not be relied on.",
        "Au moins une règle a échoué : cet audit est incomplet et ne doit pas servir de référence.",
    ),
}
_BEYOND = Text(
    "{} points that are recommended or of sovereignty do not hold either.",
    "{} points recommandés ou de souveraineté ne sont pas tenus non plus.",
)
_DECLARE_FIRST = Text("Declare `{}` ({}): it settles {} findings.", "Déclarer `{}` ({}) : cela tranche {} constats.")
_ON = Text("on {}", "sur {}")
_UNNAMED = Text("Unnamed application", "Application sans nom")


class Line(NamedTuple):
    """One thing to know at once."""

    tone: str
    shape: str
    label: str
    title: str
    message: str
    subjects: str
    ground: tuple[str, ...]
    level: str
    confidence: str
    reason: str
    who: str
    remedy: str
    rule: str
    total: int
    missing: tuple[str, ...]


class Summary(NamedTuple):
    """The first screen."""

    name: str
    outcome: str
    tone: str
    shape: str
    sentence: str
    beyond: str
    lines: tuple[Line, ...]
    first: str
    declare: str


def summary(report: Report, grouped: Mapping[str, ByTone], language: Language, most: int = 5) -> Summary:
    """What the reader must know in two minutes."""
    lines = tuple(_line(point, language) for point in first_points(report, grouped, most))
    shade = OUTCOME_TONES[report.outcome]
    return Summary(
        name=text(node(report.description.get("application")).get("name")) or _UNNAMED.said(language),
        outcome=OUTCOMES[report.outcome].said(language),
        tone=shade,
        shape=SHAPES[shade],
        sentence=_sentence(report, grouped, language),
        beyond=_beyond(report, grouped, language),
        lines=lines,
        first=next((line.remedy for line in lines if line.tone in ("fail", "error")), ""),
        declare=_declare(report, language),
    )


def _sentence(report: Report, grouped: Mapping[str, ByTone], language: Language) -> str:
    fails = [point for point in points(report, grouped, ("fail",)) if point.gates]
    open_ones = [point for point in points(report, grouped, ("unknown",)) if point.gates]
    counts = {"fails": len(fails), "open": len(open_ones), "attest": report.to_attest, "waived": report.counts.get("waived", 0)}
    return _SENTENCES[report.outcome].said(language).format(**counts)


def _beyond(report: Report, grouped: Mapping[str, ByTone], language: Language) -> str:
    beyond = [point for point in points(report, grouped, ("fail",)) if not point.gates]
    return _BEYOND.said(language).format(len(beyond)) if beyond else ""


def _declare(report: Report, language: Language) -> str:
    if not report.next:
        return ""
    step = report.next[0]
    return _DECLARE_FIRST.said(language).format(step.path, step.question.said(language), step.settles)


def _line(point: Point, language: Language) -> Line:
    rule, first = point.rule, point.findings[0]
    one = len(point.findings) == 1 and first.message is not None and point.tone != "unknown"
    level = f"{LEVELS[rule.level].said(language)}, {SEVERITIES[rule.severity].said(language)}"
    reasons = list(dict.fromkeys(item.reason.said(language) for item in point.findings if item.reason is not None))
    return Line(
        tone=point.tone,
        shape=SHAPES[point.tone],
        label=VERDICTS[first.verdict].said(language),
        title=rule.title.said(language),
        message=first.message.said(language) if one and first.message else "",
        subjects=_ON.said(language).format(listed(point.subjects, 5)),
        ground=rule.controls,
        level=level,
        confidence=said(CONFIDENCES, point.confidence, language),
        reason=reasons[0] if reasons else "",
        who=said(ADDRESSEES, rule.addressee, language),
        remedy=rule.remedy.said(language),
        rule=rule.id,
        total=len(point.findings),
        missing=point.missing[:3],
    )
