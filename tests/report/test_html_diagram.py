"""The diagram: every thing and flow in it, boxes that never overlap, lines that bend at right angles, whatever is described."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

from factory import HOSTILE, hostile, report
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.model.report import Report
from hds_audit.report.views.declared import flows
from hds_audit.report.views.diagram import MOST_BOXES, MOST_COLUMNS, diagram, verdicts
from hds_audit.report.views.drawing import BOX_HEIGHT, BOX_WIDTH, drawing
from hds_audit.report.views.names import reaches

SVG = "{http://www.w3.org/2000/svg}"
names = st.sampled_from([f"c{number}" for number in range(30)])
hosts = st.sampled_from(["h1", "h2", "h3", "gone"])
components = st.dictionaries(
    names, st.fixed_dictionaries({"kind": st.sampled_from(["database", "application"]), "host": hosts}), max_size=30
)
ends = st.one_of(names, st.sampled_from(["patients", "devices", "h1", "nowhere"]))
described = st.builds(
    lambda made, ways, copies: {
        "hosts": {"h1": {"provider": "a", "service": "paas"}, "h2": {"provider": "b"}, "h3": {"provider": "a"}},
        "components": {key: {**item, "copy_of": [copies[key]]} if key in copies else item for key, item in made.items()},
        "flows": [{"from": source, "to": target, "data": ["d"]} for source, target in ways],
    },
    components,
    st.lists(st.tuples(ends, ends), max_size=40),
    st.dictionaries(names, names, max_size=5),
)


def told(description: dict[str, object]) -> Report:
    return report(description=description, findings=(), exposures=())


def frames(svg: str) -> list[tuple[float, float, float, float]]:
    root = ET.fromstring(svg)
    found = []
    for group in root.iter(f"{SVG}g"):
        if group.get("class", "").startswith("box"):
            frame = group.find(f"{SVG}rect")
            assert frame is not None
            found.append(tuple(float(frame.get(name, "0")) for name in ("x", "y", "width", "height")))
    return found  # type: ignore[return-value]


@settings(max_examples=60, deadline=None)
@given(described)
def test_boxes_never_overlap_and_stay_inside(description: dict[str, object]) -> None:
    svg = drawing(diagram(told(description)), "x", "fr")
    wide, tall = (float(size) for size in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    found = frames(svg)
    for x, y, width, height in found:
        assert 0 <= x <= x + width <= wide
        assert 0 <= y <= y + height <= tall
    for (x, y, _, _), (other_x, other_y, _, _) in combinations(found, 2):
        assert abs(x - other_x) >= BOX_WIDTH or abs(y - other_y) >= BOX_HEIGHT


@settings(max_examples=60, deadline=None)
@given(described)
def test_every_thing_has_one_box_and_every_flow_between_them_an_edge(description: dict[str, object]) -> None:
    whole = told(description)
    plan = diagram(whole)
    boxes = [box.id for lane in plan.lanes for row in lane.rows for box in row.boxes]
    assert len(boxes) == len(set(boxes))
    assert set(description["components"]) <= set(boxes)  # type: ignore[call-overload]
    drawn = {(edge.source, edge.target) for edge in plan.edges}
    wanted = {(way.source, way.target) for way in flows(whole) if way.source in boxes and way.target in boxes and way.source != way.target}
    assert wanted <= drawn
    assert all(edge.source in boxes and edge.target in boxes for edge in plan.edges)
    assert plan.columns <= MOST_COLUMNS


@settings(max_examples=30, deadline=None)
@given(described)
def test_the_drawing_is_the_same_twice_and_well_formed(description: dict[str, object]) -> None:
    one = drawing(diagram(told(description)), "x", "en")
    assert one == drawing(diagram(told(description)), "x", "en")
    ET.fromstring(one)


@settings(max_examples=30, deadline=None)
@given(described)
def test_lines_run_at_right_angles_and_end_at_boxes(description: dict[str, object]) -> None:
    root = ET.fromstring(drawing(diagram(told(description)), "x", "en"))
    for group in root.iter(f"{SVG}g"):
        if group.get("class", "").startswith("edge"):
            line = group.find(f"{SVG}path")
            assert line is not None
            points = [(float(x), float(y)) for x, y in re.findall(r"[MLQ ]?(-?\d+) (-?\d+)", line.get("d", ""))]
            assert all(before[0] == after[0] or before[1] == after[1] for before, after in pairwise(points))


def test_lanes_are_organisations_with_their_country_and_people_come_first() -> None:
    plan = diagram(report())
    assert [(lane.organisation, lane.name, lane.country) for lane in plan.lanes] == [
        ("", "", ""), ("nuage", "Nuage SARL", "FR"), ("big-cloud", "Big Cloud Inc.", "US"),
    ]  # fmt: skip
    svg = drawing(plan, "Carnet", "fr")
    for part in ("Personnes et dispositifs", "Nuage SARL (FR)", "FR + DE", "<title id=", "<desc id="):
        assert part in svg


def test_verdicts_have_a_shape_and_a_word_beside_their_colour() -> None:
    svg = drawing(diagram(report()), "Carnet", "fr")
    assert '<g class="box t-error"><title>db, base de données, erreur</title>' in svg
    assert 'class="sign" text-anchor="middle"' in svg
    assert verdicts(report())["component", "copies"] == "fail"
    assert verdicts(report())["host", "mailer"] == "waived"


def test_advice_not_followed_is_told_from_what_the_law_asks() -> None:
    only = report(findings=tuple(item for item in report().findings if item.rule == "LAW-UC6"))
    assert verdicts(only)["component", "db"] == "advice"


def test_foreign_laws_mark_the_boxes_they_reach() -> None:
    svg = drawing(diagram(report()), "Carnet", "fr")
    assert 'class="law sure read"' in svg
    assert 'class="law debated read"' in svg
    assert "us:cloud-act, loi de US : lien établi, données lisibles" in svg
    assert [each.country for each in reaches(report())["db"]] == ["US"]


def test_a_thousand_components_are_grouped_by_host_kind_and_verdict() -> None:
    many = {f"c{number}": {"kind": "database", "host": "h1"} for number in range(1_000)}
    plan = diagram(told({"hosts": {"h1": {"provider": "a"}}, "components": many}))
    boxes = [box for lane in plan.lanes for row in lane.rows for box in row.boxes]
    assert plan.grouped
    assert [box.total for box in boxes] == [1_000]
    assert "× 1000" in drawing(plan, "x", "fr")


def test_thirty_components_are_drawn_one_by_one() -> None:
    many = {f"c{number}": {"kind": "database", "host": f"h{number % 4}"} for number in range(30)}
    plan = diagram(told({"hosts": {f"h{number}": {"provider": f"p{number % 3}"} for number in range(4)}, "components": many}))
    assert MOST_BOXES >= 30
    assert not plan.grouped
    assert sum(len(row.boxes) for lane in plan.lanes for row in lane.rows) == 30


def test_hostile_names_are_escaped() -> None:
    for text in HOSTILE:
        ET.fromstring(drawing(diagram(hostile(text)), text, "fr"))
