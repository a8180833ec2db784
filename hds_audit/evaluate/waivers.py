"""Waivers laid over fails: the one function that decides, for every command and every format."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from hds_audit.errors import MisuseError, Problem
from hds_audit.model.report import Finding, Notice, WaiverView
from hds_audit.model.text import Text
from hds_audit.model.waiver import Waiver

LONGEST = timedelta(days=366)


def lay(findings: Sequence[Finding], waivers: tuple[Waiver, ...], on: date) -> tuple[tuple[Finding, ...], tuple[WaiverView, ...]]:
    """The findings with their waivers, and every waiver with what became of it; a waiver takes no fail away."""
    active = {(waiver.rule, waiver.subject): waiver for waiver in waivers if waiver.holds(on)}
    laid = tuple(
        finding._replace(waiver=_view(found, "active"))
        if finding.verdict == "fail" and (found := active.get((finding.rule, finding.subject.id)))
        else finding
        for finding in findings
    ) if active else tuple(findings)  # fmt: skip
    used = {(finding.rule, finding.subject.id) for finding in laid if finding.waiver}
    return laid, tuple(_became(waiver, on, used) for waiver in waivers)


def _became(waiver: Waiver, on: date, used: Collection[tuple[str, str]]) -> WaiverView:
    if waiver.expires < on:
        return _view(waiver, "expired")
    if waiver.granted > on:
        return _view(waiver, "future")
    return _view(waiver, "active" if (waiver.rule, waiver.subject) in used else "orphan")


def _view(waiver: Waiver, state: str) -> WaiverView:
    found = next(word for word in ("active", "expired", "orphan", "future") if word == state)
    return WaiverView(*waiver[:8], state=found)


def waiver_notices(waivers: tuple[Waiver, ...], views: tuple[WaiverView, ...]) -> tuple[Notice, ...]:
    """What must be told of them: expired, orphan, not begun, doubled, longer than a year."""
    return tuple(_told(waivers, views))


def _told(waivers: tuple[Waiver, ...], views: tuple[WaiverView, ...]) -> Iterator[Notice]:
    seen: set[tuple[str, str]] = set()
    for waiver, view in zip(waivers, views, strict=True):
        said = _STATES.get(view.state)
        if said:
            yield _notice(waiver, f"waiver-{view.state}", said)
        if (waiver.rule, waiver.subject) in seen:
            yield _notice(waiver, "waiver-doubled", _DOUBLED)
        if waiver.expires - waiver.granted > LONGEST:
            yield _notice(waiver, "waiver-long", _LONG)
        seen.add((waiver.rule, waiver.subject))


STRICT = frozenset({"waiver-expired", "waiver-orphan", "waiver-doubled", "waiver-long"})


def strictly(notices: Sequence[Notice]) -> None:
    """Raises MisuseError with every waiver that `--strict-waivers` refuses: expired, orphan, doubled, longer than a year."""
    told = [notice for notice in notices if notice.kind in STRICT]
    if told:
        raise MisuseError(*(Problem(str(notice.place or ""), notice.text.en, notice.text.fr) for notice in told))


_STATES = {
    "expired": Text("has expired: the fail counts again", "a expiré : la non-conformité compte de nouveau"),
    "orphan": Text("matches no fail: remove it", "ne correspond à aucune non-conformité : la retirer"),
    "future": Text("has not begun", "n'a pas commencé"),
}
_DOUBLED = Text("stands twice: keep one", "figure deux fois : n'en garder qu'une")
_LONG = Text("runs for more than a year: shorten it", "court plus d'un an : l'écourter")


def _notice(waiver: Waiver, kind: str, said: Text) -> Notice:
    return Notice(
        kind,
        Text(
            f"The waiver of {waiver.rule} on {waiver.subject} (to {waiver.expires}) {said.en}.",
            f"La dérogation à {waiver.rule} sur {waiver.subject} (jusqu'au {waiver.expires}) {said.fr}.",
        ),
        waiver.place,
    )
