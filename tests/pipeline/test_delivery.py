"""Outputs do not stop one another: what breaks or cannot be written is told, and the others are there."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hds_audit.cli.run import run
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.report import Report
from hds_audit.pipeline import output
from hds_audit.pipeline.delivery import BrokenFormatError, deliver
from hds_audit.pipeline.output import Target
from hds_audit.report.format import Format, Style

sys.path.append(str(Path(__file__).parents[1] / "report"))
from factory import report

from hds_audit.report import json as json_format


def broken(report: Report, style: Style) -> Iterator[bytes]:
    yield b"<html>"
    raise KeyError("nowhere")


def refused(report: Report, style: Style) -> Iterator[bytes]:
    raise MisuseError(Problem("-o", "needs an extra", "demande un complément"))


@pytest.fixture
def put(monkeypatch):
    """Puts a renderer in the place of a format's own."""
    real, changed = output.format_named, {}
    monkeypatch.setattr(output, "format_named", lambda name: changed.get(name) or real(name))
    return lambda name, render: changed.update({name: Format((), render)})


@pytest.fixture
def targets(tmp_path: Path) -> tuple[Target, ...]:
    return tuple(Target(name, str(tmp_path / f"x.{name}")) for name in ("html", "json", "sarif", "junit"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_format_that_breaks_leaves_the_others_and_no_half_file(tmp_path, targets, put):
    put("html", broken)
    with pytest.raises(BrokenFormatError) as told:
        deliver(report(), targets, Style())
    assert names(tmp_path) == {"x.json", "x.sarif", "x.junit"}
    assert str(told.value) == f"html:{targets[0].path}: KeyError: 'nowhere'"


def test_every_fault_and_every_refusal_has_its_line(tmp_path, targets, put):
    put("html", broken)
    put("sarif", refused)
    put("json", broken)
    with pytest.raises(BrokenFormatError) as told:
        deliver(report(), targets, Style("fr"))
    assert names(tmp_path) == {"x.junit"}
    assert str(told.value).splitlines() == [
        f"html:{targets[0].path}: KeyError: 'nowhere'", f"json:{targets[1].path}: KeyError: 'nowhere'", "-o: demande un complément",
    ]  # fmt: skip
    assert [type(each) for each in told.value.exceptions] == [KeyError, KeyError]


def test_a_refusal_alone_is_given_back(tmp_path, targets, put):
    put("html", refused)
    assert deliver(report(), targets, Style()) == (Problem("-o", "needs an extra", "demande un complément"),)
    assert names(tmp_path) == {"x.json", "x.sarif", "x.junit"}


def test_a_folder_in_the_way_is_given_back(tmp_path, targets):
    (tmp_path / "x.html").mkdir()
    (problem,) = deliver(report(), targets, Style())
    assert problem.where == str(tmp_path / "x.html")
    assert names(tmp_path) == {"x.html", "x.json", "x.sarif", "x.junit"}


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "audit.json"
    path.write_bytes(b"".join(json_format.render(report(), Style())))
    return path


def arguments(saved: Path) -> list[str]:
    folder = saved.parent
    return ["report", str(saved), f"--output={folder}/x.html", f"--output={folder}/x.sarif", "--lang", "fr"]


def test_the_program_leaves_with_seventy_and_names_what_broke(saved, put, capsys):
    put("html", broken)
    assert run(arguments(saved)) == 70
    assert f"html:{saved.parent}/x.html: KeyError: 'nowhere'" in capsys.readouterr().err
    assert names(saved.parent) == {"audit.json", "x.sarif"}


def test_with_debug_the_trace_of_the_renderer_is_there(saved, put):
    put("html", broken)
    with pytest.raises(BrokenFormatError) as told:
        run(["--debug", *arguments(saved)])
    (fault,) = told.value.exceptions
    assert fault.__traceback__ is not None
    assert names(saved.parent) == {"audit.json", "x.sarif"}
