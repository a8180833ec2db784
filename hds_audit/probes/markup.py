"""What a browser would load from a page, as far as its tags say: a lower bound, since scripts load more."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from hds_audit.model.evidence import ascii_host

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
    "image": ("href", "xlink:href"),
}
_LINKS = frozenset({"stylesheet", "icon", "shortcut", "apple-touch-icon", "manifest", "modulepreload", "preload", "prefetch", "preconnect"})
_JAVASCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:javascript1\.[0-5]|jscript|livescript)")
_DEFERRED = re.compile(r"text/partytown|[0-9a-f]+-(?:text/javascript|module)")  # run all the same, by a library that is in the page
_SLASHES = r"(?:\\?/){2}"  # written `\/\/` inside JSON
_URL = re.compile(
    rf"(?:https?:)?{_SLASHES}([a-z0-9.-]{{1,240}}\.[a-z]{{2,24}})(?=[/:?#'\"`\\\s]|$)((?::\d+)?(?:\\?/[\w.%@~+-]*){{0,12}})", re.IGNORECASE
)
_LOADER = re.compile(
    r"\.js\b|/js\b|/(?:tr|tags?|embed|plugins|collect|pixel|px|pagead|beacon|track(?:er)?|sdk|scripts?|widgets|iframe_api|ns\.html|matomo\.php|piwik\.php)\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(r"\b(?:matomo|piwik)\.(?:js|php)\b")
_SNIPPET = 4000  # characters: a loader pasted in a page is short, and what else it names belongs to it
_REFRESH = re.compile(r"\s*(\d{1,6})(?:\.\d*)?\s*(?:[;,]\s*(?:url\s*=\s*)?(['\"]?)(.*?)\2)?\s*", re.IGNORECASE | re.DOTALL)
_SOON = 5  # seconds: later than that, people read the page first
_STYLE_URL = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])([^'\")\s]{1,2000})", re.IGNORECASE)
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


class Named(NamedTuple):
    """A url written in a script, without its scheme and query; its host in lower case."""

    host: str
    path: str

    @property
    def loads(self) -> bool:
        """Whether it looks like something that a script calls, and not like a page that people are sent to."""
        return bool(_LOADER.search(self.path))


class Told(NamedTuple):
    """What a page tells browsers in `meta` tags, as headers would: policies of content, of referrer, and where it refreshes to."""

    policies: tuple[str, ...] = ()
    referrer: str = ""
    refresh: str = ""


class Markup(NamedTuple):
    """A page, read: what it loads, the urls in its scripts, hosts that measure, where its forms go, what a person reads of it."""

    resources: tuple[Resource, ...]
    scripted: tuple[Named, ...]
    measuring: tuple[str, ...]
    forms: tuple[str, ...]
    password: bool
    words: int
    scripts: int
    told: Told = Told()

    @property
    def named_in_scripts(self) -> tuple[str, ...]:
        """The hosts of the urls in its scripts."""
        return tuple(dict.fromkeys(each.host for each in self.scripted))


def runs(kind: str) -> bool:
    """Whether a script of that type is run: what is no JavaScript is mere data (WHATWG HTML, 4.12.1)."""
    said = kind.strip().lower()
    return said in ("", "module") or bool(_JAVASCRIPT.fullmatch(said) or _DEFERRED.fullmatch(said))


def host_of(url: str) -> str:
    """The host of an http url, in ASCII; empty for anything else."""
    try:
        parts = urlsplit(url)
        return ascii_host(parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def absolute(base: str, url: str) -> str:
    """A url as a browser would go to it, its host in ASCII and without credentials; empty for what is none."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port is not None else shown
    return urlunsplit((parts.scheme, place, parts.path, parts.query, parts.fragment))


def refreshes_to(url: str, header: str, text: str) -> str:
    """Where a page sends browsers within seconds, by its header or its tag; empty where it stays."""
    said = header or (read_markup(text, url).told.refresh if "refresh" in text.lower() else "")
    found = _REFRESH.fullmatch(said)
    if found is None or int(found[1]) > _SOON or not (found[3] or "").strip():
        return ""
    target = absolute(url, found[3])
    return target if target.partition("#")[0] != url.partition("#")[0] else ""


