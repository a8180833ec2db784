"""What components and hosts hold, in the words that rules turn on: personal data, health data, data in the scope of HDS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.format.writing import ORGANISATION
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import some, undecided
from hds_audit.resolve.flows import carried
from hds_audit.resolve.graph import (
    accessible_to,
    accessors,
    carrying,
    components_on,
    ends,
    host_of,
    keepers,
    organisation_id,
    perhaps_on,
    reaching,
)
from hds_audit.resolve.holdings import Holding, Role, components, emptied, holding
from hds_audit.resolve.scope import any_datum
from hds_audit.resolve.things import Named, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

ALL: tuple[Role, ...] = ("stores", "processes", "relays")
_UNPLACED = Text(
    "which host a component runs on is not said, and it may be this one",
    "l'hébergeur d'un composant n'est pas indiqué, et ce peut être celui-ci",
)
_RELAYING = Text(
    "it only passes the data on: whether that is hosting is debated",
    "il ne fait que transmettre les données : que ce soit de l'hébergement est débattu",
)
_SENT = Text(
    "data in the scope of HDS are sent to it: describe as a component what it keeps of them",
    "des données du champ HDS lui sont envoyées : décrivez comme composant ce qu'il en conserve",
)
_INFERENCE = Text(
    "transient inference: hosting only if prompts or answers are kept, which has to be said under `stores`",
    "inférence passagère : hébergement seulement si les requêtes ou réponses sont conservées, à dire sous `stores`",
)
_KEEPS_NOTHING = Text(
    "transient inference that keeps nothing: whether answering alone is hosting is debated",
    "inférence passagère qui ne conserve rien : que répondre seulement soit héberger est débattu",
)
_BROUGHT = Text(
    "a flow brings it such data, which it is not said to store, process or relay",
    "un flux lui apporte de telles données, qu'il n'est pas dit conserver, traiter ni transmettre",
)
_MAY_BE_SENT = Text(
    "no component stands on it and no flow is described: what it is sent is not said",
    "aucun composant ne s'y trouve et aucun flux n'est décrit : ce qui lui est envoyé n'est pas indiqué",
)
_SENT_NOTHING = frozenset({"managed-services", "key-management", "source-code"})  # what they are under contract for is not to be sent data
_QUALITY = {
    "handles_personal_data": "is_personal",
    "handles_health_data": "is_health_data",
    "handles_hds_data": "hds_scope",
    "holds_hds_data": "hds_scope",
}
_KEEPS = frozenset({"database", "object-storage", "file-storage", "search", "backup", "log"})  # kinds that are there to keep what they get
_BY_ACCESS = frozenset({"managed-services", "support-desk"})


def _holds(quality: str, name: str, *roles: Role) -> Derivation:
    def derive(world: World, component: Subject) -> Fact:
        return any_datum(world, quality, f"{component.path}.{name}", holding(world, component.id, *roles))

    return derive


def _stores_of(quality: str, name: str) -> Derivation:
    """Held in store; what a flow brings to a kind that is there to keep it, and that its lists have no place for, is asked."""
    own = _holds(quality, name, "stores")

    def derive(world: World, component: Subject) -> Fact:
        held = own(world, component)
        if held.value is not False or component.record.values.get("kind") not in _KEEPS:
            return held
        brought = _brought(world, component, held.path, quality)
        return some(held.path, [held, *brought]) if brought else held

    return derive


def _handles(quality: str, name: str) -> Derivation:
    """Held in any role, or carried by a flow that starts or ends at the component; what one perhaps brings is asked."""
    own, carries = _holds(quality, name, *ALL), f"carries_{name.removeprefix('handles_').removesuffix('_data')}"

    def derive(world: World, component: Subject) -> Fact:
        held = own(world, component)
        if held.value is True:
            return held
        index = ends(world)
        flows = (*index.ending.get(component.id, ()), *index.starting.get(component.id, ()))
        carried = next((fact for flow in flows if (fact := flow.fact(carries)).value is True), None)
        if carried:
            return derived(held.path, True, carried)
        brought = _brought(world, component, held.path, quality) if held.value is False else ()
        return some(held.path, [held, *brought]) if brought else held

    return derive


def handles_hds(world: World, component: Subject) -> Fact:
    """Stores, copies or processes; relaying alone and transient inference are debated, so unknown."""
    path = f"{component.path}.handles_hds_data"
    stores, processes = component.fact("holds_hds_data"), component.fact("processes_hds_data")
    if processes.value is True and is_inference(world, component):
        said = _KEEPS_NOTHING if component.record.values.get("stores") == () else _INFERENCE
        processes = undecided(path, [processes], f"{component.path}.stores", doubt=said, sure=Confidence.LOW)
    relays = any_datum(world, "hds_scope", path, holding(world, component.id, "relays"))
    if relays.value is True:
        relays = undecided(path, [relays], f"{component.path}.processes", doubt=_RELAYING, sure=Confidence.LOW)
    return some(path, [stores, processes, relays, *_brought(world, component, path, "hds_scope")])


def _brought(world: World, component: Subject, path: str, quality: str) -> tuple[Fact, ...]:
    """What flows bring to a component whose lists have no place for it: it cannot get data and do nothing with them."""
    held, bare = holding(world, component.id, *ALL), emptied(world, component)
    if held.missing or (bare and component.fact("masking").value not in (UNKNOWN, False)):
        return ()
    flows = [flow for flow in ends(world).ending.get(component.id, ()) if not bare or _from_real(world, flow)]
    strange = [Holding(tuple(name for name in carried(flow).data if name not in held.data)) for flow in flows]
    found = [any_datum(world, quality, path, each) for each in strange if each.data]
    role = "stores" if component.record.values.get("kind") in _KEEPS else "processes"
    asked = f"{component.path}.{'environment' if bare else role}"
    return tuple(undecided(path, [fact], asked, doubt=_BROUGHT) for fact in found if fact.value is not False)


def _from_real(world: World, flow: Subject) -> bool:
    """Whether a flow leaves a component whose environment has real data, as far as is said."""
    start = components(world).get(str(flow.record.values.get("from")))
    return start is not None and not emptied(world, start)


def is_inference(world: World, component: Subject) -> bool:
    """Whether a component answers prompts: by its kind or its host's service."""
    host = host_of(world, component)
    return component.record.values.get("kind") == "ai" or (host is not None and host.record.values.get("service") == "ai-inference")


