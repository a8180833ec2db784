"""Parts the code of a template from its text. Linear: an opening that nothing closes is looked for once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hds_audit.emails.delimiters import DELIMITERS, PLACEHOLDERS, Delimiter, MarkKind
from hds_audit.emails.expression import Expression, Expressions
from hds_audit.model.template import Engine

OUTPUT_OPEN, OUTPUT_CLOSE = "\ue000", "\ue001"
"""What stands in the text for a printed expression: these two about its number."""
PLACED = re.compile(f"{OUTPUT_OPEN}(\\d+){OUTPUT_CLOSE}")
"""The same, with its number."""


def placed(number: int) -> str:
    """What stands for a printed expression; always as long, so that sentences that differ by it alone can be read once."""
    return f"{OUTPUT_OPEN}{number:05d}{OUTPUT_CLOSE}"


_LONGEST_CODE, _LONGEST_CALL, _MOST_MARKS, _MOST_ENDLESS = 20_000, 4_000, 20_000, 50
_UNWANTED = ("\ue000", "\ue001", "\ue002", "\ue003", "\0")
_LEXED_BY_JINJA: frozenset[Engine] = frozenset(("jinja", "django", "nunjucks", "twig", "liquid"))
_RAW = re.compile(r"\{%[-+]?\s{0,4}(?:raw|verbatim|comment)\b")
_CLOSED = re.compile(r"""(?:\}\}|%\}|#\})[^"'\n{]{0,200}["']""")
_OPENED = re.compile(r"""["'][^"'\n{]{0,200}\Z""")
_LITERAL = 201
_PRINTS = re.compile(r"(?<![\w$>])(?:echo|print)\b")
_WITH_PHP: frozenset[Engine] = frozenset(("php", "blade"))


class Mark(NamedTuple):
    """A piece of code: what kind, its text, the line where it opens, and what was read in it."""

    kind: MarkKind
    code: str
    line: int
    expression: Expression


@dataclass(slots=True)
class Cut:
    """A text whose code is taken out: printed expressions leave their number behind, the rest only its line ends."""

    text: str
    marks: list[Mark]
    unclosed: int = 0
    """The line of an opening that nothing closes, or 0."""


@dataclass(slots=True)
class _Work:
    engine: Engine
    expressions: Expressions
    out: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    line: int = 1
    unclosed: int = 0
    endless_calls: int = 0

    def keep(self, text: str) -> None:
        self.out.append(text)
        self.line += text.count("\n")

    def mark(self, kind: MarkKind, code: str, whole: str) -> None:
        breaks = whole.count("\n")
        if kind != "comment" and len(self.marks) < _MOST_MARKS:
            expression = self.expressions.read(code, self.engine, tag=kind == "tag")
            if kind == "output":
                self.out.append(placed(len(self.marks)))
            if expression.said:
                self.out.append(f" {expression.said} ")
            self.marks.append(Mark(kind, code, self.line, expression))
        self.out.append("\n" * breaks)
        self.line += breaks


def cut(engine: Engine, text: str, expressions: Expressions) -> Cut:
    """The text and the code of a template; `text` has line feeds only."""
    for sign in _UNWANTED:
        if sign in text:
            text = text.replace(sign, " ")
    work = _Work(engine, expressions)
    if not (engine in _LEXED_BY_JINJA and _needs_lexer(text) and _cut_by_jinja(text, work)):
        work = _Work(engine, expressions)
        _cut_by_marks(text, work, DELIMITERS[engine])
    return Cut("".join(work.out), work.marks, work.unclosed)


def _needs_lexer(text: str) -> bool:
    """Whether it has raw blocks, or closings within literals: what only a lexer of the grammar gets right."""
    if _RAW.search(text):
        return True
    closings = (match.start() for match in _CLOSED.finditer(text))
    return any(_OPENED.search(text, max(at - _LITERAL, 0), at) for at in closings)


def _cut_by_jinja(text: str, work: _Work) -> bool:
    """Cuts with Jinja's own lexer; false where the text is not of its grammar (Django, Twig and Liquid mostly are)."""
    from jinja2 import Environment, TemplateSyntaxError

    kinds: dict[str, MarkKind] = {"variable_begin": "output", "block_begin": "tag", "comment_begin": "comment"}
    ends = {"variable_end", "block_end", "comment_end"}
    code: list[str] = []
    kind: MarkKind | None = None
    skipping = False
    try:
        for _, token, value in Environment().lex(text):  # noqa: S701  nothing is rendered
            if token in kinds:
                kind, code = kinds[token], [value]
            elif kind is None:
                if token == "data" and not skipping:  # noqa: S105
                    _cut_by_marks(value, work, ())
                else:
                    work.keep("\n" * value.count("\n"))
            else:
                code.append(value)
                if token in ends:
                    inner = "".join(code[1:-1])
                    skipping = _skips(inner, skipping)
                    work.mark("comment" if skipping else kind, inner, "".join(code))
                    kind = None
    except TemplateSyntaxError:
        return False
    return kind is None


