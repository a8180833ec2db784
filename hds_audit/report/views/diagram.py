"""The data-flow diagram: things placed in lanes by who runs them, columns by distance from the people whose data they are.

Above a number that a page can show, components of one host, kind and verdict stand as one box that says how many it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.report import Report, SubjectRef
from hds_audit.report.views.declared import ENDS, FlowEnds, Node, flows, section, text, words
from hds_audit.report.views.marks import tone
from hds_audit.report.views.names import Reach, countries, organisations, reaches

MOST_BOXES, MOST_COLUMNS, MOST_EDGES = 40, 5, 120
_TONES = ("fail", "error", "advice", "waived", "unknown", "manual", "pass", "not-applicable")


class Box(NamedTuple):
    """One thing, or several alike: its column, and its slot in the row of its host."""

    id: str
    title: str
    kind: str
    tone: str
    total: int
    health: bool
    reach: tuple[Reach, ...]
    column: int
    slot: int
    end: bool


class Row(NamedTuple):
    """One host with the things on it."""

    host: str
    service: str
    countries: tuple[str, ...]
    tone: str
    boxes: tuple[Box, ...]
    slots: int


class Lane(NamedTuple):
    """One organisation that runs hosts, or the people and devices outside (no organisation)."""

    organisation: str
    name: str
    country: str
    rows: tuple[Row, ...]


class Edge(NamedTuple):
    """A flow, or a copy, between two boxes."""

    source: str
    target: str
    kind: str
    tone: str
    titles: tuple[str, ...]


class Diagram(NamedTuple):
    """Everything placed, without a unit of length."""

    lanes: tuple[Lane, ...]
    edges: tuple[Edge, ...]
    columns: int
    grouped: bool
    left_out: int


class _Thing(NamedTuple):
    id: str
    host: str
    kind: str
    tone: str
    health: bool
    reach: tuple[Reach, ...]


def diagram(report: Report) -> Diagram:
    """The diagram of a report's description."""
    tones, ways = verdicts(report), flows(report)
    things = _things(report, tones, ways)
    grouped = len(things) > MOST_BOXES
    box_of = {each.id: f"{each.host}|{each.kind}|{each.tone}" if grouped and each.host else each.id for each in things}
    edges, left_out = _edges(report, ways, box_of, tones)
    columns = _columns(dict.fromkeys(box_of.values()), edges, {end for end in ENDS if end in box_of})
    lanes = _lanes(report, things, box_of, columns, tones)
    return Diagram(lanes, edges, max(columns.values(), default=0) + 1, grouped, left_out)


def verdicts(report: Report) -> Mapping[tuple[str, str], str]:
    """What speaks first on each subject: a fail of a mandatory rule, else one of advice, else what is open."""
    advice = {name for name, rule in report.rules.items() if rule.level != "mandatory"}
    rank = {word: number for number, word in enumerate(_TONES)}
    found: dict[SubjectRef, int] = {}
    for item in report.findings:
        word = tone(item) if item.verdict == "fail" else item.verdict
        met = rank["advice" if word == "fail" and item.rule in advice else word]
        if met < found.get(item.subject, len(_TONES)):
            found[item.subject] = met
    return {(kind, name): _TONES[met] for (kind, name), met in found.items()}


def _things(report: Report, tones: Mapping[tuple[str, str], str], ways: Sequence[FlowEnds]) -> list[_Thing]:
    hosts, components, laws = section(report, "hosts"), section(report, "components"), reaches(report)
    health = {key for key, item in section(report, "data").items() if text(item.get("health")) not in ("none", "")}
    found = [_Thing(end, "", end, "", False, ()) for end in ENDS if any(end in (way.source, way.target) for way in ways)]
    for key, item in components.items():
        held = {*words(item.get("stores")), *words(item.get("processes")), *words(item.get("relays"))}
        held |= {name for other in words(item.get("copy_of")) for name in words(components.get(other, {}).get("stores"))}
        shade = tones.get(("component", key), "")
        found.append(_Thing(key, text(item.get("host")) or "?", text(item.get("kind")), shade, bool(held & health), laws.get(key, ())))
    used = {text(item.get("host")) for item in components.values()}
    for key, item in hosts.items():
        if key not in used and key not in components:
            carried = {name for way in ways if key in (way.source, way.target) for name in way.data}
            shade = tones.get(("host", key), "")
            found.append(_Thing(key, key, text(item.get("service")), shade, bool(carried & health), laws.get(key, ())))
    return found


