"""A tree to records, by the format: every value checked, every problem noted, shorthands written out."""

from __future__ import annotations

import re
from typing import TypeAlias

from hds_audit.model.fields import Either, Field, Keyed, Kind, Many, Nested, RecordType, Reference, Scalar, Words
from hds_audit.model.record import Record, Value
from hds_audit.model.text import Text
from hds_audit.model.values import Day, Span
from hds_audit.read import field_wording as wording
from hds_audit.read.complaints import POINT_BITS, Complaint, key_point, value_point
from hds_audit.read.known import Known, nearest
from hds_audit.read.scalars import SCALARS, ScalarValue
from hds_audit.read.tree import Map, Node, Refused, Seq

_IDENTIFIER = re.compile(r"[^\s\[\]{},`\"'<>]{1,200}")
_NO_IDENTIFIERS = frozenset({"true", "false", "null", "~"})
_Fields: TypeAlias = dict[str, Field]


class Walk:
    """One pass over a tree; what does not fit becomes a complaint and is left out."""

    def __init__(self, known: Known, complaints: list[Complaint]) -> None:
        self.known, self.complaints = known, complaints
        self._fields: dict[int, _Fields] = {}
        self._days_and_spans: dict[tuple[str, str], Day | Span] = {}

    def complain(self, point: int, said: Text) -> None:
        """Note a problem, and read on."""
        self.complaints.append(Complaint(point, said))

    def record(self, kind: RecordType, node: Map, identifier: str, path: str, mark: int) -> Record:
        """A mapping of known keys."""
        fields, marks = self._fields_of(kind), node.marks
        values: dict[str, Value] = {}
        prefix = f"{path}." if path else ""
        for key, child in node.items():
            field = fields.get(key)
            if field is None:
                self._unknown_key(key, kind, marks[key])
                continue
            value = self.value(field.kind, child, key, prefix + key, marks[key])
            if value is not None:
                values[key] = value
        for field in kind.fields:
            if field.required and field.name not in node:
                self.complain(value_point(mark), wording.missing_key(field.name))
        return Record(kind, identifier, path, values, marks, mark)

    def value(self, kind: Kind, node: Node, identifier: str, path: str, mark: int) -> Value | None:
        """What a value says, or None where it does not fit and a complaint was made."""
        if node is None:
            self.complain(value_point(mark), wording.NULL)
            return None
        if isinstance(node, Refused):
            return None
        if isinstance(kind, Scalar):
            return self._scalar(kind, node, mark)
        if isinstance(kind, Many):
            return self._many(kind, node, path, mark)
        if isinstance(kind, Reference):
            return self._reference(kind, node, mark)
        if isinstance(kind, Words):
            return self._word(kind, node, mark)
        if isinstance(kind, Nested):
            return self._nested(kind, node, identifier, path, mark)
        if isinstance(kind, Keyed):
            return self._keyed(kind, node, path, mark)
        return self._either(kind, node, identifier, path, mark)

    def _fields_of(self, kind: RecordType) -> _Fields:
        fields = self._fields.get(id(kind))
        if fields is None:
            fields = self._fields[id(kind)] = {field.name: field for field in kind.fields}
        return fields

    def _unknown_key(self, key: str, kind: RecordType, mark: int) -> None:
        names = [field.name for field in kind.fields]
        of = Text(f"`{kind.name}`", f"`{kind.name}`")
        self.complain(key_point(mark), wording.unknown_key(key, of, nearest(key, names), names))

    def _scalar(self, kind: Scalar, node: Node, mark: int) -> Value | None:
        if isinstance(node, bool):
            if kind.kind == "flag" or (node is False and kind.false_says is not None):
                return node
            self.complain(value_point(mark), wording.not_a(kind.kind, str(node).lower()))
            return None
        if not isinstance(node, str):
            self.complain(value_point(mark), wording.not_single(kind.kind))
            return None
        value = self._read(kind, node)
        if value is None:
            lookalike = kind.kind == "flag" and node.lower() in wording.BOOLEAN_LOOKALIKES
            said = wording.boolean_lookalike(node) if lookalike else wording.not_a(kind.kind, node)
            self.complain(value_point(mark), said)
        elif kind.kind == "country" and not self.known.country(node):
            self.complain(value_point(mark), wording.UNKNOWN_COUNTRY)
        return value

    def _read(self, kind: Scalar, text: str) -> ScalarValue | None:
        """The value; days and durations are kept, since the same ones come back."""
        kept = self._days_and_spans.get((kind.kind, text))
        if kept is not None:
            return kept
        value = SCALARS[kind.kind](text)
        if isinstance(value, Day | Span):
            self._days_and_spans[kind.kind, text] = value
        return value

    def _word(self, kind: Words, node: Node, mark: int) -> str | None:
        if isinstance(node, str) and (node in kind.choices or (kind.open and node.strip())):
            return node
        found = node if isinstance(node, str) else _as_text(node)
        self.complain(value_point(mark), wording.unknown_word(found, nearest(found, kind.choices), kind.choices))
        return None

    def _reference(self, kind: Reference, node: Node, mark: int) -> Value | None:
        if node is False and kind.false_says is not None:
            return False
        if not isinstance(node, str):
            self.complain(value_point(mark), wording.not_single("text"))
            return None
        if node in kind.words or any(self.known.names(section, node) for section in kind.sections):
            return node
        close = self.known.nearest(kind.sections, kind.words, node)
        self.complain(value_point(mark), wording.dangling(node, kind.sections, close))
        return None

    def _many(self, kind: Many, node: Node, path: str, mark: int) -> Value | None:
        if node is True:
            return True
        if node is False:
            if kind.false_says is None:
                self.complain(value_point(mark), wording.NONE_IS_A_LIST)
            return ()
        if isinstance(node, Seq):
            read = (self._element(kind.of, each, index, path, at) for index, (each, at) in enumerate(zip(node, node.marks, strict=True)))
            return tuple(value for value in read if value is not None)
        if not kind.lone:
            self.complain(value_point(mark), wording.LIST_DUE)
            return None
        value = self._element(kind.of, node, 0, path, mark)
        return None if value is None else (value,)

    def _element(self, kind: Kind, node: Node, index: int, path: str, mark: int) -> Value | None:
        if isinstance(kind, Nested) and isinstance(node, bool):
            self.complain(value_point(mark), wording.ENTRY_DUE)
            return None
        if isinstance(node, Map) and node.marks:
            mark = (key_point(next(iter(node.marks.values()))) << POINT_BITS) | (mark & ((1 << POINT_BITS) - 1))
        return self.value(kind, node, str(index), f"{path}.{index}", mark)

    def _nested(self, kind: Nested, node: Node, identifier: str, path: str, mark: int) -> Value | None:
        if isinstance(node, bool):
            return node
        if isinstance(node, Map):
            return self.record(kind.type, node, identifier, path, mark)
        short = self._fields_of(kind.type).get(kind.short)
        if short is None or (isinstance(node, Seq) and not isinstance(short.kind, Many)):
            lookalike = isinstance(node, str) and node.lower() in wording.BOOLEAN_LOOKALIKES
            said = wording.boolean_lookalike(_as_text(node)) if lookalike else wording.MAPPING_DUE
            self.complain(value_point(mark), said)
            return None
        written = Map()
        written[short.name] = node
        written.marks[short.name] = mark
        return self.record(kind.type, written, identifier, path, mark)

    def _keyed(self, kind: Keyed, node: Node, path: str, mark: int) -> Value | None:
        if isinstance(node, bool):
            return node
        if not isinstance(node, Map):
            self.complain(value_point(mark), wording.MAPPING_DUE)
            return None
        read = ((key, self._entry(kind.of, each, key, f"{path}.{key}", node.marks[key])) for key, each in node.items())
        return {key: value for key, value in read if value is not None}

    def _entry(self, kind: Kind, node: Node, key: str, path: str, mark: int) -> Value | None:
        if key in _NO_IDENTIFIERS or _IDENTIFIER.fullmatch(key) is None:
            self.complain(key_point(mark), wording.BAD_IDENTIFIER)
        if isinstance(kind, Nested) and isinstance(node, bool):
            if node is True:
                return self.record(kind.type, Map(), key, path, mark)
            self.complain(value_point(mark), wording.ENTRY_DUE)
            return None
        return self.value(kind, node, key, path, mark)

    def _either(self, kind: Either, node: Node, identifier: str, path: str, mark: int) -> Value | None:
        before = len(self.complaints)
        value: Value | None = None
        for each in kind.kinds:
            del self.complaints[before:]
            value = self.value(each, node, identifier, path, mark)
            if len(self.complaints) == before:
                break
        return value


def _as_text(node: Node) -> str:
    if isinstance(node, bool):
        return "true" if node else "false"
    return node if isinstance(node, str) else "[…]" if isinstance(node, Seq) else "{…}"
