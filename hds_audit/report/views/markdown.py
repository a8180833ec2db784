"""The author's own comment: a little Markdown (headings, lists, emphasis, code, links) as blocks that no markup can leave."""

from __future__ import annotations

import re
from typing import NamedTuple

_INLINE = re.compile(r"\*\*(?P<strong>[^*\n]{1,2000})\*\*|\*(?P<em>[^*\n]{1,2000})\*|`(?P<code>[^`\n]{1,2000})`|"
                     r"\[(?P<link>[^\]\n]{1,500})\]\((?P<href>https?://[^\s()<>\"']{1,2000})\)")  # fmt: skip
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_MOST = 50_000


class Span(NamedTuple):
    """A run of text: plain, `strong`, `em`, `code` or `link` (with its address)."""

    kind: str
    text: str
    href: str = ""


class Block(NamedTuple):
    """A `paragraph`, a `heading` or a `list`, whose lines are runs of text."""

    kind: str
    lines: tuple[tuple[Span, ...], ...]


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a comment; what is no Markdown is plain text, and HTML is text too."""
    found: list[Block] = []
    for chunk in re.split(r"\n[ \t]*\n", source[:_MOST].replace("\r\n", "\n")):
        found.extend(_chunk([line for line in chunk.split("\n") if line.strip()]))
    return tuple(found)


def _chunk(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading:
            found.append(Block("heading", (spans(heading[1]),)))
        elif item:
            _grow(found, "list", (spans(item[1]),))
        elif found and found[-1].kind == "list" and line[:1].isspace():
            last = found[-1].lines
            found[-1] = Block("list", (*last[:-1], (*last[-1], Span("", " "), *spans(line.strip()))))
        else:
            _grow(found, "paragraph", (spans(line.strip()),))
    return found


def _grow(found: list[Block], kind: str, lines: tuple[tuple[Span, ...], ...]) -> None:
    if found and found[-1].kind == kind:
        found[-1] = Block(kind, (*found[-1].lines, *lines))
    else:
        found.append(Block(kind, lines))


def spans(line: str) -> tuple[Span, ...]:
    """The runs of one line."""
    found: list[Span] = []
    at = 0
    for match in _INLINE.finditer(line):
        if match.start() > at:
            found.append(Span("", line[at : match.start()]))
        kind = match.lastgroup or ""
        if match["href"]:
            found.append(Span("link", match["link"], match["href"]))
        else:
            found.append(Span(kind, match[kind]))
        at = match.end()
    return (*found, Span("", line[at:])) if at < len(line) else tuple(found)
