"""The report as a PDF for print and for archives: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same report.

Typst sets it (extra `pdf`); the report goes in as data, never as markup. Only the fonts that come with typst are used, so
that a report looks and weighs the same on every machine; a character they lack is written by its code point, ⟨U+4E2D⟩.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from hds_audit.errors import MisuseError, Problem
from hds_audit.model.report import Report
from hds_audit.model.text import Language
from hds_audit.report.format import Format, Style
from hds_audit.report.html import ACCENT, logo_kind, packaged
from hds_audit.report.views import terms, words
from hds_audit.report.views.by_text import outcome_table
from hds_audit.report.views.cells import Table
from hds_audit.report.views.chapters import TITLES, chapters
from hds_audit.report.views.diagram import diagram
from hds_audit.report.views.drawing import ADVICE, drawing
from hds_audit.report.views.evidence import RuleCard, cards
from hds_audit.report.views.grouping import by_rule
from hds_audit.report.views.markdown import blocks
from hds_audit.report.views.marks import SHAPES
from hds_audit.report.views.page_words import page_words
from hds_audit.report.views.plain import safe
from hds_audit.report.views.reach import paths
from hds_audit.report.views.saying import cited, day
from hds_audit.report.views.scope import identity, inputs_table, reserve, scope, sources_table
from hds_audit.report.views.summary import summary
from hds_audit.report.views.typography import spaced

_SIGNS = "–—‘’‚“”„•…‹›€™→←↑↓⇒≤≥≠×÷·°§«»" + "".join(SHAPES.values()) + ADVICE + "⟨⟩"
_SPANS = ((0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x410, 0x44F))
_JOINT = re.compile(r"(?<=[./_:>\-])(?=[^\s./_:>\-])")
_LONG = re.compile(r"\S{19,}")
_ENDLESS = re.compile(r"[^\s\u200b]{32}(?=[^\s\u200b])")
_BREAK = "\u200b"
_MOST_SVG, _LONGEST = 400_000, 1_500
_LEAST, _MARK = 11, 20


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The document; raises MisuseError where the extra is not installed or the logo is broken."""
    try:
        import typst
    except ImportError:
        told = Problem(
            "-o", "PDF needs an extra: pip install 'hds-audit[pdf]'", "le PDF demande un complément : pip install 'hds-audit[pdf]'"
        )
        raise MisuseError(told) from None
    inputs = {"data": json.dumps(_document(report, style), ensure_ascii=False)}
    compiler = typst.Compiler(packaged("report.typ").encode(), ignore_system_fonts=True, sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=_moment(report))
    except typst.TypstError as error:
        if "decode image" not in str(error):
            raise
        told = Problem("--logo", f"the image cannot be read: {error}", f"l'image ne peut pas être lue : {error}")
        raise MisuseError(told) from None
    yield made if isinstance(made, bytes) else b""


def _moment(report: Report) -> int:
    """The moment that the report bears, as typst takes it; the day of the audit where it bears none."""
    try:
        said = datetime.fromisoformat(report.generated.replace("Z", "+00:00"))
    except ValueError:
        said = datetime(report.as_of.year, report.as_of.month, report.as_of.day, tzinfo=UTC)
    return int((said if said.tzinfo else said.replace(tzinfo=UTC)).timestamp())


def _document(report: Report, style: Style) -> object:
    """Everything the template prints, as plain data with printable text only."""
    language = style.language
    grouped = by_rule(report)
    first = summary(report, grouped, language)
    w = dict(page_words(language))
    told: dict[str, object] = {
        "lang": language,
        "w": {**w, "as_of": w["as_of"].format(day(report.as_of, language)), "no_path": w["no_path"].format(day(report.as_of, language))},
        "titles": {name: said.said(language) for name, said in TITLES.items()},
        "shapes": {**SHAPES, "advice": ADVICE},
        "client": style.client,
        "author": style.author,
        "accent": style.accent if ACCENT.fullmatch(style.accent) else "#24557a",
        "comment": [[block.kind, [[list(run) for run in line] for line in block.lines]] for block in blocks(style.comment)],
        "summary": {**first._asdict(), "lines": [{**line._asdict(), "ground": ", ".join(line.ground)} for line in first.lines]},
        "reserve": list(reserve(language)),
        "scope": scope(report, language),
        "identity": identity(report, language),
        "inputs": _table(inputs_table(report, language)),
        "outcomes": _table(outcome_table(report, language)),
        "chapters": {
            name: {"title": each.title, "lead": each.lead, "tables": [_table(table) for table in each.tables]}
            for name, each in chapters(report, grouped, language).items()
        },
        "paths": [path._asdict() for path in paths(report, language)],
        "findings": w["findings"].format(len(report.findings), len(grouped)),
        "cards": [_card(card, language) for card in cards(report, grouped, language)],
        "sources": _table(sources_table(report, language)),
        "tool": f"{report.tool.name} {report.tool.version}",
    }  # fmt: skip
    whole = printable(told, language)
    assert isinstance(whole, dict)  # noqa: S101
    return {**whole, "svg": _svg(report, first.name, language), "logo": list(style.logo) if logo_kind(style.logo) else []}


