"""Who performs each activity of CSP R.1111-9 on a host, and on whom a host rests."""

from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.fact import UNKNOWN, Fact, Origin, unknown
from hds_audit.model.format.writing import ORGANISATION
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve.catalogued import catalogued
from hds_audit.resolve.certificate_scope import offers_for
from hds_audit.resolve.graph import accessors, components_on, operator, organisation_id
from hds_audit.resolve.things import Named, Subject

if TYPE_CHECKING:
    from hds_audit.model.catalogued import Offer, Performer, Region
    from hds_audit.resolve.world import World

_CONVENTION = Text(
    "nobody says who performs it here, which is taken from what such a service usually takes on",
    "personne ne dit qui l'exerce ici, ce qui est déduit de ce qu'un tel service prend d'ordinaire en charge",
)
_UNDER_CONTRACT = Text(
    "it administers what runs here under a contract of its own", "il administre ce qui tourne ici au titre d'un contrat qui lui est propre"
)

_UNDER_NONE = Text(
    "it administers what runs here, under which contract is not said: declare it as a host of service managed-services, or as a "
    "subcontractor of this one",
    "elle administre ce qui tourne ici, sans que le contrat soit indiqué : déclarez-la comme hôte de service managed-services, ou "
    "comme sous-traitant de celui-ci",
)


class Share(NamedTuple):
    """One organisation that performs an activity ("" where nobody says which), under whose certificate where that is said.

    `via` is the contract of managed services by which it comes in, where it does.
    """

    by: str
    under: str | None
    fact: Fact
    missing: tuple[str, ...] = ()
    via: Subject | None = None

    @property
    def origin(self) -> Origin:
        """Whether the description, a document or the catalogue says so."""
        return self.fact.origin


def shares(world: "World", host: Subject, activity: str) -> tuple[Share, ...]:
    """Those who perform an activity on a host, each once per certificate claimed; () where nobody does."""
    path = f"{host.path}.responsibilities.{activity}"
    said = host.fact(f"responsibilities.{activity}")
    listed = _responsibilities(host).get(activity)
    if isinstance(listed, tuple):
        found = tuple(_declared(world, each, said) for each in listed if isinstance(each, Record))
        mine = tuple(share for several in found for share in several)
    elif said.value is False:
        mine = ()
    elif said.value is True:
        mine = (Share("", None, said, (path,)),)
    else:
        mine = _usual(world, host, activity, path)
    if activity != "administration":
        return mine
    mine = tuple(_under_own_contract(world, host, share) for share in mine)
    return (*mine, *_administrators(world, host, mine))


def administered_by(world: "World", organisation: str) -> tuple[Subject, ...]:
    """The hosts on which an organisation performs activity 5, by whichever contract."""
    return world.once("hosts by who administers them", _by_administrator).get(organisation, ())


def _by_administrator(world: "World") -> dict[str, tuple[Subject, ...]]:
    found: dict[str, dict[str, Subject]] = {}
    for host in world.subjects("host"):
        for share in shares(world, host, "administration"):
            found.setdefault(share.by, {})[host.id] = host
    return {name: tuple(hosts.values()) for name, hosts in found.items()}


def _responsibilities(host: Subject) -> dict[str, object]:
    found = host.record.values.get("responsibilities")
    return dict(found.values) if isinstance(found, Record) else {}


def _declared(world: "World", record: Record, said: Fact) -> tuple[Share, ...]:
    by, under = record.values.get("by"), record.values.get("under")
    claimed = organisation_id(world, str(under)) if under is not None else None
    names = by if isinstance(by, tuple) else ()
    return tuple(Share(organisation_id(world, str(name)), claimed, said) for name in names)


def _usual(world: "World", host: Subject, activity: str, path: str) -> tuple[Share, ...]:
    """What the catalogue says of the offer, else of such a service."""
    offers = offers_for(world, host)
    named = [each for offer in offers for each in offer.performers if each.activity == activity]
    if len(offers) == 1 and named:
        return tuple(_of_offer(world, each, path, offers[0]) for each in named)
    service = host.record.values.get("service")
    if service is None:
        return _of_any_service(world, host, activity, path)
    party = next((each.by for each in world.catalogue.convention(str(service)) if each.activity == activity), None)
    if party == "nobody":
        return ()
    if party is None:
        return (Share("", None, unknown(path, mark=host.record.mark), (path,)),)
    return (_by_convention(world, host, party, path, str(service)),)


def _of_any_service(world: "World", host: Subject, activity: str, path: str) -> tuple[Share, ...]:
    """Where the service is not said: whoever performs it in every service that takes it on, else nobody knows."""
    parties = {each.by for listed in world.catalogue.conventions.values() for each in listed if each.activity == activity} - {"nobody"}
    if len(parties) != 1:
        asked = f"{host.path}.service"
        return (Share("", None, unknown(path, asked, mark=host.record.mark), (asked,)),)
    return (_by_convention(world, host, parties.pop(), path, "*"),)


def _by_convention(world: "World", host: Subject, party: str, path: str, service: str) -> Share:
    fact = catalogued(path, party, f"services._defaults.{service}", "secondary")._replace(doubt=_CONVENTION)
    return _party(world, host, party, fact)


