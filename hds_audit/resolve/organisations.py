"""Organisations: what the description says of one and what the catalogue knows, merged key by key.

A declared key stands in for the catalogue's. Where it contradicts a verified entry both readings are kept, and what is
worked out from them follows the stricter one until one of the two is mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.catalogued import Organisation, Ownership
from hds_audit.model.fact import UNKNOWN, Fact, unknown
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve.catalogued import catalogued
from hds_audit.resolve.graph import organisation_id

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

MAJORITY = 50  # percent: above it an owner controls, whatever `parent` says


class Contradiction(NamedTuple):
    """A declared key against a verified entry of the catalogue."""

    key: str
    declared: Fact
    catalogued: Fact

    @property
    def said(self) -> Text:
        """Both readings in one sentence."""
        mine, theirs = _shown(self.declared.value), _shown(self.catalogued.value)
        return Text(
            f"{self.key}: declared {mine}, catalogue (verified) {theirs}; the stricter reading holds until one of them is mended",
            f"{self.key} : déclaré {mine}, catalogue (vérifié) {theirs} ; la lecture la plus stricte vaut tant que l'un n'est pas corrigé",
        )


class Profile(NamedTuple):
    """One organisation, whole. A list that nobody closed has its open fact in `parents_open`; no country at all is unknown.

    `operating` are countries of companies that take part in running the service, `controllers` those of majority owners.
    """

    id: str
    path: str
    country: tuple[Fact, ...]
    parents: tuple[Fact, ...]
    parents_open: Fact | None
    presence: tuple[Fact, ...]
    subject_to: tuple[Fact, ...]
    operating: tuple[Fact, ...]
    controllers: tuple[Fact, ...]
    role: Fact
    contradictions: tuple[Contradiction, ...]
    mark: int
    source: str


class Merged(NamedTuple):
    """The readings of one key that hold, and what contradicts what."""

    facts: tuple[Fact, ...] = ()
    open: Fact | None = None
    contradiction: Contradiction | None = None


def profile(world: World, name: str) -> Profile:
    """What is known of an organisation by any of its names."""
    identifier = organisation_id(world, name)
    return world.once(("profile", identifier), lambda _: _profile(world, identifier))


def called(world: World, identifier: str) -> str:
    """What an organisation goes by in a sentence: its declared name, else the catalogue's, else its identifier."""
    subject, entry = world.subject("organisation", identifier), world.catalogue.organisation(identifier)
    declared = subject.record.values.get("name") if subject is not None else None
    return str(declared or (entry.name if entry is not None else identifier))


def _profile(world: World, identifier: str) -> Profile:
    subject, entry = world.subject("organisation", identifier), world.catalogue.organisation(identifier)
    path = subject.path if subject else f"organisations.{identifier}"

    def said(key: str) -> Fact:
        return subject.declared(key) if subject else unknown(f"{path}.{key}")

    country, parents = _country(said("country"), entry), _parents(world, said("parent"), entry)
    presence = _presence(said("presence"), entry)
    return Profile(
        identifier,
        path,
        country.facts,
        parents.facts,
        parents.open,
        presence.facts,
        _subject_to(said("subject_to"), entry),
        _operating(said("subject_to"), entry),
        _controllers(subject.record if subject else None),
        _role(said("role"), entry),
        tuple(each.contradiction for each in (country, parents, presence) if each.contradiction),
        subject.record.mark if subject else 0,
        f"catalogue: {_entry(entry)}" if entry else "",
    )


def listed(fact: Fact) -> tuple[Fact, ...] | None:
    """The elements of a declared list as facts; () where it says none, None where it is left out or only says some."""
    if fact.value is False:
        return ()
    if not isinstance(fact.value, tuple):
        return None
    return tuple(Fact(fact.path, str(item), fact.origin, fact.mark) for item in fact.value)


def _country(said: Fact, entry: Organisation | None) -> Merged:
    known = catalogued(said.path, entry.country, _entry(entry), entry.country_status) if entry and entry.country else None
    if said.value is UNKNOWN:
        return Merged((known,) if known else ())
    if known is None or known.value == said.value or not entry or entry.country_status != "verified":
        return Merged((said,))
    return Merged((said, known), contradiction=Contradiction("country", said, known))


