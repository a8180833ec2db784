"""The Dockerfile, read; the pre-commit hook, run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import ROOT, Program, World


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8")).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line.strip())]


def test_the_image_runs_without_rights_from_pinned_bases() -> None:
    found = instructions()
    last = [rest for word, rest in found if word == "USER"][-1]
    assert last.isdigit()
    assert int(last) > 0
    for rest in (rest for word, rest in found if word == "FROM"):
        assert re.match(r"python:3\.\d+-slim( |$)", rest)
    assert not [word for word, _ in found if word in ("ADD", "MAINTAINER")]
    assert [rest for word, rest in found if word == "ENTRYPOINT"] == ['["hds-audit"]']


def test_what_the_image_copies_is_there_and_is_all_that_the_wheel_needs() -> None:
    copied = {source for word, rest in instructions() if word == "COPY" and "--from" not in rest for source in rest.split()[:-1]}
    assert all((ROOT / source).exists() for source in copied)
    assert {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "hds_audit", "rules"} <= copied


def hook() -> dict[str, object]:
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("path", "taken"), [("infra.yaml", True), ("clients/a/infra.yml", True), ("my-infra.yaml", False), ("infra.yaml.bak", False)]
)
def test_which_files_the_hook_takes(path: str, taken: bool) -> None:
    assert bool(re.search(str(hook()["files"]), path)) is taken


@pytest.mark.parametrize(("country", "code"), [("FR", 0), ("DE", 1)])
def test_the_entry_of_the_hook(program: Program, world: World, country: str, code: int) -> None:
    world.hosts(h=country)
    name, *arguments = shlex.split(str(hook()["entry"]))
    assert name == "hds-audit"
    more = ("--rules", "pack", "--frameworks", "iso27001", "--min-severity", "critical", "--as-of", "2026-11-22")
    assert program(*arguments, *more, "infra.yaml").code == code


@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
@pytest.mark.parametrize(("country", "code"), [("FR", 0), ("DE", 1)])
def test_pre_commit_for_real(world: World, named: Path, cache: Path, country: str, code: int) -> None:
    import os

    world.hosts(h=country)
    said = {
        **hook(),
        "language": "system",
        "args": ["--rules", "pack", "--frameworks", "iso27001", "--min-severity", "critical", "--as-of", "2026-11-22"],
    }
    (world.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [said]}]}), "utf-8")
    environment = {
        "PATH": f"{named}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        "HOME": str(cache),
        "PRE_COMMIT_HOME": str(cache / "pc"),
    }
    subprocess.run(["git", "init", "-q"], cwd=world.folder, env=environment, check=True)
    subprocess.run(["git", "add", "infra.yaml"], cwd=world.folder, env=environment, check=True)
    ran = subprocess.run(
        ["pre-commit", "run", "--all-files"], cwd=world.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert ("OWN-FR" in ran.stdout) is (code == 1)
