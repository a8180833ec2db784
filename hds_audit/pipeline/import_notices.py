"""What the audit of an import must tell that is no finding: what was not read, and what stays to be declared beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hds_audit.model.description import Description
from hds_audit.model.imported import Imported, Unknown
from hds_audit.model.record import Record
from hds_audit.model.report import Notice
from hds_audit.model.text import Text
from hds_audit.pipeline.overlay import listed_as

_SHOWN = 10


def import_notices(imported: Imported, description: Description, names: Mapping[tuple[str, str], str]) -> tuple[Notice, ...]:
    """A notice for each part that was refused, one for the types that no table knows, one for the facts that nothing states.

    `names` gives the identifier in the description of each imported entry, by (section, imported identifier).
    """
    return (*_refused(imported), *_strange(imported), *_open(imported, description, names))


def _refused(imported: Imported) -> Iterator[Notice]:
    for refusal in imported.refusals:
        yield Notice("import-refused", Text(
            f"Not read, and so not judged: {refusal.where}: {refusal.reason.en}.",
            f"Non lu, donc non jugé : {refusal.where} : {refusal.reason.fr}.",
        ))  # fmt: skip


def _strange(imported: Imported) -> Iterator[Notice]:
    listed = [f"{aside.type} ({aside.number})" for aside in imported.aside if not aside.known]
    if listed:
        yield Notice("import-not-known", Text(
            f"No mapping table knows these types, which were left out: {_few(listed).en}.",
            f"Types inconnus des tables de correspondance, laissés de côté : {_few(listed).fr}.",
        ))  # fmt: skip


def left_open(imported: Imported, description: Description, names: Mapping[tuple[str, str], str]) -> tuple[Unknown, ...]:
    """What the import did not know and the description does not say, by the path in the description."""
    here = (unknown._replace(path=_named(unknown.path, names)) for unknown in imported.unknowns)
    return tuple(unknown for unknown in here if not _states(description, unknown.path))


def _open(imported: Imported, description: Description, names: Mapping[tuple[str, str], str]) -> Iterator[Notice]:
    listed = list(dict.fromkeys(unknown.path for unknown in left_open(imported, description, names)))
    if listed:
        yield Notice("import-unknown", Text(
            f"Neither the import nor the description beside it says: {_few(listed).en}.",
            f"Ni l'import ni la description voisine ne disent : {_few(listed).fr}.",
        ))  # fmt: skip


def _named(path: str, names: Mapping[tuple[str, str], str]) -> str:
    section, dot, rest = path.partition(".")
    entry, more, fact = rest.partition(".")
    return f"{section}{dot}{names.get((section, entry), entry)}{more}{fact}"


def _states(description: Description, path: str) -> bool:
    """Whether a description says anything at a path; an element of a list goes by its identifier."""
    value: object = description.root
    for key in path.split("."):
        if isinstance(value, Record | dict):
            value = (value.values if isinstance(value, Record) else value).get(key)
        else:
            listed = value if isinstance(value, tuple) else ()
            value = next((item for index, item in enumerate(listed) if listed_as(item, index) == key), None)
    return value is not None


def _few(listed: list[str]) -> Text:
    shown, left = ", ".join(listed[:_SHOWN]), len(listed) - _SHOWN
    return Text(f"{shown} and {left} more", f"{shown} et {left} {'autre' if left == 1 else 'autres'}") if left > 0 else Text(shown, shown)
