"""The question that a missing path asks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.paths import Paths, Space
from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text

_KINDS: dict[str, SubjectKind] = {
    "organisations": "organisation", "data": "data", "hosts": "host", "certificates": "certificate", "components": "component",
    "keys": "key",
}  # fmt: skip
_LISTS: dict[str, SubjectKind] = {"flows": "flow", "endpoints": "endpoint"}
_NO_COMPONENT = Text(
    "for each host that is sent data, a component that says what it stores, processes or relays there",
    "pour chaque hébergement qui reçoit des données, un composant qui dise ce qu'il y stocke, traite ou relaie",
)
_INDEX = re.compile(r"\[\d+\]")


def question(path: str) -> Text:
    """What the format says of a path, with the subject that it is asked of."""
    if path == "components":
        return _NO_COMPONENT
    subject, meaning = _meaning(path)
    if meaning is None:
        return Text(f"Declare `{path}`.", f"Déclarer `{path}`.")
    return Text(f"{subject}: {_lowered(meaning.en)}", f"{subject} : {_lowered(meaning.fr)}")


@cache
def _paths() -> Paths:
    return Paths(DESCRIPTION, {})


def _lowered(meaning: str) -> str:
    """A meaning inside a sentence: no capital, unless its second letter is one too, and no full stop."""
    head = meaning[:1] if meaning[1:2].isupper() else meaning[:1].lower()
    return head + meaning[1:].rstrip(".")


def _meaning(path: str) -> tuple[str, Text | None]:
    section, _, rest = path.partition(".")
    bare = _INDEX.sub("", section)
    if section in _KINDS and "." in rest:
        identifier, _, inner = rest.partition(".")
        return identifier, _found(_KINDS[section], inner)
    if bare in _LISTS and rest:
        index, _, inner = rest.partition(".")
        return (f"{section}.{index}", _found(_LISTS[bare], inner)) if index.isdigit() else (section, _found(_LISTS[bare], rest))
    if section == "application" and rest:
        return "application", _found("application", rest)
    return path, _found("application", path)


@lru_cache(maxsize=1_024)
def _found(kind: SubjectKind, path: str) -> Text | None:
    known = _paths().find(Space(kind=kind), _INDEX.sub("", path))
    if known is None and "." in path:
        return _found(kind, path.rpartition(".")[0])
    return known.meaning if known else None
