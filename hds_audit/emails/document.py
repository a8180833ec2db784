"""A template with what it includes: its sentences, and whom the whole speaks to and about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hds_audit.emails.names import Names, parted
from hds_audit.emails.reading import FileReading
from hds_audit.emails.spoken import Senses, Spoken, Standing, Vocabulary, somebody, spoken_of
from hds_audit.model.lexicon import TermClass, words_of
from hds_audit.model.text import Language


@dataclass(frozen=True, slots=True)
class Document:
    """Everything one template says."""

    spoken: tuple[Spoken, ...]
    files: tuple[FileReading, ...]
    names: Names
    senses: Senses
    languages: frozenset[Language]
    professional: bool
    """It speaks to a professional or an organisation about itself."""
    technical: bool
    """It speaks of machines, or of what is no person."""
    patient: bool
    """It names somebody under care."""
    care: bool
    """It says that there is care at all."""
    medical: bool
    """It says so, or names a disease, an examination, a medicine, a vaccine."""
    practitioner: bool
    """It names who gives care."""
    event: bool
    """It speaks of an appointment, a visit, a stay."""
    booked: bool
    """It prints something of a booking."""
    personal_event: bool
    """The appointment is that of the addressee or of somebody named."""
    bulk: bool
    """It is sent to many: a newsletter, an appeal for gifts."""
    undone: bool
    """It tells a decision: an appointment cancelled, a request refused."""
    results: bool
    """It tells somebody named of the results of an analysis or of an examination."""
    of_care: bool
    """The application it belongs to is one of care."""
    setting: bool
    """So it is, and the message speaks of an appointment, of somebody under care or of who gives it."""
    modes: frozenset[str]
    """Of the names that say what a visit is for, those whose values are ways of meeting, by video, on site, or are only counted."""


def document_of(path: str, files: Sequence[FileReading], vocabulary: Vocabulary, names: Names, *, of_care: bool = False) -> Document:
    """The document that the files of one template make; `of_care` is whether its application is known to be one of care."""
    by_file = {reading.file: tuple(tuple(map(names.sense, mark.expression.shown)) for mark in reading.marks) for reading in files}
    spoken, languages = spoken_of(files, vocabulary, by_file)
    said = {name for each in spoken for name in each.terms}
    senses = [sense for marks in by_file.values() for each in marks for sense in each]
    booked = any(sense.event for sense in senses)
    event = booked or "event" in said
    own_event = "event" in said and any(_own_event(each) for each in spoken)
    cared = of_care or not said.isdisjoint(_CARE | _MEDICAL) or any(sense.care or sense.health == "strong" for sense in senses)
    patient = any(sense.patient and (cared or not sense.maybe_patient) for sense in senses) and "animal" not in said
    patient = patient or (of_care and "animal" not in said and any(sense.client for sense in senses))
    elsewhere = "animal" in said or ("other-trade" in said and not patient and not any(each.specific for each in spoken))
    patient = patient or (not elsewhere and booked and any(_names_somebody(each) for each in spoken))
    practitioner = any(sense.practitioner for sense in senses)
    setting = of_care and not elsewhere and (event or patient or practitioner)
    care = not elsewhere and (setting or any(sense.care or sense.health == "strong" for sense in senses) or not said.isdisjoint(_CARE))
    medical = care or not said.isdisjoint(_MEDICAL) or (event and "speciality" in said)
    technical = "animal" in said or (any(sense.technical for sense in senses) and not (own_event and medical))
    professional = (
        any(_of_the_trade(each) or _joins_as(each) for each in spoken)
        or ("greeting" in said and any(_greets_a_doctor(each) for each in spoken))
        or (_staff_path(path, names) and not own_event)
        or technical
    )
    return Document(
        spoken=spoken, files=tuple(files), names=names, senses=by_file, languages=languages,
        professional=professional, technical=technical, patient=patient, care=care, medical=medical,
        practitioner=practitioner, event=event, booked=booked, personal_event=own_event or (patient and event),
        bulk="bulk" in said, undone="undone" in said and any(map(_tells_undone, spoken)),
        results=patient and care and any(_tells_results(each) for each in spoken), of_care=of_care and not elsewhere, setting=setting,
        modes=frozenset((*_modes(files, by_file, names), *_counted(files, by_file))),
    )  # fmt: skip


def _tells_undone(spoken: Spoken) -> bool:
    """`your appointment has been cancelled`, and not `if you need to cancel`."""
    return spoken.has("undone") and not (spoken.supposes or spoken.has("conditional", "offered", "ordered"))


def _tells_results(spoken: Spoken) -> bool:
    """`Your lab results`, `compte rendu médical`: and not what may be had, nor a result of anything."""
    return not spoken.supposes and any(len(found.term.words) > 1 for found in spoken.terms.get("result", ()))


def standing(document: Document) -> Standing:
    """What of a document bears on the meaning of its sentences."""
    return document.patient, document.care, document.medical, document.personal_event, document.bulk


_CARE: frozenset[TermClass] = frozenset(("care", "act", "remedy"))
_MEDICAL: frozenset[TermClass] = frozenset(("test", "drug", "vaccine", "pathology", "procedure", "state"))


def _modes(files: Sequence[FileReading], by_file: Senses, names: Names) -> Iterator[str]:
    """The names whose values the code itself writes: `if appointment.type == 'telehealth'`, `{{ type|default:"In person" }}`."""
    for reading in files:
        for mark, told in zip(reading.marks, by_file[reading.file], strict=True):
            senses = [sense for sense in told if sense.health == "contextual"]
            if senses and any(_is_mode(names, text) for text in _LITERAL.findall(mark.code)):
                yield from (sense.why for sense in senses)


def _counted(files: Sequence[FileReading], by_file: Senses) -> Iterator[str]:
    """The names of what is counted, which is nobody's: `{{ treatment.name }}: {{ treatment.count }}`."""
    for reading in files:
        counted = (path for mark in reading.marks for path in mark.expression.shown if path[-1] in _COUNTS and mark.kind == "output")
        owners = {path[:-1] for path in counted if len(path) > 1}
        if not owners:
            continue
        for mark, told in zip(reading.marks, by_file[reading.file], strict=True):
            for path, sense in zip(mark.expression.shown, told, strict=True):
                if sense.health and path[:-1] in owners:
                    yield sense.why