def _cited(controls: Sequence[str], language: Language) -> str:
    return ", ".join(cited(control, language) for control in controls)


def _table(table: Table) -> dict[str, object]:
    """A table, with the share of the width that each column takes."""
    rows = [[list(cell) for cell in row] for row in table.rows]
    return {"caption": table.caption, "heads": table.heads, "rows": rows, "empty": table.empty, "shares": _shares(table)}


def _shares(table: Table) -> list[int]:
    shares = []
    for number, head in enumerate(table.heads):
        lengths = [max(len(row[number].said), len(row[number].note) * 2 // 3) for row in table.rows[:200] if number < len(row)]
        usual = sum(min(length, 120) for length in lengths) // max(len(lengths), 1)
        marked = any(row[number].tone in SHAPES for row in table.rows[:200] if number < len(row))
        shares.append(max(_MARK if marked else _LEAST, min(60, usual), min(len(head), 14)))
    return shares


def _card(card: RuleCard, language: Language) -> dict[str, object]:
    rule = card.rule
    verdicts: Mapping[str, str] = {name: said.said(language) for name, said in words.VERDICTS.items()}
    level = f"{words.LEVELS[rule.level].said(language)} · {words.SEVERITIES[rule.severity].said(language)}"
    sources = [f"{source.ref} ({terms.STATUSES[source.status].said(language)})" for source in rule.sources]
    remedy, limits = rule.remedy.said(language) if card.mends else "", rule.limits.said(language) if card.judged else ""
    debated = [("debated", warning) for warning in card.warnings]
    about = [*debated, ("remedy", remedy), ("limits", limits), ("sources", " · ".join(sources))]
    return {
        "id": rule.id,
        "title": rule.title.said(language),
        "level": level,
        "who": words.ADDRESSEES[rule.addressee].said(language),
        "controls": _cited(rule.controls, language),
        "confidence": card.confidence,
        "doubt": card.doubt,
        "counts": [[tone, f"{number} {verdicts.get(tone, words.WAIVED.said(language))}"] for tone, number in card.counts],
        "shown": [each._asdict() for each in card.shown],
        "named": [each._asdict() for each in card.named],
        "about": [pair for pair in about if pair[1]],
    }


def _svg(report: Report, name: str, language: Language) -> str:
    plan = diagram(report)
    drawn = _plain(drawing(plan, name, language, packaged("drawing.css"))) if plan.lanes else ""
    return drawn if len(drawn) < _MOST_SVG else ""


def printable(value: object, language: Language = "en") -> object:
    """A value whose texts hold only characters that the fonts have, spaces as the language sets them, and places to break endless words."""
    if isinstance(value, str):
        return _LONG.sub(_broken, spaced(_plain(safe(value, _LONGEST)), language))
    if isinstance(value, Mapping):
        return {key: printable(item, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item, language) for item in value]
    return value


def _broken(word: re.Match[str]) -> str:
    return _ENDLESS.sub(rf"\g<0>{_BREAK}", _JOINT.sub(_BREAK, word[0]))


def _plain(text: str) -> str:
    """A text in which what the fonts lack is written by its code point."""
    if text.isascii():
        return text.replace("\t", " ").replace("\r", "")
    return "".join(_character(each) for each in unicodedata.normalize("NFC", text))


def _character(each: str) -> str:
    code = ord(each)
    if each == "\n" or each in _SIGNS or any(low <= code <= high for low, high in _SPANS):
        return each
    if each.isspace():
        return " "
    return f"⟨U+{code:04X}⟩"


FORMAT = Format((".pdf",), render)