def _skips(code: str, skipping: bool) -> bool:
    """Whether a `{% comment %}` is open after this tag."""
    word = code.strip("-+ \n\t")[:12]
    return False if word.startswith("endcomment") else skipping or (word.startswith("comment") and word[7:8] in ("", " "))


def _cut_by_marks(text: str, work: _Work, delimiters: tuple[Delimiter, ...]) -> None:
    """Cuts by looking for openings and closings."""
    active = [*delimiters, *(delimiter for needs, delimiter in PLACEHOLDERS if needs in text)]
    if not active:
        work.keep(text)
        return
    openings = "|".join(f"(?P<d{number}>{_without_flags(each.opening)})" for number, each in enumerate(active))
    first = "".join(sorted({re.escape(sign) for each in active for sign in _first_signs(each.opening)}))
    pattern = re.compile(f"(?=[{first}])(?:{openings})", re.M)
    position = 0
    for start, end, delimiter, code in _found(text, pattern, active, work):
        work.keep(text[position:start])
        kind: MarkKind = "output" if delimiter.kind == "tag" and work.engine in _WITH_PHP and _PRINTS.search(code) else delimiter.kind
        work.mark(kind, code, text[start:end])
        position = end
    work.keep(text[position:])


def _without_flags(opening: str) -> str:
    return opening.removeprefix("(?m)")


_BEHIND = re.compile(r"^(?:\^|\(\?<![^)]*\))+")


def _first_signs(opening: str) -> str:
    """What an opening starts with: most of a text is passed over by this alone."""
    text = _BEHIND.sub("", _without_flags(opening)).removeprefix("(")
    if text.startswith("["):
        return text[1 : text.index("]")]
    sign, rest = (text[1], text[2:]) if text[0] == "\\" else (text[0], text[1:])
    return sign + (_first_signs(rest[1:]) if rest.startswith("?") else "")


def _found(text: str, pattern: re.Pattern[str], active: list[Delimiter], work: _Work) -> Iterator[tuple[int, int, Delimiter, str]]:
    """Start, end, delimiter and code of each mark, in order; a delimiter without its closing is given up for the rest."""
    position = 0
    given_up: set[int] = set()
    closings: dict[int, int] = {}
    groups = pattern.groupindex
    grouped: dict[int, bool] = {}
    while match := pattern.search(text, position):
        name = match.lastgroup or ""
        number = int(name[1:])
        delimiter = active[number]
        position = match.end()
        if number in given_up:
            continue
        if not delimiter.closing:
            end = _call_end(text, match.end(), work) if delimiter.balanced else match.end()
            if number not in grouped:
                grouped[number] = _has_group(delimiter)
            inner = (match.group(groups[name] + 1) or "") if grouped[number] else ""
            yield match.start(), end, delimiter, inner + text[match.end() : end]
            position = end
            continue
        if closings.get(number, 0) < match.end():
            closings[number] = text.find(delimiter.closing, match.end())
        closing = closings[number]
        if closing < 0:
            given_up.add(number)
            if work.engine == "php":
                yield match.start(), len(text), delimiter, text[match.end() :]
                return
            work.unclosed = work.unclosed or text.count("\n", 0, match.start()) + 1
            continue
        if closing - match.end() > _LONGEST_CODE:
            continue
        position = closing + len(delimiter.closing)
        yield match.start(), position, delimiter, text[match.end() : closing]


def _has_group(delimiter: Delimiter) -> bool:
    return re.compile(_without_flags(delimiter.opening)).groups > 0


def _call_end(text: str, start: int, work: _Work) -> int:
    """After the parenthesis that opens at `start` and closes within reach; else `start` itself."""
    at = start + 1 if text[start : start + 2] == " (" else start
    if text[at : at + 1] != "(" or work.endless_calls > _MOST_ENDLESS:
        return start
    depth = 0
    for position in range(at, min(len(text), at + _LONGEST_CALL)):
        character = text[position]
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position + 1
    work.endless_calls += 1
    return start
