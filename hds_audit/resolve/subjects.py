"""The subjects of an audit: every thing a rule may speak of, each under its identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fields import RecordType
from hds_audit.model.format.organisations import ORGANISATION
from hds_audit.model.record import Record
from hds_audit.model.rule import SubjectKind
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.things import Subject, Whole

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

SECTION_OF: dict[SubjectKind, str] = {
    "data": "data", "host": "hosts", "component": "components", "key": "keys", "certificate": "certificates",
    "organisation": "organisations",
}  # fmt: skip
APPLICATION_ID = "application"


def subjects_of(world: World, kind: SubjectKind) -> tuple[Subject, ...]:
    """Every subject of a kind; organisations are those that the description names anywhere."""
    if kind == "application":
        return (_application(world),)
    if kind == "flow":
        return tuple(Subject(world, record, kind, identifier) for identifier, record in _flows(world))
    if kind == "endpoint":
        return tuple(Subject(world, record, kind, str(record.values.get("url", ""))) for record in world.description.listed("endpoints"))
    if kind == "template":
        return tuple(Subject(world, record, kind, identifier) for identifier, record in _templates(world))
    if kind == "organisation":
        return _organisations(world)
    records = world.description.section(SECTION_OF[kind])
    found = (world.subject(kind, key) for key, record in records.items() if _in_environment(world, kind, record))
    return tuple(subject for subject in found if subject is not None)


def subject_named(world: World, kind: SubjectKind, identifier: str) -> Subject | None:
    """The subject of that identifier, outside the environment that the audit is narrowed to as well."""
    if kind not in SECTION_OF:
        return next((subject for subject in world.subjects(kind) if subject.id == identifier), None)
    records = world.description.section(SECTION_OF[kind])
    if identifier in records:
        return Subject(world, records[identifier], kind, identifier)
    if kind == "organisation" and world.catalogue.organisation(identifier):
        name = organisation_id(world, identifier)
        return Subject(world, records.get(name) or _unwritten(ORGANISATION, name), kind, name)
    return None


def _application(world: World) -> Subject:
    record = world.description.root.values.get("application")
    if not isinstance(record, Record):
        record = _unwritten(world.description.root.type, APPLICATION_ID)
    return Whole(world, record, "application", APPLICATION_ID)


def _flows(world: World) -> list[tuple[str, Record]]:
    return _numbered([
        (str(record.values.get("id") or f"{record.values.get('from', '?')}->{record.values.get('to', '?')}"), record)
        for record in world.description.listed("flows")
    ])  # fmt: skip


def _numbered(named: list[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """The second of one name is `name#2`, and so on."""
    counted: dict[str, int] = {}
    found: list[tuple[str, Record]] = []
    for identifier, record in named:
        counted[identifier] = counted.get(identifier, 0) + 1
        found.append((identifier if counted[identifier] == 1 else f"{identifier}#{counted[identifier]}", record))
    return found


def _templates(world: World) -> list[tuple[str, Record]]:
    emails = world.description.root.values.get("emails")
    listed = emails.values.get("templates") if isinstance(emails, Record) else None
    records = [item for item in listed if isinstance(item, Record)] if isinstance(listed, tuple) else []
    return _numbered([(str(record.values.get("path", number)), record) for number, record in enumerate(records, start=1)])


def _organisations(world: World) -> tuple[Subject, ...]:
    names = dict.fromkeys(world.description.section("organisations"))
    for host in world.description.section("hosts").values():
        provider = host.values.get("provider")
        if isinstance(provider, str):
            names.setdefault(organisation_id(world, provider))
    found = (world.subject("organisation", name) for name in names)
    return tuple(subject for subject in found if subject is not None)


def _in_environment(world: World, kind: SubjectKind, record: Record) -> bool:
    if not world.environment or kind != "component":
        return True
    return record.values.get("environment", world.environment) == world.environment


def _unwritten(kind: RecordType, identifier: str) -> Record:
    """A record that nobody wrote: an organisation that the catalogue alone knows."""
    return Record(kind, identifier, f"organisations.{identifier}" if kind is ORGANISATION else identifier, {}, {}, 0)