def _stores_all(world: World, component: Subject) -> Fact:
    """The data a component stores, copies included; the list stays open where somebody left something out."""
    held, path = holding(world, component.id, "stores"), f"{component.path}.stores_all"
    return _listing(path, held)


def _held_data(world: World, component: Subject) -> Fact:
    return _listing(f"{component.path}.data", holding(world, component.id, *ALL))


def _listing(path: str, held: Holding) -> Fact:
    if not held.data and held.missing:
        return unknown(path, *held.missing, because=held.facts)
    open_ends = tuple(unknown(name) for name in held.missing)
    return Fact(path, (*held.data, *open_ends), Origin.DERIVED, because=held.facts)


def _components(world: World, host: Subject) -> Fact:
    return Fact(f"{host.path}.components", components_on(world, host.id), Origin.DERIVED)


def _on_host(name: str, path: str, world: World, host: Subject, extra: Iterable[Fact] = ()) -> Fact:
    """Whether one of the components on a host has a quality; where none has, the list of components is the ground."""
    here = host.fact("components")
    unplaced = [fact for each in perhaps_on(world, host) if (fact := _perhaps(each, name)) is not None]
    own = [component.fact(name) for component in components_on(world, host.id)]
    fact = some(f"{host.path}.{path}", [*own, *extra, *unplaced, *_unsaid(world, host, f"{host.path}.{path}", name)])
    return derived(fact.path, False, here) if fact.value is False else fact


def _unsaid(world: World, host: Subject, path: str, name: str) -> tuple[Fact, ...]:
    """What a section that nobody wrote leaves open: which components stand on the host or, where none does, what it is sent."""
    written, quality = world.description.root.values, _QUALITY[name]
    data = world.subjects("data")
    if written.get("data", True) is not True and all(datum.fact(quality).value is False for datum in data):
        return ()
    if written.get("components", True) is True:
        return (unknown(path, "components"),)
    silent = written.get("flows", True) is True and name.startswith("handles_") and host.record.values.get("service") not in _SENT_NOTHING
    return (unknown(path, "flows", doubt=_MAY_BE_SENT),) if silent and not components_on(world, host.id) else ()


def _perhaps(component: Subject, name: str) -> Fact | None:
    """What a component without a host brings to each that it may run on: a doubt, where it has the quality or may have it."""
    said = component.fact(name)
    host = f"{component.path}.host"
    return undecided(said.path, [said], host, doubt=_UNPLACED) if said.value is not False else None


def _hosts_hds(world: World, host: Subject) -> Fact:
    return _on_host("holds_hds_data", "hosts_hds_data", world, host)


