"""Copies of what is stored: whether there are any, how old they can be, whether they were ever restored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived
from hds_audit.model.values import Span
from hds_audit.resolve.apart import apart
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.copies import kept_copies
from hds_audit.resolve.graph import copies_of, host_of
from hds_audit.resolve.restorations import against
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_COPY = "components.*.copy_of"
Judge = Callable[["World", Subject, Subject, str], Fact]


def _backups(world: World, component: Subject) -> Fact:
    return Fact(f"{component.path}.backups", copies_of(world, component.id), Origin.DERIVED)


def _has_backup(world: World, component: Subject) -> Fact:
    """A component declared as its copy; without one, only a host said to perform no backup settles that there is none."""
    path, copies = f"{component.path}.has_backup", copies_of(world, component.id)
    if copies:
        return derived(path, True, copies[0].fact("copy_of"))
    host = host_of(world, component)
    performed = host.fact("responsibilities.backup") if host else component.fact("host")
    nobody = performed.value is False or performed.value == ()
    return derived(path, False, performed) if nobody else undecided(path, [], _COPY)


def _some_copy(name: str, judge: Judge) -> Derivation:
    """Whether one of its copies, replicas included, has a quality; without a copy, as little is known as of the copy itself."""
    return _some(name, judge, copies_of, "has_backup")


def _some_backup(name: str, judge: Judge) -> Derivation:
    """The same of its backups alone: a replica is none."""

    def of_backup(world: World, component: Subject, copy: Subject, path: str) -> Fact:
        return every(path, [judge(world, component, copy, path), copy.fact("is_backup")])

    return _some(name, of_backup, kept_copies, "backed_up")


def _some(name: str, judge: Judge, copies: Callable[[World, str], tuple[Subject, ...]], there: str) -> Derivation:
    def derive(world: World, component: Subject) -> Fact:
        path, found = f"{component.path}.{name}", copies(world, component.id)
        if not found:
            none = component.fact(there)
            return undecided(path, [none]) if none.value is UNKNOWN else derived(path, False, none)
        return some(path, [judge(world, component, copy, path) for copy in found])

    return derive


def _meets_rpo(world: World, _: Subject, copy: Subject, path: str) -> Fact:
    return against(path, copy.fact("frequency"), world.subjects("application")[0].fact("rpo"))


def _elsewhere(world: World, component: Subject, copy: Subject, path: str) -> Fact:
    """At another place than what it copies, as far as their hosts tell."""
    here, there = host_of(world, component), host_of(world, copy)
    if here is None or there is None:
        return undecided(path, [], *(f"{each.path}.host" for each, host in ((component, here), (copy, there)) if host is None))
    return apart(world, path, here, there)


def _immutable(_: World, __: Subject, copy: Subject, path: str) -> Fact:
    said = copy.fact("immutable")
    return undecided(path, [said], said.path) if said.value is UNKNOWN else derived(path, said.value is True, said)


def _fastest(world: World, component: Subject) -> Fact:
    """The shortest time between two backups, among its copies."""
    path, copies = f"{component.path}.backup_frequency", copies_of(world, component.id)
    said = [copy.fact("frequency") for copy in copies]
    known = [fact for fact in said if isinstance(fact.value, Span)]
    if known:
        best = min(known, key=lambda fact: fact.value.seconds if isinstance(fact.value, Span) else 0)
        return derived(path, best.value, best)
    return undecided(path, said) if said else undecided(path, [component.fact("has_backup")], _COPY)


def _all_backups(world: World, component: Subject) -> Fact:
    """Whether each of its copies lies on a host whose certificates cover it."""
    path, copies = f"{component.path}.backups_certified", copies_of(world, component.id)
    hosts = [host for copy in copies if (host := host_of(world, copy))]
    if not copies or len(hosts) < len(copies):
        return (
            undecided(path, [component.fact("has_backup")], _COPY)
            if not copies
            else undecided(path, [copy.fact("host") for copy in copies])
        )
    return every(path, [host.fact("certified") for host in hosts])


DERIVATIONS = {
    ("component", "backups"): _backups,
    ("component", "has_backup"): _has_backup,
    ("component", "backup_frequency"): _fastest,
    ("component", "backup_meets_rpo"): _some_copy("backup_meets_rpo", _meets_rpo),
    ("component", "backup_elsewhere"): _some_backup("backup_elsewhere", _elsewhere),
    ("component", "backup_immutable"): _some_backup("backup_immutable", _immutable),
    ("component", "backups_certified"): _all_backups,
}
