"""The format: each mapping under one name, each key with a meaning in both languages, shorthands that exist."""

import re
from collections.abc import Iterator

import pytest

from hds_audit.model.fields import Field, Keyed, Kind, Many, Nested, RecordType, Reference, Scalar, Words
from hds_audit.model.format import words
from hds_audit.model.format.schema import definition_name
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.text import Text

SECTIONS = {"organisations", "data", "hosts", "certificates", "components", "keys", "environments", "laws"}


def kinds(kind: Kind) -> Iterator[Kind]:
    yield kind
    if isinstance(kind, Many | Keyed):
        yield from kinds(kind.of)


def records(start: RecordType = DESCRIPTION) -> dict[int, RecordType]:
    found, waiting = {id(start): start}, [start]
    for record in waiting:
        for nested in (each for field in record.fields for each in kinds(field.kind) if isinstance(each, Nested)):
            if id(nested.type) not in found:
                found[id(nested.type)] = nested.type
                waiting.append(nested.type)
    return found


RECORDS = list(records().values())
FIELDS = [(record, field) for record in RECORDS for field in record.fields]


def texts() -> Iterator[Text]:
    for record in RECORDS:
        yield record.meaning
    for _, field in FIELDS:
        yield field.meaning
        for kind in kinds(field.kind):
            if isinstance(kind, Scalar | Reference | Many) and kind.false_says is not None:
                yield kind.false_says


def test_each_mapping_has_a_name_of_its_own() -> None:
    for names in ([record.name for record in RECORDS], [definition_name(record) for record in RECORDS]):
        assert len(set(names)) == len(names)


def test_each_key_stands_once_in_its_mapping() -> None:
    assert all(len({field.name for field in record.fields}) == len(record.fields) for record in RECORDS)


def test_keys_are_spelt_alike() -> None:
    assert {field.name for _, field in FIELDS if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", field.name) is None} == {
        "physical-sites", "virtual-infrastructure",
    }  # fmt: skip


def test_every_meaning_is_a_sentence_in_both_languages() -> None:
    for text in texts():
        assert text.en.strip()
        assert text.fr.strip()
        assert text.en != text.fr
    for _, field in FIELDS:
        assert field.meaning.en[0].isupper()
        assert field.meaning.en.endswith((".", "…"))
        assert field.meaning.fr[0].isupper()
        assert field.meaning.fr.endswith((".", "…"))


def test_french_keeps_a_space_before_its_high_punctuation() -> None:
    for text in texts():
        assert re.search(r"[^\s/:|-][;!?](\s|$)|\w:\s", re.sub(r"`[^`]*`", "", text.fr)) is None, text.fr


def test_what_is_quoted_in_one_language_is_quoted_in_the_other() -> None:
    for text in texts():
        assert sorted(re.findall("`[^`]*`", text.en)) == sorted(re.findall("`[^`]*`", text.fr)), text


@pytest.mark.parametrize(("record", "field"), FIELDS, ids=lambda each: each.name)
def test_each_kind_is_sound(record: RecordType, field: Field) -> None:
    for kind in kinds(field.kind):
        if isinstance(kind, Nested) and kind.short:
            short = kind.type.field(kind.short)
            assert short is not None
            assert not isinstance(short.kind, Nested | Keyed)
            assert [each.name for each in kind.type.fields if each.required] in ([], [kind.short])
        if isinstance(kind, Reference):
            assert set(kind.sections) <= SECTIONS
        if isinstance(kind, Words):
            assert len(set(kind.choices)) == len(kind.choices) > 0


def test_a_section_is_where_references_look() -> None:
    named = {section for _, field in FIELDS for kind in kinds(field.kind) if isinstance(kind, Reference) for section in kind.sections}
    assert named == SECTIONS
    for section in SECTIONS - {"laws"}:
        field = DESCRIPTION.field(section)
        assert field is not None
        assert isinstance(field.kind, Keyed)


def test_the_vocabularies_of_the_law_are_whole() -> None:
    assert len(words.ACTIVITIES) == 6
    assert len(words.CLAUSES_2018) == 14
    assert len(words.CLAUSES_2026) == 6
    assert len(words.LETTERS_28_3) == 8
    assert len(words.ARTICLE_6) == 6
    assert len(words.ARTICLE_9) == 10
