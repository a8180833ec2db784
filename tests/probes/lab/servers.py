"""Stand-ins in Python: web servers, mail exchangers, and servers that answer by hand what no library still speaks."""

import asyncio
import contextlib
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from lab.loop import Loop
from lab.pki import Pair, dh_1024
from lab.web import Answer

Site = Callable[[str, dict[str, str]], Answer]
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def context(pair: Pair, kind: str = "good", folder: Path | None = None) -> ssl.SSLContext:
    """A server's context; its kind names what is wrong with it."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ciphers, versions = {
        "good": ("ECDHE+AESGCM:ECDHE+CHACHA20", ("TLSv1_2", "TLSv1_3")),
        "tls10": ("ALL:@SECLEVEL=0", ("TLSv1", "TLSv1_1")),
        "tls10-off": ("DEFAULT", ("TLSv1", "TLSv1_2")),
        "rsa-exchange": ("AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0", ("TLSv1_2", "TLSv1_2")),
        "tls13": ("DEFAULT", ("TLSv1_3", "TLSv1_3")),
        "weak-certificate": ("ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=0", ("TLSv1_2", "TLSv1_3")),
        "null": ("ECDHE+AESGCM:aNULL:eNULL:@SECLEVEL=0", ("TLSv1_2", "TLSv1_2")),
        "dh1024": ("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0", ("TLSv1_2", "TLSv1_2")),
        "client-order": ("ECDHE+AESGCM", ("TLSv1_2", "TLSv1_2")),
        "client-certificate": ("ECDHE+AESGCM:ECDHE+CHACHA20", ("TLSv1_2", "TLSv1_3")),
    }[kind]
    made.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version = ssl.TLSVersion[versions[0]]
        made.maximum_version = ssl.TLSVersion[versions[1]]
    if kind == "dh1024" and folder is not None:
        (folder / "dh1024.pem").write_bytes(dh_1024())
        made.load_dh_params(str(folder / "dh1024.pem"))
    made.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    if kind != "client-order":
        made.options |= ssl.OP_CIPHER_SERVER_PREFERENCE
    if kind == "client-certificate":
        made.verify_mode = ssl.CERT_OPTIONAL
        made.load_verify_locations(pair.chain)
    made.load_cert_chain(pair.chain, pair.key)
    return made


async def head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    lines = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return lines[0].split(" ")[1], {key.lower(): value.strip() for key, _, value in pairs}


@contextlib.asynccontextmanager
async def closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    """Closed whatever happens; a probe that hangs up is no error of the lab."""
    try:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, IndexError):
            yield
    finally:
        writer.close()


def web(loop: Loop, host: str, port: int, site: Site, tls: ssl.SSLContext | None = None) -> int:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with closing(writer):
            path, headers = await head(reader)
            writer.write(site(path.partition("?")[0], headers).encode())
            await writer.drain()

    return loop.serve(handle, host, port, ssl=tls)


def raw(loop: Loop, host: str, port: int, answer: Conversation, tls: ssl.SSLContext | None = None) -> int:
    """A server whose every byte the test writes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with closing(writer):
            await answer(reader, writer)

    return loop.serve(handle, host, port, ssl=tls)


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Headers, then a body of one byte at a time, for ever."""
    await head(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<p>")
    while not writer.transport.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def drip_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A header that never ends."""
    await head(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not writer.transport.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def lie(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Less than the length it announces."""
    await head(reader)
    body = b'<script src="https://connect.facebook.net/x.js"></script>'
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999\r\n\r\n" + body)
    await writer.drain()


async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A body without end, as fast as it is taken."""
    await head(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not writer.transport.is_closing():
        writer.write(b"<p>x</p>" * 8192)
        await writer.drain()
        await asyncio.sleep(0)


async def noise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes that are no protocol."""
    await reader.read(1)
    writer.write(bytes(range(256)) * 8)
    await writer.drain()


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepts, and says nothing."""
    await asyncio.sleep(60)


def by_hand(versions: dict[int, tuple[int, ...]], certificate: bytes) -> Conversation:
    """A server that answers hellos up to its first flight, for versions and suites that no library still speaks."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        start = await reader.readexactly(3)
        if start[0] & 0x80 and start[2] == 1:  # SSL 2.0
            if 2 in versions:
                body = b"\x04\x00\x01\x00\x02" + bytes(6)
                writer.write((0x8000 | len(body)).to_bytes(2, "big") + body)
            return
        body = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
        asked = int.from_bytes(body[4:6], "big")
        at = 38 + 1 + body[38]
        size = int.from_bytes(body[at : at + 2], "big")
        offered = {int.from_bytes(body[i : i + 2], "big") for i in range(at + 2, at + 2 + size, 2)}
        spoken = max((each for each in versions if each <= asked and each > 2), default=0)
        suite = next((each for each in versions.get(spoken, ()) if each in offered), None)
        if suite is None:
            writer.write(b"\x15\x03\x01\x00\x02\x02" + bytes([40 if spoken else 70]))
            return
        hello = spoken.to_bytes(2, "big") + bytes(32) + b"\x00" + suite.to_bytes(2, "big") + b"\x00"
        listed = len(certificate).to_bytes(3, "big") + certificate
        flight = b"".join(
            bytes([kind]) + len(content).to_bytes(3, "big") + content
            for kind, content in ((2, hello), (11, len(listed).to_bytes(3, "big") + listed), (14, b""))
        )
        writer.write(b"\x16" + spoken.to_bytes(2, "big") + len(flight).to_bytes(2, "big") + flight)
        await writer.drain()

    return answer


def mail(loop: Loop, host: str, port: int, tls: ssl.SSLContext | None, extra: tuple[str, ...] = ("PIPELINING", "8BITMIME")) -> int:
    """A mail exchanger, with STARTTLS where it has a context."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220-lab\r\n220 lab ESMTP\r\n")
        while line := (await reader.readline()).strip().upper():
            if line.startswith(b"EHLO"):
                names = ("lab", *extra, *(("STARTTLS",) if tls else ()))
                writer.write("".join(f"250{' ' if each == names[-1] else '-'}{each}\r\n" for each in names).encode())
            elif line == b"STARTTLS" and tls:
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(tls, ssl_handshake_timeout=5)
            elif line == b"QUIT":
                writer.write(b"221 bye\r\n")
                await writer.drain()
                return
            else:
                writer.write(b"502 no\r\n")

    return raw(loop, host, port, answer)
