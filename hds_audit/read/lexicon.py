"""The lexicon of health words from its YAML files; a file of the user adds terms to ours or takes some away.

```yaml
format: hds-audit-lexicon/1
sources: [{ref: where the terms come from, status: verified, read: 2026-11-24}]
terms:
  speciality: {fr: [cardiologue], en: [cardiologist], any: [ORL]}
endings: {speciality: {fr: [ologue]}}   # ends of words that tell as much, and the words that have them by chance
except: [catalogue]
without: [grippe]                       # terms that raise false alarms at your place
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import yaml

from hds_audit.errors import InputError, Problem
from hds_audit.model.lexicon import LANGUAGES, Entry, Lexicon, TermClass, TermSource, lexicon_of
from hds_audit.model.text import Language

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

FORMAT = "hds-audit-lexicon/1"
LARGEST = 4 * 1024 * 1024
DEEPEST = 8
STATUSES = ("verified", "secondary", "recalled")
_TONGUES: dict[str, frozenset[Language]] = {
    "any": frozenset(LANGUAGES), "en": frozenset(("en",)), "fr": frozenset(("fr",)),
}  # fmt: skip
_CLASSES: dict[str, TermClass] = {name: name for name in get_args(TermClass)}


class _File:
    """One lexicon file being read: what it adds, and every problem met."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.without: list[str] = []
        self.endings: list[Entry] = []
        self.unlike: list[str] = []
        self.sources: list[TermSource] = []
        self.problems: list[Problem] = []

    def wrong(self, node: yaml.Node | None, en: str, fr: str) -> None:
        where = f"{self.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node else self.name
        self.problems.append(Problem(where, en, fr))

    def mapping(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
        """The keys and values of a mapping of scalars' names."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "a mapping is due here", "une table est attendue ici")
            return
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in seen:
                self.wrong(key, f"the key {name[:60]!r} is not one, or is there twice", f"clé {name[:60]!r} illisible ou répétée")
                continue
            seen.add(name)
            yield name, value

    def texts(self, node: yaml.Node) -> Iterator[str]:
        """The scalars of a list, as they are written."""
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, "a list of terms is due here", "une liste de termes est attendue ici")
            return
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and item.value.strip():
                yield item.value
            else:
                self.wrong(item, "a term is a piece of text", "un terme est un texte")


def load_lexicon(*paths: Path) -> Lexicon:
    """The lexicon that these folders and files make together, in their order.

    Raises InputError with every problem found, each `file:line:col: what is wrong`.
    """
    files = [_read(path) for path in _listed(paths)]
    problems = [problem for file in files for problem in file.problems]
    if problems:
        raise InputError(*problems)
    entries = [entry for file in files for entry in file.entries]
    without = [text for file in files for text in file.without]
    sources = tuple(source for file in files for source in file.sources)
    endings = [entry for file in files for entry in file.endings]
    return lexicon_of(entries, without, sources, endings, [text for file in files for text in file.unlike])


def lexicon_folder() -> Path:
    """Where our own lexicon lies: in the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules" / "_catalogue" / "lexicon"
    return installed if installed.is_dir() else package.parent / "rules" / "_catalogue" / "lexicon"


def _listed(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.yaml"))
        else:
            yield path


def _read(path: Path) -> _File:
    file = _File(str(path))
    node = _parsed(path, file)
    if node is None:
        return file
    sections = dict(file.mapping(node))
    if not isinstance(kind := sections.pop("format", None), yaml.ScalarNode) or kind.value != FORMAT:
        file.wrong(node, f"`format: {FORMAT}` is missing", f"`format: {FORMAT}` est absent")
    if "terms" in sections:
        _take_terms(file, sections.pop("terms"), file.entries)
    if "endings" in sections:
        _take_terms(file, sections.pop("endings"), file.endings)
    if "except" in sections:
        file.unlike.extend(file.texts(sections.pop("except")))
    if "without" in sections:
        file.without.extend(file.texts(sections.pop("without")))
    if "sources" in sections:
        _take_sources(file, sections.pop("sources"))
    for name, stray in sections.items():
        file.wrong(stray, f"unknown key `{name}`; known: format, sources, terms, endings, except, without", f"clé inconnue `{name}`")
    return file


def _parsed(path: Path, file: _File) -> yaml.Node | None:
    """The document's root, or nothing with the problem noted."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            file.wrong(None, f"{size} bytes: a lexicon has at most {LARGEST}", f"{size} octets : {LARGEST} au plus")
            return None
        text = path.read_bytes().decode("utf-8")
        node = yaml.compose(text, Loader=Loader) if _is_flat(text, file) else None
    except OSError as error:
        file.wrong(None, f"cannot be read: {error.strerror}", f"illisible : {error.strerror}")
        return None
    except UnicodeDecodeError:
        file.wrong(None, "is not UTF-8 text", "n'est pas un texte UTF-8")
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        file.wrong(None, f"is not YAML: {_first_line(error)}", f"n'est pas du YAML : {_first_line(error)}")
        return None
    if node is None and not file.problems:
        file.wrong(None, "is empty", "est vide")
    return node


def _is_flat(text: str, file: _File) -> bool:
    """Whether the text holds no alias and no deep nest, seen from its events before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            file.wrong(None, "aliases have no place in a lexicon", "un lexique n'a pas d'alias YAML")
            return False
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            file.wrong(None, f"is nested deeper than {DEEPEST}", f"a plus de {DEEPEST} niveaux")
            return False
    return True


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def _take_terms(file: _File, node: yaml.Node, entries: list[Entry]) -> None:
    for name, tongues in file.mapping(node):
        kind = _CLASSES.get(name)
        if kind is None:
            known = ", ".join(sorted(_CLASSES))
            file.wrong(tongues, f"unknown class `{name}`; known: {known}", f"classe inconnue `{name}` ; connues : {known}")
            continue
        for tongue, listed in file.mapping(tongues):
            languages = _TONGUES.get(tongue)
            if languages is None:
                file.wrong(listed, f"unknown language `{tongue}`; any, en or fr", f"langue inconnue `{tongue}` ; any, en ou fr")
                continue
            entries.extend((kind, languages, text) for text in file.texts(listed))


def _take_sources(file: _File, node: yaml.Node) -> None:
    if not isinstance(node, yaml.SequenceNode):
        file.wrong(node, "a list of sources is due here", "une liste de sources est attendue ici")
        return
    for item in node.value:
        said = {key: value.value for key, value in file.mapping(item) if isinstance(value, yaml.ScalarNode)}
        if not said.get("ref") or said.get("status") not in STATUSES or not said.get("read"):
            file.wrong(item, f"a source has a ref, a status ({', '.join(STATUSES)}) and the day it was read",
                       f"une source a une référence, un statut ({', '.join(STATUSES)}) et sa date de lecture")  # fmt: skip
            continue
        file.sources.append(TermSource(said["ref"], said["status"], said["read"], said.get("url", "")))
