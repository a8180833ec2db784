"""The words by which health is recognised in a template: terms with their classes, found in text and in names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from hds_audit.model.text import Language

TermClass = Literal[
    # what is said of health
    "speciality", "pathology", "state", "body", "test", "procedure", "drug", "vaccine",
    # that care exists
    "care", "wellbeing", "matter", "act", "remedy", "result", "event", "outcome", "ground", "refusal", "given", "donation", "attached",
    # whom a sentence speaks of
    "possessive", "addressee", "relative", "assertion", "general", "conditional", "account", "professional",
    "greeting", "titled", "reviewed", "questions", "other-trade", "animal", "undone",
    "coming", "offered", "ordered", "reveals", "bulk",
    # what says something beside another word
    "place", "bodily", "handled", "level", "function", "trouble", "clinical-unit", "specimen", "kit", "dose-unit",
    # the parts of names
    "value-strong", "value-contextual", "value-organisational", "neutral", "transparent", "slot", "slot-contextual", "not-slot",
    "sent-in", "measure-value", "measure-beside", "decision", "technical", "person",
    "patient-person", "not-person", "care-name", "practitioner-name", "event-name", "identity", "contact", "credential", "one-time",
    "not-credential", "staff-path", "birth", "national-id", "link-id", "link-token",
]  # fmt: skip
"""What a term tells; the words of `terms` in the lexicon files."""

Entry = tuple[TermClass, frozenset[Language], str]
"""A class, the languages in which the term has it, and the term as people write it."""

NAME_CLASSES: frozenset[TermClass] = frozenset((
    "value-strong", "value-contextual", "value-organisational", "neutral", "transparent", "slot", "slot-contextual", "not-slot",
    "sent-in", "measure-value", "measure-beside", "decision", "technical", "person", "patient-person", "not-person", "care-name",
    "practitioner-name", "event-name", "identity", "contact", "credential", "one-time", "not-credential", "birth", "national-id",
    "link-id", "link-token", "staff-path",
))  # fmt: skip
"""Classes of the words that names are made of; in a sentence they tell nothing."""

LANGUAGES: tuple[Language, ...] = ("en", "fr")

_FOLD = str.maketrans(
    "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’ʼ‘`´\u00a0\u202f",
    "aaaaaaceeeeiiiinooooouuuuyy'''''  ",
) | {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_PLURAL, _SHORTEST_ENDED = 4, 7


def folded(text: str) -> str:
    """The text in small letters without accents: what terms and texts are compared in."""
    return text.lower() if text.isascii() else text.lower().translate(_FOLD)


def stemmed(word: str) -> str:
    """A folded word without its plural mark; the same rough cut for French and English, on both sides of a comparison."""
    if len(word) >= _SHORTEST_PLURAL and word.endswith(("s", "x")) and not word.endswith("ss"):
        return word[:-1]
    return word


def words_of(text: str) -> tuple[str, ...]:
    """The stems of a text, in order; apostrophes and hyphens part words."""
    return tuple(stemmed(word) for word in _WORD.findall(folded(text)))


class Term(NamedTuple):
    """One term: its stems, what it tells, and the languages in which it is one."""

    words: tuple[str, ...]
    classes: frozenset[TermClass]
    languages: frozenset[Language]
    written: str
    """As people write it."""


class TermSource(NamedTuple):
    """Where a list of terms comes from; `status` is verified, secondary or recalled."""

    ref: str
    status: str
    read: str
    url: str = ""


class Found(NamedTuple):
    """A term met in a text: the positions of its first word and after its last one."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms by their first stem, the longest first: those of sentences, and those of names."""

    spoken: Mapping[str, tuple[Term, ...]]
    named: Mapping[str, tuple[Term, ...]]
    """Names are made of the words of sentences too."""
    sources: tuple[TermSource, ...] = ()
    endings: tuple[tuple[str, Term], ...] = ()
    """Ends of words and what they tell of any long word that has them."""
    unlike: frozenset[str] = frozenset()
    """Words that have such an ending by chance."""

    def starting(self, word: str, *, named: bool = False) -> tuple[Term, ...]:
        """The terms that a stem may start: those of the lists, else one of its own by its ending."""
        terms = (self.named if named else self.spoken).get(word)
        if terms is not None:
            return terms
        if len(word) < _SHORTEST_ENDED or word in self.unlike or word in self.named:
            return ()
        ended = next((term for ending, term in self.endings if word.endswith(ending)), None)
        return () if ended is None else (ended._replace(words=(word,), written=word),)

    def classes(self, words: Sequence[str]) -> dict[TermClass, list[Found]]:
        """The terms met in the words of a name, by class, whatever the language."""
        by_class: dict[TermClass, list[Found]] = {}
        for start, word in enumerate(words):
            for term in self.starting(word, named=True):
                end = start + len(term.words)
                if tuple(words[start:end]) == term.words:
                    for name in term.classes:
                        by_class.setdefault(name, []).append(Found(start, end, term))
        return by_class


def lexicon_of(
    entries: Iterable[Entry],
    without: Iterable[str] = (),
    sources: tuple[TermSource, ...] = (),
    endings: Iterable[Entry] = (),
    unlike: Iterable[str] = (),
) -> Lexicon:
    """A lexicon of (class, languages, term as people write it); `without` names terms to leave out, whatever their class."""
    dropped = {words_of(text) for text in without}
    kept = [(name, tongues, text, words) for name, tongues, text in entries if (words := words_of(text)) and words not in dropped]
    ended = tuple((end, Term((end,), frozenset((name,)), tongues, text)) for name, tongues, text in endings for end in words_of(text))
    return Lexicon(
        spoken=_by_first(entry for entry in kept if entry[0] not in NAME_CLASSES),
        named=_by_first(kept),
        sources=sources,
        endings=ended,
        unlike=frozenset(word for text in unlike for word in words_of(text)) | {words[0] for words in dropped if len(words) == 1},
    )


def _by_first(entries: Iterable[tuple[TermClass, frozenset[Language], str, tuple[str, ...]]]) -> dict[str, tuple[Term, ...]]:
    """The terms by their first stem, one for all the classes of the same words."""
    merged: dict[tuple[tuple[str, ...], frozenset[Language]], set[TermClass]] = {}
    written: dict[tuple[str, ...], str] = {}
    for name, languages, text, words in entries:
        merged.setdefault((words, languages), set()).add(name)
        written.setdefault(words, text)
    by_first: dict[str, list[Term]] = {}
    for (words, languages), classes in merged.items():
        by_first.setdefault(words[0], []).append(Term(words, frozenset(classes), languages, written[words]))
    return {first: tuple(sorted(terms, key=_longest_first)) for first, terms in by_first.items()}


def _longest_first(term: Term) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return (-len(term.words), term.words, tuple(sorted(term.languages)))
