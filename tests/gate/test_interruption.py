"""A run that is stopped, or whose disk or reader is gone: no half report, no verdict that was not reached."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hds_audit.cli.app import command_names
from tests.cli.conftest import GATE
from tests.gate.conftest import ROOT, Program, World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
_PROGRAM = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from hds_audit.__main__ import main; main()"
_HALF = """
import os, signal, sys
handled = {"ignored": signal.SIG_IGN, "SIGINT": signal.default_int_handler}
signal.signal(getattr(signal, sys.argv[1]), handled.get(sys.argv[-1], signal.SIG_DFL))  # whatever those who run the tests ignore
from hds_audit.pipeline.delivery import written
from hds_audit.pipeline.interruption import heed
heed()
def pieces():
    yield b"half of it" * 10_000
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    yield b"never"
written("report.json", pieces())
"""


def environment(cache: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}


def started(world: World, cache: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _PROGRAM, "check", *arguments]
    return subprocess.Popen(
        command, cwd=world.folder, env=environment(cache), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip


_IN_A_COMMAND = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from hds_audit.cli import language
name = sys.argv.pop(1)
def spoken(lang):
    os.kill(os.getpid(), getattr(signal, name))
language.spoken = spoken
from hds_audit.__main__ import main
main()
"""
COMMANDS = {
    "ask": ("infra.yaml",), "calendar": ("infra.yaml",), "catalogue": ("list",), "check": ("infra.yaml",), "config": ("infra.yaml",),
    "diff": ("a.json", "b.json"), "emails": ("infra.yaml",), "explain": ("HDS-28-STORAGE",), "exposure": ("infra.yaml",),
    "import": ("compose", "compose.yml"), "init": ("--yes", "-o", "new.yaml"), "merge": ("a", "--into", "b"),
    "probe": ("infra.yaml", "--yes"), "report": ("a.json",), "rules": ("test",), "schema": ("infra",), "verify": ("folder",),
    "waive": ("RULE", "subject"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_signal_in_a_command_is_no_verdict_and_no_traceback(world: World, cache: Path, command: str, name: str, code: int) -> None:
    world.hosts(h="FR")
    before = files(world.folder)
    words = [sys.executable, "-c", _IN_A_COMMAND, name, command, *COMMANDS[command]]
    ran = subprocess.run(words, cwd=world.folder, env=environment(cache), capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", "")
    assert files(world.folder) == before


def test_every_command_is_interrupted_above() -> None:
    assert set(COMMANDS) == set(command_names())


@pytest.mark.parametrize(("key", "code"), [(b"\x03", 130), (b"\x04", 130)])
def test_who_leaves_at_a_question_interrupts_and_nothing_is_written(world: World, cache: Path, key: bytes, code: int) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hds_audit", "init", "-o", "new.yaml"], cwd=world.folder, env={**environment(cache), "TERM": "dumb"}, stdin=theirs,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_own_terminal,
    )  # fmt: skip
    assert process.stderr is not None
    while process.stderr.read(1) != ":":
        assert process.poll() is None
    time.sleep(0.2)  # until the terminal is read
    os.write(ours, key)
    err = process.communicate(timeout=30)[1]
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code
    assert "Traceback" not in err
    assert not (world.folder / "new.yaml").exists()


def _own_terminal() -> None:
    """Ctrl-C reaches those whose terminal it is."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.parametrize("arguments", [("rules", "list"), ("--help",), ("schema", "infra"), ("catalogue", "list")])
def test_a_reader_who_left_another_command_is_no_verdict(world: World, cache: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        command = [sys.executable, "-m", "hds_audit", *arguments]
        ran = subprocess.run(
            command, cwd=world.folder, env=environment(cache), stdout=closed, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert (ran.returncode, ran.stderr) == (141, ""), "as a shell has it for SIGPIPE"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_another_command_whose_output_is_full(world: World, cache: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "hds_audit", "rules", "list"]
        ran = subprocess.run(
            command, cwd=world.folder, env=environment(cache), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert ran.returncode == 2
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)])
@pytest.mark.parametrize("before", [None, "the report of yesterday"])
def test_a_signal_in_the_midst_of_writing_leaves_what_was_there(
    tmp_path: Path, cache: Path, name: str, code: int, before: str | None
) -> None:
    if before is not None:
        (tmp_path / "report.json").write_text(before)
    command = [sys.executable, "-c", _HALF, name]
    ran = subprocess.run(command, cwd=tmp_path, env=environment(cache), capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (code, "")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == ({"report.json": before} if before else {})


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGTERM"])
def test_a_signal_that_is_ignored_stays_so(tmp_path: Path, cache: Path, name: str) -> None:
    command = [sys.executable, "-c", _HALF, name, "ignored"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment(cache), capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), "as nohup asks"
    assert (tmp_path / "report.json").read_text().endswith("half of itnever")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_to_the_program(world: World, cache: Path, number: signal.Signals, code: int) -> None:
    world.hosts(h="FR")
    os.mkfifo(world.folder / "pipe")
    before = files(world.folder)
    process = started(world, cache, "infra.yaml", *GATE, "-o", "a.json", "-o", "json:pipe", "-o", "b.json")
    _until(lambda: (world.folder / "a.json").exists())
    time.sleep(0.1)  # it waits for whoever reads the pipe
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, "", "")
    assert files(world.folder) - before == {"a.json"}, "what was written is whole, what was not is not there"


def test_a_signal_ends_every_process(world: World, cache: Path) -> None:
    world.hosts(h="FR")
    os.mkfifo(world.folder / "stuck.yaml")
    process = started(world, cache, "infra.yaml", "stuck.yaml", *GATE, "--jobs", "2", "--into", "out", "-o", "json")
    _until(lambda: (world.folder / "out" / "infra.json").exists())
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    _until(lambda: not _lives(process.pid))
    assert files(world.folder / "out") == {"infra.json"}, "no summary of what was not looked at"


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _until(condition: object, seconds: float = 30) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


@pytest.mark.parametrize("more", [(), ("-o", "json:-"), ("-o", "json:-", "-o", "a.json")])
@pytest.mark.parametrize(("country", "code"), [("FR", 0), ("DE", 1), ("", 3)])
def test_a_reader_who_left_changes_no_verdict(world: World, cache: Path, more: tuple[str, ...], country: str, code: int) -> None:
    world.hosts(h=country)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "hds_audit", "check", "infra.yaml", *GATE, *more]
    with os.fdopen(writing, "wb") as closed:
        ran = subprocess.run(
            command, cwd=world.folder, env=environment(cache), stdout=closed, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (code, "")
    assert (world.folder / "a.json").exists() is ("a.json" in more)


def test_a_full_disk_leaves_no_half_report_and_no_verdict(world: World, cache: Path) -> None:
    world.hosts(h="FR")
    (world.folder / "a.json").write_text("the report of yesterday")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); {_PROGRAM}"
    command = [sys.executable, "-c", limited, "check", "infra.yaml", *GATE, "-o", "a.json", "-o", "html:b.html", "-o", "github:c.txt"]
    before = files(world.folder)
    ran = subprocess.run(
        command, cwd=world.folder, env={**environment(cache), "HDS_AUDIT_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert ran.returncode == 2
    assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["a.json", "b.html"], (
        "each that failed is told, and stops no other"
    )
    assert "Traceback" not in ran.stderr
    assert files(world.folder) == before | {"c.txt"}
    assert (world.folder / "a.json").read_text() == "the report of yesterday"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("more", [(), ("-o", "json:-")])
def test_standard_output_that_is_full(world: World, cache: Path, more: tuple[str, ...]) -> None:
    world.hosts(h="FR")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "hds_audit", "check", "infra.yaml", *GATE, *more]
        ran = subprocess.run(command, cwd=world.folder, env=environment(cache), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith("standard output: ")
    assert len(ran.stderr.splitlines()) == 1


def test_a_device_is_written_into_and_a_link_is_followed(program: Program, world: World) -> None:
    world.hosts(h="FR")
    (world.folder / "real.json").write_text("old")
    (world.folder / "link.json").symlink_to("real.json")
    assert program("check", "infra.yaml", *GATE, "-o", "json:/dev/null", "-o", "link.json").code == 0
    assert not Path("/dev/null").is_file()
    assert (world.folder / "link.json").is_symlink()
    assert (world.folder / "real.json").read_text("utf-8").startswith('{"format"')


@pytest.mark.parametrize(
    "outputs",
    [("json:infra.yaml",), ("json:waivers.yaml",), ("a.json", "json:./a.json"), ("json:-", "sarif:-"), ("json:",), ("json:pack",)],
)
def test_an_output_never_takes_the_place_of_an_input_or_of_another(program: Program, world: World, outputs: tuple[str, ...]) -> None:
    world.hosts(h="FR")
    before = world.infra.read_bytes(), world.waivers()
    arguments = [word for output in outputs for word in ("-o", output)]
    ran = program("check", "infra.yaml", *GATE, "--waivers", "waivers.yaml", *arguments)
    assert ran.code == 2
    assert ran.err
    assert (world.infra.read_bytes(), "waivers.yaml") == before
    assert (world.folder / "waivers.yaml").read_text("utf-8").startswith("format")
