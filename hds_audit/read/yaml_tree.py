"""YAML events to a tree: the parser of PyYAML, without its constructors.

Scalars stay as they are written: only a plain `true` or `false` is a boolean, an empty value, `null` or `~` is None.
Nothing is built but mappings, lists and texts. Levels, and what aliases add, are bounded before anything is copied.
"""

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
from hds_audit.read.complaints import LAST_COLUMN, POINT_BITS, Complaint, Complaints, value_point
from hds_audit.read.source import Source
from hds_audit.read.tree import REFUSED, Map, Node, Seq

MOST_LEVELS, MOST_ADDED, MOST_ADDED_TEXT = 64, 100_000, 16 * 1024 * 1024

_POINT = (1 << POINT_BITS) - 1
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "": None, "null": None, "Null": None, "NULL": None, "~": None}
_CORE = "tag:yaml.org,2002:"
_SPECIAL = frozenset({*_PLAIN, "<<"})
_SCALAR_TAGS = frozenset({"!", *(_CORE + name for name in ("str", "int", "float", "bool", "null"))})
_MAP_TAGS, _SEQ_TAGS = frozenset({"!", _CORE + "map"}), frozenset({"!", _CORE + "seq"})
_UNWELCOME = frozenset(
    map(chr, (*range(9), *range(11, 32), *range(127, 133), *range(134, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_MERGE = "\0<<"  # the merge key, in a spelling that no author can write


class _Stop(Exception):  # noqa: N818  # it never leaves this module: the file cannot be read further
    def __init__(self, point: int, said: Text) -> None:
        self.complaint = Complaint(point, said)


class _Anchored(NamedTuple):
    """What an alias brings: the node, and how many nodes, characters and levels it holds, aliases in it written out."""

    node: Node
    nodes: int
    text: int
    height: int


class _Frame:
    """A mapping or list that is not closed yet; `inner`, `text` and `height` count what its children brought so far."""

    __slots__ = ("anchor", "height", "here", "index", "inner", "key", "key_point", "merge", "refused", "start", "text", "wants_key")

    def __init__(self, here: Map | Seq, start: int, index: int, anchor: str | None) -> None:
        self.here, self.start, self.index, self.anchor = here, start, index, anchor
        self.wants_key = isinstance(here, Map)
        self.key = ""
        self.key_point = self.inner = self.text = self.height = 0
        self.merge: tuple[Node, int] | None = None
        self.refused = False


def grow(file: int, source: Source, complaints: Complaints) -> Map | None:
    """The tree of one file, or None where it cannot be read to its end; `file` is its number in the packed marks."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(source.encoded)
    grower = _Grower(file, complaints)
    try:
        grower.take(loader.get_event)
        return grower.root()
    except _Stop as stop:
        complaints.append(stop.complaint)
    except yaml.YAMLError as error:
        from hds_audit.read.yaml_errors import unreadable

        complaints.append(unreadable(file, source.text, error))
    finally:
        loader.dispose()
    return None


class _Grower:
    """Takes events one by one. `added` and `added_text` count what aliases brought."""

    def __init__(self, file: int, complaints: Complaints) -> None:
        self.base = file << POINT_BITS
        self.complaints = complaints
        self.documents = Seq()
        self.frame = _Frame(self.documents, self.base, 0, None)
        self.outer: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.added = self.added_text = 0

    def root(self) -> Map | None:
        """The one mapping of the file."""
        root = self.documents[0] if self.documents else None
        if isinstance(root, Map):
            return root
        point = value_point(self.documents.marks[0]) if self.documents else self.base
        self.complain(point, wording.no_mapping_at_top(root))
        return None

    def complain(self, point: int, said: Text) -> None:
        """Note what is wrong, and read on."""
        self.complaints.append(Complaint(point, said))

    def take(self, next_event: Callable[[], yaml.Event]) -> None:
        """Read every event. One loop, with the common scalars in it: there is an event a key and an event a value."""
        base = self.base
        while True:
            event = next_event()
            mark = event.start_mark
            if mark is None:
                continue  # events made by hand have none; a parser's always do
            point = base | (mark.line << COLUMN_BITS) | (mark.column if mark.column < LAST_COLUMN else LAST_COLUMN)
            if isinstance(event, ScalarEvent):
                frame, value = self.frame, event.value
                common = event.tag is None and event.anchor is None and value.isprintable() and value not in _SPECIAL
                if frame.wants_key:
                    frame.key = sys.intern(value) if common else self.key(event, point)
                    frame.key_point, frame.wants_key = point, False
                    continue
                self.attach(value if common else self.scalar(event, point), point)
            elif isinstance(event, CollectionStartEvent):
                self.open(event, point, mark.index)
            elif isinstance(event, CollectionEndEvent):
                self.close(mark.index)
            elif isinstance(event, AliasEvent):
                self.attach(self.alias(event, point), point)
            elif isinstance(event, StreamEndEvent):
                return
            elif isinstance(event, DocumentStartEvent) and self.documents:
                raise _Stop(point, wording.SECOND_DOCUMENT)

    def attach(self, node: Node, point: int) -> None:
        """Put a value where it belongs."""
        frame = self.frame
        here = frame.here
        if isinstance(here, Map):
            key = frame.key
            frame.wants_key = True
            if key in here or (key is _MERGE and frame.merge):
                self.complain(frame.key_point, wording.duplicate_key(key.lstrip("\0")))
            elif key is _MERGE:
                frame.merge = (node, point)
            else:
                here[key] = node
                here.marks[key] = (frame.key_point << POINT_BITS) | (point & _POINT)
        else:
            here.append(node)
            here.marks.append((point << POINT_BITS) | (point & _POINT))

    def key(self, event: ScalarEvent, point: int) -> str:
        """A key that is not a common word, as text."""
        value, plain = event.value, event.implicit[0]
        if event.tag is not None or (plain and value in ("", "~")):
            self.complain(point, wording.key_is_not_text(event.tag or value))
        if event.anchor:
            self.complain(point, wording.ANCHORED_KEY)
        self.check(value, point)
        return _MERGE if plain and value == "<<" else sys.intern(value)

    def scalar(self, event: ScalarEvent, point: int) -> Node:
        """A value that is not a common text: true, false, None, tagged, anchored, on several lines."""
        value = event.value
        node: Node = value
        if event.tag is not None and event.tag not in _SCALAR_TAGS:
            self.complain(point, wording.tag_refused(event.tag))
            node = REFUSED
        elif value in _PLAIN and (event.implicit[0] or event.tag in (_CORE + "bool", _CORE + "null")):
            node = _PLAIN[value]
        self.check(value, point)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node, 1, len(value), 0)
        return node

    def check(self, value: str, point: int) -> None:
        """Refuse what a terminal or a reader of the report would be misled by."""
        if not _UNWELCOME.isdisjoint(value):
            self.complain(point, wording.CONTROL_CHARACTER)

    def open(self, event: CollectionStartEvent, point: int, index: int) -> None:
        """A mapping or list begins."""
        if self.frame.wants_key:
            raise _Stop(point, wording.KEY_IS_A_COLLECTION)
        if len(self.outer) >= MOST_LEVELS:
            raise _Stop(point, wording.TOO_DEEP)
        is_map = isinstance(event, MappingStartEvent)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.outer.append(self.frame)
        self.frame = _Frame(Map() if is_map else Seq(), point, index, event.anchor)
        if event.tag is not None and event.tag not in (_MAP_TAGS if is_map else _SEQ_TAGS):
            self.complain(point, wording.tag_refused(event.tag))
            self.frame.refused = True

    def close(self, index: int) -> None:
        """A mapping or list ends, and goes where it belongs."""
        done, self.frame = self.frame, self.outer.pop()
        here, frame = done.here, self.frame
        nodes = 1 + done.inner + len(here) * (2 if isinstance(here, Map) else 1)
        if done.merge is not None and isinstance(here, Map):
            self.merge(here, *done.merge)
        text, height = done.text + index - done.index, done.height + 1
        if done.anchor:
            self.anchors[done.anchor] = _Anchored(REFUSED if done.refused else here, nodes, text, height)
        frame.inner += nodes
        frame.height = max(frame.height, height)
        frame.text += done.text
        self.attach(REFUSED if done.refused else here, done.start)

    def alias(self, event: AliasEvent, point: int) -> Node:
        """What an alias stands for, if it may be added."""
        frame, name = self.frame, event.anchor or ""
        if frame.wants_key:
            raise _Stop(point, wording.KEY_IS_AN_ALIAS)
        anchored = self.anchors.get(name)
        if anchored is None:
            self.complain(point, wording.alias_inside_itself(name) if name in self.anchors else wording.no_anchor(name))
            return REFUSED
        self.added += anchored.nodes
        self.added_text += anchored.text
        if self.added > MOST_ADDED or self.added_text > MOST_ADDED_TEXT:
            raise _Stop(point, wording.ALIAS_BOMB)
        height = anchored.height - (frame.key is _MERGE)  # what is merged lies no deeper
        if len(self.outer) + height > MOST_LEVELS:
            raise _Stop(point, wording.TOO_DEEP)
        frame.inner += anchored.nodes
        frame.text += anchored.text
        frame.height = max(frame.height, height)
        return anchored.node

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
