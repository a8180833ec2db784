"""What opens a component to everybody (lists of access, policies, grants), and what takes that back."""

from __future__ import annotations

from hds_audit.importers.draft import Draft
from hds_audit.importers.table_types import ResourceType
from hds_audit.importers.tf.resource import Resource
from hds_audit.importers.tf.values import read_value
from hds_audit.model.imported import Source
from hds_audit.model.text import Text

EVERY_WAY = "*"


class Openings:
    """The ways in which each component was opened to everybody, and those that something shuts."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._opened: dict[str, dict[str, Source]] = {}
        self._shut: dict[str, set[str]] = {}
        self._hidden: dict[str, tuple[Text, Source]] = {}

    def add(self, resource: Resource, type_: ResourceType, component: str) -> None:
        """Take in what a resource opens and shuts of a component."""
        for way, reading in type_.opens:
            answer = read_value(reading, resource, worst=True)
            if answer.value is True:
                self._opened.setdefault(component, {}).setdefault(way, resource.at(answer.attribute))
            elif answer.hidden is not None:
                self._hidden.setdefault(component, (answer.hidden, resource.at(answer.attribute)))
        for way, reading in type_.shuts:
            if read_value(reading, resource, worst=False).value is True:
                self._shut.setdefault(component, set()).add(way)

    def close(self) -> None:
        """Write that a component is exposed where one way stays open; what was said to be shut off stays so."""
        for component, ways in self._opened.items():
            shut, path = self._shut.get(component, set()), ("components", component, "internet_exposed")
            left = [place for way, place in ways.items() if way not in shut and EVERY_WAY not in shut]
            if left and self._draft.value(path) is not False:
                self._draft.fact(path, True, left[0])
        for component, (reason, place) in self._hidden.items():
            if self._draft.value(("components", component, "internet_exposed")) is None:
                self._draft.unknown(f"components.{component}.internet_exposed", reason, place)
