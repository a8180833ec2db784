# ruff: noqa: SIM905  words read as words
"""A template with what it includes, in words: the terms and the variables of each sentence, and whom the whole speaks to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hds_audit.emails.names import Names, Sense, parted
from hds_audit.emails.reading import FileReading
from hds_audit.emails.sentences import CELL, Sentence
from hds_audit.model.lexicon import LANGUAGES, Found, Lexicon, TermClass, folded, stemmed, words_of
from hds_audit.model.text import Language

SPECIFIC: tuple[TermClass, ...] = ("speciality", "pathology", "state", "test", "procedure", "drug", "vaccine")
"""What, said of somebody, is data on health."""

GENERIC: tuple[TermClass, ...] = ("care", "act", "remedy", "donation", "wellbeing")
"""What says only that care exists."""

_TOKEN = re.compile(r"[a-z0-9]+|\ue000(\d+)\ue001|[?:\ue002]")
_WEB = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)+/\S*")
_LANGUAGE_WORDS: dict[Language, frozenset[str]] = {
    "fr": frozenset("le la de du et vou votre est pour une un sur dan bonjour au tu vo rdv avec nou par".split()),
    "en": frozenset("the of and you your is for to in on hello dear with thi been are has by".split()),
}  # stems
_SHARE = 4
_OUTPUT = "\ue000"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed expression within a sentence: its place among the words, and what each variable of it tells."""

    at: int
    mark: int
    senses: tuple[Sense, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in words: stems with "" for a printed expression and the signs `?`, `:` and the cell mark."""

    file: str
    sentence: Sentence
    text: str
    words: tuple[str, ...]
    positions: tuple[int, ...]
    terms: dict[TermClass, list[Found]]
    printed: tuple[Printed, ...]

    def has(self, *classes: TermClass) -> bool:
        """Whether a term of one of these classes is said."""
        return any(name in self.terms for name in classes)

    def found(self, *classes: TermClass) -> list[Found]:
        """The terms of these classes, in order."""
        return sorted(found for name in classes for found in self.terms.get(name, ()))

    def line(self, at: int) -> int:
        """The line of a word."""
        return self.sentence.line_at(self.positions[at] if at < len(self.positions) else 0)

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return "?" in self.words[-2:]

    @property
    def supposes(self) -> bool:
        """Whether it starts with a condition: what follows is said of nobody yet."""
        return any(found.start <= 1 for found in self.terms.get("conditional", ()))


@dataclass(frozen=True, slots=True)
class Document:
    """Everything one template says."""

    spoken: tuple[Spoken, ...]
    files: tuple[FileReading, ...]
    names: Names
    languages: frozenset[Language]
    professional: bool
    """It speaks to a professional or an organisation about itself."""
    patient: bool
    """It names somebody under care."""
    care: bool
    """It says that there is care at all."""
    medical: bool
    """It says so, or names a disease, an examination, a medicine, a vaccine."""
    event: bool
    """It speaks of an appointment, a visit, a stay."""
    personal_event: bool
    """The appointment is that of the addressee or of somebody named."""


def document_of(path: str, files: Sequence[FileReading], lexicon: Lexicon, names: Names) -> Document:
    """The document that the files of one template make."""
    languages = _languages(sentence for reading in files for sentence in reading.sentences)
    spoken = tuple(_spoken(reading, sentence, lexicon, names, languages) for reading in files for sentence in reading.sentences)
    senses = [names.sense(each) for reading in files for mark in reading.marks for each in mark.expression.shown]
    event = any(sense.event for sense in senses) or any(each.has("event") for each in spoken)
    booked = any(sense.event for sense in senses)
    patient = any(sense.patient for sense in senses) or (booked and any(_names_somebody(each) for each in spoken))
    care = any(sense.care or sense.health == "strong" for sense in senses) or any(each.has("care", "act", "remedy") for each in spoken)
    medical = care or any(each.has("test", "drug", "vaccine", "pathology", "procedure", "state") for each in spoken)
    medical = medical or (event and any(each.has("speciality") for each in spoken))
    professional = (
        any(each.has("professional") or _greets_a_doctor(each) for each in spoken)
        or (_staff_path(path, names) and not any(_own_event(each) for each in spoken))
        or any(sense.technical for sense in senses)
    )
    personal_event = any(_own_event(each) for each in spoken) or (patient and event)
    return Document(spoken, tuple(files), names, languages, professional, patient, care, medical, event, personal_event)


def _languages(sentences: Iterable[Sentence]) -> frozenset[Language]:
    """The languages of the text, by its smallest words; both where they are too few to tell."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for number, sentence in enumerate(sentences):
        if number > _ENOUGH_SENTENCES:
            break
        words = words_of(sentence.text)
        for language, small in _LANGUAGE_WORDS.items():
            counts[language] += sum(word in small for word in words)
    most = max(counts.values())
    return frozenset(language for language in LANGUAGES if counts[language] * _SHARE >= most)


_ENOUGH_SENTENCES = 60


def _spoken(
    reading: FileReading, sentence: Sentence, lexicon: Lexicon, names: Names, languages: frozenset[Language]
) -> Spoken:
    text = _WEB.sub(lambda match: " " * len(match.group()), sentence.text) if "." in sentence.text else sentence.text
    words: list[str] = []
    positions: list[int] = []
    printed: list[Printed] = []
    text = folded(text)
    for match in _TOKEN.finditer(text):
        number = match.group(1)
        if number is not None:
            mark = reading.marks[int(number)]
            senses = tuple(names.sense(path) for path in mark.expression.shown)
            printed.append(Printed(len(words), int(number), senses, mark.code.strip()))
            words.append("")
        else:
            words.append(stemmed(match.group()))
        positions.append(match.start())
    terms: dict[TermClass, list[Found]] = {}
    met = lexicon.find(words, languages)
    for found in met:
        inside = any(_inside(found, other) for other in met)
        for name in found.term.classes:
            if not (inside and (name in SPECIFIC or name in GENERIC)):
                terms.setdefault(name, []).append(found)
    return Spoken(reading.file, sentence, text, tuple(words), tuple(positions), terms, tuple(printed))


def _inside(found: Found, other: Found) -> bool:
    """Whether a term is a part of a longer one, which then says what is meant (`surgery` in `GP surgery`)."""
    return len(other.term.words) > len(found.term.words) and other.start <= found.start and found.end <= other.end


def _names_somebody(spoken: Spoken) -> bool:
    """Whether a person is named outside a greeting and after no title."""
    return not spoken.has("greeting") and any(somebody(spoken, printed) for printed in spoken.printed)


def somebody(spoken: Spoken, printed: Printed) -> bool:
    """Whether a printed expression names a person who is not shown to be a doctor."""
    before = spoken.words[max(0, printed.at - 2) : printed.at]
    titled = any(word in ("dr", "docteur", "doctor", "pr", "prof") for word in before)
    return not titled and any(sense.person or sense.patient for sense in printed.senses)


def _greets_a_doctor(spoken: Spoken) -> bool:
    if spoken.has("greeting") and spoken.printed and any(sense.practitioner for sense in spoken.printed[0].senses):
        return True
    titled = spoken.terms.get("titled", ())
    return any(greeting.start == 0 and any(title.start == greeting.end for title in titled) for greeting in spoken.found("greeting"))


def _own_event(spoken: Spoken) -> bool:
    """`your appointment`, `votre prochain rendez-vous`, `you have an appointment`."""
    starts = [found.end for found in spoken.found("possessive", "addressee")]
    return any(0 <= event.start - start <= _REACH for start in starts for event in spoken.terms.get("event", ()))


_REACH = 4


def _staff_path(path: str, names: Names) -> bool:
    """Whether the name of the file or of its folder says that it is written to staff."""
    last = [part.split(".", 1)[0] for part in path.replace("\\", "/").split("/")[-2:]]
    return any("staff-path" in names.lexicon.classes(parted(part)) for part in last)


def label_before(spoken: Spoken, printed: Printed) -> str:
    """The label that a printed expression stands after: a few words and a colon or a cell; else nothing."""
    before = spoken.text[: spoken.positions[printed.at]]
    before = before[before.rfind("\ue001") + 1 :].rstrip(" \t\n*_")
    if not before.endswith((":", CELL)):
        return ""
    label = _LABEL_PARTS.split(before.rstrip(" :\n" + CELL))[-1].strip(" *_-•")
    return label if 0 < len(label.split()) <= _LABEL_WORDS else ""


_LABEL_PARTS = re.compile(r"[.,;:!?(\n\ue002]")
_LABEL_WORDS = 6
