"""Whether a certificate covers an activity on a host: by activity label, offer, service, region and site."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from hds_audit.model.catalogued import Listed, Offer
from hds_audit.model.fact import Confidence
from hds_audit.model.format.words import ACTIVITIES
from hds_audit.model.text import Text
from hds_audit.resolve.held import Held
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

Fit = Literal["in", "out", "contradicted", "unknown"]
INFRASTRUCTURE = ACTIVITIES[:2]
_BY_TYPE = {"infrastructure": INFRASTRUCTURE, "infogereur": ACTIVITIES[2:]}
_IN = Text("within its scope", "dans son périmètre")
_SAID_TO_SERVE = Text(
    "listed among the certificates that serve this host; which of its holder's offers this is is not described",
    "cité parmi les certificats qui servent cet hébergeur ; l'offre de son titulaire n'est pas décrite",
)


class Match(NamedTuple):
    """Whether it fits, why not, what to declare, and how sure the answer is."""

    fit: Fit
    reason: Text = _IN
    missing: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH


def activities_of(held: Held) -> tuple[str, ...] | None:
    """The activities a certificate names; `type` stands in for them, and a HADS approval covers all."""
    if held.standard == "hads":
        return ACTIVITIES
    return held.activities if held.activities is not None else _BY_TYPE.get(held.type or "")


def offers_for(world: "World", host: Subject) -> tuple[Offer, ...]:
    """The catalogue's offers that a host may be: the one it names, else those of its provider for its service."""
    provider, service, name = (host.record.values.get(key) for key in ("provider", "service", "offer"))
    offers = world.catalogue.offers_of(str(provider))
    if name is not None:
        return tuple(each for each in offers if _named(str(name), each))
    return tuple(each for each in offers if each.service == service)


def _named(name: str, offer: Offer) -> bool:
    return name.strip().lower() in (offer.id.lower(), offer.name.lower())


def match(world: "World", held: Held, host: Subject, activity: str, *, own: bool) -> Match:
    """Whether the scope of a certificate takes in a host; `own`: it is its provider's, and speaks of its offers and regions."""
    if held.standard == "hads":
        return Match("in")
    found = tuple(_fits(world, held, host, activity) if own else _elsewhere(world, held, host, activity))
    for fit in ("out", "contradicted", "unknown"):
        if (first := next((each for each in found if each.fit == fit), None)) is not None:
            return first._replace(missing=tuple(dict.fromkeys(path for each in found if each.fit == fit for path in each.missing)))
    return max(found, key=lambda each: each.confidence.rank, default=Match("in"))


def _fits(world: "World", held: Held, host: Subject, activity: str) -> Iterator[Match]:
    yield from _excluded(world, held, host)
    yield _product(world, held, host)
    if held.standard == "hds" or held.scope.regions is not None or held.scope.sites is not None:
        yield _place(world, held, host, activity)  # other standards go by what is run, and by place only where they say so
        yield from _copies(world, held, host)
    yield from _required(held, host)


def _elsewhere(world: "World", held: Held, host: Subject, activity: str) -> Iterator[Match]:
    """A performer's own certificate speaks of its own offers and sites, which another's host does not name.

    `all` reaches it; short of that the list of the certificates that serve the host says so, where the place does not belie it.
    """
    for listed, name in ((held.scope.offers or held.scope.services, "offers"), (held.scope.regions or held.scope.sites, "regions")):
        if listed is None:
            yield _unsaid(held, name)
        elif listed != "all":
            yield _said_to_serve(world, held, host, activity)


def _said_to_serve(world: "World", held: Held, host: Subject, activity: str) -> Match:
    listed, country = host.record.values.get("certificates"), host.fact("country").value
    if isinstance(country, str) and country not in (_countries(world, held) or {country}):
        return _outside(held, country)
    if held.declared is not None and isinstance(listed, tuple) and held.id in map(str, listed):
        return Match("in", _SAID_TO_SERVE, confidence=Confidence.MEDIUM)
    said = Text(
        f"whether {held.id} covers what its holder does here is not said", f"on ne sait si {held.id} couvre ce que son titulaire fait ici"
    )
    under = host.fact(f"responsibilities.{activity}.under")
    return Match("unknown", said, (f"{host.path}.certificates", *(() if under.known else (under.path,))))


