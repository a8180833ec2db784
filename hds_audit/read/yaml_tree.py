"""YAML events to a tree: the parser of PyYAML, without its constructors.

Scalars stay as they are written: only a plain `true` or `false` is a boolean, an empty value, `null` or `~` is None.
Nothing is built but mappings, lists and texts. Levels, and what aliases add, are bounded before anything is copied.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from hds_audit.model.record import COLUMN_BITS
from hds_audit.model.text import Text
from hds_audit.read import wording
from hds_audit.read.complaints import LAST_COLUMN, POINT_BITS, Complaint, value_point
from hds_audit.read.source import Source
from hds_audit.read.tree import REFUSED, Map, Node, Seq
from hds_audit.read.yaml_errors import unreadable

MOST_LEVELS, MOST_ADDED, MOST_ADDED_TEXT = 64, 100_000, 16 * 1024 * 1024

_POINT = (1 << POINT_BITS) - 1
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "": None, "null": None, "Null": None, "NULL": None, "~": None}
_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset({"!", *(_CORE + name for name in ("str", "int", "float", "bool", "null"))})
_MAP_TAGS, _SEQ_TAGS = frozenset({None, "!", _CORE + "map"}), frozenset({None, "!", _CORE + "seq"})
_UNWELCOME = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_MERGE = "\0<<"  # the merge key, in a spelling that no author can write


class Tree(NamedTuple):
    """What was read of a file, as far as it could be, and what is wrong with it."""

    root: Map | None
    complaints: list[Complaint]


class _Stop(Exception):  # noqa: N818  # it never leaves this module: the file cannot be read further
    def __init__(self, point: int, said: Text) -> None:
        self.complaint = Complaint(point, said)


class _Anchored(NamedTuple):
    """What an alias brings: the node, and how many nodes, characters and levels it holds."""

    node: Node
    nodes: int
    text: int
    height: int


class _Frame:
    """A mapping or list that is not closed yet, and the counts at its start."""

    __slots__ = ("anchor", "height", "here", "key", "key_point", "merges", "nodes", "start", "text")

    def __init__(self, here: Map | Seq, start: int, anchor: str | None, nodes: int, text: int) -> None:
        self.here, self.start, self.anchor, self.nodes, self.text = here, start, anchor, nodes, text
        self.key: str | None = None
        self.key_point = self.height = 0
        self.merges: list[tuple[Node, int]] | None = None


def grow(file: int, source: Source) -> Tree:
    """The tree of one file; `file` is its number in the packed marks."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.encoded)
    grower = _Grower(file)
    try:
        grower.take(loader.get_event)
        return Tree(grower.root(), grower.complaints)
    except _Stop as stop:
        return Tree(None, [*grower.complaints, stop.complaint])
    except yaml.YAMLError as error:
        return Tree(None, [*grower.complaints, unreadable(file, source.text, error)])
    finally:
        loader.dispose()


