"""Files from the disk: bounded in size, and inside their folder where they are included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.text import Text
from hds_audit.read import include_wording as wording
from hds_audit.read.source import MOST_BYTES, TOO_LARGE

_PIECE = 1 << 18


def read_bytes(path: Path, name: str) -> bytes:
    """The content of a file; `name` is how problems call it. Raises InputError where it cannot be read or is too large."""
    content = bytearray()
    try:
        with path.open("rb") as opened:
            while len(content) <= MOST_BYTES and (piece := opened.read(_PIECE)):
                content += piece
    except IsADirectoryError:
        raise _refused(name, wording.DIRECTORY) from None
    except FileNotFoundError:
        raise _refused(name, wording.ABSENT) from None
    except PermissionError:
        raise _refused(name, wording.DIRECTORY if path.is_dir() else wording.FORBIDDEN) from None
    except (OSError, ValueError) as error:
        raise _refused(name, wording.not_readable(getattr(error, "strerror", None) or str(error))) from None
    if len(content) > MOST_BYTES:
        raise _refused(f"{name}:1:1", TOO_LARGE)
    return bytes(content)


def inside(folder: Path, path: str) -> Path | None:
    """The file at a path from a folder, links followed, or None where that leads out of the folder."""
    try:
        found = (folder / path).resolve()
        return found if found.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError, RuntimeError):
        return None


def including_from(folder: Path) -> Callable[[str], bytes]:
    """What gives the bytes of files included from a folder: ordinary files that lie in it."""

    def include(path: str) -> bytes:
        found = inside(folder, path)
        if found is None:
            raise _refused("", wording.outside(path))
        if found.exists() and not found.is_file():
            raise _refused("", wording.DIRECTORY if found.is_dir() else wording.NOT_A_FILE)
        return read_bytes(found, "")

    return include


def _refused(name: str, said: Text) -> InputError:
    return InputError(Problem(name, said.en, said.fr))
