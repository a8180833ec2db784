"""Exposures and touches as things that rules walk: each of their parts is a fact, with the steps that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.exposure import Degree, Exposure, Step
from hds_audit.model.fact import UNKNOWN, Fact, Origin, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.exposure import Touch
from hds_audit.resolve.organisation_facts import stricter_country
from hds_audit.resolve.organisations import profile

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_REMEMBERED = Text(
    "the law of this path was read in no source: it informs and decides nothing",
    "la loi de ce chemin n'a été lue dans aucune source : elle informe et ne décide de rien",
)
_SECTIONS = {"data": "data", "component": "components", "host": "hosts", "key": "keys", "organisation": "organisations", "flow": "flows"}


class ExposureElement:
    """One exposure; what it asks for makes its law, degree or certainty unknown, and a law that is only recalled decides nothing."""

    __slots__ = ("_facts", "_whole", "exposure", "path", "world")

    def __init__(self, world: World, exposure: Exposure) -> None:
        self.world, self.exposure = world, exposure
        self.path = f"exposures.{exposure.law or '?'}.{exposure.organisation or '?'}.{exposure.data}.{exposure.component}"
        self._facts: dict[str, Fact] = {}
        self._whole: tuple[Fact, ...] = ()

    def fact(self, path: str) -> Fact:
        """One part of the exposure; several rules ask for the same."""
        if path not in self._facts:
            self._facts[path] = self._fact(path)
        return self._facts[path]

    def _fact(self, path: str) -> Fact:
        held, here = self.exposure, f"{self.path}.{path}"
        match path:
            case "law" | "certainty":
                value = held.law if path == "law" else held.certainty
                return self._known(here, value if value not in (None, "unknown") else UNKNOWN)
            case "degree":
                return self._known(here, held.degree if held.degree != "unknown" else UNKNOWN)._replace(recalled=False)
            case "readable":
                return self._known(here, _readable(held.degree))._replace(recalled=False)
            case "country":
                return self._known(here, held.country or UNKNOWN)
            case "adequate":
                return self._adequate(here)
            case "organisation" | "data" | "component" | "role":
                return Fact(here, getattr(held, path) or UNKNOWN, Origin.DERIVED, missing=() if getattr(held, path) else held.missing)
            case _:
                return unknown(here)

    def _known(self, here: str, value: object) -> Fact:
        because = self._grounds()
        if value is UNKNOWN:
            return unknown(here, *self.exposure.missing, because=because)
        doubt = _REMEMBERED if self.exposure.remembered else None
        return Fact(here, value, Origin.DERIVED, because=because, recalled=doubt is not None, doubt=doubt)

    def _adequate(self, here: str) -> Fact:
        answer = self.world.catalogue.adequate(self.exposure.country, self.world.as_of) if self.exposure.country else None
        if answer is None:
            return unknown(here, *self.exposure.missing, because=self._grounds())
        recalled = answer.decision is not None and answer.decision.status == "recalled"
        return self._known(here, answer.answer)._replace(recalled=recalled)

    def _grounds(self) -> tuple[Fact, ...]:
        """The exposure itself, which rests on its steps: its parts rest on it and need not name them each."""
        if not self._whole:
            steps, degree = step_facts(self.exposure.path), self.exposure.degree
            value, mark = degree if degree != "unknown" else UNKNOWN, steps[0].mark if steps else 0
            self._whole = (Fact(self.path, value, Origin.DERIVED, mark, missing=self.exposure.missing, because=steps),)
        return self._whole


class TouchElement:
    """One organisation at one place with one datum, whatever law it is under."""

    __slots__ = ("path", "touch", "world")

    def __init__(self, world: World, touch: Touch) -> None:
        self.world, self.touch = world, touch
        self.path = f"touched_by.{touch.organisation or '?'}.{touch.data}.{touch.component}"

    def fact(self, path: str) -> Fact:
        """One part of the touch."""
        held, here = self.touch, f"{self.path}.{path}"
        match path:
            case "degree":
                return self._known(here, held.degree if held.degree != "unknown" else UNKNOWN)
            case "readable":
                return self._known(here, _readable(held.degree))
            case "country" | "in_eea":
                return self._place(here, path)
            case "organisation" | "data" | "component" | "role":
                return Fact(here, getattr(held, path) or UNKNOWN, Origin.DERIVED, missing=() if getattr(held, path) else held.missing)
            case _:
                return unknown(here)

    def _known(self, here: str, value: object) -> Fact:
        because = step_facts(self.touch.path)
        if value is UNKNOWN:
            return unknown(here, *self.touch.missing, because=because)
        return Fact(here, value, Origin.DERIVED, because=because)

    def _place(self, here: str, path: str) -> Fact:
        if not self.touch.organisation:
            return unknown(here, *self.touch.missing)
        held = profile(self.world, self.touch.organisation)
        said = stricter_country(self.world, held)
        if said is None:
            return unknown(here, f"{held.path}.country")
        inside = self.world.catalogue.in_eea(str(said.value), self.world.as_of)
        if path == "in_eea" and inside is None:
            return unknown(here, said.path, because=(said,))
        return Fact(here, said.value if path == "country" else inside, Origin.DERIVED, because=(said,), recalled=said.recalled)


def _readable(degree: Degree) -> object:
    return UNKNOWN if degree == "unknown" else degree not in ("ciphertext", "none")


def step_facts(path: tuple[Step, ...]) -> tuple[Fact, ...]:
    """The steps of a path as the facts they rest on: declared where they have a place, else catalogued."""
    return tuple(
        Fact(_step_path(step), step.id, Origin.CATALOGUED if step.source else Origin.DECLARED, step.mark, step.source)
        for step in path
        if step.mark or step.source
    )


def _step_path(step: Step) -> str:
    return f"{_SECTIONS[step.kind]}.{step.id}" if step.kind in _SECTIONS else step.id
