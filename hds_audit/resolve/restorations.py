"""Restorations: the date, the outcome and the duration of one and the same test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived, unknown
from hds_audit.model.values import Day, Span
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.copies import kept_copies
from hds_audit.resolve.element import Element
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


def _restored(copy: Subject, path: str) -> Fact:
    """Whether the restoration of a copy was tested with success."""
    test, succeeded = copy.fact("restore_tested"), copy.fact("restore_tested.succeeded")
    if test.value is False:
        return derived(path, False, test)
    return undecided(path, [succeeded], succeeded.path) if succeeded.value is UNKNOWN else derived(path, succeeded.value is True, succeeded)


def _restored_in_time(world: World, copy: Subject, path: str) -> Fact:
    """Whether that same test took no longer than the application may be down."""
    tested = _restored(copy, path)
    return tested if tested.value is not True else against(path, copy.fact("restore_tested.duration"), _rto(world))


def against(path: str, mine: Fact, limit: Fact) -> Fact:
    """Whether a duration is no longer than another."""
    if isinstance(mine.value, Span) and isinstance(limit.value, Span):
        return derived(path, mine.value.seconds <= limit.value.seconds, mine, limit)
    return undecided(path, [fact for fact in (mine, limit) if not fact.known] or [mine, limit])


def _rto(world: World) -> Fact:
    return world.subjects("application")[0].fact("rto")


def _restorations(world: World, component: Subject) -> Fact:
    """The last restoration test of each of its backups; open where nobody says that there is a backup."""
    path, copies = f"{component.path}.restorations", kept_copies(world, component.id)
    there = component.fact("backed_up")
    if not copies and there.value is UNKNOWN:
        return Fact(path, (unknown(path, *there.missing, because=(there,), doubt=there.doubt),), Origin.DERIVED)
    return Fact(path, tuple(_tested(world, copy) for copy in copies), Origin.DERIVED, because=(there,))


def _tested(world: World, copy: Subject) -> Element:
    path = f"{copy.path}.restore_tested"
    date = copy.fact("restore_tested.date")
    return Element(path, {
        "id": Fact(path, copy.id, because=(copy.fact("restore_tested"),)),
        "date": date if date.value is not UNKNOWN else unknown(date.path, because=(date,), doubt=date.doubt),
        "succeeded": _restored(copy, f"{path}.succeeded"),
        "within_rto": _restored_in_time(world, copy, f"{path}.within_rto"),
    })  # fmt: skip


def _last_restore(world: World, component: Subject) -> Fact:
    """The day of the last restoration known to have succeeded; open where a test of which less is said may be later."""
    path, copies = f"{component.path}.last_restore", kept_copies(world, component.id)
    if not copies:
        there = component.fact("backed_up")
        return undecided(path, [there]) if there.value is UNKNOWN else derived(path, False, there)
    told = [(_restored(copy, path), copy.fact("restore_tested.date")) for copy in copies]
    dated = [date for outcome, date in told if outcome.value is True and isinstance(date.value, Day)]
    latest = max(dated, key=lambda fact: fact.value.last if isinstance(fact.value, Day) else world.as_of, default=None)
    if silent := [fact for outcome, date in told for fact in _open(outcome, date, latest)]:
        return undecided(path, silent)
    return derived(path, False, *(outcome for outcome, _ in told)) if latest is None else derived(path, latest.value, latest)


def _open(outcome: Fact, date: Fact, latest: Fact | None) -> list[Fact]:
    """What is not said of a test that may be a later success than the latest known."""
    if outcome.value is False or date is latest:
        return []
    earlier = latest is not None and isinstance(latest.value, Day) and isinstance(date.value, Day) and date.value.last <= latest.value.last
    return [] if earlier else [fact for fact in (outcome, date) if not fact.known]


DERIVATIONS = {
    ("component", "restorations"): _restorations,
    ("component", "last_restore"): _last_restore,
}
