"""The question that a missing path asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.paths import Known, Paths, Space
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
_SECTIONS = {
    "components": _NO_COMPONENT,
    "data": Text("data: the sets of data that the application handles", "data : les ensembles de données que traite l'application"),
    "certificates": Text("certificates: those that your hosts showed you", "certificates : ceux que vos hébergeurs vous ont présentés"),
    "keys": Text("keys: those that open what is encrypted", "keys : les clés qui ouvrent ce qui est chiffré"),
    "environments": Text(
        "environments: production, staging and others, with the kind of data in each",
        "environments : production, recette et autres, avec la nature des données de chacun",
    ),
    "endpoints": Text(
        "endpoints: public addresses, `[]` for none; once declared, run `hds-audit probe` and check with its evidence",
        "endpoints : adresses publiques, `[]` si aucune ; une fois déclarées, lancer `hds-audit probe` et auditer avec ses observations",
    ),
    "evidence": Text(
        "evidence: the document that backs what is declared, with what it is for",
        "evidence : le document qui étaye ce qui est déclaré, en indiquant ce qu'il étaye",
    ),
    "components.*.copy_of": Text(
        "components: each backup as a component of its own, with `copy_of`; where there is none, `responsibilities: {backup: []}` under "
        "the host of what is stored",
        "components : chaque sauvegarde comme composant à part entière, avec `copy_of` ; s'il n'y en a pas, "
        "`responsibilities: {backup: []}` sous l'hébergeur de ce qui est stocké",
    ),
    "organisations": Text(
        "organisations: the legal entities that the catalogue lacks", "organisations : les personnes morales que le catalogue ignore"
    ),
}
_ANSWER = Text(
    "a person's dated answer: status (implemented, not-implemented or not-applicable), by, date, expires",
    "la réponse datée d'une personne : status (implemented, not-implemented ou not-applicable), by, date, expires",
)
_PARTS = {
    "governance": Text("governance", "gouvernance"),
    "continuity": Text("continuity", "continuité"),
    "logging": Text("logs", "journaux"),
    "network": Text("network", "réseau"),
}
_INDEX = re.compile(r"\[\d+\]")
_ELEMENT = re.compile(r"(?:\.\d+|\[\d+\])(?:\.|$)")
_FIRST = re.compile(r"\s?[:;(]")
_NOTHING = Text("", "")
_MOST_HOSTS = 6
_KEYED = ("environments",)  # their entries go by names of their own


def question(path: str, titles: Mapping[str, Text] = MappingProxyType({}), hosts: Sequence[str] = ()) -> Text:
    """What the format says of a path, with the subject that it is asked of.

    `titles` say what the requirements are that a person may answer, `hosts` for which hosts components are missing.
    """
    if path == "components" and hosts:
        named = ", ".join(hosts[:_MOST_HOSTS]) + (" …" if len(hosts) > _MOST_HOSTS else "")
        return Text(f"{_NO_COMPONENT.en}: {named}", f"{_NO_COMPONENT.fr} : {named}")
    if path in _SECTIONS:
        return _SECTIONS[path]
    section, _, control = path.partition(".")
    if section == "attestations":
        title = titles.get(control, Text(control, control))
        return Text(f"{title.en}: {_ANSWER.en}", f"{title.fr} : {_ANSWER.fr}")
    subject, meaning, of = _meaning(path)
    if meaning is None:
        return Text(f"Declare `{path}`.", f"Déclarer `{path}`.")
    if section in _PARTS and "." in path:
        part = _PARTS[section]
        return Text(f"{part.en}{of.en}: {_lowered(meaning.en)}", f"{part.fr}{of.fr} : {_lowered(meaning.fr)}")
    return Text(f"{subject}{of.en}: {_lowered(meaning.en)}", f"{subject}{of.fr} : {_lowered(meaning.fr)}")


@cache
def _paths() -> Paths:
    return Paths(DESCRIPTION, {})


def _lowered(meaning: str) -> str:
    """A meaning inside a sentence: no capital, unless its second letter is one too, and no full stop."""
    head = meaning[:1] if meaning[1:2].isupper() else meaning[:1].lower()
    return head + meaning[1:].rstrip(".")


def _meaning(path: str) -> tuple[str, Text | None, Text]:
    """Of what, the meaning itself, and what the key stands in where that says more than its path."""
    section, _, rest = path.partition(".")
    bare = _INDEX.sub("", section)
    if section in _KINDS and "." in rest:
        identifier, _, inner = rest.partition(".")
        return identifier, _found(_KINDS[section], inner), _parent(_KINDS[section], inner)
    if bare in _LISTS and rest:
        index, _, inner = rest.partition(".")
        subject, inner = (f"{section}.{index}", inner) if index.isdigit() else (section, rest)
        return subject, _found(_LISTS[bare], inner), _parent(_LISTS[bare], inner)
    if section == "application" and rest:
        return "application", _found("application", rest), _parent("application", rest)
    return path, _found("application", path), _parent("application", path)


def _parent(kind: SubjectKind, path: str) -> Text:
    """What the record that holds a key is, in brackets: `signed` alone does not say of which document."""
    holder = path.rpartition(".")[0]
    known = _at(Space(kind=kind), holder) if holder else None
    if known is None or holder in _PARTS or holder.partition(".")[0] in _KEYED or _found(kind, path) == known.meaning:
        return _NOTHING
    return Text(f" ({_clause(known.meaning.en)})", f" ({_clause(known.meaning.fr)})")


def _clause(meaning: str) -> str:
    """The first clause of a meaning: what follows a colon, a semicolon or a bracket is for who reads the format."""
    return _lowered(_FIRST.split(meaning, maxsplit=1)[0]).strip()


@lru_cache(maxsize=1_024)
def _found(kind: SubjectKind, path: str) -> Text | None:
    known = _at(Space(kind=kind), path)
    if known is None and "." in path:
        return _found(kind, path.rpartition(".")[0])
    return known.meaning if known else None


def _at(space: Space, path: str) -> Known | None:
    """What a path leads to, through the elements of lists too: `administrators.0.from`, `encryption[1].key`."""
    head, *rest = _ELEMENT.split(path, maxsplit=1)
    known = _paths().find(space, head)
    if known is None or not rest or not rest[0]:
        return known
    return next((deeper for opened in known.spaces if (deeper := _at(opened, rest[0]))), None)
