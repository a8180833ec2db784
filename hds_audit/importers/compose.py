"""Compose files: services and what their images run, connection strings, published ports, volumes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.addresses import is_public_name
from hds_audit.importers.composed import Part, bases, included, inside, services_of
from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.images import Run, run_of
from hds_audit.importers.importer import Importer
from hds_audit.importers.interpolation import interpolated, settings_of
from hds_audit.importers.placed import Document, PlacedList, PlacedMap
from hds_audit.importers.tables import Tables
from hds_audit.importers.variables import Variable
from hds_audit.importers.wiring import wire
from hds_audit.model.imported import Imported, Source
from hds_audit.model.text import Text

_NO_SERVICES = Text(
    "this is not a Compose file: no `services`; name the format it is in", "ce n'est pas un fichier Compose : pas de `services`"
)
_PORTS = Text(
    "the machine publishes ports of this service; say whether the internet reaches it",
    "la machine publie des ports de ce service ; dites si internet l'atteint",
)
_MACHINE = Text("a Compose file does not say where it runs", "un fichier Compose ne dit pas où il s'exécute")
_ROUTER = re.compile(r"Host(?:SNI|Header)?\(([^)]{0,2000})\)")
_QUOTED = re.compile(r"[`\"']([a-z0-9.-]+)[`\"']")
_SERVERS = frozenset({"database", "cache", "search", "queue", "object-storage"})
_CLIENT = re.compile(
    r"(?:/\S*/)?(?:(?:ba|a)?sh|\S+\.sh|pg_dump(?:all)?|pg_restore|psql|mysql(?:dump)?|mariadb(?:-dump)?|mongo(?:dump|restore|sh)|redis-cli)"
)
_SERVER = re.compile(r"\b(?:postgres|mysqld|mariadbd|mongod|redis-server|valkey-server|docker-entrypoint)\b")
_NAMED = re.compile(r"(?:docker-)?compose\b.*|fig")
_AT_ROOT = re.compile(r"^[\w.-]+:[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[ \t]+(?:image|build|extends):", re.MULTILINE)
HOST = "machine"
_PASSED = 20  # names without a value beyond which a list is every setting that the image knows, not those that are used

Parts = list[Part]
"""One service in each of the files that speak of it."""


class _Project(NamedTuple):
    """The services of one folder, what its `.env` fills in, and where each service was first written."""

    services: dict[str, Parts]
    settings: Mapping[str, str]
    places: dict[str, Source]


def read(paths: tuple[Path, ...], tables: Tables) -> Imported:
    """Import Compose files, later ones over earlier ones as Compose itself merges them."""
    draft = Draft("compose", tuple(str(path) for path in paths))
    projects: dict[Path, _Project] = {}
    for folder, path, document in _documents(paths, draft):
        if folder not in projects:
            projects[folder] = _Project({}, {name: value for name, value, _ in settings_of(folder / ".env")}, {})
        _gather(projects[folder], path, document)
        _name(draft, document, path)
    for project in projects.values():
        written = {name: list(parts) for name, parts in project.services.items()}
        for parts in project.services.values():
            parts[:] = [each for part in parts for each in (*bases(part, written, draft), part)]
        _add(draft, project, tables)
    return draft.finish()


def _gather(project: _Project, path: Path, document: Document) -> None:
    services = services_of(document.content)
    for name, service in services.items():
        if isinstance(service, PlacedMap):
            line = services.line(name)
            project.services.setdefault(name, []).append((path, service, line))
            project.places.setdefault(name, Source(str(path), *line, address=f"services.{name}"))


def _documents(paths: tuple[Path, ...], draft: Draft) -> Iterator[tuple[Path, Path, Document]]:
    """The documents with services, those that they include before them, each with the folder of its project."""
    read = {path: documents_of(path, draft) for path in paths}
    inner = {path: [list(included(path, document, draft)) for document in documents.found] for path, documents in read.items()}
    taken = {file.resolve() for listed in inner.values() for each in listed for file, _ in each}
    for path in (path for path in paths if path.resolve() not in taken):
        documents = read[path]
        used = [document for document in documents.found if services_of(document.content) or document.content.listed("include")]
        if not used and documents.whole:
            draft.refuse(str(path), _NO_SERVICES)
        for document in used:
            others = inner[path][documents.found.index(document)]
            yield from ((path.parent, *each) for each in (*others, (path, document)))


def _name(draft: Draft, document: Document, path: Path) -> None:
    name = document.content.text("name")
    if name and "$" not in name:
        draft.fact(("application", "name"), name[:80], Source(str(path), *document.content.line("name")))


def _add(draft: Draft, project: _Project, tables: Tables) -> None:
    components: dict[str, str] = {}
    runs = {name: run_of(interpolated(_image(parts), project.settings), _mounts(parts), tables) for name, parts in project.services.items()}
    for name, parts in project.services.items():
        image = _client_of(name, parts, runs, tables)
        if image.aside:
            draft.leave(f"service {name} ({image.product or 'development tool'})", known=True)
            continue
        source = project.places[name]
        host = draft.host("", "", "", source, name=HOST)
        component = draft.component(name, image.kind or ("application" if _runs(parts) else ""), host, source)
        components[name] = component
        _product(draft, component, parts, image)
        _exposure(draft, component, parts)
    for host in {HOST} if components else set():
        for key in ("provider", "service", "region"):
            draft.explain(f"hosts.{host}.{key}", _MACHINE)
    names = _Names(components, project.services)
    for name, component in components.items():
        parts = project.services[name]
        _depends(draft, component, parts, names)
        wire(draft, component, list(_variables(parts, project.settings, draft)), tables, names.component)


class _Names:
    """The names under which a service answers inside: its own, its host name, its network aliases."""

    def __init__(self, components: Mapping[str, str], services: Mapping[str, Parts]) -> None:
        self._known = dict(components)
        for name, parts in services.items():
            for other in _aliases(parts) if name in components else ():
                self._known.setdefault(other, components[name])

    def component(self, host: str) -> str:
        return self._known.get(host, "")


def _aliases(parts: Parts) -> Iterator[str]:
    for _, service, _ in parts:
        yield from (service.text(key) for key in ("container_name", "hostname") if service.text(key))
        for network in service.under("networks").values():
            if isinstance(network, PlacedMap):
                yield from (str(alias) for alias in network.listed("aliases"))


def _client_of(name: str, parts: Parts, runs: Mapping[str, Run], tables: Tables) -> Run:
    """What a service runs; one that starts a script or a client from the image of a server that stands beside it serves nothing."""
    run = runs[name]
    beside = any(other.kind == run.kind and other.product == run.product for key, other in runs.items() if key != name)
    if run.kind not in _SERVERS or not beside or run_of("", _mounts(parts), tables).kind:
        return run
    started = [_words(service.get(key)) for key in ("entrypoint", "command") for _, service, _ in reversed(parts) if service.get(key)]
    first = next((words[0] for words in started if words), "")
    text = " ".join(word for words in started for word in words)
    return Run("function", "", "", False) if _CLIENT.fullmatch(first) and not _SERVER.search(text) else run


def _words(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, PlacedList) else str(value).split()


def _runs(parts: Parts) -> bool:
    """Whether these files say at all what the service runs; one that only overrides another does not."""
    return any(service.get(key) for _, service, _ in parts for key in ("image", "build"))


def _image(parts: Parts) -> str:
    return next((service.text("image") for _, service, _ in reversed(parts) if service.text("image")), "")


def _mounts(parts: Parts) -> Iterator[str]:
    """The paths inside the container that volumes are mounted at."""
    for _, service, _ in parts:
        for volume in service.listed("volumes"):
            if isinstance(volume, PlacedMap):
                yield volume.text("target")
            else:
                yield next((part for part in reversed(str(volume).split(":")) if part.startswith("/")), "")


def _product(draft: Draft, component: str, parts: Parts, run: Run) -> None:
    if not run.product:
        return
    path, service, line = next((part for part in reversed(parts) if part[1].text("image")), parts[0])
    where = service.line("image") if service.text("image") else line
    source = Source(str(path), *where, address=f"services.{component}")
    draft.fact(("components", component, "product", "name"), run.product, source)
    if run.version:
        draft.fact(("components", component, "product", "version"), run.version, source)


def _exposure(draft: Draft, component: str, parts: Parts) -> None:
    for path, service, _ in parts:
        open_ports = [port for port in service.listed("ports") if not _is_local(port)]
        source = Source(str(path), *service.line("ports"), address=component)
        if open_ports:
            draft.unknown(f"components.{component}.internet_exposed", _PORTS, source)
        for name in _public_names(service):
            draft.endpoint(f"https://{name}", component, source._replace(line=service.line("labels")[0] or source.line))


def _is_local(port: object) -> bool:
    if isinstance(port, PlacedMap):
        return port.text("host_ip").startswith("127.") or not port.text("published")
    return str(port).startswith("127.") or ":" not in str(port)


def _public_names(service: PlacedMap) -> Iterator[str]:
    labels = service.get("labels")
    texts = [str(item) for item in (labels.values() if isinstance(labels, PlacedMap) else labels if isinstance(labels, PlacedList) else ())]
    environment = dict(_pairs(service.get("environment")))
    texts += [f"Host(`{name}`)" for key in ("LETSENCRYPT_HOST", "VIRTUAL_HOST") for name in (environment.get(key) or "").split(",") if name]
    named = (name for text in texts for listed in _ROUTER.findall(text) for name in _QUOTED.findall(listed))
    yield from (name for name in named if is_public_name(name))


def _depends(draft: Draft, component: str, parts: Parts, names: _Names) -> None:
    for path, service, _ in parts:
        for key in ("depends_on", "links"):
            listed = service.get(key)
            for other in (str(item).partition(":")[0] for item in (listed if isinstance(listed, PlacedList | PlacedMap) else ())):
                end = names.component(other)
                if end and end != component:
                    source = Source(str(path), *service.line(key), address=f"services.{component}.{key}")
                    if draft.value(("components", end, "kind")) != "application":
                        draft.flow(component, end, source)


def _variables(parts: Parts, settings: Mapping[str, str], draft: Draft) -> Iterator[Variable]:
    for path, service, _ in parts:
        environment = service.get("environment")
        pairs = list(_pairs(environment))
        every = sum(value is None for _, value in pairs) > _PASSED
        for name, value in pairs:
            line = environment.line(name) if isinstance(environment, PlacedMap) else service.line("environment")
            source = Source(str(path), *line, address=f"environment {name}")
            known = interpolated(value, settings) if value is not None else settings.get(name)
            yield Variable(name, known, source, passed=every and known is None)
        yield from _from_files(path, service, settings, draft)


def _pairs(environment: object) -> Iterator[tuple[str, str | None]]:
    if isinstance(environment, PlacedMap):
        for name in environment:
            yield name, None if environment[name] is None else environment.text(name)
    elif isinstance(environment, PlacedList):
        for item in environment:
            name, equals, value = str(item).partition("=")
            yield name.strip(), value if equals else None


def _from_files(path: Path, service: PlacedMap, settings: Mapping[str, str], draft: Draft) -> Iterator[Variable]:
    listed = service.get("env_file")
    for item in listed if isinstance(listed, PlacedList) else [listed] if listed else []:
        name = item.text("path") if isinstance(item, PlacedMap) else str(item)
        file = path.parent / name
        if not inside(file, path.parent) or not file.is_file():
            if isinstance(item, PlacedMap) and item.text("required") == "false":
                continue
            draft.refuse_once(f"{path}:{service.line('env_file')[0]}", _absent(name))
            continue
        for key, value, number in settings_of(file):
            yield Variable(key, interpolated(value, settings), Source(str(file), number, address=f"environment {key}"))


def _absent(name: str) -> Text:
    return Text(
        f"the environment file {name} is not there: what it names is unknown",
        f"le fichier d'environnement {name} est absent : ce qu'il nomme est inconnu",
    )


def _recognises(path: Path, head: str) -> bool:
    if path.suffix not in {".yml", ".yaml"} or "apiVersion:" in head:
        return False
    first_form = _NAMED.fullmatch(path.stem) is not None and _AT_ROOT.search(head) is not None
    return first_form or re.search(r"^services:\s*(?:#.*)?$", head, re.MULTILINE) is not None


IMPORTER = Importer(
    Text("Compose files (docker-compose.yml, compose.yaml)", "Fichiers Compose (docker-compose.yml, compose.yaml)"), read, _recognises
)
