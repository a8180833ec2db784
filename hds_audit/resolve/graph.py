"""The description as a graph: what runs on each host, what stores each datum, which flows end where."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.fact import Fact
from hds_audit.model.record import Record
from hds_audit.model.values import Day
from hds_audit.resolve.holdings import Role, components, holding
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_RUNS = frozenset({  # services that components run on
    "on-premises", "housing", "bare-metal", "iaas", "managed-kubernetes", "paas",
    "managed-database", "object-storage", "backup", "archiving", "saas",
})  # fmt: skip


def hosts(world: "World") -> Mapping[str, Subject]:
    """Every host by its identifier."""
    return world.once("hosts by name", lambda _: {subject.id: subject for subject in world.subjects("host")})


def host_of(world: "World", component: Subject) -> Subject | None:
    """The host that a component runs on, where it is said."""
    return hosts(world).get(str(component.record.values.get("host", "")))


def components_on(world: "World", host: str) -> tuple[Subject, ...]:
    """The audited components on a host, in the order of the description."""
    return world.once("components by host", _by_host).get(host, ())


def _by_host(world: "World") -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for subject in world.subjects("component"):
        found.setdefault(str(subject.record.values.get("host", "")), []).append(subject)
    return {host: tuple(subjects) for host, subjects in found.items()}


def perhaps_on(world: "World", host: Subject) -> tuple[Subject, ...]:
    """The components of which nobody says where they run, for a host that things run on."""
    service = host.record.values.get("service")
    return world.once("components without a host", _unplaced) if service is None or service in _RUNS else ()


def _unplaced(world: "World") -> tuple[Subject, ...]:
    return tuple(subject for subject in world.subjects("component") if "host" not in subject.record.values)


class Keepers(NamedTuple):
    """The components that store, process or relay each datum, and those of which nobody says what they hold."""

    of: Mapping[Role, Mapping[str, tuple[Subject, ...]]]
    silent: tuple[Subject, ...]


def keepers(world: "World") -> Keepers:
    """Who keeps what, as an index."""
    return world.once("keepers", _keepers)


def _keepers(world: "World") -> Keepers:
    found: dict[Role, dict[str, list[Subject]]] = {"stores": {}, "processes": {}, "relays": {}}
    silent: list[Subject] = []
    for subject in world.subjects("component"):
        for role, by_datum in found.items():
            for name in holding(world, subject.id, role).data:
                by_datum.setdefault(name, []).append(subject)
        if holding(world, subject.id, "stores").missing:
            silent.append(subject)
    of = {role: {name: tuple(subjects) for name, subjects in by_datum.items()} for role, by_datum in found.items()}
    return Keepers(of, tuple(silent))


class Ends(NamedTuple):
    """The flows of that day by where they start and where they end."""

    starting: Mapping[str, tuple[Subject, ...]]
    ending: Mapping[str, tuple[Subject, ...]]


def ends(world: "World") -> Ends:
    """The flows by their ends; those that have not begun or are over are left out."""
    return world.once("flows by ends", _ends)


def _ends(world: "World") -> Ends:
    starting: dict[str, list[Subject]] = {}
    ending: dict[str, list[Subject]] = {}
    for flow in world.subjects("flow"):
        if flows_on(flow, world.as_of) is not False:
            starting.setdefault(str(flow.record.values.get("from", "")), []).append(flow)
            ending.setdefault(str(flow.record.values.get("to", "")), []).append(flow)
    return Ends({name: tuple(found) for name, found in starting.items()}, {name: tuple(found) for name, found in ending.items()})


def reaching(world: "World", host: Subject) -> tuple[Subject, ...]:
    """The flows of that day that end at a host, or whose encryption it ends on the way: it reads what they carry."""
    terminated = world.once("flows by who ends their encryption", _terminated)
    provider = host.record.values.get("provider") if host.record.values.get("service") == "cdn" else None
    named = (host.id, *((organisation_id(world, str(provider)),) if provider else ()))
    found = (*ends(world).ending.get(host.id, ()), *(flow for name in named for flow in terminated.get(name, ())))
    return tuple({flow.id: flow for flow in found}.values())


def _terminated(world: "World") -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for flows in ends(world).ending.values():
        for flow in flows:
            said = flow.record.values.get("terminated_by")
            for name in said if isinstance(said, tuple) else ():
                key = str(name) if str(name) in hosts(world) else organisation_id(world, str(name))
                found.setdefault(key, []).append(flow)
    return {name: tuple(flows) for name, flows in found.items()}


def carrying(world: "World", datum: str) -> tuple[Subject, ...]:
    """The flows of that day that carry a datum."""
    return world.once("flows by datum", _carrying).get(datum, ())


def _carrying(world: "World") -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for flows in ends(world).ending.values():
        for flow in flows:
            carried = flow.record.values.get("data")
            for name in carried if isinstance(carried, tuple) else ():
                found.setdefault(str(name), []).append(flow)
    return {name: tuple(flows) for name, flows in found.items()}


def flows_on(flow: Subject, on: date) -> bool | None:
    """Whether data flow that day, from the first day to the last included; None inside a month that is not said further."""
    began, over = flow.record.values.get("started"), flow.record.values.get("ended")
    if (isinstance(began, Day) and on < began.first) or (isinstance(over, Day) and on > over.last):
        return False
    began_then = isinstance(began, Day) and on < began.last
    over_then = isinstance(over, Day) and over.first < over.last and on >= over.first
    return None if began_then or over_then else True


def copies_of(world: "World", component: str) -> tuple[Subject, ...]:
    """The components declared as its backups or replicas."""
    return world.once("copies", _copies).get(component, ())


def _copies(world: "World") -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for subject in components(world).values():
        copied = subject.record.values.get("copy_of")
        for name in copied if isinstance(copied, tuple) else ():
            found.setdefault(str(name), []).append(subject)
    return {name: tuple(subjects) for name, subjects in found.items()}


class Accessor(NamedTuple):
    """An organisation that administers a component or reads its data, with the mapping that says so."""

    organisation: str
    reads_only: bool
    component: Subject
    record: Record
    fact: Fact


def accessors(world: "World", component: Subject) -> tuple[Accessor, ...]:
    """Those named of one component; what is left out is not in it."""
    return world.once(("accessors", component.id), lambda _: _accessors(component))


def administrators(world: "World", component: Subject) -> frozenset[str]:
    """The organisations named as administering a component."""
    named = (each for each in accessors(world, component) if not each.reads_only)
    return world.once(("administrators", component.id), lambda _: frozenset(organisation_id(world, each.organisation) for each in named))


def _accessors(component: Subject) -> tuple[Accessor, ...]:
    found: list[Accessor] = []
    for name in ("administrators", "readers"):
        listed = component.record.values.get(name)
        if isinstance(listed, tuple):
            fact, records = component.fact(name), [item for item in listed if isinstance(item, Record)]
            found.extend(Accessor(str(each.values.get("organisation", "")), name == "readers", component, each, fact) for each in records)
    return tuple(found)


def accessible_to(world: "World", organisation: str) -> tuple[Subject, ...]:
    """The audited components that an organisation administers or reads."""
    return world.once("components by accessor", _by_accessor).get(organisation_id(world, organisation), ())


def _by_accessor(world: "World") -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, dict[str, Subject]] = {}
    for subject in world.subjects("component"):
        for each in accessors(world, subject):
            found.setdefault(organisation_id(world, each.organisation), {})[subject.id] = subject
    return {name: tuple(subjects.values()) for name, subjects in found.items()}


def organisation_id(world: "World", name: str) -> str:
    """One identifier for an organisation, whichever of its names is used; what the description declares keeps its own."""
    if name in world.description.section("organisations"):
        return name
    known = world.catalogue.organisation(name)
    return world.once("declared under another name", _renamed).get(known.id, known.id) if known else name


def _renamed(world: "World") -> Mapping[str, str]:
    """Organisations of the catalogue that the description declares under one of their other names, by their identifier."""
    named = ((world.catalogue.organisation(name), name) for name in reversed(tuple(world.description.section("organisations"))))
    return {known.id: name for known, name in named if known}


def operator(world: "World") -> str:
    """The organisation that operates the application, or "" where nobody says."""
    application = world.description.root.values.get("application")
    said = application.values.get("operator") if isinstance(application, Record) else None
    return organisation_id(world, said) if isinstance(said, str) else ""
