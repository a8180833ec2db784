"""Organisations, as rules read them: seat, parents, laws that reach them, and the capital thresholds of SecNumCloud 19.6."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hds_audit.model.exposure import Certainty
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.fields import Reference
from hds_audit.model.record import Record
from hds_audit.resolve.exposure_links import Link, links
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.organisations import Profile, profile
from hds_audit.resolve.things import Named, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_ORGANISATIONS = Reference(("organisations",))


def stricter_country(world: World, held: Profile) -> Fact | None:
    """The country of the seat; of two contradictory ones that which is bound by more."""
    if not held.country:
        return None
    return max(held.country, key=lambda fact: _strictness(world, str(fact.value)))


def _strictness(world: World, country: str) -> tuple[bool, bool]:
    return bool(world.catalogue.laws_of(country, world.as_of)), world.catalogue.in_eea(country, world.as_of) is False


def _country(world: World, subject: Subject) -> Fact:
    held = profile(world, subject.id)
    fact = stricter_country(world, held)
    if fact is None:
        return unknown(f"{held.path}.country", mark=held.mark)
    against = next((each for each in held.contradictions if each.key == "country"), None)
    return fact if against is None else fact._replace(because=held.country, doubt=against.said, confidence=Confidence.LOW)


def _name(world: World, subject: Subject) -> Fact:
    said, entry = subject.declared("name"), world.catalogue.organisation(subject.id)
    if said.value is not UNKNOWN or entry is None:
        return said
    return Fact(said.path, entry.name, Origin.CATALOGUED, source=f"catalogue: organisations.{entry.id}")


def _role(world: World, subject: Subject) -> Fact:
    return profile(world, subject.id).role


def _contradiction(world: World, subject: Subject) -> Fact:
    held = profile(world, subject.id)
    because = tuple(fact for each in held.contradictions for fact in (each.declared, each.catalogued))
    path = f"{held.path}.contradiction"
    if not held.contradictions:
        return Fact(path, False, Origin.DERIVED)
    return Fact(path, True, Origin.DERIVED, because[0].mark, because=because, doubt=held.contradictions[0].said)


def chain(world: World, organisation: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Everyone above an organisation, each once, and the open ends of the chain."""
    found, opened, seen = list[Fact](), list[Fact](), {organisation_id(world, organisation)}
    waiting = [profile(world, organisation)]
    for held in waiting:
        if held.parents_open is not None:
            opened.append(unknown(f"{held.path}.parent", because=(held.parents_open,), mark=held.mark))
        for fact in held.parents:
            above = organisation_id(world, str(fact.value))
            if above not in seen:
                seen.add(above)
                found.append(fact._replace(value=Named.of(above, world, _ORGANISATIONS)))
                waiting.append(profile(world, above))
    return tuple(found), tuple(opened)


def _parents(world: World, subject: Subject) -> Fact:
    found, opened = chain(world, subject.id)
    return Fact(f"{subject.path}.parents", (*found, *opened), Origin.DERIVED)


def _presence(world: World, subject: Subject) -> Fact:
    held, entry = profile(world, subject.id), world.catalogue.organisation(subject.id)
    path, said = f"{held.path}.presence", subject.declared("presence")
    if said.value is UNKNOWN and (entry is None or entry.presence is None):
        return unknown(path, mark=held.mark)
    return Fact(path, held.presence, Origin.DERIVED, said.mark)


def law_facts(found: Iterable[Link], path: str, *wanted: Certainty) -> tuple[Fact, ...]:
    """The laws of these certainties as facts; one that nobody knows for sure is an unknown element."""
    facts = []
    for link in found:
        if link.law is None or link.certainty == "unknown":
            facts.append(unknown(path, *link.missing))
        elif link.certainty in wanted:
            facts.append(Fact(path, link.law, Origin.DERIVED, recalled=link.remembered))
    return tuple(facts)


def _laws(name: str, *wanted: Certainty) -> Callable[[World, Subject], Fact]:
    def derivation(world: World, subject: Subject) -> Fact:
        path = f"{subject.path}.{name}"
        return Fact(path, law_facts(links(world, subject.id), path, *wanted), Origin.DERIVED, because=profile(world, subject.id).country)

    return derivation


