"""Undoing the compression of a body, in bounded size (RFC 9110, 8.4.1; RFC 1950 to 1952)."""

from __future__ import annotations

import zlib

_PLAIN = frozenset({"identity", "none"})
_KNOWN = _PLAIN | {"gzip", "x-gzip", "deflate"}
_GZIP = b"\x1f\x8b"
_PIECE = 16_384


def codings_of(header: str) -> tuple[str, ...]:
    """The codings of a Content-Encoding header, in the order in which they were laid on."""
    return tuple(coding for each in header.split(",") if (coding := each.strip().lower()) and coding not in _PLAIN)


def opaque(codings: tuple[str, ...]) -> bool:
    """Whether one of the codings cannot be undone here: a page so sent says nothing."""
    return not _KNOWN.issuperset(codings)


def decoded(sent: bytes, codings: tuple[str, ...], most: int) -> tuple[bytes, bool]:
    """What a body holds under its codings, as far as it goes and not much further than `most` bytes; and whether that is all of it."""
    body, whole = sent, True
    for _ in codings:
        body, here = _inflated(body, most)
        whole = whole and here
    return body, whole


def _inflated(sent: bytes, most: int) -> tuple[bytes, bool]:
    body, left = bytearray(), sent
    while left and len(body) <= most:
        piece, left, whole = _member(left, most + 1 - len(body))
        body += piece
        if not whole:
            return bytes(body), False
        left = left if left.startswith(_GZIP) else b""  # further members of a gzip file; anything else is padding
    return bytes(body), not left


def _member(sent: bytes, most: int) -> tuple[bytes, bytes, bool]:
    """One compressed stream: what it holds, what follows it, and whether it came to its end."""
    machine, body, at = zlib.decompressobj(47 if _headed(sent) else -15), bytearray(), 0
    try:
        while at < len(sent) and len(body) < most and not machine.eof:
            body += machine.decompress(machine.unconsumed_tail + sent[at : at + _PIECE], most - len(body))
            at += _PIECE
    except zlib.error:
        return bytes(body), b"", False
    return bytes(body), machine.unused_data + sent[at:], machine.eof


def _headed(sent: bytes) -> bool:
    """Whether a gzip or zlib header comes first; servers call a bare stream `deflate` too."""
    return sent.startswith(_GZIP) or (len(sent) > 1 and sent[0] & 15 == 8 and int.from_bytes(sent[:2], "big") % 31 == 0)
