"""A message without tags: paragraphs, lines that stand alone, and a subject line at its head."""

from __future__ import annotations

import re

from hds_audit.emails.markup import Link, Page
from hds_audit.emails.sentences import Passage

_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"')]{1,500}")
_HEAD_LINES = 12
_SHORT_LINE = 48
_SUBJECT = re.compile(r"(?:subject|objet|sujet|title)\s{0,3}[:=]\s{0,3}(.{1,500})", re.I)
_STARTS_ANEW = re.compile(r"[-*•>#]|\d{1,2}[.)]\s|[^.!?\n]{1,40}\s?:(?:\s|$)")


def read_plain(text: str) -> Page:
    """The page of a text without tags."""
    page = Page()
    passage = Passage("body")
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        subject = _subject(stripped) if number <= _HEAD_LINES else ""
        for match in _MARKDOWN_LINK.finditer(line):
            page.links.append(Link(match.group(2), number))
        page.links.extend(Link(match.group(), number) for match in _ADDRESS.finditer(line))
        if subject or not stripped or _STARTS_ANEW.match(stripped) or _ends(passage):
            if passage.size:
                page.passages.append(passage)
            passage = Passage("subject" if subject else "body")
        if stripped:
            passage.add((subject or _MARKDOWN_LINK.sub(r"\1", line)) + " ", number)
    if passage.size:
        page.passages.append(passage)
    return page


def _subject(line: str) -> str:
    match = _SUBJECT.match(line.lstrip("- *#"))
    return match.group(1) if match else ""


def _ends(passage: Passage) -> bool:
    """Whether the last line was one of its own: short, or ended as sentences and greetings end."""
    if not passage.parts:
        return False
    last = passage.parts[-1].strip()
    return last.endswith((".", "!", "?")) or (last.endswith(",") and len(last) < _SHORT_LINE)
