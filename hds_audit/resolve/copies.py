"""Backups told from replicas: a replica follows what it copies, errors and deletions included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import Fact, derived
from hds_audit.model.text import Text
from hds_audit.model.values import Span
from hds_audit.resolve.connectives import some, undecided
from hds_audit.resolve.graph import copies_of, host_of
from hds_audit.resolve.holdings import components
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_COPY = "components.*.copy_of"
_FILES = frozenset({"object-storage", "file-storage"})
_KEEPING = frozenset({"backup", "archiving"})
_REPLICA_PERHAPS = Text(
    "whether it is a backup or a live replica is not said: a backup has a frequency",
    "on ne sait s'il s'agit d'une sauvegarde ou d'un réplicat : une sauvegarde a une fréquence",
)


def kept_copies(world: World, component: str) -> tuple[Subject, ...]:
    """The copies of a component that are backups, or may be."""
    return tuple(copy for copy in copies_of(world, component) if copy.fact("is_backup").value is not False)


def _is_backup(world: World, copy: Subject) -> Fact:
    """Whether a copy keeps past states: what only a backup has shows it, else its kind against that of what it copies."""
    path, kind = f"{copy.path}.is_backup", copy.fact("kind")
    if (shown := _shown(world, copy)) is not None:
        return derived(path, True, shown)
    if copy.record.values.get("copy_of") in (None, ()):
        return derived(path, kind.value == "backup", kind) if kind.known else undecided(path, [kind])
    if not kind.known:
        return undecided(path, [kind], kind.path, doubt=_REPLICA_PERHAPS)
    if kind.value not in _FILES:
        return derived(path, False, kind)
    if _copies_other_kinds(world, copy, kind.value):
        return derived(path, True, kind)
    return undecided(path, [kind], f"{copy.path}.frequency", doubt=_REPLICA_PERHAPS)


def _shown(world: World, copy: Subject) -> Fact | None:
    """What no replica has: the kind, a frequency, a restoration tried, no way to alter it, a host that keeps backups."""
    host, tested = host_of(world, copy), copy.fact("restore_tested")
    shown = (
        (copy.fact("kind"), copy.fact("kind").value == "backup"),
        (copy.fact("frequency"), isinstance(copy.fact("frequency").value, Span)),
        (tested, isinstance(tested.value, Part)),
        (copy.fact("immutable"), copy.fact("immutable").value is True),
        (copy.fact("host"), host is not None and host.record.values.get("service") in _KEEPING),
    )
    return next((fact for fact, shows in shown if shows), None)


def _copies_other_kinds(world: World, copy: Subject, kind: object) -> bool:
    """Whether all it copies is said to be something else than files: a dump is no replica of a database."""
    copied, known = copy.record.values.get("copy_of"), components(world)
    sources = [known.get(str(name)) for name in copied] if isinstance(copied, tuple) else []
    kinds = {source.record.values.get("kind") if source else None for source in sources}
    return bool(kinds) and not kinds & {None, *_FILES}


def _backed_up(world: World, component: Subject) -> Fact:
    """By a copy that is a backup; without one, only a host said to perform no backup settles that there is none."""
    path, copies = f"{component.path}.backed_up", kept_copies(world, component.id)
    if copies:
        return some(path, [copy.fact("is_backup") for copy in copies])
    host = host_of(world, component)
    performed = host.fact("responsibilities.backup") if host else component.fact("host")
    nobody = performed.value is False or performed.value == ()
    replicas = [copy.fact("is_backup") for copy in copies_of(world, component.id)]
    return derived(path, False, performed, *replicas) if nobody else undecided(path, replicas, _COPY)


DERIVATIONS = {
    ("component", "is_backup"): _is_backup,
    ("component", "backed_up"): _backed_up,
}
