"""Certificates as rules read them: whether each holds that day, until when, in which version, for what and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.format.writing import HOST
from hds_audit.model.text import Text
from hds_audit.model.values import Day, Span, parse_day
from hds_audit.resolve.certificate_scope import activities_of
from hds_audit.resolve.connectives import some, undecided
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.held import Held, contested, declared_certificate
from hds_audit.resolve.performers import is_subcontractor, provider_of
from hds_audit.resolve.standing import last_day, standing
from hds_audit.resolve.things import Named, Subject
from hds_audit.resolve.versions import DRAFT, version_on

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_TWICE = Text("its number is claimed twice, on other terms", "son numéro est revendiqué deux fois, à d'autres termes")
_READ_BEFORE = Text(
    "the list was read before the certificate was issued: it shows another one",
    "la liste a été consultée avant la délivrance du certificat : elle en montre un autre",
)
_ASSUMED = Text(
    "no end date is given: three years from the day of issue", "aucune date de fin n'est donnée : trois ans à compter de la délivrance"
)


def valid(world: World, held: Held) -> Fact:
    """Whether it holds that day: neither ended, suspended, withdrawn nor of a version that no longer counts."""
    path = f"{held.fact.path}.valid"
    if held.declared and held.id in contested(world):
        return unknown(path, *held.ask("number"), because=(held.fact,), doubt=_TWICE)
    stands = standing(held, world.as_of)
    if stands.hold == "unknown":
        return unknown(path, *(stands.missing or held.ask("expires")), because=(held.fact,), doubt=stands.reason)._replace(
            confidence=stands.confidence
        )
    fact = derived(path, stands.hold == "holds", held.fact)
    sure = max(stands.confidence, fact.confidence, key=lambda each: each.rank)
    return fact._replace(confidence=sure, doubt=stands.reason if sure is not Confidence.HIGH or stands.hold != "holds" else None)


def in_force_until(held: Held) -> Fact:
    """The last day it holds: as given, else three years from its issue."""
    path, end = f"{held.fact.path}.in_force_until", last_day(held)
    if end is None:
        return unknown(path, *held.ask("expires"), because=(held.fact,))
    day, sure = end
    named = day if day.first == day.last else parse_day(day.text[:7]) or day
    fact = derived(path, named, held.fact)
    return fact if sure is Confidence.HIGH else fact._replace(confidence=sure, doubt=_ASSUMED)


def version_current(world: World, held: Held) -> Fact:
    """Whether its version counts that day; a draft of a standard is no version that can be certified."""
    path = f"{held.fact.path}.version_current"
    answer = version_on(held.standard, held.version, world.as_of).answer
    if answer in ("draft", "unknown"):
        return unknown(path, *held.ask("version"), because=(held.fact,), doubt=DRAFT if answer == "draft" else None)
    return derived(path, answer == "current", held.fact)


def age(world: World, held: Held) -> Fact:
    """How long ago it was issued, in days."""
    path, issued = f"{held.fact.path}.age", held.issued
    if issued is None or issued.last > world.as_of:
        return unknown(path, *held.ask("issued"), because=(held.fact,))
    days = (world.as_of - issued.last).days
    return derived(path, Span(f"P{days}D", days * 86_400), held.fact)


def covers(held: Held) -> Fact:
    """The activities it names, or that its type stands for."""
    path, named = f"{held.fact.path}.covers", activities_of(held)
    return unknown(path, *held.ask("activities"), because=(held.fact,)) if named is None else derived(path, named, held.fact)


def facts_of(world: World, held: Held) -> dict[str, Fact]:
    """What conditions may read of a certificate that serves a host, declared or known to the catalogue."""
    path = held.fact.path
    plain = {"id": held.id, "holder": held.holder, "standard": held.standard, "status": held.status, "known_only": held.declared is None}
    said = {"version": held.version, "number": held.number, "type": held.type}
    facts = {name: derived(f"{path}.{name}", value, held.fact) for name, value in plain.items()}
    for name, value in said.items():
        facts[name] = (
            derived(f"{path}.{name}", value, held.fact)
            if value is not None
            else unknown(f"{path}.{name}", *held.ask(name), because=(held.fact,))
        )
    worked_out = {"valid": valid(world, held), "in_force_until": in_force_until(held), "version_current": version_current(world, held)}
    declared = held.declared
    shown = {
        name: declared.fact(name) if declared else unknown(f"{path}.{name}", "certificates")
        for name in ("document", "listed", "issued", "body")
    }
    return {**facts, **shown, **worked_out, "covers": covers(held), "age": age(world, held)}


def _hosts_served(world: World, subject: Subject) -> tuple[Subject, ...]:
    """The hosts that list it; of hosts that list nothing, those of its holder."""
    holder = organisation_id(world, str(subject.record.values.get("holder", "")))
    found = []
    for host in world.subjects("host"):
        listed = host.record.values.get("certificates")
        serves = (
            subject.id in [str(item) for item in listed]
            if isinstance(listed, tuple)
            else listed is not False and provider_of(world, host) == holder
        )
        found += [host] if serves else []
    return tuple(found)


def _serves(world: World, subject: Subject) -> Fact:
    served = tuple(Named.of(host.id, world, HOST) for host in _hosts_served(world, subject))
    return Fact(f"{subject.path}.serves", served, Origin.DERIVED)


def _serves_health_data(world: World, subject: Subject) -> Fact:
    path = f"{subject.path}.serves_hds_data"
    return some(path, [host.fact("handles_hds_data") for host in _hosts_served(world, subject)])


def _of_the_host(world: World, subject: Subject) -> Fact:
    """Whether its holder is the provider or a subcontractor of each host that lists it: another company's serves nothing."""
    path, holder = f"{subject.path}.held_by_the_host", subject.fact("holder")
    if holder.value is UNKNOWN:
        return undecided(path, [holder])
    name = organisation_id(world, str(holder.value))
    if unsaid := [f"{host.path}.provider" for host in _hosts_served(world, subject) if not provider_of(world, host)]:
        return undecided(path, [holder], *unsaid)
    answers = [provider_of(world, host) == name or is_subcontractor(world, host, name) for host in _hosts_served(world, subject)]
    if None in answers and False not in answers:
        return undecided(path, [holder], *(f"{host.path}.subcontractors" for host in _hosts_served(world, subject)))
    return derived(path, all(answers), holder)


