"""YAML and JSON made to hurt, and laws of the small parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_building import ReadText

from hds_audit.importers.addresses import host_of, is_inner, is_public_name
from hds_audit.importers.identifiers import LONGEST, slug, version
from hds_audit.importers.importer import importers
from hds_audit.importers.placed import PlacedMap, documents
from hds_audit.importers.tables import Tables
from hds_audit.importers.texts import MAXIMUM, encoding_of, read_text
from hds_audit.importers.tf.places import blocks_of
from hds_audit.importers.tf.resource import index_of, leaves, marked, without_index
from hds_audit.importers.tf.stream import BrokenError, Scan
from hds_audit.importers.variables import Variable, mentions
from hds_audit.model.imported import Refusal, Source

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 5_000, "[" * 70 + "]" * 70, "- " * 3_000 + "a", "a: &x [*x]", "&a a: *b"])
def test_nesting_without_end_is_refused_not_followed(text: str) -> None:
    found, refusals = documents("f", text)
    assert found == []
    assert len(refusals) == 1


def test_aliases_that_multiply_are_built_once() -> None:
    lines = ["a0: &a0 {x: 1}"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found, refusals = documents("f", "\n".join(lines))
    assert refusals == []
    last = found[0].content.listed("a11")
    assert len(last) == 9
    assert all(item is last[0] for item in last)


def test_keys_places_and_merged_keys() -> None:
    found, _ = documents("f", "base: &b {x: 1, y: yes}\nuse:\n  <<: *b\n  y: 'no'\n  z: [a, {k: v}]\n---\nsecond: 2\n")
    content = found[0].content
    use = content.under("use")
    assert dict(use) == {"x": 1, "y": "no", "z": ["a", {"k": "v"}]}
    assert content.line("use") == (2, 1)
    assert use.line("y") == (4, 3)
    assert [line for _, line in use.listed("z").maps()] == [(5, 10)]
    assert found[1].line == 7
    assert content.under("absent") == PlacedMap()
    assert use.text("x") == "1"


@given(st.text(alphabet="abc:-{}[]&*!|>'\"\n \t#,?%@`", max_size=60))
def test_any_text_gives_documents_or_refusals(text: str) -> None:
    found, refusals = documents("f", text)
    assert all(isinstance(document.content, PlacedMap) for document in found)
    assert all(refusal.reason.en and refusal.reason.fr for refusal in refusals)


@given(JSON)
def test_a_whole_json_text_is_read_whatever_is_passed_over(value: object) -> None:
    text = json.dumps({"a": value, "b": [value, value], "c": 3})
    scan = Scan(text)
    kept = {key: scan.value() for key in scan.members() if key != "a"}
    assert kept == json.loads(json.dumps({"b": [value, value], "c": 3}))


@given(JSON, st.integers(min_value=0, max_value=200))
def test_a_cut_json_text_breaks_with_a_place(value: object, cut: int) -> None:
    text = json.dumps({"a": value, "b": {"c": [value]}})
    part = text[: min(cut, len(text) - 1)]
    with pytest.raises(BrokenError) as raised:
        _walk(part)
    assert raised.value.line == 1
    assert 1 <= raised.value.column <= len(part) + 2


def _walk(text: str) -> None:
    scan = Scan(text)
    for key in scan.members():
        if key == "b":
            for _ in scan.members():
                for _ in scan.elements():
                    scan.value()


@given(st.text(max_size=100))
def test_a_slug_is_an_identifier_and_stays_one(text: str) -> None:
    made = slug(text)
    assert slug(made) == made
    assert 1 <= len(made) <= LONGEST
    assert made.replace("-", "").isalnum()
    assert made.isascii()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16.6-alpine", "16.6"),
        ("16", "16"),
        ("v1.2.3", "1.2.3"),
        ("latest", None),
        ("1.0-S3cr3t", "1.0"),
        (15, "15"),
        (True, None),
        ("", None),
        ("8.0.mysql_aurora.3.04", "8.0"),
        ("a1", None),
        ("7-rc1", "7"),
        ("99999999", None),
    ],
)
def test_versions(text: object, expected: str | None) -> None:
    assert version(text) == expected


@given(st.text(max_size=80))
def test_only_a_name_of_the_public_dns_is_public(text: str) -> None:
    if is_public_name(text):
        assert "." in text
        assert text == text.lower()
        assert not is_inner(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://u:p@ss@h.example.org:8080/x?y", "h.example.org"),
        ("smtp.example.org:587", "smtp.example.org"),
        ("postgres://[::1]:5432/x", "[::1]"),
        ("H.Example.ORG.", "h.example.org"),
        ("", ""),
        ("::1", ""),
    ],
)
def test_the_host_of_an_address(text: str, host: str) -> None:
    assert host_of(text) == host


@given(st.text(max_size=60), st.text(max_size=120))
def test_no_variable_gives_more_than_hosts(tables: Tables, name: str, value: str) -> None:
    for mention in mentions([Variable(name, value, Source("f"))], tables):
        assert mention.host == "" or mention.host in value.lower()
        assert not set(mention.host) & set("/?#@ ")


@pytest.mark.parametrize("content", [b"\x80\x81", b"\xff\xfe\x00", b"\x00\x01\x02"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f").write_bytes(content)
    assert isinstance(read_text(tmp_path / "f"), Refusal)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(MAXIMUM + 1)
    refusal = read_text(path)
    assert isinstance(refusal, Refusal)
    assert "MiB" in refusal.reason.en


def test_absent_files_and_folders_are_refused(tmp_path: Path, tables: Tables) -> None:
    for name, importer in importers().items():
        found = importer.read((tmp_path / "absent.json",), tables)
        assert found.empty, name
        assert len(found.refusals) >= 1


@pytest.mark.parametrize(("content", "encoding"), [(b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"), (b"{}", "utf-8"), (b"", "utf-8")])
def test_encodings_without_a_mark(content: bytes, encoding: str) -> None:
    assert encoding_of(content) == encoding


def test_addresses_and_their_indexes() -> None:
    address = 'module.a["x.y[0]"].module.b[2].aws_s3_bucket.c["k"]'
    assert without_index(address) == "module.a.module.b.aws_s3_bucket.c"
    assert index_of(address) == '["k"]'
    assert index_of("module.a[0].t.n") == ""


@given(JSON, st.text(alphabet="ab.*", max_size=6))
def test_leaves_of_any_tree(value: object, path: str) -> None:
    assert all(leaf is not None and leaf not in ("", {}) for leaf in leaves(value, path))


def test_marks_of_a_tree() -> None:
    assert set(marked({"a": True, "b": {"c": True, "d": False}, "e": [{"f": True}, {}]})) == {"a", "b.c", "e.f"}


def test_blocks_of_files_that_are_no_hcl(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text(
        '}}}}\nresource "t" "n" {\n  a = "${x}" # }\n  /* b = 1\n  */ c = 2\n  dynamic "d" {\n  }\n}\nresource "t" "n" {\n'
    )
    (tmp_path / "b.tf").write_bytes(b"\x80")
    found = blocks_of(tmp_path)
    assert found["t.n"].line == 2
    assert found["t.n"].attributes["a"] == 3
    assert found["t.n"].attributes["d"] == 6


def test_a_single_document_of_many_is_placed_in_the_file(read_text: ReadText) -> None:
    text = "\n\n# comment\n---\n\nservices:\n  web:\n    image: redis\n"
    found = read_text("compose", compose_yaml=text)
    assert found.origins["components.web"].line == 7
