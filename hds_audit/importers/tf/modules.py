"""Modules that a configuration calls: those whose files are not here, and those that the parser passes over although they are."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hds_audit.importers.identifiers import legible
from hds_audit.importers.tf.places import blocks_of
from hds_audit.importers.tf.resource import Lost, Resource, without_index
from hds_audit.model.imported import Refusal
from hds_audit.model.text import Text

Blocks = Mapping[str, list[Mapping[str, object]]]

_CALL = re.compile(r"module\.[^.\[]+(?:\[[^\]]*\])?\.")


class Call(NamedTuple):
    """A call of a module, with nothing of it among the blocks: its path, its source, where it is written, what it is given."""

    path: str
    source: str
    where: str
    folder: Path
    given: Mapping[str, object]


def empty_calls(root: Path, blocks: Blocks) -> Iterator[Call]:
    """The calls of modules of which the parser gave nothing."""
    paths = {path_of(block) for name, listed in blocks.items() if name != "module" for block in listed}
    paths |= {path_of(block) for block in blocks.get("module", ())}
    inside = {path[: found.end() - 1] for path in paths for found in _CALL.finditer(path)}
    known = {str(block.get("id")) for listed in blocks.values() for block in listed if block.get("id")}
    for block in blocks.get("module", ()):
        if path_of(block) not in inside:
            source, file = str(block.get("source") or "?"), Path(os.path.normpath(root / str(meta_of(block).get("filename") or "")))
            folder = Path(os.path.normpath(file.parent / source)) if source.startswith(("./", "../")) else Path(os.devnull)
            yield Call(path_of(block), source, f"{file}:{meta_of(block).get('line_start')}", folder, _constants(block, known))


def _constants(block: Mapping[str, object], known: set[str]) -> dict[str, object]:
    """The values that a call gives, without those that only the parser's own identifiers stand for."""
    return {
        key: value for key, value in block.items() if not key.startswith("__") and key not in {"id", "source"} and _constant(value, known)
    }


def _constant(value: object, known: set[str]) -> bool:
    if isinstance(value, list):
        return all(_constant(item, known) for item in value)
    return isinstance(value, bool | int | float) or (isinstance(value, str) and not any(name in value for name in known))


def is_here(call: Call) -> bool:
    """Whether the files of the module are in the folder that the call names."""
    return call.folder.is_dir() and any(call.folder.glob("*.tf"))


@contextmanager
def given(call: Call) -> Iterator[Path]:
    """A file of variables, for as long as it is read, with the values that a call gives."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "given.tfvars.json"
        path.write_text(json.dumps(call.given), encoding="utf-8")
        yield path


def moved(resource: Resource, path: str) -> Resource:
    """A resource of a module that was read by itself, under the path of its call."""
    references = {name: tuple(f"{without_index(path)}.{base}" for base in bases) for name, bases in resource.references.items()}
    address = f"{path}.{resource.address}"
    return resource._replace(address=address, references=references, source=resource.source._replace(address=address))


def absent(call: Call) -> Refusal:
    """Why a module was not read: its files are not here."""
    module, source = without_index(call.path), legible(re.sub(r"//[^/@]*@", "//", call.source)[:80])
    return Refusal(call.where, Text(
        f"{module} comes from {source}, which is not here: what it makes is unknown; run terraform init first, or give a plan in JSON",
        f"{module} vient de {source}, absent d'ici : ce qu'il crée est inconnu ; lancez d'abord terraform init, ou donnez un plan en JSON",
    ))  # fmt: skip


def lost_of(folder: Path, root: Path, resources: list[Resource], blocks: Blocks) -> Iterator[Lost]:
    """The blocks of a folder with a `for_each` of which the parser gave no copy."""
    shown = Path(os.path.relpath(folder, Path.cwd())) if not root.is_absolute() else folder
    names = {".".join(without_index(one.address).split(".")[-2:]) for one in resources if Path(one.source.file).parent.resolve() == folder}
    names |= {f"module.{without_index(path_of(block)).rpartition('.')[2]}" for block in blocks.get("module", ())}
    for key, block in blocks_of(shown).items():
        if key not in names and "for_each" in block.attributes:
            yield Lost(key.partition(".")[0], f"{block.file}:{block.line}")


def meta_of(block: Mapping[str, object]) -> Mapping[str, object]:
    """What the parser says of a block itself."""
    meta = block.get("__tfmeta")
    return meta if isinstance(meta, dict) else {}


def path_of(block: Mapping[str, object]) -> str:
    """The address of a block."""
    return str(meta_of(block).get("path") or "")
