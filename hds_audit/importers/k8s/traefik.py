"""Ways in through Traefik: its routers for HTTP and for TCP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hds_audit.importers.k8s.edges import TRAEFIK, Edges, Way, speaks_of_inside
from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.placed import PlacedMap

_HOSTS = re.compile(r"\bHost(?:SNI|Header)?\(([^)]{0,2000})\)")
_QUOTED = re.compile(r"[`\"']([^`\"'\s]+)[`\"']")
_REDIRECTS = re.compile(r"redirect|https", re.IGNORECASE)


def router(thing: Thing, edges: Edges) -> Iterator[Way]:
    """The ways that a router opens, unless its entry points are inner ones; one that only sends to HTTPS leads nowhere."""
    points = [str(point) for point in thing.spec.listed("entryPoints")]
    if points and all(speaks_of_inside(point) for point in points):
        return
    for rule, _ in thing.spec.listed("routes").maps():
        turned = _turned(rule, thing, edges)
        if turned:
            continue
        tls = _tls(thing, points, turned)
        names = [name for listed in _HOSTS.findall(rule.text("match")) for name in _QUOTED.findall(listed)]
        for service, _ in rule.listed("services").maps():
            if service.text("kind") in {"", "Service"} and "@" not in service.text("name"):
                yield from (Way("" if name == "*" else name, service.text("name"), tls) for name in names or [""])


def _tls(thing: Thing, points: list[str], turned: bool | None) -> bool | None:
    """What the router says of TLS; entry points other than the plain one may have it by themselves, TCP carries what it carries."""
    if thing.spec.get("tls") is not None:
        return True
    plain = points == ["web"] and thing.kind == "IngressRoute"
    return False if plain and turned is False else None


def _turned(rule: PlacedMap, thing: Thing, edges: Edges) -> bool | None:
    """Whether a middleware sends everybody to HTTPS; None where one that may is not here."""
    answers: list[bool | None] = []
    for named, _ in rule.listed("middlewares").maps():
        name, namespace = named.text("name"), named.text("namespace") or thing.namespace
        middleware = edges.named(next(iter(TRAEFIK)), name, namespace)
        scheme = middleware.spec.under("redirectScheme").text("scheme") if middleware else ""
        answers.append(scheme == "https" if middleware else None if _REDIRECTS.search(name) else False)
    return True if True in answers else None if None in answers else False
