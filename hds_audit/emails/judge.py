"""The label of a template, from the evidence of its sentences and of its variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hds_audit.emails import wording
from hds_audit.emails.cut import PLACED
from hds_audit.emails.document import Document
from hds_audit.emails.sentences import CELL
from hds_audit.emails.spoken import GENERIC, SPECIFIC, Spoken
from hds_audit.emails.spoken_rules import health_said, is_appointment
from hds_audit.emails.variable_rules import condition_evidence, linked_evidence, measured_evidence, printed_evidence, unseen_evidence
from hds_audit.model.lexicon import Found
from hds_audit.model.template import LABELS, SURENESSES, Evidence, Sureness, TemplateLabel

_LONGEST_QUOTE, _MOST_FOUND = 240, 5_000


def evidence_of(document: Document, missing: frozenset[tuple[str, str]]) -> tuple[Evidence, ...]:
    """All that a document says, gravest first, each once; `missing` are the (file, include) that were not found."""
    found: list[Evidence] = []
    for spoken in document.spoken:
        if spoken.printed:
            found.extend(printed_evidence(spoken, document))
        if spoken.terms:
            found.extend(_words_evidence(spoken, document))
        if len(found) > _MOST_FOUND:
            break
    for reading in document.files:
        found.extend(measured_evidence(reading, document))
        found.extend(linked_evidence(reading, document))
        for mark in reading.marks:
            found.extend(condition_evidence(mark, reading.file, document))
            if mark.expression.includes and any((reading.file, name) in missing for name in mark.expression.includes):
                found.extend(unseen_evidence(mark, reading.file, document))
    if document.setting and not any(each.confidence != "low" for each in found):
        found.extend(_setting_evidence(document))
    return tuple(sorted(_once(found), key=_gravest_first))


def _setting_evidence(document: Document) -> Iterator[Evidence]:
    """The first appointment that is somebody's, in an application of care: that there is care is all it says."""
    if document.professional or not document.personal_event:
        return
    for spoken in document.spoken:
        if events := [found for found in spoken.found("event") if is_appointment(found)]:
            line, text = spoken.line(events[0].start), _quoted(spoken, document)
            yield Evidence(line, text, "words", "care-relation", wording.SETTING, "medium", spoken.file)
            return


def _words_evidence(spoken: Spoken, document: Document) -> Iterator[Evidence]:
    """What the words of a sentence say: health, else a document attached, else that care exists."""
    if document.professional and not document.patient:
        return
    said, attached = health_said(spoken, document), _attached(spoken, document)
    cared = [] if said else spoken.found(*_CARED) if document.care else spoken.found("wellbeing")
    if not (said or attached or cared):
        return
    text, file = _quoted(spoken, document), spoken.file
    for each in said:
        yield Evidence(spoken.line(each.start), text, "words", "health", each.why, each.confidence, file)
    if attached:
        yield Evidence(spoken.line(attached[0].start), text, "words", "free-text", wording.ATTACHED, "medium", file)
    if cared:
        yield Evidence(spoken.line(cared[0].start), text, "words", "care-relation", wording.CARE, "medium", file)


def _attached(spoken: Spoken, document: Document) -> Sequence[Found]:
    """The words that say that a document about care goes with the message."""
    attached = spoken.terms.get("attached", ())
    if not attached or not _CALENDAR.isdisjoint(spoken.words):
        return ()
    return attached if document.patient or spoken.has("result", "remedy", "care", "act", *SPECIFIC) else ()


_CARED = (*GENERIC, *SPECIFIC)
_CALENDAR = frozenset(("calendar", "calendrier", "ic", "agenda"))
"""Stems of what an invitation for a calendar is called: attached, it says what the message says."""


def _quoted(spoken: Spoken, document: Document) -> str:
    """The sentence as a reader may know it again: printed expressions in braces."""
    marks = next((reading.marks for reading in document.files if reading.file == spoken.file), ())
    text = PLACED.sub(lambda match: "{" + " ".join(marks[int(match.group(1))].code.split())[:60] + "}", spoken.sentence.text)
    return " ".join(text.replace(CELL, " ").split())[:_LONGEST_QUOTE]


def _once(found: Iterable[Evidence]) -> Iterator[Evidence]:
    """One piece of evidence for a line, a text and a label: the surest."""
    best: dict[tuple[str, int, str, str], Evidence] = {}
    for each in found:
        key = (each.file, each.line, each.text, each.label)
        if key not in best or SURENESSES.index(each.confidence) < SURENESSES.index(best[key].confidence):
            best[key] = each
    yield from best.values()


def _gravest_first(each: Evidence) -> tuple[int, int, str, int]:
    return (LABELS.index(each.label), SURENESSES.index(each.confidence), each.file, each.line)


def verdict(evidence: tuple[Evidence, ...], *, seen: bool) -> tuple[TemplateLabel, Sureness]:
    """The label and how sure it is: the gravest that the evidence bears at least at medium confidence.

    `seen` is whether the text was there to be read at all: without it, `none` is said with low confidence.
    """
    strong = [each for each in evidence if each.confidence != "low"]
    if not strong:
        return "none", "low" if evidence or not seen else "high"
    gravest = strong[0]
    return gravest.label, gravest.confidence
