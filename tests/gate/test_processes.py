"""Work shared among processes: every piece once, in any number of processes, whatever becomes of one of them."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from hds_audit.pipeline.processes import in_processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the workers of these tests are forked")


def double(piece: int) -> int:
    return 2 * piece


def lost(piece: int) -> int:
    return -1


@pytest.mark.parametrize("jobs", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("count", [0, 1, 2, 9, 30])
def test_every_piece_once(jobs: int, count: int) -> None:
    found = list(in_processes(range(count), double, lost, jobs))
    assert sorted(found) == [(position, 2 * position) for position in range(count)]


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_a_process_that_dies_loses_its_piece_and_no_other(jobs: int) -> None:
    def work(piece: int) -> int:
        if piece % 4 == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * piece

    found = dict(in_processes(range(12), work, lost, jobs))
    assert found == {piece: -1 if piece % 4 == 1 else 2 * piece for piece in range(12)}


def test_those_that_are_quick_take_more() -> None:
    def work(piece: int) -> int:
        time.sleep(0.4 if piece == 0 else 0)
        return os.getpid()

    found = dict(in_processes(range(9), work, lost, 2))
    assert len({found[piece] for piece in range(1, 9)}) == 1, "while one sleeps the other does all the rest"


def test_leaving_early_leaves_nobody_behind() -> None:
    def work(piece: int) -> int:
        time.sleep(0 if piece == 0 else 60)
        return os.getpid()

    results = in_processes(range(3), work, lost, 3)
    _, worker = next(results)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # a generator
    assert time.monotonic() - started < 30
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_what_work_knows_is_not_sent() -> None:
    known = {"unsendable": lambda: 5}
    assert dict(in_processes([0], lambda piece: known["unsendable"](), lost, 2)) == {0: 5}
