"""The GitHub action: its steps as scripts, from red to green."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.gate.conftest import ROOT, World, tree

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are bash scripts")
MORE = "--rules\npack\n--as-of\n2026-11-22\n"


class Step(NamedTuple):
    code: int
    out: str
    err: str
    summary: str
    outputs: dict[str, str]


def steps() -> dict[str, dict[str, object]]:
    runs = tree("action.yml")["runs"]
    assert isinstance(runs, dict)
    return {step["id"]: step for step in runs["steps"] if "id" in step}


def given(said: dict[str, str]) -> dict[str, str]:
    """The environment of the audit step for some inputs, expressions replaced as the runner does."""
    inputs = tree("action.yml")["inputs"]
    assert isinstance(inputs, dict)
    assert set(said) <= set(inputs), "an input that the action does not have"
    values = {name: said.get(name, str(item["default"])) for name, item in inputs.items()}
    env = steps()["audit"]["env"]
    assert isinstance(env, dict)
    return {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text) for name, text in env.items()}


def acted(world: World, named: Path, cache: Path, **said: str) -> Step:
    """The audit step run in the world's folder, with the gate of the tests."""
    words = {
        "frameworks": "iso27001",
        "min-severity": "critical",
        "args": MORE,
        **{key.replace("_", "-"): value for key, value in said.items()},
    }
    return stepped(world.folder, named, cache, words)


def stepped(folder: Path, named: Path, cache: Path, words: dict[str, str]) -> Step:
    """The audit step as a runner runs it in a folder."""
    runner = cache / "runner"
    shutil.rmtree(runner, ignore_errors=True)
    runner.mkdir()
    (runner / "step.sh").write_text(str(steps()["audit"]["run"]), "utf-8")
    environment = {
        "PATH": f"{named}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "HOME": str(cache),
        "RUNNER_TEMP": str(runner), "GITHUB_STEP_SUMMARY": str(runner / "summary"), "GITHUB_OUTPUT": str(runner / "outputs"), **given(words),
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(runner / "step.sh")]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    lines = (runner / "outputs").read_text("utf-8").splitlines()
    return Step(ran.returncode, ran.stdout, ran.stderr, (runner / "summary").read_text("utf-8"), dict(line.split("=", 1) for line in lines))


def test_a_fail_blocks_is_annotated_and_summed_up(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE")
    ran = acted(world, named, cache)
    assert (ran.code, ran.outputs["exit-code"]) == (1, "1")
    assert re.search(r"^::error file=infra\.yaml,line=\d+,col=\d+,title=OWN-FR::Elsewhere\.", ran.out, re.MULTILINE)
    assert "OWN-FR" in ran.summary
    assert json.loads(Path(ran.outputs["report"]).read_text("utf-8"))["exit_code"] == 1
    assert json.loads(Path(ran.outputs["sarif"]).read_text("utf-8"))["version"] == "2.1.0"


def test_from_red_to_green(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE", i="US")
    first = acted(world, named, cache)
    assert first.code == 1
    shutil.copy(first.outputs["report"], world.folder / "baseline.json")
    assert acted(world, named, cache, baseline="baseline.json").code == 0, "what was there before does not block"
    world.hosts(h="DE", i="US", j="US")
    assert acted(world, named, cache, baseline="baseline.json").code == 1, "a fault that is introduced blocks"
    world.hosts(h="DE", i="FR")
    assert acted(world, named, cache).code == 1, "one fix of two"
    world.waivers(("OWN-FR", "h", "2026-10-01", "2026-11-22"))
    waived = acted(world, named, cache, waivers="waivers.yaml")
    assert (waived.code, waived.outputs["exit-code"]) == (0, "4")
    assert "::warning title=hds-audit::" in waived.out
    assert acted(world, named, cache, waivers="waivers.yaml", args=MORE.replace("-22", "-23")).code == 1, "a waiver ends"
    world.hosts(h="FR", i="FR")
    assert acted(world, named, cache).code == 0


@pytest.mark.parametrize("description", ["clients/**/infra.yaml", "clients/a/infra.yaml\nclients/b c/infra.yaml\n"])
def test_several_descriptions_one_report_each_and_one_code(world: World, named: Path, cache: Path, description: str) -> None:
    for client, country in (("a", "FR"), ("b c", "DE")):
        world.hosts(h=country)
        (world.folder / "clients" / client).mkdir(parents=True)
        world.infra.rename(world.folder / "clients" / client / "infra.yaml")
    ran = acted(world, named, cache, description=description)
    assert (ran.code, ran.outputs["exit-code"]) == (1, "1")
    folder = Path(ran.outputs["report"])
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names >= {
        "index.html",
        "summary.json",
        *(f"clients/{client}/infra.{suffix}" for client in ("a", "b c") for suffix in ("json", "html", "sarif")),
    }
    assert re.search(r"^::error file=clients/b c/infra\.yaml,line=\d+,col=\d+,title=OWN-FR::Elsewhere\.", ran.out, re.MULTILINE)
    assert "clients/b c/infra.yaml" in ran.summary
    shutil.copytree(folder, world.folder / "before")
    assert acted(world, named, cache, description=description, baseline="before").code == 0, "the report is the baseline of a later run"
    (world.folder / "clients" / "a" / "infra.yaml").write_text("a: [", "utf-8")
    broken = acted(world, named, cache, description=description, baseline="before")
    assert (broken.code, "clients/a/infra.yaml" in broken.summary) == (2, True)


def test_no_audit_is_never_green(world: World, named: Path, cache: Path) -> None:
    ran = acted(world, named, cache, description="absent.yaml")
    assert (ran.code, ran.outputs) == (2, {"exit-code": "2"})
    assert "::error title=hds-audit::" in ran.out
    assert "no audit took place" in ran.summary


@pytest.mark.parametrize("accept", ["0 4", "0 3 4"])
def test_what_passes_is_said_by_the_codes_that_are_accepted(world: World, named: Path, cache: Path, accept: str) -> None:
    world.hosts(h="")
    assert acted(world, named, cache, accept=accept).code == (0 if "3" in accept else 3)


def test_inputs_are_never_run(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="FR")
    nasty = '$(touch stolen)`touch stolen`"; touch stolen; "'
    for name in ("description", "waivers", "baseline", "since", "frameworks", "gate", "lang", "args"):
        assert acted(world, named, cache, **{name: nasty}).code == 2, name
    assert not (world.folder / "stolen").exists()


def test_no_script_holds_an_expression() -> None:
    for step in steps().values():
        assert "${{" not in str(step["run"])


def test_the_workflow_of_the_project_is_frugal_with_rights() -> None:
    workflow = tree(".github/workflows/ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert isinstance(jobs, dict)
    for job in jobs.values():
        assert job["timeout-minutes"] <= 30
        for step in job["steps"]:
            assert re.fullmatch(r"\./|actions/[\w-]+@v\d+", step.get("uses", "./"))
    inputs = tree("action.yml")["inputs"]
    assert isinstance(inputs, dict)
    asked = next(step["with"] for step in jobs["action"]["steps"] if step.get("uses") == "./")
    assert set(asked) <= set(inputs)
    assert (ROOT / asked["description"]).is_file()
