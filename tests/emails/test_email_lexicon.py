"""The lexicon's files: ours, and those of users, with every problem told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hds_audit.emails.scan import Scanner
from hds_audit.errors import InputError
from hds_audit.model.lexicon import Lexicon, folded, words_of
from hds_audit.read.lexicon import lexicon_folder, load_lexicon

HEAD = "format: hds-audit-lexicon/1\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ours_is_sourced_and_in_both_languages(lexicon: Lexicon) -> None:
    assert len(lexicon.sources) >= 7
    assert {source.status for source in lexicon.sources} <= {"verified", "secondary", "recalled"}
    for term in ("cardiologue", "cardiologist"):
        assert any("speciality" in found.classes for found in lexicon.starting(words_of(term)[0]))


def test_accents_plurals_and_apostrophes_do_not_matter() -> None:
    assert words_of("L’Hôpital des Œufs") == words_of("l'hopital des oeuf")
    assert folded("ÉÈÀÇ") == "eeac"


def test_an_ending_makes_a_speciality_and_a_chance_one_does_not(lexicon: Lexicon) -> None:
    assert lexicon.starting("vulvologue")[0].classes == {"speciality"}
    assert lexicon.starting("technologue") == ()
    assert lexicon.starting("catalogue") == ()


def test_a_user_adds_terms(tmp_path: Path) -> None:
    own = written(tmp_path, HEAD + "terms:\n  pathology: {any: [zorglubitose aiguë]}\n")
    text = b"Votre zorglubitose aigue est suivie."
    assert Scanner(load_lexicon(lexicon_folder(), own)).scan("a.txt", text).label == "health"
    assert Scanner(load_lexicon(lexicon_folder())).scan("a.txt", text).label == "none"


def test_a_user_takes_terms_away(tmp_path: Path) -> None:
    own = written(tmp_path, HEAD + "without: [fibromyalgie]\n")
    text = b"Votre fibromyalgie."
    assert Scanner(load_lexicon(lexicon_folder())).scan("a.txt", text).label == "health"
    assert Scanner(load_lexicon(lexicon_folder(), own)).scan("a.txt", text).label == "none"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("terms: {}\n", "format"),
        (HEAD + "terms:\n  nosuch: {fr: [a]}\n", "unknown class `nosuch`"),
        (HEAD + "terms:\n  drug: {de: [a]}\n", "unknown language `de`"),
        (HEAD + "terms:\n  drug: {fr: aspirine}\n", "a list of terms"),
        (HEAD + "terms:\n  drug: {fr: [{a: b}]}\n", "a term is a piece of text"),
        (HEAD + "stuff: 1\n", "unknown key `stuff`"),
        (HEAD + "terms: {}\nterms: {}\n", "twice"),
        (HEAD + "sources: [{ref: a}]\n", "a source has"),
        (HEAD + "terms: &a {}\nwithout: *a\n", "aliases"),
        ("[" * 50, "nested deeper"),
        ("a: [", "not YAML"),
        ("a: !!python/object:os.system {}", "format"),
    ],
)  # fmt: skip
def test_every_problem_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        load_lexicon(written(tmp_path, text))
    assert any(said in problem.en for problem in raised.value.problems)
    assert all(problem.where.startswith(str(tmp_path)) and problem.fr for problem in raised.value.problems)


def test_all_problems_come_at_once_with_their_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        load_lexicon(written(tmp_path, HEAD + "terms:\n  nosuch: {}\n  drug: {de: []}\nstuff: 1\n"))
    assert [problem.where.split("own.yaml:")[1].split(":")[0] for problem in raised.value.problems] == ["3", "4", "5"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_lexicon(tmp_path / "absent.yaml")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InputError):
        load_lexicon(path)
