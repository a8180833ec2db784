"""The report as one self-contained HTML page, for a client, an auditor or a printer.

The page works without its script, which only filters findings; its Content-Security-Policy lets in its own style and its
own script, each by SHA-256, a logo given by the author, and nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views import terms, words
from hds_audit.report.views.by_text import outcome_table
from hds_audit.report.views.chapters import TITLES, chapters
from hds_audit.report.views.diagram import Diagram, diagram
from hds_audit.report.views.drawing import ADVICE, drawing
from hds_audit.report.views.evidence import RuleCard, cards
from hds_audit.report.views.grouping import TONES, ByTone, by_rule
from hds_audit.report.views.markdown import blocks
from hds_audit.report.views.marks import SHAPES
from hds_audit.report.views.page_words import page_words
from hds_audit.report.views.plain import safe
from hds_audit.report.views.reach import paths
from hds_audit.report.views.saying import cited, day
from hds_audit.report.views.scope import SOURCES, common_beginning, identity, inputs_table, reserve, scope, sources
from hds_audit.report.views.summary import Summary, summary
from hds_audit.report.views.typography import spaced

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_CHUNK, _COMMON, _NAME = 1 << 16, 4, 400
_FOLDER = "templates"
ACCENT = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]")
_TICKS = re.compile(r"`([^`]+)`")
_IMAGES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))
_LEGEND = ("fail", "advice", "waived", "unknown", "manual", "pass")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The page, in pieces."""
    held: list[str] = []
    size = 0
    for piece in _environment(style.language).get_template("report.html.j2").generate(_context(report, style)):
        held.append(piece)
        size += len(piece)
        if size > _CHUNK:
            yield _bytes(held)
            held, size = [], 0
    yield _bytes(held)


def _bytes(pieces: list[str]) -> bytes:
    """Pieces as bytes; an apostrophe stands for itself, since every attribute that holds a text is in double quotes."""
    return "".join(pieces).replace("&#39;", "'").encode("utf-8", "replace")