def _type_said(_: World, subject: Subject) -> Fact:
    """Its type of version 1; none where its activities, which decide, are stated without one."""
    path, said, named = f"{subject.path}.type_said", subject.fact("type"), subject.fact("activities")
    if said.known:
        return derived(path, said.value, said)
    return derived(path, False, named) if isinstance(named.value, tuple) else undecided(path, [said], said.path)


def _found_listed(_: World, subject: Subject) -> Fact:
    """Whether it was found on the public list; what was read before its issue shows another certificate."""
    path, listed = f"{subject.path}.found_listed", subject.fact("listed")
    if listed.value is UNKNOWN:
        return undecided(path, [listed])
    read, issued = subject.fact("listed.read"), subject.fact("issued")
    if isinstance(read.value, Day) and isinstance(issued.value, Day) and read.value.last < issued.value.first:
        return undecided(path, [read, issued], read.path, doubt=_READ_BEFORE)
    return derived(path, listed.value is not False, listed)


def _last_surveillance(world: World, subject: Subject) -> Fact:
    """The last surveillance audit held by that day, or the audit of its issue where none was due yet."""
    path, said, issued = f"{subject.path}.last_surveillance", subject.fact("surveillance_audits"), subject.fact("issued")
    held = [day for day in said.value if isinstance(day, Day) and day.first <= world.as_of] if isinstance(said.value, tuple) else []
    own = [issued.value] if isinstance(issued.value, Day) and issued.value.first <= world.as_of else []
    if not held and not said.known and not (own and (world.as_of - own[0].last).days <= 366):
        return undecided(path, [said], said.path)
    latest = max([*held, *own], key=lambda day: day.last, default=None)
    return derived(path, False, said) if latest is None else derived(path, latest, said if held else issued)


DERIVATIONS = {
    ("certificate", "valid"): lambda world, subject: valid(world, declared_certificate(world, subject)),
    ("certificate", "in_force_until"): lambda world, subject: in_force_until(declared_certificate(world, subject)),
    ("certificate", "version_current"): lambda world, subject: version_current(world, declared_certificate(world, subject)),
    ("certificate", "age"): lambda world, subject: age(world, declared_certificate(world, subject)),
    ("certificate", "covers"): lambda world, subject: covers(declared_certificate(world, subject)),
    ("certificate", "type_said"): _type_said,
    ("certificate", "serves"): _serves,
    ("certificate", "serves_hds_data"): _serves_health_data,
    ("certificate", "held_by_the_host"): _of_the_host,
    ("certificate", "found_listed"): _found_listed,
    ("certificate", "last_surveillance"): _last_surveillance,
}
