"""Mutual TLS of Istio: which flows between workloads it protects, where its policies and its proxies are both in the manifests.

A policy without a proxy does nothing, and manifests seldom say where proxies are: then neither side is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hds_audit.importers.draft import Draft
from hds_audit.importers.k8s.edges import ISTIO
from hds_audit.importers.k8s.names import Names
from hds_audit.importers.k8s.objects import Thing
from hds_audit.importers.k8s.pods import containers, pod_of
from hds_audit.importers.placed import PlacedMap
from hds_audit.model.text import Text

_ROOT = "istio-system"
_OPENS_TLS = frozenset({"ISTIO_MUTUAL", "MUTUAL", "SIMPLE"})
_PROXY = Text(
    "a policy of Istio asks for TLS here, but nothing says that its proxy runs beside the workload, or another setting lifts it",
    "une politique d'Istio demande TLS ici, mais rien ne dit que son proxy accompagne la charge, ou un autre réglage la lève",
)


def protect(draft: Draft, found: Iterable[Thing], names: Names) -> None:
    """Say of each flow between workloads whether the mesh protects it; what it leaves open loses a claim that the mesh may belie."""
    listed = list(found)
    policies = [thing for thing in listed if (thing.group, thing.kind) == ("security.istio.io", "PeerAuthentication")]
    rules = [thing for thing in listed if (thing.group, thing.kind) == (ISTIO, "DestinationRule")]
    if not policies and not rules:
        return
    spaces = {thing.name: thing for thing in listed if thing.kind == "Namespace"}
    runs = {thing.component: thing for thing in listed if thing.component}
    for start, client in runs.items():
        for flow, end in draft.flows_from(start):
            if end in runs:
                _protect(draft, flow, client, runs[end], _modes(runs[end], policies), _asked(rules, end, runs[end], names), spaces)


def _protect(
    draft: Draft,
    flow: str,
    client: Thing,
    server: Thing,
    accepted: list[tuple[str, Thing]],
    opened: list[tuple[str, Thing]],
    spaces: Mapping[str, Thing],
) -> None:
    modes = {mode for mode, _ in accepted}
    strict = [(server, thing) for mode, thing in accepted if mode == "STRICT"]
    open_ = [(client, thing) for mode, thing in opened if mode in _OPENS_TLS]
    doubted = len(modes) > 1 or any(mode == "DISABLE" for mode, _ in opened)
    answers = {_has_proxy(workload, spaces): thing for workload, thing in (*strict, *open_)}
    path = ("flows", flow, "transport", "tls")
    if True in answers and not doubted:
        draft.fact(path, True, answers[True].source("spec"))
    elif (True in answers or None in answers) and draft.value(path) is not True:
        draft.withdraw(path, _PROXY)


def _modes(server: Thing, policies: list[Thing]) -> list[tuple[str, Thing]]:
    """What the nearest policies accept: those of the pods, else of the namespace, else of the mesh; one that is unset asks the next."""
    for near in (_selecting, _of_namespace, _of_mesh):
        found = [(mode, thing) for thing in policies if near(server, thing) for mode in _all_modes(thing.spec) if mode != "UNSET"]
        if found:
            return found
    return []


def _all_modes(spec: PlacedMap) -> Iterator[str]:
    ports = spec.under("portLevelMtls")
    for part in (spec.under("mtls"), *(ports.under(port) for port in ports)):
        yield part.text("mode") or "UNSET"


def _selecting(server: Thing, policy: Thing) -> bool:
    labels = _selector(policy)
    return bool(labels) and policy.namespace == server.namespace and all(_labels(server).text(key) == labels.text(key) for key in labels)


def _of_namespace(server: Thing, policy: Thing) -> bool:
    return not _selector(policy) and policy.namespace == server.namespace


def _of_mesh(server: Thing, policy: Thing) -> bool:
    return not _selector(policy) and policy.namespace == _ROOT


def _selector(policy: Thing) -> PlacedMap:
    return policy.spec.under("selector").under("matchLabels")


def _labels(thing: Thing) -> PlacedMap:
    return thing.spec.under("template").under("metadata").under("labels") or thing.content.under("metadata").under("labels")


def _all(host: str, server: Thing) -> bool:
    """Whether a rule is for every service of the namespace, or of the cluster."""
    return host == "*" or (host.startswith("*.") and f"x.{server.namespace or 'default'}.svc.cluster.local".endswith(host[1:]))


def _asked(rules: list[Thing], end: str, server: Thing, names: Names) -> list[tuple[str, Thing]]:
    """What the rules on a destination make its clients do."""
    found = [thing for thing in rules if names.component(thing.namespace, host := thing.spec.text("host")) == end or _all(host, server)]
    return [(mode, thing) for thing in found if (mode := thing.spec.under("trafficPolicy").under("tls").text("mode"))]


def _has_proxy(workload: Thing, spaces: Mapping[str, Thing]) -> bool | None:
    """Whether the proxy of the mesh runs beside a workload; None where its manifests do not tell."""
    pod = pod_of(workload)
    template = workload.spec.under("template").under("metadata")
    own = [_injected(template.under(part)) for part in ("labels", "annotations")]
    if pod.text("hostNetwork") == "true" or False in own:
        return False
    if True in own or any("istio/proxyv2" in container.text("image") for container in containers(pod)):
        return True
    space = spaces.get(workload.namespace)
    return _injected(space.content.under("metadata").under("labels")) if space else None


def _injected(labels: PlacedMap) -> bool | None:
    inject = labels.text("sidecar.istio.io/inject") or labels.text("istio-injection")
    if inject in {"false", "disabled"} or labels.text("istio.io/dataplane-mode") == "none":
        return False
    return True if inject or labels.text("istio.io/rev") or labels.text("istio.io/dataplane-mode") == "ambient" else None
