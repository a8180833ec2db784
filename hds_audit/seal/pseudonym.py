"""Keyed pseudonyms: HMAC-SHA-256 (RFC 2104) of a name, so that nobody without the key can try names one by one."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.model.fields import Either, Keyed, Kind, Many, Nested, RecordType, Reference, Scalar, Words
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.rule import SUBJECT_KINDS
from hds_audit.model.vocabulary.exposure import PATHS

KEYED_SECTIONS = {
    "organisations": "organisation", "data": "data", "hosts": "host", "certificates": "certificate", "components": "component",
    "keys": "key",
}  # fmt: skip
_PLAIN = re.compile(r"[A-Z]{2}|\d{4}(-\d{2}){0,2}|P[0-9YMWDTHS]+|v?\d{1,3}(\.\d{1,4}){0,3}|TLS ?\d(\.\d)?|true|false")
_LETTERS, _PLACES = 10, 3
_OF_EXPOSURES = frozenset(name for path in PATHS for name, _ in path.elements)
LARGEST_NUMBER = 99_999  # longer ones are numbers of a register, of a telephone, of persons


class Pseudonyms(NamedTuple):
    """The key, the names that the description gives to things (each with its kind), and the words of the format, which hide nothing."""

    key: bytes
    names: Mapping[str, str]
    words: frozenset[str]

    def name(self, said: str, kind: str = "name") -> str:
        """The pseudonym of a name, under the kind of what it names."""
        if not said:
            return said
        digest = hmac.new(self.key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return f"{self.names.get(said, kind)}-{digest[:_LETTERS]}"

    def digest(self, said: str) -> str:
        """A digest under the key, as long as the one that it hides."""
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()

    def value(self, said: str) -> str:
        """A value: itself where it is a word of the format, a country, a date, a duration or a version, and names nothing."""
        known = said not in self.names and (said in self.words or _PLAIN.fullmatch(said) is not None)
        return said if known or not said else self.name(said, "text")

    def path(self, said: str) -> str:
        """A path of the description: the names in it hidden, its own words kept."""
        section, _, rest = said.partition(".")
        if section == "attestations":
            return said
        if section == "exposures" and rest:
            return self._exposure(rest)
        if section in KEYED_SECTIONS and rest:
            name = self._longest(rest)
            tail = rest[len(name) :].lstrip(".")
            head = f"{section}.{self.name(name, KEYED_SECTIONS[section])}"
            return f"{head}.{self._segments(tail)}" if tail else head
        return self._segments(said)

    def _exposure(self, rest: str) -> str:
        """The path of an exposure: its law is public, the organisation, the data and the place are names, whatever words they are."""
        law, *inner = rest.split(".")
        last = inner[-1:] if len(inner) > _PLACES and inner[-1] in _OF_EXPOSURES else []
        hidden = (self.name(part, "text") for part in inner[: len(inner) - len(last)])
        return ".".join(("exposures", law if ":" in law or law == "?" else self.name(law, "text"), *hidden, *last))

    def _longest(self, rest: str) -> str:
        """The name that a path goes on with; names may hold points."""
        parts = rest.split(".")
        known = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((name for name in known if name in self.names), parts[0])

    def _segments(self, said: str) -> str:
        return ".".join(self._segment(part) for part in said.split("."))

    def _segment(self, part: str) -> str:
        plain = part.isdigit() or part in self.words or re.fullmatch(r"(flows|endpoints|templates)\[\d+\]", part) is not None
        return part if plain else self.name(part, "text")

    def subject(self, kind: str, said: str) -> str:
        """The identifier of a subject; the two ends of a flow are hidden one by one, the application is itself."""
        if kind == "application":
            return said if said == "application" else self.name(said, kind)
        if kind == "flow" and "->" in said and said not in self.names:
            start, _, rest = said.partition("->")
            end, mark, number = rest.partition("#")
            return f"{self.end(start)}->{self.end(end)}{mark}{number if number.isdigit() else ''}"
        return self.name(said, kind)

    def end(self, said: str) -> str:
        """One end of a flow: a word of the format (patients) or a name."""
        return said if said in self.words and said not in self.names else self.name(said)


def pseudonyms(description: Mapping[str, object], key: bytes, paths: frozenset[str] = frozenset()) -> Pseudonyms:
    """The pseudonyms for a description; `paths` are words of rules that hide nothing."""
    names: dict[str, str] = {}
    for section, kind in KEYED_SECTIONS.items():
        found = description.get(section)
        for name in found if isinstance(found, Mapping) else ():
            names.setdefault(str(name), kind)
    flows = description.get("flows")
    for flow in flows if isinstance(flows, list) else ():
        if isinstance(flow, Mapping) and isinstance(flow.get("id"), str):
            names.setdefault(str(flow["id"]), "flow")
    return Pseudonyms(key, names, frozenset(_words(DESCRIPTION, set())) | paths | frozenset(SUBJECT_KINDS))


def _words(record: RecordType, met: set[int]) -> set[str]:
    """Every key and every word of the closed vocabularies under a record."""
    if id(record) in met:
        return set()
    met.add(id(record))
    return {field.name for field in record.fields}.union(*(_of_kind(field.kind, met) for field in record.fields))


def _of_kind(kind: Kind, met: set[int]) -> set[str]:
    if isinstance(kind, Words):
        return set(kind.choices)
    if isinstance(kind, Reference):
        return set(kind.words)
    if isinstance(kind, Many | Keyed):
        return _of_kind(kind.of, met)
    if isinstance(kind, Nested):
        return _words(kind.type, met)
    if isinstance(kind, Either):
        return set().union(*(_of_kind(each, met) for each in kind.kinds))
    assert isinstance(kind, Scalar)  # noqa: S101  # the last of the union
    return set()
