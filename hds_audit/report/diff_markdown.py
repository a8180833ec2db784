"""A comparison as Markdown, for a comment on a merge request."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.difference import Comparison
from hds_audit.model.text import Language, Text
from hds_audit.report.views.differences import DESCRIBED, KINDS, MORE, NOTHING, TITLE, heads, line, value
from hds_audit.report.views.marked import code, escaped, row, table

_COLUMNS = Text("Rule|Where|Verdict|What|Why", "Règle|Où|Verdict|Constat|Cause")
_MOST, _MOST_DESCRIBED = 25, 30


def render(comparison: Comparison, language: Language) -> Iterator[bytes]:
    """The comment, in pieces."""
    yield from (piece.encode("utf-8", "replace") for piece in _pieces(comparison, language))


def _pieces(comparison: Comparison, language: Language) -> Iterator[str]:
    yield f"## hds-audit: {TITLE.said(language)}\n\n"
    yield from (f"- {escaped(head, 400)}\n" for head in heads(comparison, language))
    yield "\n"
    if not comparison.changes:
        yield NOTHING.said(language) + "\n\n"
    for kind, title in KINDS.items():
        changes = comparison.of(kind)
        if changes:
            yield f"### {title.said(language)} ({len(changes)})\n\n" + table(*_COLUMNS.said(language).split("|"))
            for change in changes[:_MOST]:
                said = line(change, language)
                where = code(said.subject, 120) + (f" {escaped(said.place, 200)}" if said.place else "")
                verdict = f"{said.verdicts}<br>{said.weight}"
                yield row(code(said.rule, 120), where, verdict, escaped(said.said, 300), escaped(said.why, 300))
            yield "\n" + _more(len(changes) - _MOST, language)
    yield from _described(comparison, language)


def _described(comparison: Comparison, language: Language) -> Iterator[str]:
    if comparison.described:
        total = len(comparison.described) + comparison.more
        yield f"<details><summary>{DESCRIBED.said(language)} ({total})</summary>\n\n"
        yield from (f"- {escaped(value(item, language), 300)}\n" for item in comparison.described[:_MOST_DESCRIBED])
        yield "\n" + _more(total - _MOST_DESCRIBED, language) + "</details>\n"


def _more(left: int, language: Language) -> str:
    return MORE.said(language).format(left) + "\n\n" if left > 0 else ""
