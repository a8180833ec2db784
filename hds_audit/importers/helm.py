"""Values of Helm charts, without their templates: the images, dependencies, ways in and settings that they state.

What the chart itself adds is unknown here, and is told; `helm template` gives the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.addresses import is_inner, is_public_name
from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.environments import is_other
from hds_audit.importers.identifiers import version
from hds_audit.importers.images import Run, image_of
from hds_audit.importers.importer import Importer
from hds_audit.importers.k8s.edges import covers, speaks_of_inside
from hds_audit.importers.placed import PlacedList, PlacedMap
from hds_audit.importers.table_types import Known
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import Variable
from hds_audit.importers.wiring import wire
from hds_audit.model.imported import Imported, Source
from hds_audit.model.text import Text

_DEEPEST = 5
_NAMES = re.compile(r"values(?:[-_.].*)?|.*[-_.]values")
_TELLING = re.compile(r"^\s{0,8}(?:image|ingress|enabled|repository):", re.MULTILINE)
_SETTINGS = re.compile(r"(?:extra)?env(?:s|vars?|ironment(?:variables)?)?|config(?:map)?|settings", re.IGNORECASE)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")
_EXTERNAL = re.compile(r"external([A-Z]\w*)")
_BESIDE = re.compile(r".*(?:metrics|exporter|init|permissions|sysctl|test|hook|kubectl|sidecar|proxy).*", re.IGNORECASE)
_PLAIN_FOLDERS = frozenset({"helm", "chart", "charts", "deploy", "deployment", "k8s", "kubernetes", "values", "infra", ""})
_CLUSTER = Text(
    "values do not say whose cluster they run on, nor where", "des valeurs ne disent ni à qui est la grappe, ni où elle se trouve"
)
_WHETHER = Text(
    "the values give it settings, but only the chart tells whether it is deployed",
    "les valeurs lui donnent des réglages, mais seul le chart dit s'il est déployé",
)
_NOT_RENDERED = Text(
    "the templates of the chart were not run: what they add is unknown; import the output of helm template for the whole",
    "les gabarits du chart n'ont pas été exécutés : ce qu'ils ajoutent est inconnu ; importez la sortie de helm template pour le tout",
)
_ENVIRONMENT = Text(
    "the values of another environment: left out; give them alone to import them",
    "les valeurs d'un autre environnement : laissées de côté ; donnez-les seules pour les importer",
)
_NOTHING = Text(
    "these values switch on nothing that could be told without their chart; import the output of helm template",
    "ces valeurs n'activent rien qui se comprenne sans leur chart ; importez la sortie de helm template",
)


class _Chart(NamedTuple):
    """What the file beside the values says: the chart's name, the names of dependencies and their charts, those always there."""

    name: str
    charts: dict[str, str]
    always: tuple[str, ...]


class _Node(NamedTuple):
    """A part of the values that belongs to a component ('' for none)."""

    owner: str
    content: PlacedMap


