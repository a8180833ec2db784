"""What stands at the edge of a cluster: the gateways of Istio and of the Gateway API, the middlewares of Traefik."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hds_audit.importers.k8s.objects import Thing

ISTIO, GATEWAY_API = "networking.istio.io", "gateway.networking.k8s.io"
TRAEFIK = frozenset({"traefik.io", "traefik.containo.us"})
_INNER = re.compile(r"(?:.*[^a-z])?(?:internal|private|intranet|egress\w*|eastwest\w*|tailscale|vpn|lan)(?:[^a-z].*)?")


class Way(NamedTuple):
    """A way in: the name that is asked for ('' for any), the service behind it, whether TLS protects it (None: nothing tells)."""

    host: str
    service: str
    tls: bool | None


class Edges:
    """The gateways and middlewares of all manifests, found by family, name and namespace."""

    def __init__(self, found: Iterable[Thing]) -> None:
        self._known: dict[tuple[str, str], dict[str, Thing]] = {}
        self._secured: set[str] = set()
        for thing in found:
            if thing.kind == "Ingress":
                names = (str(name) for item, _ in thing.spec.listed("tls").maps() for name in item.listed("hosts"))
                self._secured.update(name.lower() for name in names)
            if is_gateway(thing) or is_middleware(thing):
                self._known.setdefault((_family(thing.group), thing.name), {})[thing.namespace] = thing

    def secures(self, host: str) -> bool:
        """Whether an ingress has a certificate for that host, which serves those that share the host."""
        return host.lower() in self._secured

    def named(self, group: str, name: str, namespace: str) -> Thing | None:
        """The gateway or middleware of that name in a namespace; the only one there is where somebody leaves the namespace out."""
        there = self._known.get((_family(group), name), {})
        if namespace in there:
            return there[namespace]
        only = next(iter(there.values())) if len(there) == 1 else None
        return only if only is not None and not (only.namespace and namespace) else None


def is_gateway(thing: Thing) -> bool:
    """Whether it is a gateway of Istio or of the Gateway API."""
    return thing.kind == "Gateway" and thing.group in {ISTIO, GATEWAY_API}


def is_middleware(thing: Thing) -> bool:
    """Whether it is a middleware of Traefik."""
    return thing.kind == "Middleware" and thing.group in TRAEFIK


def speaks_of_inside(*words: str) -> bool:
    """Whether a name, class or label says that the internet does not come that way."""
    return any(_INNER.fullmatch(word.lower()) for word in words)


def covers(pattern: str, host: str) -> bool:
    """Whether the name that a listener answers to (`*`, `*.exemple.fr`, none for all) takes in a host that is asked for."""
    asked = pattern.rpartition("/")[2].lower()
    if asked in {"", "*"} or host in {"", "*"}:
        return True
    return asked == host.lower() or (asked.startswith("*.") and host.lower().endswith(asked[1:]))


def together(each: Iterable[bool | None]) -> bool | None:
    """Whether TLS protects what can be reached in all these ways: one in the clear is enough, one that is not known leaves it open."""
    found = set(each)
    return False if False in found else None if None in found or not found else True


def _family(group: str) -> str:
    return "traefik" if group in TRAEFIK else group
