"""What asks a run to stop makes it leave by the way on which files are put in order."""

import signal
from types import FrameType

_ASKED = ("SIGINT", "SIGTERM", "SIGHUP")


def heed() -> None:
    """From now on a signal that asks to stop raises SystemExit with 128 and its number; one that is ignored stays so."""
    for name in _ASKED:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
