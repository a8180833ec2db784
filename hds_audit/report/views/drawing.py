"""The diagram as SVG: fixed sizes, classes for colour, a shape and a title for every meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.diagram import Box, Diagram, Edge, Lane, Row
from hds_audit.report.views.marks import SHAPES
from hds_audit.report.views.names import Reach
from hds_audit.report.views.plain import safe
from hds_audit.report.views.terms import THINGS, said

BOX_WIDTH, BOX_HEIGHT, GUTTER, GAP = 160, 50, 44, 20
_MARGIN, _LANE_HEAD, _ROW_HEAD = 14, 26, 20
_SPREAD = 5
_WIDE = 23  # characters of the second line of a box that fit in its width
_TITLE = Text("Data flows of {}", "Flux de données de {}")
_COUNTED = (
    (Text("Organisation drawn: {}", "Organisation représentée : {}"), Text("Organisations drawn: {}", "Organisations représentées : {}")),
    (Text("thing: {}", "élément : {}"), Text("things: {}", "éléments : {}")),
    (Text("flow: {}", "flux : {}"), Text("flows: {}", "flux : {}")),
)
_DESCRIPTION = Text(
    "{}. The tables of components, flows and exposures say the same in words.",
    "{}. Les tableaux des composants, des flux et des expositions disent la même chose en mots.",
)
_OUTSIDE = Text("People and devices", "Personnes et dispositifs")
_NOBODY = Text("run by nobody named", "exploitant non désigné")
_NO_COUNTRY = Text("country not declared", "pays non déclaré")
_HEALTH = Text("health", "santé")
_TONES = {
    "fail": Text("does not comply", "non conforme"), "advice": Text("advice not followed", "recommandation non suivie"),
    "unknown": Text("not shown", "non démontré"), "manual": Text("to attest", "à attester"), "pass": Text("complies", "conforme"),
    "not-applicable": Text("not applicable", "sans objet"), "waived": Text("accepted risk", "risque accepté"),
    "error": Text("error", "erreur"),
}  # fmt: skip
_LAW = Text("law of {}: {}, {}", "loi de {} : {}, {}")
_SURE = {True: Text("link established", "lien établi"), False: Text("link debated", "lien débattu")}
_READ = {True: Text("data can be read", "données lisibles"), False: Text("ciphertext only", "données chiffrées")}
ADVICE = "▲"


class _Spot(NamedTuple):
    x: int
    y: int


def drawing(plan: Diagram, name: str, language: Language, style: str = "") -> str:
    """The SVG; `style` is a style sheet to carry along where no page gives one."""
    spots, lanes, height = _places(plan)
    width = 2 * _MARGIN + plan.columns * BOX_WIDTH + (plan.columns + 1) * GUTTER
    boxes = sum(len(row.boxes) for lane in plan.lanes for row in lane.rows)
    counts = sum(bool(lane.organisation) for lane in plan.lanes), boxes, len(plan.edges)
    said = ", ".join(counted(number, *forms, language) for number, forms in zip(counts, _COUNTED, strict=True))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="dg-t dg-d">',
        f'<title id="dg-t">{_text(_TITLE.said(language).format(name))}</title>',
        f'<desc id="dg-d">{_text(_DESCRIPTION.said(language).format(said))}</desc>',
        f"<style>{style}</style>" if style else "",
        _MARKERS,
        *(_lane(lane, top, tall, width, language) for lane, top, tall in lanes),
        *_edges(plan, spots),
        *(_box(box, spots[box.id], language) for lane in plan.lanes for row in lane.rows for box in row.boxes),
        "</svg>",
    ]
    return "".join(parts)


_MARKERS = (
    '<defs><marker id="dg-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>'
)


def _places(plan: Diagram) -> tuple[Mapping[str, _Spot], list[tuple[Lane, int, int]], int]:
    """Where each box and each lane lies."""
    spots: dict[str, _Spot] = {}
    lanes = []
    y = _MARGIN
    for lane in plan.lanes:
        top = y
        y += _LANE_HEAD
        for row in lane.rows:
            y += _head(row)
            for box in row.boxes:
                x = _MARGIN + GUTTER + box.column * (BOX_WIDTH + GUTTER)
                spots[box.id] = _Spot(x, y + GAP + box.slot * (BOX_HEIGHT + GAP))
            y += GAP + row.slots * (BOX_HEIGHT + GAP)
        lanes.append((lane, top, y - top))
        y += 10
    return spots, lanes, y + _MARGIN - 10


def _lane(lane: Lane, top: int, tall: int, width: int, language: Language) -> str:
    if not lane.organisation and all(not row.host for row in lane.rows):
        name = _OUTSIDE.said(language)
    else:
        name = (lane.name or _NOBODY.said(language)) + (f" ({lane.country})" if lane.country else "")
    parts = [
        f'<g><rect class="lane" x="{_MARGIN}" y="{top}" width="{width - 2 * _MARGIN}" height="{tall}" rx="6"/>',
        f'<text class="org" x="{_MARGIN + 12}" y="{top + 18}">{_cut(name, 80)}</text>',
    ]
    y = top + _LANE_HEAD
    for number, row in enumerate(lane.rows):
        if _head(row):
            parts.append(_row_head(row, y, width, number, language))
        y += _head(row) + GAP + row.slots * (BOX_HEIGHT + GAP)
    return "".join(parts) + "</g>"


def _head(row: Row) -> int:
    """The height of a host's own line: none where the host is its only box, or where there is no host."""
    alone = len(row.boxes) == 1 and row.boxes[0].id == row.host
    return 0 if alone or not row.host else _ROW_HEAD


