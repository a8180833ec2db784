"""Ingresses and routes: the names they answer to, the services behind them, and whether TLS protects the way in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.placed import PlacedMap

KINDS = frozenset({"Ingress", "IngressRoute", "HTTPRoute", "GRPCRoute", "TLSRoute", "Route"})
_BY_GATEWAY = frozenset({"HTTPRoute", "GRPCRoute", "TLSRoute"})
_ENCRYPTED = frozenset({"HTTPS", "TLS"})
_CERTIFICATE = re.compile(
    r"alb\.ingress\.kubernetes\.io/certificate-arn|networking\.gke\.io/managed-certificates|ingress\.gcp\.kubernetes\.io/pre-shared-cert"
    r"|appgw\.ingress\.kubernetes\.io/appgw-ssl-certificate"
)
_ELSEWHERE = re.compile(r".*/(?:force-)?ssl-redirect|.*/router\.(?:tls|entrypoints)|alb\.ingress\.kubernetes\.io/listen-ports")


def routes(thing: Thing) -> Iterator[tuple[str, str]]:
    """The hosts of an ingress or a route, each with the service behind it; a rule that only redirects leads nowhere."""
    for rule, _ in thing.spec.listed("rules").maps():
        if _only_redirects(rule):
            continue
        host = rule.text("host")
        paths = [path.under("backend") for path, _ in rule.under("http").listed("paths").maps()]
        named = [backend.under("service").text("name") or backend.text("serviceName") for backend in paths]
        named += [ref.text("name") for ref, _ in rule.listed("backendRefs").maps()]
        for name in named or [""]:
            for each in [host] if host else [str(item) for item in thing.spec.listed("hostnames")]:
                yield each, name
    for route, _ in thing.spec.listed("routes").maps():
        services = [item.text("name") for item, _ in route.listed("services").maps()]
        for host in re.findall(r"Host\(`([^`]+)`\)", route.text("match")):
            yield host, services[0] if services else ""
    if thing.kind == "Route" and thing.spec.text("host"):
        yield thing.spec.text("host"), thing.spec.under("to").text("name")


def _only_redirects(rule: PlacedMap) -> bool:
    return not rule.listed("backendRefs") and any(item.text("type") == "RequestRedirect" for item, _ in rule.listed("filters").maps())


def kept_inside(thing: Thing) -> bool:
    """Whether it is an ingress of an inner network, by its class or by the scheme of its balancer."""
    class_ = thing.spec.text("ingressClassName") or thing.annotations.text("kubernetes.io/ingress.class")
    return re.search(r"internal|private", f"{class_} {thing.annotations.text('alb.ingress.kubernetes.io/scheme')}") is not None


def gateways(found: list[Thing]) -> Mapping[str, Thing]:
    """The gateways of the Gateway API, by name."""
    return {thing.name: thing for thing in found if thing.kind == "Gateway" and thing.group == "gateway.networking.k8s.io"}


def secured(thing: Thing, host: str, known: Mapping[str, Thing]) -> bool | None:
    """Whether TLS protects a host of an ingress or route; None where what decides it stands elsewhere."""
    if thing.kind in _BY_GATEWAY:
        return _by_gateway(thing, known)
    listed = [item for item, _ in thing.spec.listed("tls").maps()]
    names = {str(name) for item in listed for name in item.listed("hosts")}
    if thing.spec.get("tls") is not None and (
        thing.spec.under("tls") or thing.kind != "Ingress" or any(not i.listed("hosts") for i in listed)
    ):
        return True
    if host in names or any(name.startswith("*.") and host.endswith(name[1:]) for name in names):
        return True
    if any(_CERTIFICATE.fullmatch(key) for key in thing.annotations):
        return True
    if thing.kind == "IngressRoute" and [str(item) for item in thing.spec.listed("entryPoints")] != ["web"]:
        return None
    return (
        None
        if any(_ELSEWHERE.fullmatch(key) and thing.annotations.text(key) not in {"false", "web"} for key in thing.annotations)
        else False
    )


def _by_gateway(thing: Thing, known: Mapping[str, Thing]) -> bool | None:
    """By the listeners that the route is attached to: one in the clear is enough, one that is not known leaves it open."""
    protocols: set[str] = set()
    for parent, _ in thing.spec.listed("parentRefs").maps():
        gateway, section = known.get(parent.text("name")), parent.text("sectionName")
        listeners = [item for item, _ in gateway.spec.listed("listeners").maps()] if gateway else []
        attached = [item.text("protocol").upper() for item in listeners if not section or item.text("name") == section]
        protocols.update(attached or [""])
    if not protocols or "" in protocols:
        return None
    return protocols <= _ENCRYPTED
