"""Work shared among processes: each asks for the next piece when it has done one, and one that dies loses no more than its piece."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, TypeVar

from hds_audit.pipeline.interruption import heed

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_PATIENCE = 5.0
_COLLECTED_EVERY = 20


class _Worker(NamedTuple):
    process: BaseProcess
    connection: Connection


def in_processes(
    pieces: Sequence[Piece], work: Callable[[Piece], Result], lost: Callable[[Piece], Result], jobs: int
) -> Iterator[tuple[int, Result]]:  # fmt: skip
    """Each piece by its position with its result, as they come; `lost` makes the result of one whose process died.

    Workers are forked where that is safe, so that what `work` knows is there without being sent.
    """
    waiting = iter(range(len(pieces)))
    busy: dict[_Worker, int] = {}
    try:
        for _, position in zip(range(jobs), waiting, strict=False):
            _hand(_hired(work), pieces, position, busy)
        while busy:
            for worker in _ready(busy):
                position = busy.pop(worker)
                result, alive = _received(worker, pieces[position], lost)
                following = next(waiting, None)
                if following is not None:
                    _hand(worker if alive else _hired(work), pieces, following, busy)
                elif alive:
                    _dismiss(worker)
                yield position, result
    finally:
        for worker in busy:
            worker.process.terminate()
        for worker in busy:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()


def _hired(work: Callable[[Piece], Result]) -> _Worker:
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _hand(worker: _Worker, pieces: Sequence[Piece], position: int, busy: dict[_Worker, int]) -> None:
    busy[worker] = position
    with suppress(OSError):  # it may have died meanwhile: its connection is then ready, and what comes of it is told there
        worker.connection.send(pieces[position])


def _ready(busy: dict[_Worker, int]) -> list[_Worker]:
    by_connection = {id(worker.connection): worker for worker in busy}
    return [by_connection[id(each)] for each in wait([worker.connection for worker in busy])]


def _received(worker: _Worker, piece: Piece, lost: Callable[[Piece], Result]) -> tuple[Result, bool]:
    try:
        return worker.connection.recv(), True
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        return lost(piece), False


def _dismiss(worker: _Worker) -> None:
    with suppress(OSError):
        worker.connection.send(None)
    worker.process.join(_PATIENCE)


def _serve(connection: Connection, work: Callable[[Piece], Result], parent: int) -> None:
    """A worker's life: until nothing more comes, or whoever hired it is gone."""
    heed()
    gc.disable()
    gc.freeze()
    done = 0
    while True:
        while not connection.poll(_PATIENCE):
            if os.getppid() != parent:
                return
        try:
            piece = connection.recv()
        except (EOFError, OSError):
            return
        if piece is None:
            return
        try:
            connection.send(work(piece))
        except OSError:
            return
        done += 1
        if done % _COLLECTED_EVERY == 0:
            gc.collect()
