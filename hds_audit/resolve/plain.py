"""A description as plain data, changed in one place: what is around the change is copied, the rest is shared."""

from __future__ import annotations

from collections.abc import Sequence

Plain = dict[str, object]


def edited(plain: Plain, path: Sequence[str | int], value: object) -> Plain:
    """The same with one value put at a path; mappings that are not there yet are made."""
    key, *rest = path
    below = plain.get(str(key))
    return {**plain, str(key): _edited(below, rest, value)}


def _edited(below: object, path: Sequence[str | int], value: object) -> object:
    if not path:
        return value
    key, *rest = path
    if isinstance(key, int):
        items = list(below) if isinstance(below, list) else []
        return [_edited(item, rest, value) if number == key else item for number, item in enumerate(items)]
    mapping = below if isinstance(below, dict) else {}
    return {**mapping, key: _edited(mapping.get(key), rest, value)}


def entry(plain: Plain, section: str, name: str) -> object:
    """One entry of a section, or None."""
    found = plain.get(section)
    return found.get(name) if isinstance(found, dict) else None


def fresh(plain: Plain, section: str, name: str) -> str:
    """An identifier that the section does not use yet."""
    found = plain.get(section)
    taken = found if isinstance(found, dict) else {}
    number = 1
    chosen = name
    while chosen in taken:
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def listed(held: object, key: str) -> list[object]:
    """The elements under a key, one alone counting as a list of one; none where it is left out or says only some or none."""
    said = held.get(key) if isinstance(held, dict) else None
    return list(said) if isinstance(said, list) else [] if said is None or isinstance(said, bool) else [said]


def names(held: object, key: str) -> list[str]:
    """What the elements under a key name: texts as they are, mappings by their organisation or by who performs."""
    return [name for item in listed(held, key) for name in _named(item)]


def _named(item: object) -> list[str]:
    if isinstance(item, dict):
        return [str(item["organisation"])] if "organisation" in item else names(item, "by")
    return [item] if isinstance(item, str) else []


def without(held: object, key: str, name: str) -> list[object]:
    """The elements under a key, less those that name this."""
    return [item for item in listed(held, key) if name not in _named(item)]
