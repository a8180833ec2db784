"""The GitLab template: its script as GitLab runs it, its reports where it says they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.gate.conftest import ROOT, World, tree

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the template's script wants a shell")


def job() -> dict[str, object]:
    found = tree("ci-templates/gitlab.yml")["hds-audit"]
    assert isinstance(found, dict)
    return found


def acted(world: World, named: Path, cache: Path, **said: str) -> int:
    variables = tree("ci-templates/gitlab.yml")["variables"]
    assert isinstance(variables, dict)
    assert set(said) <= set(variables) | {"CI_MERGE_REQUEST_DIFF_BASE_SHA"}
    script = job()["script"]
    assert isinstance(script, list)
    gate = "--rules pack --frameworks iso27001 --min-severity critical --as-of 2026-11-22"
    lines = [f"set -- {gate} {line.removeprefix('set -- ')}" if line.startswith("set --") else line for line in script]
    environment = {"PATH": f"{named}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "HOME": str(cache), **variables, **said}
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(lines)]
    return subprocess.run(command, cwd=world.folder, env=environment, capture_output=True, timeout=60, check=False).returncode


def test_reports_are_where_the_job_says(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE")
    assert acted(world, named, cache) == 1
    artifacts = job()["artifacts"]
    assert isinstance(artifacts, dict)
    assert artifacts["when"] == "always"
    quality = json.loads((world.folder / artifacts["reports"]["codequality"]).read_text("utf-8"))
    assert any(item["check_name"] == "OWN-FR" and item["location"]["path"] == "infra.yaml" for item in quality)
    assert ElementTree.parse(world.folder / artifacts["reports"]["junit"]).getroot().tag == "testsuites"
    assert all((world.folder / path).stat().st_size for path in artifacts["paths"])


def test_accepted_risks_alone_are_told_and_no_obstacle(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE")
    allowed = job()["allow_failure"]
    assert allowed == {"exit_codes": [acted(world, named, cache, HDS_WAIVERS=world.waivers(("OWN-FR", "h", "2026-10-01", "2026-12-31")))]}


def test_a_broken_description_fails_the_job(world: World, named: Path, cache: Path) -> None:
    world.infra.write_text("a: [", "utf-8")
    assert acted(world, named, cache) == 2


def test_no_variable_of_the_template_is_taken_for_a_setting() -> None:
    variables = tree("ci-templates/gitlab.yml")["variables"]
    assert isinstance(variables, dict)
    assert not [name for name in variables if name.startswith("HDS_AUDIT_")]
