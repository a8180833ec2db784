"""The command `exposure`: its formats, its filters, its refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hds_audit.cli.run import run
from hds_audit.pipeline.knowledge import rules_folder

FIXTURE = str(Path(__file__).parent.parent.parent / "fixtures" / "doctolib-2020-06" / "infra.yaml")


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HDS_AUDIT_CACHE", "off")
    monkeypatch.setenv("LC_ALL", "C")


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["exposure", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_tree_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = called(capsys, FIXTURE, "--lang", "en", "--no-cut")
    assert code == 0
    assert "component encrypted-store — Amazon Web Services (US)" in said
    assert "us:cloud-act – " in said
    code, said, _ = called(capsys, FIXTURE, "--lang", "fr", "--no-cut")
    assert "composant encrypted-store — Amazon Web Services (US)" in said


def test_json_of_one_datum_and_one_law(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = called(capsys, FIXTURE, "--format", "json", "--data", "other-data", "--law", "us:cloud-act", "--as-of", "2020-06-05")
    found = json.loads(said)
    assert code == 0
    assert found["as_of"] == "2020-06-05"
    assert {(each["data"], each["law"]) for each in found["exposures"]} == {("other-data", "us:cloud-act")}
    application = next(each for each in found["exposures"] if each["component"] == "application")
    assert {cut["kind"] for cut in application["cuts"]} == {"other-host", "keep-away"}


def test_a_graph(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = called(capsys, FIXTURE, "--format", "dot")
    assert code == 0
    assert said.startswith("digraph")


@pytest.mark.parametrize(
    ("option", "word", "near"),
    [("--data", "other-dta", "other-data"), ("--law", "us:cloud", "us:cloud-act"), ("--format", "xml", "text, json, dot")],
)
def test_what_is_not_there_is_refused_with_what_is(capsys: pytest.CaptureFixture[str], option: str, word: str, near: str) -> None:
    code, said, told = called(capsys, FIXTURE, option, word)
    assert (code, said) == (2, "")
    assert near in told
    assert option in told


def test_it_needs_no_rule(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    (folder / "gdpr" / "broken.yaml").write_text("id: [", "utf-8")
    monkeypatch.setattr("hds_audit.pipeline.check.rules_folder", lambda: folder)
    monkeypatch.setattr("hds_audit.pipeline.exposure.rules_folder", lambda: folder)
    code, said, told = called(capsys, FIXTURE, "--no-cut")
    assert (code, told) == (0, "")
    assert "encrypted-store" in said
    (folder / "_catalogue" / "broken.yaml").write_text("id: [", "utf-8")
    (folder / "_catalogue" / "laws.yaml").write_text("id: [", "utf-8")
    assert called(capsys, FIXTURE, "--no-cut")[0] == 2


def test_a_description_that_does_not_hold_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    circle = tmp_path / "infra.yaml"
    circle.write_text(
        "format: hds-audit/1\napplication: {name: A}\nhosts: {h: {provider: a}}\n"
        "organisations:\n  a: {country: FR, parent: b}\n  b: {country: FR, parent: a}\n", "utf-8")  # fmt: skip
    code, _, told = called(capsys, str(circle))
    assert code == 2
    assert "infra.yaml:5" in told
