"""`waive`: what is there stays byte for byte; what would not be read back is not written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import InputError
from hds_audit.model.waiver import Waiver
from hds_audit.read.waivers import parse_waivers
from hds_audit.write.waivers import with_waiver
from tests.cli.conftest import GATE, Program, Ran, World

HEAD = "format: hds-audit-waivers/1\n"
ONE = "rule: OWN-FR, subject: a, reason: R, owner: O, approver: P, granted: 2026-01-01, expires: 2026-12-31"
BLOCK = "- rule: OWN-FR\n  subject: a\n  reason: R   # why\n  owner: O\n  approver: P\n  granted: 2026-01-01\n  expires: 2026-12-31\n"
ADDED = Waiver("OWN-FR", "h", "It's: a move", "o", "p", date(2026, 10, 1), date(2026, 12, 31))


def waive(program: Program, *more: str, rule: str = "OWN-FR", subject: str = "h", expires: str = "2026-12-31") -> Ran:
    said = ("--reason", "Move: under contract", "--owner", "cto", "--approver", "dpo@x.example", "--granted", "2026-10-01", "--rules", "pack")
    return program("waive", rule, subject, *said, "--expires", expires, *more, env={"SOURCE_DATE_EPOCH": "1795000000"})


def test_a_new_file_serves_the_gate(program: Program, world: World) -> None:
    world.hosts(h="DE")
    assert waive(program, "--waivers", "kept/waivers.yaml", "--ticket", "SEC-1").code == 0
    assert program("check", "infra.yaml", *GATE, "--waivers", "kept/waivers.yaml", "--strict-waivers").code == 4


def test_a_second_one_leaves_the_first_as_it_was(program: Program, world: World) -> None:
    path = world.folder / "waivers.yaml"
    path.write_bytes((HEAD + "# why we have these\nwaivers:\n" + BLOCK + "# the end").encode())
    before = path.read_bytes()
    assert waive(program).code == 0
    after = iter(path.read_bytes().splitlines())
    assert all(line in after for line in before.splitlines()), "every line is there still, in its order"
    assert [item.subject for item in parse_waivers("w", path.read_bytes(), {"OWN-FR"})] == ["a", "h"]


@pytest.mark.parametrize(
    ("options", "told"),
    [({"rule": "OWN-FRR"}, "OWN-FR?"), ({"subject": "*"}, "wildcard"), ({"expires": "soon"}, "YYYY-MM-DD"), ({"expires": "2026-09-30"}, "past"), ({"expires": "2027-12-31"}, "a year")],
)
def test_what_does_not_hold_is_refused_and_nothing_written(program: Program, world: World, options: dict[str, str], told: str) -> None:
    ran = waive(program, **options)
    assert ran.code == 2
    assert told in ran.err
    assert not (world.folder / "waivers.yaml").exists()


def test_one_that_stands_already_is_refused(program: Program, world: World) -> None:
    path = world.folder / "waivers.yaml"
    assert waive(program).code == 0
    before = path.read_bytes()
    ran = waive(program)
    assert (ran.code, path.read_bytes()) == (2, before)
    assert ran.err.startswith("waivers.yaml:3:")


def test_a_broken_file_is_left_alone(program: Program, world: World) -> None:
    path: Path = world.folder / "waivers.yaml"
    path.write_text(HEAD + "waivers:\n  - rule: OWN-FR\n", "utf-8")
    before = path.read_bytes()
    assert waive(program).code == 2
    assert path.read_bytes() == before
    assert sorted(item.name for item in world.folder.iterdir()) == ["pack", "waivers.yaml"]


@pytest.mark.parametrize(
    "before",
    [
        "", HEAD + "waivers: []\n", HEAD + "waivers: []  # none yet\n", HEAD + "waivers:\n" + BLOCK, HEAD + "waivers:\n" + BLOCK.rstrip("\n"),
        "waivers:\n" + BLOCK + "\n" + HEAD,
        "waivers: []\n" + HEAD, (HEAD + "waivers:\n" + BLOCK).replace("\n", "\r\n"), "\ufeff" + HEAD + "waivers:\n" + BLOCK,
        HEAD + "waivers:\n    " + BLOCK.replace("\n  ", "\n      ") + "# last\n", "---\n" + HEAD + "waivers:\n" + BLOCK + "...\n",
    ],
)  # fmt: skip
def test_every_form_of_list_takes_one_more(before: str) -> None:
    after = with_waiver("w", before, ADDED)
    found = parse_waivers("w", after.encode(), {"OWN-FR"})
    assert found[-1]._replace(place=None) == ADDED
    assert len(found) == 1 + before.count("OWN-FR")
    lines = set(after.strip("\ufeff").replace("\r\n", "\n").split("\n"))
    assert all(line in lines for line in before.replace("\r\n", "\n").strip("\ufeff").split("\n") if line.strip() and not set(line) & set("[]{}"))


def test_a_list_in_braces_is_refused_where_it_is() -> None:
    with pytest.raises(InputError, match=r"^w:2:1: "):
        with_waiver("w", HEAD + "waivers: [{" + ONE + "}]\n", ADDED)


@given(reason=st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_characters="\x7f\x85\u2028\u2029", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_any_reason_reads_back_as_it_was_said(reason: str) -> None:
    found = parse_waivers("w", with_waiver("w", "", ADDED._replace(reason=reason)).encode(), {"OWN-FR"})
    assert [item.reason for item in found] == [reason]
