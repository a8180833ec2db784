"""Other descriptions into ours: found, read, written, laid over what people wrote."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.model.imported import Imported, Plain, Refusal, Source, Unknown
from hds_audit.model.report import Notice
from hds_audit.model.text import Language, Text
from hds_audit.pipeline.import_notices import import_notices, left_open
from hds_audit.pipeline.knowledge import rules_folder
from hds_audit.pipeline.overlay import overlaid
from hds_audit.pipeline.writing import read_whole
from hds_audit.read.description import parse_description
from hds_audit.read.files import including_from
from hds_audit.write.render import identity, render, sheetful
from hds_audit.write.update import Update, update

_HEAD = 65_536
_SKIPPED = frozenset({".git", ".terraform", "node_modules", ".venv", "venv", "__pycache__", "vendor", "dist", ".terragrunt-cache"})
_FILES = 4_000
_OF_CHARTS = frozenset({"templates", "tests", "ci"})  # beside its values, what only Helm can read, and what only tries it
_OF_FOLDERS = frozenset({"kubernetes", "terraform"})
_PLAIN = re.compile(
    r"(?:k8s|kube(?:rnetes)?|kustomize|helm|charts?|manifests?|deploy(?:ment)?s?|overlays?|bases?|infra(?:structure)?|terraform|tf|iac|ops|docker"
    r"|compose|src|app|prod(?:uction)?|staging|dev|environments?|envs?|live|modules?|plans?|\.\w+)",
    re.IGNORECASE,
)  # folders that are named after what they hold, not after the application

NOTHING = Text(
    "nothing here stores, processes or relays data as far as the mapping tables know",
    "rien ici ne stocke, ne traite ni ne relaie de données, pour autant que les tables le sachent",
)


class Found(NamedTuple):
    """The files of a folder that one importer reads."""

    importer: str
    paths: tuple[Path, ...]


def names() -> tuple[str, ...]:
    """The formats that can be imported."""
    return tuple(importers())


def read_files(name: str, paths: Sequence[Path]) -> Imported:
    """What an importer makes of these files.

    Raises MisuseError where there is no such importer, InputError with every refusal where nothing at all was imported.
    """
    known = importers()
    if name not in known:
        listed = ", ".join(known)
        raise MisuseError(Problem(name, f"no such format; choose among {listed}", f"format inconnu ; choisir parmi {listed}"))
    imported = known[name].read(tuple(paths), tables())
    if imported.empty:
        refused = imported.refusals or tuple(Refusal(str(path), _nothing(imported)) for path in paths)
        raise InputError(*(Problem(refusal.where, refusal.reason.en, refusal.reason.fr) for refusal in refused))
    return completed(imported)


def _nothing(imported: Imported) -> Text:
    """Why nothing was imported, with the types that no table knows: they may be what matters."""
    new = ", ".join(f"{aside.type} ({aside.number})" for aside in imported.aside if not aside.known)
    if not new:
        return NOTHING
    return Text(f"{NOTHING.en}; types that no table knows: {new}", f"{NOTHING.fr} ; types qu'aucune table ne connaît : {new}")


def tables() -> Tables:
    """The mapping tables of this installation."""
    return Tables(rules_folder() / "_catalogue" / "mappings")


def completed(imported: Imported) -> Imported:
    """What was imported with what the format asks for besides: an application, and at least one host."""
    data: dict[str, Plain] = {"application": {"name": _application(imported)}, **imported.data}
    if not data.get("hosts"):
        data["hosts"] = {"to-declare": True}
    return Imported(imported.importer, data, imported.origins, imported.unknowns, imported.refusals, imported.aside, imported.files)


def _application(imported: Imported) -> str:
    """The folder of the first file, since that is what people name after the application, or the first above it that says something."""
    path = Path(imported.files[0]).resolve() if imported.files else Path.cwd()
    folders = [path, *path.parents] if path.is_dir() else list(path.parents)
    return next((folder.name for folder in folders if folder.name and not _PLAIN.fullmatch(folder.name)), "") or "application"


def recognise(path: Path) -> str | None:
    """The importer that a file is for, by its name and its first characters, or a folder, by its files; None where there is none."""
    if path.is_dir():
        found = {each.importer for each in discover(path)}
        return found.pop() if len(found) == 1 and found <= _OF_FOLDERS else None
    head = _head(path)
    return next((name for name, importer in importers().items() if importer.recognises(path, head)), None)


def _head(path: Path) -> str:
    from hds_audit.importers.texts import encoding_of

    try:
        with path.open("rb") as file:
            content = file.read(_HEAD)
    except OSError:
        return ""
    return content.decode(encoding_of(content), errors="replace")


def discover(folder: Path) -> tuple[Found, ...]:
    """What of a folder can be imported; a Terraform plan takes the place of the configuration it was made from."""
    by_name: dict[str, list[Path]] = {}
    known = importers()
    for path in _walk(folder):
        head = _head(path)
        name = next((name for name, importer in known.items() if importer.recognises(path, head)), None)
        if name is not None:
            by_name.setdefault(name, []).append(path)
    if "terraform" in by_name:
        plans = [path for path in by_name["terraform"] if path.suffix == ".json"]
        by_name["terraform"] = plans or [folder]
    return tuple(Found(name, tuple(paths)) for name, paths in by_name.items())


def _walk(folder: Path) -> Iterator[Path]:
    count = 0
    for root, folders, files in os.walk(folder):
        valued = "Chart.yaml" in files and any(name.startswith("values") for name in files)
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not (valued and name in _OF_CHARTS))
        for name in sorted(files):
            if name.endswith((".tf", ".json", ".yml", ".yaml", "terragrunt.hcl")):
                count += 1
                yield Path(root, name)
        if count > _FILES:
            return


class Combined(NamedTuple):
    """Several imports as one, and whose each entry is."""

    imported: Imported
    owners: Mapping[tuple[str, str], str]


def combined(parts: Sequence[Imported]) -> Combined:
    """Several imports as one; where two have a component of the same name, the later one's is told apart by its importer."""
    data: dict[str, Plain] = {}
    origins: dict[str, Source] = {}
    owners: dict[tuple[str, str], str] = {}
    for part in parts:
        told = _apart(part, data)
        origins = {**told.origins, **origins}
        for section, value in told.data.items():
            for name in _named(section, value):
                owners.setdefault((section, name), part.importer)
            data[section] = _joined(data.get(section), value)
    whole = Imported(
        "+".join(dict.fromkeys(part.importer for part in parts)),
        data,
        origins,
        tuple(unknown for part in parts for unknown in part.unknowns),
        tuple(refusal for part in parts for refusal in part.refusals),
        tuple(aside for part in parts for aside in part.aside),
        tuple(file for part in parts for file in part.files),
    )
    return Combined(whole, owners)


