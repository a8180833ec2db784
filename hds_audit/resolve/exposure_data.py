"""The data that exposures speak of, and the layers over each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hds_audit.model.exposure import Step
from hds_audit.model.record import Record
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.ciphers import encrypts
from hds_audit.resolve.exposure_access import named_data, records
from hds_audit.resolve.exposure_degrees import Stack
from hds_audit.resolve.holdings import components
from hds_audit.resolve.scope import health_data, stored, unknown_health

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


def concerned(world: World) -> Mapping[str, tuple[str, ...]]:
    """The health data, each with what to declare before it counts for sure."""
    return world.once("exposed data", _concerned)


def _concerned(world: World) -> Mapping[str, tuple[str, ...]]:
    doubtful = {name: _missing(world, name) for name in unknown_health(world)}
    return {**dict.fromkeys(health_data(world), ()), **doubtful}


def _missing(world: World, name: str) -> tuple[str, ...]:
    subject = world.subject("data", name)
    return subject.fact("is_health_data").missing if subject else (f"data.{name}",)


def datum_step(world: World, name: str) -> Step:
    """The first step of every path."""
    return world.once(("datum step", name), lambda _: _datum_step(world, name))


def _datum_step(world: World, name: str) -> Step:
    record = records(world, "data")[name]
    return Step("data", name, words.datum(record.values.get("health")), record.marks.get("health", record.mark))


def covering(component: Record, datum: str) -> Stack:
    """The layers over a datum that a component stores; what nobody said of them is unsaid, and what they leave out is bare."""
    said = component.values.get("encryption")
    if said is None or said is True:
        return Stack(unsaid=(f"{component.path}.encryption",))
    written = tuple(each for each in said if isinstance(each, Record)) if isinstance(said, tuple) else ()
    layers = [each for each in written if encrypts(each.values.get("algorithm"))]
    return Stack(tuple(each for each in layers if (limits := named_data(each)) is None or datum in limits))


def sealed(world: World, datum: str) -> tuple[Stack, ...]:
    """The end-to-end layers over a datum where every store of it has one; () where a store has none, or nobody said."""
    return world.once("sealed", _sealed).get(datum, ())


def _sealed(world: World) -> Mapping[str, tuple[Stack, ...]]:
    found: dict[str, list[Stack]] = {}
    for name, component in components(world).items():
        for datum in stored(world, name) or ():
            layers = tuple(each for each in covering(component.record, datum).layers if each.values.get("layer") == "end-to-end")
            found.setdefault(datum, []).append(Stack(layers))
    return {datum: tuple(stacks) for datum, stacks in found.items() if all(stack.layers for stack in stacks)}
