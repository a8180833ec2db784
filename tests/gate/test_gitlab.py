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

GATE_BY_VARIABLES = {
    "HDS_AUDIT_RULES": "pack", "HDS_AUDIT_FRAMEWORKS": "iso27001", "HDS_AUDIT_MIN_SEVERITY": "critical", "HDS_AUDIT_AS_OF": "2026-11-22",
}  # fmt: skip
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the template's script wants a shell")


def job() -> dict[str, object]:
    found = tree("ci-templates/gitlab.yml")["hds-audit"]
    assert isinstance(found, dict)
    return found


def acted(world: World, named: Path, cache: Path, **said: str) -> int:
    variables = tree("ci-templates/gitlab.yml")["variables"]
    assert isinstance(variables, dict)
    assert set(said) <= set(variables) | {"CI_MERGE_REQUEST_DIFF_BASE_SHA"}
    return ran(world.folder, named, cache, {**GATE_BY_VARIABLES, **said}).returncode


def ran(folder: Path, named: Path, cache: Path, said: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The job's script as GitLab runs it in a folder; settings of the program go by its own variables."""
    variables, script = tree("ci-templates/gitlab.yml")["variables"], job()["script"]
    assert isinstance(variables, dict)
    assert isinstance(script, list)
    environment = {
        "PATH": f"{named}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        "HOME": str(cache),
        "LC_ALL": "C.UTF-8",
        **variables,
        **said,
    }
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(script)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_reports_are_where_the_job_says(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE")
    assert acted(world, named, cache) == 1
    artifacts = job()["artifacts"]
    assert isinstance(artifacts, dict)
    assert artifacts["when"] == "always"
    quality = json.loads((world.folder / artifacts["reports"]["codequality"]).read_text("utf-8"))
    assert any(item["check_name"] == "OWN-FR" and item["location"]["path"] == "infra.yaml" for item in quality)
    (results,) = world.folder.glob(artifacts["reports"]["junit"])
    assert ElementTree.parse(results).getroot().tag == "testsuites"
    assert all((world.folder / path).exists() for path in artifacts["paths"])


@pytest.mark.parametrize("infra", ["clients/**/infra.yaml", "clients/a/infra.yaml clients/b/infra.yaml"])
def test_several_descriptions_one_report_each_and_one_of_code_quality(world: World, named: Path, cache: Path, infra: str) -> None:
    for client, country in (("a", "FR"), ("b", "DE")):
        world.hosts(h=country)
        (world.folder / "clients" / client).mkdir(parents=True)
        world.infra.rename(world.folder / "clients" / client / "infra.yaml")
    assert acted(world, named, cache, HDS_INFRA=infra) == 1
    quality = json.loads((world.folder / "hds-audit.codequality.json").read_text("utf-8"))
    assert {item["location"]["path"] for item in quality if item["check_name"] == "OWN-FR"} == {"clients/b/infra.yaml"}
    assert (world.folder / "hds-audit" / "index.html").is_file()
    assert len(list(world.folder.glob("hds-audit/**/*.xml"))) == 2
    shutil.move(world.folder / "hds-audit", world.folder / "before")
    assert acted(world, named, cache, HDS_INFRA=infra, HDS_BASELINE="before") == 0
    (world.folder / "clients" / "a" / "infra.yaml").write_text("a: [", "utf-8")
    assert acted(world, named, cache, HDS_INFRA=infra) == 2


def test_one_description_has_its_report_and_may_be_named_with_a_space(world: World, named: Path, cache: Path) -> None:
    world.hosts(h="DE")
    world.infra.rename(world.folder / "our infra.yaml")
    assert acted(world, named, cache, HDS_INFRA="our infra.yaml") == 1
    names = {path.name for path in (world.folder / "hds-audit").iterdir()}
    assert names == {"index.html", "summary.json", *(f"our infra.{suffix}" for suffix in ("json", "html", "md", "xml", "gitlab"))}
    (world.folder / "hds-audit").rename(world.folder / "before")
    for baseline in ("before", "before/our infra.json"):
        assert acted(world, named, cache, HDS_INFRA="our infra.yaml", HDS_BASELINE=baseline) == 0


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
