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
    best = len(_STRENGTH)
    for index in finding.facts:
        origin = facts[index].origin
        if origin == "declared":
            return origin
        if origin in _STRENGTH:
            best = min(best, _STRENGTH.index(origin))
    return _STRENGTH[best] if best < len(_STRENGTH) else "declared"


def label(finding: Finding, facts: Sequence[FactView], language: Language) -> str:
    """The verdict of a finding in words."""
    if finding.verdict == "fail" and finding.waiver is not None:
        return WAIVED.said(language)
    return said_verdict(finding, strength(finding, facts) if finding.verdict == "pass" else "").said(language)
