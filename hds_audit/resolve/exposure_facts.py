"""Exposures and custody, as rules read them: by component, host, datum, key and for the whole application."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from hds_audit.model.exposure import Exposure
from hds_audit.model.fact import UNKNOWN, Fact, Origin, unknown
from hds_audit.model.fields import Reference
from hds_audit.resolve.custody import grade, key_use, layer_uses, store_runners
from hds_audit.resolve.element import Element
from hds_audit.resolve.exposure import exposures, touches
from hds_audit.resolve.exposure_access import host_access
from hds_audit.resolve.exposure_data import concerned, covering
from hds_audit.resolve.exposure_elements import ExposureElement, TouchElement
from hds_audit.resolve.exposure_links import links
from hds_audit.resolve.exposure_places import BESIDE
from hds_audit.resolve.graph import accessible_to, components_on, host_of, keepers, operator, perhaps_on, reaching
from hds_audit.resolve.holdings import holding
from hds_audit.resolve.organisation_facts import law_facts
from hds_audit.resolve.organisations import profile
from hds_audit.resolve.performers import administered_by, provider_of
from hds_audit.resolve.things import Named, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_ORGANISATIONS = Reference(("organisations",))
_RANK = {"none": 0, "ciphertext": 1, "in-use": 2, "key-held": 3, "clear": 4}
_IN_USE = 2
_OTHERS = BESIDE | {"terminator"}  # those who come to a component otherwise than by its host

Index = Mapping[object, tuple[ExposureElement, ...]]
Chosen = Callable[["World", Subject], tuple[ExposureElement, ...]]


def _indexed(world: World, key: Callable[[Exposure], object]) -> Index:
    found: dict[object, list[ExposureElement]] = {}
    for each in exposures(world):
        found.setdefault(key(each), []).append(ExposureElement(world, each))
    return {name: tuple(listed) for name, listed in found.items()}


def _at(world: World, kind: str, place: str) -> tuple[ExposureElement, ...]:
    index = world.once("exposures by place", lambda _: _indexed(world, lambda each: (each.kind, each.component)))
    return index.get((kind, place), ())


def _of_component(world: World, subject: Subject) -> tuple[ExposureElement, ...]:
    return _at(world, "component", subject.id)


def _of_host(world: World, subject: Subject) -> tuple[ExposureElement, ...]:
    """What the host itself brings: on its components, by what it is sent, administers or ends the encryption of.

    Not those who operate or administer its components, or end the encryption of what reaches them, unless they run it.
    """
    own = {access.organisation for access in host_access(world, subject.id) if access.role not in BESIDE}
    upon = (element for component in components_on(world, subject.id) for element in _at(world, "component", component.id))
    kept = [each for each in upon if each.exposure.role not in _OTHERS or each.exposure.organisation in own]
    elsewhere = (element for name in _reaches(world, subject) for element in _at(world, "component", name))
    reached = [each for each in elsewhere if each.exposure.role in _OTHERS and each.exposure.organisation in own]
    return (*_at(world, "host", subject.id), *kept, *reached)


def _reaches(world: World, host: Subject) -> tuple[str, ...]:
    """The components elsewhere that it administers, or that a flow whose encryption it ends goes to."""
    ended = (str(flow.record.values.get("to")) for flow in reaching(world, host))
    found = dict.fromkeys((*(component.id for component in _administered(world, host)), *ended))
    here = {component.id for component in components_on(world, host.id)}
    return tuple(name for name in found if name not in here)


def _administered(world: World, contract: Subject) -> tuple[Subject, ...]:
    """What the provider of managed services administers, wherever it runs: by that contract, not by the host of the machines."""
    if contract.record.values.get("service") != "managed-services":
        return ()
    name = provider_of(world, contract)
    ran = (component for host in administered_by(world, name) for component in components_on(world, host.id))
    found = {component.id: component for component in (*accessible_to(world, name), *ran)}
    return tuple(component for component in found.values() if component.record.values.get("host") != contract.id)


def _of_data(world: World, subject: Subject) -> tuple[ExposureElement, ...]:
    return world.once("exposures by data", lambda _: _indexed(world, lambda each: each.data)).get(subject.id, ())


def _of_all(world: World, subject: Subject) -> tuple[ExposureElement, ...]:
    return world.once("exposure elements", lambda _: tuple(ExposureElement(world, each) for each in exposures(world)))


def _listed(chosen: Chosen) -> Callable[[World, Subject], Fact]:
    def derivation(world: World, subject: Subject) -> Fact:
        path, open_ends = f"{subject.path}.exposures", _unplaced(world, subject)
        return Fact(path, (*chosen(world, subject), *open_ends), Origin.DERIVED, because=_grounds(world, subject))

    return derivation


def _unplaced(world: World, subject: Subject) -> tuple[Fact, ...]:
    """What may be exposed beside what is.

    On a host by components of which nobody says where they run; of a component that processes to its operator, where none is named.
    """
    if subject.kind == "component" and not operator(world) and holding(world, subject.id, "processes").data:
        return (unknown(f"{subject.path}.exposures", "application.operator"),)
    perhaps = perhaps_on(world, subject) if subject.kind == "host" else ()
    handling = (each for each in perhaps if each.fact("handles_health_data").value is not False)
    return tuple(unknown(f"{subject.path}.exposures", f"{each.path}.host") for each in handling)


def _grounds(world: World, subject: Subject) -> tuple[Fact, ...]:
    """What the absence of an exposure rests on: the seats and parents of whoever runs the host."""
    host = subject if subject.kind == "host" else host_of(world, subject) if subject.kind == "component" else None
    names = dict.fromkeys(each.organisation for each in host_access(world, host.id) if each.organisation) if host else {}
    return tuple(fact for name in names for fact in (*profile(world, name).country, *profile(world, name).parents))


def _worst(chosen: Chosen, name: str, certainties: frozenset[str]) -> Callable[[World, Subject], Fact]:
    """The worst degree; what is unsure leaves it unknown, unless something is readable for sure anyway."""

    def derivation(world: World, subject: Subject) -> Fact:
        path, found = f"{subject.path}.{name}", chosen(world, subject)
        known = [each for each in found if _counts(each.exposure, certainties) and each.exposure.degree != "unknown"]
        worst = max(known, key=lambda each: _RANK[each.exposure.degree], default=None)
        if worst is not None and _RANK[worst.exposure.degree] >= _IN_USE:
            return worst.fact("degree")._replace(path=path)
        unsure = [each for each in found if each.exposure.certainty == "unknown" or _undecided(each.exposure, certainties)]
        if unsure:
            missing = dict.fromkeys(name for each in unsure for name in each.exposure.missing)
            return unknown(path, *missing, because=tuple(each.fact("degree") for each in unsure[:1]))
        return worst.fact("degree")._replace(path=path) if worst else Fact(path, "none", Origin.DERIVED, because=_grounds(world, subject))

    return derivation


def _counts(each: Exposure, certainties: frozenset[str]) -> bool:
    return each.certainty in certainties and not each.remembered


def _undecided(each: Exposure, certainties: frozenset[str]) -> bool:
    return each.degree == "unknown" and _counts(each, certainties)


def _readers(chosen: Chosen, name: str, certainties: frozenset[str], *, adequate: bool) -> Callable[[World, Subject], Fact]:
    """Who can read under such a link, each once; what may come to be so is an unknown element."""

    def derivation(world: World, subject: Subject) -> Fact:
        path, found = f"{subject.path}.{name}", dict[object, Fact]()
        for each in chosen(world, subject):
            if _counts(each.exposure, certainties) and _reads(each, adequate=adequate):
                who = Named.of(each.exposure.organisation, world, _ORGANISATIONS)
                found.setdefault(str(who), Fact(path, who, Origin.DERIVED, because=each.fact("degree").because))
            elif each.exposure.certainty == "unknown" or _undecided(each.exposure, certainties):
                found.setdefault(each.exposure.missing, unknown(path, *each.exposure.missing))
        return Fact(path, tuple(found.values()), Origin.DERIVED, because=_grounds(world, subject))

    return derivation


def _reads(each: ExposureElement, *, adequate: bool) -> bool:
    return each.fact("readable").value is True and (adequate or each.fact("adequate").value != "yes")


def _touched(select: Callable[[World, Subject], tuple[str, ...] | None], attribute: str) -> Callable[[World, Subject], Fact]:
    def derivation(world: World, subject: Subject) -> Fact:
        wanted, index = select(world, subject), world.once(("touches by", attribute), lambda _: _touch_index(world, attribute))
        names = index if wanted is None else [name for name in wanted if name in index]
        found = tuple(element for name in names for element in index[name])
        return Fact(f"{subject.path}.touched_by", found, Origin.DERIVED)

    return derivation


def _touch_index(world: World, attribute: str) -> Mapping[str, tuple[TouchElement, ...]]:
    found: dict[str, list[TouchElement]] = {}
    for each in touches(world):
        found.setdefault(each.data if attribute == "data" else each.component, []).append(TouchElement(world, each))
    return {name: tuple(listed) for name, listed in found.items()}


def _own(world: World, subject: Subject) -> tuple[str, ...] | None:
    return (subject.id,)


def _on_host(world: World, subject: Subject) -> tuple[str, ...] | None:
    upon = (component.id for component in components_on(world, subject.id))
    return tuple(dict.fromkeys((subject.id, *upon)))


def _everything(world: World, subject: Subject) -> tuple[str, ...] | None:
    return None


def _host_laws(name: str, *, non_adequate: bool) -> Callable[[World, Subject], Fact]:
    """The laws established for those who run the host, whatever they can read (HDS EXI-30)."""

    def derivation(world: World, subject: Subject) -> Fact:
        path, found = f"{subject.path}.{name}", dict[object, Fact]()
        for access in host_access(world, subject.id):
            if not access.organisation:
                found[access.missing] = unknown(path, *access.missing)
                continue
            kept = [link for link in links(world, access.organisation) if not (non_adequate and _adequate(world, link.country))]
            seats = profile(world, access.organisation).country
            for fact in law_facts(kept, path, "established"):
                found.setdefault(fact.value if fact.known else fact.missing, fact._replace(because=seats))
        return Fact(path, tuple(found.values()), Origin.DERIVED, because=_grounds(world, subject))

    return derivation


def _adequate(world: World, country: str) -> bool:
    answer = world.catalogue.adequate(country, world.as_of) if country else None
    return answer is not None and answer.answer == "yes"


def _usable_by(world: World, subject: Subject) -> Fact:
    path, use = f"{subject.path}.usable_by", key_use(world, subject.id)
    users = [Fact(path, Named.of(user.organisation, world, _ORGANISATIONS), Origin.DERIVED, user.mark) for user in use.users.values()]
    return Fact(path, (*users, *([unknown(path, *use.asked)] if use.asked else [])), Origin.DERIVED, subject.record.mark)


def _usable_laws(world: World, subject: Subject) -> Fact:
    path, use = f"{subject.path}.usable_laws", key_use(world, subject.id)
    found = {
        (fact.value if fact.known else fact.missing): fact
        for name in use.users
        for fact in law_facts(links(world, name), path, "established", "debated")
    }
    return Fact(path, (*found.values(), *([unknown(path, *use.asked)] if use.asked else [])), Origin.DERIVED, subject.record.mark)


def _provider_can_use(world: World, subject: Subject) -> Fact:
    """Whether whoever hosts what the key covers can use it."""
    path, use = f"{subject.path}.provider_can_use", key_use(world, subject.id)
    inside = store_runners(world, subject.id).intersection(use.users)
    because = (subject.fact("held_by"), subject.fact("managed_by"))
    if inside:
        return Fact(path, True, Origin.DERIVED, because=because)
    if not layer_uses(world).get(subject.id):
        return Fact(path, False, Origin.DERIVED, because=because)
    doubtful = [use.doubtful[name] for name in store_runners(world, subject.id).intersection(use.doubtful)]
    missing = (*use.missing, *dict.fromkeys(name for user in doubtful for name in user.missing))
    return unknown(path, *missing, because=because) if missing else Fact(path, False, Origin.DERIVED, because=because)


def _grade(world: World, subject: Subject) -> Fact:
    path, found = f"{subject.path}.grade", grade(world, subject.id)
    if found.value is None:
        return unknown(path, *found.missing, doubt=found.sentence)
    return Fact(path, found.value, Origin.DERIVED, because=(subject.fact("held_by"), subject.fact("place"), subject.fact("managed_by")))


def _component_grade(world: World, subject: Subject) -> Fact:
    """The least grade over the health data that a component stores: 0 where one lies bare."""
    stored = [name for name in holding(world, subject.id, "stores").data if name in concerned(world)]
    return _least(f"{subject.path}.custody_grade", [_datum_grade(world, subject, name) for name in stored])


def _data_grade(world: World, subject: Subject) -> Fact:
    stores = keepers(world).of["stores"].get(subject.id, ())
    return _least(f"{subject.path}.custody_grade", [_datum_grade(world, each, subject.id) for each in stores])


def _datum_grade(world: World, component: Subject, datum: str) -> Fact:
    """The best of the layers over one datum; one whose grade is unknown leaves the whole unknown."""
    path, stack = f"{component.path}.custody_grade", covering(component.record, datum)
    if stack.unsaid:
        return unknown(path, *stack.unsaid)
    grounds = component.fact("encryption")
    unnamed = [f"{layer.path}.key" for layer in stack.layers if "key" not in layer.values]
    keys = [str(layer.values["key"]) for layer in stack.layers if "key" in layer.values]
    grades = [grade(world, key, component.id) for key in keys]
    best = max((found.value for found in grades if found.value is not None), default=0)
    missing = (*unnamed, *(name for found in grades if found.value is None for name in found.missing))
    return unknown(path, *missing) if missing and best < 4 else Fact(path, best, Origin.DERIVED, because=(grounds,))


def _least(path: str, grades: Iterable[Fact]) -> Fact:
    listed = list(grades)
    known = [fact for fact in listed if isinstance(fact.value, int)]
    least = min(known, key=lambda fact: int(str(fact.value)), default=None)
    silent = [fact for fact in listed if fact.value is UNKNOWN]
    if silent and (least is None or least.value != 0):
        return unknown(path, *dict.fromkeys(name for fact in silent for name in fact.missing), because=tuple(silent))
    return least._replace(path=path) if least else Fact(path, False, Origin.DERIVED)


def _custody(world: World, subject: Subject) -> Fact:
    found = tuple(_custody_element(key) for key in world.subjects("key"))
    return Fact(f"{subject.path}.custody", found, Origin.DERIVED)


def _custody_element(key: Subject) -> Element:
    names = ("usable_by", "usable_laws", "grade", "provider_can_use")
    return Element(key.path, {"key": Fact(key.path, key.id, Origin.DERIVED), **{name: key.fact(name) for name in names}})


_SURE, _ARGUED = frozenset({"established"}), frozenset({"established", "debated"})

DERIVATIONS = {
    **{(kind, "exposures"): _listed(chosen) for kind, chosen in (
        ("component", _of_component), ("host", _of_host), ("data", _of_data), ("application", _of_all),
    )},
    **{(kind, "worst_degree"): _worst(chosen, "worst_degree", _SURE) for kind, chosen in (
        ("component", _of_component), ("host", _of_host), ("data", _of_data),
    )},
    **{(kind, "worst_debated_degree"): _worst(chosen, "worst_debated_degree", _ARGUED) for kind, chosen in (
        ("component", _of_component), ("host", _of_host), ("data", _of_data),
    )},
    **{(kind, "exposed_to"): _readers(chosen, "exposed_to", _SURE, adequate=False) for kind, chosen in (
        ("component", _of_component), ("host", _of_host), ("data", _of_data),
    )},
    **{(kind, "exposed_to_debated"): _readers(chosen, "exposed_to_debated", _ARGUED, adequate=True) for kind, chosen in (
        ("component", _of_component), ("host", _of_host), ("data", _of_data),
    )},
    ("component", "touched_by"): _touched(_own, "component"),
    ("host", "touched_by"): _touched(_on_host, "component"),
    ("data", "touched_by"): _touched(_own, "data"),
    ("application", "touched_by"): _touched(_everything, "data"),
    ("host", "laws"): _host_laws("laws", non_adequate=False),
    ("host", "non_adequate_laws"): _host_laws("non_adequate_laws", non_adequate=True),
    ("key", "usable_by"): _usable_by,
    ("key", "usable_laws"): _usable_laws,
    ("key", "provider_can_use"): _provider_can_use,
    ("key", "grade"): _grade,
    ("component", "custody_grade"): _component_grade,
    ("data", "custody_grade"): _data_grade,
    ("application", "custody"): _custody,
}  # fmt: skip
