"""A value of a resource, read as a mapping table says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from hds_audit.importers.identifiers import version
from hds_audit.importers.table_types import Reading
from hds_audit.importers.tf.policies import lets_everybody_in
from hds_audit.importers.tf.resource import Resource, leaves
from hds_audit.model.imported import Plain
from hds_audit.model.text import Text

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/+:-]{0,63}")
_OPEN = frozenset({"0.0.0.0/0", "::/0", "0.0.0.0", "*", "Internet", "internet", "any"})  # noqa: S104 - what is looked for, not bound to

AFTER_APPLY = Text("Terraform will know it only once applied", "Terraform ne le saura qu'une fois appliqué")
SENSITIVE = Text("the value is marked sensitive and was not read", "la valeur est marquée sensible et n'a pas été lue")
ELSEWHERE = Text(
    "it comes from a variable or a reference whose value is not in the input",
    "elle vient d'une variable ou d'une référence dont la valeur n'est pas dans le fichier",
)


class Answer(NamedTuple):
    """A value, the attribute it was read from, and why there is none where the input hides it."""

    value: Plain | None
    attribute: str
    hidden: Text | None = None


def read_value(reading: Reading, resource: Resource, worst: bool | None = None) -> Answer:
    """The value that a reading finds in a resource; what the provider documents where the attribute is left out.

    Where an attribute has several values (disks, listeners), the `worst` of them speaks; where they differ otherwise none does.
    """
    if reading.convert == "every":
        return _every(reading, resource)
    hidden: Answer | None = None
    for attribute in reading.attributes:
        why = why_hidden(resource, attribute)
        if why is not None:
            hidden = hidden or Answer(None, attribute, why)
            continue
        found = list(leaves(resource.values, attribute))
        value = _together(reading, found, worst) if found else None
        if value is not None:
            return Answer(value, attribute)
    if hidden is not None:
        return hidden
    return Answer(reading.absent, reading.attributes[0] if reading.attributes else "")


def why_hidden(resource: Resource, attribute: str) -> Text | None:
    """Why an attribute has no readable value although it is set; None where nothing hides it."""
    if _within(attribute, resource.sensitive):
        return SENSITIVE
    if not _within(attribute, resource.unknown):
        return None
    return AFTER_APPLY if resource.planned else ELSEWHERE


def _within(attribute: str, paths: frozenset[str]) -> bool:
    parts = attribute.split(".")
    return bool(paths) and any(".".join(parts[:size]) in paths for size in range(1, len(parts) + 1))


def _every(reading: Reading, resource: Resource) -> Answer:
    """True, or the word for it, where all of the attributes are set and true."""
    for attribute in reading.attributes:
        why = why_hidden(resource, attribute)
        found = list(leaves(resource.values, attribute))
        if why is not None or not found or any(item is not True for item in found):
            return Answer(None, attribute, why)
    return Answer(dict(reading.words).get("true", True), reading.attributes[0])


def _together(reading: Reading, found: list[object], worst: bool | None) -> Plain | None:
    if worst is None or len(found) == 1 or reading.convert in _CONVERSIONS:
        return _value(reading, found)
    each = [_value(reading, [one]) for one in found]
    return worst if any(one is worst for one in each) else each[0] if all(one == each[0] for one in each) else None


def _value(reading: Reading, found: list[object]) -> Plain | None:
    convert = _CONVERSIONS.get(reading.convert)
    if convert is not None:
        return convert(found)
    raw = found[0]
    if reading.cut is not None:
        matched = reading.cut.fullmatch(str(raw))
        raw = matched[1] if matched else None
    if raw is None:
        return None
    if reading.words:
        return _word(reading, str(raw).lower())
    return _plain(raw, reading.convert)


def _word(reading: Reading, raw: str) -> Plain | None:
    known = dict(reading.words)
    if raw in known:
        return known[raw]
    globs = [key for key in known if "*" in key and fnmatchcase(raw, key)]
    return known[max(globs, key=len)] if globs else None


def _plain(raw: object, convert: str) -> Plain | None:
    if isinstance(raw, bool | int | float):
        return _UNITS[convert](raw) if convert in _UNITS else raw
    if not isinstance(raw, str):
        return None
    if convert in _UNITS:
        return _UNITS[convert](int(raw)) if re.fullmatch(r"\d{1,6}", raw) else None
    if convert == "version":
        return version(raw)
    if convert == "lower":
        return raw.lower() if _PLAIN.fullmatch(raw) else None
    if convert == "region":
        squeezed = raw.replace(" ", "").lower()
        return squeezed if re.fullmatch(r"[a-z0-9-]{2,40}", squeezed) else None
    return raw if _PLAIN.fullmatch(raw) else None


def _span(date: str, time: str) -> Callable[[float], Plain | None]:
    return lambda number: f"P{date.format(int(number))}{time.format(int(number))}" if number > 0 and not isinstance(number, bool) else None


_UNITS: Mapping[str, Callable[[float], Plain | None]] = {
    "days": _span("{}D", ""),
    "hours": _span("", "T{}H"),
    "minutes": _span("", "T{}M"),
    "seconds": _span("", "T{}S"),
    "months": _span("{}M", ""),
    "years": _span("{}Y", ""),
}

_CONVERSIONS: Mapping[str, Callable[[list[object]], Plain | None]] = {
    "present": lambda found: True if any(item not in (False, [], {}) for item in found) else None,
    "count": lambda found: len({str(item) for item in found}) or None,
    "world": lambda found: True if any(lets_everybody_in(item) for item in found) else None,
    "open": lambda found: True if any(str(item) in _OPEN for item in found) else None,
}