def _row_head(row: Row, y: int, width: int, number: int, language: Language) -> str:
    rule = f'<line class="rule" x1="{_MARGIN}" x2="{width - _MARGIN}" y1="{y}" y2="{y}"/>' if number else ""
    service = said(THINGS, row.service, language)
    countries = " + ".join(row.countries) or _NO_COUNTRY.said(language)
    mark = f" · {_TONES[row.tone].said(language)} {_shape(row.tone)}" if row.tone in _TONES else ""
    return f'{rule}<text class="host" x="{_MARGIN + 12}" y="{y + 14}">{_cut(f"{row.host} · {service} · {countries}{mark}", 90)}</text>'


def _shape(tone: str) -> str:
    return ADVICE if tone == "advice" else SHAPES.get(tone, "")


def _box(box: Box, spot: _Spot, language: Language) -> str:
    tone = box.tone or "none"
    kind = said(THINGS, box.kind, language) if box.kind else ""
    many = f" × {box.total}" if box.total > 1 else ""
    verdict = _TONES[box.tone].said(language) if box.tone in _TONES else ""
    title = ", ".join(part for part in (box.title, kind + many, verdict) if part)
    parts = [f'<g class="box t-{tone}"><title>{_text(title)}</title>']
    parts.append(f'<rect x="{spot.x}" y="{spot.y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="{22 if box.end else 4}"/>')
    if box.end:
        parts.append(f'<text class="end" text-anchor="middle" x="{spot.x + BOX_WIDTH // 2}" y="{spot.y + 29}">{_cut(kind, 24)}</text>')
        return "".join(parts) + "</g>"
    mark = f" · {_HEALTH.said(language)}" if box.health else ""
    second = _cut(kind + many, _WIDE - len(mark)) + mark
    parts.append(f'<text class="name" x="{spot.x + 10}" y="{spot.y + 19}">{_cut(box.title, 18)}</text>')
    parts.append(f'<text class="kind" x="{spot.x + 10}" y="{spot.y + 35}">{second}</text>')
    if box.tone:
        x, y = spot.x + BOX_WIDTH - 14, spot.y + 14
        parts.append(f'<circle class="badge" cx="{x}" cy="{y}" r="9"/>')
        parts.append(f'<text class="sign" text-anchor="middle" x="{x}" y="{y + 4}">{_shape(box.tone)}</text>')
    parts.extend(_laws(box.reach, spot, language))
    return "".join(parts) + "</g>"


