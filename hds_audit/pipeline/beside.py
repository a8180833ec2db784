"""What lies beside a description and is read with it: templates of messages, evidence, documents."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hds_audit.model.description import Description
from hds_audit.model.record import Record
from hds_audit.model.report import Notice
from hds_audit.model.template import TemplateReading, unread
from hds_audit.model.text import Text

if TYPE_CHECKING:
    from hds_audit.emails.application import Applications
    from hds_audit.model.evidence import Evidence
    from hds_audit.model.values import Span

_NOT_THERE = Text("no file of the folder has this path", "aucun fichier du dossier n'a ce chemin")
_OUTSIDE = Text("the path leaves the folder of the description", "le chemin sort du dossier de la description")
MOST_TEMPLATES = 2_000
"""Of one pattern: those beyond are not read, which is told."""


def templates_of(description: Description, folder: Path) -> tuple[TemplateReading, ...]:
    """The templates that a description names, read; one that is not there or cannot be read is a reading that says so."""
    patterns = tuple(_patterns(description))
    if not patterns:
        return ()
    from hds_audit.emails.scan import Scanner
    from hds_audit.read.lexicon import lexicon_folder, load_lexicon

    scanner = Scanner(load_lexicon(lexicon_folder()), of_care=_of_care(description))
    _learn(scanner.applications, [path for pattern in patterns for path in _named(pattern, folder)[:MOST_TEMPLATES]], folder)
    return tuple(reading for pattern in patterns for reading in _readings(pattern, folder, scanner.scan))


def _of_care(description: Description) -> bool:
    """Whether it declares data that come from care: its messages are then those of an application of care."""
    from hds_audit.resolve.scope import IN_CARE

    declared = description.section("data").values()
    return any(IN_CARE.intersection(map(str, said)) for each in declared if isinstance(said := each.values.get("collected_in"), tuple))


def _learn(applications: "Applications", paths: list[Path], folder: Path) -> None:
    """Takes note of what the templates together tell of their application, before any is scanned."""
    from hds_audit.read.templates import template_bytes

    for path in paths:
        name = path.relative_to(folder).as_posix()
        if applications.asks_for(name) and isinstance(content := template_bytes(str(path)), bytes):
            applications.learn(name, content)


def _patterns(description: Description) -> Iterator[str]:
    emails = description.root.values.get("emails")
    listed = emails.values.get("templates") if isinstance(emails, Record) else None
    for item in listed if isinstance(listed, tuple) else ():
        if isinstance(item, Record) and isinstance(path := item.values.get("path"), str):
            yield path


def _readings(pattern: str, folder: Path, scan) -> Iterator[TemplateReading]:  # type: ignore[no-untyped-def]  # the scanner's own signature
    from hds_audit.errors import Problem
    from hds_audit.read.templates import includes_for, template_bytes

    if os.path.isabs(pattern) or ".." in Path(pattern).parts:
        yield unread(pattern, _OUTSIDE)
        return
    found = _named(pattern, folder)
    if not found:
        yield unread(pattern, _NOT_THERE)
    if len(found) > MOST_TEMPLATES:
        yield unread(pattern, _too_many(len(found)))
    from hds_audit.emails.engine import TEMPLATE_SUFFIXES

    for path in found[:MOST_TEMPLATES]:
        name = path.relative_to(folder).as_posix()
        content = template_bytes(str(path))
        if isinstance(content, Problem):
            yield unread(name, Text(content.en, content.fr))
            continue
        reading = scan(name, content, includes_for(str(path), str(folder), TEMPLATE_SUFFIXES))
        yield reading


def _named(pattern: str, folder: Path) -> list[Path]:
    """The files of the folder that a pattern names, in order; none for a pattern that leaves it."""
    if os.path.isabs(pattern) or ".." in Path(pattern).parts:
        return []
    return sorted(path for path in folder.glob(pattern) if path.is_file() and path.resolve().is_relative_to(folder.resolve()))


def _too_many(count: int) -> Text:
    return Text(
        f"names {count} files, of which the first {MOST_TEMPLATES} were read: nothing is known of the others; part the pattern",
        f"désigne {count} fichiers, dont les {MOST_TEMPLATES} premiers ont été lus : rien n'est connu des autres ; diviser le motif",
    )


def templates_told(description: Description, folder: Path) -> tuple[Notice, ...]:
    """What a reader must be told of the templates: the patterns that name more files than are read."""
    counts = ((pattern, len(_named(pattern, folder))) for pattern in _patterns(description))
    return tuple(
        Notice("templates-cut", Text(f"emails.templates: {pattern} {said.en}.", f"emails.templates : {pattern} {said.fr}."))
        for pattern, count in counts if count > MOST_TEMPLATES and (said := _too_many(count))
    )  # fmt: skip


def weighed(evidence: "Evidence", on: date, most: "Span | None") -> tuple["Evidence | None", tuple[Notice, ...]]:
    """Evidence as far as it counts on a day, and what a reader must be told of it: left out where it is too old or of a later day."""
    old = stale(evidence, on, most) if most is not None else None
    if old is not None:
        return None, (old,)
    if evidence.started.date() > on:
        return None, (_later(evidence, on),)
    return evidence, () if evidence.complete else (_CUT_SHORT,)


def _later(evidence: "Evidence", on: date) -> Notice:
    seen = evidence.started.date()
    return Notice("evidence-later", Text(
        f"The evidence is of {seen}, after the day of the audit ({on}): it is left out.",
        f"Les observations datent du {seen}, après le jour de l'audit ({on}) : elles sont écartées.",
    ))  # fmt: skip


_CUT_SHORT = Notice("evidence-cut-short", Text(
    "The probes were stopped before the end: what they did not reach stays unknown.",
    "Les sondes ont été interrompues avant la fin : ce qu'elles n'ont pas atteint reste inconnu.",
))  # fmt: skip


def stale(evidence: "Evidence", on: date, most: "Span") -> Notice | None:
    """The notice that evidence is too old to be relied on, where it is."""
    age = (on - evidence.ended.date()).days
    if age * 86_400 <= most.seconds:
        return None
    return Notice("stale-evidence", Text(
        f"The evidence is {age} days old, older than {most}: it is left out; run `hds-audit probe` again.",
        f"Les observations ont {age} jours, plus que {most} : elles sont écartées ; relancer `hds-audit probe`.",
    ))  # fmt: skip
