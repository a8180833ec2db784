"""What is known is kept, and is never believed once what it came from is other."""

from __future__ import annotations

import os
import pickle
import time
from datetime import date
from pathlib import Path

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.framework import Frameworks
from hds_audit.pipeline import knowledge as module
from hds_audit.pipeline.folded import Folded
from hds_audit.pipeline.kept import FILES_KEPT, SETTLED
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge

OLD = 1_700_000_000


class World:
    """A folder of rules, a pack and a cache; `loads` counts how often all was read and understood, `reads` how often it was read."""

    def __init__(self, folder: Path) -> None:
        self.rule, self.owned, self.cache = folder / "rules/hds/A.yaml", folder / "pack/OWN.yaml", folder / "cache"
        for path in (self.rule, self.owned):
            path.parent.mkdir(parents=True)
            write(path, "one")
        self.shelf = Shelf(folder / "rules", (folder / "pack",), self.cache)
        self.loads = self.reads = 0

    def known(self) -> str:
        return knowledge(self.shelf).rules_digest

    def kept(self) -> list[Path]:
        return sorted(self.cache.glob("*"))


def write(path: Path, said: str) -> None:
    path.write_text(said, "utf-8")
    os.utime(path, (OLD, OLD))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made, digests = World(tmp_path), module._digests

    def load(shelf: Shelf, rules: str, catalogue: str) -> Knowledge:
        made.loads += 1
        return Knowledge((), Catalogue(date(2026, 1, 1)), Frameworks((), {}), rules, catalogue)

    def read(shelf: Shelf) -> tuple[str, str]:
        made.reads += 1
        return digests(shelf)

    monkeypatch.setattr(module, "_load", load)
    monkeypatch.setattr(module, "_digests", read)
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """All was written long ago."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 10 * SETTLED)


@pytest.mark.usefixtures("later")
def test_what_nobody_touched_is_not_read_again(world: World) -> None:
    assert world.known() == world.known() == world.known()
    assert (world.loads, world.reads) == (1, 1)


def test_what_was_written_just_now_is_read_again_and_not_loaded(world: World) -> None:
    assert world.known() == world.known()
    assert (world.loads, world.reads) == (1, 2)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("path", ["rule", "owned"])
@pytest.mark.parametrize("said", ["two", "three"], ids=["of the same size and time", "of another size"])
def test_what_was_changed_is_seen(world: World, path: str, said: str) -> None:
    before = world.known()
    write(getattr(world, path), said)
    assert world.known() != before
    assert world.loads == 2


@pytest.mark.usefixtures("later")
def test_a_file_more_or_less_is_seen(world: World) -> None:
    before = world.known()
    more = world.rule.with_name("B.yaml")
    write(more, "more")
    assert world.known() != before
    more.unlink()
    assert (world.known(), world.loads) == (before, 3)


def test_a_change_that_leaves_no_mark_is_seen_where_the_file_was_young(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr("hds_audit.pipeline.kept.mark", lambda name, state: (name, state.st_size, now, now))
    before = world.known()
    write(world.rule, "two")
    assert world.known() != before


@pytest.mark.usefixtures("later")
def test_what_was_only_touched_is_read_once(world: World) -> None:
    before = world.known()
    os.utime(world.rule, (OLD + 1, OLD + 1))
    assert world.known() == world.known() == before
    assert (world.loads, world.reads) == (1, 2)


@pytest.mark.usefixtures("later")
def test_each_set_of_packs_is_kept_and_there_is_an_end_to_it(world: World) -> None:
    alone = world.shelf._replace(packs=())
    for _ in range(2):
        assert knowledge(world.shelf).rules_digest != knowledge(alone).rules_digest
    assert (world.loads, len(world.kept())) == (2, 2)
    for number in range(FILES_KEPT):
        pack = world.cache.parent / f"pack{number}"
        pack.mkdir()
        knowledge(world.shelf._replace(packs=(pack,)))
    assert len(world.kept()) == FILES_KEPT


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("length", [0, 1, 20, 200, -1])
def test_a_file_cut_short_is_not_believed(world: World, length: int) -> None:
    before, (kept,) = world.known(), world.kept()
    kept.write_bytes(kept.read_bytes()[:length])
    assert (world.known(), world.known(), world.loads) == (before, before, 2)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("content", [pickle.dumps("text"), pickle.dumps((1, 2)), b"\x80\x05cos\nnothing\n.", b"plain"])
def test_another_file_in_its_place_is_not_believed(world: World, content: bytes) -> None:
    before, (kept,) = world.known(), world.kept()
    kept.write_bytes(content)
    assert (world.known(), world.loads) == (before, 2)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system knows no rights of files")
@pytest.mark.usefixtures("later")
def test_a_file_that_others_may_write_is_not_opened(world: World) -> None:
    before, (kept,) = world.known(), world.kept()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o666)
    assert (world.known(), world.loads) == (before, 2)


def test_without_a_cache_nothing_is_kept(world: World) -> None:
    knowledge(world.shelf._replace(cache=None))
    assert (world.kept(), sorted(path.name for path in world.rule.parent.iterdir())) == ([], ["A.yaml"])


def test_a_cache_that_cannot_be_written_is_no_trouble(world: World) -> None:
    world.cache.write_text("a file, and no folder", "utf-8")
    assert (world.known() == world.known(), world.loads) == (True, 2)


def test_a_folded_mapping_is_the_mapping() -> None:
    plain = {"b": ("x", 1), "a": ("y", 2)}
    folded = Folded(plain)
    assert (folded == plain, list(folded), len(folded), "a" in folded, "c" in folded) == (True, ["b", "a"], 2, True, False)
    assert (folded.get("c"), folded.get("a"), list(folded.values())) == (None, ("y", 2), [("x", 1), ("y", 2)])
    assert folded["a"] is folded["a"]
    assert pickle.loads(pickle.dumps(folded)) == plain
    with pytest.raises(KeyError):
        folded["c"]
