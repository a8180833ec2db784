"""Following redirections, as far as the description goes and no further."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from hds_audit.probes.browser import Page, fetch
from hds_audit.probes.failure import FailedLookError
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
        return not self.loop and not self.endless and not self.elsewhere and self.last.status < 300


def walk(visit: Visit, url: str) -> Walk:
    """From one page to where it leads; raises FailedLookError when the first page cannot be had."""
    pages: list[Page] = []
    seen: set[str] = set()
    while len(pages) <= visit.settings.redirects:
        seen.add(url)
        try:
            pages.append(open_page(visit, url))
        except FailedLookError:
            if not pages:
                raise
            return Walk(tuple(pages), endless=True)
        url = pages[-1].leads_to
        if not url:
            return Walk(tuple(pages))
        if not allowed(visit, url):
            return Walk(tuple(pages), elsewhere=_host(url))
        if url in seen:
            return Walk(tuple(pages), loop=True)
    return Walk(tuple(pages), endless=True)


def allowed(visit: Visit, url: str) -> bool:
    """Whether a url is one that the description declares as its own."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and visit.targets.owns(parts.hostname or "")


def open_page(visit: Visit, url: str) -> Page:
    """The page from the first address that gives it; raises the last FailedLookError."""
    failure: FailedLookError | None = None
    for address in visit.names.addresses(_host(url))[: visit.settings.addresses]:
        try:
            return fetch(visit, url, address)
        except FailedLookError as found:
            failure = found if failure is None or failure.fault == "here" else failure
    raise failure or FailedLookError("here", "no address to go to", "aucune adresse où aller")


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:80]
    return parts.hostname or f"{parts.scheme}:"


def plain_url(visit: Visit, path: str = "/") -> str:
    """The page of the endpoint's host without encryption."""
    port = visit.settings.plain_port
    host = f"[{visit.host}]" if ":" in visit.host else visit.host
    return f"http://{host}{'' if port == 80 else f':{port}'}{path}"
