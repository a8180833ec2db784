"""The one place where connections are opened: how often, how many at once, where to and for how long."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from hds_audit.probes.admission import admit
from hds_audit.probes.failure import FailedLookError, no_connection, out_of_time
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.stream import Deadline, PatientSocket

_DEAF_AFTER = 2  # connections without an answer before an address is left alone


class Courtesy:
    """What one address and port has been asked so far."""

    def __init__(self, settings: ProbeSettings, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._gap, self._left = 1 / settings.rate, settings.visits
        self._room = threading.Semaphore(settings.connections)
        self._lock = threading.Lock()
        self._next, self._deaf, self._heard = 0.0, 0, False
        self._clock, self._sleep = clock, sleep

    def enter(self, deadline: Deadline) -> None:
        """Wait for a turn; raises FailedLookError where there is none left."""
        if not self._room.acquire(timeout=deadline.left()):
            raise out_of_time()
        try:
            self._sleep(self._turn(deadline))
        except BaseException:
            self._room.release()
            raise

    def _turn(self, deadline: Deadline) -> float:
        with self._lock:
            if self._deaf >= _DEAF_AFTER and not self._heard:
                raise FailedLookError("network", "nothing answers there", "rien ne répond à cette adresse")
            if self._left <= 0:
                raise FailedLookError("limit", "enough connections were made", "le nombre de connexions permis est atteint")
            self._left -= 1
            now = self._clock()
            start = max(now, self._next)
            if start - now > deadline.left():
                raise out_of_time()
            self._next = start + self._gap
            return start - now

    def leave(self) -> None:
        """Give the place to the next connection."""
        self._room.release()

    def met(self, heard: bool | None) -> None:
        """Remember whether a connection met with an answer (None: none was waited for); one that ever answered is never given up."""
        with self._lock:
            self._heard = self._heard or bool(heard)
            self._deaf += heard is False


class Guest:
    """Opens every connection of a run."""

    def __init__(
        self, settings: ProbeSettings, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.settings = settings
        self._clock, self._sleep = clock, sleep
        self._known: dict[tuple[str, int], Courtesy] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def deadline(self, seconds: float) -> Deadline:
        """A deadline that starts now."""
        return Deadline(seconds, self.settings.timeout, self._clock)

    def stop(self) -> None:
        """Open no further connection."""
        self._stopped.set()

    @contextmanager
    def connection(self, address: str, port: int, deadline: Deadline) -> Iterator[PatientSocket]:
        """An open connection, closed at the end; raises FailedLookError where there can be none."""
        if self._stopped.is_set():
            raise FailedLookError("limit", "the run was stopped", "l'exécution a été interrompue")
        admit(address, self.settings.allow_private)
        courtesy = self._courtesy(address, port)
        courtesy.enter(deadline)
        try:
            stream = self._open(address, port, deadline, courtesy)
            try:
                yield stream
            finally:
                stream.close()
                courtesy.met(stream.heard)
        finally:
            courtesy.leave()

    def _courtesy(self, address: str, port: int) -> Courtesy:
        with self._lock:
            if (address, port) not in self._known:
                self._known[address, port] = Courtesy(self.settings, self._clock, self._sleep)
            return self._known[address, port]

    def _open(self, address: str, port: int, deadline: Deadline, courtesy: Courtesy) -> PatientSocket:
        through = _proxy(self.settings.proxy)
        family = socket.AF_INET6 if not through and ip_address(address.partition("%")[0]).version == 6 else socket.AF_INET
        stream = PatientSocket(family, socket.SOCK_STREAM)
        stream.deadline = deadline
        try:
            stream.settimeout(deadline.wait())
            stream.connect(through or (address, port))
            if through:
                _tunnel(stream, address, port)
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            stream.close()
            if isinstance(error, TimeoutError):
                courtesy.met(False)
            raise no_connection(error, port) from None
        except FailedLookError:
            stream.close()
            raise
        return stream


def _proxy(url: str) -> tuple[str, int] | None:
    host, _, port = url.removeprefix("http://").rstrip("/").rpartition(":")
    return (host, int(port)) if url else None


def _tunnel(stream: PatientSocket, address: str, port: int) -> None:
    target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    stream.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode("ascii"))
    answer = b""
    while b"\r\n\r\n" not in answer:
        if not (part := stream.recv(1)) or len(answer) > 8192:
            break
        answer += part
    if answer.split(b" ", 2)[1:2] != [b"200"]:
        raise FailedLookError("network", "the proxy refuses this connection", "le mandataire refuse cette connexion")
