"""Facts of a template of messages: what its files were read to disclose, over which channel they leave, and whether that was declared.

A pattern may match several files: the gravest label counts, and a file that could not be read leaves the rest open.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.template import LABELS, TemplateReading
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.graph import host_of, hosts
from hds_audit.resolve.holdings import components
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

SECURE = "health-messaging"
_NOT_READ = Text(
    "no file of this template was read: name its `path`, inside the folder of the description",
    "aucun fichier de ce modèle n'a été lu : indiquer son `path`, dans le dossier de la description",
)
_MAY_BE_MISREAD = Text(
    "the text was read by a scanner, which may misread it: look at the line",
    "le texte a été lu par un analyseur, qui peut s'y tromper : relire la ligne",
)


def _readings(world: World, template: Subject) -> tuple[TemplateReading, ...]:
    """The readings of the files that its path names; `**` and `*` as in a folder."""
    pattern = template.record.values.get("path")
    if not isinstance(pattern, str):
        return ()
    flat = pattern.replace("**/", "*")
    return tuple(each for each in world.templates if each.path == pattern or fnmatchcase(each.path, flat))


def _split(world: World, template: Subject) -> tuple[tuple[TemplateReading, ...], TemplateReading | None]:
    """Those that could be read, and one that could not."""
    found = _readings(world, template)
    return tuple(each for each in found if each.unreadable is None), next((each for each in found if each.unreadable), None)


def _label(world: World, template: Subject) -> Fact:
    """The gravest label of its files; below `health`, a file that was not read leaves it open."""
    path, (read, unread) = f"{template.path}.label", _split(world, template)
    worst = min(read, key=lambda each: LABELS.index(each.label), default=None)
    if unread is not None and (worst is None or worst.label != LABELS[0]):
        return unknown(path, f"{template.path}.path", doubt=unread.unreadable)
    if worst is None:
        return unknown(path, f"{template.path}.path", doubt=_NOT_READ)
    source = next((f"{worst.path}:{each.line}: {each.text}" for each in worst.evidence if each.label == worst.label), worst.path)
    sure = Confidence(worst.confidence)
    return Fact(
        path, worst.label, Origin.OBSERVED, source=source, confidence=sure, doubt=None if sure is Confidence.HIGH else _MAY_BE_MISREAD
    )


def _listing(world: World, template: Subject, name: str, items: Iterable[object]) -> Fact:
    """A list of what the files show; open where one of them could not be read."""
    path, (read, unread) = f"{template.path}.{name}", _split(world, template)
    if not read and unread is None:
        return unknown(path, f"{template.path}.path", doubt=_NOT_READ)
    open_end = (unknown(path, f"{template.path}.path", doubt=unread.unreadable),) if unread is not None else ()
    return Fact(path, (*items, *open_end), Origin.OBSERVED, source=", ".join(each.path for each in read))


def _shows(world: World, template: Subject) -> Fact:
    read, _ = _split(world, template)
    return _listing(world, template, "shows", dict.fromkeys(category for each in read for category in each.shows))


def _said(world: World, template: Subject) -> Fact:
    """The sentences and variables that decide, as things."""
    path, (read, _) = f"{template.path}.said", _split(world, template)
    found = (
        _element(path, reading, each.file, each.line, each.text, label=each.label, why=str(each.why), confidence=each.confidence)
        for reading in read
        for each in reading.evidence
    )
    return _listing(world, template, "said", found)


def _told(name: str, label: str) -> Derivation:
    """Where its files say one thing, surely enough to count; a message may also bear a graver label."""

    def derive(world: World, template: Subject) -> Fact:
        path, (read, _) = f"{template.path}.{name}", _split(world, template)
        found = (
            _element(path, reading, each.file, each.line, each.text)
            for reading in read
            for each in reading.evidence
            if each.label == label and each.confidence != "low"
        )
        return _listing(world, template, name, found)

    return derive


def _noticed(world: World, template: Subject) -> Fact:
    """The other things worth knowing: numbers, pixels, links, passwords."""
    path, (read, _) = f"{template.path}.noticed", _split(world, template)
    found = (_element(path, reading, each.file, each.line, each.text, kind=each.kind) for reading in read for each in reading.observations)
    return _listing(world, template, "noticed", found)


def _element(path: str, reading: TemplateReading, file: str, line: int, text: str, **more: str) -> Element:
    where = f"{file or reading.path}:{line}"
    said = {"id": f"{where}: {text}", "text": text, "at": where, **more}
    return Element(path, {name: Fact(f"{path}.{name}", value, Origin.OBSERVED, source=where) for name, value in said.items()})


def _sender_service(world: World, template: Subject) -> Fact:
    """The kind of service of the host that sends it."""
    path, said = f"{template.path}.sender_service", template.fact("sender")
    name = str(template.record.values.get("sender", ""))
    component = components(world).get(name)
    host = host_of(world, component) if component else hosts(world).get(name)
    if host is None:
        return undecided(path, [said], f"{component.path}.host" if component else said.path)
    service = host.fact("service")
    return derived(path, service.value, service) if service.known else undecided(path, [service])


def _secure(world: World, template: Subject) -> Fact:
    """Whether it leaves by a secure health messaging service (MSSanté): no text message nor notification does."""
    path, channel, service = f"{template.path}.secure_messaging", template.fact("channel"), template.fact("sender_service")
    if channel.value in ("sms", "push"):
        return derived(path, False, channel)
    return undecided(path, [service]) if service.value is UNKNOWN else derived(path, service.value == SECURE, service)


def _undeclared_health(world: World, template: Subject) -> Fact:
    """Whether its text shows health data where none is declared under `data`."""
    path, label, declared = f"{template.path}.undeclared_health", template.fact("label"), template.fact("carries_health")
    if declared.value is True or label.value in ("none", "care-relation", "free-text"):
        return derived(path, False, declared if declared.value is True else label)
    if label.value == "health" and declared.value is False:
        return derived(path, True, label, declared)
    return undecided(path, [fact for fact in (label, declared) if fact.value is UNKNOWN] or [label])


def _discloses(world: World, template: Subject) -> Fact:
    """Whether it carries health data: what its text was seen to show holds over what is declared of it."""
    path, label, declared = f"{template.path}.discloses_health", template.fact("label"), template.fact("carries_health")
    if declared.value is not True and label.value == "health":
        return derived(path, True, label)
    return undecided(path, [declared]) if declared.value is UNKNOWN else derived(path, declared.value, declared)


DERIVATIONS = {
    ("template", "label"): _label,
    ("template", "health_told"): _told("health_told", "health"),
    ("template", "free_text_told"): _told("free_text_told", "free-text"),
    ("template", "discloses_health"): _discloses,
    ("template", "shows"): _shows,
    ("template", "said"): _said,
    ("template", "noticed"): _noticed,
    ("template", "sender_service"): _sender_service,
    ("template", "secure_messaging"): _secure,
    ("template", "undeclared_health"): _undeclared_health,
}
