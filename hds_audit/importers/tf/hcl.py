"""Configuration files to resources, through tfparse (the extra `terraform`)."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.environments import left_out, other_environments
from hds_audit.importers.tf.modules import Blocks, Call, absent, empty_calls, given, is_here, lost_of, meta_of, moved, path_of
from hds_audit.importers.tf.places import Block, blocks_of
from hds_audit.importers.tf.policies import with_documents
from hds_audit.importers.tf.resource import Lost, Plan, Provider, Resource, without_index
from hds_audit.model.imported import Refusal, Source
from hds_audit.model.text import Text

_WHERE = re.compile(r"([^\s:]+\.tf):(\d+),\d+")
_DEEPEST = 8
_NO_READER = Text(
    "reading .tf files needs an extra: pip install 'hds-audit[terraform]'; or give a plan in JSON",
    "lire des fichiers .tf demande un complément : pip install 'hds-audit[terraform]' ; ou donnez un plan en JSON",
)
_BROKEN = Text(
    "this is not valid HCL from here on; the file was left out", "ce n'est plus du HCL valide à partir d'ici ; le fichier a été écarté"
)
TERRAGRUNT = Text(
    "this is written for Terragrunt, which alone can read it; give the plan it makes (terragrunt show -json)",
    "c'est écrit pour Terragrunt, seul à savoir le lire ; donnez le plan qu'il produit (terragrunt show -json)",
)
_NOTHING = Text("no .tf file here", "aucun fichier .tf ici")
_LEFT_OUT = Text(
    "its resources were not read: the file is not valid HCL", "ses ressources n'ont pas été lues : le fichier n'est pas du HCL valide"
)


class _Part(NamedTuple):
    """What one root module, or one module that is read by itself, gives: resources, the folders that they come from, what was not read."""

    resources: list[Resource]
    folders: set[Path]
    refusals: list[Refusal]
    lost: list[Lost]


def read_folders(folders: tuple[Path, ...], variables: tuple[Path, ...]) -> Plan:
    """The resources of the root modules in these folders; a folder that others use as a module is read through them alone."""
    try:
        import tfparse  # noqa: F401
    except ImportError:
        return Plan((), tuple(Refusal(str(folder), _NO_READER) for folder in folders))
    refusals: list[Refusal] = []
    roots = list(dict.fromkeys(root for folder in folders for root in _roots(folder, refusals)))
    others = other_environments(roots)
    refusals += [Refusal(str(root), left_out(production.name)) for root, production in others.items()]
    parts = {root.resolve(): _part(root, variables, {}, 0) for root in roots if root not in others}
    used = {folder for root, part in parts.items() for folder in part.folders if folder != root}
    kept = [part for root, part in parts.items() if root not in used]
    refusals += [refusal for part in parts.values() for refusal in part.refusals]
    lost = dict.fromkeys(each for part in kept for each in part.lost)
    return Plan(tuple(one for part in kept for one in part.resources), tuple(dict.fromkeys(refusals)), tuple(lost))


def _part(root: Path, variables: tuple[Path, ...], outer: Mapping[str, Provider], depth: int) -> _Part:
    refusals: list[Refusal] = []
    blocks = _parse(root, variables, refusals)
    providers = {**outer, **_providers(root, blocks)}
    resources = list(_resources(root, blocks, providers))
    folders = {file.parent for file in _files(root, blocks)}
    lost = [each for folder in folders | {root.resolve()} for each in lost_of(folder, root, resources, blocks)]
    part = _Part(resources, folders, refusals, lost)
    for call in empty_calls(root, blocks):
        if not is_here(call):
            refusals.append(absent(call))
        elif depth < _DEEPEST and call.folder.resolve() != root.resolve():
            _add(part, call, providers, depth)
    return part


def _add(part: _Part, call: Call, providers: Mapping[str, Provider], depth: int) -> None:
    """Read a module by itself, with what its call gives, since the parser gave nothing of it."""
    with given(call) as file:
        inner = _part(call.folder, (file,), providers, depth + 1)
    part.resources.extend(moved(one, call.path) for one in inner.resources)
    part.folders.update(inner.folders | {call.folder.resolve()})
    part.refusals.extend(inner.refusals)
    part.lost.extend(inner.lost)


def _roots(folder: Path, refusals: list[Refusal]) -> list[Path]:
    if any(folder.glob("*.tf")):
        return [folder]
    found = sorted({path.parent for path in folder.rglob("*.tf") if ".terraform" not in path.parts})
    if not found:
        granted = any(True for name in ("terragrunt.hcl", "root.hcl") for _ in folder.rglob(name))
        refusals.append(Refusal(str(folder), TERRAGRUNT if granted else _NOTHING))
    return found[:500]


def _parse(root: Path, variables: tuple[Path, ...], refusals: list[Refusal]) -> Blocks:
    import tfparse

    names = [os.path.relpath(path.resolve(), root.resolve()) for path in variables]
    try:
        with _quiet():
            blocks: Blocks = tfparse.load_from_path(str(root), True, False, False, "default", names)
        return blocks
    except tfparse.ParseError as error:
        found = _WHERE.search(str(error))
        refusals.append(Refusal(f"{root / found[1]}:{found[2]}" if found else str(root), _BROKEN))
    try:
        with _quiet():
            blocks = tfparse.load_from_path(str(root), False, False, False, "default", names)
    except tfparse.ParseError:
        return {}
    read = {file.name for file in _files(root, blocks) if file.parent == root.resolve()}
    told = {refusal.where.rpartition(":")[0] for refusal in refusals}
    written = {Path(block.file) for block in blocks_of(root).values()}
    refusals += [Refusal(str(path), _LEFT_OUT) for path in sorted(written) if path.name not in read and str(path) not in told]
    return blocks


@contextmanager
def _quiet() -> Iterator[None]:
    """The parser logs to standard error from outside Python, which only the descriptor itself can silence."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _files(root: Path, blocks: Blocks) -> set[Path]:
    names = {str(meta_of(block).get("filename") or "") for listed in blocks.values() for block in listed if isinstance(block, dict)}
    return {(root / name).resolve() for name in names if name}


