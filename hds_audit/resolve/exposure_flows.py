"""What travels: the data of each flow and message, who ends its encryption, and the layers that travel with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import PlaceKind, Step
from hds_audit.model.fact import Origin
from hds_audit.model.record import Record
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.exposure_access import Access, host_access, named_data
from hds_audit.resolve.exposure_data import concerned, sealed
from hds_audit.resolve.exposure_degrees import Stack
from hds_audit.resolve.exposure_links import record_countries
from hds_audit.resolve.graph import components_on, flows_on, hosts, organisation_id
from hds_audit.resolve.holdings import ROLES, components, holding
from hds_audit.resolve.things import Part

if TYPE_CHECKING:
    from hds_audit.resolve.things import Subject
    from hds_audit.resolve.world import World

HIDING = frozenset({"application", "end-to-end"})


class Carried(NamedTuple):
    """A flow or a message of that day; `data` None: nobody said which, and `missing` is what would tell."""

    step: Step
    data: frozenset[str] | None
    missing: tuple[str, ...] = ()
    layers: tuple[Record, ...] = ()
    hosts: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    place: tuple[PlaceKind, str] = ("host", "")
    accesses: tuple[Access, ...] = ()

    def hidden(self, datum: str) -> tuple[Record, ...]:
        """The layers over the content that whoever passes it on does not open."""
        return tuple(each for each in self.layers if (limits := named_data(each)) is None or datum in limits)

    def groups(self, world: World, datum: str) -> tuple[tuple[Stack, ...], ...]:
        """The layers that travel with it, and the end-to-end layer that every store of the datum has: the lowest counts."""
        own = (Stack(layers),) if (layers := self.hidden(datum)) else ()
        return tuple(group for group in (own, sealed(world, datum)) if group)


class Traffic(NamedTuple):
    """The flows by what they mean: sent to hosts, ended on the way, at each component, and at one that does not list the datum."""

    to_hosts: tuple[Carried, ...]
    terminated: tuple[Carried, ...]
    at: Mapping[tuple[str, str], tuple[Carried, ...]]
    unlisted: Mapping[str, Mapping[str, list[Carried]]]


def carried(world: World) -> Traffic:
    """The flows of that day, each data read once."""
    return world.once("traffic", _traffic)


def readable(world: World, component: str, datum: str) -> tuple[tuple[Stack, ...], ...]:
    """What hides a datum from a component that passes it on: layers that every flow of it has there, or that every store has."""
    flows = carried(world).at.get((component, datum), ())
    stacks = tuple(Stack(each.hidden(datum)) for each in flows)
    own = stacks if stacks and all(stack.layers for stack in stacks) else ()
    return tuple(group for group in (own, sealed(world, datum)) if group)


def _traffic(world: World) -> Traffic:
    to_hosts, terminated = list[Carried](), list[Carried]()
    at, unlisted = dict[tuple[str, str], list[Carried]](), dict[str, dict[str, list[Carried]]]()
    for flow in world.subjects("flow"):
        each = _flow(world, flow)
        if each is None:
            continue
        if each.hosts:
            to_hosts.append(each)
        if each.accesses:
            terminated.append(each)
        for datum in each.data & concerned(world).keys() if each.data else ():
            for end in each.inside:
                at.setdefault((end, datum), []).append(each)
                if _unlisted(world, end, datum):
                    unlisted.setdefault(end, {}).setdefault(datum, []).append(each)
    return Traffic(tuple(to_hosts), tuple(terminated), {key: tuple(flows) for key, flows in at.items()}, unlisted)


def _unlisted(world: World, component: str, datum: str) -> bool:
    held = (holding(world, component, role) for role in ROLES)
    return not any(datum in each.data or each.missing for each in held)


def _ends(flow: Subject) -> tuple[str, str]:
    return str(flow.record.values.get("from", "")), str(flow.record.values.get("to", ""))


def _component_ends(world: World, flow: Subject) -> tuple[str, ...]:
    return tuple(dict.fromkeys(end for end in _ends(flow) if end in components(world)))


def _flow(world: World, flow: Subject) -> Carried | None:
    """A flow that runs that day between audited ends that hold real data, or may."""
    active, inside = flows_on(flow, world.as_of), _component_ends(world, flow)
    if active is False or any(end not in _audited(world) or unreal(world, end) for end in inside):
        return None
    data, missing = _data(flow.record)
    if active is None:
        missing = (*missing, f"{flow.path}.ended")
    there = tuple(dict.fromkeys(end for end in _ends(flow) if end not in inside and end in hosts(world)))
    step = Step("flow", flow.id, words.MIGHT_CARRY if data is None else words.CARRIES, flow.record.marks.get("data", flow.record.mark))
    accesses = tuple(_terminators(world, flow.record))
    return Carried(step, data, missing, _layers(flow.record), there, inside, _place(world, flow), accesses)


def _data(record: Record) -> tuple[frozenset[str] | None, tuple[str, ...]]:
    said = record.values.get("data")
    if said is None or said is True:
        return None, (f"{record.path}.data",)
    return named_data(record) or frozenset(), ()


def _layers(record: Record) -> tuple[Record, ...]:
    said = record.values.get("encryption")
    layers = said if isinstance(said, tuple) else ()
    return tuple(each for each in layers if isinstance(each, Record) and each.values.get("layer") in HIDING)


def _audited(world: World) -> frozenset[str]:
    return world.once("audited components", lambda _: frozenset(subject.id for subject in world.subjects("component")))


def unreal(world: World, component: str) -> bool:
    """Whether the environment of a component is known to hold nobody's data."""
    name = components(world)[component].record.values.get("environment")
    return isinstance(name, str) and world.once(("unreal", name), lambda _: _unreal(world, name))


