"""Shards: every description in one of them, and a whole that notices what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.summary import Entry, Shard, Summary
from hds_audit.pipeline.sharding import Part, code_of, merged, part_of, shared_out
from hds_audit.read.summary import read_summary
from hds_audit.report.index import index_page
from hds_audit.report.summary import line, summary_json, total

ENTRIES = (
    Entry(
        "a/infra.yaml",
        "a/infra",
        1,
        "non-compliant",
        "2026-11-22",
        {"fail": 2},
        3,
        1,
        0,
        2,
        "R a",
        (),
        {"json": "a/infra.json", "html": "a/infra.html"},
    ),
    Entry("b/infra.yaml", "b/infra", 2, problems=(Problem("b/infra.yaml:1:1", "broken", "cassé"),)),
    Entry("c/infra.yaml", "c/infra", 0, "compliant", "2026-11-22", {"fail": 0}),
)
names = st.lists(st.text("abc/", min_size=1, max_size=6), unique=True, max_size=30)


def summary(*entries: Entry, shard: Shard | None = None, rules: str = "r") -> Summary:
    return Summary("0.1", rules, "2026-11-22T00:00:00Z", code_of(entries, shard), entries, shard)


@given(names, st.integers(1, 12))
def test_every_name_is_in_one_shard(listed: list[str], of: int) -> None:
    taken = [position for number in range(1, of + 1) for position in shared_out(listed, Part(number, of))[0]]
    assert sorted(taken) == list(range(len(listed)))
    sizes = [len(shared_out(listed, Part(number, of))[0]) for number in range(1, of + 1)]
    assert max(sizes) - min(sizes) <= 1


@given(names, st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_of_the_command_line_changes_no_shard(listed: list[str], random: object, of: int) -> None:
    mixed = list(listed)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, first = shared_out(listed, Part(1, of))
    other, second = shared_out(mixed, Part(1, of))
    assert ({listed[position] for position in one}, first) == ({mixed[position] for position in other}, second)


@pytest.mark.parametrize("said", ["", "3", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "1.5/3", "1/99999", "一/三"])
def test_what_is_no_part(said: str) -> None:
    with pytest.raises(MisuseError):
        part_of(said)


def test_an_empty_shard_lets_the_others_decide_and_nothing_at_all_is_no_success() -> None:
    assert code_of((), Shard(3, 3, 2, "d")) == 0
    assert code_of((), Shard(1, 1, 0, "d")) == 3
    assert code_of((), None) == 3


def written(folder: Path, found: Summary) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "summary.json"
    path.write_bytes(summary_json(found))
    return path


@given(st.lists(st.sampled_from(ENTRIES), unique_by=lambda entry: entry.path, max_size=3), st.booleans())
def test_a_summary_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], sharded: bool) -> None:
    found = summary(*entries, shard=Shard(1, 2, 5, "d") if sharded else None)
    assert read_summary(written(tmp_path_factory.mktemp("s"), found)) == found


@pytest.mark.parametrize(
    "change",
    [
        {"format": "hds-audit-summary/9"}, {"exit_code": 5}, {"exit_code": True}, {"entries": {}}, {"entries": [1]}, {"shard": []}, {"version": 1},
    ],
)  # fmt: skip
def test_a_summary_that_is_none_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = written(tmp_path, summary(*ENTRIES))
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")
    with pytest.raises(InputError):
        read_summary(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_bytes_that_are_no_summary(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "summary.json"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_summary(path)


def parts(tmp_path: Path, *found: Summary) -> list[tuple[Path, Summary]]:
    return [(tmp_path / f"part{number}" / "summary.json", each) for number, each in enumerate(found)]


def test_reports_are_found_from_the_new_folder(tmp_path: Path) -> None:
    whole = merged(parts(tmp_path, summary(ENTRIES[0]), summary(ENTRIES[1])), tmp_path / "all")
    assert whole.entries[0].reports == {"json": "../part0/a/infra.json", "html": "../part0/a/infra.html"}
    assert whole.exit_code == 2


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((summary(ENTRIES[0], shard=Shard(1, 3, 3, "d")), summary(ENTRIES[1], shard=Shard(3, 3, 3, "d"))), "2/3"),
        ((summary(ENTRIES[0], shard=Shard(1, 2, 3, "d")), summary(ENTRIES[1], shard=Shard(2, 2, 3, "d"))), "there: 2 of 3"),
        ((summary(ENTRIES[0], shard=Shard(1, 2, 2, "d")), summary(ENTRIES[1], shard=Shard(2, 2, 2, "other"))), "other descriptions"),
        ((summary(ENTRIES[0], shard=Shard(1, 1, 1, "d")), summary(ENTRIES[1])), "shards alike"),
        ((summary(ENTRIES[0]), summary(ENTRIES[1], rules="other")), "other rules"),
        ((summary(ENTRIES[0]), summary(ENTRIES[0])), "audited twice"),
    ],
)
def test_what_is_not_one_run_is_refused(tmp_path: Path, found: tuple[Summary, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        merged(parts(tmp_path, *found), tmp_path)


NASTY = Entry(
    "<script>alert(1)</script>\u202e/infra.yaml", "javascript:alert(1)", 2, problems=(Problem("x", "<img src=x onerror=alert(1)>\x1b[31m", "é"),),
    reports={"html": 'javascript:alert(1)"/a b.html', "json": "é/%.json"},
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_index_lets_nothing_in(language: str) -> None:
    page = index_page(summary(*ENTRIES, NASTY), "fr" if language == "fr" else "en").decode("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    assert 'href="javascript%3Aalert%281%29%22/a%20b.html"' in page
    assert 'href="%C3%A9/%25.json"' in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert page.index("b/infra.yaml") < page.index("a/infra.html") < page.index("c/infra.yaml"), "the worst first"


def test_the_index_is_whole_in_both_languages() -> None:
    english, french = (index_page(summary(*ENTRIES), language).decode("utf-8") for language in ("en", "fr"))
    assert '<html lang="en">' in english
    assert '<html lang="fr">' in french
    assert "1 introduced, 0 there before, 2 fixed" in english
    assert "1 introduit, 0 déjà là, 2 corrigés" in french
    assert "broken" in english
    assert "cassé" in french


def test_lines_for_people() -> None:
    assert line(ENTRIES[1], "en") == "  2  b/infra.yaml: Could not be audited\n       b/infra.yaml:1:1: broken"
    assert "\x1b" not in line(NASTY, "en")
    assert total(summary(*ENTRIES), "fr").startswith("3 descriptions (code 2) : 1 ")
    assert total(summary(ENTRIES[1]), "en").startswith("1 description (exit 2): ")
    assert total(summary(ENTRIES[1]), "fr").startswith("1 description (code 2) : ")
    one = ENTRIES[0]._replace(path="a.yaml", counts={"fail": 1, "unknown": 2}, to_attest=1, introduced=None, first="", problems=())
    assert line(one, "en").endswith("1 does not comply, 2 not shown, 1 to attest")
    assert line(one, "fr").endswith(" ; 1 non conforme, 2 non démontrés, 1 à attester")
    many = ENTRIES[1]._replace(problems=ENTRIES[1].problems * 4)
    assert line(many, "en").endswith("  and 1 more problem")
    assert line(many, "fr").endswith("  et 1 autre problème")
    assert "the others decide" in total(summary(shard=Shard(3, 3, 2, "d")), "en")
