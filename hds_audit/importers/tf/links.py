"""What resources say of traffic: listeners, origins, variables of containers and functions, DNS records, public names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hds_audit.importers.addresses import host_of, is_public_name
from hds_audit.importers.draft import Draft
from hds_audit.importers.records import Record, add_record
from hds_audit.importers.table_types import Link, ResourceType
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.operator import Operator
from hds_audit.importers.tf.resource import Resource, leaves
from hds_audit.importers.tf.targets import Targets
from hds_audit.importers.tf.values import read_value, why_hidden
from hds_audit.importers.variables import Variable
from hds_audit.importers.wiring import wire

_ENDS = frozenset({"internet", "patients", "health-professionals", "devices"})


def add_links(draft: Draft, resource: Resource, type_: ResourceType, tables: Tables, targets: Targets, operator: Operator) -> None:
    """Add the flows, hosts, domains and public addresses that a resource states."""
    component = targets.component(resource)
    for link in type_.flows:
        _flow(draft, resource, link, targets, component)
    if component and type_.environment:
        _environment(draft, resource, type_, tables, targets, component)
    sender = component or next(iter(targets.named(resource, type_.about)), "")
    if sender and type_.sends:
        wire(draft, sender, list(_sent(resource, type_.sends)), tables, lambda _: "")
    if type_.record:
        add_record(draft, _record(resource, type_.record), tables)
    for name in _names(resource, type_.domain):
        draft.domain(name, resource.source)
    for name in _names(resource, type_.address):
        draft.endpoint(f"https://{name}", sender, resource.source)


def _flow(draft: Draft, resource: Resource, link: Link, targets: Targets, component: str) -> None:
    if link.unless and any(leaves(resource.values, link.unless)):
        return
    for start in _ends(resource, link.start, targets, component):
        for end in _ends(resource, link.end, targets, component):
            if start == end or (start == "internet" and draft.value(("components", end, "internet_exposed")) is False):
                continue
            flow = draft.flow(start, end, resource.source)
            for key, reading in (("protocol", link.protocol), ("tls", link.tls)):
                answer = read_value(reading, resource, worst=False)
                if answer.value is not None and draft.value(("flows", flow, "transport", key)) is not False:
                    draft.fact(("flows", flow, "transport", key), answer.value, resource.at(answer.attribute))


def _ends(resource: Resource, word: str, targets: Targets, component: str) -> tuple[str, ...]:
    if word in _ENDS:
        return (word,)
    if word == "self":
        return (component,) if component else ()
    return targets.named(resource, (word,))


def _environment(draft: Draft, resource: Resource, type_: ResourceType, tables: Tables, targets: Targets, component: str) -> None:
    for attribute in type_.environment:
        wire(draft, component, list(_variables(resource, attribute)), tables, lambda _: "")
        for other in targets.named(resource, (attribute,)):
            if other != component:
                draft.flow(component, other, resource.at(attribute))


def _variables(resource: Resource, attribute: str) -> Iterator[Variable]:
    place = resource.at(attribute)
    for tree in leaves(resource.values, attribute):
        if not isinstance(tree, Mapping):
            continue
        pairs = [(str(tree["name"]), tree.get("value"))] if isinstance(tree.get("name"), str) else [(str(k), v) for k, v in tree.items()]
        for name, value in pairs:
            hidden = why_hidden(resource, f"{attribute}.{name}") is not None
            yield Variable(name, value if isinstance(value, str) and not hidden else None, place)
    for path in sorted(resource.unknown | resource.sensitive):
        if path.startswith(f"{attribute}."):
            yield Variable(path.rpartition(".")[2], None, place)


def _sent(resource: Resource, attributes: tuple[str, ...]) -> Iterator[Variable]:
    for attribute in attributes:
        for value in leaves(resource.values, attribute):
            if isinstance(value, str):
                yield Variable(attribute, value, resource.at(attribute))


def _record(resource: Resource, record: Mapping[str, object]) -> Record:
    name, type_, zone = (_first(resource, record.get(part)) for part in ("name", "type", "zone"))
    fixed = record.get("is")
    attributes = record.get("values")
    values = [
        str(value)
        for attribute in (attributes if isinstance(attributes, list) else [attributes])
        for value in leaves(resource.values, str(attribute))
        if isinstance(value, str)
    ]
    return Record(name, fixed if isinstance(fixed, str) else type_, values, zone, resource.source, record.get("whole") is True)


def _first(resource: Resource, attributes: object) -> str:
    for attribute in attributes if isinstance(attributes, list) else [attributes] if attributes else []:
        for value in leaves(resource.values, str(attribute)):
            if isinstance(value, str):
                return value
    return ""


def _names(resource: Resource, attributes: tuple[str, ...]) -> Iterator[str]:
    for attribute in attributes:
        for value in leaves(resource.values, attribute):
            name = host_of(value).removeprefix("*.") if isinstance(value, str) else ""
            if is_public_name(name):
                yield name
