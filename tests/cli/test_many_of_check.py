"""Many descriptions: one report each, an index, one summary, the worst code; a broken one stops nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import GATE, Program, World


def clients(world: World, **countries: str) -> None:
    """A description for each client; `broken` is what no audit can read."""
    for name, country in countries.items():
        folder = world.folder / "clients" / name
        folder.mkdir(parents=True)
        world.hosts(h=country if country != "broken" else "FR")
        text = world.infra.read_text("utf-8") if country != "broken" else "a: ["
        (folder / "infra.yaml").write_text(text, "utf-8")
    world.infra.unlink(missing_ok=True)


def summary(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "summary.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("countries", "code"),
    [
        ({"a": "FR", "b": "FR"}, 0), ({"a": "FR", "b": ""}, 3), ({"a": "", "b": "DE"}, 1), ({"a": "DE", "b": "broken"}, 2),
    ],
)  # fmt: skip
def test_the_worst_code_by_the_order_of_the_table(program: Program, world: World, countries: dict[str, str], code: int) -> None:
    clients(world, **countries)
    ran = program("check", "clients/**/infra.yaml", *GATE, "--into", "out", "-o", "json")
    assert ran.code == code
    entries = summary(world.folder / "out")["entries"]
    assert isinstance(entries, list)
    assert len(entries) == 2


def test_a_broken_one_stops_nobody_and_is_counted(program: Program, world: World) -> None:
    clients(world, a="DE", b="broken", c="FR")
    ran = program("check", "clients/*/infra.yaml", *GATE, "--into", "out")
    assert ran.code == 2
    assert (world.folder / "out" / "index.html").is_file()
    reports = sorted(path.relative_to(world.folder / "out").as_posix() for path in (world.folder / "out" / "clients").rglob("*.json"))
    assert reports == ["clients/a/infra.json", "clients/c/infra.json"]
    assert "clients/b/infra.yaml" in ran.out
    assert "Traceback" not in ran.err + ran.out


def test_jobs_change_nothing_but_the_time(program: Program, world: World) -> None:
    clients(world, a="DE", b="FR", c="", d="broken")
    one = program("check", "clients/*/infra.yaml", *GATE, "--into", "one", "-o", "json", env={"SOURCE_DATE_EPOCH": "1795000000"})
    two = program(
        "check", "clients/*/infra.yaml", *GATE, "--into", "two", "-o", "json", "--jobs", "2", env={"SOURCE_DATE_EPOCH": "1795000000"}
    )
    assert (one.code, one.out) == (two.code, two.out)
    files = {path.relative_to(world.folder / "one"): path.read_bytes() for path in (world.folder / "one").rglob("*") if path.is_file()}
    assert files == {
        path.relative_to(world.folder / "two"): path.read_bytes() for path in (world.folder / "two").rglob("*") if path.is_file()
    }


def test_shards_together_are_the_whole(program: Program, world: World) -> None:
    clients(world, a="DE", b="FR", c="", d="broken", e="FR")
    whole = program("check", "clients/*/infra.yaml", *GATE, "--into", "whole", "-o", "json")
    codes = [
        program("check", "clients/*/infra.yaml", *GATE, "--into", f"part{part}", "-o", "json", "--shard", f"{part}/3").code
        for part in (1, 2, 3)
    ]
    assert whole.code == 2 == max(codes, key=lambda code: code == 2)
    merged = program("merge", "part1", "part2", "part3", "--into", "merged")
    assert merged.code == 2
    found = [[entry[key] for key in ("path", "exit_code", "counts")] for entry in summary(world.folder / "merged")["entries"]]  # type: ignore[attr-defined]
    assert found == [[entry[key] for key in ("path", "exit_code", "counts")] for entry in summary(world.folder / "whole")["entries"]]  # type: ignore[attr-defined]
    assert program("merge", "part1", "part3", "--into", "less").code == 2, "a part is missing"


@pytest.mark.parametrize("said", ["0/3", "4/3", "3", "a/b", "1/0"])
def test_a_shard_that_is_none(program: Program, world: World, said: str) -> None:
    clients(world, a="FR", b="FR")
    assert program("check", "clients/*/infra.yaml", *GATE, "--into", "out", "--shard", said).code == 2


@pytest.mark.parametrize("named", ["clients/a/infra.yaml", "clients/*/infra.yaml"])
def test_a_file_of_waivers_goes_with_the_one_description_that_there_is(program: Program, world: World, named: str) -> None:
    clients(world, a="DE")
    waivers = world.waivers(("OWN-FR", "h", "2026-10-01", "2026-12-31"))
    ran = program("check", named, *GATE, "--waivers", waivers, "--into", "out", "-o", "json")
    assert (ran.code, ran.err) == (4, "")
    assert program("check", named, *GATE, "--into", "bare", "-o", "json").code == 1
    assert program("check", named, *GATE, "--baseline", "bare/clients/a/infra.json", "--into", "later", "-o", "json").code == 0


def test_a_file_of_waivers_is_refused_for_several(program: Program, world: World) -> None:
    clients(world, a="DE", b="DE")
    waivers = world.waivers(("OWN-FR", "h", "2026-10-01", "2026-12-31"))
    for more in (("--into", "out"), ("--into", "out", "--shard", "1/2")):
        ran = program("check", "clients/*/infra.yaml", *GATE, "--waivers", waivers, *more)
        assert ran.code == 2
        assert ran.err.startswith("--waivers: ")
    assert not (world.folder / "out").exists()


def test_a_pattern_that_names_nothing_is_no_success(program: Program, world: World) -> None:
    assert program("check", "clients/**/infra.yaml", *GATE, "--into", "out").code == 2
    assert not (world.folder / "out").exists()
