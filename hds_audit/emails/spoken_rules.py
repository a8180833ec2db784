"""When a sentence's own words are data on somebody's health: each rule on one sentence, with the document about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from hds_audit.emails import wording
from hds_audit.emails.composed_rules import composed
from hds_audit.emails.document import Document, standing
from hds_audit.emails.spoken import SPECIFIC, Spoken
from hds_audit.emails.spoken_terms import apart, greeted, in_a_name, kind_of, listed, people, possessives
from hds_audit.emails.wording import Said
from hds_audit.model.lexicon import Found, TermClass

_BESIDE, _NEAR, _WITHIN, _FAR = 3, 6, 9, 16
_APPOINTMENTS = frozenset(("rdv", "appointment", "appt", "consultation", "teleconsultation", "visit", "visite", "seance"))
_MEDICAL_EVENTS = frozenset(("scan", "exam", "examination", "surgery", "operation", "examen", "intervention", "radio"))
_SELF_DESCRIBED: tuple[TermClass, ...] = ("state", "pathology", "procedure", "vaccine", "test", "drug")


Rule = Callable[[Spoken, Document], Iterator[Said]]


def health_said(spoken: Spoken, document: Document) -> tuple[Said, ...]:
    """What the words of a sentence say of somebody's health; a sentence that prints nothing is looked at once."""
    if spoken.terms.keys().isdisjoint(_TELLING):
        return ()
    if spoken.printed:
        return tuple(_said(spoken, document))
    known = spoken.said.get(place := standing(document))
    if known is None:
        known = spoken.said[place] = () if spoken.supposes else tuple(_said(spoken, document))
    return known


def _said(spoken: Spoken, document: Document) -> Iterator[Said]:
    for rule, needed in _RULES if spoken.specific else _ON_OTHERS:
        if needed is None or not spoken.terms.keys().isdisjoint(needed):
            yield from islice(rule(spoken, document), _MOST_SAID)


def is_appointment(event: Found) -> bool:
    """Whether an event is a meeting with who gives care, by its own words."""
    return bool(_APPOINTMENTS & set(event.term.words)) or "rendez" in event.term.words


def _between(spoken: Spoken, start: int, end: int, *classes: TermClass) -> bool:
    """Whether a term of these classes lies between two words."""
    return any(start <= found.start < end for found in spoken.found(*classes))


