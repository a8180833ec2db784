"""A Terraform resource, whether it comes from a plan or from configuration files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hds_audit.model.imported import Refusal, Source

_INDEX = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')
_LONGEST = 1 << 20
_MODULE = re.compile(r'module\.([^.\[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)')


class Provider(NamedTuple):
    """A provider block: its name, those of its settings that are known, and the dotted names of those that are set but not known."""

    name: str
    settings: Mapping[str, object]
    source: Source
    unresolved: frozenset[str] = frozenset()


class Resource(NamedTuple):
    """A managed resource.

    `unknown` and `sensitive` are dotted attributes that only the provider will know, or that may not be read;
    `references` gives for a dotted attribute the addresses, without index, of what it refers to; `lines` the lines of
    attributes where the configuration is there; `planned` is false for what was read from configuration files alone.
    """

    address: str
    type: str
    values: Mapping[str, object]
    unknown: frozenset[str]
    sensitive: frozenset[str]
    references: Mapping[str, tuple[str, ...]]
    provider: Provider | None
    source: Source
    lines: Mapping[str, int] = {}
    planned: bool = True

    @property
    def base(self) -> str:
        """The address without any index."""
        return without_index(self.address)

    @property
    def name(self) -> str:
        """A name for people and identifiers: the type without its provider, the modules, the label, their indexes."""
        noun = self.type.partition("_")[2] or self.type
        modules = _MODULE.findall(self.address)
        label = self.address.rpartition(f"{self.type}.")[2]
        return "-".join([noun, *modules, label])

    def at(self, attribute: str) -> Source:
        """Where an attribute is written, or the resource where that is not known."""
        line = self.lines.get(attribute.partition(".")[0])
        return self.source._replace(line=line, column=0) if line else self.source


class Plan(NamedTuple):
    """The managed resources of a plan, a state or a configuration, what of it was not read, and copies whose number is not known."""

    resources: tuple[Resource, ...]
    refusals: tuple[Refusal, ...]
    lost: tuple[Lost, ...] = ()


class Lost(NamedTuple):
    """A block of a configuration (`type` is `module` for a module) whose `for_each` has no value at hand: none of its copies was read."""

    type: str
    where: str


def without_index(address: str) -> str:
    """An address without its indexes: `module.a["x"].t.n[0]` gives `module.a.t.n`."""
    return _INDEX.sub("", address)


def index_of(address: str) -> str:
    """The last index of a resource's address, with its brackets; '' where it has none."""
    return next(reversed(_INDEX.findall(address)), "") if address.endswith("]") else ""


def leaves(tree: object, path: str) -> Iterator[object]:
    """The values under a dotted path that are neither null nor empty; lists are walked through, `*` is every key, JSON texts open."""
    if path and isinstance(tree, str) and tree[:1] in {"[", "{"}:
        tree = _parsed(tree)
    if isinstance(tree, list):
        for item in tree:
            yield from leaves(item, path)
        return
    if not path:
        if tree is not None and tree != "" and tree != {}:
            yield tree
        return
    key, _, rest = path.partition(".")
    if isinstance(tree, Mapping):
        for name in tree if key == "*" else (key,):
            if name in tree:
                yield from leaves(tree[name], rest)


def _parsed(text: str) -> object:
    try:
        return json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


def marked(tree: object, prefix: str = "") -> Iterator[str]:
    """The dotted paths at which a tree of marks (`after_unknown`, `sensitive_values`) holds true."""
    if tree is True:
        yield prefix
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from marked(value, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(tree, list):
        for item in tree:
            yield from marked(item, prefix)
