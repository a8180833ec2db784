"""A file is whole or not there; a device or a pipe is written into and never replaced."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hds_audit.pipeline.output import write_whole
from hds_audit.pipeline.writing import replace


def broken() -> Iterator[bytes]:
    yield b"half"
    raise OSError("no room")


def test_an_interrupted_write_leaves_what_was_there_and_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("before")
    with pytest.raises(OSError, match="no room"):
        write_whole(file, broken())
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert file.read_text() == "before"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, (b"a", b"b"))
    reader.join(timeout=10)
    assert read == [b"ab"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_rights_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "infra.yaml", tmp_path / "link.yaml"
    file.write_text("before")
    file.chmod(0o600)
    link.symlink_to(file)
    replace(link, "après\n")
    assert link.is_symlink()
    assert file.read_text("utf-8") == "après\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
