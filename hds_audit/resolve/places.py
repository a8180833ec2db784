"""Where things are: the countries of a host, of what runs on it, and of a datum wherever it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.catalogued import catalogued
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.graph import host_of, keepers
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_MOST_ASKED = 100  # of the components that are silent: what is asked has to stay readable
_NO_PLACE = Text("the contract fixes no place", "le contrat ne fixe aucun lieu")
_FROM_MEMORY = Text("whether it is in the EEA is known from memory only", "son appartenance à l'EEE n'est connue que de mémoire")
_SPANS_COUNTRIES = Text(
    "the region spans several countries: ask the provider where your data lie",
    "la région couvre plusieurs pays : demandez au fournisseur où se trouvent vos données",
)
_MERE_NAME = Text(
    "neither a region of this provider that the catalogue knows nor a country",
    "ni une région de ce fournisseur connue du catalogue, ni un pays",
)


def country_fact(world: World, fact: Fact) -> Fact:
    """A fact whose value is a country; one whose place in the EEA is argued, or known from memory, informs and does not decide."""
    country = world.catalogue.country(str(fact.value))
    if country is None or not (country.status == "recalled" or (country.debated and country.part_of)):
        return fact
    return fact._replace(recalled=True, confidence=Confidence.LOW, doubt=country.debated or _FROM_MEMORY, missing=(fact.path,))


def in_eea(world: World, path: str, country: Fact) -> Fact:
    """Whether a country lies in the European Economic Area that day."""
    answer = None if country.value is UNKNOWN else world.catalogue.in_eea(str(country.value), world.as_of)
    return undecided(path, [country], *country.missing) if answer is None else derived(path, answer, country)


def host_country(world: World, host: Subject) -> Fact:
    """The country of a host: as declared, else that of its region in the catalogue."""
    path, location = f"{host.path}.location.country", host.fact("location")
    if location.value is False:
        return unknown(path, location.path, because=(location,), doubt=_NO_PLACE, mark=location.mark)
    stated = location.value.fact("country") if isinstance(location.value, Part) else None
    if stated is not None and stated.known:
        return country_fact(world, stated)
    region = host.fact("region")
    if isinstance(region.value, str):
        return _of_region(world, host, path, region.value, region)
    return unknown(path, mark=host.record.mark)


def _of_region(world: World, host: Subject, path: str, code: str, said: Fact) -> Fact:
    known = world.catalogue.region(str(host.record.values.get("provider", "")), code)
    if known is None:
        return unknown(path, because=(said,), doubt=_MERE_NAME, mark=said.mark)
    if known.country is None:
        return unknown(path, because=(said,), doubt=_SPANS_COUNTRIES, mark=said.mark)
    entry = f"regions.{known.organisation}.{known.code}"
    return country_fact(world, catalogued(path, known.country, entry, known.status, because=(said,)))


def host_places(world: World, host: Subject) -> Fact:
    """Every country where a host keeps data: its own, then those of the provider's copies; what is unsaid stays open."""
    return derived_list(f"{host.path}.places", (host_country(world, host), *_replicas(world, host)))


def _replicas(world: World, host: Subject) -> tuple[Fact, ...]:
    said = host.fact("replicated_to")
    if not isinstance(said.value, tuple):
        return () if said.value is False else (unknown(said.path, because=(said,), mark=said.mark),)
    return tuple(_replica(world, host, str(name), said) for name in said.value)


def _replica(world: World, host: Subject, name: str, said: Fact) -> Fact:
    region = world.catalogue.region(str(host.record.values.get("provider", "")), name)
    if region is None and len(name) == 2 and world.catalogue.country(name.upper()):
        return country_fact(world, Fact(said.path, name.upper(), said.origin, said.mark))
    return _of_region(world, host, said.path, name, said)


def derived_list(path: str, items: tuple[Fact, ...], *because: Fact) -> Fact:
    """A list whose elements have grounds of their own."""
    return Fact(path, items, Origin.DERIVED, because=because)


def component_places(world: World, component: Subject) -> Fact:
    """Every country where what a component holds lies: those of its host."""
    path, said, host = f"{component.path}.places", component.fact("host"), host_of(world, component)
    if host is None:
        return derived_list(path, (unknown(said.path, mark=component.record.mark),))
    return derived_list(path, _items(host.fact("places")), said)


def _items(fact: Fact) -> tuple[Fact, ...]:
    return tuple(item for item in fact.value if isinstance(item, Fact)) if isinstance(fact.value, tuple) else ()


def data_places(world: World, datum: Subject) -> Fact:
    """Every country where a datum is stored; a component that says nothing of what it stores leaves the list open."""
    stores = keepers(world).of["stores"].get(datum.id, ())
    found = [item for component in stores for item in _items(component.fact("places"))]
    once = {(item.path, str(item.value)): item for item in (*found, *_silent(world))}
    return derived_list(f"{datum.path}.places", tuple(once.values()))


def _silent(world: World) -> tuple[Fact, ...]:
    """What leaves open where any datum is stored: components that say nothing of it, or no components at all."""
    return world.once("silent stores", _silent_stores)


def _silent_stores(world: World) -> tuple[Fact, ...]:
    if "components" not in world.description.root.values:
        return (unknown("components"),)
    silent = keepers(world).silent
    asked = [f"{component.path}.stores" for component in silent[:_MOST_ASKED]]
    return (unknown(asked[0], *asked, mark=silent[0].record.mark),) if asked else ()


def stored_in(world: World, datum: Subject) -> Fact:
    """The components that store a datum, copies included."""
    found = keepers(world).of["stores"].get(datum.id, ())
    return Fact(f"{datum.path}.stored_in", (*found, *_silent(world)), Origin.DERIVED)


def host_country_named(world: World, host: Subject) -> Fact:
    """The host's own country under a path of its own."""
    fact = host_country(world, host)
    return undecided(f"{host.path}.country", [fact]) if fact.value is UNKNOWN else derived(f"{host.path}.country", fact.value, fact)


def _host_in_eea(world: World, host: Subject) -> Fact:
    return in_eea(world, f"{host.path}.in_eea", host.fact("country"))


DERIVATIONS = {
    ("host", "country"): host_country_named,
    ("host", "in_eea"): _host_in_eea,
    ("host", "places"): host_places,
    ("component", "places"): component_places,
    ("data", "places"): data_places,
    ("data", "stored_in"): stored_in,
}
