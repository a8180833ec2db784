"""Plans and states as `terraform show -json` writes them (formats 0.1 to 1.2; OpenTofu writes the same)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from hds_audit.importers.texts import read_text
from hds_audit.importers.tf.configuration import Configuration, Modules
from hds_audit.importers.tf.places import Block, blocks_of
from hds_audit.importers.tf.policies import is_document, with_documents
from hds_audit.importers.tf.resource import Plan, Resource, marked, without_index
from hds_audit.importers.tf.stream import BrokenError, Scan
from hds_audit.model.imported import Refusal, Source
from hds_audit.model.text import Text

_MODULE = re.compile(r"module\.([^.]+)")
_DEEPEST = 32
_BEFORE = re.compile(r"\A\s*(?:\[command\]|::|\+ |\$ )[^{]{0,2000}(?=\{)")  # what some runners print before what a command prints
_WIDE = 10_000  # columns that nobody goes to: a plan on a single line


@dataclass
class _Parts:
    """The parts of a plan met so far."""

    format: str = ""
    raw: list[tuple[Mapping[str, object], tuple[int, int]]] = field(default_factory=list)
    unknown: dict[str, object] = field(default_factory=dict)
    sensitive: dict[str, object] = field(default_factory=dict)
    variables: object = None
    configuration: object = None
    keys: set[str] = field(default_factory=set)
    flags: dict[str, object] = field(default_factory=dict)
    documents: dict[str, Mapping[str, object]] = field(default_factory=dict)


def read_plan(path: Path, folders: tuple[Path, ...]) -> Plan:
    """The resources of a plan; the configuration files of these folders, or beside the plan, give their lines."""
    text = read_text(path)
    if isinstance(text, Refusal):
        return Plan((), (_binary(path) or text,))
    parts, refusals = _Parts(), []
    try:
        _take(Scan(_BEFORE.sub(_blank, text, count=1)), parts)
    except BrokenError as error:
        refusals.append(Refusal(f"{path}:{error.line}:{error.column}", _broken(error.ended, len(parts.raw))))
    refusals += [Refusal(str(path), reason) for reason in _complaints(parts)]
    if parts.format.partition(".")[0] not in {"0", "1"}:
        return Plan((), tuple(refusals))
    configuration = Configuration(parts.configuration, parts.variables, str(path))
    return Plan(tuple(_resources(parts, configuration, path, folders or (path.parent,))), tuple(refusals))


def _blank(found: re.Match[str]) -> str:
    """As many blanks, so that places stay what they are."""
    return re.sub(r"[^\n]", " ", found[0])


def _take(scan: Scan, parts: _Parts) -> None:
    for key in scan.members():
        parts.keys.add(key)
        match key:
            case "format_version":
                parts.format = str(scan.value())
            case "planned_values" | "values":
                _state(scan, parts, past=False)
            case "resource_changes":
                for _ in scan.elements():
                    _change(scan.value(), parts)
            case "variables":
                parts.variables = scan.value()
            case "prior_state":
                for part in scan.members():
                    if part == "values":
                        _state(scan, parts, past=True)
            case "configuration":
                parts.configuration = scan.value()
            case "errored" | "complete" | "version" | "serial" | "lineage":
                parts.flags[key] = scan.value()


def _state(scan: Scan, parts: _Parts, *, past: bool) -> None:
    for part in scan.members():
        if part == "root_module":
            _module(scan, parts, 0, past=past)


def _module(scan: Scan, parts: _Parts, depth: int, *, past: bool) -> None:
    """The resources of a module; of a state that was read before the plan, its policy documents alone."""
    if depth > _DEEPEST:
        return
    for key in scan.members():
        if key == "resources":
            for _ in scan.elements():
                (line, column), raw = scan.place, scan.value()
                if not isinstance(raw, dict):
                    continue
                _document(raw, parts)
                kept = not past and "deposed_key" not in raw  # a deposed object only waits to be destroyed
                if kept and raw.get("mode") == "managed" and isinstance(raw.get("type"), str):
                    parts.raw.append((raw, (line, column if column < _WIDE else 1)))
        elif key == "child_modules":
            for _ in scan.elements():
                _module(scan, parts, depth + 1, past=past)


def _change(raw: object, parts: _Parts) -> None:
    change = raw.get("change") if isinstance(raw, dict) else None
    if isinstance(raw, dict) and isinstance(change, dict) and isinstance(raw.get("address"), str):
        parts.unknown[raw["address"]] = change.get("after_unknown")
        parts.sensitive[raw["address"]] = change.get("after_sensitive")
        if is_document(raw.get("type")) and isinstance(change.get("after"), dict):
            parts.documents[without_index(raw["address"])] = change["after"]


def _document(raw: Mapping[str, object], parts: _Parts) -> None:
    values = raw.get("values")
    if raw.get("mode") == "data" and is_document(raw.get("type")) and isinstance(values, dict):
        parts.documents.setdefault(without_index(str(raw.get("address"))), values)


def _resources(parts: _Parts, configuration: Configuration, path: Path, folders: tuple[Path, ...]) -> Iterator[Resource]:
    blocks: dict[Modules, dict[str, Block]] = {}
    local = configuration.folders()
    for raw, place in parts.raw:
        type_, name = str(raw["type"]), str(raw.get("name") or "")
        address = str(raw.get("address") or f"{type_}.{name}")
        values = raw.get("values")
        base = without_index(address)
        modules = tuple(_MODULE.findall(base.rpartition(f"{type_}.")[0]))
        if modules not in blocks:
            inner = local.get(modules, "")
            blocks[modules] = (
                {key: block for folder in folders for key, block in blocks_of(Path(normpath(folder / inner))).items()} if inner else {}
            )
        block = blocks[modules].get(f"{type_}.{name}")
        made = Resource(
            address,
            type_,
            values if isinstance(values, dict) else {},
            frozenset(marked(parts.unknown.get(address))),
            frozenset((*marked(raw.get("sensitive_values")), *marked(parts.sensitive.get(address)))),
            configuration.references(modules, f"{type_}.{name}"),
            configuration.provider(modules, f"{type_}.{name}", str(raw.get("provider_name") or "")),
            Source(block.file, block.line, 1, address) if block else Source(str(path), *place, address),
            block.attributes if block else {},
        )
        yield with_documents(made, parts.documents)


def _complaints(parts: _Parts) -> Iterator[Text]:
    major = parts.format.partition(".")[0]
    if {"version", "serial"} <= parts.keys and not parts.format:
        yield _STATE_FILE
    elif not parts.format:
        yield _NO_PLAN
    elif major not in {"0", "1"}:
        yield Text(
            f"plan format {parts.format[:20]} is not known (0.1 to 1.2 are); write it again with a Terraform of today, or update hds-audit",
            f"le format de plan {parts.format[:20]} n'est pas connu (0.1 à 1.2 le sont) ; régénérez-le, ou mettez hds-audit à jour",
        )
    elif not parts.raw:
        yield _EMPTY
    if parts.flags.get("errored") is True:
        yield _ERRORED
    if parts.flags.get("complete") is False:
        yield _INCOMPLETE


def _binary(path: Path) -> Refusal | None:
    try:
        with path.open("rb") as file:
            zipped = file.read(4) == b"PK\x03\x04"
    except OSError:
        return None
    return Refusal(str(path), _ZIPPED) if zipped else None


def _broken(ended: bool, kept: int) -> Text:
    en, fr = ("the file ends", "le fichier s'arrête") if ended else ("this is not JSON", "ce n'est plus du JSON")
    one = "1 resource before it was read", "1 ressource qui précède a été lue"
    read = one if kept == 1 else (f"{kept} resources before it were read", f"{kept} ressources qui précèdent ont été lues")
    if kept == 0:
        return Text(
            f"{en} here, before its first resource: write the plan again", f"{fr} ici, avant sa première ressource : régénérez le plan"
        )
    return Text(f"{en} here; {read[0]}, nothing after: write the plan again", f"{fr} ici ; {read[1]}, rien ensuite : régénérez le plan")


_SHOW = "terraform show -json plan.tfplan > plan.json"
_ZIPPED = Text(f"this is a plan in binary form; turn it into JSON: {_SHOW}", f"ce plan est sous forme binaire ; convertissez-le : {_SHOW}")
_STATE_FILE = Text(
    "this is a raw state file; give what `terraform show -json` prints for it",
    "c'est un fichier d'état brut ; donnez ce qu'affiche `terraform show -json`",
)
_NO_PLAN = Text(
    f"this is not a Terraform plan in JSON (no `format_version`); make one: {_SHOW}",
    f"ce n'est pas un plan Terraform en JSON (pas de `format_version`) ; produisez-le : {_SHOW}",
)
_EMPTY = Text("this plan has no resource", "ce plan n'a aucune ressource")
_ERRORED = Text(
    "Terraform itself failed while it made this plan: it may lack resources",
    "Terraform a échoué en produisant ce plan : il peut manquer des ressources",
)
_INCOMPLETE = Text(
    "Terraform deferred a part of this plan: apply and plan again to see the rest",
    "Terraform a différé une partie de ce plan : appliquez puis planifiez de nouveau pour voir le reste",
)