def by_convention(share: Share) -> bool:
    """Whether an organisation is taken to perform an activity only because such a service usually takes it on."""
    return share.fact.doubt is _CONVENTION


def _of_offer(world: "World", performer: "Performer", path: str, offer: "Offer") -> Share:
    fact = catalogued(path, performer.by, f"services.{offer.id}", offer.status)
    under = organisation_id(world, performer.under) if performer.under else None
    return Share(organisation_id(world, performer.by), under, fact, (path,) if fact.recalled else ())


def _party(world: "World", host: Subject, party: str, fact: Fact) -> Share:
    if party == "operator":
        return Share(operator(world), None, fact, () if operator(world) else ("application.operator",))
    provider = host.record.values.get("provider")
    return Share(provider_of(world, host), None, fact, () if provider else (f"{host.path}.provider",))


def provider_of(world: "World", host: Subject) -> str:
    """The organisation that provides a host, or "" where nobody says."""
    said = host.record.values.get("provider")
    return organisation_id(world, str(said)) if said is not None else ""


def _administrators(world: "World", host: Subject, already: tuple[Share, ...]) -> tuple[Share, ...]:
    """Those who run the components here for the operator: administering is an activity of its own, under whichever contract."""
    contracted = world.once("managed services", _managed_services)
    known, found = {share.by for share in already}, dict[str, Share]()
    for component in components_on(world, host.id):
        for each in accessors(world, component):
            name = organisation_id(world, each.organisation)
            if each.reads_only or name in known or name in found:
                continue
            if name in contracted:
                found[name] = Share(name, None, each.fact._replace(doubt=_UNDER_CONTRACT), via=contracted[name])
            elif name not in (operator(world), provider_of(world, host)) and not (under := is_subcontractor(world, host, name)):
                asked = ("hosts",) if under is False else (f"{host.path}.subcontractors", "hosts")
                found[name] = Share(name, None, each.fact._replace(doubt=_UNDER_NONE), asked)
    return tuple(found.values())


def _under_own_contract(world: "World", host: Subject, share: Share) -> Share:
    """Who is said to administer here and is neither the provider nor under it comes by its contract of managed services, if it has one."""
    contract = world.once("managed services", _managed_services).get(share.by)
    another = share.under not in (None, share.by)
    if contract is None or another or share.by == provider_of(world, host) or is_subcontractor(world, host, share.by):
        return share
    return share._replace(via=contract)


def _managed_services(world: "World") -> dict[str, Subject]:
    served = (host for host in world.subjects("host") if host.record.values.get("service") == "managed-services")
    return {provider_of(world, host): host for host in served}


def rests_on(world: "World", host: Subject) -> Fact:
    """The subcontractors of a host: those declared, then those the catalogue knows of the offer and of the region."""
    path, said = f"{host.path}.subcontractors", host.fact("subcontractors")
    declared = {organisation_id(world, str(item)): said for item in said.value} if isinstance(said.value, tuple) else {}
    offer, region = _only_offer(world, host), _region(world, host)
    found = {**_known_of_region(path, region), **_known_of_offer(path, offer), **declared}
    closed = said.value is False or isinstance(said.value, tuple) or (offer is not None and _closes(offer))
    items = tuple(fact._replace(path=path, value=Named.of(name, world, ORGANISATION)) for name, fact in found.items())
    return Fact(f"{host.path}.subcontractors_all", items if closed else (*items, unknown(path, mark=host.record.mark)), Origin.DERIVED)


def _only_offer(world: "World", host: Subject) -> "Offer | None":
    offers = offers_for(world, host)
    return offers[0] if len(offers) == 1 else None


def _closes(offer: "Offer") -> bool:
    return offer.subcontractors is not None and offer.subcontractors_status != "recalled"


def _known_of_offer(path: str, offer: "Offer | None") -> dict[str, Fact]:
    if offer is None:
        return {}
    return {name: catalogued(path, name, f"services.{offer.id}", offer.subcontractors_status) for name in offer.subcontractors or ()}


def _known_of_region(path: str, region: "Region | None") -> dict[str, Fact]:
    if region is None:
        return {}
    return {name: catalogued(path, name, f"regions.{region.organisation}.{region.code}", region.status) for name in region.rests_on or ()}


def _region(world: "World", host: Subject) -> "Region | None":
    code = host.record.values.get("region")
    return world.catalogue.region(str(host.record.values.get("provider", "")), str(code)) if code is not None else None


def is_subcontractor(world: "World", host: Subject, organisation: str) -> bool | None:
    """Whether an organisation is a subcontractor of a host; None where nobody says who they are."""
    listed = host.fact("subcontractors_all").value
    items = [item for item in listed if isinstance(item, Fact)] if isinstance(listed, tuple) else []
    if any(str(item.value) == organisation and not item.recalled for item in items if item.value is not UNKNOWN):
        return True
    return None if any(item.value is UNKNOWN or str(item.value) == organisation for item in items) else False


DERIVATIONS = {("host", "subcontractors_all"): rests_on}
