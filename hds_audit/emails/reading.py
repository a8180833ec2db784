"""One file of a template, read: its code, and what is seen of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from hds_audit.emails.cut import Mark, cut
from hds_audit.emails.engine import recognised
from hds_audit.emails.expression import Expressions, NamePath, looped
from hds_audit.emails.indented import as_markup
from hds_audit.emails.jsx import component_markup
from hds_audit.emails.markup import Image, Link, Page, is_markup, lines_with_tags, read_markup
from hds_audit.emails.plaintext import read_plain
from hds_audit.emails.sentences import Sentence, sentences_of
from hds_audit.model.template import Engine

MOST_SENTENCES = 20_000
"""A message has some hundreds; what comes after these is not read, and the reading says so."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file holds; `file` is "" for the template itself."""

    file: str
    engine: Engine
    marks: tuple[Mark, ...]
    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    unclosed: int


_EACH = re.compile(r"th:each=[\"']([^\"'\n]{1,300})[\"']")
_LONGEST_PATH = 8


def read_file(file: str, path: str, text: str, expressions: Expressions) -> FileReading:
    """Reads a file whose line ends are line feeds; `path` helps to recognise the engine."""
    engine = recognised(path, text)
    text = _without_front_matter(text)
    if engine in ("slim", "haml", "pug"):
        text = as_markup(engine, text)
    elif engine == "jsx":
        text = component_markup(text)
    parted = cut(engine, text, expressions)
    bound = [loop for match in _EACH.finditer(text) if (loop := looped(match.group(1)))] if engine == "thymeleaf" else []
    marks = tuple(_with_elements_named(parted.marks, bound))
    page = _page(parted.text)
    sentences = tuple(islice((sentence for passage in page.passages for sentence in sentences_of(passage)), MOST_SENTENCES + 1))
    return FileReading(file, engine, marks, sentences, tuple(page.links), tuple(page.images), parted.unclosed)


def _page(text: str) -> Page:
    """What is seen of a text, whatever its markup: tags, or lines with a tag here and there."""
    if not is_markup(text):
        return read_plain(text)
    page = read_markup(text)
    if (lines := lines_with_tags(text)) is not None:
        spoken = [passage for passage in page.passages if passage.where == "alternative"]
        page = Page(read_plain(lines).passages + spoken, page.links, page.images)
    return page


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){1,60}?)---[ \t]*\n")
_SEEN_KEYS = re.compile(r"\s*(?:subject|title|preheader|preview|objet)\s*:", re.I)


def _without_front_matter(text: str) -> str:
    """The text with only what is sent left of its head of settings: the subject, the preheader."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text
    kept = (line + "\n" if _SEEN_KEYS.match(line) else "\n" for line in match.group(1).split("\n")[:-1])
    return "\n" + "".join(kept) + "\n" + text[match.end() :]


def _with_elements_named(marks: Sequence[Mark], bound: Sequence[tuple[str, NamePath]]) -> Iterator[Mark]:
    """The marks with the element of a loop written as a part of its collection: `line.name` as `medications.name`."""
    elements = dict(bound)
    for mark in marks:
        expression = mark.expression
        if elements and any(path[0] in elements for path in expression.shown):
            shown = tuple((*elements.get(path[0], path[:1]), *path[1:])[-_LONGEST_PATH:] for path in expression.shown)
            mark = mark._replace(expression=expression._replace(shown=shown))
        if expression.loop:
            name, collection = expression.loop
            elements[name] = (*elements.get(collection[0], collection[:1]), *collection[1:])[-_LONGEST_PATH:]
        yield mark
