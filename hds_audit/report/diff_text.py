"""A comparison for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.difference import Comparison
from hds_audit.model.text import Language
from hds_audit.report.views.differences import DESCRIBED, KINDS, MORE, NOTHING, WHY, heads, line, value
from hds_audit.report.views.plain import safe

_MOST, _MOST_DESCRIBED = 50, 20


def lines(comparison: Comparison, language: Language) -> Iterator[str]:
    """The lines, what appeared first."""
    yield from (safe(head, 400) for head in heads(comparison, language))
    if not comparison.changes:
        yield NOTHING.said(language)
    for kind, title in KINDS.items():
        changes = comparison.of(kind)
        if changes:
            yield f"{title.said(language)} ({len(changes)})"
        for change in changes[:_MOST]:
            said = line(change, language)
            yield _flat(f"  {said.rule} {said.subject} {said.place}: {said.verdicts} ({said.weight})")
            yield _flat(f"    {said.said}")
            yield _flat(f"    {WHY.said(language)}{said.why}")
        if len(changes) > _MOST:
            yield "  " + MORE.said(language).format(len(changes) - _MOST)
    yield from _described(comparison, language)


def _described(comparison: Comparison, language: Language) -> Iterator[str]:
    if comparison.described:
        yield f"{DESCRIBED.said(language)} ({len(comparison.described) + comparison.more})"
        yield from (_flat("  " + value(item, language)) for item in comparison.described[:_MOST_DESCRIBED])
        left = len(comparison.described) - _MOST_DESCRIBED + comparison.more
        if left > 0:
            yield "  " + MORE.said(language).format(left)


def _flat(said: str) -> str:
    """On one line, the indent kept."""
    return safe(said, 1_200).replace("\r", " ").replace("\n", " ").replace("\t", " ")
