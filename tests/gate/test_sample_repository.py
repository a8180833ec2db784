"""A repository with a GitHub workflow and a GitLab file, from red to green: baseline, an introduced fault, a fix, a waiver that ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.gate.conftest import ROOT, tree
from tests.gate.test_github import Step, stepped
from tests.gate.test_gitlab import ran as job_ran

pytestmark = pytest.mark.skipif(shutil.which("bash") is None or shutil.which("git") is None, reason="wants bash and git")
WORKFLOW, PIPELINE, INFRA = ".github/workflows/compliance.yml", ".gitlab-ci.yml", "infra.yaml"
ANNEX, SIGNED = "hds_annex: false", "hds_annex: {signed: 2026-11-20, option: true}"
ABROAD = "  dump: {kind: object-storage, host: copies, stores: [records]}\n"
AT_HOME = "  dump: {kind: object-storage, host: scalingo, stores: [records]}\n"
MORE_ABROAD = "  exports: {kind: object-storage, host: copies, stores: [records]}\n"
COPIES = "  copies: {provider: aws, service: object-storage, region: us-east-1, replicated_to: []}\n"


class Both(NamedTuple):
    """What the two services make of one commit; GitLab's code is 0 where the template lets the job pass."""

    github: Step
    gitlab: int
    report: dict[str, object]

    def states(self, rule: str) -> dict[str, str]:
        findings = self.report["findings"]
        assert isinstance(findings, list)
        return {item["subject"]["id"]: item.get("state", "") for item in findings if item["rule"] == rule and item["verdict"] == "fail"}


