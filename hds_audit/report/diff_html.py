"""A comparison as one HTML page: nothing is fetched, nothing runs, everything that comes from a description is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.difference import Comparison
from hds_audit.model.text import Language, Text
from hds_audit.report.views.differences import DESCRIBED, KINDS, MORE, NOTHING, TITLE, heads, line, value
from hds_audit.report.views.plain import safe

_COLUMNS = Text("Rule|Subject|Verdict|What|Why", "Règle|Sujet|Verdict|Constat|Cause")
_MARKS = {"appeared": "✗", "fixed": "✓", "changed": "≠"}


def render(comparison: Comparison, language: Language) -> Iterator[bytes]:
    """The page."""
    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    sections = [
        (kind, _MARKS[kind], title.said(language), [_clean(line(change, language)) for change in comparison.of(kind)])
        for kind, title in KINDS.items()
        if comparison.of(kind)
    ]
    written = page.generate(
        language=language,
        title=TITLE.said(language),
        heads=[safe(head) for head in heads(comparison, language)],
        nothing=NOTHING.said(language),
        columns=_COLUMNS.said(language).split("|"),
        sections=sections,
        described_title=DESCRIBED.said(language),
        described=[value(item, language) for item in comparison.described],
        more=MORE.said(language).format(comparison.more) if comparison.more else "",
    )
    yield from (piece.encode("utf-8", "replace") for piece in written)


def _clean(said: tuple[str, ...]) -> list[str]:
    return [safe(part, 1_200) for part in said]


_PAGE = """<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --line: #c9c9c9; --quiet: #595959;
  --appeared: #b3261e; --fixed: #1b6e3c; --changed: #3b5bab; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16181b; --line: #44484d; --quiet: #b0b4b9;
  --appeared: #ff8a80; --fixed: #7ddc9f; --changed: #9db8ff; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem;
  color: var(--ink); background: var(--paper); }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h2.appeared { color: var(--appeared); } h2.fixed { color: var(--fixed); } h2.changed { color: var(--changed); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td.rule, li { font-family: ui-monospace, monospace; font-size: 13px; } small { color: var(--quiet); }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
</style>
</head>
<body>
<main>
<h1>{{ title }}</h1>
{% for head in heads %}
<p>{{ head }}</p>
{% endfor %}
{% if not sections %}
<p>{{ nothing }}</p>
{% endif %}
{% for kind, mark, name, lines in sections %}
<h2 class="{{ kind }}" id="{{ kind }}">{{ mark }} {{ name }} ({{ lines|length }})</h2>
<div class="wide" role="region" aria-labelledby="{{ kind }}" tabindex="0">
<table>
<thead><tr>{% for column in columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for rule, subject, weight, verdicts, said, why, place in lines %}
<tr><td class="rule">{{ rule }}</td><td>{{ subject }}<br><small>{{ place }}</small></td>
<td>{{ verdicts }}<br><small>{{ weight }}</small></td><td>{{ said }}</td><td>{{ why }}</td></tr>
{% endfor %}
</tbody>
</table>
</div>
{% endfor %}
{% if described %}
<h2>{{ described_title }}</h2>
<ul>
{% for item in described %}
<li>{{ item }}</li>
{% endfor %}
{% if more %}
<li>{{ more }}</li>
{% endif %}
</ul>
{% endif %}
</main>
</body>
</html>
"""
