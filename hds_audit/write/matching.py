"""Which entry of a file an imported entry is: by its mark, by what it says, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hds_audit.model.imported import Imported, Plain
from hds_audit.write.entry import mark_in
from hds_audit.write.render import ADDRESSED, identity, marks_of
from hds_audit.write.sheet import Pair, Sheet

_REFERRING = frozenset({"host", "copy_of", "from", "to", "component", "key", "provider", "central", "store"})


@dataclass(frozen=True, slots=True)
class Matching:
    """The name in the file of each imported entry, and the marked entries that the import no longer has.

    `shared` says whether the import and the file have any marked entry in common.
    """

    names: Mapping[tuple[str, str], str]
    gone: tuple[tuple[str, Pair], ...]
    shared: bool

    def renamed(self, data: Mapping[str, Plain]) -> dict[str, Plain]:
        """Imported data with the identifiers of the file."""
        change = {old: new for (section, old), new in self.names.items() if section in {"hosts", "components", "keys"} and old != new}
        return {section: self._section(section, value, change) for section, value in data.items()}

    def _section(self, section: str, value: Plain, change: Mapping[str, str]) -> Plain:
        if section == "flows" and isinstance(value, list):
            return [self._flow(item, change) for item in value]
        if not isinstance(value, dict):
            return _referring(value, change)
        return {self.names.get((section, key), key): _referring(entry, change) for key, entry in value.items()}

    def _flow(self, item: Plain, change: Mapping[str, str]) -> Plain:
        renamed = _referring(item, change)
        if not isinstance(renamed, dict) or renamed == item:
            return renamed
        return {**renamed, "id": f"{renamed.get('from')}--{renamed.get('to')}"}


def matching(sheet: Sheet, imported: Imported, owner: str) -> Matching:
    """Match what is imported with what the file has."""
    marks = marks_of(imported, owner)
    names: dict[tuple[str, str], str] = {}
    gone: list[tuple[str, Pair]] = []
    shared = False
    for section in ("hosts", "components", "keys"):
        there = _there(sheet, section)
        value = imported.data.get(section)
        entries = value if isinstance(value, dict) else {}
        addresses = {mark.address: pair.name for pair in there.values() if (mark := mark_in(sheet.comment(pair), owner)) and mark.address}
        for key, entry in entries.items():
            address = marks[section, key].address
            found = addresses.get(address) if address else None
            if found is None and section == "hosts" and isinstance(entry, dict) and key not in there:
                found = _same_host(sheet, there, entry, set(names.values()))
            names[section, key] = found or _free(key, there, names, section, addressed=bool(address), sheet=sheet, owner=owner)
        taken = {name for (part, _), name in names.items() if part == section}
        owned = [pair for pair in there.values() if mark_in(sheet.comment(pair), owner) is not None]
        gone += [(section, pair) for pair in owned if pair.name not in taken]
        shared = shared or any(pair.name in taken for pair in owned)
    flows = imported.data.get("flows")
    known = Matching(names, tuple(gone), shared)
    renamed = known.renamed({"flows": flows})["flows"] if isinstance(flows, list) else []
    if isinstance(flows, list) and isinstance(renamed, list):
        names.update({("flows", identity("flows", old)): identity("flows", new) for old, new in zip(flows, renamed, strict=True)})
    return known


def _there(sheet: Sheet, section: str) -> dict[str, Pair]:
    pair = sheet.pair(sheet.root, section)
    return {inner.name: inner for inner in sheet.pairs(pair.value)} if pair is not None else {}


def _free(
    key: str, there: Mapping[str, Pair], names: Mapping[tuple[str, str], str], section: str, *, addressed: bool, sheet: Sheet, owner: str
) -> str:
    """The imported name, unless an entry of that name stands for another resource."""
    pair = there.get(key)
    mark = mark_in(sheet.comment(pair), owner) if pair is not None else None
    if not (addressed and section in ADDRESSED and mark is not None and mark.address):
        return key
    number = 2
    while f"{key}-{number}" in there or f"{key}-{number}" in names.values():
        number += 1
    return f"{key}-{number}"


def _same_host(sheet: Sheet, there: Mapping[str, Pair], entry: Mapping[str, Plain], taken: set[str]) -> str | None:
    """A host of the file of the same provider, service and offer whose region is the same, or not said on one side."""
    for name, pair in there.items():
        plain = sheet.plain(pair.value)
        if name in taken or not isinstance(plain, dict) or not entry.get("provider"):
            continue
        same = all(plain.get(part) == entry.get(part) for part in ("provider", "service"))
        alike = all(plain.get(part) in {None, entry.get(part)} or entry.get(part) is None for part in ("region", "offer"))
        if same and alike:
            return name
    return None


def _referring(value: Plain, change: Mapping[str, str], key: str = "") -> Plain:
    if isinstance(value, dict):
        return {name: _referring(item, change, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_referring(item, change, key) for item in value]
    return change.get(value, value) if isinstance(value, str) and key in _REFERRING else value