class _Reading(NamedTuple):
    draft: Draft
    tables: Tables
    file: str
    chart: _Chart
    nodes: list[_Node]

    def source(self, place: tuple[int, int], name: str) -> Source:
        return Source(self.file, *place, address=name)


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import values, those of each folder as one, later files over earlier ones as Helm itself lays them."""
    draft = Draft("helm", tuple(str(path) for path in paths))
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        if path.name != "Chart.yaml":
            folders.setdefault(path.parent, []).append(path)
    for folder, files in folders.items():
        _folder(draft, tables, folder / "Chart.yaml", _of_production(files, draft))
    return draft.finish()


def _of_production(files: list[Path], draft: Draft) -> list[Path]:
    """The values of the chart itself before the others, without those of other environments than production."""
    other = [path for path in files if any(is_other(part) for part in re.split(r"[-_.]", path.stem))]
    if len(other) < len(files):
        for path in other:
            draft.refuse(str(path), _ENVIRONMENT)
        files = [path for path in files if path not in other]
    return sorted(files, key=lambda path: path.stem != "values")


def _folder(draft: Draft, tables: Tables, about: Path, files: list[Path]) -> None:
    whole = PlacedMap()
    for path in files:
        for document in documents_of(path, draft).found:
            _over(whole, document.content)
    before = len(draft.components())
    chart = _chart(about, draft)
    reading = _Reading(draft, tables, str(files[0]), chart, [])
    _walk(reading, whole, (), "")
    for name in chart.always:
        if not draft.has("components", name):
            _component(reading, name, _known(reading, name), "", reading.source((1, 1), name))
    _wire(reading)
    found = len(draft.components()) > before
    draft.refuse(str(files[0]), _NOT_RENDERED if found else _NOTHING)
    if found and chart.name:
        draft.fact(("application", "name"), chart.name[:80], Source(str(about), address="name"))


def _over(base: PlacedMap, more: PlacedMap, depth: int = 0) -> None:
    """Lay values over others; what only a later file has is placed at its own line, which the first file may lack."""
    for key, value in more.items() if depth < _DEEPEST * 4 else ():
        there = base.get(key)
        if isinstance(value, PlacedMap) and isinstance(there, PlacedMap):
            _over(there, value, depth + 1)
        else:
            base[key] = value
            base.lines.setdefault(key, more.line(key))


def _chart(path: Path, draft: Draft) -> _Chart:
    documents = documents_of(path, draft).found if path.is_file() else ()
    folder = path.parent.name
    name, charts, always = "" if folder in _PLAIN_FOLDERS else folder, {}, []
    for document in documents:
        name = document.content.text("name") or name
        for item, _ in document.content.listed("dependencies").maps():
            called = item.text("alias") or item.text("name")
            charts[called] = item.text("name")
            if not (item.text("condition") or item.text("tags") or item.listed("tags")):
                always.append(called)
    return _Chart(name if documents else "", charts, tuple(called for called in always))._replace(name=name)


def _known(reading: _Reading, name: str) -> Known | None:
    return reading.tables.charts.get(reading.chart.charts.get(name, name))


def _walk(reading: _Reading, node: PlacedMap, keys: tuple[str, ...], owner: str, place: tuple[int, int] = (1, 1)) -> None:
    """Every part that is not switched off: what runs there, and what else it says for later."""
    if len(keys) > _DEEPEST or node.text("enabled") == "false" or node.text("replicaCount") == "0":
        return
    name = keys[-1] if keys else reading.chart.name or "application"
    source, image = reading.source(place, ".".join(keys) or "values"), _image(node)
    known = _known(reading, name) if keys else None
    if known is not None and not image.partition(":")[0]:
        if node.text("enabled") == "true" or name in reading.chart.always:
            owner = _component(reading, name, known, node.under("image").text("tag"), source)
            reading.nodes.append(_Node(owner, node))
        else:
            reading.draft.unknown(f"components.{name}", _WHETHER, source)
        return
    if image and not (keys and owner and _BESIDE.fullmatch(name)):
        owner = _running(reading, name, image, source) or owner
    reading.nodes.append(_Node(owner, node))
    for key, value in node.items():
        if isinstance(value, PlacedMap) and key not in {"image", "ingress", "service"} and not _SETTINGS.fullmatch(key):
            _walk(reading, value, (*keys, key), owner, node.line(key))


def _image(node: PlacedMap) -> str:
    image = node.under("image")
    if not image:
        return str(node["image"]) if isinstance(node.get("image"), str) else ""
    name = image.text("repository") or image.text("name")
    return f"{name}:{image.text('tag')}" if name else ""


def _running(reading: _Reading, name: str, image: str, source: Source) -> str:
    run = image_of(image.rstrip(":"), reading.tables)
    if run.aside:
        reading.draft.leave(f"{name} ({run.product})", known=True)
        return ""
    component = reading.draft.component(name, run.kind or "application", _host(reading, source), source)
    _product(reading.draft, component, run, source)
    return component


def _component(reading: _Reading, name: str, known: Known | None, tag: str, source: Source) -> str:
    if known is None:
        reading.draft.unknown(f"components.{name}", _WHETHER, source)
        return ""
    component = reading.draft.component(name, known.kind, _host(reading, source), source)
    _product(reading.draft, component, Run(known.kind, known.product, version(tag) or "", False), source)
    return component


def _product(draft: Draft, component: str, run: Run, source: Source) -> None:
    for key, value in (("name", run.product), ("version", run.version)):
        if value:
            draft.fact(("components", component, "product", key), value, source)


def _host(reading: _Reading, source: Source) -> str:
    host = reading.draft.host("", "", "", source, name="cluster")
    for key in ("provider", "service", "region"):
        reading.draft.explain(f"hosts.{host}.{key}", _CLUSTER)
    return host


def _wire(reading: _Reading) -> None:
    inner = _Inner(reading.draft)
    for owner, node in reading.nodes:
        if owner:
            wire(reading.draft, owner, list(_variables(reading, node)), reading.tables, inner.component)
            _ways(reading, owner, node.under("ingress"), node.line("ingress"))


class _Inner:
    """The components behind the names of services, which charts make of the release's name and the component's."""

    def __init__(self, draft: Draft) -> None:
        self._kinds = {name: kind for name, kind, _ in draft.components()}

    def component(self, host: str) -> str:
        """The component that a name speaks of: the one that keeps data, else the only one."""
        label = f"-{host.partition('.')[0]}-"
        named = [name for name in self._kinds if f"-{name}-" in label]
        keeping = [name for name in named if self._kinds[name] != "application"]
        best = keeping or named
        return best[0] if len(best) == 1 and is_inner(host.partition(".")[0]) and not is_public_name(host) else ""


def _variables(reading: _Reading, node: PlacedMap) -> Iterator[Variable]:
    for key, value in node.items():
        external = _EXTERNAL.fullmatch(key)
        if isinstance(value, PlacedMap) and external is not None and value.text("host"):
            yield Variable(f"{external[1].upper()}_HOST", value.text("host"), reading.source(value.line("host"), key))
        elif isinstance(value, PlacedList) and _SETTINGS.fullmatch(key):
            for item, place in value.maps():
                yield Variable(item.text("name"), item.text("value") if "value" in item else None, reading.source(place, key))
        elif isinstance(value, PlacedMap) and _SETTINGS.fullmatch(key):
            for name in value:
                if _VARIABLE.fullmatch(name):
                    plain = value.text(name) if not isinstance(value[name], PlacedMap | PlacedList) else None
                    yield Variable(name, plain, reading.source(value.line(name), key))


def _ways(reading: _Reading, owner: str, ingress: PlacedMap, place: tuple[int, int]) -> None:
    if ingress.text("enabled") != "true" or speaks_of_inside(ingress.text("className"), ingress.text("ingressClassName")):
        return
    source, draft = reading.source(place, "ingress"), reading.draft
    hosts = [item.text("host") if isinstance(item, PlacedMap) else str(item) for item in ingress.listed("hosts")]
    for host in dict.fromkeys([*hosts, ingress.text("hostname"), ingress.text("host")]):
        if not is_public_name(host.lower()):
            continue
        draft.endpoint(f"https://{host.lower()}", owner, source)
        draft.fact(("components", owner, "internet_exposed"), True, source)
        flow = draft.flow("internet", owner, source)
        if _secured(ingress, host):
            draft.fact(("flows", flow, "transport", "protocol"), "https", source)
            draft.fact(("flows", flow, "transport", "tls"), True, source)


def _secured(ingress: PlacedMap, host: str) -> bool:
    listed = [item.listed("hosts") for item, _ in ingress.listed("tls").maps()]
    switched = "true" in {ingress.text("tls"), ingress.under("tls").text("enabled")}
    return switched or any(not names or any(covers(str(name), host) for name in names) for names in listed)


def _recognises(path: Path, head: str) -> bool:
    named = path.suffix in {".yml", ".yaml"} and _NAMES.fullmatch(path.stem) is not None
    return named and _TELLING.search(head) is not None and re.search(r"^(?:apiVersion|kind):|\{\{", head, re.MULTILINE) is None


IMPORTER = Importer(
    Text("Values of a Helm chart, where its output is not at hand", "Valeurs d'un chart Helm, faute de sa sortie"), read, _recognises
)
