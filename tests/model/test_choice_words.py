"""What the words of the vocabularies mean, in both languages."""

from __future__ import annotations

import pytest

from hds_audit.model.choice_words import said_word
from hds_audit.model.format import words
from hds_audit.model.text import Text

VOCABULARIES = (
    words.ACTIVITIES, words.SERVICES, words.COMPONENT_KINDS, words.CLAUSES_2018, words.CLAUSES_2026, words.LAYERS, words.SUBJECTS,
    words.SETTINGS, words.HEALTH, words.IDENTIFIABILITY, words.ARTICLE_6, words.ARTICLE_9, words.CATEGORIES, words.TRANSFER_BASES,
    words.CONTROLLER_WORDS, words.HOLDER_WORDS,
)  # fmt: skip


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_word_of_a_vocabulary_is_said(vocabulary: tuple[str, ...]) -> None:
    missing = [word for word in vocabulary if word not in {"none", "other"} and said_word(word, vocabulary) is None]
    assert missing == []


def test_a_word_of_two_vocabularies_is_said_by_its_own() -> None:
    assert said_word("application", words.LAYERS) == Text("in the application", "dans l'application")
    assert said_word("application", words.COMPONENT_KINDS) == Text("application", "application")
    assert said_word("care") == Text("care", "soins")


def test_what_is_no_word_of_a_vocabulary_is_not_said() -> None:
    assert said_word("my-database") is None
    assert said_word("care", words.SERVICES) is None
