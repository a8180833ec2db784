"""Access: every organisation that touches what lies on a host or in a component, with the steps that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.catalogued import Offer, Status
from hds_audit.model.exposure import Role, Step
from hds_audit.model.fact import Fact
from hds_audit.model.record import Record
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.exposure_links import record_countries
from hds_audit.resolve.graph import organisation_id

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


class Access(NamedTuple):
    """One organisation's way in. `at_rest_only`: it houses the machines and runs nothing; `data` None: all of them.

    `countries` are those its people work from; `missing` is what to declare where the access itself is only remembered.
    """

    organisation: str
    role: Role
    steps: tuple[Step, ...]
    at_rest_only: bool = False
    data: frozenset[str] | None = None
    countries: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()


def records(world: World, section: str) -> Mapping[str, Record]:
    """The records of a section by identifier, gathered once."""
    return world.once(("records", section), lambda _: world.description.section(section))


def host_access(world: World, host: str) -> tuple[Access, ...]:
    """The provider of a host, who signed for it, whom it rests on, and who reaches it from abroad."""
    return world.once(("host access", host), lambda _: _host_access(world, host))


def component_access(world: World, component: Record) -> tuple[Access, ...]:
    """Those of its host, then who operates, administers and reads the component itself."""
    host = component.values.get("host")
    below = host_access(world, host) if isinstance(host, str) else ()
    if not below:
        below = (_nobody(f"{component.path}.host" if not isinstance(host, str) else f"hosts.{host}.provider", component.mark),)
    return (*below, *_operator(world), *_named(world, component, "administrators"), *_named(world, component, "readers"))


def runs(world: World, host: str) -> frozenset[str]:
    """The organisations that run a host: they see what its machines see and use what keys lie there."""
    return world.once(("runs", host), lambda _: frozenset(_running(world, host)))


def _running(world: World, host: str) -> Iterator[str]:
    return (each.organisation for each in host_access(world, host) if each.organisation and not each.at_rest_only)


def _nobody(path: str, mark: int) -> Access:
    """Where a provider is due and nobody is named: an organisation without a name, that the path would give."""
    return Access("", "provider", (Step("organisation", "", words.NO_PROVIDER, mark),), missing=(path,))


def provider_of(world: World, host: str) -> str | None:
    """The provider of a host, where it is said."""
    record = records(world, "hosts").get(host)
    name = record.values.get("provider") if record else None
    return organisation_id(world, name) if isinstance(name, str) else None


def _host_access(world: World, name: str) -> tuple[Access, ...]:
    host = records(world, "hosts").get(name)
    if host is None:
        return ()
    provider, performed = provider_of(world, name), _performed(world, host)
    housed = frozenset(each for each, activities in performed.items() if activities == {"physical-sites"})
    if provider and host.values.get("service") == "housing" and provider not in performed:
        housed |= {provider}
    found = [*_provided(world, host, provider, housed), *_rested_on(world, host, provider, performed, housed)]
    return (*found, *_from_abroad(world, host, provider))


def _provided(world: World, host: Record, provider: str | None, housed: frozenset[str]) -> Iterator[Access]:
    if provider:
        step = Step("organisation", provider, words.role("provider"), host.marks["provider"])
        yield Access(provider, "provider", (step,), provider in housed)
    else:
        yield _nobody(f"{host.path}.provider", host.mark)
    contract = host.values.get("contract")
    party = contract.values.get("party") if isinstance(contract, Record) else None
    if isinstance(contract, Record) and isinstance(party, str) and organisation_id(world, party) != provider:
        signed = organisation_id(world, party)
        yield Access(signed, "party", (Step("organisation", signed, words.role("party"), contract.marks["party"]),), signed in housed)


def _performed(world: World, host: Record) -> Mapping[str, set[str]]:
    """The activities of each organisation on this host: as declared or, where nothing is, as the one offer says."""
    found: dict[str, set[str]] = {}
    for activity, name, _ in _declared_performers(world, host):
        found.setdefault(name, set()).add(activity)
    offers = _offers(world, host) if not found else ()
    for performer in offers[0].performers if len(offers) == 1 else ():
        found.setdefault(organisation_id(world, performer.by), set()).add(performer.activity)
    return found


def _declared_performers(world: World, host: Record) -> Iterator[tuple[str, str, int]]:
    said = host.values.get("responsibilities")
    if not isinstance(said, Record):
        return
    for activity, performers in said.values.items():
        for each in performers if isinstance(performers, tuple) else ():
            by = each.values.get("by") if isinstance(each, Record) else None
            for name in by if isinstance(by, tuple) else ():
                yield activity, organisation_id(world, str(name)), said.marks.get(activity, said.mark)


def _offers(world: World, host: Record) -> tuple[Offer, ...]:
    """The offers of the catalogue that this host may be: the one it names, else those of its provider of the same kind."""
    named = world.catalogue.offer(str(host.values.get("offer", "")))
    if named is not None:
        return (named,)
    provider, service = host.values.get("provider"), host.values.get("service")
    return tuple(each for each in world.catalogue.offers_of(str(provider or "")) if each.service == service)


def _rested_on(
    world: World, host: Record, provider: str | None, performed: Mapping[str, set[str]], housed: frozenset[str]
) -> Iterator[Access]:
    """Subcontractors and performers, then whom they rest on in their turn, each once."""
    seen = {provider} if provider else set()
    waiting: list[Access] = []
    for name, mark, source, status in (*_first_rank(world, host, provider), *_performers(world, host, performed)):
        if name not in seen:
            seen.add(name)
            step = Step("organisation", name, words.role("subcontractor"), mark, source)
            waiting.append(Access(name, "subcontractor", (step,), name in housed, missing=_ask(host, status)))
    for access in waiting:
        yield access
        for name, source, status in _catalogued_beneath(world, access.organisation):
            if name not in seen:
                seen.add(name)
                steps = (*access.steps, Step("organisation", name, words.role("subcontractor"), 0, source))
                asked = access.missing or _ask(host, status)
                waiting.append(Access(name, "subcontractor", steps, name in housed or access.at_rest_only, missing=asked))


_Beneath = tuple[str, int, str, Status]


def _first_rank(world: World, host: Record, provider: str | None) -> Iterator[_Beneath]:
    """Those that the description lists, which closes the list; else those that the catalogue knows of this offer and region."""
    declared = host.values.get("subcontractors")
    if isinstance(declared, tuple | bool):
        for name in declared if isinstance(declared, tuple) else ():
            yield organisation_id(world, str(name)), host.marks["subcontractors"], "", "verified"
        return
    for name, source, status in _common(world, _offers(world, host)):
        yield name, 0, source, status
    region = world.catalogue.region(provider or "", str(host.values.get("region", "")))
    if region is not None:
        for name in region.rests_on or ():
            yield organisation_id(world, name), 0, f"catalogue: regions.{region.organisation}.{region.code}", region.status


def _performers(world: World, host: Record, performed: Mapping[str, set[str]]) -> Iterator[_Beneath]:
    marks = {name: mark for _, name, mark in _declared_performers(world, host)}
    closed = isinstance(host.values.get("subcontractors"), tuple | bool)
    offers = _offers(world, host)
    for name in performed:
        if name in marks:
            yield name, marks[name], "", "verified"
        elif not closed:
            yield name, 0, f"catalogue: services.{offers[0].id}", offers[0].status


def _catalogued_beneath(world: World, organisation: str) -> tuple[tuple[str, str, Status], ...]:
    return _common(world, world.catalogue.offers_of(organisation))


def _common(world: World, offers: tuple[Offer, ...]) -> tuple[tuple[str, str, Status], ...]:
    """The subcontractors that every one of these offers rests on: which offer it is, nobody said."""
    if not offers or any(offer.subcontractors is None for offer in offers):
        return ()
    named = [{organisation_id(world, name): None for name in offer.subcontractors or ()} for offer in offers]
    shared = [name for name in named[0] if all(name in each for each in named[1:])]
    first = offers[0]
    return tuple((name, f"catalogue: services.{first.id}", first.subcontractors_status or "recalled") for name in shared)


def _ask(host: Record, status: Status) -> tuple[str, ...]:
    return (f"{host.path}.subcontractors",) if status == "recalled" else ()


def _from_abroad(world: World, host: Record, provider: str | None) -> Iterator[Access]:
    """Accesses from outside the EEA; one that names nobody is the provider's own."""
    said = host.values.get("remote_access")
    for each in said if isinstance(said, tuple) else ():
        name = each.values.get("organisation", provider) if isinstance(each, Record) else None
        if isinstance(each, Record) and isinstance(name, str):
            who = organisation_id(world, name)
            step = Step("organisation", who, words.role("remote-access"), each.marks.get("organisation", each.mark))
            yield Access(who, "remote-access", (step,), False, named_data(each), record_countries(each, "country"))


