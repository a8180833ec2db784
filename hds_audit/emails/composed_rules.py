"""Sentences that tell of health by the company of their words: an order to the addressee, a finding, a part of the body treated."""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.emails import wording
from hds_audit.emails.document import Document
from hds_audit.emails.spoken import Spoken
from hds_audit.emails.spoken_terms import apart, greeted, in_a_name, kind_of, people, possessives
from hds_audit.emails.wording import Said
from hds_audit.model.lexicon import Found, TermClass

_CLOSE, _NEAR, _WITHIN, _FAR = 4, 6, 9, 16
_MOST_TOLD = 2  # more is the list of what a place offers
_HAPPENING = frozenset(("speciality", "test", "procedure", "drug", "vaccine"))


def _says_of_nobody(spoken: Spoken) -> bool:
    """Whether the sentence speaks of everybody, of what may be had, or asks."""
    return spoken.asks or spoken.supposes or spoken.has("general") or (spoken.has("offered") and not spoken.printed)


def _addressed(spoken: Spoken, document: Document) -> bool:
    """Whether it speaks to somebody, or of somebody."""
    return bool(spoken.printed or document.patient or spoken.has("addressee") or possessives(spoken, document))


def awaited(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`you are expected at the dermatology unit`, `l'insémination est prévue le {date}`."""
    if not _addressed(spoken, document):
        return
    told = [
        found for found in spoken.specific
        if kind_of(found) in _HAPPENING and not greeted(spoken, found.start) and not in_a_name(spoken, found)
    ]  # fmt: skip
    yield from _beside(told, spoken.found("coming"), _WITHIN)


def ordered(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`please stop taking antihistamines`, `time to switch to aligner set {number}`."""
    if document.bulk or not _addressed(spoken, document):
        return
    yield from _beside(spoken.specific, spoken.found("ordered"), _WITHIN)


def found_out(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your check-in suggests low mood`."""
    if document.bulk or not (spoken.has("addressee") or people(spoken) or possessives(spoken, document)):
        return
    told = [found for found in spoken.specific if kind_of(found) != "speciality"]
    yield from _beside(told, spoken.found("reveals"), _NEAR)


def _beside(told: list[Found], others: list[Found], reach: int) -> Iterator[Said]:
    """The terms that stand near one of others."""
    if len(told) > _MOST_TOLD:
        return
    for found in told:
        if any(apart(found, other) and _distance(found, other) <= reach for other in others):
            yield Said(found.start, found.end, wording.with_appointment(kind_of(found)), "medium")


def _distance(one: Found, other: Found) -> int:
    """How many words lie between two terms."""
    return max(one.start - other.end, other.start - one.end, 0)


def on_body(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`the rash on your arm`, `three exercises for your shoulder`, `you had a new knee fitted`."""
    if document.bulk or not spoken.has("body"):
        return
    owned = {body.start for owner in possessives(spoken, document) for body in spoken.found("body") if 0 <= body.start - owner.end <= 2}
    addressed = spoken.has("addressee") or people(spoken)
    for body in spoken.found("body"):
        reach = _WITHIN if body.start in owned else _CLOSE if addressed else 0
        names: tuple[TermClass, ...] = ("bodily", "handled", "pathology", "state") if body.start in owned else ("bodily",)
        for other in spoken.found(*names):
            if apart(body, other) and _distance(body, other) < reach:
                yield Said(min(body.start, other.start), max(body.end, other.end), wording.said_of_somebody("body"), "medium")


def told(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`you logged {count} panic attacks`: a word of health said to somebody, in a message that is not sent to many."""
    if document.bulk or spoken.has("offered"):
        return
    found = spoken.specific
    if not found or len(found) > _MOST_TOLD:
        return
    to = [owner.start for owner in (*possessives(spoken, document), *spoken.found("addressee"))]
    if document.patient or document.personal_event:
        to += [printed.at for printed in spoken.printed if not greeted(spoken, printed.at)]
    for each in found:
        if any(abs(each.start - at) <= _FAR for at in to) and not (in_a_name(spoken, each) or greeted(spoken, each.start)):
            yield Said(each.start, each.end, wording.said_of_somebody(kind_of(each)), "medium")


def levels(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your lithium level is due to be checked`: whatever is measured, beside care."""
    if not (document.care and spoken.has("level")):
        return
    for owner in possessives(spoken, document):
        for level in spoken.found("level"):
            if 2 <= level.end - owner.end <= 3 and spoken.has("coming", "outcome", "ordered"):
                yield Said(owner.start, level.end, wording.said_of_somebody("test"), "medium")


def composed(spoken: Spoken, document: Document) -> Iterator[Said]:
    """What these rules find in a sentence that speaks of somebody."""
    if _says_of_nobody(spoken):
        return
    rules = (awaited, ordered, found_out, told, on_body, levels) if spoken.specific else (on_body, levels)
    for rule in rules:
        yield from rule(spoken, document)
