# ruff: noqa: SIM905  words read as words
"""Sentences in words: their terms of the lexicon, and what their printed expressions tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from hds_audit.emails.cut import OUTPUT_OPEN, PLACED, placed
from hds_audit.emails.labels import LONGEST_HEADING, label_above, label_within
from hds_audit.emails.names import Sense
from hds_audit.emails.reading import FileReading
from hds_audit.emails.sentences import CELL, Sentence
from hds_audit.emails.wording import Said
from hds_audit.model.lexicon import LANGUAGES, Found, Lexicon, Term, TermClass, folded, stemmed
from hds_audit.model.text import Language

SPECIFIC: tuple[TermClass, ...] = ("speciality", "pathology", "state", "test", "procedure", "drug", "vaccine")
"""What, said of somebody, is data on health."""

GENERIC: tuple[TermClass, ...] = ("care", "act", "remedy", "donation", "wellbeing")
"""What says only that care exists."""

_TOKEN = re.compile(r"[^\W_]+|\ue000\d+\ue001|[?:\ue002]")
_WEB = re.compile(
    r"https?://\S{1,500}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|(?<![\w.-])[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}/[^\s]{0,500}"
)
_MAYBE_PLURAL = re.compile(r"(?<=\w)\((?:s|e|es|x|ne|le)\)")
"""`comprimé(s)`, `hospitalisé(e)`: the word is meant, whatever its ending."""
_WEB_SIGNS = ("://", "@", "/")
_LANGUAGE_WORDS: dict[Language, frozenset[str]] = {
    "fr": frozenset("le la de du et vou votre est pour une un sur dan bonjour au tu vo rdv avec nou par".split()),
    "en": frozenset("the of and you your is for to in on hello dear with thi been are has by".split()),
}  # stems
_SHARE = 4
_ENOUGH_WORDS, _MOST_WORDS, _MOST_SENTENCES = 300, 100_000, 20_000
_MOST_MET = 60  # in one sentence: more is a list, and says the same thing again
_SHADOWED = frozenset((*SPECIFIC, *GENERIC))


Standing = tuple[bool, ...]
"""What of a document bears on the meaning of its sentences."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed expression within a sentence: its place among the words, and what each variable of it tells."""

    at: int
    mark: int
    senses: tuple[Sense, ...]
    code: str
    line: int
    label: str
    """What stands before it and names it, or nothing."""
    keys: tuple[str, ...] = ()
    """The keys of the translations that it is handed to."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in words: stems with "" for a printed expression and the signs `?`, `:` and the cell mark."""

    file: str
    sentence: Sentence
    text: str
    """The sentence in small letters, its addresses blanked; as long as the sentence."""
    words: tuple[str, ...]
    terms: dict[TermClass, list[Found]]
    specific: list[Found]
    """The terms that say what is treated, without those that only qualify the holder of an account."""
    printed: tuple[Printed, ...]
    said: dict[Standing, tuple[Said, ...]]
    """What was found in it, where it prints nothing, in the documents where it was met: filled by whoever looks."""

    def has(self, *classes: TermClass) -> bool:
        """Whether a term of one of these classes is said."""
        return not self.terms.keys().isdisjoint(classes)

    def found(self, *classes: TermClass) -> list[Found]:
        """The terms of these classes, in order."""
        if len(classes) == 1:
            return self.terms.get(classes[0], [])
        return _of(self.terms, classes)

    def line(self, at: int) -> int:
        """The line of a word."""
        return self.sentence.line_at(self.position(at))

    def position(self, at: int) -> int:
        """Where in the text a word starts; looked for again, since few are asked for."""
        found = next(islice(_TOKEN.finditer(self.text), at, None), None)
        return found.start() if found else 0

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return "?" in self.words[-2:]

    @property
    def supposes(self) -> bool:
        """Whether it starts with a condition: what follows is said of nobody yet."""
        return any(found.start <= 1 for found in self.terms.get("conditional", ()))


class _Word(NamedTuple):
    stem: str
    starts: tuple[Term, ...]


class _Told(NamedTuple):
    terms: dict[TermClass, list[Found]]
    specific: list[Found]
    said: dict[Standing, tuple[Said, ...]]


class _Output(NamedTuple):
    """Where a printed expression stands among the words, which one of the sentence it is, where it stands in the text, its label."""

    at: int
    which: int
    position: int
    label: str


class _Worded(NamedTuple):
    text: str
    words: tuple[str, ...]
    starts: tuple[tuple[int, tuple[Term, ...]], ...]
    outputs: tuple[_Output, ...]
    told: dict[frozenset[Language], _Told]
    """What its terms are in the languages of the documents where it was met."""


