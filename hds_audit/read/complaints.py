"""What is wrong at one point of one file, until it is told with the name of the file."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hds_audit.errors import Problem
from hds_audit.model.record import COLUMN_BITS, LINE_BITS
from hds_audit.model.text import Text, numbered

POINT_BITS = COLUMN_BITS + LINE_BITS
LAST_COLUMN, LAST_LINE = (1 << COLUMN_BITS) - 1, (1 << LINE_BITS) - 1
_POINT = (1 << POINT_BITS) - 1
MOST_TOLD = 1000
_MORE = (
    Text("and {} more problem; mend these first", "et {} autre problème ; corrigez d'abord ceux-ci"),
    Text("and {} more problems; mend these first", "et {} autres problèmes ; corrigez d'abord ceux-ci"),
)


class Complaint(NamedTuple):
    """One thing wrong; `point` packs file, line and column so that points sort as people read."""

    point: int
    said: Text


def point_of(file: int, line: int, column: int) -> int:
    """A point of a file, line and column from 0; a column too far right is told as the last one that fits."""
    return (file << POINT_BITS) | (min(line, LAST_LINE) << COLUMN_BITS) | min(column, LAST_COLUMN)


def key_point(mark: int) -> int:
    """The point of the key in a packed mark."""
    return mark >> POINT_BITS


def value_point(mark: int) -> int:
    """The point of the value in a packed mark."""
    return (mark >> (2 * POINT_BITS) << POINT_BITS) | (mark & _POINT)


def written(point: int, names: tuple[str, ...]) -> str:
    """A point as `file:line:col`, counted from 1."""
    line, column = (point & _POINT) >> COLUMN_BITS, point & LAST_COLUMN
    return f"{names[point >> POINT_BITS]}:{line + 1}:{column + 1}"


class Complaints:
    """All that is wrong, each once; beyond a thousand only their number, so that a hostile file fills no memory."""

    def __init__(self) -> None:
        self._kept: dict[Complaint, None] = {}
        self.more = 0

    def __len__(self) -> int:
        return len(self._kept) + self.more

    def __iter__(self) -> Iterator[Complaint]:
        return iter(self._kept)

    def append(self, complaint: Complaint) -> None:
        """Keep one more."""
        if len(self._kept) < MOST_TOLD:
            self._kept[complaint] = None
        elif complaint not in self._kept:
            self.more += 1

    def extend(self, complaints: Iterable[Complaint]) -> None:
        """Keep several more."""
        for complaint in complaints:
            self.append(complaint)

    def told(self, names: tuple[str, ...]) -> tuple[Problem, ...]:
        """As problems, by file, line and column; `names` are those of the files."""
        problems = [Problem(written(each.point, names), each.said.en, each.said.fr) for each in sorted(self._kept)]
        if self.more:
            problems.append(Problem("", *numbered(self.more, *_MORE)))
        return tuple(problems)
