"""What a browser would load from a page, as far as its tags say: a lower bound, since scripts load more."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

_SOURCES = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "input": ("src",),
}
_LINKS = frozenset({"stylesheet", "icon", "shortcut", "apple-touch-icon", "manifest", "modulepreload", "preload", "prefetch", "preconnect"})
_RUNS = frozenset({"", "text/javascript", "application/javascript", "module", "text/ecmascript", "application/ecmascript"})
_URL = re.compile(r"(?:https?:)?//([a-z0-9.-]{1,240}\.[a-z]{2,24})(?=[/:?#'\"`\\\s]|$)", re.IGNORECASE)
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")\s]{1,2000})", re.IGNORECASE)
_MOST = 5000


class Resource(NamedTuple):
    """One thing that the page loads; `held` where the tag waits for consent; `script` and `sealed` tell code and its integrity."""

    url: str
    held: bool = False
    script: bool = False
    sealed: bool = False

    @property
    def host(self) -> str:
        """The host that it is loaded from."""
        return host_of(self.url)


class Markup(NamedTuple):
    """A page, read: what it loads, the hosts named in its scripts, where its forms go, what a person reads of it."""

    resources: tuple[Resource, ...]
    named_in_scripts: tuple[str, ...]
    forms: tuple[str, ...]
    password: bool
    words: int
    scripts: int


def host_of(url: str) -> str:
    """The host of an http url; empty for anything else."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip(".") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def read_markup(text: str, url: str) -> Markup:
    """Read a page that came from a url; broken markup is read as far as it goes."""
    reader = _Reader(url)
    reader.feed(text)
    reader.close()
    named = tuple(dict.fromkeys(host.lower() for host in reader.named))
    return Markup(tuple(dict.fromkeys(reader.resources)), named, tuple(reader.forms), reader.password, reader.words, reader.scripts)


class _Reader(HTMLParser):
    """Collects; what lies inside `template` is inert and left out."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = url
        self.resources: list[Resource] = []
        self.named: list[str] = []
        self.forms: list[str] = []
        self.password, self.words, self.scripts = False, 0, 0
        self._inert, self._inside = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag."""
        told = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._inert += 1
        if self._inert or len(self.resources) > _MOST:
            return
        if tag == "base" and told.get("href"):
            self.base = self._absolute(told["href"])
        if tag == "form":
            self.forms.append(self._absolute(told.get("action", "")))
        if tag == "input" and told.get("type", "").lower() == "password":
            self.password = True
        if tag == "link" and _LINKS.intersection(told.get("rel", "").lower().split()):
            self._add(told.get("href", ""), told)
        for url in _STYLE_URL.findall(told.get("style", "")):
            self._add(url, told)
        self._sources(tag, told)
        if tag in ("script", "style"):
            self._inside = tag if tag == "style" or told.get("type", "").strip().lower() in _RUNS else "data"
            self.scripts += self._inside == "script"

    def _sources(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "").strip().lower()
        held = tag == "script" and kind == "text/plain"
        if tag == "script" and kind not in _RUNS and not held:
            return
        for name in _SOURCES.get(tag, ()):
            for url in _candidates(name, told.get(name, "")):
                self._add(url, told, held=held, script=tag == "script")
        if tag in ("script", "iframe", "img") and not told.get("src"):  # consent managers move the address aside
            self._add(told.get("data-src", "") or told.get("data-cookieblock-src", ""), told, held=True, script=tag == "script")

    def _add(self, url: str, told: dict[str, str], *, held: bool = False, script: bool = False) -> None:
        absolute = self._absolute(url) if url else ""
        if host_of(absolute):
            self.resources.append(Resource(absolute, held, script, bool(told.get("integrity"))))

    def _absolute(self, url: str) -> str:
        try:
            return urljoin(self.base, url.strip())
        except ValueError:
            return ""

    def handle_endtag(self, tag: str) -> None:
        """One closing tag."""
        if tag == "template" and self._inert:
            self._inert -= 1
        if tag in ("script", "style"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Text, the content of scripts and styles included."""
        if self._inert:
            return
        if self._inside == "script":
            self.named.extend(_URL.findall(data)[:_MOST])
        elif self._inside == "style":
            for url in _STYLE_URL.findall(data)[:_MOST]:
                self._add(url, {})
        elif not self._inside:
            self.words += len(data.split())


def _candidates(attribute: str, value: str) -> tuple[str, ...]:
    if attribute != "srcset":
        return (value,) if value else ()
    return tuple(part.split()[0] for part in value.split(",") if part.split())