class Vocabulary:
    """The words and the sentences met so far, each looked up once: the templates of an application share many."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[str, _Word] = {}
        self._worded: dict[str, _Worded] = {}

    def worded(self, text: str) -> tuple[_Worded, Sequence[str]]:
        """A sentence in words, and the numbers of its printed expressions; read once for all sentences that differ by these."""
        parts = PLACED.split(text) if OUTPUT_OPEN in text else [text]
        if len(parts) > 1:
            text = parts[0] + "".join(placed(number) + part for number, part in enumerate(parts[2::2]))
        known = self._worded.get(text)
        if known is None:
            if len(self._worded) > _MOST_SENTENCES:
                self._worded.clear()
            known = self._worded[text] = self._in_words(text)
        return known, parts[1::2]

    def _in_words(self, text: str) -> _Worded:
        blanked = _WEB.sub(_blanked, text) if any(sign in text for sign in _WEB_SIGNS) else text
        if "(" in blanked:
            blanked = _MAYBE_PLURAL.sub(_blanked, blanked)
        lowered = blanked.lower()
        lowered = lowered if len(lowered) == len(text) else blanked
        tokens = _TOKEN.findall(lowered)
        known = [self.word(token) if token[0] != OUTPUT_OPEN else _NO_WORD for token in tokens]
        starts = tuple((at, word.starts) for at, word in enumerate(known) if word.starts)
        outputs = tuple(_outputs(lowered, tokens)) if OUTPUT_OPEN in lowered else ()
        return _Worded(lowered, tuple(word.stem for word in known), starts, outputs, {})

    def word(self, written: str) -> _Word:
        """A word's stem, and the terms that it may start."""
        known = self._known.get(written)
        if known is None:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            stem = stemmed(folded(written))
            known = self._known[written] = _Word(stem, self.lexicon.starting(stem))
        return known


_NO_WORD = _Word("", ())


def _outputs(text: str, tokens: Sequence[str]) -> Iterator[_Output]:
    labelled = ":" in text or CELL in text
    places = (at for at, token in enumerate(tokens) if token[0] == OUTPUT_OPEN)
    for at, match in zip(places, PLACED.finditer(text), strict=True):
        start = match.start()
        yield _Output(at, int(match.group(1)), start, label_within(text, start) if labelled and at else "")


Senses = Mapping[str, Sequence[tuple[Sense, ...]]]
"""What the variables of each piece of code tell, by the file."""


class _Tokens(NamedTuple):
    reading: FileReading
    sentence: Sentence
    worded: _Worded
    numbers: Sequence[str]
    heading: str


def spoken_of(files: Sequence[FileReading], vocabulary: Vocabulary, senses: Senses) -> tuple[tuple[Spoken, ...], frozenset[Language]]:
    """The sentences of the files that hold a term or print something, and the languages of the whole."""
    tokens = list(_tokens_of(files, vocabulary))
    languages = _languages(tokens)
    spoken = (_spoken(each, languages, senses[each.reading.file]) for each in tokens if each.worded.starts or each.worded.outputs)
    return tuple(each for each in spoken if each.terms or each.printed), languages


def _tokens_of(files: Sequence[FileReading], vocabulary: Vocabulary) -> Iterator[_Tokens]:
    for reading in files:
        heading = ""
        for sentence in reading.sentences:
            worded, numbers = vocabulary.worded(sentence.text)
            yield _Tokens(reading, sentence, worded, numbers, heading)
            long = bool(numbers) or len(worded.words) > LONGEST_HEADING
            heading = label_within(worded.text, len(worded.text)) if long else worded.text


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _spoken(tokens: _Tokens, languages: frozenset[Language], senses: Sequence[tuple[Sense, ...]]) -> Spoken:
    worded = tokens.worded
    told = worded.told.get(languages)
    if told is None:
        told = worded.told[languages] = _told(worded, languages)
    printed = tuple(_printed(output, tokens, senses) for output in worded.outputs) if worded.outputs else ()
    return Spoken(tokens.reading.file, tokens.sentence, worded.text, worded.words, told.terms, told.specific, printed, told.said)