def _host_handles_hds(world: World, host: Subject) -> Fact:
    """Its components', and what is sent to it: nobody says what a service keeps of it, until a component says that it keeps nothing."""
    told = any(component.record.values.get("stores") == () for component in components_on(world, host.id))
    sent = [] if told else [each.fact("carries_hds") for each in (*reaching(world, host), *_messages(world, host))]
    path = f"{host.path}.handles_hds_data"
    debated = [undecided(path, [fact], "components", doubt=_SENT, sure=Confidence.LOW) for fact in sent if fact.value is True]
    silent = [fact for fact in sent if fact.value is UNKNOWN]
    return _on_host("handles_hds_data", "handles_hds_data", world, host, [*debated, *silent])


def _host_handles(name: str, carries: str, path: str) -> Derivation:
    """Its components', what is sent to it and, for a service that only comes in to administer, what it has access to."""

    def derive(world: World, host: Subject) -> Fact:
        sent = [each.fact(carries) for each in (*reaching(world, host), *_messages(world, host))]
        return _on_host(name, path, world, host, [*sent, *_reached(world, host, name, f"{host.path}.{path}")])

    return derive


def _messages(world: World, host: Subject) -> tuple[Subject, ...]:
    """The messages that a host sends: it gets what they carry. A sender is looked for as a component first."""
    return world.once("messages by host", _by_sender).get(host.id, ())


def _by_sender(world: World) -> Mapping[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for template in world.subjects("template"):
        sender = template.record.values.get("sender")
        if isinstance(sender, str) and sender not in components(world):
            found.setdefault(sender, []).append(template)
    return {name: tuple(sent) for name, sent in found.items()}


def _reached(world: World, host: Subject, name: str, path: str) -> list[Fact]:
    """What who comes in to administer has access to; where its name or the service is left out, that is to be said first."""
    provider, service = host.record.values.get("provider"), host.record.values.get("service")
    if provider is None:
        return [unknown(path, f"{host.path}.provider")] if service in _BY_ACCESS else []
    if service is not None and service not in _BY_ACCESS:
        return []
    facts = [component.fact(name) for component in accessible_to(world, str(provider))]
    return facts if service else [undecided(path, [fact], f"{host.path}.service") for fact in facts if fact.value is not False]


def _receives(world: World, datum: Subject) -> Fact:
    """The organisations that get a datum: providers of the hosts where it is or is sent, administrators, readers."""
    index, names = keepers(world), dict[str, None]()
    for component in {subject.id: subject for role in ALL for subject in index.of[role].get(datum.id, ())}.values():
        host = host_of(world, component)
        providers = [str(host.record.values["provider"])] if host and "provider" in host.record.values else []
        names.update(dict.fromkeys(organisation_id(world, name) for name in providers))
        names.update(dict.fromkeys(organisation_id(world, each.organisation) for each in accessors(world, component)))
    sent = (flow.fact("to_organisation").value for flow in carrying(world, datum.id))
    names.update(dict.fromkeys(organisation_id(world, to) for to in sent if isinstance(to, str)))
    return Fact(f"{datum.path}.receives", tuple(Named.of(name, world, ORGANISATION) for name in names), Origin.DERIVED)


DERIVATIONS = {
    ("component", "stores_all"): _stores_all,
    ("component", "data"): _held_data,
    ("component", "holds_hds_data"): _stores_of("hds_scope", "holds_hds_data"),
    ("component", "processes_hds_data"): _holds("hds_scope", "processes_hds_data", "processes"),
    ("component", "handles_hds_data"): handles_hds,
    ("component", "holds_health_data"): _stores_of("is_health_data", "holds_health_data"),
    ("component", "handles_health_data"): _handles("is_health_data", "handles_health_data"),
    ("component", "holds_personal_data"): _stores_of("is_personal", "holds_personal_data"),
    ("component", "handles_personal_data"): _handles("is_personal", "handles_personal_data"),
    ("host", "components"): _components,
    ("host", "hosts_hds_data"): _hosts_hds,
    ("host", "handles_hds_data"): _host_handles_hds,
    ("host", "handles_health_data"): _host_handles("handles_health_data", "carries_health", "handles_health_data"),
    ("host", "handles_personal_data"): _host_handles("handles_personal_data", "carries_personal", "handles_personal_data"),
    ("host", "receives_personal_data"): _host_handles("handles_personal_data", "carries_personal", "receives_personal_data"),
    ("data", "receives"): _receives,
}
