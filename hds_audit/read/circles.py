"""Circles: organisations that own one another, components that are copies of one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.record import Record, Value
from hds_audit.model.text import Text
from hds_audit.read import consistency_wording as wording
from hds_audit.read.complaints import Complaint, value_point

_Above = Callable[[str], Iterable[str]]


def circles(root: Record, catalogue: Catalogue) -> Iterator[Complaint]:
    """Each circle once, told at the first entry of the file that is on it."""
    owned, copies = _written(root, "organisations", "parent"), _written(root, "components", "copy_of")
    yield from _told(owned, "parent", _owners(owned, catalogue), wording.owners_in_a_circle)
    yield from _told(copies, "copy_of", lambda name: _names(copies, name, "copy_of"), wording.copies_in_a_circle)


def _written(root: Record, section: str, key: str) -> dict[str, Record]:
    entries = root.values.get(section)
    found = entries.items() if isinstance(entries, dict) else ()
    return {name: entry for name, entry in found if isinstance(entry, Record) and key in entry.values}


def _names(entries: dict[str, Record], name: str, key: str) -> tuple[str, ...]:
    written: Value | None = entries[name].values[key] if name in entries else None
    return tuple(each for each in written if isinstance(each, str)) if isinstance(written, tuple) else ()


def _owners(owned: dict[str, Record], catalogue: Catalogue) -> _Above:
    """Who stands above an organisation: what the file says or, where it is silent, the catalogue of any day."""
    known = {name: found.id for name in owned if (found := catalogue.organisation(name))}
    written = {known.get(name, name): name for name in owned}

    def above(name: str) -> Iterable[str]:
        organisation = catalogue.organisation(name)
        name = written.get(organisation.id if organisation else name, name)
        if name in owned:
            return _names(owned, name, "parent")
        return tuple(each.owner for each in organisation.owners or () if each.owner) if organisation else ()

    return above


def _told(entries: dict[str, Record], key: str, above: _Above, said: Callable[[list[str]], Text]) -> Iterator[Complaint]:
    for way in _ways_back(entries, above):
        first = next((name for name in way if name in entries), None)
        if first is not None:
            yield Complaint(value_point(entries[first].marks[key]), said(way))


def _ways_back(starts: Iterable[str], above: _Above) -> Iterator[list[str]]:
    """Ways that end where they begin, at least one of each tangle; every name is climbed from once."""
    done: set[str] = set()
    for start in starts:
        way: dict[str, Iterator[str]] = {} if start in done else {start: iter(above(start))}
        while way:
            name, higher = next(reversed(way.items()))
            each = next(higher, None)
            if each is None:
                done.add(name)
                del way[name]
            elif each in way:
                names = list(way)
                yield [*names[names.index(each) :], each]
            elif each not in done:
                way[each] = iter(above(each))
