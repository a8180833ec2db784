"""Values of the mapping tables as YAML gives them, made sure of."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.importers.table_types import Raw
from hds_audit.model.imported import Plain


def sections(whole: Raw, section: str) -> Iterator[tuple[str, Raw]]:
    """The mappings of a section of a table, by their keys."""
    for key, value in mapping(whole.get(section)).items():
        yield key, mapping(value)


def mapping(raw: object) -> Raw:
    """A mapping of a table, its keys as words; raises TypeError for anything else, none is an empty one."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise TypeError(f"a mapping is due, not {str(raw)[:40]!r}")
    return {word(key): value for key, value in raw.items()}


def word(key: object) -> str:
    """A key or value as a word: `true` and `false` as YAML writes them."""
    return str(key).lower() if isinstance(key, bool) else str(key)


def mappings(raw: object) -> list[Raw]:
    """The mappings of a list, or the one there is."""
    return [mapping(item) for item in several(raw)]


def several(raw: object) -> list[object]:
    """The elements of a list, or the one there is."""
    return [] if raw is None else raw if isinstance(raw, list) else [raw]


def texts(raw: object) -> tuple[str, ...]:
    """The words of a list, or the one there is."""
    return tuple(word(item) for item in several(raw))


def text(raw: object) -> str:
    """A value as a word; '' for none."""
    return "" if raw is None else word(raw)


def flag(raw: object) -> bool | None:
    """A flag; None for anything else."""
    return raw if isinstance(raw, bool) else None


def plain(raw: object) -> Plain:
    """A plain value; raises TypeError for what no table may hold."""
    match raw:
        case str() | bool() | int() | float():
            return raw
        case list():
            return [plain(item) for item in raw]
        case dict():
            return {word(key): plain(value) for key, value in raw.items()}
        case _:
            raise TypeError(f"{raw!r} is no value of a table")
