"""Where in a file a thing is written."""

from typing import NamedTuple


class Place(NamedTuple):
    """A point of a text file: line and column count from 1, `text` is the line's content where it was kept."""

    file: str
    line: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
