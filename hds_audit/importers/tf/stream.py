"""A large JSON text read piece by piece, so that what is not needed is never held, and what precedes a break is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\r\n]*")


class BrokenError(Exception):
    """The text stops being JSON at this place; line and column count from 1."""

    def __init__(self, text: str, at: int, *, unterminated: bool = False) -> None:
        super().__init__("broken JSON")
        self.at = at
        self.line = text.count("\n", 0, at) + 1
        self.column = at - (text.rfind("\n", 0, at) + 1) + 1
        self.ended = unterminated or not text[at:].strip()


class Scan:
    """A position in a JSON text. What a loop over `members` or `elements` does not take, it passes over."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted, self._line, self._begins = 0, 1, 0
        self._decode = json.JSONDecoder().raw_decode
        self._skip()

    @property
    def begins(self) -> str:
        """The character at the position."""
        return self._text[self._at : self._at + 1]

    @property
    def place(self) -> tuple[int, int]:
        """The line and column of the position, from 1; what was counted once is not counted again."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._begins = self._text.rfind("\n", self._counted, self._at) + 1 or self._begins
        self._counted = self._at
        return self._line, self._at - self._begins + 1

    def value(self) -> object:
        """The value at the position, whole."""
        try:
            value, self._at = self._decode(self._text, self._at)
        except json.JSONDecodeError as error:
            raise BrokenError(self._text, error.pos, unterminated=error.msg.startswith("Unterminated")) from error
        except RecursionError as error:
            raise BrokenError(self._text, self._at) from error
        self._skip()
        return value

    def members(self) -> Iterator[str]:
        """The keys of the object at the position, which then stands at the value of each."""
        if self.begins != "{":
            self.value()
            return
        yield from self._within("}")

    def elements(self) -> Iterator[str]:
        """One turn for each element of the list at the position, which then stands at that element."""
        if self.begins != "[":
            self.value()
            return
        yield from self._within("]")

    def _within(self, closing: str) -> Iterator[str]:
        self._take(self.begins)
        if self.begins == closing:
            self._take(closing)
            return
        while True:
            name = self._key() if closing == "}" else ""
            before = self._at
            yield name
            if self._at == before:
                self.value()
            if self.begins == closing:
                self._take(closing)
                return
            self._take(",")

    def _key(self) -> str:
        if self.begins != '"':
            raise BrokenError(self._text, self._at)
        key = str(self.value())
        self._take(":")
        return key

    def _take(self, character: str) -> None:
        if self.begins != character or not character:
            raise BrokenError(self._text, self._at)
        self._at += 1
        self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
