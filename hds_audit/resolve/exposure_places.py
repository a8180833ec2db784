"""Places where a datum can be read: components that hold it, hosts that are sent it, and flows whose encryption ends on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import PlaceKind, Role, Step
from hds_audit.model.record import Record
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.exposure_access import Access, component_access, host_access, records
from hds_audit.resolve.exposure_data import concerned, covering, datum_step
from hds_audit.resolve.exposure_degrees import CLEAR, IN_USE, NONE, Bounds, Reader, Stack, lowest, through
from hds_audit.resolve.exposure_flows import Carried, carried, messages, readable, transfers
from hds_audit.resolve.holdings import ROLES, holding

if TYPE_CHECKING:
    from hds_audit.resolve.things import Subject
    from hds_audit.resolve.world import World

# Services that work on what they are sent: their provider has it in the clear, whatever it says of its disks.
SENT = frozenset({
    "email", "sms", "push", "health-messaging", "video", "analytics", "advertising", "error-monitoring", "logging", "support-desk",
    "payments", "source-code", "ai-inference", "saas",
})  # fmt: skip
BESIDE: frozenset[Role] = frozenset({"operator", "administrator", "reader"})  # those of the component, not of its host


class Stance(NamedTuple):
    """How a datum stands at a place: `fixed` bounds, or copies under layers; at rest only where `at_rest` says so.

    `groups` are alternatives of which the lowest counts; `doubt` is what to declare before the datum counts for sure.
    """

    steps: tuple[Step, ...]
    fixed: Bounds | None = None
    groups: tuple[tuple[Stack, ...], ...] = ()
    at_rest: bool = False
    doubt: tuple[str, ...] = ()

    def bounds(self, world: World, reader: Reader) -> Bounds:
        """What a reader can read here."""
        found = self.fixed or lowest([through(world, reader, stacks) for stacks in self.groups or ((),)])
        if asked := (*self.doubt, *reader.access.missing):
            return found._replace(least=NONE, missing=(*found.missing, *asked))
        return found


class Way(NamedTuple):
    """One access to one datum at one place."""

    access: Access
    stance: Stance


class Place(NamedTuple):
    """A component, or a host that is sent data, and every way to each datum there."""

    kind: PlaceKind
    id: str
    ways: Mapping[str, tuple[Way, ...]]


def places(world: World) -> tuple[Place, ...]:
    """Every place, components first, in the order of the description."""
    return world.once("exposure places", _places)


def _places(world: World) -> tuple[Place, ...]:
    found: dict[tuple[PlaceKind, str], dict[str, list[Way]]] = {}
    for subject in world.subjects("component"):
        accesses = component_access(world, subject.record)
        for datum, stance, roles in _component_stances(world, subject):
            chosen = [Way(each, stance) for each in accesses if _admits(each, datum, stance, roles)]
            found.setdefault(("component", subject.id), {}).setdefault(datum, []).extend(chosen)
    for kind, name, datum, way in _sent(world):
        if way.access.data is None or datum in way.access.data:
            found.setdefault((kind, name), {}).setdefault(datum, []).append(way)
    return tuple(Place(kind, name, {datum: tuple(ways) for datum, ways in data.items()}) for (kind, name), data in found.items())


def _admits(access: Access, datum: str, stance: Stance, roles: frozenset[Role] | None) -> bool:
    if access.data is not None and datum not in access.data:
        return False
    if access.at_rest_only and not stance.at_rest:
        return False
    return roles is None or access.role in roles


_Stood = tuple[str, Stance, frozenset[Role] | None]
_HOST_SIDE: frozenset[Role] = frozenset({"provider", "party", "subcontractor", "remote-access"})


def _component_stances(world: World, component: Subject) -> Iterator[_Stood]:
    host = records(world, "hosts").get(str(component.record.values.get("host", "")))
    service = host is not None and host.values.get("service") in SENT
    held = {role: holding(world, component.id, role) for role in ROLES}
    silent = [path for each in held.values() for path in each.missing]
    unlisted, every = carried(world).unlisted.get(component.id, {}), concerned(world)
    here = (name for each in held.values() for name in each.data)
    for datum in every if silent else dict.fromkeys(name for name in (*here, *unlisted) if name in every):
        start, doubt = datum_step(world, datum), every[datum]
        for role, each in held.items():
            if datum in each.data:
                asked = (*doubt, each.anonymous.path) if each.anonymous else doubt
                for stance, roles in _held(world, component, role, datum, service):
                    yield datum, stance._replace(steps=(start, *stance.steps), doubt=asked), roles
        if silent and not any(datum in each.data for each in held.values()):
            step = Step("component", component.id, words.SILENT, component.record.mark)
            yield datum, Stance((start, step, *_host_step(component)), _open(silent), at_rest=True, doubt=doubt), None
        for flow in unlisted.get(datum, ()):
            steps = (start, flow.step, Step("component", component.id, words.UNLISTED, component.record.mark), *_host_step(component))
            yield datum, Stance(steps, _open((f"{component.path}.processes",)), at_rest=True, doubt=doubt), None


def _open(missing: Iterable[str]) -> Bounds:
    return Bounds(NONE, CLEAR, tuple(dict.fromkeys(missing)))


def _held(world: World, component: Subject, role: str, datum: str, service: bool) -> Iterator[tuple[Stance, frozenset[Role] | None]]:
    """How one datum stands at a component in one of its roles; a service that works on it is told apart from who runs the component."""
    if role == "stores":
        yield from _stored(world, component, datum, service)
        return
    step = Step("component", component.id, words.PROCESSES if role == "processes" else words.RELAYS, _role_mark(component, role))
    through_flows = Stance((step, *_host_step(component)), groups=readable(world, component.id, datum))
    if role == "relays":
        yield through_flows, None
        return
    yield Stance((step, *_host_step(component)), Bounds(IN_USE, IN_USE)), BESIDE if service else None
    if service:
        yield through_flows, _HOST_SIDE


def _stored(world: World, component: Subject, datum: str, service: bool) -> Iterator[tuple[Stance, frozenset[Role] | None]]:
    copied = component.record.values.get("copy_of")
    listed = "stores" in component.record.values or not isinstance(copied, tuple)
    why = words.STORES if listed else words.copy_of(", ".join(str(name) for name in copied or ()) if isinstance(copied, tuple) else "")
    step = Step("component", component.id, why, _role_mark(component, "stores" if listed else "copy_of"))
    steps = (step, *_host_step(component))
    stack = covering(component.record, datum)
    yield Stance(steps, groups=((stack,),), at_rest=True), BESIDE if service else None
    if service:
        hidden = Stack(tuple(each for each in stack.layers if _sealed_before(world, component.record, each)))
        sent = Step("component", component.id, words.STORES_SENT, step.mark)
        yield Stance((sent, *_host_step(component)), groups=((hidden,),), at_rest=True), _HOST_SIDE


def _sealed_before(world: World, component: Record, layer: Record) -> bool:
    """Whether a layer was put on before the service got the data: end-to-end, or by a component on another host."""
    if layer.values.get("layer") == "end-to-end":
        return True
    by = records(world, "components").get(str(layer.values.get("by", "")))
    return layer.values.get("layer") == "application" and by is not None and by.values.get("host") != component.values.get("host")


def _role_mark(component: Subject, key: str) -> int:
    return component.record.marks.get(key, component.record.mark)


def _host_step(component: Subject) -> tuple[Step, ...]:
    host = component.record.values.get("host")
    return (Step("host", host, words.runs_on(component.id), _role_mark(component, "host")),) if isinstance(host, str) else ()


_Sent = tuple[PlaceKind, str, str, Way]


def _sent(world: World) -> Iterator[_Sent]:
    """What flows, messages and transfers bring to hosts, and what is read where encryption ends."""
    for each in (*carried(world).to_hosts, *messages(world)):
        for host in each.hosts:
            end = Step("host", host, words.receives(each.step.id), each.step.mark)
            for access in host_access(world, host):
                if not access.at_rest_only:
                    yield from _brought(world, each, ("host", host), (end,), access)
    for each in carried(world).terminated:
        for access in each.accesses:
            yield from _brought(world, each, each.place, (), access)
    for host, access, data, missing in transfers(world):
        step = Step("host", host, words.SENT_ABROAD, access.steps[0].mark)
        for datum in data:
            stance = Stance((datum_step(world, datum), step), _open(missing) if missing else None, doubt=concerned(world)[datum])
            yield "host", host, datum, Way(access, stance)


def _brought(world: World, each: Carried, place: tuple[PlaceKind, str], ends: tuple[Step, ...], access: Access) -> Iterator[_Sent]:
    """Every datum of a flow, for one who gets it; all of them where nobody says which it carries."""
    every = concerned(world)
    for datum in every if each.data is None else sorted(each.data):
        if datum in every:
            yield *place, datum, Way(access, _flow_stance(world, each, datum, (datum_step(world, datum), each.step, *ends)))


def _flow_stance(world: World, each: Carried, datum: str, steps: tuple[Step, ...]) -> Stance:
    doubt = concerned(world)[datum]
    if each.data is None:
        return Stance(steps, _open(each.missing), doubt=doubt)
    return Stance(steps, groups=each.groups(world, datum), doubt=(*doubt, *each.missing))
