"""Kubernetes manifests, plain or as Helm and Kustomize print them: workloads, their variables, ingress, databases of operators."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.addresses import is_inner, is_public_name, owner_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.images import Run, image_of, run_of
from hds_audit.importers.importer import Importer
from hds_audit.importers.k8s.edges import ISTIO, Edges, Way, is_gateway, is_middleware
from hds_audit.importers.k8s.kustomize import NAMES as KUSTOMIZATIONS
from hds_audit.importers.k8s.manifests import things
from hds_audit.importers.k8s.mesh import protect
from hds_audit.importers.k8s.names import Names
from hds_audit.importers.k8s.objects import Objects, Thing
from hds_audit.importers.k8s.pods import containers, mounts, pod_of, variables_of
from hds_audit.importers.k8s.routes import balances_inside, ways
from hds_audit.importers.table_types import Known
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import mentions
from hds_audit.importers.wiring import end_of, wire
from hds_audit.model.imported import Imported
from hds_audit.model.text import Text

HOST = "cluster"
_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod", "ReplicaSet", "ReplicationController"})
_SETTINGS = frozenset({"Secret", "SealedSecret", "ExternalSecret", "ConfigMap", "PersistentVolumeClaim", "Certificate"})
_RAW = frozenset({"TLSRoute", "TCPRoute", "IngressRouteTCP"})  # they carry any protocol
_CLUSTER = Text(
    "manifests do not say whose cluster they run on, nor where", "les manifestes ne disent ni à qui est la grappe, ni où elle se trouve"
)
_DAYS = re.compile(r"(\d{1,4})([dwm])")
_UNSET = re.compile(r"\{\{|\$\{|\$\(")


class _Run(NamedTuple):
    """One import under way."""

    draft: Draft
    tables: Tables
    objects: Objects
    host: str
    names: Names


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import manifests; secrets give the names of their keys alone."""
    draft = Draft("kubernetes", tuple(str(path) for path in paths))
    found = list(things(paths, draft))
    running = [thing for thing in found if thing.kind in _WORKLOADS or f"{thing.group}/{thing.kind}" in tables.custom]
    host = _host(draft, found, running, tables) if running else ""
    for world in sorted({thing.world for thing in found}):
        own = [thing for thing in found if thing.world == world]
        _read(_Run(draft, tables, Objects(own), host, Names()), own, [thing for thing in running if thing.world == world])
    return draft.finish()


def _read(run: _Run, found: list[Thing], running: list[Thing]) -> None:
    for thing in running:
        _component(run, thing)
    for thing in found:
        _services(run, thing)
    for thing in running:
        if thing.kind in _WORKLOADS and thing.component:
            variables = list(variables_of(thing, run.objects))
            wire(run.draft, thing.component, variables, run.tables, partial(run.names.component, thing.namespace))
    protect(run.draft, found, run.names)
    edges = Edges(found)
    for thing in found:
        _rest(run, thing, edges)
    _unclaimed(run, found)


def _host(draft: Draft, found: list[Thing], running: list[Thing], tables: Tables) -> str:
    """The cluster: its provider where a storage class, an annotation or a label of a cloud gives it away."""
    source = running[0].source()
    signs = ((sign, thing) for thing in found for sign in thing.signs())
    for sign, thing in signs:
        for pattern, organisation in tables.signs:
            if pattern.fullmatch(sign):
                host = draft.host(organisation, "managed-kubernetes", _region(found), thing.source(), name=HOST)
                draft.explain(f"hosts.{host}.region", _CLUSTER)
                return host
    host = draft.host("", "", "", source, name=HOST)
    for key in ("provider", "service", "region"):
        draft.explain(f"hosts.{host}.{key}", _CLUSTER)
    return host


def _region(found: list[Thing]) -> str:
    """The region that node selectors ask for."""
    for thing in found:
        region = pod_of(thing).under("nodeSelector").text("topology.kubernetes.io/region")
        if re.fullmatch(r"[a-z0-9-]{2,40}", region):
            return region
    return ""


def _component(run: _Run, thing: Thing) -> None:
    known = run.tables.custom.get(f"{thing.group}/{thing.kind}")
    images = [container.text("image") for container in containers(pod_of(thing))]
    runs = [run_of(image, mounts(container), run.tables) for image, container in zip(images, containers(pod_of(thing)), strict=True)]
    if known is None and runs and all(each.aside for each in runs):
        run.draft.leave(f"{thing.kind} {thing.name} ({runs[0].product})", known=True)
        return
    told = next((each for each in runs if each.kind), None)
    kind = known.kind if known else _kind(thing, told)
    component = run.draft.component(thing.name, kind, run.host, thing.source())
    for name in thing.names:
        run.names.add(thing.namespace, name, component)
    thing.remember(component)
    if known is not None:
        told = Run(known.kind, known.product, image_of(thing.spec.text("imageName"), run.tables).version, False)
    if told is not None:
        _product(run, thing, component, told)
    if known is not None:
        _operated(run, thing, component, known)


def _kind(thing: Thing, told: Run | None) -> str:
    """What a workload is; a job that runs a database's image is its client, as for a dump, and serves nothing."""
    if thing.kind in {"CronJob", "Job"}:
        return told.kind if told and told.kind == "backup" else "function"
    return told.kind if told else "application"


def _product(run: _Run, thing: Thing, component: str, told: Run) -> None:
    if told.product:
        run.draft.fact(("components", component, "product", "name"), told.product, thing.source("spec"))
    if told.version:
        run.draft.fact(("components", component, "product", "version"), told.version, thing.source("spec"))