def _countries(world: "World", held: Held) -> set[str]:
    """Those of the regions that a certificate lists; empty where one of them is not known."""
    regions = held.scope.regions
    names = [name.strip() for name in regions] if isinstance(regions, tuple) else []
    known = [world.catalogue.region(held.holder, name) for name in names]
    found = [
        each.country if each else name.upper() if world.catalogue.country(name.upper()) else None
        for name, each in zip(names, known, strict=True)
    ]
    return {each for each in found if each} if all(found) else set()


def _unsaid(held: Held, name: str) -> Match:
    said = Text(f"the scope of {held.id} is not known ({name})", f"le périmètre de {held.id} n'est pas connu ({name})")
    return Match("unknown", said, held.ask(f"scope.{name}"))


def _outside(held: Held, what: str) -> Match:
    return Match("out", Text(f"{held.id} does not take in {what}", f"{held.id} ne s'étend pas à {what}"))


def _excluded(world: "World", held: Held, host: Subject) -> Iterator[Match]:
    names = {str(value).lower() for key in ("offer", "region") if (value := host.record.values.get(key)) is not None}
    names |= {text for offer in offers_for(world, host) if "offer" in host.record.values for text in (offer.id.lower(), offer.name.lower())}
    names |= {text.lower() for text in _sites(host)}
    named = (held.left_out, held.excluded.offers, held.excluded.regions, held.excluded.sites)
    left_out = {name.lower() for listed in named if isinstance(listed, tuple) for name in listed}
    if found := sorted(names & left_out):
        yield _outside(held, found[0])
    elif isinstance(held.excluded.services, tuple) and host.record.values.get("service") in held.excluded.services:
        yield _outside(held, str(host.record.values["service"]))


def _product(world: "World", held: Held, host: Subject) -> Match:
    """The offer and the service, each where the certificate states it; what the catalogue knows not to be covered is not."""
    offers, services = held.scope.offers, held.scope.services
    if offers is None and services is None:
        return _unsaid(held, "offers")
    stated = ((offers, "offer"), (services, "service"))
    matches = [_listed(held, host, listed, _named_by(world, host, key)) for listed, key in stated if listed is not None]
    worst = _worst(matches)
    uncovered = [each for each in offers_for(world, host) if each.hds == "not-covered"]
    if held.standard != "hds" or worst.fit == "out" or not uncovered or len(uncovered) < len(offers_for(world, host)):
        return worst
    return _uncovered(held, host, uncovered[0], listed=isinstance(offers, tuple) and worst.fit == "in")


def _uncovered(held: Held, host: Subject, offer: Offer, *, listed: bool) -> Match:
    """The catalogue knows the offer outside the certificate: a claim of everything yields, one that names it contradicts."""
    said = Text(f"the catalogue knows {offer.name} not to be covered", f"le catalogue sait que {offer.name} n'est pas couvert")
    if offer.status == "recalled":
        return Match("unknown", said, (f"{host.path}.offer",))
    return Match("contradicted" if listed and held.declared else "out", said, held.ask("scope.offers"))


class Named(NamedTuple):
    """What a host says under a key: as it is shown, and the names under which a certificate may list it."""

    key: str
    shown: str
    names: frozenset[str]


def _named_by(world: "World", host: Subject, key: str) -> Named:
    said = host.record.values.get(key)
    offers = offers_for(world, host) if key == "offer" else ()
    if said is None:  # the only offer of that kind that the provider is known to have is the one
        only = offers if len(offers) == 1 else ()
        return Named(key, only[0].name if only else "", frozenset(text for each in only for text in (each.id.lower(), each.name.lower())))
    names = {str(said).lower(), *(text for each in offers for text in (each.id.lower(), each.name.lower()))}
    return Named(key, str(said), frozenset(names))


def _listed(held: Held, host: Subject, listed: Listed, named: Named) -> Match:
    if listed == "all":
        return Match("in")
    if not named.names:
        unsaid = Text(
            f"{held.id} goes by {named.key}, which this host does not state",
            f"{held.id} se lit par {named.key}, que cet hébergeur n'indique pas",
        )
        return Match("unknown", unsaid, (f"{host.path}.{named.key}",))
    found = named.names & {name.strip().lower() for name in listed or ()}
    return Match("in") if found else _outside(held, named.shown)


