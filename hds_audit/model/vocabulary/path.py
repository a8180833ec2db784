"""One derived path: its name, its subjects, its meaning and what to declare for it."""

from typing import Literal, NamedTuple

from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text

Shape = Literal["text", "flag", "number", "day", "span", "words", "elements", "thing"]


class Path(NamedTuple):
    """A fact that the tool works out.

    `shape` words is a list of plain values, `elements` a list of things with the paths named in `elements`, `thing` one such thing
    (`refers` names the kind of subject it is, when it is one). `declare` are the paths of the format that it is worked out from.
    """

    name: str
    subjects: tuple[SubjectKind, ...]
    shape: Shape
    meaning: Text
    declare: tuple[str, ...] = ()
    elements: tuple[tuple[str, Text], ...] = ()
    refers: SubjectKind | None = None
