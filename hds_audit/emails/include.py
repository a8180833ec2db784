"""Follows what a template includes, within bounds: depth, number, size, and never the same part inside itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hds_audit.emails.bytes_read import Undecodable, text_of
from hds_audit.emails.expression import Expressions
from hds_audit.emails.observe import observation
from hds_audit.emails.reading import FileReading, read_file
from hds_audit.model.template import Engine, Observation

Includes = Callable[[str], bytes | None]
"""What finds an included file by the path that a template gives it; nothing where there is none."""

DEEPEST, MOST_FILES, MOST_BYTES, MOST_TRIED = 8, 50, 1024 * 1024, 600
_SUFFIXES: dict[Engine, tuple[str, ...]] = {
    "erb": (".html.erb", ".text.erb", ".erb", ".mjml", ".html.slim", ".html.haml", ".html.heex"),
    "slim": (".html.slim", ".text.slim", ".slim", ".html.erb"),
    "haml": (".html.haml", ".haml", ".html.erb"),
    "ejs": (".ejs",),
    "pug": (".pug", ".jade"),
    "handlebars": (".hbs", ".handlebars", ".mustache", ".html"),
    "blade": (".blade.php",),
    "thymeleaf": (".html",),
    "liquid": (".liquid", ".html"),
    "freemarker": (".ftl", ".ftlh"),
    "razor": (".cshtml",),
    "nunjucks": (".njk", ".html"),
}
_UNDERSCORED: frozenset[Engine] = frozenset(("erb", "slim", "haml", "liquid", "razor", "handlebars"))


@dataclass(slots=True)
class Followed:
    """A template and its parts: the files read, the names not found, what stopped the search."""

    files: list[FileReading]
    expressions: Expressions
    missing: set[tuple[str, str]] = field(default_factory=set)
    observed: list[Observation] = field(default_factory=list)
    size: int = 0
    tried: int = 0


def follow(first: FileReading, path: str, includes: Includes, expressions: Expressions) -> Followed:
    """Reads the parts of a template, and theirs, in the order they are met."""
    followed = Followed([first], expressions)
    _follow(first, path, (path,), includes, followed)
    return followed


def _follow(reading: FileReading, path: str, chain: tuple[str, ...], includes: Includes, followed: Followed) -> None:
    for mark in reading.marks:
        for name in mark.expression.includes:
            if not name:
                followed.observed.append(observation("dynamic-include", mark.line, mark.code, reading.file))
                continue
            if len(followed.files) >= MOST_FILES or followed.size > MOST_BYTES or len(chain) > DEEPEST or followed.tried > MOST_TRIED:
                followed.observed.append(observation("include-limit", mark.line, mark.code, reading.file))
                return
            found = _find(name, reading.engine, path, includes, followed)
            if found is None:
                followed.missing.add((reading.file, name))
                followed.observed.append(observation("missing-include", mark.line, mark.code, reading.file))
                continue
            where, content = found
            if where in chain:
                followed.observed.append(observation("include-loop", mark.line, mark.code, reading.file))
            elif all(where != each.file for each in followed.files):
                _read_part(where, content, chain, includes, followed)


def _read_part(where: str, content: bytes, chain: tuple[str, ...], includes: Includes, followed: Followed) -> None:
    followed.size += len(content)
    text = text_of(content)
    if isinstance(text, Undecodable) or followed.size > MOST_BYTES:
        followed.observed.append(observation("include-limit", 1, where))
        return
    part = read_file(where, where, text, followed.expressions)
    followed.files.append(part)
    _follow(part, where, (*chain, where), includes, followed)


def _find(name: str, engine: Engine, path: str, includes: Includes, followed: Followed) -> tuple[str, bytes] | None:
    for candidate in _candidates(name, engine, path):
        followed.tried += 1
        content = includes(candidate)
        if content is not None:
            return candidate, content
    return None


def _candidates(name: str, engine: Engine, path: str) -> Iterator[str]:
    """Where the part may lie: beside the template first, then under the folders above it; as named, then with the engine's suffix."""
    spelled = name.split("::")[0].strip("/~{} ")
    if engine == "blade" and "/" not in spelled:
        spelled = spelled.removeprefix("mail::").replace(".", "/")
    head, _, last = spelled.rpartition("/")
    names = [last]
    if engine in _UNDERSCORED and not last.startswith("_"):
        names.insert(0, f"_{last}")
    suffixes = ("", *_SUFFIXES.get(engine, ())) if "." in last else (*_SUFFIXES.get(engine, ()), "", ".html", ".txt")
    for folder in _folders(path):
        for each in names:
            for suffix in suffixes:
                inside = "/".join(part for part in (folder, head, each + suffix) if part)
                if ".." not in inside.split("/"):
                    yield inside


def _folders(path: str) -> Iterator[str]:
    """The folder of the template and those above it, the nearest first."""
    parts = path.replace("\\", "/").split("/")[:-1]
    for length in range(len(parts), -1, -1):
        if len(parts) - length < _HIGHEST:
            yield "/".join(parts[:length])


_HIGHEST = 6