def _edges(
    report: Report, ways: Sequence[FlowEnds], box_of: Mapping[str, str], tones: Mapping[tuple[str, str], str]
) -> tuple[tuple[Edge, ...], int]:  # fmt: skip
    drawn: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    said = [(way.source, way.target, "flow", tones.get(("flow", way.id), ""), _title(way)) for way in ways]
    for key, item in section(report, "components").items():
        said += [(origin, key, "copy", "", f"{origin} ⇒ {key}") for origin in words(item.get("copy_of"))]
    for source, target, kind, shade, title in said:
        ends = box_of.get(source, ""), box_of.get(target, "")
        if all(ends) and ends[0] != ends[1]:
            titles, shades = drawn.setdefault((*ends, kind), ([], []))
            titles.append(title)
            shades.append(shade)
    edges = [
        Edge(source, target, kind, next((word for word in _TONES if word in shades), ""), tuple(titles))
        for (source, target, kind), (titles, shades) in drawn.items()
    ]
    return tuple(edges[:MOST_EDGES]), max(len(edges) - MOST_EDGES, 0)


def _title(way: FlowEnds) -> str:
    carried = ", ".join(way.data) or "?"
    return f"{way.source} → {way.target} : {carried}" + (f" ({way.how})" if way.how else "")


def _columns(boxes: Iterable[str], edges: Sequence[Edge], ends: set[str]) -> Mapping[str, int]:
    """The column of each box: its distance from the nearest end, what no flow reaches after what feeds it."""
    after: dict[str, list[str]] = {}
    for edge in edges:
        after.setdefault(edge.source, []).append(edge.target)
    found = dict.fromkeys(ends, 0)
    _walk(found, after)
    fed = {edge.target for edge in edges}
    names = list(boxes)
    for name in (*[each for each in names if each not in fed], *names):
        if name not in found:
            found[name] = 1
            _walk(found, after, [name])
    return {name: min(column, MOST_COLUMNS - 1) for name, column in found.items()}


def _walk(found: dict[str, int], after: Mapping[str, Sequence[str]], start: Sequence[str] = ()) -> None:
    queue = list(start or found)
    while queue:
        name = queue.pop(0)
        for target in after.get(name, ()):
            if target not in found:
                found[target] = found[name] + 1
                queue.append(target)


def _lanes(
    report: Report, things: Sequence[_Thing], box_of: Mapping[str, str], columns: Mapping[str, int], tones: Mapping[tuple[str, str], str]
) -> tuple[Lane, ...]:  # fmt: skip
    hosts, known, lies = section(report, "hosts"), organisations(report), countries(report)
    by_host: dict[str, list[_Thing]] = {}
    for each in things:
        by_host.setdefault(each.host, []).append(each)
    lanes: dict[str, list[Row]] = {}
    for host, mine in by_host.items():
        row = _row(host, hosts.get(host, {}), lies.get(host, ()), mine, box_of, columns, tones.get(("host", host), ""))
        lanes.setdefault(text(hosts.get(host, {}).get("provider")) if host else "", []).append(row)
    outside = [Lane("", "", "", tuple(row for row in lanes.get("", ()) if not row.host))] if "" in by_host else []
    lanes = {key: rows for key, rows in ((key, [row for row in rows if row.host]) for key, rows in lanes.items()) if rows}
    placed = [Lane(key, *known.get(key, (key or "?", "")), tuple(sorted(rows, key=_first_column))) for key, rows in lanes.items()]
    return (*outside, *sorted(placed, key=lambda lane: (min(_first_column(row) for row in lane.rows), lane.organisation)))


def _first_column(row: Row) -> tuple[int, str]:
    return min((box.column for box in row.boxes), default=0), row.host


def _row(
    host: str, item: Node, lies: tuple[str, ...], things: Sequence[_Thing], box_of: Mapping[str, str], columns: Mapping[str, int],
    shade: str,
) -> Row:  # fmt: skip
    groups: dict[str, list[_Thing]] = {}
    for each in things:
        groups.setdefault(box_of[each.id], []).append(each)
    filled: dict[int, int] = {}
    boxes = []
    for name, alike in sorted(groups.items(), key=lambda pair: (columns[pair[0]], pair[0])):
        column = columns[name]
        slot = filled.get(column, 0)
        filled[column] = slot + 1
        boxes.append(_box(name, alike, column, slot))
    return Row(host, text(item.get("service")), lies, shade, tuple(boxes), max(filled.values(), default=1))


def _box(name: str, alike: Sequence[_Thing], column: int, slot: int) -> Box:
    first = alike[0]
    title = first.id if len(alike) == 1 else f"{first.id} … {alike[-1].id}"
    met = {each.country: each for thing in alike for each in sorted(thing.reach, key=lambda reach: (reach.established, reach.readable))}
    health = any(each.health for each in alike)
    return Box(name, title, first.kind, first.tone, len(alike), health, tuple(met.values()), column, slot, not first.host)
