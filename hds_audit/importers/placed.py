"""YAML and JSON documents as plain data that remember the line of every key and element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hds_audit.model.imported import Refusal
from hds_audit.model.text import Text

DEEPEST = 64
"""Levels of nesting beyond which a document is refused."""

Scalar = str | bool | int | float | None


class PlacedMap(dict[str, "Scalar | PlacedMap | PlacedList"]):
    """A mapping; `lines` has the line and column, from 1, of each key."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, tuple[int, int]] = {}

    def under(self, key: str) -> PlacedMap:
        """The mapping under a key; an empty one where there is none."""
        value = self.get(key)
        return value if isinstance(value, PlacedMap) else PlacedMap()

    def listed(self, key: str) -> PlacedList:
        """The list under a key; an empty one where there is none."""
        value = self.get(key)
        return value if isinstance(value, PlacedList) else PlacedList()

    def text(self, key: str) -> str:
        """The scalar under a key as text; '' where there is none."""
        value = self.get(key)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, str | int | float) else ""

    def line(self, key: str) -> tuple[int, int]:
        """Where the key is written; (0, 0) where it is not."""
        return self.lines.get(key, (0, 0))


class PlacedList(list["Scalar | PlacedMap | PlacedList"]):
    """A list; `lines` has the line and column, from 1, of each element."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, int]] = []

    def maps(self) -> Iterator[tuple[PlacedMap, tuple[int, int]]]:
        """The elements that are mappings, with their places."""
        for item, line in zip(self, self.lines, strict=False):
            if isinstance(item, PlacedMap):
                yield item, line


class Document(NamedTuple):
    """One document of a file, and the line it begins on."""

    content: PlacedMap
    line: int


def documents(name: str, text: str) -> tuple[list[Document], list[Refusal]]:
    """The documents of a YAML (or JSON) text that are mappings, and why the others were not read.

    A document that does not parse costs itself and what follows it in the same file, unless `---` separates them.
    """
    found: list[Document] = []
    refusals: list[Refusal] = []
    for part, first in _parts(text):
        try:
            found.extend(_read(part, first))
        except _RefusedError as error:
            refusals.append(Refusal(f"{name}:{error.line}", error.reason))
    return found, refusals


@dataclass(eq=False)
class _RefusedError(Exception):
    line: int
    reason: Text


def _parts(text: str) -> Iterator[tuple[str, int]]:
    begin, line = 0, 0
    for mark in re.finditer(r"^---(?=\s|$)", text, re.MULTILINE):
        if text[begin : mark.start()].strip():
            yield text[begin : mark.start()], line
        line += text.count("\n", begin, mark.start())
        begin = mark.start()
    if text[begin:].strip():
        yield text[begin:], line


def _read(text: str, first: int) -> list[Document]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    builder = _Builder()
    try:
        while loader.check_event():
            event = loader.get_event()
            place = first + event.start_mark.line + 1, event.start_mark.column + 1
            match event:
                case yaml.ScalarEvent():
                    plain = event.tag in (None, "!")
                    tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit) if plain else event.tag
                    builder.scalar(event.value, str(tag).rpartition(":")[2], event.anchor, place)
                case yaml.MappingStartEvent():
                    builder.open(PlacedMap(), event.anchor, place)
                case yaml.SequenceStartEvent():
                    builder.open(PlacedList(), event.anchor, place)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    builder.close()
                case yaml.AliasEvent():
                    builder.alias(str(event.anchor), place)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise _RefusedError(first + line, _why(text, line)) from error
    finally:
        loader.dispose()
    return builder.documents


def _why(text: str, line: int) -> Text:
    lines = text.splitlines()
    around = lines[max(0, line - 3) : line + 1]
    if any("{{" in part or "{%" in part for part in around) or re.search(r"^\s*\{\{-?\s*(?:if|range|with|include|define|end)", text, re.M):
        return _TEMPLATE
    return _BROKEN


class _Builder:
    """Events to placed data, without recursion: a parser that recurses can be made to crash by brackets alone.

    What several aliases name is built once, so that a small file cannot grow without bound.
    """

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, Scalar | PlacedMap | PlacedList] = {}

    def open(self, container: PlacedMap | PlacedList, anchor: str | None, place: tuple[int, int]) -> None:
        """A mapping or list begins."""
        if len(self._stack) >= DEEPEST:
            raise _RefusedError(place[0], _DEEP)
        if anchor:
            self._anchors[anchor] = container
        self._stack.append(_Open(container, place))

    def close(self) -> None:
        """It ends, and goes into what holds it."""
        done = self._stack.pop()
        if isinstance(done.container, PlacedMap):
            _merge(done.container, done.merged)
        if self._stack:
            self._add(done.container, done.place)
        elif isinstance(done.container, PlacedMap):
            self.documents.append(Document(done.container, done.place[0]))

    def scalar(self, text: str, tag: str, anchor: str | None, place: tuple[int, int]) -> None:
        """A scalar: a key where the mapping waits for one, else a value."""
        value = _scalar(tag, text)
        if anchor:
            self._anchors[anchor] = value
        if self._stack and self._stack[-1].awaits_key:
            self._stack[-1].begin(text, place, merging=tag == "merge")
        elif self._stack:
            self._add(value, place)

    def alias(self, anchor: str, place: tuple[int, int]) -> None:
        """The thing an anchor named, again; never one that holds itself."""
        if anchor not in self._anchors:
            raise _RefusedError(place[0], _BROKEN)
        named = self._anchors[anchor]
        if any(named is part.container for part in self._stack):
            raise _RefusedError(place[0], _DEEP)
        if self._stack and self._stack[-1].awaits_key and not isinstance(named, PlacedMap | PlacedList):
            self._stack[-1].begin(str(named), place)
        elif self._stack:
            self._add(named, place)

    def _add(self, value: Scalar | PlacedMap | PlacedList, place: tuple[int, int]) -> None:
        here = self._stack[-1]
        if isinstance(here.container, PlacedList):
            here.container.append(value)
            here.container.lines.append(place)
        elif here.key is None:
            raise _RefusedError(place[0], _TEMPLATE)  # a mapping as a key: in these formats, two braces of a template
        elif here.merging:
            here.merged.extend(value if isinstance(value, PlacedList) else [value])
        else:
            here.container[here.key] = value
            here.container.lines[here.key] = here.place_of_key
        here.key, here.merging = None, False


@dataclass
class _Open:
    """A container that is being filled, its place, and the key that waits for its value."""

    container: PlacedMap | PlacedList
    place: tuple[int, int]
    key: str | None = None
    place_of_key: tuple[int, int] = (0, 0)
    merging: bool = False
    merged: list[Scalar | PlacedMap | PlacedList] = field(default_factory=list)

    @property
    def awaits_key(self) -> bool:
        """Whether it is a mapping whose next scalar is a key."""
        return isinstance(self.container, PlacedMap) and self.key is None

    def begin(self, key: str, place: tuple[int, int], *, merging: bool = False) -> None:
        """A key, whose value comes next."""
        self.key, self.place_of_key, self.merging = key, place, merging


def _merge(container: PlacedMap, merged: list[Scalar | PlacedMap | PlacedList]) -> None:
    for more in merged:
        if isinstance(more, PlacedMap):
            for name in [key for key in more if key not in container]:
                container[name], container.lines[name] = more[name], more.line(name)


def _scalar(tag: str, text: str) -> Scalar:
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in {"true", "yes", "on"}
    if tag == "int":
        return int(text) if re.fullmatch(r"[+-]?(0|[1-9]\d{0,17})", text) else text
    return text


_TEMPLATE = Text(
    "this is a template ({{ }}), not YAML; render it first (helm template, kustomize build) and import what comes out",
    "c'est un gabarit ({{ }}), pas du YAML ; produisez d'abord les manifestes (helm template, kustomize build) et importez-les",
)
_BROKEN = Text("this is not valid YAML from here on; mend this line", "ce n'est plus du YAML valide à partir d'ici ; corrigez cette ligne")
_DEEP = Text(
    "this document is nested too deeply, or names itself; simplify it",
    "ce document est trop imbriqué, ou se contient lui-même ; simplifiez-le",
)