class _Grower:
    """Takes events one by one; `nodes` and `text` count what was read, aliases expanded."""

    def __init__(self, file: int) -> None:
        self.base = file << POINT_BITS
        self.complaints: list[Complaint] = []
        self.frame = _Frame(Seq(), self.base, None, 0, 0)
        self.outer: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.nodes = self.text = self.added = self.added_text = 0

    def root(self) -> Map | None:
        """The one mapping of the file."""
        documents = self.frame.here
        root = documents[0] if isinstance(documents, Seq) and documents else None
        if isinstance(root, Map):
            return root
        mark = documents.marks[0] if isinstance(documents, Seq) and documents else self.base
        self.complain(value_point(mark) if documents else self.base, wording.no_mapping_at_top(root))
        return None

    def complain(self, point: int, said: Text) -> None:
        """Note what is wrong, and read on."""
        self.complaints.append(Complaint(point, said))

    def take(self, next_event: Callable[[], yaml.Event]) -> None:
        """Read every event; written out in one loop, since there is one event a value."""
        base = self.base
        while True:
            event = next_event()
            mark = event.start_mark
            if mark is None:
                continue  # events made by hand have none; a parser's always do
            point = base | (mark.line << COLUMN_BITS) | (mark.column if mark.column < LAST_COLUMN else LAST_COLUMN)
            if isinstance(event, ScalarEvent):
                frame = self.frame
                self.nodes += 1
                self.text += len(event.value)
                if frame.key is None and isinstance(frame.here, Map):
                    self.key(event, point)
                    continue
                node = self.scalar(event, point)
            elif isinstance(event, CollectionStartEvent):
                self.open(event, point)
                continue
            elif isinstance(event, CollectionEndEvent):
                node, point = self.close()
            elif isinstance(event, AliasEvent):
                node = self.alias(event, point)
            elif isinstance(event, StreamEndEvent):
                return
            else:
                self.document(event, point)
                continue
            self.attach(node, point)

    def key(self, event: ScalarEvent, point: int) -> None:
        """The next key of the mapping at hand, as text."""
        value: str = event.value
        plain = event.implicit[0]
        if event.tag is not None or (plain and value in ("", "~")):
            self.complain(point, wording.key_is_not_text(event.tag or value))
        if not value.isprintable() and _UNWELCOME.search(value):
            self.complain(point, wording.CONTROL_CHARACTER)
        if event.anchor:
            self.complain(point, wording.ANCHORED_KEY)
        self.frame.key = _MERGE if plain and value == "<<" else sys.intern(value)
        self.frame.key_point = point

    def scalar(self, event: ScalarEvent, point: int) -> Node:
        """A value: a text as written, true, false or None."""
        value: str = event.value
        node: Node = value
        if value in _PLAIN and (event.implicit[0] or event.tag in (_CORE + "bool", _CORE + "null")):
            node = _PLAIN[value]
        elif not value.isprintable() and _UNWELCOME.search(value):
            self.complain(point, wording.CONTROL_CHARACTER)
        if event.tag is not None and event.tag not in _SCALAR_TAGS:
            self.complain(point, wording.tag_refused(event.tag))
            node = REFUSED
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node, 1, len(value), 0)
        return node

    def open(self, event: CollectionStartEvent, point: int) -> None:
        """A mapping or list begins."""
        if self.frame.key is None and isinstance(self.frame.here, Map):
            raise _Stop(point, wording.KEY_IS_A_COLLECTION)
        if len(self.outer) >= MOST_LEVELS:
            raise _Stop(point, wording.TOO_DEEP)
        is_map = event.__class__ is MappingStartEvent
        if event.tag not in (_MAP_TAGS if is_map else _SEQ_TAGS):
            self.complain(point, wording.tag_refused(event.tag or ""))
        if event.anchor:
            self.anchors[event.anchor] = None
        self.outer.append(self.frame)
        self.frame = _Frame(Map() if is_map else Seq(), point, event.anchor, self.nodes, self.text)
        self.nodes += 1

    def close(self) -> tuple[Node, int]:
        """A mapping or list ends: what it is, and where it began."""
        done, self.frame = self.frame, self.outer.pop()
        if done.merges is not None and isinstance(done.here, Map):
            for node, point in done.merges:
                self.merge(done.here, node, point)
        height = done.height + 1
        self.frame.height = max(self.frame.height, height)
        if done.anchor:
            self.anchors[done.anchor] = _Anchored(done.here, self.nodes - done.nodes, self.text - done.text, height)
        return done.here, done.start

    def alias(self, event: AliasEvent, point: int) -> Node:
        """What an alias stands for, if it may be added."""
        if self.frame.key is None and isinstance(self.frame.here, Map):
            raise _Stop(point, wording.KEY_IS_AN_ALIAS)
        name = event.anchor or ""
        anchored = self.anchors.get(name)
        if anchored is None:
            self.complain(point, wording.alias_inside_itself(name) if name in self.anchors else wording.no_anchor(name))
            return REFUSED
        self.added += anchored.nodes
        self.added_text += anchored.text
        if self.added > MOST_ADDED or self.added_text > MOST_ADDED_TEXT:
            raise _Stop(point, wording.ALIAS_BOMB)
        if len(self.outer) + anchored.height > MOST_LEVELS:
            raise _Stop(point, wording.TOO_DEEP)
        self.nodes += anchored.nodes
        self.text += anchored.text
        self.frame.height = max(self.frame.height, anchored.height)
        return anchored.node

    def document(self, event: yaml.Event, point: int) -> None:
        """Only one document is read of a file."""
        if isinstance(event, DocumentStartEvent) and self.frame.here:
            raise _Stop(point, wording.SECOND_DOCUMENT)

    def attach(self, node: Node, point: int) -> None:
        """Put a value where it belongs."""
        frame = self.frame
        here = frame.here
        if isinstance(here, Seq):
            here.append(node)
            here.marks.append((point << POINT_BITS) | (point & _POINT))
            return
        key = frame.key
        frame.key = None
        if key is None or key is _MERGE:
            frame.merges = [*(frame.merges or ()), (node, point)]
        elif key in here:
            self.complain(frame.key_point, wording.duplicate_key(key))
        else:
            here[key] = node
            here.marks[key] = (frame.key_point << POINT_BITS) | (point & _POINT)

    def merge(self, into: Map, node: Node, point: int) -> None:
        """Add the keys that `<<` brings; those written out have the last word, then those merged first."""
        for merged in node if isinstance(node, Seq) else (node,):
            if isinstance(merged, Map):
                for key, value in merged.items():
                    if key not in into:
                        into[key] = value
                        into.marks[key] = merged.marks[key]
            elif merged is not REFUSED:
                self.complain(point, wording.NOTHING_TO_MERGE)
