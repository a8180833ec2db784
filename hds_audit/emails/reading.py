"""One file of a template, read: its code, and what is seen of it."""

from __future__ import annotations

from dataclasses import dataclass

from hds_audit.emails.cut import Mark, cut
from hds_audit.emails.engine import recognised
from hds_audit.emails.indented import as_markup
from hds_audit.emails.jsx import component_markup
from hds_audit.emails.markup import Image, Link, is_markup, read_markup
from hds_audit.emails.plaintext import read_plain
from hds_audit.emails.sentences import Sentence, sentences_of
from hds_audit.model.template import Engine


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


def read_file(file: str, path: str, text: str) -> FileReading:
    """Reads a file whose line ends are line feeds; `path` helps to recognise the engine."""
    engine = recognised(path, text)
    if engine in ("slim", "haml", "pug"):
        text = as_markup(engine, text)
    elif engine == "jsx":
        text = component_markup(text)
    parted = cut(engine, text)
    page = read_markup(parted.text) if is_markup(parted.text) else read_plain(parted.text)
    sentences = tuple(sentence for passage in page.passages for sentence in sentences_of(passage))
    return FileReading(file, engine, tuple(parted.marks), sentences, tuple(page.links), tuple(page.images), parted.unclosed)
