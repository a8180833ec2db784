"""The command, as people and machines call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hds_audit.cli.emails import FEWEST_EACH
from hds_audit.cli.run import run

HEALTH = "<p>Hello</p>\n<p>Your diabetes &lt;script&gt; {{ diagnosis }}</p>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mails = tmp_path / "mails"
    (mails / "node_modules").mkdir(parents=True)
    (mails / "sub").mkdir()
    (mails / "a.html").write_text(HEALTH, encoding="utf-8")
    (mails / "sub" / "b.txt").write_text("Hello {{ name }}", encoding="utf-8")
    (mails / "node_modules" / "c.html").write_text(HEALTH, encoding="utf-8")
    (mails / "picture.png").write_bytes(b"\x89PNG\0")
    return mails


def output(capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    return capsysbinary.readouterr().out.decode()


def test_the_shape_for_machines(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["emails", str(folder), "--format", "json", "--lang", "en"]) == 0
    said = json.loads(output(capsysbinary))
    assert [(each["path"], each["label"]) for each in said["templates"]] == [
        (os.path.join(str(folder), "a.html"), "health"),
        (os.path.join(str(folder), "sub", "b.txt"), "none"),
    ]
    first = said["templates"][0]["evidence"][0]
    assert first["line"] == 2
    assert isinstance(first["text"], str)
    assert isinstance(first["why"], str)


def test_paths_stay_as_given(folder: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert run(["emails", "./a.html", "sub", "--format", "json"]) == 0
    assert [each["path"] for each in json.loads(output(capsysbinary))["templates"]] == ["./a.html", os.path.join("sub", "b.txt")]


def test_why_follows_the_language_and_labels_do_not(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    whys = set()
    for language in ("en", "fr"):
        run(["emails", str(folder), "--format", "json", "--lang", language])
        template = json.loads(output(capsysbinary))["templates"][0]
        assert template["label"] == "health"
        whys.add(template["evidence"][0]["why"])
    assert len(whys) == 2


def test_for_people_in_french(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["emails", str(folder), "--lang", "fr"]) == 0
    said = output(capsysbinary)
    assert "données de santé" in said
    assert "    2 │ <p>Your diabetes" in said
    assert "2 gabarits" in said


def test_the_page_escapes_what_it_shows(folder: Path, tmp_path: Path) -> None:
    (folder / "evil.html").write_text("<p>Your diabetes</p><script>alert(1)</script>\u202e", encoding="utf-8")
    page = tmp_path / "page.html"
    assert run(["emails", str(folder), "-o", str(page), "--lang", "en"]) == 0
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "\u202e" not in text
    assert 'tr class="health"' in text


def test_a_path_that_is_not_there_is_told_after_what_could_be_read(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["emails", str(folder), "absent.html", "--format", "json"]) == 2
    captured = capfdbinary.readouterr()
    assert len(json.loads(captured.out)["templates"]) == 2
    assert b"absent.html" in captured.err


def test_a_template_that_cannot_be_read_is_unknown(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "binary.html").write_bytes(b"\0\1\2\3" * 100)
    assert run(["emails", str(folder), "--format", "json", "--lang", "en"]) == 2
    found = {os.path.basename(each["path"]): each for each in json.loads(output(capsysbinary))["templates"]}
    assert found["binary.html"]["label"] == "unknown"
    assert "binary" in found["binary.html"]["reason"]
    assert found["a.html"]["label"] == "health"


def test_a_folder_without_templates_is_not_green(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["emails", str(tmp_path), "--lang", "en"]) == 2
    assert "no template" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--lang", "de"], ["--lexicon", "absent.yaml"]])
def test_misuse(folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["emails", str(folder), *arguments]) == 2
    assert capsys.readouterr().err


def test_a_part_outside_the_folder_given_is_not_read(folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "outside.html").write_text(HEALTH, encoding="utf-8")
    (folder / "sub" / "link.html").symlink_to(tmp_path / "outside.html")
    (folder / "sub" / "main.html").write_text('<p>x</p>{% include "outside.html" %}{% include "link.html" %}', encoding="utf-8")
    run(["emails", str(folder), "--format", "json"])
    main = next(each for each in json.loads(output(capsysbinary))["templates"] if each["path"].endswith("main.html"))
    assert main["included"] == []


def test_what_is_no_plain_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert run(["emails", str(tmp_path / "pipe.html")]) == 2
    assert "pipe.html" in capsys.readouterr().err


def test_a_device_is_written_into_and_stays_one(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen([sys.executable, "-c", f"print(len(open({str(pipe)!r}).read()))"], stdout=subprocess.PIPE, text=True)
    assert run(["emails", str(folder), "--format", "json", "-o", str(pipe)]) == 0
    assert int(reader.communicate(timeout=30)[0]) > 0
    assert pipe.is_fifo()


def test_many_templates_are_read_in_their_order(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for number in range(FEWEST_EACH * 2 + 5):
        (tmp_path / f"{number:03}.txt").write_text("Your diabetes" if number % 2 else "Hello", encoding="utf-8")
    assert run(["emails", str(tmp_path), "--format", "json"]) == 0
    said = json.loads(output(capsysbinary))["templates"]
    assert [each["label"] for each in said] == ["health" if number % 2 else "none" for number in range(FEWEST_EACH * 2 + 5)]
    assert [each["path"] for each in said] == sorted(each["path"] for each in said)


@pytest.mark.parametrize("neutral", [0, FEWEST_EACH * 2])
def test_the_templates_of_an_application_are_evidence_on_one_another_in_whichever_process(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, neutral: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    mails = tmp_path / "acme" / "emails"
    mails.mkdir(parents=True)
    (mails / "z-booked.html").write_text("<p>Your appointment for {{ service_name }} is on {{ date }}.</p>", encoding="utf-8")
    for number in range(neutral):
        (mails / f"n{number:03d}.html").write_text("<p>Hello {{ name }}, your nurse sent a prescription.</p>", encoding="utf-8")
    run(["emails", str(tmp_path), "--format", "json"])
    found = {each["path"].rsplit(os.sep, 1)[-1]: each["label"] for each in json.loads(output(capsysbinary))["templates"]}
    assert found["z-booked.html"] == ("health" if neutral else "none")
