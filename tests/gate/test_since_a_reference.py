"""`--since`: the description as it stood, with what it includes and what lies beside it, read from git and never checked out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import GATE, Ran
from tests.gate.conftest import Program, World

SINCE = (*GATE, "--since", "HEAD", "-o", "json:-")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def committed(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")


def states(ran: Ran) -> dict[str, str]:
    """The state of each finding of our rule, by subject."""
    report = json.loads(ran.out)
    return {item["subject"]["id"]: item.get("state", "") for item in report["findings"] if item["rule"] == "OWN-FR"}


def notices(ran: Ran) -> list[str]:
    return [item["kind"] for item in json.loads(ran.out)["notices"]]


def test_what_is_included_is_read_as_it_stood(program: Program, world: World) -> None:
    world.hosts(h="DE")
    world.infra.write_text("include: [parts/more.yaml]\n" + world.infra.read_text("utf-8"), "utf-8")
    (world.folder / "parts").mkdir()
    more = world.folder / "parts" / "more.yaml"
    more.write_text("hosts:\n  old: {provider: me, location: {country: DE}}\n", "utf-8")
    committed(world.folder)
    assert states(program("check", "infra.yaml", *SINCE)) == {"old": "unchanged", "h": "unchanged"}
    more.write_text(more.read_text("utf-8") + "  new: {provider: me, location: {country: DE}}\n", "utf-8")
    ran = program("check", "infra.yaml", *SINCE)
    assert (ran.code, states(ran)) == (1, {"old": "unchanged", "new": "introduced", "h": "unchanged"})


@pytest.mark.parametrize("staged", [True, False])
def test_a_renamed_description_is_the_same(program: Program, world: World, staged: bool) -> None:
    world.hosts(h="DE")
    committed(world.folder)
    (world.folder / "deploy").mkdir()
    git(world.folder, "mv", "infra.yaml", "deploy/prod.yaml")
    if not staged:
        git(world.folder, "commit", "-q", "-m", "moved")
    ran = program("check", "deploy/prod.yaml", *GATE, "--since", "HEAD" if staged else "HEAD~1", "-o", "json:-")
    assert (ran.code, states(ran)) == (0, {"h": "unchanged"})


def test_a_new_description_is_introduced_whole_and_that_is_told(program: Program, world: World) -> None:
    committed(world.folder)
    world.hosts(h="DE", i="FR")
    ran = program("check", "infra.yaml", *SINCE)
    assert (ran.code, states(ran)) == (1, {"h": "introduced", "i": ""})
    assert "nothing-before" in notices(ran)


def test_one_that_did_not_hold_together_does_not_stop_its_mending(program: Program, world: World) -> None:
    world.infra.write_text("format: hds-audit/1\nnonsense: 1\n", "utf-8")
    committed(world.folder)
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *SINCE)
    assert ran.code == 0
    assert "nothing-before" in notices(ran)


def test_a_document_that_went_away_is_what_the_change_brings(program: Program, world: World) -> None:
    world.hosts(h="FR")
    text = world.infra.read_text("utf-8") + "governance:\n  risk_assessment: {date: 2026-01-10, document: proofs/risks.txt}\n"
    world.infra.write_text(text, "utf-8")
    (world.folder / "proofs").mkdir()
    proof = world.folder / "proofs" / "risks.txt"
    proof.write_text("risks", "utf-8")
    committed(world.folder)
    assert "absent-document" not in notices(program("check", "infra.yaml", *SINCE))
    proof.unlink()
    ran = program("check", "infra.yaml", *SINCE)
    assert ran.code == 0
    assert "absent-document" in notices(ran)


def test_templates_are_read_as_they_stood(program: Program, world: World) -> None:
    world.hosts(h="FR")
    text = (
        world.infra.read_text("utf-8")
        + "  relay: {provider: me, service: email}\nemails:\n  templates:\n    - {path: mails/*.txt, sender: relay}\n"
    )
    world.infra.write_text(text, "utf-8")
    (world.folder / "mails").mkdir()
    mail = world.folder / "mails" / "a.txt"
    mail.write_text("Votre mot de passe est {{ password }}.\n", "utf-8")
    committed(world.folder)
    gate = ("--as-of", "2026-11-22", "--since", "HEAD", "-o", "json:-")

    def bad(ran: Ran) -> set[tuple[str, str]]:
        found = json.loads(ran.out)["findings"]
        return {(item["verdict"], item["state"]) for item in found if item["subject"]["kind"] == "template" and item["verdict"] == "fail"}

    same = bad(program("check", "infra.yaml", *gate))
    assert same == {("fail", "unchanged")}, "a password in a message fails, then as now"
    mail.write_text("Bonjour.\n", "utf-8")
    committed_again = program("check", "infra.yaml", *gate)
    assert bad(committed_again) == set()
    assert any("/template/" in name for name in json.loads(committed_again.out)["resolved"])


def test_a_description_under_a_folder_of_the_repository(program: Program, world: World) -> None:
    world.hosts(h="DE")
    (world.folder / "ops").mkdir()
    world.infra.rename(world.folder / "ops" / "infra.yaml")
    committed(world.folder)
    ran = program("check", "infra.yaml", "--rules", "../pack", *GATE[2:], "--since", "HEAD", "-o", "json:-", cwd=world.folder / "ops")
    assert (ran.code, states(ran)) == (0, {"h": "unchanged"})


@pytest.mark.parametrize("reference", ["no-such-branch", "HEAD~99", "HEAD:infra.yaml", "-x", "$(touch stolen)"])
def test_what_is_no_reference_is_refused(program: Program, world: World, reference: str) -> None:
    world.hosts(h="FR")
    committed(world.folder)
    ran = program("check", "infra.yaml", *GATE, f"--since={reference}")
    assert ran.code == 2
    assert ran.err.startswith(f"--since {reference}: ")
    assert not (world.folder / "stolen").exists()


def test_outside_a_repository_and_without_git(program: Program, world: World) -> None:
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *GATE, "--since", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(world.folder.parent)})
    assert ran.code == 2
    assert "repository" in ran.err
    ran = program("check", "infra.yaml", *GATE, "--since", "HEAD", env={"PATH": "/nowhere"})
    assert (ran.code, "--baseline" in ran.err) == (2, True)


@pytest.mark.parametrize("more", [("--baseline", "a.json"), ("--with", "infra.yaml")])
def test_since_alone(program: Program, world: World, more: tuple[str, ...]) -> None:
    world.hosts(h="FR")
    committed(world.folder)
    assert program("check", "infra.yaml", *GATE, "--since", "HEAD", *more).code == 2


def test_people_are_told_what_came_what_went_and_what_was_there(program: Program, world: World) -> None:
    world.hosts(old="DE", mended="DE")
    committed(world.folder)
    world.hosts(old="DE", mended="FR", new="DE")
    ran = program("check", "infra.yaml", *GATE, "--since", "HEAD")
    lines = ran.out.splitlines()
    assert ran.code == 1
    came = next(index for index, line in enumerate(lines) if line.startswith("Introduced by this change: "))
    assert lines[came + 1].startswith("  OWN-FR infra.yaml:7:")
    assert "  OWN-FR/host/mended" in lines
    assert any(line.startswith("There before") for line in lines)
    french = program("check", "infra.yaml", *GATE, "--since", "HEAD", "--lang", "fr").out
    assert "Introduit par ce changement" in french