_COUNTS = frozenset(("count", "nb"))


def _is_mode(names: Names, text: str) -> bool:
    classes = names.lexicon.classes(words_of(text))
    return "neutral" in classes and "value-strong" not in classes


_LITERAL = re.compile(r"""["']([A-Za-z][\w -]{1,30})["']""")


def _names_somebody(spoken: Spoken) -> bool:
    """Whether a person is named outside a greeting and after no title."""
    return not spoken.has("greeting") and any(somebody(spoken, printed) for printed in spoken.printed)


def _greets_a_doctor(spoken: Spoken) -> bool:
    if spoken.has("greeting") and spoken.printed and any(sense.practitioner for sense in spoken.printed[0].senses):
        return True
    titled = spoken.terms.get("titled", ())
    return any(greeting.start == 0 and any(title.start == greeting.end for title in titled) for greeting in spoken.found("greeting"))


def _of_the_trade(spoken: Spoken) -> bool:
    """Whether it speaks to a professional: `your patients` does, `your patient dashboard` does not."""
    for found in spoken.found("professional"):
        last = spoken.text[spoken.position(found.end - 1) :]
        if not found.term.written.endswith("s") or _PLURAL.match(last):
            return True
    return False


def _joins_as(spoken: Spoken) -> bool:
    """Whether it names the addressee's own trade: `you have been invited as a therapist`, `en tant que kinésithérapeute`."""
    before = (spoken.words[max(found.start - 3, 0) : found.start] for found in spoken.specific if "speciality" in found.term.classes)
    return any(words[-2:] in (("as", "a"), ("as", "an")) or words == ("en", "tant", "que") for words in before)


_PLURAL = re.compile(r"\w*[sx]\b")


def _own_event(spoken: Spoken) -> bool:
    """`your appointment`, `votre prochain rendez-vous`, `you have an appointment`."""
    starts = [found.end for found in spoken.found("possessive", "addressee")]
    return any(0 <= event.start - start <= _REACH for start in starts for event in spoken.terms.get("event", ()))


_REACH = 4


def _staff_path(path: str, names: Names) -> bool:
    """Whether the name of the file or of its folder says that it is written to staff."""
    last = [part.split(".", 1)[0] for part in path.replace("\\", "/").split("/")[-2:]]
    return any("staff-path" in names.lexicon.classes(parted(part)) for part in last)
