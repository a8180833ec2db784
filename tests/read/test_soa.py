"""A statement of applicability from CSV and YAML: every problem told with its line, in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import InputError
from hds_audit.model.soa import ANNEX_A, SoaEntry, control_name
from hds_audit.read.soa import MOST_ROWS, parse_soa

HEAD = "control,applicable,justification,status\n"


def problems(name: str, content: bytes) -> list[str]:
    with pytest.raises(InputError) as told:
        parse_soa(name, content)
    assert all(problem.en and problem.fr and problem.en != problem.fr for problem in told.value.problems)
    return [problem.said("en") for problem in told.value.problems]


def test_annex_a_has_93_controls_in_four_themes() -> None:
    assert len(ANNEX_A) == len(set(ANNEX_A)) == 93
    assert (ANNEX_A[0], ANNEX_A[36], ANNEX_A[37], ANNEX_A[-1]) == ("A.5.1", "A.5.37", "A.6.1", "A.8.34")


@pytest.mark.parametrize("said", ["A.5.1", "a.5.1", "5.1", "A5.1", " iso27001:A.5.1 "])
def test_a_control_has_one_name_however_it_is_written(said: str) -> None:
    assert control_name(said) == "A.5.1"


def test_what_is_no_number_keeps_its_name() -> None:
    assert control_name("Backups") == "Backups"


def test_a_csv_gives_its_lines() -> None:
    found = parse_soa("soa.csv", (HEAD + "A.5.1,yes,policy,implemented\n5.2,NO,nobody,\n").encode())
    assert found.entries == (SoaEntry("A.5.1", True, "policy", "implemented", 2), SoaEntry("A.5.2", False, "nobody", "", 3))


def test_a_french_sheet_with_semicolons_and_a_byte_order_mark_reads_the_same() -> None:
    content = '\ufeffMesure;Applicable;Motif;Statut\nA.5.1;oui;politique;en place\nA.8.30;non;"aucun; jamais";\n'
    found = parse_soa("sda.csv", content.encode())
    assert [(entry.control, entry.applicable, entry.justification) for entry in found.entries] == [
        ("A.5.1", True, "politique"),
        ("A.8.30", False, "aucun; jamais"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "A.5.1: {applicable: true, justification: policy, status: done}\n",
        "controls:\n  - {control: '5.1', applicable: oui, justification: policy, statut: done}\n",
    ],
)
def test_yaml_by_control_or_as_a_list(content: str) -> None:
    assert parse_soa("soa.yaml", content.encode()).entries == (SoaEntry("A.5.1", True, "policy", "done", 1 if content[0] == "A" else 2),)


def test_what_a_line_does_not_say_is_no_answer() -> None:
    assert parse_soa("soa.csv", (HEAD + "A.5.1,,,\n").encode()).entries[0].applicable is None


def test_every_problem_is_told_with_its_line() -> None:
    assert problems("soa.csv", (HEAD + "A.5.1,perhaps,x,y\n,yes,x,y\nA.5.2,maybe,,\n").encode()) == [
        "soa.csv:2:1: `perhaps` is neither yes nor no; write one",
        "soa.csv:3:1: the line names no control; write its number",
        "soa.csv:4:1: `maybe` is neither yes nor no; write one",
    ]


def test_missing_columns_are_named() -> None:
    said = problems("soa.csv", b"name,why\nA.5.1,x\n")
    assert ["`control`" in said[0], "`applicable`" in said[1], len(said)] == [True, True, 2]


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("soa.csv", b"", "soa.csv:1:1"),
        ("soa.csv", HEAD.encode(), "soa.csv:1:1"),
        ("soa.csv", HEAD.encode() + b"A.5.1,yes,\xff,\n", "soa.csv:2:1"),
        ("soa.csv", HEAD.encode() + b'A.5.1,yes,"open\n', "soa.csv:"),
        ("soa.yaml", b"A.5.1: [1, 2]\n", "soa.yaml:1:"),
        ("soa.yaml", b"- A.5.1\n", "soa.yaml:1:1"),
        ("soa.yaml", b"A.5.1: {applicable: yes}\nA.5.1: {applicable: no}\n", "soa.yaml:2:"),
        ("soa.yaml", b"A.5.1: !!python/object:os.system {}\n", "soa.yaml:1:"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(name: str, content: bytes, where: str) -> None:
    assert problems(name, content)[0].startswith(where)


def test_a_sheet_without_end_is_refused() -> None:
    said = problems("soa.csv", (HEAD + "A.5.1,yes,x,y\n" * (MOST_ROWS + 1)).encode())
    assert said == [f"soa.csv:{MOST_ROWS + 2}:1: more than {MOST_ROWS} lines; a statement has 93"]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("soa.csv", "soa.yaml"):
        try:
            found: tuple[object, ...] = parse_soa(name, content).entries
        except InputError as error:
            found = error.problems
        assert found
