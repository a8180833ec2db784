"""Templates with what they disclose written beside their lines: for a terminal, and as one HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hds_audit.model.template import LABELS, Evidence, Observation, Sureness, TemplateLabel, TemplateReading
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.plain import safe

LABEL_NAMES: dict[TemplateLabel, Text] = {
    "health": Text("health data", "données de santé"),
    "free-text": Text("free text", "texte libre"),
    "care-relation": Text("care relation", "relation de soin"),
    "none": Text("nothing of health", "rien sur la santé"),
}
_SURE: dict[Sureness, Text] = {
    "high": Text("sure", "sûr"),
    "medium": Text("likely", "probable"),
    "low": Text("perhaps", "possible"),
}
_UNREADABLE = Text("could not be read", "illisible")
_ALSO = Text("also", "à noter")
_COUNT = Text("{} template: ", "{} gabarit : "), Text("{} templates: ", "{} gabarits : ")
_TITLE = Text("What the message templates disclose", "Ce que révèlent les gabarits de messages")
_NO_PROOF = Text(
    "Read from the templates alone: what the data put into a slot is not seen. “Nothing of health” is no proof of conformity.",
    "Lecture des seuls gabarits : ce que les données placent dans un champ n'est pas vu. "
    "« Rien sur la santé » n'est pas une preuve de conformité.",
)
_WIDEST, _MOST_LINES, _LONGEST_LINE = 100, 3_000, 400


class Note(NamedTuple):
    """What is written beside a line."""

    line: int
    label: TemplateLabel | None
    words: str


def summary(readings: Sequence[TemplateReading], language: Language) -> str:
    """How many templates have which label, on one line."""
    counts = Counter(reading.label for reading in readings if reading.unreadable is None)
    said = [f"{counts[label]} {LABEL_NAMES[label].said(language)}" for label in LABELS if counts[label]]
    if unread := sum(reading.unreadable is not None for reading in readings):
        said.append(f"{unread} {_UNREADABLE.said(language)}")
    return counted(len(readings), *_COUNT, language) + ", ".join(said)


def plain(readings: Sequence[TemplateReading], language: Language) -> Iterator[str]:
    """The lines of the annotated templates for a terminal, then the count."""
    for reading in readings:
        yield _headline(reading, language)
        lines = reading.source.split("\n")
        for note in notes(reading, language):
            if 0 < note.line <= len(lines):
                yield f"  {note.line:>5} │ {safe(lines[note.line - 1].strip(), _WIDEST)}"
                yield f"        ╰ {note.words}"
            else:
                yield f"        · {note.words}"
        yield ""
    yield summary(readings, language)
    yield _NO_PROOF.said(language)


def _headline(reading: TemplateReading, language: Language) -> str:
    if reading.unreadable is not None:
        return f"{safe(reading.path)}: {_UNREADABLE.said(language)}: {reading.unreadable.said(language)}"
    label, sure = LABEL_NAMES[reading.label].said(language), _SURE[reading.confidence].said(language)
    return f"{safe(reading.path)}: {label} ({sure}; {reading.engine})"


def notes(reading: TemplateReading, language: Language) -> tuple[Note, ...]:
    """The notes of a template in the order of its lines; those on included parts come last, with the part's name."""
    shown = [_evidence_note(each, language) for each in _worth_showing(reading)]
    shown += [_observation_note(each, language) for each in reading.observations]
    return tuple(sorted(dict.fromkeys(shown), key=lambda note: (note.line or 1_000_000_000, note.label is None)))


def _worth_showing(reading: TemplateReading) -> Iterator[Evidence]:
    """The evidence of the label itself and of the graver ones; lighter ones would only repeat that care exists."""
    limit = LABELS.index(reading.label) if reading.label != "none" else LABELS.index("care-relation")
    return (each for each in reading.evidence if LABELS.index(each.label) <= max(limit, LABELS.index("free-text")))


def _evidence_note(each: Evidence, language: Language) -> Note:
    words = f"{LABEL_NAMES[each.label].said(language)}, {_SURE[each.confidence].said(language)}: {each.why.said(language)}: {each.text}"
    return Note(0 if each.file else each.line, each.label, safe(_in_file(each.file, words)))


def _observation_note(each: Observation, language: Language) -> Note:
    words = f"{_ALSO.said(language)}: {each.why.said(language)}" + (f": {each.text}" if each.text else "")
    return Note(0 if each.file else each.line, None, safe(_in_file(each.file, words)))


def _in_file(file: str, words: str) -> str:
    return f"[{file}] {words}" if file else words


def html(readings: Sequence[TemplateReading], language: Language) -> str:
    """One page with every template, its lines numbered and marked; nothing is fetched, nothing runs."""
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    return page.render(
        language=language,
        title=_TITLE.said(language),
        summary=summary(readings, language),
        caution=_NO_PROOF.said(language),
        templates=[_html_template(reading, language) for reading in readings],
    )


class _HtmlLine(NamedTuple):
    number: int
    text: str
    label: str
    notes: tuple[str, ...]


class _HtmlTemplate(NamedTuple):
    headline: str
    label: str
    lines: tuple[_HtmlLine, ...]
    others: tuple[str, ...]


def _html_template(reading: TemplateReading, language: Language) -> _HtmlTemplate:
    found = notes(reading, language)
    by_line: dict[int, list[Note]] = {}
    for note in found:
        by_line.setdefault(note.line, []).append(note)
    lines = []
    for number, text in enumerate(reading.source.split("\n")[:_MOST_LINES], 1):
        here = by_line.pop(number, [])
        label = next((note.label for name in LABELS for note in here if note.label == name), None)
        lines.append(_HtmlLine(number, safe(text, _LONGEST_LINE), label or "", tuple(note.words for note in here)))
    others = tuple(note.words for rest in by_line.values() for note in rest)
    return _HtmlTemplate(
        _headline(reading, language), "unreadable" if reading.unreadable else reading.label, tuple(lines) if reading.source else (), others
    )


_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; background: #fff; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; border-left: .4rem solid #999; padding-left: .6rem; overflow-wrap: anywhere; }
h2.health { border-color: #b3261e; } h2.free-text { border-color: #b26a00; } h2.care-relation { border-color: #3b5bab; }
h2.unreadable { border-color: #000; border-left-style: dashed; }
table { border-collapse: collapse; width: 100%; font: 13px/1.45 ui-monospace, monospace; }
td { vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 .5rem; }
td.n { color: #595959; text-align: right; width: 3rem; user-select: none; }
tr.health td { background: #fdecea; } tr.free-text td { background: #fff3e0; } tr.care-relation td { background: #e8eefb; }
p.note { font: 14px/1.4 system-ui, sans-serif; margin: .1rem 0 .3rem; white-space: normal; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
</style>
</head>
<body>
<h1>{{ title }}</h1>
<p>{{ summary }}</p>
<p>{{ caution }}</p>
{% for template in templates %}
<section>
<h2 class="{{ template.label }}">{{ template.headline }}</h2>
{% for words in template.others %}
<p class="note">{{ words }}</p>
{% endfor %}
{% if template.lines %}
<table>
{% for line in template.lines %}
<tr class="{{ line.label }}"><td class="n">{{ line.number }}</td><td>{{ line.text }}
{%- for words in line.notes %}<p class="note">↳ {{ words }}</p>{% endfor %}</td></tr>
{% endfor %}
</table>
{% endif %}
</section>
{% endfor %}
</body>
</html>
"""
