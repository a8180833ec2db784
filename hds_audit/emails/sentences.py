"""The sentences of a message, each with the lines it was written on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Where = Literal["body", "subject", "preheader", "alternative"]

CELL = "\ue002"
"""Stands between the cells of a row."""

_LONGEST_SENTENCE = 1_200
_LABEL_WORDS = 6
_END = re.compile(r"(?<![.!?;…])[.!?;…]++(?=[\s\ue000\ue002]|$)|[\ue002]")
_ABBREVIATED = re.compile(r"\b(?:Dr|Pr|Mr|Mrs|Ms|Mme|Mlle|M|St|No|N|tel|Tél|etc|Prof|approx|ex|cf|vs)$", re.I)


@dataclass(slots=True)
class Passage:
    """A run of text without a break: sentences are cut from it. `marks` are the lines at positions of the text."""

    where: Where
    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    blank: bool = True
    """Whether it holds nothing but space and the marks of cells."""

    def add(self, text: str, line: int) -> None:
        """Adds what stands on a line and after it."""
        self.blank = False
        self.space(text, line)

    def space(self, text: str, line: int) -> None:
        """Adds space, or the mark of a cell."""
        self.marks.append((self.size, line))
        self.parts.append(text)
        self.size += len(text)


class Sentence(NamedTuple):
    """One sentence of a message, with the lines at positions of its text."""

    where: Where
    text: str
    marks: tuple[tuple[int, int], ...]

    def line_at(self, position: int) -> int:
        """The line on which the character at a position was written."""
        start, line = self.marks[0]
        for mark, number in self.marks:
            if mark > position:
                break
            start, line = mark, number
        return line + self.text.count("\n", max(start, 0), max(position, 0))


def sentences_of(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage; a short first cell stays with the one beside it."""
    text = "".join(passage.parts)
    if len(text) < _LONGEST_SENTENCE and not _END.search(text):
        yield from _whole(passage, text)
        return
    breaks = [match.start() for match in _BREAK.finditer(text)] if "\n" in text else []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if text[match.start()] == CELL:
            if end - start > 1 and _is_label(text[start : match.start()]):
                continue
        elif match.group() == "." and _ABBREVIATED.search(text[max(start, match.start() - 6) : match.start()]):
            continue
        if end - start > 1:
            yield from _sentence(passage, text, breaks, start, end)
        start = end
    if start < len(text):
        yield from _sentence(passage, text, breaks, start, len(text))


_BREAK = re.compile("\n")


def _whole(passage: Passage, text: str) -> Iterator[Sentence]:
    """The passage as one sentence: what most are."""
    if text.strip(_EMPTY):
        marks = passage.marks
        yield Sentence(passage.where, text, ((0, marks[0][1]), *marks[1:]))


def _is_label(text: str) -> bool:
    return "\ue000" not in text and 0 < len(text.replace(CELL, " ").split()) <= _LABEL_WORDS and CELL not in text.strip().strip(CELL)


def _sentence(passage: Passage, text: str, breaks: list[int], start: int, end: int) -> Iterator[Sentence]:
    for begin in range(start, end, _LONGEST_SENTENCE):
        piece = text[begin : min(end, begin + _LONGEST_SENTENCE)]
        if not piece.strip(_EMPTY):
            continue
        first = max(bisect_right(passage.marks, (begin, _LAST_LINE)) - 1, 0)
        last = bisect_left(passage.marks, (begin + len(piece),))
        at, line = passage.marks[first]
        line += bisect_left(breaks, begin) - bisect_left(breaks, at)
        inside = ((mark - begin, number) for mark, number in passage.marks[first + 1 : last])
        yield Sentence(passage.where, piece, ((0, line), *inside))


_EMPTY = " \n\t" + CELL
_LAST_LINE = 1 << 40