def _named(section: str, value: Plain) -> list[str]:
    if isinstance(value, dict):
        return list(value)
    return [identity(section, item) for item in value] if isinstance(value, list) else []


def _joined(there: Plain | None, value: Plain) -> Plain:
    if isinstance(there, dict) and isinstance(value, dict):
        return {**there, **{key: item for key, item in value.items() if key not in there}}
    if isinstance(there, list) and isinstance(value, list):
        return [*there, *(item for item in value if item not in there)]
    return value if there is None else there


def _apart(part: Imported, data: Mapping[str, Plain]) -> Imported:
    """The part with other names for its components and keys where the data have those names already."""
    from hds_audit.write.matching import Matching

    names: dict[tuple[str, str], str] = {}
    for section in ("components", "keys"):
        there, value = data.get(section), part.data.get(section)
        if isinstance(value, dict) and isinstance(there, dict):
            names.update({(section, key): f"{key}-{part.importer}" if key in there else key for key in value})
    renamed = Matching(names, (), shared=False).renamed(part.data)
    moved = {f"{section}.{old}": f"{section}.{new}" for (section, old), new in names.items() if old != new}
    origins = {_moved(path, moved): source for path, source in part.origins.items()}
    unknowns = tuple(unknown._replace(path=_moved(unknown.path, moved)) for unknown in part.unknowns)
    return Imported(part.importer, renamed, origins, unknowns, part.refusals, part.aside, part.files)


def _moved(path: str, moved: Mapping[str, str]) -> str:
    head = ".".join(path.split(".", 2)[:2])
    return moved[head] + path[len(head) :] if head in moved else path


def owner(importer: str, name: str = "") -> str:
    """Who an import's lines belong to: its format, and a name where several inputs of one format share a file."""
    return f"{importer}/{name}" if name else importer


def new_text(imported: Imported, language: Language, name: str = "") -> str:
    """A new infra.yaml."""
    return render(sheetful(imported, owner(imported.importer, name)), language)


def update_file(path: Path, imported: Imported, language: Language, name: str = "") -> Update:
    """What an import changes in an infra.yaml; nothing is written here."""
    return update(str(path), read_whole(path), imported, owner(imported.importer, name), language)


def still_open(path: Path, changed: Update, imported: Imported, catalogue: Catalogue) -> tuple[Unknown, ...]:
    """What neither the import nor the file that it updates says; all that the import leaves open where that file does not hold together."""
    try:
        description = parse_description(path.as_posix(), changed.text.encode(), catalogue, including_from(path.parent))
    except InputError:
        return imported.unknowns
    return left_open(imported, description, changed.names)


class Merged(NamedTuple):
    """A description with an import on top, and what a reader must be told of what the import left open."""

    description: Description
    notices: tuple[Notice, ...]


def merged(path: Path, imported: Imported, catalogue: Catalogue, name: str = "") -> Merged:
    """An infra.yaml with an import on top, and what is to be told: parts refused, types that no table knows, what stays to declare.

    What is imported prevails, and its facts point into its own files. Raises InputError with every problem of the whole.
    """
    changed = update(str(path), read_whole(path), imported, owner(imported.importer, name), "en", prevail=True)
    description = overlaid(path, changed, imported, catalogue)
    return Merged(description, import_notices(imported, description, changed.names))
