"""The fields that a requirement says itself or takes from the defaults of its file."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from hds_audit.model.framework import (
    ADDRESSEES,
    BASES,
    FAMILIES,
    KINDS,
    NATURES,
    STATUSES,
    VISIBILITIES,
    Addressee,
    Basis,
    Family,
    Kind,
    Nature,
    Source,
    Visibility,
)
from hds_audit.model.text import Text
from hds_audit.read.catalogue_entry import Entry

Word = TypeVar("Word", bound=str)
Named = Mapping[str, Source]


class Dated(NamedTuple):
    """The days a text or a requirement is in force; `since` None where no day is fixed yet."""

    since: date | None
    until: date | None


class Shared(NamedTuple):
    """What a file, its defaults and a control may each say, the nearest having the last word."""

    family: Family
    nature: Nature
    kind: Kind
    addressees: tuple[Addressee, ...]
    since: date | None
    until: date | None
    sources: tuple[Source, ...]
    visibility: Visibility | None
    remains: Text | None
    ask_host: bool
    basis: tuple[Basis, ...]
    warning: Text | None
    numbering_seen: bool


def shared(entry: Entry, given: Shared, named: Named) -> Shared:
    """The fields as this mapping says them, and as given where it is silent."""
    days = dated(entry, given.since, given.until)
    return Shared(
        family=chosen(entry, "framework", FAMILIES, given.family),
        nature=chosen(entry, "nature", NATURES, given.nature),
        kind=chosen(entry, "kind", KINDS, given.kind),
        addressees=several(entry, "addressee", ADDRESSEES) or given.addressees,
        since=days.since,
        until=days.until,
        sources=cited(entry, named) or given.sources,
        visibility=entry.word("visibility", VISIBILITIES) or given.visibility,
        remains=entry.said("remains") or given.remains,
        ask_host=entry.flag("ask_host") if "ask_host" in entry.nodes else _silent(entry, "ask_host", given.ask_host),
        basis=several(entry, "basis", BASES) or given.basis,
        warning=entry.said("warning") or given.warning,
        numbering_seen=entry.word("numbering", ("ours", "seen")) != "ours" if "numbering" in entry.nodes
        else _silent(entry, "numbering", given.numbering_seen),
    )  # fmt: skip


def dated(entry: Entry, since: date | None, until: date | None, due: bool = False) -> Dated:
    """The days said, else those given; an order that cannot be is noted."""
    if entry.bare("from") and entry.nodes["from"].value == "to-come":
        entry.asked.add("from")
        return Dated(None, entry.day("until"))
    if due and "from" not in entry.nodes:
        entry.problem("from", "from is missing; write the day, or to-come", "from manque ; écrire le jour, ou to-come")
    found = Dated(entry.day("from") or since, entry.day("until") or until)
    if found.since and found.until and found.since >= found.until:
        entry.problem("until", f"until {found.until} is not later than from {found.since}", "until doit suivre from")
    return found


def named_sources(root: Entry) -> Named:
    """The sources of a file under their keys."""
    table = root.inner("sources")
    if table is None:
        root.problem("sources", "sources is missing: name what was read", "sources manque : nommer ce qui a été lu")
        return {}
    return {key: _source(entry) for key, entry in table.entries()}


def cited(entry: Entry, named: Named) -> tuple[Source, ...]:
    """The sources that a mapping cites: keys of the file's own table, or whole mappings."""
    found = []
    for each in entry.elements("sources", short="key"):
        key = each.text("key")
        if key is None:
            found.append(_source(each))
        elif key in named:
            found.append(named[key])
        else:
            each.problem("key", f"no source {key}; known are: {', '.join(named)}", f"aucune source {key} ici")
    return tuple(found)


def chosen(entry: Entry, key: str, words: tuple[Word, ...], given: Word | None) -> Word:
    """One of the words, as given where it is left out; the first stands in once a problem is noted."""
    found = entry.word(key, words) or given
    if found is None and key not in entry.nodes:
        entry.problem(key, f"{key} is missing", f"{key} manque")
    return found or words[0]


def several(entry: Entry, key: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """One of the words or a list of them; () where it is left out."""
    given = one_or_more(entry, key)
    listed = ", ".join(words)
    for name in given:
        if name not in words:
            entry.problem(key, f"{name} is not one of: {listed}", f"{name} n'est pas de la liste : {listed}")
    return tuple(word for name in given for word in words if word == name)


def one_or_more(entry: Entry, key: str) -> tuple[str, ...]:
    """A scalar or a list of them; () where it is left out."""
    if entry.bare(key):
        found = entry.text(key)
        return (found,) if found else ()
    return entry.names(key) or ()


def _source(entry: Entry) -> Source:
    status = chosen(entry, "status", STATUSES, None)
    source = Source(entry.due("ref"), status, entry.day("read"), entry.text("url") or "")
    if source.read is None and "read" not in entry.nodes:
        entry.problem("read", "read is missing: the day the source was read", "read manque : le jour de lecture")
    entry.close()
    return source


def _silent(entry: Entry, key: str, given: bool) -> bool:
    entry.asked.add(key)
    return given
