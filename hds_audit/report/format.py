"""What a report format is: a name, suffixes, and a function from a report to bytes."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hds_audit.model.report import Report
from hds_audit.model.text import Language


class Style(NamedTuple):
    """What the author of a report adds to it; `comment` is Markdown, `logo` an image as bytes, `accent` a CSS colour."""

    language: Language = "en"
    client: str = ""
    author: str = ""
    comment: str = ""
    logo: bytes = b""
    accent: str = ""


class Format(NamedTuple):
    """One format; `render` yields the file in pieces, so that a large one is never held whole. Its file's stem is its name."""

    suffixes: tuple[str, ...]
    render: Callable[[Report, Style], Iterator[bytes]]
