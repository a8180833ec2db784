"""Edits that leave every other byte as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import InputError
from hds_audit.write.answer import with_answer
from hds_audit.write.sheet import Sheet

TEXT = """\
# our infrastructure
format: hds-audit/1   # the format

application: {name: Demo, operator: us}  # the app
hosts:
  # the cloud
  cloud:            # main account
    provider: aws   # since 2020
    region:   eu-west-3
    contract:
      signed: 2024-01-01   # by post

  other: {provider: ovh}
components: {}
notes: >
  folded
  text

flows:
- from: a     # first
  to: b
- {from: b, to: c}
domains: [example.fr, 'x.fr']
last: &anchor 3
again: *anchor
"""


def edited(path: str, value: object, text: str = TEXT) -> str:
    return with_answer("f", text, path.split("."), value)  # type: ignore[arg-type]  # any plain value


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("hosts.cloud.provider", "azure", "    provider: azure   # since 2020"),
        ("hosts.cloud.region", "eu-west-1", "    region: eu-west-1"),
        ("hosts.cloud.contract.signed", "2025-02-02", '      signed: "2025-02-02"   # by post'),
        ("hosts.cloud.location", {"country": "FR"}, '    location: {country: "FR"}'),
        ("hosts.cloud.contract.clauses", True, "      clauses: true"),
        ("hosts.other.region", "gra", "  other: {provider: ovh, region: gra}"),
        ("application.name", "New", "application: {name: New, operator: us}  # the app"),
        ("application.go_live", "2024", 'application: {name: Demo, operator: us, go_live: "2024"}  # the app'),
        ("flows.0.data", ["x"], "  data: [x]"),
        ("flows.1.data", ["x"], "- {from: b, to: c, data: [x]}"),
        ("flows.0.to", "d", "  to: d"),
        ("notes", "short", "notes: short"),
        ("again", 4, "again: 4"),
        ("domains", False, "domains: false"),
        ("components.db.kind", "database", "components: {db: {kind: database}}"),
        ("keys.k.place", "hsm", "    place: hsm"),
        ("described", "2026-01-01", 'described: "2026-01-01"'),
    ],
)
def test_one_answer_changes_one_place(path: str, value: object, line: str) -> None:
    after = edited(path, value)
    assert line in after.splitlines()
    kept = [each for each in TEXT.splitlines() if each not in after.splitlines()]
    assert len(kept) <= (3 if path == "notes" else 1)
    sheet = Sheet("f", after)
    found = sheet.find(path.split("."))
    assert found is not None
    assert sheet.plain(found.value) == value


def test_a_note_goes_behind_a_new_line() -> None:
    assert (
        "    location: false  # said on the phone"
        in with_answer("f", TEXT, ["hosts", "cloud", "location"], False, "said on the phone").splitlines()
    )


def test_no_edit_is_no_change() -> None:
    text, lines = Sheet("f", TEXT).written()
    assert text == TEXT
    assert list(lines) == list(range(TEXT.count("\n") + 1))


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# end", "\n# end\n"])
def test_additions_at_the_end_of_any_file(end: str) -> None:
    after = edited("a.b.c", 1, "x: 1" + end)
    sheet = Sheet("f", after)
    assert sheet.plain(sheet.root) == {"x": 1, "a": {"b": {"c": 1}}}
    assert after.startswith("x: 1")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_other_than_ours(newline: str) -> None:
    after = edited("hosts.cloud.region", "eu-west-1", TEXT.replace("\n", newline))
    assert sheet_value(after, "hosts.cloud.region") == "eu-west-1"
    longer = edited("hosts.cloud.location", False, TEXT.replace("\n", newline))
    assert f"{newline}    location: false{newline}" in longer
    assert longer.count("\n") - longer.count("\r\n") == (0 if newline == "\r\n" else longer.count("\n"))


def sheet_value(text: str, path: str) -> object:
    sheet = Sheet("f", text)
    found = sheet.find(path.split("."))
    return sheet.plain(found.value) if found else None


def test_lines_of_the_new_text_lead_back_to_the_old() -> None:
    sheet = Sheet("f", TEXT)
    pair = sheet.find(["hosts", "cloud"])
    assert pair is not None
    sheet.add(pair.value, ["a: 1", "b: 2"])
    text, lines = sheet.written()
    old, new = TEXT.splitlines(), text.splitlines()
    assert len(lines) == len(new) + 1
    assert all(new[number] == old[line] for number, line in enumerate(lines[:-1]) if new[number] in old and new[number])
    assert [lines[number] for number, line in enumerate(new) if line.strip() in {"a: 1", "b: 2"}] == [10, 10]


def test_an_anchored_value_is_not_cut_from_its_aliases() -> None:
    with pytest.raises(InputError) as raised:
        edited("last", 4)
    assert "anchor" in str(raised.value)


@pytest.mark.parametrize("text", ["", "- a", "a", "a: [", "{{ x }}: 1", "[" * 100_000, "a: " + "[" * 70 + "]" * 70])
def test_what_is_no_description_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Sheet("f", text)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,6}", fullmatch=True),
        st.dictionaries(
            st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.integers(0, 9) | st.lists(st.integers(0, 9), max_size=3), max_size=3
        ),
        min_size=1,
        max_size=3,
    ),
    st.data(),
)
def test_an_answer_anywhere_changes_that_alone(tree: dict[str, dict[str, object]], data: st.DataObject) -> None:
    text = "".join(
        f"{section}:{' {}' if not entry else ''}  # c\n" + "".join(f"  {key}: {value}  # d\n" for key, value in entry.items())
        for section, entry in tree.items()
    )
    section = data.draw(st.sampled_from([*tree, "new"]))
    key = data.draw(st.from_regex(r"[a-z]{1,6}", fullmatch=True))
    after = Sheet("f", edited(f"{section}.{key}", True, text))
    expected = {name: dict(entry) for name, entry in tree.items()}
    expected.setdefault(section, {})[key] = True
    assert after.plain(after.root) == expected
    assert after.text.count("#") >= text.count("#") - 1
