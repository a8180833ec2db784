"""Copies of what is stored: whether there are any, how old they can be, whether they were ever restored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived
from hds_audit.model.values import Day, Span
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.graph import copies_of, host_of
from hds_audit.resolve.things import Part, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_COPY = "components.*.copy_of"


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


def _some_copy(name: str, judge: Callable[[World, Subject, Subject, str], Fact]) -> Derivation:
    """Whether one of its copies has a quality; without a copy, as little is known as of the backup itself."""

    def derive(world: World, component: Subject) -> Fact:
        path, copies = f"{component.path}.{name}", copies_of(world, component.id)
        if not copies:
            there = component.fact("has_backup")
            return undecided(path, [there]) if there.value is UNKNOWN else derived(path, False, there)
        return some(path, [judge(world, component, copy, path) for copy in copies])

    return derive


def _against(path: str, mine: Fact, limit: Fact) -> Fact:
    if isinstance(mine.value, Span) and isinstance(limit.value, Span):
        return derived(path, mine.value.seconds <= limit.value.seconds, mine, limit)
    return undecided(path, [fact for fact in (mine, limit) if not fact.known] or [mine, limit])


def _meets_rpo(world: World, _: Subject, copy: Subject, path: str) -> Fact:
    return _against(path, copy.fact("frequency"), _application(world).fact("rpo"))


def _meets_rto(world: World, _: Subject, copy: Subject, path: str) -> Fact:
    tested = _succeeded(world, _, copy, path)
    return tested if tested.value is not True else _against(path, copy.fact("restore_tested.duration"), _application(world).fact("rto"))


def _succeeded(_: World, __: Subject, copy: Subject, path: str) -> Fact:
    test, succeeded = copy.fact("restore_tested"), copy.fact("restore_tested.succeeded")
    if test.value is False:
        return derived(path, False, test)
    return undecided(path, [succeeded], succeeded.path) if succeeded.value is UNKNOWN else derived(path, succeeded.value is True, succeeded)


def _elsewhere(world: World, component: Subject, copy: Subject, path: str) -> Fact:
    """On another host, or on the same in another place."""
    here, there = host_of(world, component), host_of(world, copy)
    if here is None or there is None:
        return undecided(path, [], *(f"{each.path}.host" for each, host in ((component, here), (copy, there)) if host is None))
    return derived(path, here.id != there.id, component.fact("host"), copy.fact("host"))


def _immutable(_: World, __: Subject, copy: Subject, path: str) -> Fact:
    said = copy.fact("immutable")
    return undecided(path, [said], said.path) if said.value is UNKNOWN else derived(path, said.value is True, said)


def _application(world: World) -> Subject:
    return world.subjects("application")[0]


def _last_restore(world: World, component: Subject) -> Fact:
    """The day of the last restoration that succeeded, of any of its copies; False where none ever was."""
    path, copies = f"{component.path}.last_restore", copies_of(world, component.id)
    if not copies:
        there = component.fact("has_backup")
        return undecided(path, [there]) if there.value is UNKNOWN else derived(path, False, there)
    tests = [copy.fact("restore_tested") for copy in copies]
    done = [fact for fact in tests if isinstance(fact.value, Part) and fact.value.fact("succeeded").value is not False]
    dated = [day for fact in done if isinstance(fact.value, Part) and isinstance((day := fact.value.fact("date")).value, Day)]
    if dated:
        latest = max(dated, key=lambda fact: fact.value.last if isinstance(fact.value, Day) else world.as_of)
        return derived(path, latest.value, latest)
    silent = [fact for fact in tests if not fact.known or fact in done]
    return undecided(path, silent, *(fact.path for fact in silent)) if silent else derived(path, False, *tests)


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
    ("component", "restore_succeeded"): _some_copy("restore_succeeded", _succeeded),
    ("component", "restore_meets_rto"): _some_copy("restore_meets_rto", _meets_rto),
    ("component", "last_restore"): _last_restore,
    ("component", "backup_elsewhere"): _some_copy("backup_elsewhere", _elsewhere),
    ("component", "backup_immutable"): _some_copy("backup_immutable", _immutable),
    ("component", "backups_certified"): _all_backups,
}
