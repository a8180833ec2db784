"""What asks a run to stop makes it leave by the way on which files are put in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED, CLOSED_PIPE = 130, 141
"""What a shell gives for a program that Ctrl-C or a closed pipe ended: 128 and the number of the signal."""
_ASKED = ("SIGINT", "SIGTERM", "SIGHUP")


def heed() -> None:
    """From now on a signal that asks to stop raises SystemExit with 128 and its number; one that is ignored stays so."""
    for number in _heeded():
        signal.signal(number, _leave)


class Asked:
    """Which signal asked to stop, as the code to leave with; 0 where none did."""

    def __init__(self) -> None:
        self.code = 0


@contextmanager
def stopping() -> Iterator[Asked]:
    """While it lasts, a signal that asks to stop raises KeyboardInterrupt, for work that hands over what it has so far."""
    asked = Asked()

    def stop(number: int, frame: FrameType | None) -> None:
        asked.code = 128 + number
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in _heeded()}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heeded() -> list[signal.Signals]:
    numbers = [getattr(signal, name) for name in _ASKED if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