def _told(worded: _Worded, languages: frozenset[Language]) -> _Told:
    words = worded.words
    met = []
    for start, terms in worded.starts:
        for term in terms:
            end = start + len(term.words)
            if (end == start + 1 or words[start:end] == term.words) and term.languages & languages and not _is_verb(worded, start, end):
                met.append(Found(start, end, term))
    longer = [found for found in met[:_MOST_MET] if len(found.term.words) > 1]
    by_class: dict[TermClass, list[Found]] = {}
    for found in met[:_MOST_MET]:
        inside = longer and any(_inside(found, other) for other in longer)
        for name in found.term.classes:
            if not (inside and name in _SHADOWED):
                by_class.setdefault(name, []).append(found)
    for composed in _composed(words, by_class):
        for name in composed.term.classes:
            by_class.setdefault(name, []).append(composed)
    accounts = by_class.get("account", ())
    specific = [found for found in _of(by_class, SPECIFIC) if not any(_qualifies(found, account) for account in accounts)]
    return _Told(by_class, specific, {})


def _is_verb(worded: _Worded, start: int, end: int) -> bool:
    """Whether the first of two words has an s and the last is a particle: `all checks up` is no check-up."""
    if worded.words[end - 1] != "up" or end == start + 1:
        return False
    return next(islice(_TOKEN.finditer(worded.text), start, None)).group().endswith("s")


def _of(terms: dict[TermClass, list[Found]], classes: Sequence[TermClass]) -> list[Found]:
    """The terms of these classes, in order."""
    lists = [terms[name] for name in classes if name in terms]
    if len(lists) < 2:
        return lists[0] if lists else []
    return sorted(found for each in lists for found in each)


def _qualifies(found: Found, account: Found) -> bool:
    """`dental portal` in English, `espace psychologue`, `account of the dentist`; in French no account comes after."""
    after = "en" in account.term.languages and 0 <= account.start - found.end <= 1
    return after or ("speciality" in found.term.classes and 0 <= found.start - account.end <= 2)


def _composed(words: tuple[str, ...], by_class: dict[TermClass, list[Found]]) -> list[Found]:
    """What two terms together name: `eye clinic`, `service de chirurgie du genou`, `stool kit`."""
    return [
        Found(min(one.start, other.start), max(one.end, other.end), _COMPOSED[made])
        for made, heads, parts in _COMPOUNDS if heads in by_class
        for other in by_class[heads] for name in parts for one in by_class.get(name, ()) if _together(words, one, other)
    ]  # fmt: skip


_COMPOUNDS: tuple[tuple[TermClass, TermClass, tuple[TermClass, ...]], ...] = (
    ("speciality", "place", ("body", "function", "pathology", "state", "test", "procedure", "drug", "vaccine")),
    ("test", "kit", ("specimen", "body", "function")),
    ("pathology", "trouble", ("body", "function")),
)
"""What is made of two terms: what it is then, the class of its head, the classes that go with it."""

_COMPOSED: dict[TermClass, Term] = {made: Term((), frozenset((made,)), frozenset(LANGUAGES), made) for made, _, _ in _COMPOUNDS}
_JOINING = frozenset("de du des d la le l les a au the of".split())


def _together(words: tuple[str, ...], one: Found, other: Found) -> bool:
    """Whether two terms stand side by side: the second first in English, in French the first, with `de` between."""
    if one.end == other.start:
        return True
    return 0 <= one.start - other.end <= 3 and all(word in _JOINING for word in words[other.end : one.start])


def _printed(output: _Output, tokens: _Tokens, senses: Sequence[tuple[Sense, ...]]) -> Printed:
    number = int(tokens.numbers[output.which])
    mark = tokens.reading.marks[number]
    label = output.label if output.at else label_above(tokens.heading)
    return Printed(output.at, number, senses[number], mark.code.strip(), mark.line, label, mark.expression.keys)


def _inside(found: Found, other: Found) -> bool:
    """Whether a term is a part of a longer one, which then says what is meant (`surgery` in `GP surgery`)."""
    return len(other.term.words) > len(found.term.words) and other.start <= found.start and found.end <= other.end


def _languages(tokens: Iterable[_Tokens]) -> frozenset[Language]:
    """The languages of the text, by its smallest words; both where they are too few to tell."""
    words = tuple(_first_words(tokens))
    counts = {language: sum(map(small.__contains__, words)) for language, small in _LANGUAGE_WORDS.items()}
    most = max(counts.values())
    return frozenset(language for language in LANGUAGES if counts[language] * _SHARE >= most)


def _first_words(tokens: Iterable[_Tokens]) -> Iterator[str]:
    left = _ENOUGH_WORDS
    for each in tokens:
        yield from each.worded.words
        left -= len(each.worded.words)
        if left < 0:
            return


def somebody(spoken: Spoken, printed: Printed) -> bool:
    """Whether a printed expression names a person who is not shown to be a doctor."""
    before = spoken.words[max(0, printed.at - 2) : printed.at]
    titled = any(word in ("dr", "docteur", "doctor", "pr", "prof") for word in before)
    return not titled and any(sense.person or sense.patient for sense in printed.senses)
