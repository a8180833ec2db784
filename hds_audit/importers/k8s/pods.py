"""The pods of a workload and the variables that its containers are given."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.importers.k8s.objects import Objects, Thing
from hds_audit.importers.placed import PlacedMap
from hds_audit.importers.variables import Variable
from hds_audit.model.imported import Source


def pod_of(thing: Thing) -> PlacedMap:
    """The specification of the pods of a workload."""
    if thing.kind == "Pod":
        return thing.spec
    if thing.kind == "CronJob":
        return thing.spec.under("jobTemplate").under("spec").under("template").under("spec")
    return thing.spec.under("template").under("spec")


def containers(pod: PlacedMap) -> list[PlacedMap]:
    """The containers that run, without those that only prepare."""
    return [container for container, _ in pod.listed("containers").maps()]


def mounts(container: PlacedMap) -> list[str]:
    """The paths at which a container has volumes."""
    return [mount.text("mountPath") for mount, _ in container.listed("volumeMounts").maps()]


def variables_of(thing: Thing, objects: Objects) -> Iterator[Variable]:
    """The variables of every container: written there, or drawn from settings and secrets, whose values stay there."""
    for container, _ in pod_of(thing).listed("containers").maps():
        for item, _ in container.listed("envFrom").maps():
            yield from objects.named("ConfigMap", item.under("configMapRef").text("name"), thing.namespace)
            yield from objects.named("Secret", item.under("secretRef").text("name"), thing.namespace)
        for item, line in container.listed("env").maps():
            yield from _variable(item, Source(thing.file, *line, f"{thing.kind}/{thing.name}"), objects, thing.namespace)


def _variable(item: PlacedMap, source: Source, objects: Objects, namespace: str) -> Iterator[Variable]:
    name, origin = item.text("name"), item.under("valueFrom")
    if not origin:
        yield Variable(name, item.text("value"), source)
        return
    setting = origin.under("configMapKeyRef")
    if setting:
        found = [known for known in objects.named("ConfigMap", setting.text("name"), namespace) if known.name == setting.text("key")]
        yield Variable(name, found[0].value if found else None, source)
        return
    secret = origin.under("secretKeyRef")
    if secret:
        objects.used.add(secret.text("name"))
        yield Variable(name, None, source)
