"""The JSON report: its schema holds it, and reading it back gives the same report."""

import json

import pytest
from factory import HOSTILE, empty, hostile, report
from jsonschema import Draft202012Validator

from hds_audit.cli.run import run
from hds_audit.errors import InputError
from hds_audit.model.report_schema import report_schema
from hds_audit.read.report import parse_report
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named, known_formats
from hds_audit.report.json import render

CASES = {"whole": report(), "empty": empty(), **{f"hostile-{number}": hostile(text) for number, text in enumerate(HOSTILE)}}
TEXTS = tuple(name for name in known_formats() if name not in ("pdf",))


def encoded(made):
    return b"".join(render(made, Style()))


@pytest.fixture(scope="module")
def schema():
    Draft202012Validator.check_schema(report_schema())
    return Draft202012Validator(report_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", CASES)
def test_the_schema_holds_it(schema, name):
    assert [error.message for error in schema.iter_errors(json.loads(encoded(CASES[name])))] == []


@pytest.mark.parametrize("change", [
    {"format": "hds-audit-report/2"}, {"outcome": "green"}, {"exit_code": 2}, {"findings": [{"rule": "x"}]}, {"counts": {}}, {"facts": [{"path": 3}]},
    {"as_of": "yesterday"}, {"inputs": [{"path": "x", "sha256": "short"}]},
])  # fmt: skip
def test_the_schema_refuses_what_is_no_report(schema, change):
    assert list(schema.iter_errors({**json.loads(encoded(report())), **change}))


def test_the_schema_asks_for_every_section(schema):
    whole = json.loads(encoded(report()))
    optional = {"resolved", "organisations", "places", "texts"}
    for key in whole.keys() - optional:
        assert list(schema.iter_errors({other: value for other, value in whole.items() if other != key})), key


@pytest.mark.parametrize("name", CASES)
def test_reading_it_back_gives_the_same_bytes(name):
    content = encoded(CASES[name])
    assert encoded(parse_report("x", content)) == content


@pytest.mark.parametrize("section", ["coverage", "organisations", "places", "texts", "exposures", "findings", "facts", "rules"])
def test_reading_it_back_loses_nothing_of_a_section(section):
    made = report(exposures=tuple(row._replace(role="reader") for row in report().exposures))
    kept, read = getattr(made, section), getattr(parse_report("x", encoded(made)), section)
    assert (dict(read) if section == "rules" else tuple(read)) == (dict(kept) if section == "rules" else tuple(kept))


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_format_is_the_same_from_the_file_as_at_audit_time(form, language):
    found = format_named(form)
    style = Style(language, client="Souffle", author="Mme Aubry")
    assert b"".join(found.render(report(), style)) == b"".join(found.render(parse_report("x", encoded(report())), style))


@pytest.mark.parametrize("content", [
    b"", b"[]", b"{", b'{"format":"hds-audit-report/1"}', b'{"format":"other"}', b"\xff\xfe", b"[" * 100_000,
    b'{"format":"hds-audit-report/1","tool":[]}', b'{"format":"hds-audit-report/1","tool":{"rules":3}}',
])  # fmt: skip
def test_what_is_no_report_is_refused_with_its_name(content):
    with pytest.raises(InputError, match=r"^x\.json"):
        parse_report("x.json", content)


@pytest.mark.parametrize("change", [{"rule": "NOWHERE"}, {"facts": [99]}, {"facts": [0, -1]}])
def test_findings_that_point_nowhere_are_refused(change):
    whole = json.loads(encoded(report()))
    whole["findings"][0].update(change)
    with pytest.raises(InputError, match="not whole"):
        parse_report("x.json", json.dumps(whole).encode())


def test_a_report_of_before_names_and_texts_is_still_read(schema):
    added = {"organisations", "places", "texts"}
    old = {key: value for key, value in json.loads(encoded(report())).items() if key not in added}
    for row in old["coverage"]:
        for key in ("nature", "since", "status", "warning"):
            row.pop(key, None)
    assert list(schema.iter_errors(old)) == []
    made = parse_report("x", json.dumps(old).encode())
    assert (made.organisations, made.places, made.texts) == ((), (), ())
    assert {row.status for row in made.coverage} == {""}
    assert all(b"".join(format_named(name).render(made, Style("fr"))) for name in TEXTS)


def test_keys_to_come_are_let_through():
    later = {**json.loads(encoded(report())), "novelty": {"of": "tomorrow"}}
    assert parse_report("x", json.dumps(later).encode()).outcome == "non-compliant"


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "audit.json"
    path.write_bytes(encoded(report()))
    return path


def test_the_command_writes_every_format_it_is_asked_for_and_leaves_with_zero(saved, tmp_path):
    outputs = [f"--output={name}:{tmp_path}/{name}.out" for name in TEXTS]
    assert run(["report", str(saved), *outputs, "--lang", "fr"]) == 0
    assert all((tmp_path / f"{name}.out").stat().st_size for name in TEXTS)
    assert (tmp_path / "json.out").read_bytes() == saved.read_bytes()


def test_no_language_and_no_format_changes_the_code(saved, tmp_path):
    codes = {
        run(["report", str(saved), f"--output={name}:{tmp_path}/o", "--lang", language]) for name in TEXTS for language in ("en", "fr")
    }
    assert codes == {0}


def test_without_output_it_prints_for_people(saved, capsys):
    assert run(["report", str(saved), "--lang", "fr"]) == 0
    assert "Non conforme" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--output", "x.docx"], ["--output", "pptx:x"], ["--comment", "nowhere.md", "--output", "json:x"]])
def test_misuse_leaves_with_two_and_writes_nothing(saved, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert run(["report", str(saved), *arguments]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["audit.json"]


def test_a_report_that_is_not_there_is_misuse(tmp_path):
    assert run(["report", str(tmp_path / "no.json")]) == 2
