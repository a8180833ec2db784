"""Waivers at the gate: read whole, refused whole, told of, never endless."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import GATE, Program, World

HELD = ("OWN-FR", "h", "2026-10-01", "2026-12-31")


def test_a_file_is_refused_whole_with_every_place(program: Program, world: World) -> None:
    world.hosts(h="DE")
    world.waivers(HELD, ("OWN-FRR", "'*'", "2026-10-01", "soon"), ("OWN-FR", "i", "2026-10-01", "2026-09-01"))
    ran = program("check", "infra.yaml", *GATE, "--waivers", "waivers.yaml")
    assert ran.code == 2
    assert [line.split(": ")[0].partition(":")[2].partition(":")[0] for line in ran.err.splitlines()] == ["10", "11", "16", "23"]
    assert "OWN-FR?" in ran.err


@pytest.mark.parametrize(("expires", "code"), [("2026-11-22", 4), ("2026-11-21", 1)])
def test_the_last_day_is_held(program: Program, world: World, expires: str, code: int) -> None:
    world.hosts(h="DE")
    assert program("check", "infra.yaml", *GATE, "--waivers", world.waivers((*HELD[:3], expires))).code == code


def test_one_that_has_not_begun_covers_nothing(program: Program, world: World) -> None:
    world.hosts(h="DE")
    assert program("check", "infra.yaml", *GATE, "--waivers", world.waivers(("OWN-FR", "h", "2026-11-23", "2026-12-31"))).code == 1


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([(*HELD[:3], "2026-11-01")], "waiver-expired"),
        ([("OWN-FR", "i", *HELD[2:])], "waiver-orphan"),
        ([HELD, HELD], "waiver-doubled"),
        ([("OWN-FR", "h", "2026-10-01", "2027-12-31")], "waiver-long"),
    ],
)
def test_what_is_told_is_refused_where_waivers_are_strict(program: Program, world: World, rows: list[tuple[str, str, str, str]], kind: str) -> None:
    world.hosts(h="DE", i="FR")
    named = world.waivers(*rows)
    report = json.loads(program("check", "infra.yaml", *GATE, "--waivers", named, "-o", "json:-").out)
    assert kind in [notice["kind"] for notice in report["notices"]]
    ran = program("check", "infra.yaml", *GATE, "--waivers", named, "--strict-waivers")
    assert ran.code == 2
    assert ran.err.startswith("waivers.yaml:")


def test_a_waiver_in_order_passes_where_waivers_are_strict(program: Program, world: World) -> None:
    world.hosts(h="DE")
    assert program("check", "infra.yaml", *GATE, "--waivers", world.waivers(HELD), "--strict-waivers").code == 4
