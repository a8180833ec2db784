"""What only shows when the whole catalogue is read: names that lead nowhere, circles of owners, two for one name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hds_audit.model.catalogue import Catalogue
from hds_audit.read.catalogue_entry import Noted


class Link(NamedTuple):
    """A name used at a place: `file: entry`, in the table where it has to be."""

    file: str
    entry: str
    table: str
    name: str


def note_broken_links(catalogue: Catalogue, noted: Noted) -> None:
    """Notes every name that is in no table, every circle of owners, every alias that two share."""
    activities = {item.value for item in catalogue.lists["hds_activities"].items} if catalogue.lists else set()
    tables: dict[str, Iterable[object]] = {
        "organisations": catalogue.organisations,
        "countries": catalogue.countries,
        "sources": catalogue.sources,
        "laws": catalogue.laws,
        "regimes": catalogue.regimes,
        "offers": catalogue.offers,
        "services": catalogue.conventions,
        "activities": activities,
    }
    for link in _links(catalogue):
        if link.name not in tables[link.table]:
            file = f"{link.file}.yaml"
            en, fr = f"{link.name} is not in {link.table}", f"{link.name} n'est pas dans {link.table}"
            noted.add(file, None, f"{link.entry}: {en}", f"{link.entry} : {fr}")
    _note_names(catalogue, noted)
    _note_circles(catalogue, noted)
    _note_certificate_regions(catalogue, noted)


def _links(catalogue: Catalogue) -> Iterator[Link]:
    yield from _organisation_links(catalogue)
    yield from _service_links(catalogue)
    yield from _place_links(catalogue)
    yield from _text_links(catalogue)
    yield from _sources(catalogue)


def _organisation_links(catalogue: Catalogue) -> Iterator[Link]:
    for each in catalogue.organisations.values():
        at = ("organisations", each.id)
        countries = (each.country, *(each.presence or ()), *(entity.country for entity in each.operating))
        yield from (Link(*at, "countries", code) for code in countries if code)
        owners = (owned.owner for owned in each.owners or ())
        related = (*owners, *each.contracting, *(entity.organisation for entity in each.operating))
        yield from (Link(*at, "organisations", name) for name in related if name)
        yield from (Link(*at, "laws", name) for name in each.subject_to)
    for signal in catalogue.signals:
        yield Link("signals", f"{signal.organisation}.{signal.kind}", "organisations", signal.organisation)


def _service_links(catalogue: Catalogue) -> Iterator[Link]:
    for offer in catalogue.offers.values():
        at = ("services", offer.id)
        yield Link(*at, "services", offer.service)
        by = (each.by for each in offer.performers)
        under = (each.under for each in offer.performers if each.under)
        names = (offer.organisation, *(offer.subcontractors or ()), *by, *under)
        yield from (Link(*at, "organisations", name) for name in names)
        yield from (Link(*at, "activities", each.activity) for each in offer.performers)
    for service, conventions in catalogue.conventions.items():
        yield from (Link("services", f"_defaults.{service}", "activities", each.activity) for each in conventions)
    for certificate in catalogue.certificates.values():
        at = ("certificates", certificate.id)
        yield Link(*at, "organisations", certificate.holder)
        for scope in (certificate.scope, certificate.excluded):
            yield from (Link(*at, "offers", name) for name in scope.offers or () if scope.offers != "all")
            yield from (Link(*at, "services", name) for name in scope.services or () if scope.services != "all")
            yield from (Link(*at, "activities", name) for name in scope.activities or ())
        yield from (Link(*at, "activities", name) for name in certificate.activities or ())


def _place_links(catalogue: Catalogue) -> Iterator[Link]:
    for region in catalogue.regions.values():
        at = ("regions", f"{region.organisation}.{region.code}")
        names = (region.organisation, *(region.rests_on or ()))
        yield from (Link(*at, "organisations", name) for name in names)
        if region.country:
            yield Link(*at, "countries", region.country)
    for country in catalogue.countries.values():
        if country.part_of:
            yield Link("countries", country.code, "countries", country.part_of)


def _text_links(catalogue: Catalogue) -> Iterator[Link]:
    for regime in catalogue.regimes.values():
        if regime.replaces:
            yield Link("regimes", regime.id, "regimes", regime.replaces)
    for law in catalogue.laws.values():
        yield Link("laws", law.id, "countries", law.country)


def _sources(catalogue: Catalogue) -> Iterator[Link]:
    told: tuple[tuple[str, Iterable[tuple[str, tuple[str, ...]]]], ...] = (
        ("organisations", ((each.id, each.sources) for each in catalogue.organisations.values())),
        ("services", ((each.id, each.sources) for each in catalogue.offers.values())),
        ("regions", ((f"{each.organisation}.{each.code}", each.sources) for each in catalogue.regions.values())),
        ("countries", ((each.code, each.sources) for each in catalogue.countries.values())),
        ("countries", ((each.code, said.sources) for each in catalogue.countries.values() for said in each.adequate)),
        ("regimes", ((each.id, each.sources) for each in catalogue.regimes.values())),
        ("laws", ((each.id, each.sources) for each in catalogue.laws.values())),
        ("certificates", ((each.id, each.sources) for each in catalogue.certificates.values())),
        ("lists", ((each.id, each.sources) for each in catalogue.lists.values())),
        ("signals", ((f"{each.organisation}.{each.kind}", each.sources) for each in catalogue.signals)),
    )
    for file, entries in told:
        yield from (Link(file, entry, "sources", name) for entry, names in entries for name in names)


def _note_names(catalogue: Catalogue, noted: Noted) -> None:
    known = dict.fromkeys(catalogue.organisations, 1)
    for each in catalogue.organisations.values():
        for alias in each.aliases:
            known[alias] = known.get(alias, 0) + 1
            if known[alias] > 1:
                problem = f"{each.id}: {alias} names another too", f"{each.id} : {alias} en désigne une autre aussi"
                noted.add("organisations.yaml", None, *problem)


def _note_circles(catalogue: Catalogue, noted: Noted) -> None:
    for first in catalogue.organisations:
        waiting, met = [first], set[str]()
        for name in waiting:
            owned = catalogue.organisations[name].owners or () if name in catalogue.organisations else ()
            above = {each.owner for each in owned if each.owner} - met
            if first in above:
                en, fr = "owns itself, through its owners", "se possède elle-même par ses propriétaires"
                noted.add("organisations.yaml", None, f"{first}: {en}", f"{first} : {fr}")
                break
            met |= above
            waiting.extend(sorted(above))


def _note_certificate_regions(catalogue: Catalogue, noted: Noted) -> None:
    for each in catalogue.certificates.values():
        for code in each.scope.regions or () if each.scope.regions != "all" else ():
            if catalogue.region(each.holder, code) is None:
                en, fr = f"{code} is no region of {each.holder}", f"{code} n'est pas une région de {each.holder}"
                noted.add("certificates.yaml", None, f"{each.id}: {en}", f"{each.id} : {fr}")
