"""Organisations by the names that models give them: those of the catalogue where the tables know the name, else new ones."""

from __future__ import annotations

from hds_audit.importers.draft import Draft
from hds_audit.importers.identifiers import slug
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Source


def organisation_of(draft: Draft, name: str, tables: Tables, source: Source) -> str:
    """The identifier of an organisation; one that the tables do not know gets an entry of its own, with its name alone."""
    known = known_organisation(name, tables)
    if known or not name.strip():
        return known
    entry = slug(name)
    if not draft.has("organisations", entry):
        draft.entry("organisations", name, source)
        draft.fact(("organisations", entry, "name"), name.strip()[:120], source)
    return entry


def known_organisation(name: str, tables: Tables) -> str:
    """The organisation of the catalogue that goes by that name; '' where the tables know none."""
    return next((organisation for pattern, organisation in tables.organisations if pattern.fullmatch(name.strip())), "")
