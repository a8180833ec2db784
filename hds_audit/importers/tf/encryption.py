"""Encryption at rest: the layers that resources state, and the keys that open them."""

from __future__ import annotations

from typing import NamedTuple

from hds_audit.importers.draft import Draft
from hds_audit.importers.table_types import Layer, ResourceType
from hds_audit.importers.tf.resource import Resource, leaves
from hds_audit.importers.tf.targets import Targets
from hds_audit.importers.tf.values import Answer, read_value, why_hidden
from hds_audit.model.imported import Plain, Source
from hds_audit.model.text import Text

_WHICH_KEY = Text(
    "a key of the customer's is named, but it is not in this input: declare it under keys",
    "une clé du client est nommée, mais elle n'est pas dans ce fichier : déclarez-la sous keys",
)


class _Said(NamedTuple):
    """One layer said of a component; `key` None is the provider's own key, '' one that is not known."""

    layer: str
    key: str | None
    place: Source


_TAKEN = Text(
    "it is made from another, whose encryption it takes: declare it",
    "elle est faite à partir d'une autre, dont elle prend le chiffrement : déclarez-le",
)


def _told(layer: Layer, resource: Resource) -> Answer:
    """What a resource says of a layer: that there is none where a part lacks it, nothing where it takes that of what it is made from."""
    answer = read_value(layer.reading, resource, worst=False)
    for part in layer.parts if answer.value is True else ():
        if why_hidden(resource, part) is not None or False in leaves(resource.values, part):
            return Answer(False if why_hidden(resource, part) is None else None, part, why_hidden(resource, part))
    if answer.value is False and any(
        why_hidden(resource, other) is not None or any(leaves(resource.values, other)) for other in layer.made_from
    ):
        return Answer(None, answer.attribute, _TAKEN)
    return answer


class Encryption:
    """What was said of each component: layers that are there, and whether anything said that there is none."""

    def __init__(self, draft: Draft, targets: Targets) -> None:
        self._draft, self._targets = draft, targets
        self._said: dict[str, list[_Said]] = {}
        self._bare: dict[str, Source] = {}
        self._hidden: dict[str, tuple[Text, Source]] = {}

    def add(self, resource: Resource, type_: ResourceType, component: str) -> None:
        """Take in what a resource says of the layers over a component."""
        for layer in type_.layers:
            answer = _told(layer, resource)
            place = resource.at(answer.attribute) if answer.attribute else resource.source
            if layer.always or answer.value is True:
                self._said.setdefault(component, []).append(_Said(layer.layer, self._key(resource, layer, component), place))
            elif answer.value is False:
                self._bare.setdefault(component, place)
            elif answer.hidden is not None:
                self._hidden.setdefault(component, (answer.hidden, place))

    def close(self, reason: Text, kinds: frozenset[str]) -> None:
        """Write the layers; a component that keeps data and of which nothing was said is unknown."""
        for component, kind, source in self._draft.components():
            path = ("components", component, "encryption")
            if component in self._said:
                best = {said.layer: said for said in sorted(self._said[component], key=lambda said: said.key is not None)}
                self._draft.fact(path, [self._layer(said, component) for said in best.values()], next(iter(best.values())).place)
            elif component in self._hidden:
                self._draft.unknown(".".join(path), *self._hidden[component])
            elif component in self._bare:
                self._draft.fact(path, [], self._bare[component])
            elif kind in kinds:
                self._draft.unknown(".".join(path), reason, source)

    def _layer(self, said: _Said, component: str) -> Plain:
        key = self._provider_key(component, said.place) if said.key is None else said.key
        return {"layer": said.layer, "key": key} if key else {"layer": said.layer}

    def _key(self, resource: Resource, layer: Layer, component: str) -> str | None:
        named = self._targets.keys_named(resource, layer.key)
        if named:
            return named[0]
        values = [str(value) for attribute in layer.key for value in leaves(resource.values, attribute)]
        hidden = [attribute for attribute in layer.key if why_hidden(resource, attribute)]
        referring = any(resource.references.get(attribute) for attribute in layer.key)
        if any("alias/aws/" not in value for value in values) or (hidden and referring):
            self._draft.unknown(f"components.{component}.encryption.key", _WHICH_KEY, resource.at(layer.key[0]))
            return ""
        return "" if hidden and not resource.planned else None

    def _provider_key(self, component: str, source: Source) -> str:
        """The key that the provider itself keeps for a host: one entry for each host."""
        host = str(self._draft.value(("components", component, "host")))
        key = f"{host}-provider-key"
        if not self._draft.has("keys", key):
            self._draft.entry("keys", key, source)
            self._draft.fact(("keys", key, "host"), host, source)
            self._draft.fact(("keys", key, "place"), "host-kms", source)
            self._draft.fact(("keys", key, "managed_by"), "provider", source)
        return key
