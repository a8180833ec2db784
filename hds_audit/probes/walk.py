"""Following redirections, as far as the description goes and no further."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from hds_audit.model.evidence import ascii_host
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page, fetch
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.markup import absolute
from hds_audit.probes.probe import Visit


class Walk(NamedTuple):
    """The pages in order; where it would have gone next if that is not declared; whether it came back on its steps or was cut short."""

    pages: tuple[Page, ...]
    elsewhere: str = ""
    loop: bool = False
    endless: bool = False

    @property
    def last(self) -> Page:
        """The page where it ended."""
        return self.pages[-1]

    @property
    def arrived(self) -> bool:
        """Whether the last page is one that a person would read."""
        return self.unfinished is None

    @property
    def unfinished(self) -> Text | None:
        """Why the last page is none that a person would read: what is not in it shows nothing."""
        if self.loop:
            return Text("Its redirections go in a circle", "Ses redirections tournent en rond")
        if self.elsewhere:
            return Text(f"It leads to {self.elsewhere}, which is not declared", f"Elle mène à {self.elsewhere}, non déclaré")
        if self.endless:
            return Text("Its redirections lead to no page", "Ses redirections ne mènent à aucune page")
        if self.last.status >= 300:
            return Text(f"It answers {self.last.status}", f"Elle répond {self.last.status}")
        if self.last.opaque:
            return Text("Its body is in a coding that cannot be read here", "Son corps est dans un codage illisible ici")
        return None

    @property
    def out_of_order(self) -> bool:
        """Whether the server says that it cannot answer now (RFC 9110, 15.6; RFC 6585, 4)."""
        return self.last.status == 429 or self.last.status >= 500


def walk(visit: Visit, url: str) -> Walk:
    """From one page to where it leads; raises FailedLookError when the first page cannot be had.

    Where it goes in a circle, the cookies set on the way are brought back once to the host that set them, as browsers do, and forgotten.
    """
    pages: list[Page] = []
    back = False
    seen: set[str] = set()
    url = absolute(url, "")
    while len(pages) <= visit.settings.redirects:
        seen.add(url)
        try:
            pages.append(open_page(visit, url, _cookies(pages, url) if back else None))
        except FailedLookError:
            if not pages:
                raise
            return Walk(tuple(pages), endless=True)
        url = pages[-1].leads_to
        if not url:
            return Walk(tuple(pages))
        if not allowed(visit, url):
            return Walk(tuple(pages), elsewhere=_host(url))
        if url in seen and (back or not _cookies(pages, url)):
            return Walk(tuple(pages), loop=True)
        if url in seen:
            back = True
            seen.clear()
    return Walk(tuple(pages), endless=True)


def _cookies(pages: list[Page], url: str) -> dict[str, str]:
    """The header that brings back what the host of a url has set on the way."""
    set_here = (header for page in pages if _host(page.url) == _host(url) for header in page.every("set-cookie"))
    pairs = {pair.partition("=")[0]: pair for header in set_here if "=" in (pair := header.partition(";")[0].strip())}
    return {"Cookie": "; ".join(pairs.values())} if pairs else {}


def allowed(visit: Visit, url: str) -> bool:
    """Whether a url is one that the description declares as its own."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and visit.targets.owns(parts.hostname or "")


def open_page(visit: Visit, url: str, headers: dict[str, str] | None = None) -> Page:
    """The page from the first address that gives it, or from the one that is visited; raises the last FailedLookError."""
    failure: FailedLookError | None = None
    for address in _addresses(visit, _host(url)):
        try:
            return fetch(visit, url, address, headers=headers)
        except FailedLookError as found:
            failure = found if failure is None or failure.fault == "here" else failure
    raise failure or FailedLookError("here", "no address to go to", "aucune adresse où aller")


def _addresses(visit: Visit, host: str) -> tuple[str, ...]:
    if visit.address and host == visit.host:
        return (visit.address,)
    return visit.names.addresses(host)[: visit.settings.addresses]


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:80]
    return ascii_host(parts.hostname or "") or f"{parts.scheme}:"


def plain_url(visit: Visit, path: str = "/") -> str:
    """The page of the endpoint's host without encryption."""
    port = visit.settings.plain_port
    host = f"[{visit.host}]" if ":" in visit.host else visit.host
    return f"http://{host}{'' if port == 80 else f':{port}'}{path}"
