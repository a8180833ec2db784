"""Ways into a cluster: ingresses and routes, the names they answer to, the services behind them, and whether TLS protects them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network

from hds_audit.importers.k8s.edges import GATEWAY_API, ISTIO, TRAEFIK, Edges, Way, speaks_of_inside
from hds_audit.importers.k8s.gateways import route, virtual_service
from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.k8s.traefik import router
from hds_audit.importers.placed import PlacedMap

_CERTIFICATE = re.compile(
    r"alb\.ingress\.kubernetes\.io/certificate-arn|networking\.gke\.io/managed-certificates|ingress\.gcp\.kubernetes\.io/pre-shared-cert"
    r"|appgw\.ingress\.kubernetes\.io/appgw-ssl-certificate"
)
_ELSEWHERE = re.compile(r".*/(?:force-)?ssl-redirect|.*/router\.(?:tls|entrypoints)|alb\.ingress\.kubernetes\.io/listen-ports")
_BALANCED = re.compile(r"load-?balancer.*(?:internal|private)|private-network")


def ways(thing: Thing, edges: Edges) -> Iterator[Way] | None:
    """The ways in that an object opens; None where objects of its kind open none."""
    reader = _READERS.get((thing.group, thing.kind))
    return reader(thing, edges) if reader else None


def balances_inside(thing: Thing) -> bool:
    """Whether a service of type LoadBalancer is one of an inner network, as its annotations say."""
    notes = ((key.lower(), thing.annotations.text(key).lower()) for key in thing.annotations)
    return any(value != "false" and _BALANCED.search(f"{key}: {value}") for key, value in notes)


def _ingress(thing: Thing, edges: Edges) -> Iterator[Way]:
    if _kept_inside(thing):
        return
    default = thing.spec.under("defaultBackend") or thing.spec.under("backend")
    for host, backend in [*_rules(thing), *([("", default)] if default else [])]:
        name = backend.under("service").text("name") or backend.text("serviceName")
        tls = _secured(thing, host)
        yield Way(host, name, None if tls is False and edges.secures(host) else tls)


def _rules(thing: Thing) -> Iterator[tuple[str, PlacedMap]]:
    for rule, _ in thing.spec.listed("rules").maps():
        paths = [path.under("backend") for path, _ in rule.under("http").listed("paths").maps()]
        yield from ((rule.text("host"), backend) for backend in paths or [PlacedMap()])


def _kept_inside(thing: Thing) -> bool:
    """Whether an ingress is one of an inner network: by its class, the scheme of its balancer, or the only addresses it lets in."""
    class_ = thing.spec.text("ingressClassName") or thing.annotations.text("kubernetes.io/ingress.class")
    scheme = thing.annotations.text("alb.ingress.kubernetes.io/scheme")
    ranges = [
        thing.annotations.text(key) for key in thing.annotations if key.endswith(("/whitelist-source-range", "/allowlist-source-range"))
    ]
    return speaks_of_inside(class_, scheme) or any(_all_private(listed) for listed in ranges)


def _all_private(listed: str) -> bool:
    try:
        return all(ip_network(each.strip(), strict=False).is_private for each in listed.split(","))
    except ValueError:
        return False


def _secured(thing: Thing, host: str) -> bool | None:
    """Whether TLS protects a host of an ingress; None where what decides it stands elsewhere, or where HTTPS is not insisted on."""
    listed = [item for item, _ in thing.spec.listed("tls").maps()]
    names = {str(name) for item in listed for name in item.listed("hosts")}
    covered = host in names or any(name.startswith("*.") and host.endswith(name[1:]) for name in names)
    if covered or any(not item.listed("hosts") for item in listed):
        return None if _not_insisted(thing) else True
    if any(_CERTIFICATE.fullmatch(key) for key in thing.annotations):
        return True
    elsewhere = any(_ELSEWHERE.fullmatch(key) and thing.annotations.text(key) not in {"false", "web"} for key in thing.annotations)
    return None if elsewhere or (listed and not host) else False


def _not_insisted(thing: Thing) -> bool:
    return any(key.endswith("/ssl-redirect") and thing.annotations.text(key) == "false" for key in thing.annotations)


def _openshift(thing: Thing, _: Edges) -> Iterator[Way]:
    tls = thing.spec.under("tls")
    clear = tls.text("insecureEdgeTerminationPolicy") == "Allow"
    yield Way(thing.spec.text("host"), thing.spec.under("to").text("name"), bool(tls) and not clear)


def _contour(thing: Thing, edges: Edges) -> Iterator[Way]:
    """A proxy of Contour; one without a name of its own is a part of another, which says whether TLS protects it."""
    del edges
    virtual = thing.spec.under("virtualhost")
    routes = [route for route, _ in thing.spec.listed("routes").maps()] or [thing.spec.under("tcpproxy")]
    for rule in routes:
        tls = None if not virtual else bool(virtual.under("tls")) and rule.text("permitInsecure") != "true"
        for service, _ in rule.listed("services").maps():
            yield Way(virtual.text("fqdn"), service.text("name"), tls)


_READERS: Mapping[tuple[str, str], Callable[[Thing, Edges], Iterator[Way]]] = {
    ("networking.k8s.io", "Ingress"): _ingress,
    ("extensions", "Ingress"): _ingress,
    ("route.openshift.io", "Route"): _openshift,
    ("projectcontour.io", "HTTPProxy"): _contour,
    (ISTIO, "VirtualService"): virtual_service,
    **{(GATEWAY_API, kind): route for kind in ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")},
    **{(group, kind): router for group in TRAEFIK for kind in ("IngressRoute", "IngressRouteTCP")},
}