class Sample:
    """A clone of the repository, committed to as people do."""

    def __init__(self, folder: Path, named: Path, cache: Path) -> None:
        self.folder, self.named, self.cache = folder, named, cache
        self.git("init", "-q", "-b", "main")
        text = (ROOT / "fixtures" / "scalingo-app-unsigned" / INFRA).read_text("utf-8")
        text = text.replace("\ncertificates:", f"{COPIES}\ncertificates:", 1).replace("\ncomponents:\n", f"\ncomponents:\n{ABROAD}", 1)
        self.write(INFRA, text)
        self.settings(day="2026-11-22")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        return subprocess.run(["git", *identity, *arguments], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")

    def change(self, old: str, new: str) -> None:
        text = (self.folder / INFRA).read_text("utf-8")
        assert old in text
        self.write(INFRA, text.replace(old, new, 1))

    def settings(self, day: str, **more: str) -> None:
        """The workflow and the pipeline, as the README of each service would have them."""
        step = {"uses": "example/hds-audit@v1", "with": {"description": INFRA, "args": f"--as-of\n{day}\n--on-unknown\nreport\n", **more}}
        jobs = {"hds": {"runs-on": "ubuntu-latest", "steps": [{"uses": "actions/checkout@v4", "with": {"fetch-depth": 0}}, step]}}
        self.write(WORKFLOW, yaml.safe_dump({"on": ["push", "pull_request"], "jobs": jobs}))
        said = {f"HDS_{key.upper()}": value for key, value in more.items()}
        variables = {"HDS_INFRA": INFRA, "HDS_AUDIT_AS_OF": day, "HDS_AUDIT_ON_UNKNOWN": "report", **said}
        self.write(PIPELINE, yaml.safe_dump({"include": [{"local": "ci-templates/gitlab.yml"}], "variables": variables}))

    def pushed(self, message: str) -> Both:
        """A commit, and what both services answer on a fresh checkout of it."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        checkout = self.cache / "checkout"
        shutil.rmtree(checkout, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", str(self.folder), str(checkout)], check=True, capture_output=True)
        workflow = yaml.safe_load((checkout / WORKFLOW).read_text("utf-8"))
        github = stepped(checkout, self.named, self.cache, workflow["jobs"]["hds"]["steps"][1]["with"])
        report = json.loads(Path(github.outputs["report"]).read_text("utf-8"))
        pipeline = yaml.safe_load((checkout / PIPELINE).read_text("utf-8"))
        code = job_ran(checkout, self.named, self.cache, pipeline["variables"]).returncode
        assert code == int(github.outputs["exit-code"]), "both say the same"
        return Both(github, 0 if code in tree("ci-templates/gitlab.yml")["hds-audit"]["allow_failure"]["exit_codes"] else code, report)  # type: ignore[index]

    def program(self, *arguments: str) -> None:
        environment = {
            "PATH": f"{self.named}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(self.cache),
            "LC_ALL": "C.UTF-8",
        }
        subprocess.run(["hds-audit", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def sample(tmp_path: Path, named: Path, cache: Path) -> Sample:
    (tmp_path / "sample").mkdir()
    return Sample(tmp_path / "sample", named, cache)


def test_from_red_to_green_by_commits(sample: Sample) -> None:
    first = sample.pushed("Describe what there is")
    assert (first.github.code, first.gitlab) == (1, 1)
    assert (first.states("HDS-28-STORAGE"), first.states("HDS-ANNEX-SIGNED")) == ({"dump": ""}, {"scalingo": ""})

    shutil.copy(first.github.outputs["report"], sample.folder / "baseline.json")
    sample.settings("2026-11-22", baseline="baseline.json")
    adopted = sample.pushed("Start from what is there")
    assert (adopted.github.code, adopted.gitlab, adopted.report["outcome"]) == (0, 0, "non-compliant")
    assert adopted.states("HDS-28-STORAGE") == {"dump": "unchanged"}

    sample.git("checkout", "-q", "-b", "exports")
    sample.change(ABROAD, ABROAD + MORE_ABROAD)
    introduced = sample.pushed("Export records")
    assert (introduced.github.code, introduced.gitlab) == (1, 1)
    assert introduced.states("HDS-28-STORAGE") == {"dump": "unchanged", "exports": "introduced"}
    assert re.search(r"^::error file=infra\.yaml,[^:]*title=HDS-28-STORAGE::", introduced.github.out, re.MULTILINE)
    assert len(re.findall(r"^::error ", introduced.github.out, re.MULTILINE)) == 1, "the fault of old is no error of this change"
    sample.git("checkout", "-q", "main")

    sample.change(ABROAD, AT_HOME)
    sample.change(COPIES, "")
    mended = sample.pushed("Bring the dumps home")
    assert (mended.github.code, mended.gitlab) == (0, 0)
    resolved = mended.report["resolved"]
    assert isinstance(resolved, list)
    assert "HDS-28-STORAGE/component/dump" in resolved

    (sample.folder / "baseline.json").unlink()
    sample.settings("2026-11-22")
    bare = sample.pushed("Look at the whole again")
    assert (bare.github.code, bare.gitlab) == (1, 1)

    accepted = (
        "--reason",
        "Signature planned in December",
        "--owner",
        "cto",
        "--approver",
        "dpo@example.org",
        "--expires",
        "2026-12-31",
        "--granted",
        "2026-11-22",
    )
    sample.program("waive", "HDS-ANNEX-SIGNED", "scalingo", *accepted, "--waivers", "waivers.yaml")
    sample.settings("2026-12-31", waivers="waivers.yaml")
    waived = sample.pushed("Accept the risk until the end of the year")
    assert (waived.github.code, waived.github.outputs["exit-code"], waived.gitlab) == (0, "4", 0)
    assert (waived.report["outcome"], waived.states("HDS-ANNEX-SIGNED")) == ("waived", {"scalingo": ""})

    sample.settings("2027-01-01", waivers="waivers.yaml")
    ended = sample.pushed("A day later")
    assert (ended.github.code, ended.gitlab) == (1, 1)
    notices = ended.report["notices"]
    assert isinstance(notices, list)
    assert "waiver-expired" in {item["kind"] for item in notices}

    sample.change(ANNEX, SIGNED)
    (sample.folder / "waivers.yaml").unlink()
    sample.settings("2027-01-01")
    signed = sample.pushed("The annex is signed")
    assert (signed.github.code, signed.gitlab, signed.github.outputs["exit-code"]) == (0, 0, "0")


def test_since_a_reference_judges_the_pull_request_alone(sample: Sample) -> None:
    sample.pushed("Describe what there is")
    sample.settings("2026-11-22", since="HEAD~1")
    assert sample.pushed("Gate on the change").github.code == 0
    sample.change(ABROAD, ABROAD + MORE_ABROAD)
    introduced = sample.pushed("Export records")
    assert (introduced.github.code, introduced.gitlab) == (1, 1)
    assert introduced.states("HDS-28-STORAGE") == {"dump": "unchanged", "exports": "introduced"}
