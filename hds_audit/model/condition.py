"""Conditions of rules, as data: what can say which fact was missing, be printed, and be turned round."""

from typing import Literal, NamedTuple

Operator = Literal["equals", "in", "not_in", "includes", "each_in", "at_least", "at_most", "before", "after", "within", "matches", "exists"]
OPERATORS: tuple[Operator, ...] = (
    "equals", "in", "not_in", "includes", "each_in", "at_least", "at_most", "before", "after", "within", "matches", "exists",
)  # fmt: skip
Empty = Literal["pass", "fail", "unknown"]
Plain = str | bool | int | float


class Literally(NamedTuple):
    """A value, or a list of them, written in the rule."""

    value: Plain | tuple[Plain, ...]


class Listed(NamedTuple):
    """A list of the catalogue, as of the day of the audit."""

    name: str


class AsOf(NamedTuple):
    """The day of the audit."""


class At(NamedTuple):
    """The value at another path of the same subject."""

    path: str


Operand = Literally | Listed | AsOf | At


class Check(NamedTuple):
    """One test on one path."""

    path: str
    operator: Operator
    operand: Operand


class All(NamedTuple):
    """Holds when every part does."""

    parts: "tuple[Condition, ...]"


class AnyOf(NamedTuple):
    """Holds when one part does."""

    parts: "tuple[Condition, ...]"


class Not(NamedTuple):
    """Holds when its part does not."""

    part: "Condition"


class Each(NamedTuple):
    """Holds when every element that `where` selects meets `require`; `empty` is the verdict on no element at all."""

    path: str
    where: "Condition | None"
    require: "Condition"
    empty: Empty


class Some(NamedTuple):
    """Holds when an element meets `where`."""

    path: str
    where: "Condition"


Condition = Check | All | AnyOf | Not | Each | Some