def _seat_in_eu(world: World, subject: Subject) -> Fact:
    """SecNumCloud 19.6 a, as far as a seat is declared; central administration and main establishment are not seen."""
    path, said = f"{subject.path}.seat_in_eu", profile(world, subject.id).country
    if not said:
        return unknown(path, f"{subject.path}.country")
    inside = [(world.catalogue.in_eu(str(fact.value), world.as_of), fact) for fact in said]
    outside = next((fact for answer, fact in inside if answer is False), None)
    return derived(path, outside is None, outside or said[0])


def _non_eu_control(world: World, subject: Subject) -> Fact:
    """Whether a company outside the Union controls it, directly or not."""
    path = f"{subject.path}.non_eu_control"
    found, opened = chain(world, subject.id)
    seats = [fact for each in found for fact in profile(world, str(each.value)).country]
    seats += profile(world, subject.id).controllers
    outside = [fact for fact in seats if world.catalogue.in_eu(str(fact.value), world.as_of) is False]
    if outside:
        return derived(path, True, outside[0])
    silent = [profile(world, str(each.value)).path for each in found if not profile(world, str(each.value)).country]
    missing = (*(name for fact in opened for name in fact.missing), *(f"{name}.country" for name in silent))
    return unknown(path, *missing) if missing else derived(path, False, *found)


def _owners(subject: Subject) -> tuple[Record, ...] | None:
    said = subject.record.values.get("owners")
    if said is False:
        return ()
    return tuple(each for each in said if isinstance(each, Record)) if isinstance(said, tuple) else None


def _outside(world: World, owners: tuple[Record, ...]) -> list[Record]:
    """The owners outside the Union, or who may be."""
    return [each for each in owners if world.catalogue.in_eu(str(each.values.get("country", "")), world.as_of) is not True]


def _gap(owner: Record, *keys: str) -> str | None:
    return next((f"{owner.path}.{key}" for key in keys if key not in owner.values), None)


def _shares(name: str, take: Callable[[list[float]], float]) -> Callable[[World, Subject], Fact]:
    def derivation(world: World, subject: Subject) -> Fact:
        path, owners = f"{subject.path}.{name}", _owners(subject)
        if owners is None:
            return unknown(path, f"{subject.path}.owners", mark=subject.record.mark)
        outside = _outside(world, owners)
        if missing := [gap for each in outside if (gap := _gap(each, "country", "share"))]:
            return unknown(path, *missing)
        held = [share for each in outside if isinstance(share := each.values["share"], int | float)]
        return Fact(path, take([float(share) for share in held]), Origin.DERIVED, because=(subject.declared("owners"),))

    return derivation


def _veto(world: World, subject: Subject) -> Fact:
    """Whether an owner outside the Union holds a veto (SecNumCloud 19.6 b)."""
    path, owners = f"{subject.path}.veto", _owners(subject)
    if owners is None:
        return unknown(path, f"{subject.path}.owners", mark=subject.record.mark)
    outside = _outside(world, owners)
    said = subject.declared("owners")
    if any(each.values.get("veto") is True and "country" in each.values for each in outside):
        return derived(path, True, said)
    missing = [gap for each in outside if each.values.get("veto") is not False and (gap := _gap(each, "veto", "country"))]
    return unknown(path, *missing) if missing else derived(path, False, said)


DERIVATIONS = {
    ("organisation", "name"): _name,
    ("organisation", "country"): _country,
    ("organisation", "role"): _role,
    ("organisation", "parents"): _parents,
    ("organisation", "presence"): _presence,
    ("organisation", "laws"): _laws("laws", "established", "debated"),
    ("organisation", "established_laws"): _laws("established_laws", "established"),
    ("organisation", "debated_laws"): _laws("debated_laws", "debated"),
    ("organisation", "contradiction"): _contradiction,
    ("organisation", "seat_in_eu"): _seat_in_eu,
    ("organisation", "non_eu_control"): _non_eu_control,
    ("organisation", "non_eu_shares"): _shares("non_eu_shares", sum),
    ("organisation", "largest_non_eu_share"): _shares("largest_non_eu_share", lambda held: max(held, default=0.0)),
    ("organisation", "veto"): _veto,
}
