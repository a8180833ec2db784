"""Sockets that keep to a deadline: the time limits of the standard library are for each read, and a server may drip."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from hds_audit.probes.failure import out_of_time

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Deadline:
    """A moment after which nothing more is waited for, and the longest single wait before it (seconds)."""

    def __init__(self, seconds: float, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._patience = patience

    def wait(self) -> float:
        """How long the next wait may be; raises FailedLookError once the deadline has passed."""
        left = self._end - self._clock()
        if left <= 0:
            raise out_of_time()
        return min(left, self._patience)

    def left(self) -> float:
        """Seconds before the deadline; raises FailedLookError once it has passed."""
        self.wait()
        return self._end - self._clock()

    def calmer(self, times: float) -> Deadline:
        """The same end, with longer single waits before it."""
        return Deadline(max(self._end - self._clock(), 0.0), self._patience * times, self._clock)

    def sooner(self, seconds: float) -> Deadline:
        """A deadline of its own for a part of the work, never later than this one."""
        return Deadline(min(seconds, max(self._end - self._clock(), 0.0)), self._patience, self._clock)


class PatientSocket(socket.socket):
    """A plain connection whose every read counts against the deadline; `heard` tells whether anything was ever read from it."""

    deadline: Deadline
    heard: bool | None = None

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Read once, within the deadline."""
        self.settimeout(self.deadline.wait())
        self.heard = self.heard or False
        found = super().recv(bufsize, flags)
        self.heard = True
        return found

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        """Read once into a buffer, within the deadline."""
        self.settimeout(self.deadline.wait())
        self.heard = self.heard or False
        size = super().recv_into(buffer, nbytes, flags)
        self.heard = True
        return size


class PatientTLSSocket(ssl.SSLSocket):
    """An encrypted connection whose every read counts against the deadline."""

    deadline: Deadline | None = None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        """Read once into a buffer, within the deadline."""
        if self.deadline is not None:
            self.settimeout(self.deadline.wait())
        return super().recv_into(buffer, nbytes, flags)


def encrypt(stream: PatientSocket, context: ssl.SSLContext, host: str | None) -> ssl.SSLSocket:
    """Shake hands over an open connection; raises ssl.SSLError, OSError or FailedLookError."""
    deadline = stream.deadline
    stream.settimeout(deadline.wait())
    context.sslsocket_class = PatientTLSSocket
    stream.heard = stream.heard or False
    try:
        encrypted = context.wrap_socket(stream, server_hostname=host)
    except OSError as error:
        stream.heard = stream.heard or not isinstance(error, TimeoutError)
        raise
    stream.heard = True
    if isinstance(encrypted, PatientTLSSocket):
        encrypted.deadline = deadline
    return encrypted
