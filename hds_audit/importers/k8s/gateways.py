"""Ways in through gateways: virtual services of Istio, routes of the Gateway API."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.importers.k8s.edges import GATEWAY_API, ISTIO, Edges, Way, covers, speaks_of_inside, together
from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.placed import PlacedMap

_ENCRYPTED = frozenset({"HTTPS", "TLS"})
_CLEAR = frozenset({"HTTP", "HTTP2", "GRPC"})


def virtual_service(thing: Thing, edges: Edges) -> Iterator[Way]:
    """The ways through the gateways that a virtual service names; one that serves the mesh alone has none."""
    names = [str(name) for name in thing.spec.listed("gateways") if name != "mesh"]
    found = [edges.named(ISTIO, *_told_apart(name, thing.namespace)) for name in names]
    outer = [gateway for name, gateway in zip(names, found, strict=True) if not _inner(name, gateway)]
    services = list(_destinations(thing.spec))
    for host in [str(host) for host in thing.spec.listed("hosts")] if outer else []:
        asked = ["" if name == "*" else name for name in (_served(outer) or [host] if host == "*" else [host])]
        for name in asked:
            tls = together(_through(gateway, name) for gateway in outer)
            yield from (Way(name, service, tls) for service in services)


def _told_apart(name: str, namespace: str) -> tuple[str, str]:
    """A gateway's name and namespace; it may be written `namespace/name`, or as a name of the inner DNS."""
    before, slash, after = name.rpartition("/")
    if slash:
        return after, before
    short, _, rest = after.partition(".")
    return short, rest.partition(".")[0] or namespace


def _inner(name: str, gateway: Thing | None) -> bool:
    selector = gateway.spec.under("selector") if gateway else PlacedMap()
    return speaks_of_inside(name, *(selector.text(key) for key in selector))


def _served(gateways: list[Thing | None]) -> list[str]:
    """The names that gateways answer to, where a virtual service takes any."""
    servers = (server for gateway in gateways if gateway for server, _ in gateway.spec.listed("servers").maps())
    names = (str(name).rpartition("/")[2].removeprefix("*.") for server in servers for name in server.listed("hosts"))
    return list(dict.fromkeys(names))


def _through(gateway: Thing | None, host: str) -> bool | None:
    """Whether TLS protects a host at a gateway; a server that sends everybody to HTTPS serves nobody."""
    if gateway is None:
        return None
    return together(
        _protected(server.under("port").text("protocol"))
        for server, _ in gateway.spec.listed("servers").maps()
        if server.under("tls").text("httpsRedirect") != "true"
        and any(covers(str(name), host) or covers(f"*.{host}", str(name)) for name in server.listed("hosts"))
    )


def _destinations(spec: PlacedMap) -> Iterator[str]:
    for kind in ("http", "tls", "tcp"):
        for rule, _ in spec.listed(kind).maps():
            for route, _ in rule.listed("route").maps():
                yield route.under("destination").text("host")


def route(thing: Thing, edges: Edges) -> Iterator[Way]:
    """The ways that a route of the Gateway API opens; one whose parents are services stays between services."""
    parents = [parent for parent, _ in thing.spec.listed("parentRefs").maps() if parent.text("kind") in {"", "Gateway"}]
    if thing.spec.listed("parentRefs") and not parents:
        return
    named = [(parent, edges.named(GATEWAY_API, parent.text("name"), parent.text("namespace") or thing.namespace)) for parent in parents]
    outer = [(parent, gateway) for parent, gateway in named if not _kept(parent, gateway)]
    if named and not outer:
        return
    hosts = [str(host) for host in thing.spec.listed("hostnames")] or _listened(outer) or [""]
    for rule, _ in thing.spec.listed("rules").maps():
        services = [reference.text("name") for reference, _ in rule.listed("backendRefs").maps()]
        if services or not _only_redirects(rule):
            for host in hosts:
                tls = together(_at(parent, gateway, host) for parent, gateway in outer)
                yield from (Way(host, service, tls) for service in services or [""])


def _kept(parent: PlacedMap, gateway: Thing | None) -> bool:
    class_ = gateway.spec.text("gatewayClassName") if gateway else ""
    return speaks_of_inside(parent.text("name"), parent.text("sectionName"), class_)


def _attached(parent: PlacedMap, gateway: Thing) -> Iterator[PlacedMap]:
    section, port = parent.text("sectionName"), parent.text("port")
    for listener, _ in gateway.spec.listed("listeners").maps():
        if section in {"", listener.text("name")} and port in {"", listener.text("port")}:
            yield listener


def _listened(attached: list[tuple[PlacedMap, Thing | None]]) -> list[str]:
    """The names of the listeners, where a route has none of its own."""
    listeners = (listener for parent, gateway in attached if gateway for listener in _attached(parent, gateway))
    return list(dict.fromkeys(name for listener in listeners if (name := listener.text("hostname"))))


def _at(parent: PlacedMap, gateway: Thing | None, host: str) -> bool | None:
    if gateway is None:
        return None
    listeners = [listener for listener in _attached(parent, gateway) if covers(listener.text("hostname"), host)]
    return together(_protected(listener.text("protocol")) for listener in listeners)


def _protected(protocol: str) -> bool | None:
    """Whether a listener of this protocol speaks TLS; None where what it carries may or may not."""
    return True if protocol.upper() in _ENCRYPTED else False if protocol.upper() in _CLEAR else None


def _only_redirects(rule: PlacedMap) -> bool:
    return any(item.text("type") == "RequestRedirect" for item, _ in rule.listed("filters").maps())
