"""Findings by rule and verdict, and the points that a reader should see first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.report import Finding, Report, RuleView, SubjectRef
from hds_audit.model.rule import LEVELS, SEVERITIES
from hds_audit.report.views.marks import tone

ByTone = dict[str, list[Finding]]
TONES = ("error", "fail", "waived", "unknown", "manual", "pass", "not-applicable")
_CONFIDENCES = ("high", "medium", "low")


class Point(NamedTuple):
    """What one rule found under one verdict, on all its subjects."""

    rule: RuleView
    tone: str
    findings: tuple[Finding, ...]
    gates: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects, each once."""
        return tuple(dict.fromkeys(item.subject.id for item in self.findings))

    @property
    def confidence(self) -> str:
        """The least sure of its findings."""
        return max((item.confidence for item in self.findings), key=lambda word: _CONFIDENCES.index(word) if word in _CONFIDENCES else 2)

    @property
    def missing(self) -> tuple[str, ...]:
        """The paths that would settle it."""
        return tuple(dict.fromkeys(path for item in self.findings for path in item.missing))


def by_rule(report: Report) -> Mapping[str, ByTone]:
    """The findings of each rule by tone."""
    found: dict[str, ByTone] = {}
    for item in report.findings:
        found.setdefault(item.rule, {}).setdefault(tone(item), []).append(item)
    return found


def weight(rule: RuleView) -> tuple[int, int]:
    """The level and severity of a rule, the heaviest first."""
    return LEVELS.index(rule.level), SEVERITIES.index(rule.severity)


def points(report: Report, grouped: Mapping[str, ByTone], tones: Sequence[str]) -> tuple[Point, ...]:
    """The points under some verdicts: those at the gate first, then by level, severity and number of subjects."""
    found = [
        Point(report.rules[name], each, tuple(met[each]), report.rules[name].counts_at(report.gate))
        for name, met in grouped.items()
        for each in tones
        if each in met
    ]
    return tuple(sorted(found, key=lambda point: (not point.gates, *weight(point.rule), -len(point.findings), point.rule.id)))


def _told_once_first(found: Sequence[Point]) -> tuple[Point, ...]:
    """The points in their order, save that one whose every subject was told comes after the others of its level and severity."""
    told: set[SubjectRef] = set()
    ranked: list[tuple[bool, int, int, bool, int, Point]] = []
    for point in found:
        subjects = {item.subject for item in point.findings}
        ranked.append((not point.gates, *weight(point.rule), subjects <= told, len(ranked), point))
        told |= {subject for subject in subjects if subject.kind != "application"}
    return tuple(point for *_, point in sorted(ranked, key=lambda each: each[:5]))


def first_points(report: Report, grouped: Mapping[str, ByTone], most: int) -> tuple[Point, ...]:
    """What speaks first: what is broken at the gate, advice not followed, what is not shown, and sovereignty last; each keeps a seat."""
    fails = _told_once_first(points(report, grouped, ("error", "fail")))
    blocking = [point for point in fails if point.gates][: most - 1]
    beyond = [point for point in fails if not point.gates][: max((most - len(blocking)) // 2, 1)]
    open_ones = points(report, grouped, ("unknown",))[: most - len(blocking) - len(beyond)]
    advice = [point for point in beyond if point.rule.level != "sovereign"]
    return (*blocking, *advice, *open_ones, *(point for point in beyond if point.rule.level == "sovereign"))