def _environment(language: Language) -> Environment:
    """Templates of this folder; every printed value is made safe, then escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup, escape

    def finalized(value: object) -> object:
        return spaced(safe(value), language) if isinstance(value, str) and not isinstance(value, Markup) else value

    def exact(value: str) -> Markup:
        """A line of a file as it stands there."""
        return escape(safe(value))

    def ticked(value: str) -> Markup:
        """A sentence whose `paths` are code."""
        escaped = str(escape(spaced(safe(value), language)))
        return Markup(_TICKS.sub(r"<code>\1</code>", escaped))  # noqa: S704

    def few(names: Iterable[str], most: int = 40) -> Markup:
        listed = list(names)
        more = f" (+ {len(listed) - most})" if len(listed) > most else ""
        return Markup(", ").join(Markup("<code>{}</code>").format(safe(name)) for name in listed[:most]) + more

    def named(names: Iterable[str]) -> Markup:
        """Names with commas, however many: each is safe and cut on its own, the whole is not."""
        return escape(", ".join([safe(name, _NAME) for name in names]))

    def subjects(pairs: Sequence[tuple[str, str]], quoted: Sequence[object]) -> Markup:
        """Subjects with their places, unless the lines are quoted below."""
        told = [f"{name} ({where})" if where and not quoted else name for name, where in pairs]
        return Markup("<b>{}</b>").format(named(told)) if len(told) == 1 else named(told)

    made = Environment(loader=FunctionLoader(packaged), autoescape=True, undefined=StrictUndefined, finalize=finalized)
    said: Callable[[Text], str] = lambda words: words.said(language)  # noqa: E731
    made.filters.update(ticks=ticked, few=few, said=said, slug=slug, web=_web, site=_site, short=_short, named=named, subjects=subjects)
    made.filters.update(begun=common_beginning, exact=exact)
    made.filters.update(cited=lambda control: cited(control, language), day=lambda when: day(when, language))
    return made


def _web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _site(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _short(tone: str) -> str:
    return "na" if tone == "not-applicable" else tone


def packaged(name: str) -> str:
    """A file that lies beside this module, in the folder of templates."""
    return (resources.files("hds_audit.report") / _FOLDER / name).read_text("utf-8")


def slug(said: str) -> str:
    """An identifier that a link can point to; two that differ stay different."""
    fit = _UNFIT.sub("-", said[:80])
    return fit if fit == said else f"{fit}-{crc32(said.encode('utf-8', 'replace')):08x}"


def _context(report: Report, style: Style) -> dict[str, object]:
    language = style.language
    grouped = by_rule(report)
    sheet, script = _sheet(style.accent), packaged("report.js")
    logo = _logo(style.logo)
    return {
        **_words(report, language),
        **_drawn(report, summary(report, grouped, language), language),
        "report": report,
        "language": language,
        "client": style.client,
        "author": style.author,
        "comment": blocks(style.comment),
        "logo": logo,
        "policy": _policy(sheet, script, bool(logo)),
        "style": _trusted(sheet),
        "script": _trusted(script),
        "scope": scope(report, language),
        "identity": identity(report, language),
        "inputs_table": inputs_table(report, language),
        "reserve": list(reserve(language)),
        "outcome_table": outcome_table(report, language),
        "paths": paths(report, language),
        "chapters": chapters(report, grouped, language),
        **_cards(report, grouped, language),
        "cards_total": len(grouped),
        "sources": sources(report),
        "numbers": {source: number for number, source in enumerate((source for group in sources(report) for source in group), start=1)},
        "kinds": _kinds(report, language),
        "frameworks": _frameworks(report, grouped, language),
    }


def _cards(report: Report, grouped: Mapping[str, ByTone], language: Language) -> dict[str, object]:
    """The rules that found something to say; by framework and level, those that wait for a person, and those that hold or do not apply."""
    told: list[RuleCard] = []
    asked: dict[tuple[str, str], list[RuleCard]] = {}
    quiet: dict[tuple[str, str], list[RuleCard]] = {}
    common: Counter[str] = Counter()
    for card in cards(report, grouped, language):
        common.update([card.doubt] if card.doubt else ())
        if card.shown and not card.asks:
            told.append(card)
        else:
            (asked if card.asks else quiet).setdefault((card.rule.framework, card.rule.level), []).append(card)
    often = (doubt for doubt, met in common.most_common() if met >= _COMMON)
    doubts = {doubt: number for number, doubt in enumerate(often, start=1)}
    return {"cards": told, "asked": asked, "quiet": quiet, "framework_words": words.FRAMEWORKS, "doubts": doubts}


def _words(report: Report, language: Language) -> dict[str, object]:
    """The vocabularies that templates look words up in."""
    titles = {name: title.said(language) for name, title in TITLES.items()}
    return {
        "w": page_words(language),
        "titles": titles,
        "contents": list(titles.items()),
        "shapes": {**SHAPES, "advice": ADVICE},
        "verdicts": _verdicts(language),
        "tones": TONES,
        "sources_title": SOURCES.said(language),
        "levels": words.LEVELS,
        "severities": words.SEVERITIES,
        "addressees": words.ADDRESSEES,
        "statuses": terms.STATUSES,
    }


def _verdicts(language: Language) -> dict[str, str]:
    """What each tone is called."""
    found: dict[str, str] = {name: said.said(language) for name, said in words.VERDICTS.items()}
    return {**found, "waived": words.WAIVED.said(language), "advice": page_words(language)["advice"]}


def _drawn(report: Report, first: Summary, language: Language) -> dict[str, object]:
    """The diagram, with what its legend says."""
    plan: Diagram = diagram(report)
    drawn = _trusted(drawing(plan, first.name, language)) if plan.lanes else ""
    shown = _verdicts(language)
    legend = [(tone, shown[tone]) for tone in _LEGEND]
    return {"summary": first, "drawing": drawn, "grouped": plan.grouped, "edges_left": plan.left_out, "legend": legend}


def _frameworks(report: Report, grouped: Mapping[str, ByTone], language: Language) -> list[tuple[str, str]]:
    met = {report.rules[name].framework for name in grouped}
    return [(name, said.said(language)) for name, said in words.FRAMEWORKS.items() if name in met]


def _kinds(report: Report, language: Language) -> list[tuple[str, str]]:
    met = sorted({item.subject.kind for item in report.findings})
    return [(kind, terms.said(terms.KINDS, kind, language)) for kind in met]


def _sheet(accent: str) -> str:
    """The style sheet, with the author's accent where it is a colour."""
    sheet = packaged("report.css")
    return f"{sheet}:root{{--accent:{accent}}}\n" if ACCENT.fullmatch(accent) else sheet


def _logo(image: bytes) -> str:
    """An image as a data address; nothing for what is no image that every browser shows."""
    kind = logo_kind(image)
    return f"data:image/{kind};base64,{b64encode(image).decode()}" if kind else ""


def logo_kind(image: bytes) -> str:
    """What sort of image some bytes are, by how they begin; nothing for what no reader shows."""
    return next((kind for head, kind in _IMAGES if image.startswith(head)), "")


def _policy(sheet: str, script: str, pictured: bool) -> str:
    """What the page may load: its own style, its own script, its own logo."""
    own = [f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in (sheet, script)]
    image = "data:" if pictured else "'none'"
    return (
        f"default-src 'none'; style-src {own[0]}; script-src {own[1]}; img-src {image}; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )  # fmt: skip


def _trusted(own: str) -> Markup:
    """What this package wrote itself, as it stands."""
    from markupsafe import Markup

    return Markup(own)  # noqa: S704


FORMAT = Format((".html", ".htm"), render)