def _unreal(world: World, environment: str) -> bool:
    section = world.description.root.values.get("environments")
    found = section.get(environment) if isinstance(section, dict) else None
    fact = Part(world, found).fact("data") if isinstance(found, Record) else None
    return fact is not None and (fact.value == "synthetic" or (fact.value == "anonymous" and fact.origin is Origin.DOCUMENTED))


def _place(world: World, flow: Subject) -> tuple[PlaceKind, str]:
    """The receiving component or host; where people receive, the sending one; between people, the flow itself."""
    for end in reversed(_ends(flow)):
        if end in components(world):
            return "component", end
        if end in hosts(world):
            return "host", end
    return "flow", flow.id


def _terminators(world: World, flow: Record) -> Iterator[Access]:
    """Those that end the encryption on the way: a host stands for whoever runs it."""
    said, mark = flow.values.get("terminated_by"), flow.marks.get("terminated_by", flow.mark)
    for name in said if isinstance(said, tuple) else ():
        if str(name) in hosts(world):
            step = Step("host", str(name), words.role("terminator"), mark)
            for access in host_access(world, str(name)):
                if not access.at_rest_only:
                    yield access._replace(role="terminator", steps=(step, *access.steps))
        else:
            who = organisation_id(world, str(name))
            yield Access(who, "terminator", (Step("organisation", who, words.role("terminator"), mark),))


def messages(world: World) -> tuple[Carried, ...]:
    """The message templates that a host sends."""
    return world.once("messages", _messages)


def _messages(world: World) -> tuple[Carried, ...]:
    found = []
    for template in world.subjects("template"):
        sender = template.record.values.get("sender")
        if isinstance(sender, str) and sender not in components(world) and sender in hosts(world):
            data, missing = _data(template.record)
            step = Step("template", template.id, words.SENDS, template.record.mark)
            found.append(Carried(step, data, missing, hosts=(sender,)))
    return tuple(found)


def transfers(world: World) -> Iterator[tuple[str, Access, tuple[str, ...], tuple[str, ...]]]:
    """Who is sent which health data from a host outside the EEA; where the data are left out, what would tell."""
    for host in hosts(world).values():
        said = host.record.values.get("transfers")
        for each in said if isinstance(said, tuple) else ():
            name = each.values.get("organisation") if isinstance(each, Record) else None
            if not isinstance(each, Record) or not isinstance(name, str):
                continue
            (data, missing), who = _data(each), organisation_id(world, name)
            step = Step("organisation", who, words.role("recipient"), each.marks.get("organisation", each.mark))
            sent = tuple(name for name in (_handled_on(world, host.id) if data is None else sorted(data)) if name in concerned(world))
            yield host.id, Access(who, "recipient", (step,), countries=record_countries(each, "country")), sent, missing


def _handled_on(world: World, host: str) -> tuple[str, ...]:
    """The data that a component on the host holds, or may."""
    found: set[str] = set()
    for subject in components_on(world, host):
        for role in ROLES:
            held = holding(world, subject.id, role)
            found.update(concerned(world) if held.missing else held.data)
    return tuple(sorted(found))
