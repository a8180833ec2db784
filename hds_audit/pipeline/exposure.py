"""Exposures for their own command: read, resolve, and run again on changed descriptions to see what would end each."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from hds_audit.errors import InputError
from hds_audit.model.catalogued import Law
from hds_audit.model.description import Description
from hds_audit.model.exposure import Custody, Cut, Exposure
from hds_audit.model.report import OrganisationView
from hds_audit.pipeline.audit import Request, world_of
from hds_audit.pipeline.check import known
from hds_audit.pipeline.knowledge import Knowledge, rules_folder
from hds_audit.pipeline.views import organisation_view
from hds_audit.resolve.custody import custody
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.remedies import key_of, remedies

MOST_CHANGES = 200  # audits of changed descriptions that one call runs


class Exposed(NamedTuple):
    """The exposures of a description and its keys; `cuts` beside each exposure, None where it was not looked for.

    `notes` are laws of the same countries, in force that day, that compel nobody and so make no path; `names` the organisations met.
    """

    exposures: tuple[Exposure, ...]
    custody: tuple[Custody, ...]
    cuts: tuple[tuple[Cut, ...] | None, ...]
    notes: tuple[Law, ...] = ()
    untried: int = 0
    names: tuple[OrganisationView, ...] = ()


def known_without_rules() -> Knowledge:
    """What exposures rest on: the catalogue, whatever is wrong with a rule; raises InputError where the catalogue cannot be read."""
    try:
        return known()
    except InputError:
        from hds_audit.model.framework import Frameworks
        from hds_audit.read.catalogue import load_catalogue

        return Knowledge((), load_catalogue(rules_folder() / "_catalogue"), Frameworks((), {}), "", "")


def exposed(
    description: Description, knowledge: Knowledge, request: Request, data: str = "", law: str = "", *, cut: bool = True
) -> Exposed:
    """The exposures of one datum or under one law where these are named; with `cut`, the single changes that end each."""
    world = world_of(description, knowledge, request)
    everything = exposures(world)
    shown = tuple(each for each in everything if data in ("", each.data) and (not law or each.law in (law, None)))
    notes = tuple(entry for entry in knowledge.catalogue.laws.values() if _is_note(entry, shown, request.as_of))
    keys = custody(world)
    names = tuple(organisation_view(world, name) for name in _met(shown, keys))
    if not cut or not shown:
        return Exposed(shown, keys, (None,) * len(shown), notes, names=names)

    def rerun(plain: dict[str, object]) -> tuple[Exposure, ...]:
        return exposures(world_of(_changed(description, plain, knowledge), knowledge, request))

    tried = remedies(_whole(description), everything, shown, rerun, MOST_CHANGES)
    return Exposed(shown, keys, tuple(tried.cuts[key_of(each)] for each in shown), notes, tried.untried, names)


def _met(shown: tuple[Exposure, ...], keys: tuple[Custody, ...]) -> tuple[str, ...]:
    """The organisations of the paths and those that can use keys, each once."""
    along = (step.id for each in shown for step in each.path if step.kind == "organisation")
    users = (who for row in keys for who, _, _ in row.users)
    return tuple(name for name in dict.fromkeys((*(each.organisation for each in shown), *along, *users)) if name)


def _is_note(entry: Law, shown: tuple[Exposure, ...], on: date) -> bool:
    return not entry.binds and entry.span.holds(on) and any(each.country == entry.country for each in shown)


def _whole(description: Description) -> dict[str, object]:
    """The merged tree without the names of the files that it was merged from."""
    return {key: value for key, value in description.plain.items() if key != "include"}


def _changed(description: Description, plain: dict[str, object], knowledge: Knowledge) -> Description:
    """A changed description, read as any other: JSON is YAML too."""
    from hds_audit.read.description import parse_description

    return parse_description(description.files.names[0], json.dumps(plain, ensure_ascii=False).encode(), knowledge.catalogue)
