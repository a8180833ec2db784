"""What a server sends back to a hello, read up to its last word; hostile bytes give a `garbage` flight, never an exception of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from hds_audit.probes.hello import KEY_SHARE, SUPPORTED_VERSIONS, VERSION_NAMES
from hds_audit.probes.suites import CLASSIC_BY_CODE

_ALERT, _HANDSHAKE = 21, 22
_HELLO, _CERTIFICATE, _KEY_EXCHANGE, _CERTIFICATE_REQUEST, _DONE, _STATUS = 2, 11, 12, 13, 14, 22
_NAMED_CURVE = 3  # RFC 8422, 5.4
_MOST = 400_000

ALERTS = {
    10: "unexpected_message",
    40: "handshake_failure",
    47: "illegal_parameter",
    50: "decode_error",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    112: "unrecognized_name",
    116: "certificate_required",
}

Kind = Literal["hello", "alert", "closed", "silent", "garbage"]


@dataclass(frozen=True, slots=True)
class Flight:
    """`hello` only when the server went to the end of its first flight: before that it may still refuse."""

    kind: Kind
    version: int = 0
    suite: int = 0
    alert: int = 0
    compressed: bool = False
    extensions: frozenset[int] = frozenset()
    certificates: tuple[bytes, ...] = ()
    group: int = 0
    dh_bits: int = 0
    stapled: bool = False
    asks_certificate: bool = False

    def __str__(self) -> str:
        if self.kind == "alert":
            return f"alert {self.alert} {ALERTS.get(self.alert, '')}".strip()
        return f"hello {VERSION_NAMES.get(self.version, hex(self.version))} suite {self.suite:#06x}" if self.kind == "hello" else self.kind


class _Cut(Exception):  # noqa: N818 (a signal inside this module)
    """The bytes end before the structure does."""


class _Bytes:
    """A cursor over bytes that refuses to run past the end."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def take(self, size: int) -> bytes:
        """The next bytes, all of them or none."""
        if size > len(self._content) - self._at:
            raise _Cut
        self._at += size
        return self._content[self._at - size : self._at]

    def number(self, size: int) -> int:
        """The next bytes as a number."""
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        """The next bytes, whose length is written before them in `size` bytes."""
        return self.take(self.number(size))

    @property
    def left(self) -> bool:
        """Whether bytes remain."""
        return self._at < len(self._content)


def read_flight(receive: Callable[[int], bytes]) -> Flight:
    """The server's first flight, read from `receive(most)`, which answers b"" at the end and raises OSError."""
    seen, records, messages = Flight("closed"), b"", b""
    total = 0
    while total < _MOST:
        try:
            part = receive(16384)
        except TimeoutError:
            return replace(seen, kind="silent")
        except OSError:
            return replace(seen, kind="closed")
        if not part:
            return replace(seen, kind="closed")
        total += len(part)
        try:
            seen, records, messages = _digest(seen, records + part, messages)
        except _Cut:
            return Flight("garbage")
        if seen.kind in ("hello", "alert", "garbage"):
            return seen
    return Flight("garbage")


def _digest(seen: Flight, records: bytes, messages: bytes) -> tuple[Flight, bytes, bytes]:
    while len(records) >= 5 and seen.kind == "closed":
        kind, version, size = records[0], int.from_bytes(records[1:3], "big"), int.from_bytes(records[3:5], "big")
        if kind not in (_ALERT, _HANDSHAKE, 20) or version >> 8 != 3 or size > 18432:
            return Flight("garbage"), b"", b""
        if len(records) < 5 + size:
            break
        body, records = records[5 : 5 + size], records[5 + size :]
        if kind == _ALERT and len(body) >= 2 and body[0] == 2:
            return replace(seen, kind="alert", alert=body[1]), b"", b""
        if kind == _HANDSHAKE:
            seen, messages = _messages(seen, messages + body)
    return seen, records, messages


def _messages(seen: Flight, content: bytes) -> tuple[Flight, bytes]:
    while len(content) >= 4 and seen.kind == "closed":
        size = int.from_bytes(content[1:4], "big")
        if size > _MOST:
            return Flight("garbage"), b""
        if len(content) < 4 + size:
            break
        seen = _message(seen, content[0], _Bytes(content[4 : 4 + size]))
        content = content[4 + size :]
    return seen, content


def _message(seen: Flight, kind: int, body: _Bytes) -> Flight:
    if kind == _HELLO:
        return _server_hello(seen, body)
    if kind == _CERTIFICATE:
        listed, found = _Bytes(body.vector(3)), []
        while listed.left:
            found.append(listed.vector(3))
        return replace(seen, certificates=tuple(found))
    if kind == _KEY_EXCHANGE:
        return _key_exchange(seen, body)
    if kind == _CERTIFICATE_REQUEST:
        return replace(seen, asks_certificate=True)
    if kind == _STATUS:
        return replace(seen, stapled=True)
    return replace(seen, kind="hello") if kind == _DONE else seen


def _server_hello(seen: Flight, body: _Bytes) -> Flight:
    version = body.number(2)
    body.take(32)
    body.vector(1)
    suite, compression = body.number(2), body.number(1)
    found, group = {}, 0
    if body.left:
        listed = _Bytes(body.vector(2))
        while listed.left:
            kind = listed.number(2)
            found[kind] = listed.vector(2)
    version = int.from_bytes(found[SUPPORTED_VERSIONS], "big") if SUPPORTED_VERSIONS in found else version
    if len(found.get(KEY_SHARE, b"")) >= 2:
        group = int.from_bytes(found[KEY_SHARE][:2], "big")
    whole: Kind = "hello" if SUPPORTED_VERSIONS in found else "closed"  # TLS 1.3 encrypts what follows
    return replace(seen, kind=whole, version=version, suite=suite, compressed=compression != 0, extensions=frozenset(found), group=group)


def _key_exchange(seen: Flight, body: _Bytes) -> Flight:
    suite = CLASSIC_BY_CODE.get(seen.suite)
    if suite is not None and suite.ephemeral_field:
        return replace(seen, dh_bits=int.from_bytes(body.vector(2), "big").bit_length())
    if suite is not None and suite.elliptic and body.number(1) == _NAMED_CURVE:
        return replace(seen, group=body.number(2))
    return seen
