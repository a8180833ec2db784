"""Exposures: which law reaches which datum, through whom, where, how readable it is there, and how sure all this is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import Degree, Exposure, Role, Step
from hds_audit.resolve.exposure_degrees import NONE, Bounds, Reader, highest
from hds_audit.resolve.exposure_links import Link, abroad, links
from hds_audit.resolve.exposure_places import BESIDE, Place, Way, places

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_NOBODY = Link(None, "", "unknown")  # the law of a provider that nobody names


class Touch(NamedTuple):
    """One organisation at one place with one datum, whatever law it is under: how much it can read and what would tell."""

    organisation: str
    data: str
    component: str
    degree: Degree
    missing: tuple[str, ...]
    path: tuple[Step, ...]
    role: Role


def exposures(world: World) -> tuple[Exposure, ...]:
    """Every exposure, by law, organisation, data and component; the unknown law last. No entry is no proof of immunity."""
    return world.once("exposures", lambda _: tuple(sorted(_exposures(world), key=_order)))


def touches(world: World) -> tuple[Touch, ...]:
    """Every organisation that can read a health datum somewhere, if only as ciphertext, by organisation, data and component."""
    return world.once("touches", lambda _: tuple(sorted(_touches(world), key=lambda each: each[:3])))


def _order(each: Exposure) -> tuple[bool, str, str, str, str]:
    return each.law is None, each.law or "", each.organisation, each.data, each.component


def by_organisation(ways: tuple[Way, ...]) -> Mapping[str, tuple[Way, ...]]:
    """The ways to one datum at one place, by who takes them."""
    found: dict[str, list[Way]] = {}
    for way in ways:
        found.setdefault(way.access.organisation, []).append(way)
    return {name: tuple(listed) for name, listed in found.items()}


def _exposures(world: World) -> Iterator[Exposure]:
    for place in places(world):
        for datum, ways in place.ways.items():
            for organisation, own in by_organisation(ways).items():
                for link, admitted in _linked(world, organisation, own):
                    made = _exposure(world, place, datum, link, admitted)
                    if made is not None:
                        yield made


def _linked(world: World, organisation: str, ways: tuple[Way, ...]) -> Iterator[tuple[Link, tuple[Way, ...]]]:
    """Each law with the ways it applies to: that of a country that people work from applies to their access alone."""
    known = links(world, organisation) if organisation else (_NOBODY,)
    for link in known:
        yield link, ways
    held, further = {link.law for link in known}, dict[str | None, tuple[Link, list[Way]]]()
    for way in ways:
        for link in abroad(world, known, organisation, way.access.countries) if way.access.countries else ():
            if link.law not in held:
                further.setdefault(link.law, (link, []))[1].append(way)
    for link, admitted in further.values():
        yield link, tuple(admitted)


def _exposure(world: World, place: Place, datum: str, link: Link, ways: tuple[Way, ...]) -> Exposure | None:
    judged = [(way.stance.bounds(world, Reader(way.access, link)), way) for way in ways]
    whole = highest([bounds for bounds, _ in judged])
    if whole.most == NONE:
        return None
    bounds, way = _shown(whole, judged)
    return Exposure(
        link.law,
        way.access.organisation,
        datum,
        place.id,
        whole.degree,
        link.certainty,
        tuple(dict.fromkeys((*link.missing, *whole.open_ends))) if link.missing else whole.open_ends,
        (*_reading(bounds, way), *link.steps, *bounds.after),
        way.access.role,
        link.country,
        link.remembered,
        place.kind,
    )


def _reading(bounds: Bounds, way: Way) -> tuple[Step, ...]:
    """From the datum to the organisation, with the layers on the way; who operates or administers does not come by the host."""
    head, tail = way.stance.steps[:2], way.stance.steps[2:]
    if way.access.role in BESIDE:
        tail = tuple(step for step in tail if step.kind != "host")
    return (*head, *bounds.steps, *tail, *way.access.steps)


def _shown(whole: Bounds, judged: list[tuple[Bounds, Way]]) -> tuple[Bounds, Way]:
    """The shortest of the ways that give the degree."""
    if len(judged) == 1:
        return judged[0]
    telling = [each for each in judged if _tells(whole, each[0])]
    return min(telling, key=lambda each: len(_reading(*each)) + len(each[0].after))


def _tells(whole: Bounds, bounds: Bounds) -> bool:
    return bounds.most == whole.most if whole.degree == "unknown" else bounds.least == whole.least


def _touches(world: World) -> Iterator[Touch]:
    for place in places(world):
        for datum, ways in place.ways.items():
            for organisation, own in by_organisation(ways).items():
                judged = [(way.stance.bounds(world, Reader(way.access, None)), way) for way in own]
                whole = highest([bounds for bounds, _ in judged])
                if whole.most > NONE:
                    bounds, way = _shown(whole, judged)
                    yield Touch(organisation, datum, place.id, whole.degree, whole.open_ends, _reading(bounds, way), way.access.role)
