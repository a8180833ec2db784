"""What the project knows, loaded: rules, catalogue, texts; kept in the user's cache under the digest of every byte it came from."""

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import hds_audit
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.framework import Frameworks
from hds_audit.model.report import RowParts, RuleParts
from hds_audit.model.rule import Rule
from hds_audit.model.text import Text

if TYPE_CHECKING:
    from hds_audit.read.conditions import Known

_CODE = ("model", "read", "evaluate", "report")  # the code that gives the kept things their form


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
    rule_bytes = _contents(shelf.folder, ("hds", "gdpr", "cloud_act", "iso27001", "_frameworks"))
    catalogue_bytes = _contents(shelf.folder, ("_catalogue", "_catalogue/tls_guides"))
    pack_bytes = [(str(path), path.read_bytes()) for pack in shelf.packs for path in sorted(pack.rglob("*.yaml"))]
    rules_digest, catalogue_digest = _digest([*rule_bytes, *pack_bytes]), _digest(catalogue_bytes)
    kept = _kept_path(shelf.cache, rules_digest, catalogue_digest)
    if kept is not None and (found := _unpickled(kept)) is not None:
        return found
    loaded = _load(shelf, rules_digest, catalogue_digest)
    if kept is not None:
        _keep(kept, loaded)
    return loaded


def _contents(folder: Path, parts: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """The YAML files directly under these folders, by name; read whole, since only bytes tell whether anything changed."""
    found: list[tuple[str, bytes]] = []
    for part in filter(lambda part: os.path.isdir(folder / part), parts):
        with os.scandir(folder / part) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".yaml"))
        found.extend((f"{part}/{name}", _read(f"{folder}/{part}/{name}")) for name in names)
    return found


def _read(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size + 1)
    finally:
        os.close(descriptor)


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _kept_path(cache: Path | None, *digests: str) -> Path | None:
    if cache is None:
        return None
    code = hashlib.sha256("\0".join((*digests, hds_audit.__version__, sys.version, *_code_state())).encode()).hexdigest()
    return cache / f"knowledge-{code[:32]}.pickle"


def _code_state() -> Iterable[str]:
    """Names, sizes and times of the code that gives the kept things their form."""
    package = Path(hds_audit.__file__).parent
    for part in _CODE:
        for root, _, files in os.walk(package / part):
            for name in sorted(files):
                if name.endswith(".py"):
                    state = os.stat(os.path.join(root, name))
                    yield f"{name}:{state.st_size}:{state.st_mtime_ns}"


def _unpickled(path: Path) -> Knowledge | None:
    """What was kept; only a file of the user's own that nobody else may write is opened."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
                return None
            found = pickle.load(file)  # noqa: S301  # our own file, in the user's own cache, checked above
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError, ValueError, IndexError):
        return None
    return found if isinstance(found, Knowledge) else None


def _keep(path: Path, loaded: Knowledge) -> None:
    """Keeps it without the examples of rules, which an audit does not need; a cache that cannot be written is no trouble."""
    slim = loaded._replace(rules=tuple(rule._replace(examples=()) for rule in loaded.rules))
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            pickle.dump(slim, file, protocol=5)
        for old in path.parent.glob("knowledge-*.pickle"):
            old.unlink(missing_ok=True)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)


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