def _operator(world: World) -> tuple[Access, ...]:
    application = world.description.root.values.get("application")
    name = application.values.get("operator") if isinstance(application, Record) else None
    if not isinstance(application, Record) or not isinstance(name, str):
        return ()
    who = organisation_id(world, name)
    steps = (
        Step("application", "application", words.OPERATES, application.mark),
        Step("organisation", who, words.role("operator"), application.marks["operator"]),
    )
    return (Access(who, "operator", steps),)


def _named(world: World, component: Record, key: str) -> Iterator[Access]:
    role: Role = "administrator" if key == "administrators" else "reader"
    said = component.values.get(key)
    for each in said if isinstance(said, tuple) else ():
        name = each.values.get("organisation") if isinstance(each, Record) else None
        if isinstance(each, Record) and isinstance(name, str):
            who = organisation_id(world, name)
            step = Step("organisation", who, words.role(role), each.marks.get("organisation", each.mark))
            yield Access(who, role, (step,), False, named_data(each), record_countries(each, "from"))


def named_data(record: Record) -> frozenset[str] | None:
    """The data that an access or a layer is limited to; None where it is not limited, or where `true` says no more."""
    said = record.values.get("data")
    if said is False:
        return frozenset()
    return frozenset(str(item) for item in said) if isinstance(said, tuple) else None