def _worst(matches: list[Match]) -> Match:
    return min(matches, key=lambda each: ("out", "contradicted", "unknown", "in").index(each.fit))


def _place(world: "World", held: Held, host: Subject, activity: str) -> Match:
    """Regions for every activity; sites for the physical ones, and where no region is stated."""
    regions, sites, physical = held.scope.regions, held.scope.sites, activity in INFRASTRUCTURE
    placeless = held.type == "infogereur" or (sites is None and host.record.values.get("service") == "managed-services")
    if placeless and regions is None:
        return Match("in")  # HDS v1: managed hosting has no site; who comes in to administer has no place of its own
    if regions is None and sites is None:
        return _unsaid(held, "regions")
    matches = [_region(world, held, host, regions)] if regions is not None else []
    if sites is not None and (physical or regions is None):
        here = _sites(host)
        named = Named("location.site", ", ".join(here), frozenset(text.lower() for text in here))
        matches.append(_listed(held, host, sites, named))
    return _worst(matches)


def _region(world: "World", held: Held, host: Subject, regions: Listed) -> Match:
    """By region code, or by country: one that the certificate lists, or that none of its regions is of."""
    country, code = host.fact("country").value, host.record.values.get("region")
    countries = {name.strip().lower() for name in regions} if isinstance(regions, tuple) else set[str]()
    if isinstance(country, str) and country.lower() in countries:
        return Match("in")
    if isinstance(country, str) and code is None and country not in (_countries(world, held) or {country}):
        return _outside(held, country)
    return _listed(held, host, regions, Named("region", str(code or ""), frozenset({str(code).lower()} if code is not None else ())))


def _copies(world: "World", held: Held, host: Subject) -> Iterator[Match]:
    """The places where the provider keeps copies belong to what it hosts: each is looked for among the regions of the certificate."""
    said, regions = host.fact("replicated_to"), held.scope.regions
    if not isinstance(regions, tuple):
        return
    if said.value is True:
        unsaid = Text(
            f"{held.id} goes by region, and where the copies lie is not said",
            f"{held.id} se lit par région, et le lieu des copies n'est pas dit",
        )
        yield Match("unknown", unsaid, (said.path,))
    listed = {name.strip().lower() for name in regions}
    for name in said.value if isinstance(said.value, tuple) else ():
        yield _copy(world, held, host, str(name), listed)


def _copy(world: "World", held: Held, host: Subject, name: str, listed: set[str]) -> Match:
    """By region code or country, as for the host; a country of which the certificate lists regions may be one of them."""
    provider = str(host.record.values.get("provider", ""))
    region = world.catalogue.region(provider, name)
    country = region.country.lower() if region and region.country else name.lower()
    if name.lower() in listed or country in listed:
        return Match("in")
    named = (world.catalogue.region(provider, code) for code in sorted(listed))
    if region is None and country in {each.country.lower() for each in named if each and each.country}:
        said = Text(
            f"{held.id} goes by region: in which one of {name} the copies lie is not said",
            f"{held.id} se lit par région : celle des copies ({name}) n'est pas dite",
        )
        return Match("unknown", said, (f"{host.path}.replicated_to",))
    return _outside(held, name)


def _sites(host: Subject) -> tuple[str, ...]:
    location = host.fact("location").value
    found = [location.fact(name).value for name in ("site", "city")] if isinstance(location, Part) else []
    return tuple(value for value in found if isinstance(value, str))


def _required(held: Held, host: Subject) -> Iterator[Match]:
    """What the holder makes a condition of the certificate that the catalogue knows; one that was shown stands by itself."""
    paths = (_CONDITIONS[requirement] for requirement in held.requires if requirement in _CONDITIONS)
    for path in paths if held.declared is None else ():
        if host.fact(f"{path}.signed" if path == _ANNEX else path).value is False:
            yield Match("out", Text(f"{held.id} asks for {path}, which is not there", f"{held.id} suppose {path}, qui fait défaut"))
        elif not host.fact(path).known:
            said = Text(f"{held.id} asks for {path}, which is not declared", f"{held.id} suppose {path}, qui n'est pas déclaré")
            yield Match("unknown", said, (f"{host.path}.{path}",))


_ANNEX = "contract.hds_annex"
_CONDITIONS = {"hds-annex": _ANNEX, "hds-option": f"{_ANNEX}.option"}