def _owned(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your diabetes`, `ton psychologue`."""
    for owner in possessives(spoken, document):
        for found in spoken.specific:
            if not 0 <= found.start - owner.end <= _BESIDE or _between(spoken, owner.end, found.start, "general", "account"):
                continue
            if in_a_name(spoken, found):
                continue
            kind = kind_of(found)
            child = _between(spoken, owner.end, found.start, "relative")
            if child and not document.patient:
                continue
            yield Said(owner.start, found.end, wording.said_of_somebody(kind), "high")


def _owned_event(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your appointment with Dr X, cardiologist`, `vos résultats de mammographie`."""
    if spoken.has("general"):
        return
    events = spoken.found("event", "result", "remedy", "matter")
    for owner in possessives(spoken, document):
        for event in events:
            if not 0 <= event.start - owner.end <= _BESIDE:
                continue
            parts = spoken.found("body") if _MEDICAL_EVENTS & set(event.term.words) else []
            for found in (*spoken.specific, *parts):
                if "matter" in event.term.classes and (kind_of(found) == "speciality" or found.start - event.end > _NEAR):
                    continue
                if apart(found, event) and -_NEAR <= found.start - event.end <= _FAR:
                    yield Said(owner.start, max(found.end, event.end), wording.with_appointment(kind_of(found)), "high")


def _owned_act(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your vaccination appointment`, `votre rendez-vous de vaccination`: what it is for, though not against what."""
    if spoken.has("general") or spoken.asks or spoken.supposes:
        return
    for owner in possessives(spoken, document):
        for act in spoken.found("act"):
            events = [event for event in spoken.found("event") if 0 <= event.start - owner.end <= _BESIDE and _appointment_for(act, event)]
            if events:
                yield Said(owner.start, max(act.end, events[0].end), wording.with_appointment("vaccine"), "medium")


def _appointment_for(act: Found, event: Found) -> bool:
    """Whether the event is an appointment and the act stands beside it."""
    return is_appointment(event) and (act.end == event.start or 0 <= act.start - event.end <= 2)


def _printed_event(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`RDV le {date} avec le Dr {nom}, gynécologue`."""
    if not spoken.printed or spoken.has("general") or spoken.asks or not document.medical or listed(spoken):
        return
    for event in spoken.found("event"):
        if not is_appointment(event) and not document.personal_event:
            continue
        for found in spoken.specific:
            if apart(found, event) and abs(found.start - event.end) <= _FAR:
                yield Said(min(found.start, event.start), max(found.end, event.end), wording.with_appointment(kind_of(found)), "medium")


def _named(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`{child} is due for the MMR vaccine`."""
    if spoken.has("general"):
        return
    for at in people(spoken):
        for found in spoken.specific:
            kind = kind_of(found)
            if kind == "speciality" and not document.patient:
                continue
            if greeted(spoken, at) and (kind in ("speciality", "pathology") or spoken.asks or spoken.supposes):
                continue
            if abs(found.start - at) <= _FAR:
                yield Said(min(found.start, at), max(found.end, at + 1), wording.said_of_somebody(kind_of(found)), "high")


def _asserted(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`you are {week} weeks pregnant`, `vous avez une consultation de cardiologie`."""
    if spoken.has("general") or spoken.asks or spoken.supposes:
        return
    subjects = [found.end for found in spoken.found("addressee")] + [at + 1 for at in people(spoken) if not greeted(spoken, at)]
    for verb in spoken.found("assertion"):
        if not any(0 <= verb.start - end <= 2 for end in subjects):
            continue
        for found in spoken.specific:
            if not 0 <= found.start - verb.end <= _WITHIN:
                continue
            booked = _between(spoken, verb.end, found.start + _NEAR, "event")
            if booked or any(name in found.term.classes for name in _SELF_DESCRIBED):
                yield Said(verb.start, found.end, wording.said_of_somebody(kind_of(found)), "medium")


def _outcome(spoken: Spoken, document: Document) -> Iterator[Said]:
    """`your test is positive`."""
    personal = possessives(spoken, document) or spoken.has("addressee") or spoken.printed
    if not personal or spoken.supposes or spoken.has("general"):
        return
    for result in spoken.found("result", "test"):
        for outcome in spoken.found("outcome"):
            if -2 <= outcome.start - result.end <= _FAR:
                yield Said(result.start, outcome.end, wording.OUTCOME, "high")


def _ground(spoken: Spoken, document: Document) -> Iterator[Said]:
    """A medical reason, or a conclusion drawn from answers on health."""
    personal = spoken.has("possessive", "addressee", "relative") or people(spoken) or document.patient
    if not personal or spoken.supposes:
        return
    for found in spoken.found("ground"):
        yield Said(found.start, found.end, wording.GROUND, "medium")
    for found in spoken.found("questions"):
        if spoken.has("reviewed"):
            yield Said(found.start, found.end, wording.GROUND, "medium")


def _decided(spoken: Spoken, document: Document) -> Iterator[Said]:
    """That somebody named refused an act, had it, or did not."""
    if spoken.supposes or spoken.asks or not (people(spoken) or (spoken.has("relative") and document.patient)):
        return
    known = document.patient or any(not greeted(spoken, at) for at in people(spoken))
    acts = [] if not known else [found for found in spoken.found("act", "vaccine", "remedy") if found.term.words[0] not in _ORDERS]
    for found in spoken.found("refusal"):
        if acts:
            yield Said(found.start, found.end, wording.REFUSAL, "medium")
    for found in spoken.found("given"):
        if any(abs(act.start - found.start) <= _NEAR for act in acts):
            yield Said(found.start, found.end, wording.STATUS, "medium")


_ORDERS = frozenset(("prescription", "ordonnance", "refill", "repeat"))
"""First stems of what is handed over for a medicine: who has one may have any."""


def _detail(spoken: Spoken, document: Document) -> Iterator[Said]:
    """A short line with a speciality or an examination beside somebody's appointment: `Service de cardiologie`."""
    if not document.personal_event or not document.medical or len(spoken.words) > _SHORT or spoken.has("general") or spoken.asks:
        return
    for found in spoken.specific:
        if any(name in found.term.classes for name in ("speciality", "test", "procedure")):
            yield Said(found.start, found.end, wording.with_appointment(kind_of(found)), "medium")


_SHORT, _MOST_SAID = 8, 5
_TELLING: frozenset[TermClass] = frozenset((*SPECIFIC, "act", "body", "outcome", "ground", "questions", "refusal", "given", "level"))
"""Without a term of these no rule finds anything."""

_ON_OTHERS: tuple[tuple[Rule, frozenset[TermClass] | None], ...] = (
    (_owned_event, frozenset(("possessive",))), (_outcome, frozenset(("outcome",))), (_ground, frozenset(("ground", "questions"))),
    (_owned_act, frozenset(("act",))), (_decided, frozenset(("refusal", "given"))), (composed, frozenset((*SPECIFIC, "body", "level"))),
)  # fmt: skip
"""Each rule with the classes without which it finds nothing."""

_RULES: tuple[tuple[Rule, frozenset[TermClass] | None], ...] = (
    (_owned, frozenset(("possessive",))), (_printed_event, frozenset(("event",))), (_named, None),
    (_asserted, frozenset(("assertion",))), (_detail, None), *_ON_OTHERS,
)  # fmt: skip
"""The same, for sentences that name what is treated."""
