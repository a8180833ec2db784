"""The complete description reads, uses every key, and means the same in whatever order its keys stand."""

import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.errors import InputError, Problem
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.model.fields import Keyed, Kind, Many, Nested, RecordType
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.record import Record, Value
from hds_audit.model.values import Day, Span
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import absent_documents, altered_documents, parse_description, read_description
from hds_audit.read.within import records_within

ROOT = Path(__file__).parent.parent.parent
FIXTURE = ROOT / "fixtures" / "reference" / "infra.yaml"


@cache
def load_once() -> Catalogue:
    return load_catalogue(ROOT / "rules" / "_catalogue")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_once()


@pytest.fixture(scope="module")
def described(shipped: Catalogue) -> Description:
    return read_description(FIXTURE, shipped)


def types(kind: Kind | RecordType) -> Iterator[RecordType]:
    match kind:
        case RecordType():
            yield kind
            for field in kind.fields:
                yield from types(field.kind)
        case Nested(record):
            yield from types(record)
        case Many(of) | Keyed(of):
            yield from types(of)


def test_the_complete_description_uses_every_key_of_the_format(described: Description) -> None:
    every = {(record.name, field.name) for record in types(DESCRIPTION) for field in record.fields} - {("description", "include")}
    used = {(record.type.name, key) for record in records_within(described.root) for key in record.values}
    assert used == every


def test_its_documents_are_there_and_as_said(described: Description) -> None:
    assert absent_documents(described, FIXTURE.parent) == ()
    assert altered_documents(described, FIXTURE.parent) == ()


def test_every_record_has_its_own_path_and_marks_in_its_file(described: Description) -> None:
    records = list(records_within(described.root))
    assert len({record.path for record in records}) == len(records)
    for record in records:
        assert set(record.marks) >= set(record.values)
        for mark in record.marks.values():
            place = described.files.key_place(mark)
            assert 1 <= place.column <= len(place.text)


def test_every_fixture_reads(shipped: Catalogue) -> None:
    paths = sorted((ROOT / "fixtures").glob("*/infra.yaml"))
    assert FIXTURE in paths
    for path in paths:
        read_description(path, shipped)


def test_the_normative_description_reads(shipped: Catalogue) -> None:
    data = os.environ.get("HDS_AUDIT_DATA")
    if not data:
        pytest.skip("HDS_AUDIT_DATA names no folder with the normative description")
    described = read_description(Path(data) / "design" / "reference.infra.yaml", shipped)
    assert list(described.section("components")) == ["web", "db", "files", "logs", "db-backup"]


def shape(value: Value) -> object:
    """What a value means, its places and the order of its keys set aside."""
    if isinstance(value, Record):
        return (value.type.name, value.id, value.path, frozenset((key, shape(inner)) for key, inner in value.values.items()))
    if isinstance(value, dict):
        return frozenset((key, shape(inner)) for key, inner in value.items())
    if isinstance(value, tuple) and not isinstance(value, Day | Span):
        return tuple(shape(inner) for inner in value)
    return value


def shuffled(node: object, order: random.Random) -> object:
    if isinstance(node, dict):
        keys = list(node)
        order.shuffle(keys)
        return {key: shuffled(node[key], order) for key in keys}
    return [shuffled(each, order) for each in node] if isinstance(node, list) else node


def plain(node: object) -> object:
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    return [plain(each) for each in node] if isinstance(node, list) else node


@settings(deadline=None, max_examples=15)
@given(st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_keys_does_not_matter(order: random.Random, flow: bool) -> None:
    catalogue = load_once()
    described = read_description(FIXTURE, catalogue)
    text = yaml.safe_dump(shuffled(plain(described.plain), order), allow_unicode=True, sort_keys=False, default_flow_style=flow)
    again = parse_description("again.yaml", text.encode(), catalogue)
    assert shape(again.root) == shape(described.root)


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_damaged_description_is_read_or_refused_with_places(order: random.Random, times: int) -> None:
    content = bytearray(FIXTURE.read_bytes())
    for _ in range(times):
        at = order.randrange(len(content))
        content[at : at + order.randrange(3)] = bytes([order.choice(b"\x00\t\n :-[]{}#&*!|>'\"%@`ayz0\xc3\xff")])
    problems: tuple[Problem, ...] = ()
    try:
        parse_description("infra.yaml", bytes(content), load_once())
    except InputError as error:
        problems = error.problems or (Problem("nowhere", "", ""),)
    assert all(problem.where.startswith("infra.yaml:") and problem.en and problem.fr for problem in problems)
