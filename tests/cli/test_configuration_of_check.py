"""Settings: flags over the environment over a file; a file in the scanned tree makes the gate stricter, never laxer."""

from __future__ import annotations

import pytest

from tests.cli.conftest import GATE, Program, World

PLAIN = ("--rules", "pack", "--frameworks", "iso27001", "--as-of", "2026-11-22")


def settings(world: World, text: str, name: str = "hds-audit.toml") -> None:
    (world.folder / name).write_text(text, "utf-8")


def shown(program: Program, *arguments: str, env: dict[str, str] | None = None) -> dict[str, str]:
    ran = program("config", "infra.yaml", *arguments, env=env)
    assert ran.code == 0, ran.err
    return {line.split()[0]: line for line in ran.out.splitlines() if line.strip()}


def test_flags_win_over_the_environment_over_the_file(program: Program, world: World) -> None:
    world.hosts(h="FR")
    settings(world, 'gate = "sovereign"\nclient = "From the file"\nauthor = "File"\naccent = "#000000"\n')
    found = shown(program, "--accent", "#ffffff", env={"HDS_AUDIT_AUTHOR": "Environment", "HDS_AUDIT_ACCENT": "#888888"})
    assert "sovereign" in found["gate"]
    assert "hds-audit.toml:1" in found["gate"]
    assert "Environment" in found["author"]
    assert "HDS_AUDIT_AUTHOR" in found["author"]
    assert "#ffffff" in found["accent"]
    assert "--accent" in found["accent"]
    assert "From the file" in found["client"]


def test_a_file_may_make_the_gate_stricter(program: Program, world: World) -> None:
    world.hosts(h="FR", i="")
    assert program("check", "infra.yaml", *GATE, "--on-unknown", "report").code == 0
    world.rule("SOV", "DE", level="sovereign")
    world.hosts(h="FR")
    assert program("check", "infra.yaml", *GATE).code == 0
    settings(world, 'gate = "sovereign"\n')
    assert program("check", "infra.yaml", *GATE).code == 1


@pytest.mark.parametrize(
    "text", ['on-unknown = "report"\n', 'min-severity = "critical"\n', 'frameworks = ["hds"]\n', 'waivers = "waivers.yaml"\n', 'rules = ["pack"]\n', 'environment = "test"\n'],
)  # fmt: skip
def test_a_file_never_makes_it_laxer_unless_it_is_trusted(program: Program, world: World, text: str) -> None:
    world.hosts(h="FR")
    settings(world, text)
    ran = program("check", "infra.yaml", "--as-of", "2026-11-22")
    assert ran.code == 2
    assert ran.err.startswith("hds-audit.toml:1:1: ")
    assert "--trust-config" in ran.err


def test_a_trusted_file_names_waivers(program: Program, world: World) -> None:
    world.hosts(h="DE")
    world.waivers(("OWN-FR", "h", "2026-10-01", "2026-12-31"))
    settings(world, 'waivers = "waivers.yaml"\n')
    assert program("check", "infra.yaml", *GATE, "--trust-config").code == 4
    assert program("check", "infra.yaml", *GATE).code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("gates = 1\n", "gate?"), ("gate = 1\n", "gate"), ('gate = "high"\n', "mandatory"), ("gate = \n", "TOML"), ("trust-config = true\n", "--trust-config")],
)
def test_what_is_no_setting_is_an_error_at_its_line(program: Program, world: World, text: str, told: str) -> None:
    world.hosts(h="FR")
    settings(world, text)
    ran = program("check", "infra.yaml", *GATE)
    assert ran.code == 2
    assert ran.err.startswith("hds-audit.toml")
    assert told in ran.err


def test_a_variable_that_is_no_setting_is_an_error(program: Program, world: World) -> None:
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *GATE, env={"HDS_AUDIT_GATES": "sovereign"})
    assert ran.code == 2
    assert "HDS_AUDIT_GATE?" in ran.err


def test_the_table_of_a_pyproject(program: Program, world: World) -> None:
    world.rule("SOV", "DE", level="sovereign")
    world.hosts(h="FR")
    settings(world, '[project]\nname = "a"\n\n[tool.hds-audit]\ngate = "sovereign"\n', "pyproject.toml")
    assert program("check", "infra.yaml", *GATE).code == 1
    assert "pyproject.toml:5" in shown(program)["gate"]
    settings(world, 'gate = "sovereign"\n')
    assert program("check", "infra.yaml", *GATE).code == 2, "two files that could disagree"
