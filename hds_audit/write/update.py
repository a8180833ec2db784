"""An import laid over an infra.yaml that people write in: it changes the lines it owns, adds what is new, and touches nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from hds_audit.model.imported import Imported, Plain
from hds_audit.model.text import Language
from hds_audit.write.entry import Mark, entry_lines, fact, item_lines, mark_in
from hds_audit.write.matching import Matching, matching
from hds_audit.write.render import Sheetful, identity, marks_of, sheetful
from hds_audit.write.scalar import flow, text
from hds_audit.write.sheet import Pair, Sheet

if TYPE_CHECKING:
    from yaml.nodes import Node

Kind = Literal["added", "changed", "removed", "kept", "gone"]
KEYED = ("organisations", "data", "hosts", "components", "keys")
LISTED = ("flows", "endpoints", "domains")
_IDENTITY = frozenset({"id", "from", "to", "url", "name"})


class Difference(NamedTuple):
    """One thing that an import changes, or (kept, gone) would change but leaves to people."""

    kind: Kind
    path: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        sign = {"added": "+", "changed": "~", "removed": "-", "kept": "=", "gone": "?"}[self.kind]
        change = f": {self.before} → {self.after}" if self.before and self.after else f": {self.before or self.after}"
        return f"{sign} {self.path}{change if self.before or self.after else ''}"


@dataclass(frozen=True, slots=True)
class Update:
    """The new text, what changed, and the line of the old text (from 0) that each of its lines stands on.

    `names` gives the identifier in the file of each imported entry, by (section, imported identifier); `owned` the paths of
    the entries and facts that the import wrote, now or before.
    """

    text: str
    differences: tuple[Difference, ...]
    lines: tuple[int, ...]
    names: Mapping[tuple[str, str], str]
    owned: frozenset[str]


def update(name: str, content: str, imported: Imported, owner: str, language: Language, *, prevail: bool = False) -> Update:
    """Lay an import over a text.

    An entry that the import owns and no longer has is removed, unless people wrote in it, a part of the input was refused,
    or nothing at all of what the owner has here is in the input, which must then be another one. With `prevail`, what is
    imported replaces what people wrote of the same fact.
    Raises InputError where the text is not YAML, or a line cannot be edited safely.
    """
    sheet = Sheet(name, content)
    known = matching(sheet, imported, owner)
    what = sheetful(imported, owner, known.renamed(imported.data))
    marks = {(section, known.names.get((section, entry), entry)): mark for (section, entry), mark in marks_of(imported, owner).items()}
    todo = {(section, known.names.get((section, entry), entry)): names for (section, entry), names in what.todo.items()}
    laying = _Laying(sheet, Sheetful(what.data, marks, todo), owner, language, prevail, known.shared and not imported.refusals)
    laying.all_sections(known)
    written, lines = sheet.written()
    return Update(written, tuple(laying.differences), lines, known.names, frozenset(laying.owned))


@dataclass
class _Laying:
    """The work in hand: the sheet, what to lay over it, and the differences found so far."""

    sheet: Sheet
    what: Sheetful
    owner: str
    language: Language
    prevail: bool
    removing: bool
    differences: list[Difference] = field(default_factory=list)
    owned: set[str] = field(default_factory=set)

    def _added(self, path: str, entry: Plain) -> None:
        self.differences.append(Difference("added", path))
        self.owned |= {path, *(f"{path}.{name}" for name in (entry if isinstance(entry, dict) else ()))}

    def all_sections(self, known: Matching) -> None:
        """Lay every section, in the order of the format."""
        for section in (*KEYED, *LISTED):
            pair = self.sheet.pair(self.sheet.root, section)
            value = self.what.data.get(section)
            if value and (pair is None or not pair.value.value or not (self.sheet.pairs(pair.value) or self.sheet.items(pair.value))):
                self._new_section(section, value, pair)
            elif pair is not None and section in KEYED:
                self._keyed(section, value if isinstance(value, dict) else {}, pair, known)
            elif pair is not None:
                self._listed(section, value if isinstance(value, list) else [], pair)
        self._application()

    def _new_section(self, section: str, value: Plain, pair: Pair | None) -> None:
        for key, entry in _entries(section, value):
            self._added(f"{section}.{key}", entry)
        if self.sheet.is_flow(self.sheet.root):
            self._inline(section, value, pair)
            return
        lines = [line for key, entry in _entries(section, value) for line in self._lines(section, key, entry)]
        if pair is not None:
            self.sheet.open_block(pair, lines, 2)
        else:
            self.sheet.add_after(self._before(section), [f"{section}:", *(f"  {line}" for line in lines)])

    def _inline(self, section: str, value: Plain, pair: Pair | None) -> None:
        """A section of a file that is written in braces as a whole, where no line can bear a mark."""
        if pair is not None:
            self.sheet.replace(pair, value)
        else:
            self.sheet.add(self.sheet.root, [f"{section}: {flow(value)}"])

    def _before(self, section: str) -> Pair | None:
        """The pair that a new section goes behind: the last one that precedes it in the format."""
        order = ("format", "described", "application", *KEYED[:3], "certificates", *KEYED[3:], "flows", "emails", *LISTED[1:])
        earlier = order[: order.index(section)]
        found = [pair for pair in self.sheet.pairs(self.sheet.root) if pair.name in earlier]
        return max(found, key=lambda pair: pair.end) if found else None

    def _lines(self, section: str, key: str, entry: Plain) -> list[str]:
        mark = self.what.marks.get((section, key), Mark(self.owner))
        if section in KEYED:
            facts = entry if isinstance(entry, dict) else {}
            return entry_lines(key, facts, mark, self.what.todo.get((section, key), ()), self.language)
        lines = item_lines(entry, mark) if isinstance(entry, dict) else [f"{flow(entry)}{mark}"]
        return [f"{'- ' if not index else '  '}{line}" for index, line in enumerate(lines)]

    def _keyed(self, section: str, value: Mapping[str, Plain], pair: Pair, known: Matching) -> None:
        new: list[str] = []
        for key, entry in value.items():
            found = self.sheet.pair(pair.value, key)
            if found is None:
                new += [f"{text(key)}: {flow(entry)}"] if self.sheet.is_flow(pair.value) else self._lines(section, key, entry)
                self._added(f"{section}.{key}", entry)
            elif isinstance(entry, dict):
                self._entry(f"{section}.{key}", entry, found.value, mark_in(self.sheet.comment(found), self.owner) is not None)
        gone = [entry for part, entry in known.gone if part == section and self._may_go(f"{section}.{entry.name}", entry.value)]
        if gone and len(gone) == len(self.sheet.pairs(pair.value)) and not new:
            self.sheet.remove(pair)
            return
        for left in gone:
            self.sheet.remove(left)
        if new:
            self.sheet.add(pair.value, new)

    def _may_go(self, path: str, node: Node) -> bool:
        """Whether an owned entry that the input lacks may be removed; told either way."""
        people = any(mark_in(self.sheet.comment(inner), self.owner) is None for inner in self.sheet.pairs(node))
        self.differences.append(Difference("removed" if self.removing and not people else "gone", path))
        return self.removing and not people

    def _entry(self, path: str, entry: Mapping[str, Plain], node: Node, owned: bool) -> None:
        """Facts of an entry that is there: owned ones follow the import, the others are people's."""
        missing: list[str] = []
        for name, value in entry.items():
            pair = self.sheet.pair(node, name)
            if pair is None:
                missing += fact(name, value, Mark(self.owner))
                self.owned.add(f"{path}.{name}")
                self.differences.append(Difference("added", f"{path}.{name}", "", flow(value)))
                continue
            before = self.sheet.plain(pair.value)
            mine = mark_in(self.sheet.comment(pair), self.owner) is not None
            same = flow(before) == flow(value) or _same(before, value)
            prevails = self.prevail and not (name == "host" and self._stands_in(value))
            if mine or (prevails and not same):
                self.owned.add(f"{path}.{name}")
            if same:
                continue
            mine = mine or prevails
            self.differences.append(Difference("changed" if mine else "kept", f"{path}.{name}", flow(before), flow(value)))
            if mine:
                self.sheet.replace(pair, value)
        if owned:
            self.owned.add(path)
            self._stale(path, entry, node)
        if missing:
            self.sheet.add(node, missing)

    def _stands_in(self, host: Plain) -> bool:
        """Whether the import names a host of which it says nothing: it stands in for whatever people say of the place."""
        hosts = self.what.data.get("hosts")
        return isinstance(hosts, dict) and isinstance(host, str) and hosts.get(host) in (True, {})

    def _stale(self, path: str, entry: Mapping[str, Plain], node: Node) -> None:
        """Owned facts that the input no longer holds; the first line of a list's element stays, since the dash is on it."""
        for index, pair in enumerate(self.sheet.pairs(node)):
            mine = mark_in(self.sheet.comment(pair), self.owner) is not None
            if mine and pair.name not in entry and (index or not path.startswith(LISTED)):
                self.sheet.remove(pair)
                self.differences.append(Difference("removed", f"{path}.{pair.name}", flow(self.sheet.plain(pair.value))))

    def _listed(self, section: str, value: list[Plain], pair: Pair) -> None:
        there: dict[str, Node] = {}
        for node in self.sheet.items(pair.value):
            there.update(dict.fromkeys(_identities(section, self.sheet.plain(node)), node))
        met: set[int] = set()
        for item in value:
            found = next((there[name] for name in _identities(section, item) if name in there), None)
            if found is None:
                self._append(section, item, pair)
                continue
            met.add(id(found))
            if isinstance(item, dict):
                self._entry(f"{section}.{identity(section, item)}", self._said(item, found), found, self._owns(found))
        gone = [node for node in self.sheet.items(pair.value) if id(node) not in met and self._owns(node)]
        for node in gone:
            if self._may_go(f"{section}.{identity(section, self.sheet.plain(node))}", node):
                self.sheet.remove_item(node)

    def _append(self, section: str, item: Plain, pair: Pair) -> None:
        mark = self.what.marks.get((section, identity(section, item)), Mark(self.owner))
        self.sheet.append(pair.value, item_lines(item, mark) if isinstance(item, dict) else [f"{flow(item)}{mark}"])
        self._added(f"{section}.{identity(section, item)}", item)

    def _said(self, item: Mapping[str, Plain], node: Node) -> dict[str, Plain]:
        """What an element says beyond its identity, which a person's element need not spell the same way."""
        owned = self._owns(node)
        return {name: value for name, value in item.items() if owned or name not in _IDENTITY}

    def _owns(self, node: Node) -> bool:
        first = self.sheet.pairs(node)
        comment = self.sheet.comment(first[0]) if first else self.sheet.comment_after(node)
        return mark_in(comment, self.owner) is not None

    def _application(self) -> None:
        application = self.what.data.get("application")
        if isinstance(application, dict) and self.sheet.pair(self.sheet.root, "application") is None:
            if self.sheet.is_flow(self.sheet.root):
                self._inline("application", application, None)
            else:
                lines = [f"  {key}: {flow(value)}" for key, value in application.items()]
                self.sheet.add_after(self._before("organisations"), ["application:", *lines])
            self.differences.append(Difference("added", "application"))


def _entries(section: str, value: Plain) -> Iterator[tuple[str, Plain]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((identity(section, item), item) for item in value)


def _identities(section: str, item: Plain) -> list[str]:
    """Every name an element may go by: the id of a flow, and its ends."""
    names = [identity(section, item)]
    if section == "flows" and isinstance(item, dict):
        names.append(f"{item.get('from')}->{item.get('to')}")
    return names


def _same(before: Plain, after: Plain) -> bool:
    """Whether two values say the same: 16 and "16", one thing and a list of that thing."""
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(_same(one, other) for one, other in zip(before, after, strict=True))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_same(before[key], after[key]) for key in before)
    if isinstance(before, list) and len(before) == 1:
        return _same(before[0], after)
    return str(before) == str(after)
