"""The tree under the reader: scalars as written, aliases within bounds, everything with its place."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.read.complaints import Complaint, Complaints, written
from hds_audit.read.source import Source, decode
from hds_audit.read.tree import Map, Node, Seq
from hds_audit.read.yaml_tree import MOST_ADDED, MOST_LEVELS, grow


def tree(text: str) -> tuple[Map | None, list[Complaint]]:
    source, complaints = decode(0, text.encode()), Complaints()
    assert isinstance(source, Source)
    return grow(0, source, complaints), sorted(complaints)


def root(text: str) -> Map:
    grown, complaints = tree(text)
    assert complaints == []
    assert grown is not None
    return grown


def said(text: str) -> list[str]:
    return [f"{written(each.point, ('f',))} {each.said.en}" for each in tree(text)[1]]


@pytest.mark.parametrize(
    ("scalar", "read"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("On", "On"), ("4:00", "4:00"), ("22:30:10", "22:30:10"), ("022", "022"), ("1_000", "1_000"),
        ("2026-11-22", "2026-11-22"), ("1.20", "1.20"), ("0x1F", "0x1F"), ("1e3", "1e3"), (".inf", ".inf"), ("True", "True"), ("TRUE", "TRUE"),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("Null", None), ("'true'", "true"), ('"null"', "null"), ("''", ""),
        ("!!str true", "true"), ("!!str 12", "12"), ("!!bool true", True), ("!!int 012", "012"), ("! x", "x"), ("=", "="), ("'<<'", "<<"),
    ],
)  # fmt: skip
def test_a_scalar_is_read_as_written_save_true_false_and_nothing(scalar: str, read: object) -> None:
    assert root(f"k: {scalar}\n")["k"] == read
    assert type(root(f"k: {scalar}\n")["k"]) is type(read)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=80))
def test_any_printable_text_in_quotes_comes_back(text: str) -> None:
    dumped = yaml.safe_dump({"k": text}, allow_unicode=True, default_style='"', width=10_000)
    assert root(dumped)["k"] == text


def test_a_duplicate_key_is_told_where_it_stands_again_and_the_rest_is_read() -> None:
    assert said("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        "f:2:11 the key `c` is already written in this mapping; keep one of the two",
        "f:3:1 the key `a` is already written in this mapping; keep one of the two",
    ]


@pytest.mark.parametrize(
    "tag", ["!!python/object:os.system", "!!python/object/apply:os.system", "!Ref", "!!binary", "!!timestamp", "!!set"]
)
def test_tags_that_build_objects_are_refused(tag: str) -> None:
    for text in (f"a: {tag} x\n", f"a: {tag} [x]\n", f"a: {tag} {{x: y}}\n"):
        (complaint,) = tree(text)[1]
        assert "asks for an object" in complaint.said.en
        assert written(complaint.point, ("f",)) == "f:1:4"


def test_tags_that_only_name_what_is_there_are_allowed() -> None:
    assert root("a: !!map {b: !!seq [!!str 1]}\n") == {"a": {"b": ["1"]}}


def test_an_alias_repeats_its_anchor() -> None:
    assert root("a: &x {b: [1, 2]}\nc: *x\nd: &y z\ne: [*y, *y]\n") == {
        "a": {"b": ["1", "2"]},
        "c": {"b": ["1", "2"]},
        "d": "z",
        "e": ["z", "z"],
    }


def test_an_anchor_may_be_set_again_and_the_last_one_counts() -> None:
    assert root("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": "1", "b": "1", "c": "2", "d": "2"}


def test_a_merge_brings_what_is_not_written_out() -> None:
    text = "a: &a {k: a, l: a}\nb: &b {k: b, m: b}\nc: {<<: *a, k: c}\nd: {<<: [*b, *a], n: d}\n"
    assert root(text)["c"] == {"k": "c", "l": "a"}
    assert root(text)["d"] == {"n": "d", "k": "b", "m": "b", "l": "a"}


def test_merges_of_merges_lie_no_deeper() -> None:
    chain = "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: v}}\n" for n in range(1, 100))
    last = root(f"a0: &a0 {{k0: v}}\n{chain}")["a99"]
    assert isinstance(last, Map)
    assert len(last) == 100


def test_a_merged_key_keeps_the_place_where_it_is_written() -> None:
    read = root("a: &a {k: v}\nb: {<<: *a}\n")
    written_out, merged = read["a"], read["b"]
    assert isinstance(written_out, Map)
    assert isinstance(merged, Map)
    assert merged.marks == written_out.marks


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: *x\n", "f:1:4 the alias `*x` has no anchor"),
        ("a: &x [*x]\n", "f:1:8 the alias `*x` stands inside what it repeats"),
        ("a: {<<: b}\n", "f:1:9 `<<` merges mappings only"),
        ("a: &x {b: 1}\nc: {<<: *x, <<: *x}\n", "f:2:13 the key `<<` is already written"),
        ("? [a]\n: b\n", "f:1:3 a mapping or a list stands where a key is due"),
        ("a: &x b\n*x : c\n", "f:2:1 an alias stands where a key is due"),
        ("? \n: b\n", "f:1:2 a key is empty"),
        ("~: b\n", "f:1:1 `~` is no key"),
        ("!!str a: b\n", "f:1:1 `tag:yaml.org,2002:str` is no key"),
        ("&k a: b\n", "f:1:1 a key carries an anchor"),
        ("a: b\n---\nc: d\n", "f:2:1 a second document begins here"),
        ('a: "b\\ec"\n', "f:1:4 an invisible control character"),
        ('"a\\0": b\n', "f:1:1 an invisible control character"),
        ("a: b\u202ec\n", "f:1:4 an invisible control character"),
    ],
)
def test_what_no_description_needs_is_refused_at_its_place(text: str, start: str) -> None:
    assert [line for line in said(text) if line.startswith(start)]
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: b: c\n", "f:1:5 a second `:`"),
        ("a: [b\nc: d\n", "f:2:2 a bracket or brace is not closed"),
        ("a: 'b\n", "f:2:1 quotes are opened and never closed"),
        ("a:\n\t- b\n", "f:2:1 no value may begin with this character"),
        ("a: @b\n", "f:1:4 no value may begin with this character"),
        ("a: b\n c: d\n", "f:2:3 a second `:` stands on this line, or the indentation is off"),
        ("a:\n  - b\n c: d\n", "f:3:2 "),
        ('a: "\\q"\n', "f:1:5 `\\` begins an escape"),
        ("a: !x!y b\n", "f:1:4 this `!` begins a tag"),
        ("a: - b\n", "f:1:4 a list may not begin on this line"),
        ("a\nb: c\n", "f:2:2 "),
        ("a: b\x07\n", "f:1:5 an invisible control character"),
        ("a: b\nc: \x00\n", "f:2:4 an invisible control character"),
    ],
)
def test_a_syntax_error_is_told_once_at_its_place(text: str, start: str) -> None:
    (line,) = said(text)
    assert line.startswith(start)


def test_the_deepest_allowed_nesting_is_read_and_one_more_is_not() -> None:
    assert root("a: " + "[" * (MOST_LEVELS - 1) + "]" * (MOST_LEVELS - 1) + "\n")
    (line,) = said("a: " + "[" * MOST_LEVELS + "]" * MOST_LEVELS + "\n")
    assert line == f"f:1:{3 + MOST_LEVELS} more than 64 levels of nesting; flatten this part"


def test_aliases_may_not_add_levels_either() -> None:
    half = "[" * 40 + "]" * 40
    (line,) = said(f"a: &x {half}\nb: " + "[" * 40 + "*x" + "]" * 40 + "\n")
    assert "64 levels" in line


def _count(node: Node) -> int:
    if isinstance(node, Map):
        return 1 + len(node) + sum(_count(value) for value in node.values())
    return 1 + sum(_count(value) for value in node) if isinstance(node, Seq) else 1


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(0, 12))
def test_aliases_add_what_they_repeat_and_no_more(width: int, times: int) -> None:
    text = f"a: &x [{', '.join(['b'] * width)}]\nc: [{', '.join(['*x'] * times)}]\n"
    plain = f"a: [{', '.join(['b'] * width)}]\nc: []\n"
    assert _count(root(text)) == _count(root(plain)) + times * (width + 1)


def test_aliases_add_at_most_a_hundred_thousand_nodes() -> None:
    words, half = ", ".join(["b"] * 999), MOST_ADDED // 1000 // 2
    text = "a: &x [" + words + "]\nc: [" + ", ".join(["*x"] * half) + "]\nd: [" + ", ".join(["*x"] * half) + "{}]\n"
    assert _count(root(text.format(""))) > MOST_ADDED
    (line,) = said(text.format(", *x"))
    assert "100,000" in line


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    grown, (complaint,) = tree("\n".join(lines))
    assert grown is None
    assert written(complaint.point, ("f",)).startswith("f:5:")  # 10 + 100 + 1,000 + 10,000 and the next is too many


def test_aliases_may_not_add_text_without_end_either() -> None:
    text = f"a: &x {'y' * 1_000_000}\nb: [{', '.join(['*x'] * 20)}]\n"
    (line,) = said(text)
    assert "aliases" in line


def test_the_parser_without_its_c_library_gives_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x {b: [1, 'é', true], c: ''}\nd:\n  <<: *x\n  e: |\n    two\n    lines\n"
    quick = root(text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = root(text)
    assert slow == quick
    assert slow.marks == quick.marks
