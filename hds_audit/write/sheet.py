"""A YAML text open for edits: what is not edited keeps its bytes, its order and its comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, Problem
from hds_audit.model.imported import Plain
from hds_audit.write.scalar import flow

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

DEEPEST = 64
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")
_COMMENT = re.compile(r"[ \t]*(#[^\n]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?")


class Pair(NamedTuple):
    """A key of a mapping and its value; `end` is the index after the last character of the value."""

    name: str
    key: Node
    value: Node
    alias: bool
    end: int


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


class Sheet:
    """The text, its nodes, and the edits asked for so far; `written` gives the new text.

    Raises InputError where the text is not a YAML mapping.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text.removeprefix("\ufeff")
        self._newline = "\r\n" if "\r\n" in self.text else "\n"
        self._edits: list[_Edit] = []
        self._pairs: dict[int, dict[str, Pair]] = {}
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        self.root = self._compose()

    def _compose(self) -> MappingNode:
        import yaml

        try:
            depth = 0
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                starts = isinstance(event, yaml.CollectionStartEvent)
                depth += 1 if starts else -1 if isinstance(event, yaml.CollectionEndEvent) else 0
                if depth > DEEPEST:
                    line = getattr(event.start_mark, "line", 0)
                    raise InputError(self._problem(line, "nested too deeply; simplify it", "trop imbriqué ; simplifiez"))
            node = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line if mark is not None else 0
            raise InputError(self._problem(line, "not valid YAML from here on; mend this line", "YAML invalide ici ; corrigez")) from error
        if not isinstance(node, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise InputError(self._problem(0, "a description is a mapping; see hds-audit init", "une description est un dictionnaire"))
        return node

    def _problem(self, line: int, en: str, fr: str) -> Problem:
        return Problem(f"{self.name}:{line + 1}", en, fr)

    def pairs(self, node: Node) -> list[Pair]:
        """The keys and values of a mapping; none where the node is something else."""
        return list(self._indexed(node).values())

    def _indexed(self, node: Node) -> dict[str, Pair]:
        """The pairs of a mapping by name, made once, since an import asks for each of thousands."""
        found = self._pairs.get(id(node))
        if found is None:
            whole = node.value if node.__class__.__name__ == "MappingNode" else ()
            found = self._pairs[id(node)] = {str(key.value): self._pair(key, value) for key, value in whole}
        return found

    def _pair(self, key: Node, value: Node) -> Pair:
        alias = value.start_mark.index < key.end_mark.index
        found = _ALIAS.match(self.text, key.end_mark.index) if alias else None
        return Pair(str(key.value), key, value, alias, found.end() if found else self.end(value))

    def pair(self, node: Node, name: str) -> Pair | None:
        """The pair of that name, or None."""
        return self._indexed(node).get(name)

    def find(self, path: Sequence[str]) -> Pair | None:
        """The pair at a path of keys, None where there is none; an element of a list on the way goes by its position."""
        node = self.reach(path[:-1])
        return self.pair(node, path[-1]) if node is not None else None

    def reach(self, path: Sequence[str]) -> Node | None:
        """The node at a path of keys and positions."""
        node: Node = self.root
        for name in path:
            items = self.items(node)
            if items and name.isdigit() and int(name) < len(items):
                node = items[int(name)]
                continue
            pair = self.pair(node, name)
            if pair is None:
                return None
            node = pair.value
        return node

    def items(self, node: Node) -> list[Node]:
        """The elements of a list; none where the node is something else."""
        return list(node.value) if node.__class__.__name__ == "SequenceNode" else []

    def end(self, node: Node) -> int:
        """The index after the last character of a node's content, without the comments and blanks that follow it."""
        if isinstance(node.value, str):
            end = node.end_mark.index
            return end if getattr(node, "style", None) not in {"|", ">"} else len(self.text[:end].rstrip())
        if self.is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._pair(*last).end if isinstance(last, tuple) else self.end(last)

    def comment(self, pair: Pair) -> str:
        """The comment at the end of the line of a key, or of its value where that ends on one line."""
        return self._comment_at(self.text.index(":", pair.key.end_mark.index) + 1 if self.is_block(pair) else pair.end)

    def comment_after(self, node: Node) -> str:
        """The comment at the end of the line on which a node ends."""
        return self._comment_at(self.end(node))

    def _comment_at(self, index: int) -> str:
        found = _COMMENT.match(self.text, index)
        return found[1].rstrip() if found else ""

    @staticmethod
    def is_flow(node: Node) -> bool:
        """Whether a mapping or list is written in braces or brackets."""
        return bool(getattr(node, "flow_style", False))

    @staticmethod
    def is_block(pair: Pair) -> bool:
        """Whether the value is a mapping or list written in block style."""
        inline = isinstance(pair.value.value, str) or Sheet.is_flow(pair.value) or not pair.value.value
        return not pair.alias and not inline

    def plain(self, node: Node) -> Plain:
        """A node as plain data; a scalar is a flag or a number only where it is written without quotes."""
        if isinstance(node.value, str):
            return _scalar(node.value, getattr(node, "style", None))
        if node.__class__.__name__ == "SequenceNode":
            return [self.plain(item) for item in node.value]
        return {str(key.value): self.plain(value) for key, value in node.value}

    def replace(self, pair: Pair, value: Plain) -> None:
        """Give a key another value, on one line; its comment stays."""
        if self.text.startswith("&", pair.value.start_mark.index) and not pair.alias:
            en, fr = f"{pair.name} carries an anchor; change it by hand", f"{pair.name} porte une ancre ; modifiez-le à la main"
            raise InputError(self._problem(pair.key.start_mark.line, en, fr))
        colon = self.text.index(":", pair.key.end_mark.index)
        comment = self.comment(pair) if self.is_block(pair) else ""
        self._edits.append(_Edit(colon + 1, pair.end, f" {flow(value)}" + (f"  {comment}" if comment else "")))

    def add(self, node: Node, lines: Sequence[str]) -> None:
        """Add lines of block style, indented as for column 0, at the end of a mapping; a flow mapping gets them inside its braces."""
        pairs = self.pairs(node)
        if self.is_flow(node) or not pairs:
            self._add_inside(node, [line.partition("  # ")[0] for line in lines if not line.startswith("#")])
            return
        indent = " " * pairs[0].key.start_mark.column
        self._insert(pairs[-1].end, [indent + line if line else line for line in lines])

    def add_after(self, pair: Pair | None, lines: Sequence[str]) -> None:
        """Add lines of column 0 after a top-level pair, with a blank line before; at the end of the file where there is none."""
        self._insert(pair.end if pair is not None else len(self.text.rstrip()), ["", *lines])

    def open_block(self, pair: Pair, lines: Sequence[str], indent: int) -> None:
        """Put lines under a key whose value was empty (`{}`, `[]`, `true`)."""
        colon = self.text.index(":", pair.key.end_mark.index)
        self._edits.append(_Edit(colon + 1, pair.end, ""))
        self._insert(pair.end, [" " * indent + line for line in lines])

    def append(self, node: Node, lines: Sequence[str]) -> None:
        """Add an element to a list: its lines without the dash; a flow list gets it inside its brackets."""
        if self.is_flow(node) or not node.value:
            closing = node.end_mark.index - 1
            body = ", ".join(line.partition("  # ")[0] for line in lines)
            item = body if ": " not in body else "{" + body + "}"
            self._edits.append(_Edit(closing, closing, f", {item}" if node.value else item))
            return
        indent = " " * node.start_mark.column
        self._insert(self.end(node.value[-1]), [f"{indent}{'- ' if not index else '  '}{line}" for index, line in enumerate(lines)])

    def remove(self, pair: Pair) -> None:
        """Remove a key, its value, its comment and its line."""
        start = self.text.rfind("\n", 0, pair.key.start_mark.index) + 1
        self._edits.append(_Edit(start, self._after_line(pair.end), ""))

    def remove_item(self, node: Node) -> None:
        """Remove an element of a list in block style, with its dash."""
        start = self.text.rfind("\n", 0, node.start_mark.index) + 1
        self._edits.append(_Edit(start, self._after_line(self.end(node)), ""))

    def _add_inside(self, node: Node, lines: Sequence[str]) -> None:
        closing = node.end_mark.index - 1
        body = ", ".join(lines)
        self._edits.append(_Edit(closing, closing, f", {body}" if node.value else body))

    def _insert(self, after: int, lines: Sequence[str]) -> None:
        at = self.text.find("\n", after)
        at = len(self.text) if at < 0 else at - (self.text[at - 1 : at] == "\r")
        self._edits.append(_Edit(at, at, "".join(f"{self._newline}{line}" for line in lines)))

    def _after_line(self, index: int) -> int:
        at = self.text.find("\n", index)
        return len(self.text) if at < 0 else at + 1

    @property
    def edited(self) -> bool:
        """Whether any edit was asked for."""
        return bool(self._edits)

    def written(self) -> tuple[str, tuple[int, ...]]:
        """The new text, and for each of its lines (from 0) the line of the old text that it stands on."""
        pieces, lines, at = [], [0], 0
        for edit in self._in_order():
            if edit.start < at:
                raise InputError(self._problem(self._line(edit.start), "edits overlap here", "modifications imbriquées ici"))
            pieces += [self.text[at : edit.start], edit.text]
            self._follow(lines, at, edit.start)
            lines += [self._line(edit.start)] * edit.text.count("\n")
            at = edit.end
        pieces.append(self.text[at:])
        self._follow(lines, at, len(self.text))
        return "".join(pieces), tuple(lines)

    def _in_order(self) -> list[_Edit]:
        """The edits by place; what goes behind lines that are removed goes behind the line before them."""
        removed = [edit for edit in self._edits if not edit.text]
        starts = sorted((edit.start, edit.end) for edit in removed)
        moved = []
        for edit in self._edits:
            number = bisect_right(starts, (edit.start, len(self.text))) - 1
            inside = edit.text and number >= 0 and starts[number][0] < edit.start < starts[number][1]
            moved.append(edit._replace(start=starts[number][0] - 1, end=starts[number][0] - 1) if inside else edit)
        return sorted(moved, key=lambda edit: edit.start)

    def _follow(self, lines: list[int], start: int, end: int) -> None:
        lines += range(self._line(start) + 1, self._line(end) + 1)

    def _line(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1


def leaves(value: Plain, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every leaf of plain data with its path, as text."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, str(index)))
    else:
        yield path, flow(value)


def _scalar(text: str, style: str | None) -> Plain:
    if style not in {None, ""}:
        return text
    if text in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return text.lower() == "true"
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    return float(text) if found[1] else int(text)
