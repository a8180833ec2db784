"""A plain tree of one file's YAML, in which every key and value keeps its line and column."""

from __future__ import annotations

from typing import TypeAlias


class Map(dict[str, "Node"]):
    """A mapping with a packed mark for each of its keys."""

    __slots__ = ("marks",)
    marks: dict[str, int]

    def __init__(self) -> None:
        self.marks = {}


class Seq(list["Node"]):
    """A list with a packed mark for each of its elements."""

    __slots__ = ("marks",)
    marks: list[int]

    def __init__(self) -> None:
        self.marks = []


class Refused:
    """What stands where a complaint was already made."""


REFUSED = Refused()
Node: TypeAlias = "str | bool | Map | Seq | Refused | None"
