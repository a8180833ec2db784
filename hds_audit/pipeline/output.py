"""Files written beside their place and moved into it: an interrupted run leaves no half report."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import MisuseError, Problem
from hds_audit.report.format import Format
from hds_audit.report.formats import format_named, format_of_suffix


class Target(NamedTuple):
    """One output: a format, and the file it goes to (`-` is standard output)."""

    name: str
    path: str

    @property
    def format(self) -> Format:
        """The format, loaded."""
        found = format_named(self.name)
        if found is None:
            raise MisuseError(Problem("-o", f"there is no format {self.name}", f"il n'y a pas de format {self.name}"))
        return found


def target(said: str) -> Target:
    """FORMAT:FILE, or FILE where the suffix tells the format; raises MisuseError where neither does."""
    name, colon, path = said.partition(":")
    if colon and format_named(name) is not None:
        return Target(name, path)
    return Target(format_of_suffix(said), said)


def is_special(path: Path) -> bool:
    """Whether a path is a device or a pipe, which is written into and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """A file that is there whole or not at all, with the rights it had; links are followed. Raises OSError."""
    if is_special(path):
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.writelines(pieces)
        os.chmod(beside, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
        os.replace(beside, path)
    except BaseException as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno is not None:
            error.filename = str(path)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
