# ruff: noqa: SIM905  words read as words
"""What a reader of a message sees of its markup: text by sentence, addresses, images. Linear whatever the input.

The tags are found by a scanner of our own: the standard library's parser takes time that grows with the square of the input
on unfinished tags, and a template may come from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from hds_audit.emails.sentences import CELL, Passage, Where

_TAG = re.compile(
    r"""<(/?)([A-Za-z][\w:.-]{0,60})((?:"[^"<]*+"|'[^'<]*+'|[^<>"']++)*+)>|<[!?/A-Za-z][^<>]*+>""",
)
_ATTRIBUTE = re.compile(r"""(?<![\w:@.\[\]()-])([\w:@.\[\]()-]{1,60})\s{0,8}=\s{0,8}("[^"]*+"|'[^']*+'|[^\s"'<>]++)""")
_HTML = re.compile(
    r"</?(?:p|div|br|html|body|table|tr|td|h[1-6]|ul|li|ol|a|b|i|u|em|strong|span|font|center|hr|img|image|mj-\w+|mjml|text|link|"
    r"button|section|title|head|meta|style|tbody|thead|row|columns)\b",
    re.I,
)
_PAGE_TAG = re.compile(r"</?(?!(?:a|b|br|code|em|font|hr|i|img|pre|s|small|span|strong|u|blockquote)\b)[A-Za-z]", re.I)
"""A tag of those that make a page, and do not only adorn a line."""
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_INLINE = frozenset(
    "a abbr b big bdo cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var "
    "wbr mj-raw trans tspan t text-muted".split()
)
_CELLS = frozenset(("td", "th", "dt", "dd"))
_SILENT = {name: re.compile(f"</{name}", re.I) for name in ("script", "style", "mj-style")}
_SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "summary")
_BOUND_ATTRIBUTES = (
    "th:text", "th:utext", "data-th-text", "data-th-utext", "v-text", "v-html", "[innerhtml]", "ng-bind", "t-esc", "t-out",
)  # fmt: skip
_LABEL_ATTRIBUTES = ("label", "heading")
"""Of components: what stands before their value or what they hold (`<Row label="Doctor" value={doctor} />`)."""
_LINK_ATTRIBUTES = ("href", "action", "th:href", "data-th-href", ":href", "v-bind:href")
_HIDING = frozenset(("div", "span", "p"))
_PLAIN_INLINE = _INLINE - {"span"}
_DRESSED = (
    r"""(?:\s+(?:style|class|width|height|align|valign|bgcolor|border|cellpadding|cellspacing|role|dir|id|padding)"""
    r"""=(?:"[^"<]*+"|'[^'<]*+'))*+\s*+/?"""
)
_DRESS = re.compile(_DRESSED)
"""Attributes that only dress the page."""
_BLOCKS = re.compile(
    r"""(?:</?(?:table|tr|tbody|thead|div|p|h[1-6]|ul|ol|li|center|br|hr|section|mj-(?:body|section|column|text))"""
    + _DRESSED + r""">\s*+){1,100}+"""
)  # fmt: skip
"""Tags that only end a passage, one after the other: read at once, and not so many that looking twice at them takes time."""
_TURNING: dict[str, Where] = {
    "title": "subject", "mj-title": "subject", "subject": "subject", "mj-preview": "preheader", "preview": "preheader",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|max-height\s{0,3}:\s{0,3}0|font-size\s{0,3}:\s{0,3}[01]px")


class Link(NamedTuple):
    """An address in the message, with the numbers of its printed expressions still in it."""

    address: str
    line: int


class Image(NamedTuple):
    """An image: its address and its size as written."""

    address: str
    line: int
    width: str
    height: str


@dataclass(slots=True)
class Page:
    """What is seen of one file."""

    passages: list[Passage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


class _Reader:
    """Builds a page from text and tags in their order."""

    def __init__(self) -> None:
        self.page = Page()
        self.line = 1
        self.where: Where = "body"
        self.hidden_in = ""
        self.passage = Passage("body")

    def text(self, text: str) -> None:
        if not text:
            return
        if not text.isspace():
            self.passage.add(unescape(text) if "&" in text else text, self.line)
        elif self.passage.size:
            self.passage.space(" ", self.line)
        if "\n" in text:
            self.line += text.count("\n")

    def pause(self) -> None:
        """Ends the passage."""
        if self.passage.size:
            if not self.passage.blank:
                self.page.passages.append(self.passage)
            self.passage = Passage(self.where)

    def aside(self, text: str, where: Where) -> None:
        """Text that stands outside the flow."""
        passage = Passage(where)
        passage.add(unescape(text), self.line)
        self.page.passages.append(passage)

    def tag(self, closing: str, name: str, attributes: str) -> None:
        if name not in _PLAIN_INLINE:
            name = name.lower()
            if name in _CELLS:
                self.passage.space(CELL, self.line)
            elif name not in _INLINE:
                self.pause()
            if name in _TURNING:
                self.turn("body" if closing else _TURNING[name])
            elif closing and name == self.hidden_in:
                self.hidden_in = ""
                self.turn("body")
        if attributes and not closing and (name in _HIDING or not _DRESS.fullmatch(attributes)):
            self.attributes(name, {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(attributes)})
        if "\n" in attributes:
            self.line += attributes.count("\n")

    def turn(self, where: Where) -> None:
        self.where = where
        self.passage = Passage(where)

    def attributes(self, name: str, given: dict[str, str]) -> None:
        for key in _LINK_ATTRIBUTES:
            if key in given:
                self.page.links.append(Link(unescape(given[key]), self.line))
        if name in ("img", "mj-image", "image") and (source := given.get("src") or given.get("th:src") or given.get(":src")):
            self.page.images.append(Image(unescape(source), self.line, given.get("width", ""), given.get("height", "")))
        for key in _SPOKEN_ATTRIBUTES:
            if given.get(key) and not (name == "mj-attributes" or (key == "title" and name == "html")):
                self.aside(given[key], "alternative")
        if label := next((given[key] for key in _LABEL_ATTRIBUTES if given.get(key)), ""):
            self.passage.add(f" {unescape(label)}: {unescape(given.get('value', ''))} ", self.line)
        for key in _BOUND_ATTRIBUTES:
            if key in given:
                self.passage.add(f" {given[key]} ", self.line)
        if not self.hidden_in and name in _HIDING and _HIDDEN.search(given.get("style", "")):
            self.hidden_in = name
            self.turn("preheader")


def is_markup(text: str) -> bool:
    """Whether a text has tags."""
    return _HTML.search(text) is not None


def lines_with_tags(text: str) -> str | None:
    """The text without its tags where these only adorn lines, as in Markdown with a `<br>`; nothing where they make the page."""
    return None if _PAGE_TAG.search(text) else unescape(_ANY_TAG.sub(" ", text))


def read_markup(text: str) -> Page:
    """The page of a text with tags."""
    reader = _Reader()
    position = 0
    for start, end, tag in _tags(text, reader):
        if start > position:
            reader.text(text[position:start])
        position = end
        if tag is None:
            reader.line += text.count("\n", start, end)
        elif tag is _BREAK:
            reader.pause()
            reader.line += text.count("\n", start, end)
        else:
            reader.tag(*tag)
    reader.text(text[position:])
    reader.pause()
    return reader.page


_BREAK = ("", "", "")


def _hides(blocks: str) -> bool:
    """Whether one of these tags hides what follows."""
    return ("none" in blocks or "max-height" in blocks or "font-size" in blocks) and _HIDDEN.search(blocks) is not None


def _tags(text: str, reader: _Reader) -> Iterator[tuple[int, int, tuple[str, str, str] | None]]:
    """Tags in their order (a slash, the name, the attributes), and without one what is skipped: comments, scripts, styles."""
    position = 0
    endless = False
    while True:
        start = text.find("<", position)
        if start < 0:
            return
        if not endless and text.startswith("<!--", start):
            closing = text.find("-->", start + 4)
            endless = closing < 0
            if not endless:
                yield start, closing + 3, None
                position = closing + 3
                continue
        blocks = None if reader.hidden_in else _BLOCKS.match(text, start)
        if blocks and not _hides(blocks.group()):
            position = blocks.end()
            yield start, position, _BREAK
            continue
        match = _TAG.match(text, start)
        if match is None:
            position = start + 1
            continue
        position = match.end()
        slash, name, attributes = match.groups("")
        if not name:
            yield start, position, None
            continue
        yield start, position, (slash, name, attributes)
        if slash or not (silence := _SILENT.get(name.lower())) or attributes.endswith("/"):
            continue
        found = silence.search(text, position)
        closing = found.start() if found else len(text)
        yield position, closing, None
        position = closing
