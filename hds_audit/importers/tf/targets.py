"""Which component or key a resource became, and which one another resource means by a reference or a name."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.importers.table_types import ResourceType
from hds_audit.importers.tf.resource import Resource, index_of, leaves

_NAMES = ("id", "arn", "name", "self_link")


class Targets:
    """Components and keys by address, by address without index, and by the names that providers give them."""

    def __init__(self) -> None:
        self._components: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._bases: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}

    def add(self, resource: Resource, type_: ResourceType, component: str) -> None:
        """Remember the component that a resource became."""
        self._components[resource.address] = component
        self._index(resource, type_)

    def add_key(self, resource: Resource, type_: ResourceType, key: str) -> None:
        """Remember the key that a resource became."""
        self._keys[resource.address] = key
        self._index(resource, type_)

    def _index(self, resource: Resource, type_: ResourceType) -> None:
        self._bases.setdefault(resource.base, []).append(resource.address)
        for attribute in (*_NAMES, *type_.names):
            for value in leaves(resource.values, attribute):
                if isinstance(value, str):
                    self._names.setdefault(value, resource.address)

    def component(self, resource: Resource) -> str:
        """The component that a resource became; '' where it became none."""
        return self._components.get(resource.address, "")

    def named(self, resource: Resource, attributes: tuple[str, ...]) -> tuple[str, ...]:
        """The components that these attributes of a resource mean."""
        return tuple(self._components[address] for address in self._meant(resource, attributes) if address in self._components)

    def keys_named(self, resource: Resource, attributes: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that these attributes of a resource mean."""
        return tuple(self._keys[address] for address in self._meant(resource, attributes) if address in self._keys)

    def _meant(self, resource: Resource, attributes: tuple[str, ...]) -> Iterator[str]:
        seen: dict[str, None] = {}
        for attribute in attributes:
            for base in _references(resource, attribute):
                seen.update(dict.fromkeys(self._instances(base, index_of(resource.address))))
            for value in leaves(resource.values, attribute):
                address = self._names.get(value) if isinstance(value, str) else None
                if address is not None:
                    seen.setdefault(address)
        yield from seen

    def _instances(self, base: str, index: str) -> list[str]:
        """The instances a reference can mean: the one of the same index, the only one there is, else nobody can tell."""
        instances = self._bases.get(base, [])
        same = [address for address in instances if index and address.endswith(index)]
        return same or (instances if len(instances) == 1 else [])


def _references(resource: Resource, attribute: str) -> Iterator[str]:
    for path, bases in resource.references.items():
        if path == attribute or path.startswith(f"{attribute}.") or (path and attribute.startswith(f"{path}.")):
            yield from bases
