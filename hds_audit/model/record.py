"""A mapping of infra.yaml after reading: its values, and where each of them is written."""

from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.model.fields import RecordType
from hds_audit.model.place import Place
from hds_audit.model.values import Day, Span

COLUMN_BITS, LINE_BITS = 14, 24
_COLUMN, _LINE = (1 << COLUMN_BITS) - 1, (1 << LINE_BITS) - 1
_POINT = COLUMN_BITS + LINE_BITS


def pack(file: int, key: tuple[int, int], value: tuple[int, int]) -> int:
    """Two points (line and column from 0) of one file in a single integer, since there are as many as keys."""
    point = (min(key[0], _LINE) << COLUMN_BITS) | min(key[1], _COLUMN)
    other = (min(value[0], _LINE) << COLUMN_BITS) | min(value[1], _COLUMN)
    return (((file << _POINT) | point) << _POINT) | other


class Files(NamedTuple):
    """The files that a description was read from: their names as given, and their texts."""

    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def _place(self, file: int, point: int) -> Place:
        line, column = point >> COLUMN_BITS, point & _COLUMN
        text = self.lines[file][line] if file < len(self.lines) and line < len(self.lines[file]) else ""
        return Place(self.names[file], line + 1, column + 1, text)

    def key_place(self, mark: int) -> Place:
        """Where the key of a packed mark begins."""
        return self._place(mark >> (2 * _POINT), (mark >> _POINT) & ((1 << _POINT) - 1))

    def value_place(self, mark: int) -> Place:
        """Where the value of a packed mark begins."""
        return self._place(mark >> (2 * _POINT), mark & ((1 << _POINT) - 1))


class Record(NamedTuple):
    """One mapping, read: `values` has only the keys that are written; `marks` has a packed mark for each of them.

    `false` where a mapping is due stays False, `true` stays True; a list is a tuple; a keyed section is a dict in file order.
    `mark` is that of the record's own key (or of its first key, in a list).
    """

    type: RecordType
    id: str
    path: str
    values: "Mapping[str, Value]"
    marks: Mapping[str, int]
    mark: int


Value = str | bool | int | float | Day | Span | Record | tuple["Value", ...] | dict[str, "Value"]