def _operated(run: _Run, thing: Thing, component: str, known: Known) -> None:
    """A database of an operator: the names of its services, where its backups go and how long they are kept."""
    for suffix in ("-rw", "-ro", "-r", "-primary", "-pooler"):
        run.names.add(thing.namespace, f"{thing.name}{suffix}", component)
    backup = thing.spec.under("backup")
    store = backup.under("barmanObjectStore")
    if not store:
        return
    source = thing.source("spec")
    place = store.text("endpointURL")
    owner = owner_of(re.sub(r"^https?://", "", place).split("/")[0].lower(), run.tables) if place else None
    organisation, region = (owner.organisation, owner.region) if owner else ("", "")
    host = run.draft.host(organisation, "object-storage", region, source)
    copy = run.draft.component(f"{thing.name}-backup", "backup", host, source)
    run.draft.fact(("components", copy, "copy_of"), [component], source)
    kept = _DAYS.fullmatch(backup.text("retentionPolicy"))
    if kept:
        run.draft.fact(("components", copy, "retention"), f"P{kept[1]}{kept[2].upper()}", source)
    encryption = store.under("data").text("encryption")
    if encryption in {"AES256", "aws:kms"}:
        run.draft.fact(("components", copy, "encryption"), [{"layer": "storage-service"}], source)


def _services(run: _Run, thing: Thing) -> None:
    """Services give workloads their inner names; an ExternalName is an outside address."""
    for name in thing.names if thing.kind == "Service" else ():
        if not run.names.has(thing.namespace, name):
            for workload in run.objects.selected(thing):
                run.names.add(thing.namespace, name, workload.component)


def _rest(run: _Run, thing: Thing, edges: Edges) -> None:
    opened = ways(thing, edges)
    if opened is not None:
        for way in opened:
            _way(run, thing, way)
    elif is_gateway(thing) or is_middleware(thing):
        run.draft.leave(thing.kind, known=True)
    elif thing.kind == "Service":
        _exposed(run, thing)
    elif (thing.group, thing.kind) == (ISTIO, "ServiceEntry"):
        for host in thing.spec.listed("hosts"):
            _outside(run, thing, str(host))
    elif thing.kind in _SETTINGS:
        run.draft.leave(thing.kind, known=True)
    elif thing.kind not in _WORKLOADS and f"{thing.group}/{thing.kind}" not in run.tables.custom:
        known = thing.kind in run.tables.aside_kinds
        run.draft.leave(f"{thing.group}/{thing.kind}" if thing.group else thing.kind, known=known)


def _exposed(run: _Run, thing: Thing) -> None:
    type_, component = thing.spec.text("type"), run.names.component(thing.namespace, thing.name)
    if type_ == "LoadBalancer" and component and not balances_inside(thing):
        run.draft.fact(("components", component, "internet_exposed"), True, thing.source("spec"))
    elif type_ == "ExternalName":
        _outside(run, thing, thing.spec.text("externalName"))


def _outside(run: _Run, thing: Thing, name: str) -> None:
    """A name of the outside that the cluster is told of: the host behind it, where a table knows whose it is."""
    owner = owner_of(name.lower(), run.tables) if is_public_name(name.lower()) else None
    if owner is not None and not owner.aside:
        run.draft.host(owner.organisation, owner.service, owner.region, thing.source("spec"))


def _way(run: _Run, thing: Thing, way: Way) -> None:
    """A way in: a public address, and the internet that reaches the component behind it."""
    host, source = way.host.lower().removeprefix("*."), thing.source("spec")
    component = run.names.component(thing.namespace, way.service)
    if is_public_name(host) and not _UNSET.search(host):
        run.draft.endpoint(f"{'http' if way.tls is False else 'https'}://{host}", component, source)
    if not component:
        return
    if host and is_inner(host):
        run.draft.unknown(f"components.{component}.internet_exposed", _inner_name(host), source)
        return
    run.draft.fact(("components", component, "internet_exposed"), True, source)
    flow = run.draft.flow("internet", component, source)
    if way.tls is not None and run.draft.value(("flows", flow, "transport", "tls")) is not False:
        if thing.kind not in _RAW:
            run.draft.fact(("flows", flow, "transport", "protocol"), "https" if way.tls else "http", source)
        run.draft.fact(("flows", flow, "transport", "tls"), way.tls, source)


def _inner_name(host: str) -> Text:
    return Text(
        f"an ingress leads to it under a name for inner use ({host}); say whether the internet reaches it",
        f"un ingress y mène sous un nom à usage interne ({host}) ; dites si internet l'atteint",
    )


def _unclaimed(run: _Run, found: list[Thing]) -> None:
    """Secrets and settings that no workload here uses still name the services that the application talks to."""
    for thing in found:
        if thing.kind in _SETTINGS and thing.name not in run.objects.used:
            for mention in mentions(list(run.objects.variables(thing)), run.tables):
                end = end_of(run.draft, "", mention, run.tables, lambda _: "")
                if end and not run.draft.flows_to(end):
                    run.draft.unknown(f"flows.{end}", _WHO, mention.source)


_WHO = Text(
    "a setting names this service, but no workload here uses that setting: declare the flow",
    "un paramètre nomme ce service, mais aucune charge décrite ici n'utilise ce paramètre : déclarez le flux",
)


def _recognises(path: Path, head: str) -> bool:
    if path.name in KUSTOMIZATIONS:
        return True
    return path.suffix in {".yml", ".yaml"} and all(re.search(rf"^{key}:", head, re.MULTILINE) for key in ("apiVersion", "kind"))


IMPORTER = Importer(
    Text("Kubernetes manifests, or the output of helm template", "Manifestes Kubernetes, ou sortie de helm template"), read, _recognises
)
