"""Transfers outside the EEA: accesses from abroad, what is sent there, where it lies, and on which basis of GDPR chapter V."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.catalogued import Span
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.model.values import Day
from hds_audit.resolve.connectives import some, undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.graph import accessors, host_of, hosts, organisation_id
from hds_audit.resolve.performers import provider_of
from hds_audit.resolve.places import country_fact, in_eea
from hds_audit.resolve.things import Named, Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_AMERICAN = {"privacy-shield": Span(date(2016, 7, 12), date(2020, 7, 16)), "dpf": Span(date(2023, 7, 10), None)}
_SAFEGUARDS = {"scc": Span(date(2001, 6, 15), None), "bcr": Span(None, None)}
_SCHREMS_II = date(2020, 7, 16)  # since C-311/18 safeguards suppose an assessment of the country's law
_ARTICLES = {"adequacy": "45", "dpf": "45", "privacy-shield": "45", "scc": "46", "bcr": "46", "derogation": "49"}
_CERTIFIED_ONLY = Text(
    "covers only importers that certified themselves, which has to be checked on the public list; an appeal is pending",
    "ne vaut que pour les importateurs auto-certifiés, à vérifier sur la liste publique ; un pourvoi est pendant",
)
_PENDING = Text(
    "the importer's entry on the list is as declared, and an appeal against the decision is pending",
    "l'inscription de l'importateur sur la liste est celle qui est déclarée, et un pourvoi contre la décision est pendant",
)
_PARTIAL = Text(
    "the adequacy decision covers a part of the country's importers only",
    "la décision d'adéquation ne couvre qu'une partie des importateurs",
)
_ELSEWHERE = Text(
    "somebody administers or reads from there, and no list of accesses states this one with its basis",
    "quelqu'un administre ou lit depuis ce pays, et aucune liste d'accès n'indique celui-ci ni son fondement",
)


class Abroad(NamedTuple):
    """One access from, or transfer to, a country; `record` is what the description says of it."""

    way: str
    path: str
    organisation: str
    country: Fact
    record: Part | None
    fact: Fact
    ask: str = ""  # where its basis is to be stated, when no record does


def _outside(world: "World", host: Subject) -> Fact:
    """Every access, transfer and place outside the EEA of a host, and what nobody says of them."""
    return _listing(f"{host.path}.outside_eea", world, [*_declared(world, host), *_places(world, host)], _open(host))


def _listing(path: str, world: "World", found: list[Abroad], open_ends: list[Fact]) -> Fact:
    """Those outside the EEA, those of which that is not known or known from memory only, and what is open."""
    named = [(each, in_eea(world, f"{each.path}.in_eea", each.country)) for each in found]
    kept = tuple(_element(world, each, place) for each, place in named if place.value is not True or place.recalled)
    return Fact(path, (*kept, *open_ends), Origin.DERIVED)


def _open(host: Subject) -> list[Fact]:
    said = [host.fact(name) for name in ("remote_access", "transfers")]
    return [unknown(fact.path, mark=fact.mark) for fact in said if fact.value is UNKNOWN or fact.value is True]


def _declared(world: "World", host: Subject) -> Iterator[Abroad]:
    for name, way in (("remote_access", "access"), ("transfers", "transfer")):
        said = host.fact(name)
        for item in said.value if isinstance(said.value, tuple) else ():
            if isinstance(item, Part):
                organisation = str(item.record.values.get("organisation", host.record.values.get("provider", "")))
                yield Abroad(way, item.path, organisation_id(world, organisation), _country(world, item), item, said)


def _country(world: "World", item: Part) -> Fact:
    said = item.fact("country")
    return country_fact(world, said) if said.known else said


def _places(world: "World", host: Subject) -> Iterator[Abroad]:
    """Where it keeps data outside the EEA, or may since nobody says where; the basis is that of the transfer to the same country."""
    places = host.fact("places").value
    stated = host.fact("transfers").value
    transfers = [item for item in stated if isinstance(item, Part)] if isinstance(stated, tuple) else []
    for fact in places if isinstance(places, tuple) else ():
        if isinstance(fact, Fact):
            same = next((item for item in transfers if fact.known and item.record.values.get("country") == fact.value), None)
            if same is None:
                provider = organisation_id(world, str(host.record.values.get("provider", "")))
                yield Abroad("storage", f"{host.path}.transfers", provider, fact, None, fact)


def _element(world: "World", each: Abroad, place: Fact) -> Element:
    basis = each.record.fact("basis") if each.record else _unwritten(each)
    valid = _valid(world, each, basis)
    named = {
        "id": f"{each.organisation} ({each.country.value if each.country.known else '?'})",
        "organisation": each.organisation,
        "way": each.way,
    }
    facts = {name: Fact(f"{each.path}.{name}", value, Origin.DERIVED, because=(each.fact,)) for name, value in named.items()}
    said = {
        name: each.record.fact(name) if each.record else unknown(f"{each.path}.{name}", each.path)
        for name in ("assessed", "told", "measures")
    }
    worked_out = {
        "country": each.country,
        "in_eea": place,
        "basis": basis,
        "basis_valid": valid,
        "adequate": _adequate(world, each),
        "article": _article(world, each, basis),
        "accepted_by_hds": _accepted(each, basis, valid),
        "needs_assessment": _needs_assessment(world, each, basis),
    }
    return Element(each.path, {**facts, **said, **worked_out})


def _unwritten(each: Abroad) -> Fact:
    """Nobody stated the basis; where the place is not known either, that is to be said first."""
    asked = (each.ask or each.path,) if each.country.known else each.country.missing
    return unknown(f"{each.path}.basis", *asked, because=(each.fact,), doubt=_ELSEWHERE if each.ask else _kept_there(each))


def _kept_there(each: Abroad) -> Text | None:
    """Data kept in a country are a transfer to it, whatever the list of transfers leaves out."""
    if each.way != "storage" or not each.country.known:
        return None
    where = str(each.country.value)
    return Text(
        f"data are kept in {where}: that is a transfer, and no entry for this country gives its basis",
        f"des données sont conservées dans le pays {where} : c'est un transfert, et aucune entrée pour ce pays n'en donne le fondement",
    )


def _adequate(world: "World", each: Abroad) -> Fact:
    """Whether the country has an adequacy decision that day: yes, partial or no."""
    path = f"{each.path}.adequate"
    found = world.catalogue.adequate(str(each.country.value), world.as_of) if each.country.known else None
    return undecided(path, [each.country]) if found is None else derived(path, found.answer, each.country)


def _valid(world: "World", each: Abroad, basis: Fact) -> Fact:
    """Whether the transfer has a basis in force that day; a country wholly adequate needs no other."""
    path, adequate = f"{each.path}.basis_valid", _adequate(world, each)
    if adequate.value == "yes" and basis.value != "none":
        return derived(path, True, adequate)
    if basis.value is UNKNOWN:
        return undecided(path, [basis])
    match str(basis.value):
        case "adequacy":
            return _by_adequacy(path, each, adequate, basis)
        case "dpf" | "privacy-shield" as name:
            return _listed(path, each, _american(world, path, each.country, basis, _AMERICAN[name]))
        case "scc" | "bcr" as name:
            return derived(path, _SAFEGUARDS[name].holds(world.as_of), basis)
        case "derogation":
            asked = Text("a derogation is read narrowly, case by case", "une dérogation s'interprète strictement, au cas par cas")
            return undecided(path, [basis], basis.path, doubt=asked, sure=Confidence.LOW)
        case _:
            return derived(path, False, basis)


def _by_adequacy(path: str, each: Abroad, adequate: Fact, basis: Fact) -> Fact:
    """A decision that covers some importers only holds for one that was looked at; for the United States the basis itself says which."""
    if adequate.value == "partial":
        looked = each.record.fact("assessed") if each.record and each.country.value != "US" else basis
        if looked is not basis and isinstance(looked.value, Day):
            return derived(path, True, basis, adequate, looked)._replace(confidence=Confidence.MEDIUM, doubt=_PARTIAL)
        return undecided(path, [basis, adequate], looked.path, doubt=_PARTIAL, sure=Confidence.MEDIUM)
    return undecided(path, [adequate]) if adequate.value is UNKNOWN else derived(path, adequate.value == "yes", basis, adequate)


def _american(world: "World", path: str, country: Fact, basis: Fact, span: Span) -> Fact:
    """The Privacy Shield and the DPF speak of the United States only, and of importers that certified themselves."""
    if country.known and country.value != "US":
        return derived(path, False, basis, country)
    if not span.holds(world.as_of):
        return derived(path, False, basis)
    return derived(path, True, basis)._replace(confidence=Confidence.MEDIUM, doubt=_CERTIFIED_ONLY)


def _listed(path: str, each: Abroad, valid: Fact) -> Fact:
    """The framework of 2023 covers the importers on its public list: that this one is there is to have been looked up, on a day."""
    if valid.value is not True or each.record is None or each.record.fact("basis").value != "dpf":
        return valid
    looked = each.record.fact("assessed")
    if isinstance(looked.value, Day):
        return valid._replace(because=(*valid.because, looked), doubt=_PENDING)
    return undecided(path, [valid, looked], looked.path, doubt=_CERTIFIED_ONLY, sure=Confidence.MEDIUM)


def _article(world: "World", each: Abroad, basis: Fact) -> Fact:
    """The article of the GDPR on which it rests; False where it rests on none."""
    path = f"{each.path}.article"
    if basis.value is UNKNOWN and _adequate(world, each).value == "yes":
        return derived(path, "45", each.country)
    return undecided(path, [basis]) if basis.value is UNKNOWN else derived(path, _ARTICLES.get(str(basis.value), False), basis)


def _accepted(each: Abroad, basis: Fact, valid: Fact) -> Fact:
    """HDS EXI-29 takes an adequacy decision or safeguards, in force that day, and no derogation."""
    path = f"{each.path}.accepted_by_hds"
    if basis.value in ("derogation", "none"):
        return derived(path, False, basis)
    return undecided(path, [valid]) if valid.value is UNKNOWN else derived(path, valid.value, valid)


def _needs_assessment(world: "World", each: Abroad, basis: Fact) -> Fact:
    """Since July 2020 safeguards suppose that the country's law was assessed (C-311/18)."""
    path = f"{each.path}.needs_assessment"
    if basis.value is UNKNOWN:
        return undecided(path, [basis])
    return derived(path, basis.value in _SAFEGUARDS and world.as_of >= _SCHREMS_II, basis)


