"""What the rules on sentences share: which words are of health, whose they are, who is named."""

from __future__ import annotations

import re

from hds_audit.emails.document import Document
from hds_audit.emails.spoken import SPECIFIC, Spoken, somebody
from hds_audit.model.lexicon import Found, TermClass

_PARTING = re.compile(r"[,!.:]|\n\s*\n")
_THIRD_PERSON = frozenset(("son", "sa", "ses", "leur", "his", "her", "their"))


def kind_of(found: Found) -> TermClass:
    """Which class of words of health a term is of; a part of the body where none."""
    return next((name for name in SPECIFIC if name in found.term.classes), "body")


def possessives(spoken: Spoken, document: Document) -> list[Found]:
    """`your` and its like; those of a third person count where somebody under care is named."""
    return [
        found for found in spoken.found("possessive")
        if document.patient or not (_THIRD_PERSON & set(found.term.words)) or spoken.has("relative")
    ]  # fmt: skip


def people(spoken: Spoken) -> list[int]:
    """Where persons under care are named in the sentence."""
    return [printed.at for printed in spoken.printed if somebody(spoken, printed)]


def apart(found: Found, event: Found) -> bool:
    """Whether two terms are made of different words (surgery is both an act and an event)."""
    return found.end <= event.start or found.start >= event.end or len(found.term.words) > len(event.term.words)


def greeted(spoken: Spoken, at: int) -> bool:
    """Whether a word is still of the greeting: nothing parts it from `Dear` or `Bonjour` (in `Hi {name}, your test` the test is not)."""
    greetings = [found.start for found in spoken.terms.get("greeting", ()) if found.start <= at]
    if not greetings:
        return False
    return not _PARTING.search(spoken.text, spoken.position(greetings[-1]), spoken.position(at))


def in_a_name(spoken: Spoken, found: Found) -> bool:
    """Whether the word is part of the name of a house, a site, a product: it and its neighbour have a capital (`Santé Psy Étudiant`)."""
    text = spoken.sentence.text
    here = spoken.position(found.start)
    if found.start == 0 or not text[here : here + 1].isupper() or text[here : here + 2].isupper():
        return False
    if _is_title(text, len(spoken.words)):
        return False
    neighbours = [spoken.position(at) for at in (found.start - 1, found.end) if at < len(spoken.words)]
    return any(text[at : at + 1].isupper() for at in neighbours)


def _is_title(text: str, length: int) -> bool:
    """Whether its words have capitals because it is a title."""
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words) > _TITLE * length
    return text.istitle() or (capitals and not any(_LONG_SMALL.match(word) for word in words))


_TITLE = 0.6
_LONG_SMALL = re.compile(r"[a-z]{5,}\b")
"""A word that a title would start with a capital."""


def listed(spoken: Spoken) -> bool:
    """Whether it names so many specialities that it is the list of what a place offers."""
    return sum("speciality" in found.term.classes for found in spoken.specific) >= _A_LIST


_A_LIST = 3
