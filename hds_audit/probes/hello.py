"""Hand-made client hellos: bytes only, no cryptography, so that versions and suites which the local OpenSSL has lost can still be offered.

Sources: RFC 5246, 6101 (SSL 3.0), 7685 (padding), 8446, 8701, and the SSL 2.0 draft of 1995 (draft-hickman-netscape-ssl-00).
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import NamedTuple

from hds_audit.probes.suites import RENEGOTIATION_SIGNAL

SSL2, SSL3, TLS10, TLS11, TLS12, TLS13 = 0x0002, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304
VERSION_NAMES = {SSL2: "SSL 2.0", SSL3: "SSL 3.0", TLS10: "1.0", TLS11: "1.1", TLS12: "1.2", TLS13: "1.3"}

GROUPS = {
    0x11EC: "X25519MLKEM768",
    0x11EB: "SecP256r1MLKEM768",
    0x11ED: "SecP384r1MLKEM1024",
    0x001D: "x25519",
    0x0017: "secp256r1",
    0x001E: "x448",
    0x0018: "secp384r1",
    0x0019: "secp521r1",
    0x001F: "brainpoolP256r1tls13",
    0x0020: "brainpoolP384r1tls13",
    0x0021: "brainpoolP512r1tls13",
    0x001A: "brainpoolP256r1",
    0x001B: "brainpoolP384r1",
    0x001C: "brainpoolP512r1",
    0x0100: "ffdhe2048",
    0x0101: "ffdhe3072",
    0x0102: "ffdhe4096",
    0x0103: "ffdhe6144",
    0x0104: "ffdhe8192",
    0x0016: "secp256k1",
    0x0009: "sect283k1",
    0x000A: "sect283r1",
    0x000B: "sect409k1",
    0x000C: "sect409r1",
    0x000D: "sect571k1",
    0x000E: "sect571r1",
    0x0006: "sect233k1",
    0x0007: "sect233r1",
    0x0015: "secp224r1",
    0x0013: "secp192r1",
}
POST_QUANTUM = frozenset({0x11EB, 0x11EC, 0x11ED})

_SCHEMES = (
    *(0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B),
    *(0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0202, 0x0101),
)
SERVER_NAME, STATUS_REQUEST, SUPPORTED_GROUPS, POINT_FORMATS, SIGNATURE_ALGORITHMS, PADDING = 0, 5, 10, 11, 13, 21
ENCRYPT_THEN_MAC, EXTENDED_MASTER_SECRET, SUPPORTED_VERSIONS, PSK_MODES, KEY_SHARE, RENEGOTIATION_INFO = 22, 23, 43, 45, 51, 0xFF01


class Offer(NamedTuple):
    """What one hello proposes: the highest version, the suites in order of preference, the groups in order of preference."""

    version: int
    suites: tuple[int, ...]
    groups: tuple[int, ...] = tuple(GROUPS)
    host: str = ""


def client_hello(offer: Offer) -> bytes:
    """The record that carries the hello; in TLS 1.3 it holds no key share, so that the server names its choice and asks again."""
    legacy = min(offer.version, TLS12)
    signals = (RENEGOTIATION_SIGNAL,) if offer.version == SSL3 else ()
    suites = b"".join(_u16(code) for code in (*offer.suites, *signals))
    compressions = b"\x00" if offer.version == TLS13 else b"\x01\x00"
    session = os.urandom(32) if offer.version == TLS13 else b""
    body = _u16(legacy) + os.urandom(32) + _short(session) + _long(suites) + _short(compressions)
    if offer.version > SSL3:
        body += _long(_padded(_extensions(offer), len(body)))
    return b"\x16" + _u16(min(legacy, TLS10)) + _long(b"\x01" + len(body).to_bytes(3, "big") + body)


def ssl2_hello() -> bytes:
    """The hello of SSL 2.0, with its seven ciphers."""
    ciphers = b"".join(code.to_bytes(3, "big") for code in (0x010080, 0x020080, 0x030080, 0x040080, 0x050080, 0x060040, 0x0700C0))
    challenge = os.urandom(16)
    body = b"\x01\x00\x02" + _u16(len(ciphers)) + _u16(0) + _u16(len(challenge)) + ciphers + challenge
    return _u16(0x8000 | len(body)) + body


def _extensions(offer: Offer) -> bytes:
    found = [] if _is_address(offer.host) else [(SERVER_NAME, _long(b"\x00" + _long(offer.host.encode("idna"))))]
    found += [
        (SUPPORTED_GROUPS, _long(b"".join(_u16(group) for group in offer.groups))),
        (POINT_FORMATS, _short(b"\x00\x01\x02")),
        (STATUS_REQUEST, b"\x01" + _long(b"") + _long(b"")),
        (EXTENDED_MASTER_SECRET, b""),
        (ENCRYPT_THEN_MAC, b""),
        (RENEGOTIATION_INFO, _short(b"")),
    ]
    if offer.version >= TLS12:
        found.append((SIGNATURE_ALGORITHMS, _long(b"".join(_u16(scheme) for scheme in _SCHEMES))))
    if offer.version == TLS13:
        found += [(SUPPORTED_VERSIONS, _short(_u16(TLS13))), (PSK_MODES, _short(b"\x01")), (KEY_SHARE, _long(b""))]
    return b"".join(_u16(kind) + _long(content) for kind, content in found)


def _padded(extensions: bytes, before: int) -> bytes:
    size = 4 + before + 2 + len(extensions)
    if 256 <= size < 512:  # some middle boxes hang on hellos of these sizes (RFC 7685)
        extensions += _u16(PADDING) + _long(bytes(max(512 - size - 4, 1)))
    return extensions


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return not host
    return True


def _u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _short(content: bytes) -> bytes:
    return len(content).to_bytes(1, "big") + content


def _long(content: bytes) -> bytes:
    return _u16(len(content)) + content