def _administrators(world: "World", component: Subject) -> Fact:
    """Those who administer it or read its data from outside the EEA, and those of whom nobody says from where."""
    path, found, open_ends = f"{component.path}.administrators_outside_eea", list[Abroad](), list[Fact]()
    host = host_of(world, component)
    for each in accessors(world, component):
        item = Part(world, each.record)
        said = item.fact("from")
        if not isinstance(said.value, tuple):
            open_ends.append(unknown(said.path, because=(each.fact,), mark=each.record.mark))
        for country in said.value if isinstance(said.value, tuple) else ():
            fact = country_fact(world, Fact(said.path, str(country), said.origin, said.mark))
            name = organisation_id(world, each.organisation)
            record, ask = _same_access(world, host, name, str(country))
            found.append(Abroad("access", item.path, name, fact, record, each.fact, ask))
    for name in ("administrators", "readers"):
        said = component.fact(name)
        open_ends += [unknown(said.path, mark=said.mark)] if said.value is UNKNOWN or said.value is True else []
    return _listing(path, world, found, open_ends)


def _same_access(world: "World", host: Subject | None, organisation: str, country: str) -> tuple[Part | None, str]:
    """What is said of this access by the host it reaches, or by the entry of who has it under contract; and else where to say it."""
    own = [each for each in hosts(world).values() if each is not host and provider_of(world, each) == organisation]
    places = [(each, name) for each in ([host] if host else []) + own for name in ("remote_access", "transfers")]
    for each, name in places:
        said = each.fact(name).value
        for item in said if isinstance(said, tuple) else ():
            if isinstance(item, Part) and item.record.values.get("country") == country and _of(world, item, each) == organisation:
                return item, ""
    asked = own[0] if own else host
    return None, f"{asked.path}.remote_access" if asked else ""


def _of(world: "World", item: Part, host: Subject) -> str:
    """Whose access or transfer it is: the provider's own where nobody is named."""
    named = item.fact("organisation").value
    return organisation_id(world, str(named)) if isinstance(named, Named) else provider_of(world, host)


def _has_transfers(world: "World", host: Subject) -> Fact:
    """Whether it has any access, transfer or place outside the EEA."""
    path, listed = f"{host.path}.has_transfers", host.fact("outside_eea")
    items = listed.value if isinstance(listed.value, tuple) else ()
    found = [item for item in items if isinstance(item, Element)]
    silent = [item for item in items if isinstance(item, Fact)]
    answers = [_is_outside(each, path) for each in found] + [undecided(path, [fact]) for fact in silent]
    return some(path, answers) if answers else derived(path, False, host.fact("remote_access"), host.fact("transfers"))


def _is_outside(each: Element, path: str) -> Fact:
    place = each.fact("in_eea")
    return undecided(path, [place]) if place.value is UNKNOWN else derived(path, place.value is False, place)


DERIVATIONS = {
    ("host", "outside_eea"): _outside,
    ("host", "has_transfers"): _has_transfers,
    ("component", "administrators_outside_eea"): _administrators,
}
