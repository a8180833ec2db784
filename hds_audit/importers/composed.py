"""What a Compose file takes from others: the files it includes, and the services that its own extend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hds_audit.importers.addresses import without_credentials
from hds_audit.importers.documents import documents_of
from hds_audit.importers.draft import Draft
from hds_audit.importers.placed import Document, PlacedList, PlacedMap
from hds_audit.model.text import Text

Part = tuple[Path, PlacedMap, tuple[int, int]]
"""A service in one of the files that speak of it, with the place of its key."""

_MOST = 64
_FIRST_FORM = frozenset(
    {
        "image", "build", "dockerfile", "command", "links", "external_links", "ports", "expose", "volumes", "volumes_from", "volume_driver",
        "environment", "env_file", "extends", "net", "pid", "dns", "dns_search", "cap_add", "cap_drop", "working_dir", "entrypoint", "user",
        "hostname", "domainname", "mac_address", "mem_limit", "memswap_limit", "privileged", "restart", "stdin_open", "tty", "cpu_shares",
        "cpu_quota", "cpuset", "read_only", "container_name", "devices", "extra_hosts", "labels", "log_driver", "log_opt", "security_opt",
        "ulimits",
    }
)  # fmt: skip


def services_of(content: PlacedMap) -> PlacedMap:
    """The services of a document; in the first form of Compose files they stand at its root, and each says what it runs."""
    if content.under("services"):
        return content.under("services")
    every = list(content.values())
    return content if every and all(isinstance(each, PlacedMap) and _of_first_form(each) for each in every) else PlacedMap()


def _of_first_form(service: PlacedMap) -> bool:
    said = isinstance(service.get("image"), str) or service.get("build") or service.get("extends")
    return bool(said) and _FIRST_FORM.issuperset(service)


def inside(file: Path, folder: Path) -> bool:
    """Whether a file lies in a folder, wherever links lead."""
    return file.resolve().is_relative_to(folder.resolve())


def included(path: Path, document: Document, draft: Draft) -> Iterator[tuple[Path, Document]]:
    """The documents that a document includes, with what they include, each once; one outside its folder, or absent, is refused."""
    return _included(path, document, draft, {path.resolve()})


def _included(path: Path, document: Document, draft: Draft, seen: set[Path]) -> Iterator[tuple[Path, Document]]:
    for name, line in _names(document.content):
        file = path.parent / name
        if len(seen) > _MOST or not inside(file, path.parent) or not file.is_file():
            draft.refuse(f"{path}:{line}", _absent(name))
        elif file.resolve() not in seen:
            seen.add(file.resolve())
            for other in documents_of(file, draft).found:
                yield from _included(file, other, draft, seen)
                yield file, other


def _names(content: PlacedMap) -> Iterator[tuple[str, int]]:
    listed = content.listed("include")
    for item, (line, _) in zip(listed, listed.lines, strict=False):
        paths = item.get("path") if isinstance(item, PlacedMap) else item
        for path in paths if isinstance(paths, PlacedList) else [paths]:
            if isinstance(path, str):
                yield path, line


def bases(part: Part, services: Mapping[str, list[Part]], draft: Draft) -> Iterator[Part]:
    """The services that a service extends, the farthest first, each once."""
    return _bases(part, services, draft, {id(part[1])})


def _bases(part: Part, services: Mapping[str, list[Part]], draft: Draft, seen: set[int]) -> Iterator[Part]:
    path, service, _ = part
    asked = service.get("extends")
    name = asked.text("service") if isinstance(asked, PlacedMap) else asked
    file = asked.text("file") if isinstance(asked, PlacedMap) else ""
    if not isinstance(name, str) or not name:
        return
    found = _other(path.parent / file, path, name, draft) if file else services.get(name, [])
    if len(seen) > _MOST or not found:
        draft.refuse(f"{path}:{service.line('extends')[0]}", _absent(f"{file} {name}".strip()))
        return
    for each in found:
        if id(each[1]) not in seen:
            seen.add(id(each[1]))
            yield from _bases(each, {} if file else services, draft, seen)
            yield each


def _other(file: Path, path: Path, name: str, draft: Draft) -> list[Part]:
    if not inside(file, path.parent) or not file.is_file():
        return []
    documents = documents_of(file, draft).found
    every = [services_of(document.content) for document in documents]
    return [(file, services.under(name), services.line(name)) for services in every if isinstance(services.get(name), PlacedMap)]


def _absent(asked: str) -> Text:
    name = without_credentials(asked)
    return Text(
        f"{name} is not here, or not in this folder: what it says was not read; import the output of `docker compose config`",
        f"{name} est absent, ou hors de ce dossier : ce qu'il dit n'a pas été lu ; importez la sortie de `docker compose config`",
    )