def _laws(reach: tuple[Reach, ...], spot: _Spot, language: Language) -> Iterator[str]:
    """A tag for each country whose law reaches the data there: full where the link is established, dashed where debated."""
    for number, each in enumerate(reach[:4]):
        x, y = spot.x + BOX_WIDTH - 34 - number * 36, spot.y + BOX_HEIGHT - 7
        told = _LAW.said(language).format(each.country, _SURE[each.established].said(language), _READ[each.readable].said(language))
        shade = f"{'sure' if each.established else 'debated'} {'read' if each.readable else 'closed'}"
        yield (
            f'<g class="law {shade}"><title>{_text(f"{each.law}, {told}")}</title><rect x="{x}" y="{y}" width="32" height="15" rx="3"/>'
            f'<text text-anchor="middle" x="{x + 16}" y="{y + 11}">§ {_cut(each.country, 3)}</text></g>'
        )


def _edges(plan: Diagram, spots: Mapping[str, _Spot]) -> Iterator[str]:
    """Each edge by the gutters between columns and rows, so that none passes under a box."""
    taken: dict[tuple[str, int], int] = {}
    leaving: dict[str, int] = {}
    coming: dict[str, int] = {}
    for edge in plan.edges:
        leaving[edge.source] = leaving.get(edge.source, 0) + 1
        coming[edge.target] = coming.get(edge.target, 0) + 1
        path = _route(spots[edge.source], spots[edge.target], taken, leaving[edge.source], coming[edge.target])
        yield _edge(edge, path)


def _edge(edge: Edge, path: str) -> str:
    told = "\n".join(edge.titles[:12])
    return f'<g class="edge {edge.kind} t-{edge.tone or "none"}"><title>{_text(told)}</title><path marker-end="url(#dg-a)" d="{path}"/></g>'


def _route(start: _Spot, end: _Spot, taken: dict[tuple[str, int], int], out: int, into: int) -> str:
    out_y = start.y + 12 + (out - 1) * 8 % (BOX_HEIGHT - 20)
    in_y = end.y + 14 + (into - 1) * 8 % (BOX_HEIGHT - 22)
    left = start.x + BOX_WIDTH + 8 + _next(taken, ("v", start.x + BOX_WIDTH), 6)
    if end.x - start.x == BOX_WIDTH + GUTTER:
        return _line((start.x + BOX_WIDTH, out_y), (left, out_y), (left, in_y), (end.x - 1, in_y))
    channel = end.y - 4 - _next(taken, ("h", end.y), 3) * 8 // 10
    right = end.x - 10 - _next(taken, ("w", end.x), 4)
    return _line((start.x + BOX_WIDTH, out_y), (left, out_y), (left, channel), (right, channel), (right, in_y), (end.x - 1, in_y))


def _next(taken: dict[tuple[str, int], int], lane: tuple[str, int], most: int) -> int:
    """A free track of a gutter, as a distance from its edge; tracks are used again when a gutter is full."""
    taken[lane] = taken.get(lane, -1) + 1
    return taken[lane] % most * _SPREAD


def _line(*points: tuple[int, int]) -> str:
    """A path through points at right angles, its corners rounded."""
    said_so = [f"M{points[0][0]} {points[0][1]}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        said_so.append(f"L{_towards(at, before)}Q{at[0]} {at[1]} {_towards(at, after)}")
    return "".join(said_so) + f"L{points[-1][0]} {points[-1][1]}"


def _towards(at: tuple[int, int], other: tuple[int, int], radius: int = 5) -> str:
    across, down = other[0] - at[0], other[1] - at[1]
    near = min(radius, max(abs(across), abs(down)) // 2)
    step = (near if across > 0 else -near if across < 0 else 0, near if down > 0 else -near if down < 0 else 0)
    return f"{at[0] + step[0]} {at[1] + step[1]}"


def _text(words: str) -> str:
    return escape(safe(words, 600))


def _cut(words: str, most: int) -> str:
    return escape(safe(words if len(words) <= most else words[: most - 1] + "…"))
