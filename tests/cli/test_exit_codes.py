"""Every line of the table of exit codes, run as a program."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hds_audit.evaluate.outcome import decide
from hds_audit.model.report import Finding, GateView, SubjectRef
from hds_audit.pipeline.check import known
from hds_audit.pipeline.court import court
from tests.cli.conftest import GATE, ROOT, Program, World

HELD = ("OWN-FR", "h", "2026-10-01", "2026-12-31")


def test_0_where_all_at_the_gate_comply(program: Program, world: World) -> None:
    world.hosts(h="FR")
    ran = program("check", "infra.yaml", *GATE)
    assert ran.code == 0
    assert "No mandatory gap found on declared facts" in ran.out


def test_1_where_one_fails_whatever_is_unknown_beside_it(program: Program, world: World) -> None:
    world.hosts(h="DE", i="", j="FR")
    assert program("check", "infra.yaml", *GATE).code == 1


def test_3_where_one_is_unknown(program: Program, world: World) -> None:
    world.hosts(h="FR", i="")
    assert program("check", "infra.yaml", *GATE).code == 3
    ran = program("check", "infra.yaml", *GATE, "--on-unknown", "report")
    assert ran.code == 0


def test_3_where_an_attestation_is_required(program: Program, world: World) -> None:
    world.hosts(h="FR")
    (world.folder / "pack" / "asked.yaml").write_text(
        (world.folder / "pack" / "FR.yaml").read_text("utf-8").replace("OWN-FR", "OWN-ASKED").replace("require: {location.country: FR}", "attest: hds:EXI-01"), "utf-8",
    )  # fmt: skip
    assert program("check", "infra.yaml", *GATE).code == 0
    assert program("check", "infra.yaml", *GATE, "--require-attestations").code == 3


def test_3_where_nothing_was_judged(program: Program, world: World) -> None:
    world.hosts(h="FR")
    without = [word for word in GATE if word not in ("--rules", "pack")]
    assert program("check", "infra.yaml", *without, "--on-unknown", "report").code == 3


def test_4_where_only_waived_fails_are_left(program: Program, world: World) -> None:
    world.hosts(h="DE", i="FR")
    named = world.waivers(HELD)
    assert program("check", "infra.yaml", *GATE).code == 1, "a file that nobody names counts for nothing"
    ran = program("check", "infra.yaml", *GATE, "--waivers", named, "-o", "json:-")
    assert ran.code == 4
    report = json.loads(ran.out)
    assert (report["outcome"], report["exit_code"]) == ("waived", 4)
    assert report["counts"]["waived"] == 1
    assert [item["verdict"] for item in report["findings"] if item["rule"] == "OWN-FR" and item["subject"]["id"] == "h"] == ["fail"]


@pytest.mark.parametrize(("other", "code"), [("", 3), ("DE", 1)])
def test_a_waived_fail_speaks_last(program: Program, world: World, other: str, code: int) -> None:
    world.hosts(h="DE", i=other)
    assert program("check", "infra.yaml", *GATE, "--waivers", world.waivers(HELD)).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",), ("check", "absent.yaml"), ("check", "infra.yaml", "--no-such-option"), ("check", "infra.yaml", "--gate", "high"),
        ("check", "infra.yaml", "--as-of", "yesterday"), ("check", "infra.yaml", "--max-age", "week"), ("check", "infra.yaml", "-o", "x.docx"),
        ("check", "infra.yaml", "--rules", "absent"), ("check", "infra.yaml", "--waivers", "absent.yaml"), ("check", "infra.yaml", "--lang", "de"),
        ("check", "infra.yaml", "--baseline", "absent.json"), ("check", "infra.yaml", "--since", "-x"), ("nothing",),
    ],
)  # fmt: skip
def test_2_on_misuse_and_on_what_cannot_be_read(program: Program, world: World, arguments: tuple[str, ...]) -> None:
    world.hosts(h="FR")
    ran = program(*arguments)
    assert ran.code == 2
    assert ran.err.strip()
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("text", ["", "format: hds-audit/1\nnonsense: 1\n", "a: [", "format: hds-audit/1\nhosts: {h: {provider: nobody-knows}}\n"])
def test_2_on_a_description_that_does_not_hold_together(program: Program, world: World, text: str) -> None:
    world.infra.write_text(text, "utf-8")
    ran = program("check", "infra.yaml", *GATE)
    assert ran.code == 2
    assert ran.err.startswith("infra.yaml:")


def test_2_on_a_broken_pack(program: Program, world: World) -> None:
    world.hosts(h="FR")
    (world.folder / "pack" / "broken.yaml").write_text("id: X\nrequire: {no.such.path: 1}\n", "utf-8")
    ran = program("check", "infra.yaml", *GATE)
    assert ran.code == 2
    assert "broken.yaml:" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_report_that_cannot_be_written_is_no_verdict(world: World, cache: Path) -> None:
    world.hosts(h="DE")
    environment = {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "LC_ALL": "C.UTF-8"}
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "hds_audit", "check", "infra.yaml", *GATE, "-o", "json:-"]
        ran = subprocess.run(command, cwd=world.folder, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode in (2, 70)
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_70_where_a_rule_at_the_gate_broke() -> None:
    rule = next(rule for rule in known().rules if rule.level == "mandatory")
    subject = SubjectRef(rule.subject, "h")
    broken, failed = Finding(rule.id, subject, "error"), Finding(rule.id, subject, "fail")
    assert decide((failed, broken), {rule.id: court(known(), date(2026, 11, 22)).views[rule.id]}, GateView()).exit_code == 70


def test_format_language_and_output_never_change_the_code(program: Program, world: World) -> None:
    world.hosts(h="DE")
    for written in ("json:-", "sarif:-", "junit:-", "gitlab:-", "github:-", "markdown:-", "a.json"):
        for language in ("en", "fr"):
            assert program("check", "infra.yaml", *GATE, "-o", written, "--lang", language).code == 1, written
    assert program("check", "infra.yaml", *GATE, env={"LC_ALL": "fr_FR.UTF-8"}).code == 1


def test_a_light_run_loads_nothing_heavy(program: Program, world: World) -> None:
    world.hosts(h="FR")
    assert program("check", "infra.yaml", *GATE, "-o", "a.json").code == 0
    ran = program("check", "infra.yaml", *GATE, "-o", "a.json", python=("-X", "importtime"))
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines() if line.startswith("import time:")}
    assert "hds_audit" in loaded
    assert not loaded & {"rich", "jinja2", "requests", "dns", "cryptography", "jsonschema", "multiprocessing", "asyncio", "typst"}
