"""Every mark points at the text that it names."""

import random

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.model.place import Place
from hds_audit.model.record import Files
from hds_audit.read.complaints import Complaints
from hds_audit.read.source import Source, decode
from hds_audit.read.tree import Map, Node, Seq
from hds_audit.read.yaml_tree import grow

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéçœ\U0001f600"), min_size=1, max_size=8).filter(
    lambda word: word not in {"true", "false", "null"} and word[0].isalpha()
)
TREES = st.dictionaries(
    WORDS,
    st.recursive(
        WORDS | st.booleans(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20
    ),
    min_size=1,
)


def grown(text: str) -> tuple[Map, Files]:
    source, complaints = decode(0, text.encode()), Complaints()
    assert isinstance(source, Source)
    root = grow(0, source, complaints)
    assert list(complaints) == []
    assert root is not None
    return root, Files(("f",), (source.text,), (tuple(source.text.splitlines()),))


def beginning(place: Place) -> str:
    return place.text[place.column - 1 :]


def check(node: Node, files: Files) -> int:
    """Check the marks of a tree against the text; how many were looked at."""
    pairs: list[tuple[Node, int]] = []
    if isinstance(node, Map):
        for key, mark in node.marks.items():
            assert beginning(files.key_place(mark)).lstrip("\"'? ").startswith(key)
        pairs = [(value, node.marks[key]) for key, value in node.items()]
    elif isinstance(node, Seq):
        pairs = list(zip(node, node.marks, strict=True))
    for value, mark in pairs:
        text = beginning(files.value_place(mark))
        if isinstance(value, str):
            assert text.lstrip("\"'").startswith(value[:8])
        elif isinstance(value, bool):
            assert text.startswith("true" if value else "false")
        elif isinstance(value, Seq):
            assert text.startswith(("[", "-"))
        elif isinstance(value, Map):
            assert text.startswith("{") or any(text.lstrip("\"'? ").startswith(key) for key in value)
    return len(pairs) + sum(check(value, files) for value, _ in pairs)


@settings(max_examples=60, deadline=None)
@given(TREES, st.sampled_from([None, True, False]), st.integers(0, 5), st.sampled_from(["\n", "\r\n"]))
def test_every_mark_points_at_its_text(data: dict[str, object], flow: bool | None, above: int, newline: str) -> None:
    dumped = "# head\n\n" * above + yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=random.Random(above).choice([20, 80])
    )
    root, files = grown(dumped.replace("\n", newline))
    assert check(root, files) >= len(data)


def test_lines_are_counted_as_yaml_counts_them() -> None:
    text = "# one\u2028# two\u2029# three\x85a: b\r\nc: 'd\u2028  e'\rf: g\n"
    root, files = grown(text)
    assert {key: (files.key_place(mark).line, beginning(files.key_place(mark))[0]) for key, mark in root.marks.items()} == {
        "a": (4, "a"),
        "c": (5, "c"),
        "f": (7, "f"),
    }


def test_a_byte_order_mark_shifts_nothing() -> None:
    source = decode(0, "\ufeffa: b\n".encode())
    assert isinstance(source, Source)
    root = grow(0, source, Complaints())
    assert root is not None
    assert Files(("f",), (), (("a: b",),)).key_place(root.marks["a"]) == Place("f", 1, 1, "a: b")


def test_a_column_too_far_right_is_told_as_the_last_that_fits() -> None:
    root, files = grown("{a: '" + "x" * 20_000 + "', b: c}\n")
    assert files.key_place(root.marks["b"]).column == 1 << 14
    assert files.key_place(root.marks["a"]).column == 2
