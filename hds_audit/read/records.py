"""A tree to records, by the format: every value checked, every problem noted, shorthands written out.

Each key of the format becomes a function once for each reading, since a large description has a hundred thousand values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from hds_audit.model.fields import Either, Keyed, Kind, Many, Nested, RecordType, Reference, Scalar, Words
from hds_audit.model.format.mappings import mappings
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.record import Record, Value
from hds_audit.model.text import Text
from hds_audit.read import field_wording as wording
from hds_audit.read.complaints import POINT_BITS, Complaint, Complaints, key_point, value_point
from hds_audit.read.known import Known
from hds_audit.read.scalars import SCALARS, ScalarValue
from hds_audit.read.tree import Map, Node, Refused, Seq

Reader: TypeAlias = Callable[[Node, str, str, int], Value | None]
"""From a node, its identifier, its path and its mark to what it says; None where a complaint was made instead."""

_NOT_IN_IDENTIFIERS = frozenset(" []{},`\"'<>")
_NO_IDENTIFIERS = frozenset({"true", "false", "null", "~"})
_RECURRING = frozenset({"day", "span", "country", "version"})
_POINT = (1 << POINT_BITS) - 1


class Walk:
    """One pass over a tree; what does not fit becomes a complaint and is left out."""

    def __init__(self, known: Known, complaints: Complaints) -> None:
        self.known, self.complaints, self.nearest = known, complaints, known.nearest
        self._readers: dict[int, dict[str, Reader]] = {}
        self._homes: dict[str, list[str]] = {}

    def close(self) -> None:
        """What it made for its keys holds it in turn: let go, neither waits for the collector."""
        self._readers.clear()

    def complain(self, mark: int, said: Text) -> None:
        """Note what is wrong with the value of a mark, and read on."""
        self.complaints.append(Complaint(value_point(mark), said))

    def record(self, kind: RecordType, node: Map, identifier: str, path: str, mark: int) -> Record:
        """A mapping of known keys."""
        readers, marks = self._readers.get(id(kind)) or self._readers_of(kind), node.marks
        values: dict[str, Value] = {}
        prefix = f"{path}." if path else ""
        for key, child in node.items():
            reader = readers.get(key)
            if reader is None:
                self._unknown_key(key, kind, marks[key])
            elif child is None:
                self.complain(marks[key], wording.NULL)
            elif (value := reader(child, key, prefix + key, marks[key])) is not None:
                values[key] = value
        for field in kind.fields:
            if field.required and field.name not in node:
                self.complain(mark, wording.missing_key(field.name))
        return Record(kind, identifier, path, values, marks, mark)

    def reader(self, kind: Kind) -> Reader:
        """What reads values of a kind."""
        match kind:
            case Scalar():
                return self._scalar(kind)
            case Words():
                return self._word(kind)
            case Reference():
                return self._reference(kind)
            case Many():
                return self._many(kind)
            case Nested():
                return self._nested(kind)
            case Keyed():
                return self._keyed(kind)
            case Either():
                return self._either(kind)

    def _readers_of(self, kind: RecordType) -> dict[str, Reader]:
        readers = {field.name: self.reader(field.kind) for field in kind.fields}
        self._readers[id(kind)] = readers
        return readers

    def _unknown_key(self, key: str, kind: RecordType, mark: int) -> None:
        names = [field.name for field in kind.fields]
        elsewhere = self._homes_of(key)
        close = self.nearest.to(key, names, 0.8 if elsewhere else 0.6)
        said = wording.unknown_key(key, kind.name, close, elsewhere, names)
        self.complaints.append(Complaint(key_point(mark), said))

    def _homes_of(self, key: str) -> list[str]:
        """The mappings of the format that have such a key."""
        if not self._homes:
            for each in {id(each): each for each in mappings(DESCRIPTION)}.values():
                for field in each.fields:
                    self._homes.setdefault(field.name, []).append(each.name)
        return self._homes.get(key, [])

    def _scalar(self, kind: Scalar) -> Reader:
        parse, kept = SCALARS[kind.kind], dict[str, ScalarValue]()
        recurring = kind.kind in _RECURRING

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if not isinstance(node, str):
                return self._no_text(kind, node, mark)
            if (known := kept.get(node)) is not None:
                return known
            value = parse(node)
            if value is None or (kind.kind == "country" and not self.known.country(node)):
                self.complain(mark, _not_a(kind, node, value is not None))
                return None
            if recurring:
                kept[node] = value
            return value

        return read

    def _no_text(self, kind: Scalar, node: Node, mark: int) -> bool | None:
        if isinstance(node, bool):
            if kind.kind == "flag" or (node is False and kind.false_says is not None):
                return node
            self.complain(mark, wording.not_a(kind.kind, str(node).lower()))
        elif not isinstance(node, Refused):
            self.complain(mark, wording.not_single(kind.kind))
        return None

    def _word(self, kind: Words) -> Reader:
        choices = frozenset(kind.choices)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if isinstance(node, str) and (node in choices or (kind.open and node.strip())):
                return node
            if not isinstance(node, Refused):
                found = _as_text(node)
                self.complain(mark, wording.unknown_word(found, self.nearest.to(found, kind.choices), kind.choices))
            return None

        return read

    def _reference(self, kind: Reference) -> Reader:
        found = set(kind.words)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if not isinstance(node, str):
                return self._no_identifier(kind, node, mark)
            if node not in found:
                if not any(self.known.names(section, node) for section in kind.sections):
                    close = self.nearest.to(node, (*kind.words, *self.known.listed(kind.sections)))
                    self.complain(mark, wording.dangling(node, kind.sections, close))
                    return None
                found.add(node)
            return node

        return read

    def _no_identifier(self, kind: Reference, node: Node, mark: int) -> bool | None:
        if node is False and kind.false_says is not None:
            return False
        if not isinstance(node, Refused):
            self.complain(mark, wording.IDENTIFIER_DUE)
        return None

    def _many(self, kind: Many) -> Reader:
        element = self._element(kind.of)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if isinstance(node, Seq):
                each = (element(item, str(index), f"{path}.{index}", node.marks[index]) for index, item in enumerate(node))
                return tuple(value for value in each if value is not None)
            if isinstance(node, bool):
                if node is False and kind.false_says is None:
                    self.complain(mark, wording.NONE_IS_A_LIST)
                return node or ()
            if not kind.lone and not isinstance(node, Refused):
                self.complain(mark, wording.LIST_DUE)
                return None
            value = element(node, "0", f"{path}.0", mark)
            return None if value is None else (value,)

        return read

    def _element(self, kind: Kind) -> Reader:
        reader = self.reader(kind)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if node is None:
                self.complain(mark, wording.NULL)
                return None
            if isinstance(node, bool) and isinstance(kind, Nested):
                self.complain(mark, wording.ENTRY_DUE)
                return None
            if isinstance(node, Map) and node.marks:
                mark = (key_point(next(iter(node.marks.values()))) << POINT_BITS) | (mark & _POINT)
            return reader(node, identifier, path, mark)

        return read

    def _nested(self, kind: Nested) -> Reader:
        short = kind.type.field(kind.short)
        takes_lists = short is not None and isinstance(short.kind, Many)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if isinstance(node, Map):
                return self.record(kind.type, node, identifier, path, mark)
            if isinstance(node, bool):
                return node
            if isinstance(node, Refused):
                return None
            if short is None or (isinstance(node, Seq) and not takes_lists):
                lookalike = isinstance(node, str) and node.lower() in wording.BOOLEAN_LOOKALIKES
                self.complain(mark, wording.boolean_lookalike(_as_text(node)) if lookalike else wording.MAPPING_DUE)
                return None
            written = Map()
            written[short.name] = node
            written.marks[short.name] = mark
            return self.record(kind.type, written, identifier, path, mark)

        return read

    def _keyed(self, kind: Keyed) -> Reader:
        entry = self._entry(kind.of)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if isinstance(node, bool | Refused):
                return node if isinstance(node, bool) else None
            if not isinstance(node, Map):
                self.complain(mark, wording.MAPPING_DUE)
                return None
            each = ((key, entry(value, key, f"{path}.{key}", node.marks[key])) for key, value in node.items())
            return {key: value for key, value in each if value is not None}

        return read

    def _entry(self, kind: Kind) -> Reader:
        reader = self.reader(kind)

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            if not _is_identifier(identifier):
                self.complaints.append(Complaint(key_point(mark), wording.BAD_IDENTIFIER))
            if node is None:
                self.complain(mark, wording.NULL)
                return None
            if isinstance(node, bool) and isinstance(kind, Nested):
                if node is True:
                    return self.record(kind.type, Map(), identifier, path, mark)
                self.complain(mark, wording.ENTRY_DUE)
                return None
            return reader(node, identifier, path, mark)

        return read

    def _either(self, kind: Either) -> Reader:
        readers = [self.reader(each) for each in kind.kinds]

        def read(node: Node, identifier: str, path: str, mark: int) -> Value | None:
            heard, value = self.complaints, None
            for reader in readers:
                self.complaints = Complaints()
                value = reader(node, identifier, path, mark)
                if not self.complaints:
                    break
            heard.extend(self.complaints)
            self.complaints = heard
            return value

        return read


def _is_identifier(text: str) -> bool:
    fits = 0 < len(text) <= 200 and text.isprintable() and _NOT_IN_IDENTIFIERS.isdisjoint(text)
    return fits and text not in _NO_IDENTIFIERS


def _not_a(kind: Scalar, found: str, exists: bool) -> Text:
    """Why a text is no value of its kind; `exists` where its form is right and only nothing has that name."""
    if exists:
        return wording.UNKNOWN_COUNTRY
    if kind.kind == "flag" and found.lower() in wording.BOOLEAN_LOOKALIKES:
        return wording.boolean_lookalike(found)
    return wording.not_a(kind.kind, found)


def _as_text(node: Node) -> str:
    if isinstance(node, bool):
        return "true" if node else "false"
    return node if isinstance(node, str) else "[…]" if isinstance(node, Seq) else "{…}"
