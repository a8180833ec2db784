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
    "possessive", "addressee", "relative", "assertion", "general", "conditional", "asking", "account", "professional",
    "greeting", "titled", "reviewed", "questions",
    # the parts of names
    "value-strong", "value-contextual", "neutral", "transparent", "slot", "slot-contextual", "not-slot", "decision", "technical", "person",
    "patient-person", "not-person", "care-name", "practitioner-name", "event-name", "identity", "contact", "credential", "one-time",
    "not-credential", "staff-path", "birth", "national-id", "link-id", "link-token",
]  # fmt: skip
"""What a term tells; the words of `terms` in the lexicon files."""

LANGUAGES: tuple[Language, ...] = ("en", "fr")

_FOLD = str.maketrans(
    "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’ʼ‘`´\u00a0\u202f",
    "aaaaaaceeeeiiiinooooouuuuyy'''''  ",
) | {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_WORD = re.compile(r"[a-z0-9]+")
_SHORTEST_PLURAL, _SHORTEST_ENDED = 4, 7


def folded(text: str) -> str:
    """The text in small letters without accents: what terms and texts are compared in."""
    return text.lower().translate(_FOLD)


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
    """Terms by their first stem, the longest first."""

    terms: Mapping[str, tuple[Term, ...]]
    sources: tuple[TermSource, ...] = ()
    endings: tuple[tuple[str, Term], ...] = ()
    """Ends of words and what they tell of any long word that has them."""
    unlike: frozenset[str] = frozenset()
    """Words that have such an ending by chance."""

    def find(self, words: Sequence[str], languages: frozenset[Language]) -> list[Found]:
        """Every term met in these stems, overlapping ones included, in the order of their first word."""
        found = []
        for start, word in enumerate(words):
            for term in self.terms.get(word, ()):
                end = start + len(term.words)
                if tuple(words[start:end]) == term.words and term.languages & languages:
                    found.append(Found(start, end, term))
            if len(word) >= _SHORTEST_ENDED and self.endings and word not in self.terms and word not in self.unlike:
                term_ended = next((term for ending, term in self.endings if word.endswith(ending)), None)
                if term_ended is not None and term_ended.languages & languages:
                    found.append(Found(start, start + 1, term_ended._replace(words=(word,), written=word)))
        return found

    def classes(self, words: Sequence[str]) -> dict[TermClass, list[Found]]:
        """The terms met in the words of a name, by class, whatever the language."""
        by_class: dict[TermClass, list[Found]] = {}
        for found in self.find(words, frozenset(LANGUAGES)):
            for name in found.term.classes:
                by_class.setdefault(name, []).append(found)
        return by_class


def lexicon_of(
    entries: Iterable[tuple[TermClass, frozenset[Language], str]],
    without: Iterable[str] = (),
    sources: tuple[TermSource, ...] = (),
    endings: Iterable[tuple[TermClass, frozenset[Language], str]] = (),
    unlike: Iterable[str] = (),
) -> Lexicon:
    """A lexicon of (class, languages, term as people write it); `without` names terms to leave out, whatever their class."""
    dropped = {words_of(text) for text in without}
    merged: dict[tuple[tuple[str, ...], frozenset[Language]], set[TermClass]] = {}
    written: dict[tuple[str, ...], str] = {}
    for name, languages, text in entries:
        words = words_of(text)
        if words and words not in dropped:
            merged.setdefault((words, languages), set()).add(name)
            written.setdefault(words, text)
    by_first: dict[str, list[Term]] = {}
    for (words, languages), classes in merged.items():
        by_first.setdefault(words[0], []).append(Term(words, frozenset(classes), languages, written[words]))
    ended = tuple((end, Term((end,), frozenset((name,)), tongues, text)) for name, tongues, text in endings for end in words_of(text))
    sorted_terms = {first: tuple(sorted(terms, key=_longest_first)) for first, terms in by_first.items()}
    return Lexicon(sorted_terms, sources, ended, frozenset(word for text in unlike for word in words_of(text)))


def _longest_first(term: Term) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return (-len(term.words), term.words, tuple(sorted(term.languages)))
