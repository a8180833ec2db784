"""Verdicts as marks: a shape, a word and a tone, so that no meaning rests on colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hds_audit.model.report import FactView, Finding, Verdict
from hds_audit.model.text import Language
from hds_audit.report.views.cells import Cell
from hds_audit.report.views.words import VERDICTS, WAIVED, said_verdict

SHAPES = {
    "fail": "✕", "unknown": "?", "manual": "✎", "pass": "✓", "not-applicable": "–", "error": "!", "waived": "◇", "partly": "◐",
}  # fmt: skip
_WORST: tuple[Verdict, ...] = ("error", "fail", "unknown", "manual", "pass", "not-applicable")
_STRENGTH = ("declared", "documented", "observed")


def verdict(word: Verdict, language: Language, note: str = "") -> Cell:
    """A verdict as a cell."""
    return Cell(VERDICTS[word].said(language), word, note)


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that speaks first among several."""
    met = set(verdicts)
    return next((word for word in _WORST if word in met), None)


def tone(finding: Finding) -> str:
    """The tone of a finding: its verdict, or `waived` where an accepted risk lies over a fail."""
    return "waived" if finding.verdict == "fail" and finding.waiver is not None else finding.verdict


def strength(finding: Finding, facts: Sequence[FactView]) -> str:
    """The weakest kind of knowledge that a pass rests on: declared, documented or observed."""
    met = {facts[index].origin for index in finding.facts}
    if "declared" not in met and met.intersection(_STRENGTH):
        met = _origins(finding, facts)  # a finding names the first of its grounds only
    return next((origin for origin in _STRENGTH if origin in met), "declared")


def _origins(finding: Finding, facts: Sequence[FactView]) -> set[str]:
    """The origins of everything that a finding comes down to."""
    waiting, met = list(finding.facts), set[int]()
    while waiting:
        index = waiting.pop()
        if index not in met and 0 <= index < len(facts):
            met.add(index)
            waiting.extend(facts[index].because)
    return {facts[index].origin for index in met}


def label(finding: Finding, facts: Sequence[FactView], language: Language) -> str:
    """The verdict of a finding in words."""
    if finding.verdict == "fail" and finding.waiver is not None:
        return WAIVED.said(language)
    return said_verdict(finding, strength(finding, facts) if finding.verdict == "pass" else "").said(language)
