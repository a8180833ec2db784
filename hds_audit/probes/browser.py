"""Fetches a page as a guest does: from a chosen address, without the environment's proxies, in bounded time and size, following nothing."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from hds_audit.probes.coding import codings_of, decoded, opaque
from hds_audit.probes.failure import ClosedDoorError, FailedLookError, broken_connection
from hds_audit.probes.markup import absolute, refreshes_to
from hds_audit.probes.probe import Visit
from hds_audit.probes.stream import encrypt

if TYPE_CHECKING:
    from urllib3._base_connection import BaseHTTPConnection

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MANNERS = {"Accept-Encoding": "identity", "Connection": "close"}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_INTERIM = 8  # informational answers before the real one (RFC 9110, 15.2)
_TEXT = ("text/", "application/json", "application/xhtml", "application/xml", "application/javascript", "+json", "+xml")


class Page(NamedTuple):
    """One answer; `text` is looked at and forgotten, never stored. Header names are in lower case; each Set-Cookie stands alone."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str
    kind: str
    truncated: bool
    size: int
    opaque: bool = False
    """Whether its body is in a coding that cannot be undone here."""

    def header(self, name: str) -> str:
        """The values of a header, joined with commas (RFC 9110, 5.3)."""
        return ", ".join(value for key, value in self.headers if key == name)

    def every(self, name: str) -> tuple[str, ...]:
        """Each occurrence of a header."""
        return tuple(value for key, value in self.headers if key == name)

    @property
    def leads_to(self) -> str:
        """Where it sends browsers by itself, whole, by a redirection or a refresh of a few seconds; empty where it does not."""
        if self.status in _REDIRECTS:
            target = next(iter(self.every("location")), "")
            return absolute(self.url, target) if target else ""
        return refreshes_to(self.url, self.header("refresh"), self.text if "html" in self.kind else "") if self.status == 200 else ""


class _Answer(http.client.HTTPResponse):
    """The answer itself: what a server says beforehand, early hints (RFC 8297) say, is passed over."""

    def begin(self) -> None:
        """Read up to the first header block that is no mere information."""
        super().begin()
        for _ in range(_INTERIM):
            if not 100 <= self.status < 200 or self.status == http.client.SWITCHING_PROTOCOLS:
                return
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()


class _Pinned(HTTPConnection):
    """A connection over a socket that is open already."""

    stream: socket.socket
    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        return self.stream


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Pinned

    def __init__(self, host: str, port: int, stream: socket.socket) -> None:
        super().__init__(host, port, retries=Retry(0, read=False))
        self._stream = stream

    def _new_conn(self) -> BaseHTTPConnection:
        connection = super()._new_conn()
        if isinstance(connection, _Pinned):
            connection.stream = self._stream
        return connection


class _Session(requests.Session):
    """Takes an answer for what it is: where it leads is not looked at, since it may be no url at all."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


class _Adapter(HTTPAdapter):
    """Sends over one open socket, whatever the scheme, and tries nothing twice."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        super().__init__()

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: object, proxies: object = None, cert: object = None
    ) -> HTTPConnectionPool:
        """A pool of the open socket: encryption has been seen to."""
        parts = urlsplit(str(request.url))
        return _Pool(parts.hostname or "", parts.port or 80, self._stream)


def fetch(visit: Visit, url: str, address: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Page:
    """One page from one address; raises FailedLookError. Nothing is followed or kept."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    with _stream(visit, address, port, parts.hostname if secure else None) as stream, _Session() as session:
        session.trust_env = False
        session.mount("http://", _Adapter(stream))
        session.mount("https://", _Adapter(stream))
        wanted = {
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": visit.settings.agent,
            **_MANNERS,
            **(headers or {}),
        }
        try:
            with session.request(
                method, url, headers=wanted, stream=True, allow_redirects=False, timeout=visit.settings.timeout, verify=False
            ) as answer:
                return _read(answer, url, visit.settings.body_bytes)
        except (requests.RequestException, OSError) as error:
            raise _failure(error) from None


@contextmanager
def _stream(visit: Visit, address: str, port: int, host: str | None) -> Iterator[socket.socket]:
    with visit.guest.connection(address, port, visit.deadline.sooner(visit.settings.page_seconds)) as plain:
        if host is None:
            yield plain
            return
        try:
            encrypted = encrypt(plain, visit.authorities.lenient, host)
        except ssl.SSLError as error:
            raise FailedLookError("target", f"no handshake ({error.reason})", f"pas de négociation TLS ({error.reason})") from None
        except OSError as error:
            raise broken_connection(error) from None
        with encrypted:
            yield encrypted


def _read(answer: requests.Response, url: str, most: int) -> Page:
    headers = tuple((key.lower(), value) for key, value in answer.raw.headers.items())
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    readable = any(mark in kind for mark in _TEXT) or not kind
    sent, truncated = bytearray(), False
    try:
        while readable and len(sent) <= most and (part := answer.raw.read1(16384, decode_content=False)):
            sent += part
    except (HTTPError, OSError, FailedLookError):
        truncated = True  # a length that lies, a body cut short or endless: what came is still looked at
    codings = codings_of(answer.headers.get("Content-Encoding", ""))
    shut = opaque(codings)
    body, whole = (b"", False) if shut else decoded(bytes(sent), codings, most)
    truncated = truncated or not readable or not whole or len(body) > most
    text = body[:most].decode(_charset(answer, body), "replace")
    return Page(url, answer.status_code, headers, text, kind, truncated, len(body), shut)


def _charset(answer: requests.Response, body: bytes) -> str:
    """How a text is written: its first bytes come before what is said of it (WHATWG Encoding, 6.1)."""
    for mark, name in _MARKS.items():
        if body.startswith(mark):
            return name
    told = requests.utils.get_encoding_from_headers(answer.headers) or "utf-8"
    try:
        "".encode(told)
    except LookupError:
        return "utf-8"
    return told


def _failure(error: Exception) -> FailedLookError:
    """The plain reason inside the layers of exceptions."""
    inner: BaseException | None = error
    while inner is not None:
        if (known := _reason(inner)) is not None:
            return known
        held = next((each for each in inner.args if isinstance(each, Exception)), None)
        inner = inner.__cause__ or inner.__context__ or held
    if isinstance(error, requests.Timeout):
        return broken_connection(TimeoutError())
    return FailedLookError("target", f"no readable answer ({type(error).__name__})", f"pas de réponse lisible ({type(error).__name__})")


def _reason(inner: BaseException) -> FailedLookError | None:
    if isinstance(inner, FailedLookError):
        return inner
    if isinstance(inner, ssl.SSLError) and "CERTIFICATE_REQUIRED" in str(inner.reason):
        return ClosedDoorError("target", "it asks for a client certificate", "il exige un certificat client")
    if isinstance(inner, http.client.BadStatusLine) and str(inner)[:2] == "\0\0" and str(inner)[3:4] == "\4":  # a SETTINGS frame
        return FailedLookError(
            "target", "it speaks HTTP/2 alone, which is not spoken here", "il ne parle que HTTP/2, qui n'est pas parlé ici"
        )
    if isinstance(inner, http.client.HTTPException) and str(inner).startswith("got more than"):
        return FailedLookError("target", f"its headers are too many ({inner})", f"ses en-têtes sont trop nombreux ({inner})")
    return None
