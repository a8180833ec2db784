"""From records to facts: a path walked through a mapping, its references and what is derived of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeGuard

from hds_audit.model.fact import UNKNOWN, Fact, Origin, Thing, unknown
from hds_audit.model.fields import Either, Field, Keyed, Kind, Many, Nested, Reference
from hds_audit.model.record import Record
from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text
from hds_audit.model.values import Day

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

# Days on which a thing happened: what is dated later than the audit has not happened yet.
EVENT_DAYS = frozenset({
    "date", "signed", "approved", "tested", "reviewed", "rotated", "assessed", "read", "technical_audit", "go_live", "updated",
    "appointed", "last_major_change", "last_release",
})  # fmt: skip
_DATING = ("date", "signed", "appointed", "read")  # those that date the whole mapping they stand in
_NOT_YET = Text("dated later than the day of the audit", "daté d'après le jour de l'audit")
_THAT_MONTH = Text(
    "dated in the month of the audit: whether before that day is not said", "daté du mois de l'audit : avant ou après ce jour, non précisé"
)
_DECLARED, _DOCUMENTED = Origin.DECLARED, Origin.DOCUMENTED
_SECTIONS: dict[str, SubjectKind] = {
    "organisations": "organisation", "data": "data", "hosts": "host", "certificates": "certificate",
    "components": "component", "keys": "key",
}  # fmt: skip


class Named(str):
    """An identifier in a list that may also be walked: equal to its text, with the facts of what it names."""

    __slots__ = ("_field", "_world")
    _field: Field
    _world: World

    @classmethod
    def of(cls, text: str, world: World, reference: Reference) -> Named:
        """The identifier, with where to look it up."""
        named = cls(text)
        named._world, named._field = world, Field("", reference, Text("", ""))
        return named

    @property
    def path(self) -> str:
        """The path of what it names, or the identifier itself."""
        target = self._target()
        return target.path if target else str(self)

    def _target(self) -> Subject | None:
        kind = self._field.kind
        return dereference(self._world, kind, str(self)) if isinstance(kind, Reference) else None

    def fact(self, path: str) -> Fact:
        """A fact of what it names."""
        target = self._target()
        if path == "id":
            return Fact(self.path, str(self))
        return target.fact(path) if target else unknown(f"{self}.{path}")


class Part:
    """A mapping inside a subject, read by paths; what was looked up once is kept."""

    __slots__ = ("_facts", "path", "record", "world")

    def __init__(self, world: World, record: Record) -> None:
        self.world, self.record, self.path = world, record, record.path
        self._facts: dict[str, Fact] = {}

    def fact(self, path: str) -> Fact:
        """The fact at a path relative to this mapping."""
        found = self._facts.get(path)
        if found is None:
            head, _, rest = path.partition(".")
            found = self._first(head) if not rest else self._further(self.fact(head), head, rest)
            self._facts[path] = found
        return found

    def _first(self, name: str) -> Fact:
        if name == "id" and self.record.type.field("id") is None:
            return Fact(self.path, self.record.id, mark=self.record.mark)
        return self.declared(name)

    def declared(self, name: str) -> Fact:
        """What the description itself says under one key."""
        record, path = self.record, f"{self.path}.{name}" if self.path else name
        if name not in record.values:
            return unknown(path, mark=record.mark)
        value, mark = record.values[name], record.marks.get(name, record.mark)
        if type(value) is bool:
            return Fact(path, value, _origin(self.world, path, record), mark)
        if (later := _later(name, value, self.world)) is not None:
            return unknown(path, doubt=later, mark=mark)
        if name == "contract" and isinstance(value, Record) and (ended := _ended(self.world, value)):
            return Fact(path, False, Origin.DERIVED, ended.mark, because=(ended,))
        kind = field.kind if (field := record.type.field(name)) else None
        return Fact(path, self._valued(value, kind), _origin(self.world, path, record), mark)

    def _valued(self, value: object, kind: Kind | None) -> object:
        if isinstance(value, Record):
            return Part(self.world, value)
        if isinstance(value, dict):
            return tuple(Part(self.world, item) if isinstance(item, Record) else item for item in value.values())
        if isinstance(value, tuple) and not isinstance(value, Day) and type(value) is tuple:
            of = _element_kind(kind)
            return tuple(self._valued(item, of) for item in value)
        if isinstance(value, str) and isinstance(reference := _reference(kind), Reference):
            return Named.of(value, self.world, reference)
        return value

    def _further(self, fact: Fact, head: str, rest: str) -> Fact:
        value, path = fact.value, f"{fact.path}.{rest}"
        if value is UNKNOWN or value is True:
            waits = value is UNKNOWN and (fact.missing != (fact.path,) or self._refers(head))  # what the whole waits for, so do its parts
            return unknown(path, *(fact.missing if waits else ()), because=(), doubt=fact.doubt, mark=fact.mark)
        if value is False:
            return fact._replace(path=path)
        if isinstance(value, tuple) and not isinstance(value, Day):
            return self._keyed(fact, head, rest)
        return value.fact(rest) if _is_thing(value) else unknown(path, mark=fact.mark)

    def _refers(self, name: str) -> bool:
        """Whether a key names something that stands elsewhere: what is asked of it is asked there, once it is named."""
        field = self.record.type.field(name)
        return field is not None and isinstance(_reference(field.kind), Reference)

    def _keyed(self, fact: Fact, head: str, rest: str) -> Fact:
        """One entry of a keyed mapping, which is closed: what it does not name is not there."""
        stored, (key, _, deeper) = self.record.values.get(head), rest.partition(".")
        entry = stored.get(key) if isinstance(stored, Mapping) else None
        if entry is None:
            return Fact(f"{fact.path}.{rest}", False, fact.origin, fact.mark)
        valued = self._valued(entry, None)
        reached = Fact(f"{fact.path}.{key}", valued, fact.origin, fact.mark)
        return self._further(reached, key, deeper) if deeper else reached


def _is_thing(value: object) -> TypeGuard[Thing]:
    return hasattr(value, "fact")


class Subject(Part):
    """What a rule speaks of: its kind and identifier, and the facts that are derived of it."""

    __slots__ = ("id", "kind")

    def __init__(self, world: World, record: Record, kind: SubjectKind, identifier: str = "") -> None:
        super().__init__(world, record)
        self.kind, self.id = kind, identifier or record.id

    @property
    def mark(self) -> int:
        """The packed place of its key."""
        return self.record.mark

    def forget(self) -> None:
        """Lets go of the facts that were looked up: thousands of components need not hold theirs to the end."""
        self._facts.clear()

    def _first(self, name: str) -> Fact:
        derivation = self.world.derivations.get((self.kind, name))
        return derivation(self.world, self) if derivation else super()._first(name)


class Whole(Subject):
    """The application, with the sections that speak of it as a whole (governance, logging, continuity)."""

    __slots__ = ()

    def declared(self, name: str) -> Fact:
        """What the application says under a key or, where it has no such key, the description."""
        if self.record.type.field(name) is None:
            return Part(self.world, self.world.description.root).declared(name)
        return super().declared(name)


def dereference(world: World, reference: Reference, identifier: str) -> Subject | None:
    """What an identifier names, looked for in the sections that the format gives, in that order."""
    if identifier in reference.words:
        return None
    found = (world.subject(_SECTIONS[section], identifier) for section in reference.sections if section in _SECTIONS)
    return next((subject for subject in found if subject is not None), None)


def _reference(kind: Kind | None) -> Kind | None:
    if isinstance(kind, Either):
        return next((item for item in kind.kinds if isinstance(item, Reference)), None)
    return kind


def _element_kind(kind: Kind | None) -> Kind | None:
    if isinstance(kind, Either):
        kind = next((item for item in kind.kinds if isinstance(item, Many)), None)
    return kind.of if isinstance(kind, Many | Keyed) else kind if isinstance(kind, Nested) else None


def _later(name: str, value: object, world: World) -> Text | None:
    """Why an event does not count yet: its day is to come, or only its month is given and the month is not over."""
    if isinstance(value, Day):
        days: tuple[object, ...] = (value,) if name in EVENT_DAYS else ()
    else:
        days = tuple(value.values.get(day) for day in _DATING) if isinstance(value, Record) else ()
    last = max((day.last for day in days if isinstance(day, Day) and day.last > world.as_of), default=None)
    if last is None:
        return None
    return _NOT_YET if any(isinstance(day, Day) and day.first > world.as_of for day in days) else _THAT_MONTH


def _ended(world: World, contract: Record) -> Fact | None:
    """The last day of a contract that is over: nothing of it binds anybody any more; None where it is not known to be."""
    day = contract.values.get("ends")
    if not isinstance(day, Day) or day.last >= world.as_of:
        return None
    path = f"{contract.path}.ends"
    return Fact(path, day, _origin(world, path, contract), contract.marks.get("ends", contract.mark))


def _origin(world: World, path: str, record: Record) -> Origin:
    if "document" in record.values and record.path not in world.absent_documents:
        return _DOCUMENTED
    evidenced = world.once("evidenced", evidenced_paths)
    while path and evidenced:
        if path in evidenced:
            return _DOCUMENTED
        path = path.rpartition(".")[0]
    return _DECLARED


def evidenced_paths(world: World) -> frozenset[str]:
    """The paths for which a document is named that is there and not dated later than the day of the audit."""
    entries = world.description.listed("evidence")
    there = (item for item in entries if item.path not in world.absent_documents)
    dated = (item for item in there if not (isinstance(day := item.values.get("date"), Day) and day.first > world.as_of))
    return frozenset(str(item.values["for"]) for item in dated if "for" in item.values)
