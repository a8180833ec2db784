"""The configuration part of a plan: which resource refers to which, and what provider blocks say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hds_audit.importers.tf.resource import Provider
from hds_audit.model.imported import Source

Modules = tuple[str, ...]

_DEEPEST = 24
_NAMELESS = ("each.", "count.", "local.", "path.", "self.", "terraform.")


class Call(NamedTuple):
    """A module of the configuration: its resources, its variables and outputs, and how its parent calls it."""

    resources: Mapping[str, Mapping[str, object]]
    variables: Mapping[str, object]
    outputs: Mapping[str, object]
    given: Mapping[str, object]
    folder: str


class Configuration:
    """The modules of a plan's configuration by their path, with the providers and the values of root variables."""

    def __init__(self, raw: object, variables: object, file: str) -> None:
        top = _map(raw)
        self._modules: dict[Modules, Call] = {}
        self._variables = {name: _map(value).get("value") for name, value in _map(variables).items()}
        self._providers = _map(top.get("provider_config"))
        self._file = file
        self._known: dict[tuple[Modules, str], Mapping[str, tuple[str, ...]]] = {}
        self._blocks: dict[str, Provider | None] = {}
        self._add((), _map(top.get("root_module")), {}, ".")

    def _add(self, path: Modules, raw: Mapping[str, object], given: Mapping[str, object], folder: str) -> None:
        if len(path) > _DEEPEST:
            return
        resources = {f"{r.get('type')}.{r.get('name')}": r for r in map(_map, _list(raw.get("resources"))) if r.get("mode") != "data"}
        self._modules[path] = Call(resources, _map(raw.get("variables")), _map(raw.get("outputs")), given, folder)
        for name, call in _map(raw.get("module_calls")).items():
            entry = _map(call)
            source = str(entry.get("source") or "")
            inner = f"{folder}/{source}" if folder and source.startswith(("./", "../")) else ""
            self._add((*path, name), _map(entry.get("module")), _map(entry.get("expressions")), inner)

    def folders(self) -> dict[Modules, str]:
        """The local folder of each module, relative to the root; '' for one that comes from elsewhere."""
        return {path: call.folder for path, call in self._modules.items()}

    def references(self, path: Modules, base: str) -> Mapping[str, tuple[str, ...]]:
        """For each dotted attribute of a resource, the addresses without index of what it refers to."""
        if (path, base) not in self._known:
            call = self._modules.get(path)
            expressions = _map(call.resources.get(base, {}).get("expressions")) if call else {}
            found: dict[str, tuple[str, ...]] = {}
            for attribute, names in _expressions(expressions):
                addresses = tuple(dict.fromkeys(address for name in names for address in self._resolve(path, name, 0)))
                found[attribute] = tuple(dict.fromkeys((*found.get(attribute, ()), *addresses)))
            self._known[path, base] = found
        return self._known[path, base]

    def _resolve(self, path: Modules, name: str, depth: int) -> Iterator[str]:
        call = self._modules.get(path)
        if depth > _DEEPEST or call is None or name.startswith(_NAMELESS):
            return
        parts = re.sub(r"\[[^\]]*\]", "", name).split(".")
        if parts[0] == "var" and len(parts) > 1 and path:
            yield from self._all(path[:-1], call.given.get(parts[1]), depth)
        elif parts[0] == "module" and len(parts) > 2:
            inner = self._modules.get((*path, parts[1]))
            output = _map(inner.outputs.get(parts[2])) if inner else {}
            yield from self._all((*path, parts[1]), output.get("expression"), depth)
        elif parts[0] not in {"var", "module"} and len(parts) > 1:
            own = parts[:3] if parts[0] == "data" else parts[:2]
            yield "".join(f"module.{module}." for module in path) + ".".join(own)

    def _all(self, path: Modules, expression: object, depth: int) -> Iterator[str]:
        for _, names in _expressions({"": expression}):
            for name in names:
                yield from self._resolve(path, name, depth + 1)

    def provider(self, path: Modules, base: str, provider_name: str) -> Provider | None:
        """The provider block of a resource: its own, else that of its modules from the inside out."""
        call = self._modules.get(path)
        key = str(call.resources.get(base, {}).get("provider_config_key") or "") if call else ""
        name = key.rpartition(":")[2] or provider_name.rpartition("/")[2]
        for candidate in (key, *(":".join((_address(path[:depth]), name)) for depth in range(len(path), 0, -1)), name):
            block = self._block(candidate) if candidate in self._providers else None
            if block is not None and (block.settings or candidate == name):
                return block
        return None

    def _block(self, key: str) -> Provider | None:
        if key not in self._blocks:
            raw = _map(self._providers.get(key))
            path = tuple(str(raw.get("module_address") or "").replace("module.", "").split(".")) if raw.get("module_address") else ()
            settings = {name: self._settled(path, value, 0) for name, value in _map(raw.get("expressions")).items()}
            known = {name: value for name, value in settings.items() if value is not None}
            unresolved = frozenset(self._unresolved(path, _map(raw.get("expressions"))))
            self._blocks[key] = Provider(str(raw.get("name") or key), known, Source(self._file, address=f"provider {key}"), unresolved)
        return self._blocks[key]

    def _unresolved(self, path: Modules, expressions: Mapping[str, object]) -> Iterator[str]:
        """The dotted names of settings that refer to something of no known value."""
        for name, tree in expressions.items():
            for part in tree if isinstance(tree, list) else [tree]:
                if isinstance(tree, list):
                    yield from (f"{name}.{inner}" for inner in self._unresolved(path, _map(part)))
                elif _map(part).get("references") and self._settled(path, part, 0) is None:
                    yield name

    def _settled(self, path: Modules, expression: object, depth: int) -> object:
        """What an expression is worth where that is a constant or a variable of known value; None otherwise."""
        if isinstance(expression, list):
            return [self._settled(path, item, depth) for item in expression]
        entry = _map(expression)
        if "constant_value" in entry:
            return entry["constant_value"]
        names = [str(name) for name in _list(entry.get("references"))]
        if not names:
            inner = {name: self._settled(path, value, depth) for name, value in entry.items()}
            return {name: value for name, value in inner.items() if value is not None} or None
        return self._variable(path, names[0], depth) if names[0].startswith("var.") and depth <= _DEEPEST else None

    def _variable(self, path: Modules, name: str, depth: int) -> object:
        variable, call = name.split(".")[1], self._modules.get(path)
        if not path and variable in self._variables:
            return self._variables[variable]
        if call is not None and path and variable in call.given:
            return self._settled(path[:-1], call.given[variable], depth + 1)
        return _map(call.variables.get(variable)).get("default") if call else None


def _address(path: Modules) -> str:
    return ".".join(f"module.{name}" for name in path)


def _expressions(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in tree.items():
        path = f"{prefix}.{key}" if prefix and key else key or prefix
        for item in value if isinstance(value, list) else [value]:
            entry = _map(item)
            if isinstance(entry.get("references"), list):
                yield path, [str(name) for name in _list(entry["references"])]
            elif entry and "constant_value" not in entry:
                yield from _expressions(entry, path)


def _map(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, dict) else {}


def _list(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []
