"""The objects of manifests, found by kind and name; a secret never gives more than the names of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hds_audit.importers.placed import PlacedList, PlacedMap
from hds_audit.importers.variables import Variable
from hds_audit.model.imported import Source

_NAMELESS = "generated"


@dataclass
class Thing:
    """One object: its kind, API group, name and content, the component it became, the other names that it is given.

    Objects of one `world` know each other; variants of the same deployment each have their own.
    """

    kind: str
    group: str
    name: str
    content: PlacedMap
    file: str
    line: int
    became: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    world: int = 0

    @property
    def names(self) -> list[str]:
        """Its name, and those that it has with the prefixes and suffixes of kustomizations."""
        return [self.name, *self.others]

    @property
    def spec(self) -> PlacedMap:
        """Its specification."""
        return self.content.under("spec")

    @property
    def namespace(self) -> str:
        """Its namespace; '' where the manifest leaves that to who applies it."""
        return self.content.under("metadata").text("namespace")

    @property
    def annotations(self) -> PlacedMap:
        """Its annotations."""
        return self.content.under("metadata").under("annotations")

    def source(self, key: str = "") -> Source:
        """Where it, or one of its top-level keys, is written."""
        line, column = self.content.line(key) if key else (self.line, 1)
        return Source(self.file, line or self.line, column or 1, f"{self.kind}/{self.name}")

    @property
    def component(self) -> str:
        """The component it became; '' for none."""
        return self.became[0] if self.became else ""

    def remember(self, component: str) -> None:
        """Keep the component it became."""
        self.became.append(component)

    def signs(self) -> Iterator[str]:
        """What may give the provider of the cluster away: storage classes, provisioners, annotations, node labels."""
        yield from self.annotations
        yield self.spec.text("storageClassName")
        yield self.spec.text("storageClass")
        yield self.content.text("provisioner")
        for claim, _ in self.spec.listed("volumeClaimTemplates").maps():
            yield claim.under("spec").text("storageClassName")
        yield self.spec.under("storage").text("storageClass")
        yield from self.spec.under("template").under("spec").under("nodeSelector")


class Objects:
    """The objects of all files; `used` has the names of the secrets and settings that workloads use."""

    def __init__(self, found: list[Thing]) -> None:
        self._found = found
        self._data: dict[tuple[str, str], dict[str, Thing]] = {}
        for thing in found:
            if thing.kind in _DATA:
                self._data.setdefault((thing.kind, thing.name), {})[thing.namespace] = thing
        self.used: set[str] = set()

    def selected(self, service: Thing) -> Iterator[Thing]:
        """The workloads whose pods a service selects."""
        selector = {key: service.spec.under("selector").text(key) for key in service.spec.under("selector")}
        if not selector:
            return
        for thing in self._found:
            labels = thing.spec.under("template").under("metadata").under("labels") or thing.content.under("metadata").under("labels")
            near = thing.namespace == service.namespace or not (thing.namespace and service.namespace)
            if thing.became and near and all(labels.text(key) == value for key, value in selector.items()):
                yield thing

    def named(self, kind: str, name: str, namespace: str) -> Iterator[Variable]:
        """The variables that a setting or secret of that name gives: that of the namespace, else the only one there is."""
        self.used.add(name)
        for other in ("ConfigMap",) if kind == "ConfigMap" else ("Secret", "SealedSecret", "ExternalSecret"):
            found = self._data.get((other, name), {})
            thing = found.get(namespace) or (next(iter(found.values())) if len(found) == 1 else None)
            if thing is not None:
                yield from self.variables(thing)

    @staticmethod
    def variables(thing: Thing) -> Iterator[Variable]:
        """The keys of a setting with their values; those of a secret without."""
        address = f"{thing.kind}/{thing.name}"
        if thing.kind == "ConfigMap":
            data = thing.content.under("data")
            for name in data:
                yield Variable(name, data.text(name), Source(thing.file, *data.line(name), address))
            return
        if thing.kind == "ExternalSecret":
            for item, place in thing.spec.listed("data").maps():
                yield Variable(item.text("secretKey"), None, Source(thing.file, *place, address))
            return
        for part in (thing.content.under("data"), thing.content.under("stringData"), thing.spec.under("encryptedData")):
            for name in part:
                yield Variable(name, None, Source(thing.file, *part.line(name), address))


_DATA = frozenset({"ConfigMap", "Secret", "SealedSecret", "ExternalSecret"})


def unpacked(content: PlacedMap, file: str, line: int) -> Iterator[Thing]:
    """The object that a document is, or the objects of the list that it is."""
    if content.text("kind").endswith("List") and isinstance(content.get("items"), PlacedList):
        for item, place in content.listed("items").maps():
            yield from unpacked(item, file, place[0])
        return
    metadata = content.under("metadata")
    name = metadata.text("name") or metadata.text("generateName").rstrip("-") or _NAMELESS
    group = content.text("apiVersion").rpartition("/")[0]
    yield Thing(content.text("kind"), group, name, content, file, line)
