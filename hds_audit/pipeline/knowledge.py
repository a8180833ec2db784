"""What the project knows, loaded: rules, catalogue, texts; kept in the user's cache, under the digests of every byte it came from."""

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import hds_audit
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.framework import Frameworks
from hds_audit.model.report import RowParts, RuleParts
from hds_audit.model.rule import Rule
from hds_audit.model.text import Text
from hds_audit.pipeline.kept import Kept, Marks, keep, kept_at, kept_path, loaded, mark, marks_in, marks_of

if TYPE_CHECKING:
    from hds_audit.read.conditions import Known

_RULES = ("hds", "gdpr", "cloud_act", "iso27001", "_frameworks")
_CATALOGUE = ("_catalogue", "_catalogue/tls_guides")
_CODE = ("model", "model/format", "model/vocabulary", "read", "evaluate", "pipeline", "report")  # what gives knowledge its form


Sentences = tuple[Text | None, Text | None]
"""When a rule applies, and what it asks."""


class Parts(NamedTuple):
    """What JSON reports say alike, by rule and by requirement."""

    rules: Mapping[str, RuleParts] = {}
    rows: Mapping[str, RowParts] = {}


class Knowledge(NamedTuple):
    """Rules, catalogue and texts, with the digests that a report names and the conditions of each rule in words."""

    rules: tuple[Rule, ...]
    catalogue: Catalogue
    frameworks: Frameworks
    rules_digest: str
    catalogue_digest: str
    sentences: Mapping[str, Sentences] = {}  # never written to
    parts: Parts = Parts()


class Shelf(NamedTuple):
    """Where knowledge is read from, and where it may be kept (None: nowhere)."""

    folder: Path
    packs: tuple[Path, ...] = ()
    cache: Path | None = None


def rules_folder() -> Path:
    """The rules inside an installed package or, in a checkout, beside it."""
    installed = Path(hds_audit.__file__).parent / "_rules"
    return installed if installed.is_dir() else installed.parent.parent / "rules"


def cache_folder() -> Path | None:
    """The user's cache, None where it is switched off or not the user's own."""
    if os.environ.get("HDS_AUDIT_CACHE") == "off":
        return None
    root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root) / "hds-audit"


def knowledge(shelf: Shelf) -> Knowledge:
    """The knowledge of a shelf; raises InputError with every problem of every file."""
    if shelf.cache is None:
        return _load(shelf, *_digests(shelf))
    path = kept_path(shelf.cache, _told_apart_by(shelf))
    taken, marks = time.time_ns(), _marks(shelf)  # before anything is read: what changes meanwhile gets other marks
    kept = kept_at(path)
    untouched = kept is not None and kept.holds(marks)
    digests = kept.digests if kept is not None and untouched else _digests(shelf)
    if kept is not None and kept.digests == digests and isinstance(found := loaded(kept.body), Knowledge):
        if not untouched:
            keep(path, kept._replace(marks=marks, taken=taken))
        return found
    read = _load(shelf, *digests)
    keep(path, Kept(marks, taken, digests, _folded(read)))
    return read


def _told_apart_by(shelf: Shelf) -> Iterator[str]:
    """What one kept file must not be believed in the stead of another for: where it was read, and the code that gives it its form."""
    yield from map(os.path.realpath, (shelf.folder, *shelf.packs))
    yield from (hds_audit.__version__, sys.version)
    package = Path(hds_audit.__file__).parent
    yield marks_of(marks_in(package, _CODE, ".py")).digest


def _marks(shelf: Shelf) -> Marks:
    """The marks of every file that knowledge is read from."""
    packs = (mark(str(path), path.stat()) for path in _pack_files(shelf))
    return marks_of((*marks_in(shelf.folder, (*_RULES, *_CATALOGUE)), *packs))


def _pack_files(shelf: Shelf) -> Iterator[Path]:
    return (path for pack in shelf.packs for path in sorted(pack.rglob("*.yaml")))


def _digests(shelf: Shelf) -> tuple[str, str]:
    """The digest of the rules and the texts, packs included, and that of the catalogue."""
    packs = ((str(path), path.read_bytes()) for path in _pack_files(shelf))
    return _digest((*_contents(shelf.folder, _RULES), *packs)), _digest(_contents(shelf.folder, _CATALOGUE))


def _contents(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The YAML files directly under these folders, by name."""
    return ((name, (folder / name).read_bytes()) for name, *_ in marks_in(folder, parts))


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _folded(read: Knowledge) -> bytes:
    """As it is kept: without the examples of rules, which an audit does not need, and what it needs few of each in itself."""
    rules = tuple(rule._replace(examples=()) for rule in read.rules)
    from hds_audit.pipeline.folded import folded_catalogue

    return pickle.dumps(read._replace(rules=rules, catalogue=folded_catalogue(read.catalogue)), protocol=5)


def _load(shelf: Shelf, rules_digest: str, catalogue_digest: str) -> Knowledge:
    from hds_audit.pipeline.ready import parts
    from hds_audit.read.catalogue import load_catalogue
    from hds_audit.read.frameworks import load_frameworks
    from hds_audit.read.rule_tree import rule_tree
    from hds_audit.read.rules import RuleBook, read_rules, rule_files

    catalogue, frameworks = load_catalogue(shelf.folder / "_catalogue"), load_frameworks(shelf.folder / "_frameworks")
    files = rule_files(shelf.folder) + tuple(file for pack in shelf.packs for file in rule_files(pack, ours=False))
    rules = read_rules(files, RuleBook(known_words(catalogue), frameworks, rule_tree))
    sentences = {rule.id: in_words(rule) for rule in rules}
    return Knowledge(rules, catalogue, frameworks, rules_digest, catalogue_digest, sentences, parts(rules, sentences, frameworks))


def in_words(rule: Rule) -> Sentences:
    """The conditions of a rule as sentences."""
    from hds_audit.evaluate.sentence import sentence

    return sentence(rule.when) if rule.when else None, sentence(rule.require) if rule.require else None


def known_words(catalogue: Catalogue) -> "Known":
    """The paths and lists that rules may name."""
    from hds_audit.model.format.whole import DESCRIPTION
    from hds_audit.model.paths import Paths
    from hds_audit.model.vocabulary import derived_paths
    from hds_audit.read.conditions import Known

    return Known(Paths(DESCRIPTION, derived_paths()), frozenset(catalogue.lists))
