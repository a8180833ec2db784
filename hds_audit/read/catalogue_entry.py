"""One mapping of a catalogue file, handed out value by value: what is wrong is noted with its place, and reading goes on.

Every scalar is read as the text that is written, so that NO is Norway; dates are ISO 8601 days.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml

from hds_audit.errors import Problem
from hds_audit.model.catalogued import Listed, Span
from hds_audit.model.text import Text

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Word = TypeVar("Word", bound=str)
LARGEST, DEEPEST = 8 * 1024 * 1024, 16


class Noted(NamedTuple):
    """The problems found so far in one folder; every reader adds to the same list."""

    problems: list[Problem]

    def add(self, file: str, node: yaml.Node | None, en: str, fr: str) -> None:
        """Notes one problem at a node's place."""
        where = f"{file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node else file
        self.problems.append(Problem(where, en, fr))


class Entry:
    """A mapping node by keys; `close` notes the keys that nobody asked for."""

    def __init__(self, file: str, name: str, node: yaml.Node, noted: Noted) -> None:
        self.file, self.name, self.node, self.noted = file, name, node, noted
        self.nodes: dict[str, yaml.Node] = {}
        self.asked: set[str] = set()
        if not isinstance(node, yaml.MappingNode):
            self.problem("", "a mapping is due here", "une table est attendue ici")
            return
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in self.nodes:
                text = str(getattr(key, "value", "?"))[:80]
                noted.add(file, key, f"{name}: the key {text} cannot stand here (again)", f"{name} : clé {text} répétée")
                continue
            self.nodes[key.value] = value

    def problem(self, key: str, en: str, fr: str) -> None:
        """Notes what is wrong with a key, at its place."""
        at = ".".join(part for part in (self.name, key) if part)
        en, fr = (f"{at}: {en}", f"{at} : {fr}") if at else (en, fr)
        self.noted.add(self.file, self.nodes.get(key, self.node), en, fr)

    def text(self, key: str) -> str | None:
        """The scalar as written; None where the key is left out."""
        self.asked.add(key)
        node = self.nodes.get(key)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value and not node.tag.endswith(":null"):
            return str(node.value)
        self.problem(key, "a text is due; leave the key out where nothing is known", "un texte est attendu")
        return None

    def due(self, key: str) -> str:
        """A scalar that has to be there."""
        if (found := self.text(key)) is None and key not in self.nodes:
            self.problem(key, f"{key} is missing", f"{key} manque")
        return found or ""

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where it is left out."""
        return self.word(key, ("true", "false")) == "true"

    def word(self, key: str, words: Sequence[Word]) -> Word | None:
        """One of the words; None where the key is left out."""
        found = self.text(key)
        for word in words:
            if word == found:
                return word
        if found is not None:
            listed = ", ".join(words)
            self.problem(key, f"{found} is not one of: {listed}", f"{found} n'est pas de la liste : {listed}")
        return None

    def day(self, key: str) -> date | None:
        """A day; None where the key is left out."""
        found = self.text(key)
        try:
            return date.fromisoformat(found) if found else None
        except ValueError:
            self.problem(key, f"{found} is no day; write 2026-11-22", f"{found} n'est pas un jour ; écrire 2026-11-22")
            return None

    def span(self, since: str = "from", until: str = "until") -> Span:
        """From a day included to another excluded, in that order."""
        span = Span(self.day(since), self.day(until))
        if span.since and span.until and span.since >= span.until:
            self.problem(until, f"{until} has to be later than {since}", f"{until} doit suivre {since}")
        return span

    def names(self, key: str) -> tuple[str, ...] | None:
        """A list of scalars, each once; None where the key is left out, () for [] and for false."""
        self.asked.add(key)
        node = self.nodes.get(key)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.value == "false":
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(each, yaml.ScalarNode) for each in node.value):
            self.problem(key, "a list of names is due", "une liste de noms est attendue")
            return None
        names = tuple(str(each.value) for each in node.value)
        if len(set(names)) < len(names):
            self.problem(key, "a name stands there twice", "un nom y figure deux fois")
        return names

    def said(self, key: str) -> Text | None:
        """A text in both languages; None where the key is left out."""
        if (found := self.inner(key)) is None:
            return None
        text = Text(found.due("en"), found.due("fr"))
        found.close()
        return text

    def title(self, key: str) -> Text:
        """A text in both languages that has to be there."""
        if key not in self.nodes:
            self.problem(key, f"{key} is missing", f"{key} manque")
        return self.said(key) or Text("", "")

    def inner(self, key: str) -> "Entry | None":
        """The mapping under a key; None where it is left out."""
        self.asked.add(key)
        node = self.nodes.get(key)
        return None if node is None else Entry(self.file, f"{self.name}.{key}", node, self.noted)

    def elements(self, key: str, short: str = "") -> "tuple[Entry, ...]":
        """The mappings of a list under a key; a bare scalar stands for the mapping of `short` to it."""
        self.asked.add(key)
        node = self.nodes.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.problem(key, "a list of mappings is due", "une liste de tables est attendue")
            return ()
        parts = (_widened(each, short) if short else each for each in node.value)
        return tuple(Entry(self.file, f"{self.name}.{key}", each, self.noted) for each in parts)

    def bare(self, key: str) -> bool:
        """Whether a scalar stands under a key."""
        return isinstance(self.nodes.get(key), yaml.ScalarNode)

    def listed(self, key: str) -> Listed:
        """A list of names, or the word `all`; None where the key is left out."""
        node = self.nodes.get(key)
        if isinstance(node, yaml.ScalarNode) and node.value == "all":
            self.asked.add(key)
            return "all"
        return self.names(key)

    def entries(self) -> "Iterator[tuple[str, Entry]]":
        """Every key with the mapping under it: for a table of entries."""
        self.asked.update(self.nodes)
        for key, node in self.nodes.items():
            yield key, Entry(self.file, f"{self.name}.{key}" if self.name else key, node, self.noted)

    def close(self) -> None:
        """Notes every key that nobody asked for."""
        for key in self.nodes:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                self.problem(key, f"unknown key; known are: {known}", f"clé inconnue ; connues : {known}")


def _widened(node: yaml.Node, key: str) -> yaml.Node:
    """A bare scalar as the mapping it stands for."""
    if not isinstance(node, yaml.ScalarNode):
        return node
    name = yaml.ScalarNode("tag:yaml.org,2002:str", key, node.start_mark, node.end_mark)
    return yaml.MappingNode("tag:yaml.org,2002:map", [(name, node)], node.start_mark, node.end_mark)


def read_table(path: Path, noted: Noted) -> Entry | None:
    """A file of the catalogue as one mapping; None, and a problem noted, where it cannot be read."""
    node = _composed(path, noted)
    return Entry(path.name, "", node, noted) if node else None


def _composed(path: Path, noted: Noted) -> yaml.Node | None:
    try:
        if path.stat().st_size > LARGEST:
            noted.add(path.name, None, "larger than 8 MiB", "dépasse 8 Mio")
            return None
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        noted.add(path.name, None, f"cannot be read: {_brief(error)}", f"illisible : {_brief(error)}")
        return None
    if node is None:
        noted.add(path.name, None, "is empty", "est vide")
        return None
    return node if _plain(path.name, node, noted) else None


def _brief(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
    return (getattr(error, "problem", None) or getattr(error, "strerror", None) or type(error).__name__) + place


def _plain(file: str, root: yaml.Node, noted: Noted) -> bool:
    """Whether there is no alias, no tag and no depth beyond what a catalogue needs."""
    met: set[int] = set()
    waiting = [(root, 0)]
    for node, depth in waiting:
        if id(node) in met or depth > DEEPEST or not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            noted.add(file, node, "aliases, tags and deep nesting are refused", "alias, balises et imbrications refusés")
            return False
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting.extend((part, depth + 1) for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend((part, depth + 1) for part in node.value)
    return True