def _parents(world: World, said: Fact, entry: Organisation | None) -> Merged:
    declared, owners = listed(said), _owners(world, entry)
    known = tuple(_owner_fact(said.path, owner, entry) for owner in owners or ())
    above = tuple(fact for fact in known if fact.value is not False)
    if declared is None:
        silent = owners is None or said.value is True
        nobody = next((fact for fact in known if fact.value is False and fact.recalled), None)
        return Merged(above, unknown(said.path, mark=said.mark) if silent else nobody)
    against = _against(world, declared, known)
    if not against:
        return Merged(declared)
    added = tuple(fact for fact in against if fact.value is not False)
    everyone = against[0]._replace(value=tuple(str(fact.value) for fact in added)) if added else against[0]
    return Merged((*declared, *added), contradiction=Contradiction("parent", said, everyone))


def _owners(world: World, entry: Organisation | None) -> tuple[Ownership, ...] | None:
    """Those of that day; one whose owner is None says that nobody is above, None that nobody knows."""
    held = tuple(each for each in (entry.owners if entry else None) or () if each.span.holds(world.as_of))
    return held or None


def _owner_fact(path: str, owner: Ownership, entry: Organisation | None) -> Fact:
    return catalogued(path, owner.owner or False, _entry(entry), owner.status)


def _against(world: World, declared: tuple[Fact, ...], known: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The verified owners that the declared chain never reaches, or the verified absence of any."""
    verified = [fact for fact in known if fact.confidence.rank == 0]
    if not verified:
        return ()
    reached = _reached(world, [str(fact.value) for fact in declared])
    return tuple(fact for fact in verified if (bool(declared) if fact.value is False else fact.value not in reached))


def _reached(world: World, start: list[str]) -> frozenset[str]:
    """Everyone at or above these, by what is declared or else catalogued; each once, so that a circle ends."""
    found = {organisation_id(world, name): None for name in start}
    waiting = list(found)
    section = world.description.section("organisations")
    for name in waiting:
        said = section[name].values.get("parent") if name in section else None
        above = said if isinstance(said, tuple) else [each.owner for each in _owners(world, world.catalogue.organisation(name)) or ()]
        for owner in (organisation_id(world, str(each)) for each in above if each):
            if owner not in found:
                found[owner] = None
                waiting.append(owner)
    return frozenset(found)


def _presence(said: Fact, entry: Organisation | None) -> Merged:
    declared = listed(said)
    status = entry.presence_status if entry else None
    known = tuple(catalogued(said.path, country, _entry(entry), status) for country in (entry.presence if entry else None) or ())
    if declared is None:
        return Merged(known)
    missing = tuple(fact for fact in known if status == "verified" and all(fact.value != each.value for each in declared))
    if not missing:
        return Merged(declared)
    everywhere = missing[0]._replace(value=tuple(str(fact.value) for fact in known))
    return Merged((*declared, *missing), contradiction=Contradiction("presence", said, everywhere))


def _subject_to(said: Fact, entry: Organisation | None) -> tuple[Fact, ...]:
    """The laws that it says reach it, with those of its entry: what it leaves out of the list does not free it."""
    known = (catalogued(said.path, law, _entry(entry), entry.country_status) for law in entry.subject_to) if entry else ()
    return _once((*(listed(said) or ()), *known))


def _operating(said: Fact, entry: Organisation | None) -> tuple[Fact, ...]:
    """Companies of the group that help to run it; one that is only remembered yields to what the organisation says reaches it."""
    told, found = listed(said) is not None, []
    for each in entry.operating if entry else ():
        if not (told and each.status == "recalled"):
            named = catalogued(said.path, each.organisation, _entry(entry), each.status)
            found.append(catalogued(said.path, each.country, _entry(entry), each.status, (named,)))
    return tuple(found)


def _controllers(record: Record | None) -> tuple[Fact, ...]:
    """The countries of owners that hold the majority by themselves."""
    owners = record.values.get("owners") if record else None
    found = []
    for owner in owners if isinstance(owners, tuple) else ():
        if isinstance(owner, Record):
            share, country = owner.values.get("share"), owner.values.get("country")
            if isinstance(share, int | float) and share > MAJORITY and isinstance(country, str):
                named = Fact(f"{owner.path}.name", str(owner.values.get("name", "?")), mark=owner.marks.get("name", owner.mark))
                found.append(Fact(f"{owner.path}.country", country, mark=owner.marks.get("country", owner.mark), because=(named,)))
    return tuple(found)


def _role(said: Fact, entry: Organisation | None) -> Fact:
    if said.value is not UNKNOWN or entry is None:
        return said
    return catalogued(said.path, entry.role, _entry(entry), "secondary")


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({str(fact.value): fact for fact in reversed(tuple(facts))}.values())[::-1]


def _entry(entry: Organisation | None) -> str:
    return f"organisations.{entry.id}" if entry else ""


def _shown(value: object) -> str:
    if value is False or value == ():
        return "[]"
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
