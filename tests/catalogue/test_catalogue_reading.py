"""A broken catalogue is refused with its file, its entry and what is wrong, all of it at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hds_audit.errors import InputError
from hds_audit.read.catalogue import load_catalogue

Edit = Callable[[str], str]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Callable[[str, Edit], Path]:
    def edited(file: str, edit: Edit) -> Path:
        for path in folder.glob("*.yaml"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        path = tmp_path / f"{file}.yaml"
        before = path.read_text("utf-8")
        after = edit(before)
        assert after != before
        path.write_text(after, "utf-8")
        return tmp_path

    return edited


def problems(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_catalogue(folder)
    assert all(problem.fr for problem in caught.value.problems)
    return [problem.said("en") for problem in caught.value.problems]


def told(folder: Path, *words: str) -> str:
    found = [line for line in problems(folder) if all(word in line for word in words)]
    assert found, problems(folder)
    return found[0]


def appended(text: str) -> Edit:
    return lambda before: before.rstrip("\n") + "\n" + text


def replaced(old: str, new: str) -> Edit:
    return lambda before: before.replace(old, new, 1)


def organisation(**keys: str) -> str:
    body = {"name": "Somebody", "role": "other", **keys}
    return "  somebody:\n" + "".join(f"    {key}: {value}\n" for key, value in body.items())


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"country": "XX", "country_status": "recalled"}, ("XX is not in countries",)),
        ({"country": "FR"}, ("country and country_status go together",)),
        ({"country_status": "recalled"}, ("country and country_status go together",)),
        ({"country": "FR", "country_status": "sure"}, ("sure is not one of", "verified, secondary, recalled")),
        ({"parent": "[no-such-owner]", "parent_status": "recalled"}, ("no-such-owner is not in organisations",)),
        ({"parent": "[aws]"}, ("a status is missing",)),
        ({"parent": "false"}, ("parent_status is missing",)),
        ({"parent": "aws", "parent_status": "recalled"}, ("aws is not one of: false",)),
        ({"parent": "[{organisation: aws, from: 2022-02-30, status: recalled}]"}, ("2022-02-30 is no day",)),
        ({"parent": "[{organisation: aws, from: 2022-02-02, until: 2021-01-01, status: recalled}]"}, ("until has to be later",)),
        ({"parent": "[somebody]", "parent_status": "recalled"}, ("somebody: owns itself",)),
        ({"aliases": "[ovh]"}, ("ovh names another too",)),
        ({"aliases": "[a, a]"}, ("a name stands there twice",)),
        ({"subject_to": "[us:no-such-law]"}, ("us:no-such-law is not in laws",)),
        ({"sources": "[no-such-source]"}, ("no-such-source is not in sources",)),
        ({"role": "cloud"}, ("cloud is not one of",)),
        ({"colour": "blue"}, ("colour", "unknown key; known are")),
        ({"note": "{en: only English}"}, ("fr is missing",)),
        ({"note": "just a string"}, ("a mapping is due",)),
        ({"name": "null"}, ("a text is due",)),
        ({"name": "[a]"}, ("a text is due",)),
        ({"presence": "FR", "presence_status": "recalled"}, ("a list of names is due",)),
        ({"operating": "{organisation: aws}"}, ("a list of mappings is due",)),
    ],
)
def test_a_broken_organisation_is_told(copy: Callable[[str, Edit], Path], keys: dict[str, str], words: tuple[str, ...]) -> None:
    line = told(copy("organisations", appended(organisation(**keys))), *words)
    assert line.startswith("organisations.yaml")
    assert "somebody" in line


def test_a_problem_points_at_its_line(copy: Callable[[str, Edit], Path]) -> None:
    folder = copy("organisations", appended(organisation(colour="blue")))
    lines = (folder / "organisations.yaml").read_text("utf-8").splitlines()
    number = lines.index("    colour: blue") + 1
    assert told(folder, "colour").startswith(f"organisations.yaml:{number}:")


def test_a_circle_of_owners_is_told_for_each_of_them(copy: Callable[[str, Edit], Path]) -> None:
    first = organisation(parent="[another]", parent_status="recalled")
    second = organisation(parent="[somebody]", parent_status="recalled").replace("somebody:", "another:", 1)
    found = problems(copy("organisations", appended(first + second)))
    assert sorted(line.split(": ")[1] for line in found) == ["another", "somebody"]


def test_all_problems_come_at_once(copy: Callable[[str, Edit], Path]) -> None:
    found = problems(copy("organisations", appended(organisation(colour="blue", country="FR", aliases="[a, a]"))))
    assert len(found) == 3


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("services", "service: paas", "service: pass", ("pass is not in services",)),
        ("services", "hds: covered", "hds: maybe", ("maybe is not one of",)),
        ("services", "subcontractors_status: verified", "", ("needs subcontractors_status",)),
        ("services", "physical-sites: {by: outscale", "cooking: {by: outscale", ("cooking is not in activities",)),
        ("services", "virtual-infrastructure: operator", "virtual-infrastructure: someone", ("someone is not one of",)),
        ("regions", 'country: "IE"', 'country: "UK"', ("aws.eu-west-1", "UK is not in countries")),
        ("regions", "rests_on: [outscale]", "rests_on: [outscal]", ("outscal is not in organisations",)),
        ("countries", 'ref: "Decision 2010/625/EU"', 'reference: "x"', ("ref is missing",)),
        ("countries", "partial: false", "partial: yes", ("yes is not one of: true, false",)),
        ("countries", 'part_of: "FR"', 'part_of: "FX"', ("FX is not in countries",)),
        ("regimes", "until: 2018-04-01", "until: 2005-01-01", ("until has to be later than from",)),
        ("regimes", "replaces: safe-harbour", "replaces: safe-haven", ("safe-haven is not in regimes",)),
        ("regimes", "status: verified", "status: VERIFIED", ("VERIFIED is not one of",)),
        ("laws", "certifications_until: 2027-03-31", "certifications_until: 2026-01-01", ("has to follow until",)),
        ("laws", "binds: [communication-or-computing]", "binds: [everybody]", ("roles are",)),
        ("certificates", "expires: 2025-09-11", "expires: 2022-01-01", ("has to follow issued",)),
        ("certificates", "regions: [parhds", "regions: [parisian", ("parisian is no region of clever-cloud",)),
        ("certificates", "requires: [hds-annex]", "requires: [a-smile]", ("a-smile",)),
        ("certificates", "holder: scalingo", "holder: scalingoo", ("scalingoo is not in organisations",)),
        ("certificates", "offers: [scalingo-paas", "offers: [scalingo-pass", ("scalingo-pass is not in offers",)),
        ("lists", "countries: eea", "countries: efta", ("efta is not one of",)),
        ("lists", "items: [http", "item: [http", ("a list without items",)),
        ("signals", "{value: AS16509", "{valeur: AS16509", ("value is missing",)),
        ("signals", "  aws:\n", "  awsome:\n", ("awsome is not in organisations",)),
        ("sources", "as_of: 2026-11-22", "as_of: soon", ("soon is no day",)),
        ("sources", ", kind: law", ", sort: law", ("kind is missing",)),
    ],
)
def test_a_broken_entry_is_told(copy: Callable[[str, Edit], Path], file: str, old: str, new: str, words: tuple[str, ...]) -> None:
    assert told(copy(file, replaced(old, new)), *words).startswith(f"{file}.yaml")


def test_a_claim_without_a_source_is_refused(copy: Callable[[str, Edit], Path]) -> None:
    text = "  somewhere:\n    title: {en: a, fr: a}\n    items: [a]\n    status: verified\n"
    assert "verified by no source" in told(copy("lists", appended(text)), "somewhere")


def test_two_entries_of_one_name_are_refused(copy: Callable[[str, Edit], Path]) -> None:
    assert "cannot stand here (again)" in told(copy("organisations", appended("  aws: {name: again, role: other}\n")), "aws")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"- a\n- list\n", "a mapping is due"),
        (b"just text", "a mapping is due"),
        (b"laws: [a, list]\n", "a mapping is due"),
        (b"laws: {a: }\n", "a mapping is due"),
        (b"other: {}\n", "laws is missing"),
        (b"laws: {a: b\n", "cannot be read"),
        (b"\xff\xfe\x00laws", "cannot be read"),
        (b"laws: !!python/object/apply:os.system [true]\n", "are refused"),
        (b"laws: !secret {}\n", "are refused"),
        (b"laws: &a {b: 1}\nmore: *a\n", "are refused"),
        (b"laws:\n  a: &a [x, x]\n  b: &b [*a, *a]\n  c: [*b, *b]\n", "are refused"),
        (b"laws: " + b"[" * 40 + b"]" * 40 + b"\n", "are refused"),
        (b"laws: {a: *nobody}\n", "cannot be read"),
        (b"? [a, b]\n: c\nlaws: {}\n", "cannot stand here"),
    ],
)
def test_a_hostile_file_is_refused_with_a_message(copy: Callable[[str, Edit], Path], content: bytes, words: str) -> None:
    folder = copy("laws", lambda before: before + "\n")
    (folder / "laws.yaml").write_bytes(content)
    assert told(folder, words).startswith("laws.yaml")


def test_ten_thousand_nested_lists_are_refused(copy: Callable[[str, Edit], Path]) -> None:
    folder = copy("laws", lambda before: before + "\n")
    (folder / "laws.yaml").write_bytes(b"[" * 10_000 + b"]" * 10_000)
    assert any(line.startswith("laws.yaml") for line in problems(folder))


def test_a_huge_file_is_refused_unread(copy: Callable[[str, Edit], Path]) -> None:
    folder = copy("laws", lambda before: before + "\n")
    with (folder / "laws.yaml").open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    assert "larger than 8 MiB" in told(folder, "laws.yaml")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert len(problems(tmp_path / "nowhere")) >= 10


def test_a_directory_in_place_of_a_file_is_told(copy: Callable[[str, Edit], Path]) -> None:
    folder = copy("laws", lambda before: before + "\n")
    (folder / "laws.yaml").unlink()
    (folder / "laws.yaml").mkdir()
    assert "cannot be read" in told(folder, "laws.yaml")


def test_norway_is_read_as_text_without_quotes(copy: Callable[[str, Edit], Path]) -> None:
    folder = copy("organisations", appended(organisation(country="NO", country_status="recalled")))
    found = load_catalogue(folder).organisation("somebody")
    assert found is not None
    assert found.country == "NO"


def test_an_owner_may_be_nobody_for_a_while(copy: Callable[[str, Edit], Path]) -> None:
    owners = "[{organisation: false, until: 2020-01-01}, {organisation: aws, from: 2021-01-01}]"
    catalogue = load_catalogue(copy("organisations", appended(organisation(parent=owners, parent_status="recalled"))))
    found = catalogue.organisation("somebody")
    assert found is not None
    assert found.owners_on(catalogue.as_of.replace(year=2019)) == ()
    assert found.owners_on(catalogue.as_of.replace(year=2020)) is None
    assert [each.owner for each in found.owners_on(catalogue.as_of) or ()] == ["aws"]
