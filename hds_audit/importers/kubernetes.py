"""Kubernetes manifests, plain or as Helm and Kustomize print them: workloads, their variables, ingress, databases of operators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.addresses import is_public_name, owner_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.images import Run, image_of, run_of
from hds_audit.importers.importer import Importer
from hds_audit.importers.k8s.names import Names
from hds_audit.importers.k8s.objects import Objects, Thing, things
from hds_audit.importers.k8s.pods import containers, mounts, pod_of, variables_of
from hds_audit.importers.k8s.routes import KINDS, gateways, kept_inside, routes, secured
from hds_audit.importers.table_types import Known
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import mentions
from hds_audit.importers.wiring import end_of, wire
from hds_audit.model.imported import Imported
from hds_audit.model.text import Text

HOST = "cluster"
_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod", "ReplicaSet", "ReplicationController"})
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
    objects = Objects(found)
    running = [thing for thing in found if thing.kind in _WORKLOADS or f"{thing.group}/{thing.kind}" in tables.custom]
    host = _host(draft, found, running, tables) if running else ""
    run = _Run(draft, tables, objects, host, Names())
    for thing in running:
        _component(run, thing)
    for thing in found:
        _services(run, thing)
    for thing in running:
        if thing.kind in _WORKLOADS and thing.component:
            wire(draft, thing.component, list(variables_of(thing, objects)), tables, partial(run.names.component, thing.namespace))
    known = gateways(found)
    for thing in found:
        _rest(run, thing, known)
    _unclaimed(run, found)
    return draft.finish()


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
    run.names.add(thing.namespace, thing.name, component)
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
    if thing.kind != "Service" or run.names.has(thing.namespace, thing.name):
        return
    for workload in run.objects.selected(thing):
        run.names.add(thing.namespace, thing.name, workload.component)


def _rest(run: _Run, thing: Thing, known: Mapping[str, Thing]) -> None:
    match thing.kind:
        case kind if kind in KINDS:
            if not kept_inside(thing):
                _ingress(run, thing, known)
        case "Gateway" if thing.name in known:
            run.draft.leave(thing.kind, known=True)
        case "Service":
            _exposed(run, thing)
        case "Secret" | "SealedSecret" | "ExternalSecret" | "ConfigMap" | "PersistentVolumeClaim" | "Certificate":
            run.draft.leave(thing.kind, known=True)
        case kind if kind not in _WORKLOADS and f"{thing.group}/{kind}" not in run.tables.custom:
            run.draft.leave(f"{thing.group}/{kind}" if thing.group else kind, known=kind in run.tables.aside_kinds)


def _exposed(run: _Run, thing: Thing) -> None:
    type_, component = thing.spec.text("type"), run.names.component(thing.namespace, thing.name)
    if type_ == "LoadBalancer" and component:
        inner = any("internal" in key.lower() and thing.annotations.text(key).lower() not in {"false", ""} for key in thing.annotations)
        if not inner:
            run.draft.fact(("components", component, "internet_exposed"), True, thing.source("spec"))
    elif type_ == "ExternalName" and is_public_name(thing.spec.text("externalName").lower()):
        owner = owner_of(thing.spec.text("externalName").lower(), run.tables)
        if owner is not None and not owner.aside:
            run.draft.host(owner.organisation, owner.service, owner.region, thing.source("spec"))


def _ingress(run: _Run, thing: Thing, known: Mapping[str, Thing]) -> None:
    for host, service in routes(thing):
        component = run.names.component(thing.namespace, service)
        tls = secured(thing, host, known)
        source = thing.source("spec")
        if is_public_name(host.lower().removeprefix("*.")) and not _UNSET.search(host):
            run.draft.endpoint(f"{'http' if tls is False else 'https'}://{host.lower().removeprefix('*.')}", component, source)
        if component:
            run.draft.fact(("components", component, "internet_exposed"), True, source)
            flow = run.draft.flow("internet", component, source)
            if tls is not None and run.draft.value(("flows", flow, "transport", "tls")) is not False:
                run.draft.fact(("flows", flow, "transport", "protocol"), "https" if tls else "http", source)
                run.draft.fact(("flows", flow, "transport", "tls"), tls, source)


def _unclaimed(run: _Run, found: list[Thing]) -> None:
    """Secrets and settings that no workload here uses still name the services that the application talks to."""
    for thing in found:
        if thing.kind in {"Secret", "SealedSecret", "ExternalSecret", "ConfigMap"} and thing.name not in run.objects.used:
            for mention in mentions(list(run.objects.variables(thing)), run.tables):
                end = end_of(run.draft, "", mention, run.tables, lambda _: "")
                if end and not run.draft.flows_to(end):
                    run.draft.unknown(f"flows.{end}", _WHO, mention.source)


_WHO = Text(
    "a setting names this service, but no workload here uses that setting: declare the flow",
    "un paramètre nomme ce service, mais aucune charge décrite ici n'utilise ce paramètre : déclarez le flux",
)


def _recognises(path: Path, head: str) -> bool:
    return path.suffix in {".yml", ".yaml"} and all(re.search(rf"^{key}:", head, re.MULTILINE) for key in ("apiVersion", "kind"))


IMPORTER = Importer(
    Text("Kubernetes manifests, or the output of helm template", "Manifestes Kubernetes, ou sortie de helm template"), read, _recognises
)
