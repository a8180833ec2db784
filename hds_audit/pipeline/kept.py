"""What is kept in the user's cache, and when it is believed without reading again what it came from."""

import hashlib
import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FILES_KEPT = 8
"""How many files there is room for: one for each installation and each set of packs."""
SETTLED = 2_000_000_000
"""Nanoseconds, the coarsest clock of a file system: what was touched later than that before it was read may change and leave no mark."""

Mark = tuple[str, int, int, int]
"""What the file system says of a file without its being read: name, size, and the times of its content and of itself, in nanoseconds."""


class Marks(NamedTuple):
    """The marks of many files: their digest, and the last time that any was touched."""

    digest: str
    touched: int


class Kept(NamedTuple):
    """What was kept: from which files by their marks, when those were taken, the digests of what was read then, and what came of it."""

    marks: Marks
    taken: int
    digests: tuple[str, ...]
    body: bytes

    def holds(self, marks: Marks) -> bool:
        """Whether nothing was touched since; what was touched just before it was read is not believed (git calls that racily clean)."""
        return self.marks == marks and marks.touched < self.taken - SETTLED


def marks_of(files: Iterable[Mark]) -> Marks:
    """The marks of files taken together."""
    found = tuple(files)
    return Marks(hashlib.sha256(repr(found).encode()).hexdigest(), max((max(mark[2:]) for mark in found), default=0))


def marks_in(folder: Path, parts: Iterable[str], suffix: str = ".yaml") -> Iterator[Mark]:
    """The marks of the files of that suffix directly in parts of a folder, by part and name; a part that is not there has none."""
    for part in parts:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / part) as entries:
            yield from sorted(mark(f"{part}/{entry.name}", entry.stat()) for entry in entries if entry.name.endswith(suffix))


def mark(name: str, state: os.stat_result) -> Mark:
    """The mark of one file."""
    return name, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def kept_path(cache: Path, told_apart_by: Iterable[str]) -> Path:
    """Where it is kept."""
    digest = hashlib.sha256("\0".join(told_apart_by).encode("utf-8", "surrogateescape")).hexdigest()
    return cache / f"knowledge-{digest[:32]}.pickle"


def kept_at(path: Path) -> Kept | None:
    """What was kept there; only a file of the user's own that nobody else may write is opened."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
                return None
            found = loaded(file.read())
    except OSError:
        return None
    return found if isinstance(found, Kept) else None


def loaded(content: bytes) -> object:
    """What was pickled, None where it was cut short or written by other code."""
    try:
        return pickle.loads(content)  # noqa: S301  # from our own file, in the user's own cache, checked above
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError, ValueError, LookupError):
        return None


def keep(path: Path, kept: Kept) -> None:
    """Keeps it there, whole or not at all; a cache that cannot be written is no trouble."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            pickle.dump(kept, file, protocol=5)
        beside.replace(path)
        _make_room(path.parent)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _make_room(cache: Path) -> None:
    """Lets go of the oldest beyond what there is room for."""
    found = sorted(cache.glob("knowledge-*.pickle"), key=lambda path: path.stat().st_mtime_ns)
    for old in found[:-FILES_KEPT]:
        old.unlink(missing_ok=True)
