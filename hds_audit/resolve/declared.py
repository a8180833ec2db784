"""The description as evidence is set against it: who may answer, which versions, which third parties, whose mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hds_audit.model.evidence import Declared, DeclaredDomain, DeclaredEndpoint
from hds_audit.resolve.flows import tls_version
from hds_audit.resolve.graph import ends, host_of, hosts, operator, organisation_id
from hds_audit.resolve.identified import houses
from hds_audit.resolve.performers import provider_of, rests_on, shares
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_PUBLIC = ("patients", "health-professionals", "devices", "internet")
_MAIL_SERVICES = ("email", "health-messaging")
_ACTIVITIES = ("physical-sites", "hardware", "virtual-infrastructure", "platform", "administration", "backup")


def declared(world: World) -> Declared:
    """The whole description, seen so; worked out once."""
    return world.once("declared against evidence", _declared)


def _declared(world: World) -> Declared:
    providers = tuple(dict.fromkeys(name for host in hosts(world).values() if (name := provider_of(world, host))))
    endpoints = tuple(_endpoint(world, endpoint, providers) for endpoint in world.subjects("endpoint"))
    domains = tuple(_domains(world))
    return Declared(endpoints, domains, providers, dict(_consents(world)), houses(world.catalogue, world.as_of))


def component_of(world: World, endpoint: Subject) -> Subject | None:
    """The component that answers at an endpoint, where it is said."""
    name = endpoint.record.values.get("component")
    return world.subject("component", name) if isinstance(name, str) else None


def _endpoint(world: World, endpoint: Subject, providers: tuple[str, ...]) -> DeclaredEndpoint:
    component = component_of(world, endpoint)
    host = host_of(world, component) if component else None
    versions, path = _versions(world, component) if component else (None, "")
    login = endpoint.record.values.get("login")
    return DeclaredEndpoint(
        endpoint.id,
        endpoint.path,
        versions,
        path,
        tuple(dict.fromkeys(_answering(world, component, host))) if component and host else None,
        f"{host.path}.provider" if host else "",
        tuple(dict.fromkeys((*providers, operator(world)))),
        "hosts",
        login if isinstance(login, bool) else None,
    )


def _answering(world: World, component: Subject, host: Subject) -> Iterator[str]:
    """The operator, the host's provider and all it rests on, and whoever ends the encryption on the way."""
    yield operator(world)
    yield provider_of(world, host)
    for activity in _ACTIVITIES:
        yield from (share.by for share in shares(world, host, activity) if share.by)
    listed = rests_on(world, host).value
    for item in listed if isinstance(listed, tuple) else ():
        named = getattr(item, "value", None)
        if isinstance(named, str):
            yield organisation_id(world, str(named))
    for flow in ends(world).ending.get(component.id, ()):
        ended_by = flow.record.values.get("terminated_by")
        for name in ended_by if isinstance(ended_by, tuple) else ():
            other = hosts(world).get(str(name))
            yield provider_of(world, other) if other else organisation_id(world, str(name))


def _versions(world: World, component: Subject) -> tuple[tuple[str, ...] | None, str]:
    """What the flows from outside say of TLS, taken together, and where the first of them says it."""
    found: dict[str, None] = {}
    path = ""
    for flow in ends(world).ending.get(component.id, ()):
        said = flow.fact("transport.tls")
        if flow.record.values.get("from") in _PUBLIC and isinstance(said.value, tuple):
            found |= dict.fromkeys(tls_version(str(item)) for item in said.value)
            path = path or said.path
    return (tuple(found), path) if path else (None, "")


def _consents(world: World) -> Iterator[tuple[str, str]]:
    for flow in world.subjects("flow"):
        consent, to = flow.record.values.get("consent"), str(flow.record.values.get("to", ""))
        component = world.subject("component", to)
        host = hosts(world).get(to) or (host_of(world, component) if component else None)
        if isinstance(consent, str) and host is not None and (name := provider_of(world, host)):
            yield name, "prior" if consent == "explicit" else consent


def _domains(world: World) -> Iterator[DeclaredDomain]:
    senders = tuple(dict.fromkeys((operator(world), *_mail_organisations(world))))
    for record in world.description.listed("domains"):
        yield DeclaredDomain(str(record.values.get("name", "")).lower().rstrip("."), record.path, senders, "hosts")


def _mail_organisations(world: World) -> Iterator[str]:
    named = {str(template.record.values.get("sender", "")) for template in world.subjects("template")}
    for host in hosts(world).values():
        if host.record.values.get("service") in _MAIL_SERVICES or host.id in named:
            yield provider_of(world, host)
    for component in world.subjects("component"):
        runs_on = host_of(world, component) if component.record.values.get("kind") == "mail" else None
        if runs_on is not None:
            yield provider_of(world, runs_on)
