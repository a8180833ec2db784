"""Templates that a description names: what is not read of them is told."""

from pathlib import Path

import pytest

from hds_audit.model.description import Description
from hds_audit.model.fields import RecordType
from hds_audit.model.record import Files, Record
from hds_audit.model.text import Text
from hds_audit.pipeline import beside
from hds_audit.pipeline.beside import templates_of, templates_told

TYPE = RecordType("template", Text("a template", "un gabarit"), ())


def record(**values: object) -> Record:
    return Record(TYPE, "", "", values, {}, 0)


def described(*patterns: str) -> Description:
    listed = tuple(record(path=pattern) for pattern in patterns)
    return Description(record(emails=record(templates=listed)), Files(()), (), {})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(beside, "MOST_TEMPLATES", 3)
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"{name}.txt").write_text("Hello", encoding="utf-8")
    return tmp_path


def test_a_pattern_of_more_files_than_are_read_is_told(folder: Path) -> None:
    (notice,) = templates_told(described("*.txt", "a.txt"), folder)
    assert notice.kind == "templates-cut"
    assert "*.txt names 4 files" in notice.text.en
    assert "*.txt désigne 4 fichiers" in notice.text.fr


def test_and_is_itself_a_reading_that_nothing_is_known_of(folder: Path) -> None:
    unknown, *read = templates_of(described("*.txt"), folder)
    assert unknown.path == "*.txt"
    assert unknown.unreadable is not None
    assert [(reading.path, reading.unreadable) for reading in read] == [("a.txt", None), ("b.txt", None), ("c.txt", None)]


def test_as_many_files_as_are_read_are_told_nothing_of(folder: Path) -> None:
    (folder / "d.txt").unlink()
    assert templates_told(described("*.txt"), folder) == ()
    assert all(reading.unreadable is None for reading in templates_of(described("*.txt"), folder))


@pytest.mark.parametrize("pattern", ["../*.txt", "/etc/*", "none-*.txt"])
def test_a_pattern_that_names_no_file_of_the_folder_is_no_cut(folder: Path, pattern: str) -> None:
    assert templates_told(described(pattern), folder) == ()
    (reading,) = templates_of(described(pattern), folder)
    assert reading.unreadable is not None


@pytest.mark.parametrize(("settings", "label"), [(("care",), "health"), (("research",), "none")])
def test_a_description_of_data_from_care_tells_what_kind_of_application_its_messages_are_of(
    tmp_path: Path, settings: tuple[str, ...], label: str
) -> None:
    (tmp_path / "booked.html").write_text("<p>Your appointment for {{ service_name }} is on {{ date }}.</p>", encoding="utf-8")
    emails = record(templates=(record(path="*.html"),))
    root = record(emails=emails, data={"d": record(collected_in=settings)})
    (reading,) = templates_of(Description(root, Files(()), (), {}), tmp_path)
    assert reading.label == label