def read_markup(text: str, url: str) -> Markup:
    """Read a page that came from a url; broken markup is read as far as it goes."""
    reader = _Reader(url)
    reader.feed(text)
    reader.close()
    return Markup(
        tuple(dict.fromkeys(reader.resources)),
        tuple(dict.fromkeys(reader.named)),
        tuple(dict.fromkeys(reader.measuring)),
        tuple(reader.forms),
        reader.password,
        reader.words,
        reader.scripts,
        Told(tuple(reader.policies), reader.referrer, reader.refresh),
    )


class _Reader(HTMLParser):
    """Collects; what lies inside `template` is inert and left out, and a browser with scripts heeds no `meta` inside `noscript`."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = url
        self.resources: list[Resource] = []
        self.named: list[Named] = []
        self.measuring: list[str] = []
        self.forms: list[str] = []
        self.policies: list[str] = []
        self.referrer, self.refresh = "", ""
        self.password, self.words, self.scripts = False, 0, 0
        self._inert, self._inside, self._bare = 0, "", 0
        self._script: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag."""
        told = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._inert += 1
        if self._inert or len(self.resources) > _MOST:
            return
        self._bare += tag == "noscript"
        if tag == "meta" and not self._bare:
            self._meta(told)
        if tag == "iframe" and told.get("srcdoc"):
            self._framed(told["srcdoc"])
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
            self._inside = tag if tag == "style" or runs(told.get("type", "")) else "data"
            self.scripts += self._inside == "script"

    def _meta(self, told: dict[str, str]) -> None:
        equivalent, content = told.get("http-equiv", "").strip().lower(), told.get("content", "")
        if equivalent == "content-security-policy" and content.strip():
            self.policies.append(content)
        elif equivalent == "refresh":
            self.refresh = self.refresh or content
        elif told.get("name", "").strip().lower() == "referrer":
            self.referrer = content

    def _framed(self, text: str) -> None:
        """A page written inside an attribute loads what it holds as the page around it does."""
        if "srcdoc" not in text:
            inside = read_markup(text, self.base)
            self.resources.extend(inside.resources)
            self.named.extend(inside.scripted)
            self.measuring.extend(inside.measuring)

    def _sources(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "").strip().lower()
        held = tag == "script" and kind == "text/plain"
        if tag == "script" and not runs(kind) and not held:
            return
        for name in _SOURCES.get(tag, ()):
            for url in _candidates(name, told.get(name, "")):
                self._add(url, told, held=held, script=tag == "script")
        if tag in ("script", "iframe", "img") and not told.get("src"):  # consent managers move the address aside
            self._add(told.get("data-src", "") or told.get("data-cookieblock-src", ""), told, held=True, script=tag == "script")

    def _add(self, url: str, told: dict[str, str], *, held: bool = False, script: bool = False) -> None:
        whole = self._absolute(url) if url else ""
        if host_of(whole):
            self.resources.append(Resource(whole, held, script, bool(told.get("integrity"))))
            if _MEASURES.search(whole) and not held:
                self.measuring.append(host_of(whole))

    def _absolute(self, url: str) -> str:
        return absolute(self.base, url)

    def handle_endtag(self, tag: str) -> None:
        """One closing tag."""
        if tag == "template" and self._inert:
            self._inert -= 1
        self._bare -= tag == "noscript" and self._bare > 0
        if tag in ("script", "style"):
            self._inside = ""
            self._read_script()

    def close(self) -> None:
        """The end, a script left open included."""
        super().close()
        self._read_script()

    def _read_script(self) -> None:
        text = "".join(self._script)
        self._script.clear()
        found = [Named(ascii_host(host), path.replace("\\", "")) for host, path in _URL.findall(text)[:_MOST]]
        self.named.extend(found)
        if len(text) < _SNIPPET and _MEASURES.search(text):
            self.measuring.extend(each.host for each in found)

    def handle_data(self, data: str) -> None:
        """Text, the content of scripts and styles included."""
        if self._inert:
            return
        if self._inside == "script":
            self._script.append(data)
        elif self._inside == "style":
            for url in _STYLE_URL.findall(data)[:_MOST]:
                self._add(url, {})
        elif not self._inside:
            self.words += len(data.split())


def _candidates(attribute: str, value: str) -> tuple[str, ...]:
    if attribute != "srcset":
        return (value,) if value else ()
    return tuple(part.split()[0] for part in value.split(",") if part.split())
