"""The gate on what a change brings: an earlier report, or a git reference."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.conftest import GATE, Program, World


def committed(folder: Path, message: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "infra.yaml"), ("commit", "-q", "-m", message)):
        subprocess.run(["git", *identity, *command], cwd=folder, check=True, capture_output=True)


def test_what_was_there_before_passes_and_what_is_new_blocks(program: Program, world: World) -> None:
    world.hosts(h="DE")
    assert program("check", "infra.yaml", *GATE, "-o", "before.json").code == 1
    ran = program("check", "infra.yaml", *GATE, "--baseline", "before.json", "-o", "json:-")
    assert (ran.code, json.loads(ran.out)["outcome"]) == (0, "non-compliant")
    world.hosts(h="DE", i="US")
    assert program("check", "infra.yaml", *GATE, "--baseline", "before.json").code == 1


def test_identity_holds_when_lines_and_files_move(program: Program, world: World) -> None:
    world.hosts(h="DE")
    program("check", "infra.yaml", *GATE, "-o", "before.json")
    moved = world.folder / "elsewhere.yaml"
    moved.write_text("# a line more\n\n" + world.infra.read_text("utf-8"), "utf-8")
    assert program("check", "elsewhere.yaml", *GATE, "--baseline", "before.json").code == 0


def test_what_was_mended_is_told(program: Program, world: World) -> None:
    world.hosts(h="DE")
    program("check", "infra.yaml", *GATE, "-o", "before.json")
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *GATE, "--baseline", "before.json", "-o", "json:-")
    assert ran.code == 0
    assert any(line.startswith("OWN-FR") for line in json.loads(ran.out)["resolved"])


def test_an_unknown_that_becomes_a_fail_is_new(program: Program, world: World) -> None:
    world.hosts(h="")
    assert program("check", "infra.yaml", *GATE, "-o", "before.json").code == 3
    world.hosts(h="DE")
    assert program("check", "infra.yaml", *GATE, "--baseline", "before.json").code == 1


def test_since_a_git_reference(program: Program, world: World) -> None:
    world.hosts(h="DE")
    committed(world.folder, "first")
    assert program("check", "infra.yaml", *GATE, "--since", "HEAD").code == 0
    world.hosts(h="DE", i="US")
    assert program("check", "infra.yaml", *GATE, "--since", "HEAD").code == 1
    assert program("check", "infra.yaml", *GATE).code == 1


def test_since_a_reference_that_is_not_there(program: Program, world: World) -> None:
    world.hosts(h="FR")
    committed(world.folder, "first")
    ran = program("check", "infra.yaml", *GATE, "--since", "no-such-branch")
    assert ran.code == 2
    assert "Traceback" not in ran.err