def _resources(root: Path, blocks: Blocks, providers: Mapping[str, Provider]) -> Iterator[Resource]:
    known = {str(block.get("id")): path_of(block) for listed in blocks.values() for block in listed if block.get("id")}
    lines: dict[Path, dict[str, Block]] = {}
    documents = {without_index(path_of(block)): block for block in blocks.get("aws_iam_policy_document", ())}
    for listed in blocks.values():
        for block in listed:
            if meta_of(block).get("type") == "resource":
                yield with_documents(_resource(root, block, known, providers, lines), documents)


def _resource(
    root: Path,
    block: Mapping[str, object],
    known: Mapping[str, str],
    providers: Mapping[str, Provider],
    lines: dict[Path, dict[str, Block]],
) -> Resource:
    meta, address = meta_of(block), path_of(block)
    type_ = str(meta.get("label") or "")
    file = Path(os.path.normpath(root / str(meta.get("filename") or "")))
    if file.parent not in lines:
        lines[file.parent] = blocks_of(file.parent)
    reader = _Values(known, root_of(address))
    values = reader.mapping(block, "")
    written = lines[file.parent].get(without_index(address).removeprefix(without_index(root_of(address))))
    line = meta.get("line_start")
    return Resource(
        address,
        type_,
        values,
        frozenset(reader.unresolved),
        frozenset(),
        {path: tuple(dict.fromkeys(bases)) for path, bases in reader.references.items()},
        _provider(providers, address, type_, block),
        Source(str(file), line if isinstance(line, int) else 0, 1, address),
        written.attributes if written else {},
        planned=False,
    )


def root_of(address: str) -> str:
    """The modules before a resource's own part of an address: `module.a.module.b.` or ''."""
    found = re.match(r"(?:module\.[^.\[]+(?:\[[^\]]*\])?\.)*", address)
    return found[0] if found else ""


class _Values:
    """The values of a block without what the parser adds; references and unresolved attributes by their dotted path."""

    def __init__(self, known: Mapping[str, str], modules: str) -> None:
        self.references: dict[str, list[str]] = {}
        self.unresolved: set[str] = set()
        self._known, self._modules = known, modules

    def mapping(self, block: Mapping[str, object], path: str) -> dict[str, object]:
        inner = {key: value for key, value in block.items() if key != "__tfmeta" and not (key == "id" and value in self._known)}
        inner = {key: value for key, value in inner.items() if not (key == "id" and "__tfmeta" in block)}
        return {key: self.value(value, f"{path}.{key}" if path else key) for key, value in inner.items()}

    def value(self, value: object, path: str) -> object:
        if isinstance(value, list):
            return [self.value(item, path) for item in value]
        if isinstance(value, str) and value in self._known:
            self._refer(path, self._known[value])
            return None
        if not isinstance(value, dict):
            return value
        named = value.get("__attribute__")
        if isinstance(named, str):
            self.unresolved.add(path)
            parts = without_index(named).split(".")
            if len(parts) > 1 and parts[0] not in {"var", "local", "data", "each", "count", "module", "path", "self"}:
                self._refer(path, f"{self._modules}{parts[0]}.{parts[1]}")
            return None
        return self.mapping(value, path)

    def _refer(self, path: str, address: str) -> None:
        self.unresolved.add(path)
        self.references.setdefault(path, []).append(without_index(address))


def _providers(root: Path, blocks: Blocks) -> dict[str, Provider]:
    found: dict[str, Provider] = {}
    for block in blocks.get("provider", []):
        meta = meta_of(block)
        name, alias = str(meta.get("label") or ""), block.get("alias")
        reader = _Values({}, "")
        settings = {key: value for key, value in reader.mapping(block, "").items() if value is not None}
        line = meta.get("line_start")
        source = Source(str(root / str(meta.get("filename") or "")), line if isinstance(line, int) else 0, 1, f"provider {name}")
        key = f"{root_of(path_of(block))}{name}" + (f".{alias}" if isinstance(alias, str) else "")
        found[key] = Provider(name, settings, source, frozenset(reader.unresolved))
    return found


def _provider(providers: Mapping[str, Provider], address: str, type_: str, block: Mapping[str, object]) -> Provider | None:
    asked = block.get("provider")
    name = asked.get("__attribute__") if isinstance(asked, dict) else asked if isinstance(asked, str) else None
    wanted = str(name) if name else type_.partition("_")[0]
    modules = root_of(address)
    return providers.get(f"{modules}{wanted}") or providers.get(wanted) or next((p for p in providers.values() if p.name == wanted), None)
