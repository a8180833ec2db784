"""Which paths a rule may name, subject by subject: those of the format and those that are worked out."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hds_audit.model.fields import FLAG, Either, Field, Keyed, Kind, Many, Nested, RecordType, Reference
from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_SECTIONS: dict[SubjectKind, tuple[str, ...]] = {
    "application": ("application",), "data": ("data",), "host": ("hosts",), "component": ("components",), "key": ("keys",),
    "flow": ("flows",), "certificate": ("certificates",), "organisation": ("organisations",), "template": ("emails", "templates"),
    "endpoint": ("endpoints",),
}  # fmt: skip
_KIND_OF = {sections[0]: kind for kind, sections in _SECTIONS.items()}
IDENTIFIER = Text("its identifier in the description", "son identifiant dans la description")


class Space(NamedTuple):
    """Where a path starts: a subject, a mapping of the format, or an element with names of its own."""

    kind: SubjectKind | None = None
    record: RecordType | None = None
    names: tuple[tuple[str, Text], ...] = ()


class Known(NamedTuple):
    """What a path leads to: its meaning, what to declare for it, the spaces it or its elements open; `flag`: maybe a yes or a no."""

    meaning: Text
    declare: tuple[str, ...]
    spaces: tuple[Space, ...] = ()
    many: bool = False
    keyed: bool = False
    flag: bool = False


class Paths:
    """Every path, over the format and the derived paths."""

    def __init__(self, whole: RecordType, derived: Mapping[tuple[SubjectKind, str], Path]) -> None:
        self._whole, self._derived = whole, derived
        self._records = {kind: _descend(whole, sections) for kind, sections in _SECTIONS.items()}

    def find(self, space: Space, path: str) -> Known | None:
        """What a path leads to from a space, or None where it leads nowhere."""
        if space.names:
            named = next((Known(meaning, (), flag=True) for name, meaning in space.names if name == path), None)
            return named or (Known(IDENTIFIER, ()) if path == "id" else None)
        head, _, rest = path.partition(".")
        found = self._first(space, head)
        if found is None or not rest:
            return found
        if found.many and not found.keyed:
            return None  # the elements of a list are reached by `each` and `some`
        if found.keyed:
            _, _, rest = rest.partition(".")
            if not rest:
                return found._replace(many=False, keyed=False)
        return next((deeper for opened in found.spaces if (deeper := self.find(opened, rest))), None)

    def _first(self, space: Space, name: str) -> Known | None:
        if space.kind is not None and (path := self._derived.get((space.kind, name))) is not None:
            return self._derived_known(path)
        field = next((field for record in self._searched(space) if (field := record.field(name))), None)
        if field is not None:
            return self._field_known(field)
        return Known(IDENTIFIER, ()) if name == "id" else None

    def _searched(self, space: Space) -> tuple[RecordType, ...]:
        own = space.record or (self._records[space.kind] if space.kind else None)
        return tuple(record for record in (own, self._whole if space.kind == "application" else None) if record)

    def _field_known(self, field: Field) -> Known:
        return Known(
            field.meaning, (), tuple(self._opened(field.kind)), _many(field.kind), isinstance(field.kind, Keyed), _flag(field.kind)
        )

    def _derived_known(self, path: Path) -> Known:
        spaces = (Space(names=path.elements),) if path.elements else (Space(kind=path.refers),) if path.refers else ()
        return Known(path.meaning, path.declare, spaces, path.shape in ("elements", "words"), flag=path.shape == "flag")

    def _opened(self, kind: Kind) -> Iterator[Space]:
        match kind:
            case Nested(record):
                yield Space(record=record)
            case Many(of) | Keyed(of):
                yield from self._opened(of)
            case Either(kinds):
                for item in kinds:
                    yield from self._opened(item)
            case Reference(sections):
                yield from (Space(kind=_KIND_OF[section]) for section in sections if section in _KIND_OF)
            case _:
                return

    def all_of(self, kind: SubjectKind) -> Iterator[tuple[str, Known]]:
        """The first-level paths of a subject, derived ones first, with one more level for nested mappings."""
        for (subject, name), path in sorted(self._derived.items()):
            if subject == kind:
                yield name, self._derived_known(path)
        for record in self._searched(Space(kind=kind)):
            for field in record.fields:
                yield field.name, self._field_known(field)
                yield from self._nested(field)

    def _nested(self, field: Field, depth: int = 3) -> Iterator[tuple[str, Known]]:
        for record in (space.record for space in self._opened(field.kind) if space.record) if depth else ():
            for inner in record.fields:
                yield f"{field.name}.{inner.name}", self._field_known(inner)
                yield from ((f"{field.name}.{name}", known) for name, known in self._nested(inner, depth - 1))


def _many(kind: Kind) -> bool:
    return isinstance(kind, Many | Keyed) or (isinstance(kind, Either) and any(_many(item) for item in kind.kinds))


def _flag(kind: Kind) -> bool:
    return kind == FLAG or (isinstance(kind, Either) and FLAG in kind.kinds)


def _descend(whole: RecordType, sections: tuple[str, ...]) -> RecordType | None:
    record: RecordType | None = whole
    for name in sections:
        field = record.field(name) if record else None
        record = _record_in(field.kind) if field else None
    return record


def _record_in(kind: Kind) -> RecordType | None:
    match kind:
        case Nested(record):
            return record
        case Many(of) | Keyed(of):
            return _record_in(of)
        case Either(kinds):
            return next((found for item in kinds if (found := _record_in(item))), None)
        case _:
            return None
