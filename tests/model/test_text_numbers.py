"""Numbers with their nouns, in both languages."""

import pytest

from hds_audit.model.text import Text, counted, numbered

ONE, MANY = Text("{} day", "{} jour"), Text("{} days", "{} jours")


@pytest.mark.parametrize(("number", "en", "fr"), [(0, "0 days", "0 jour"), (1, "1 day", "1 jour"), (2, "2 days", "2 jours")])
def test_french_takes_the_singular_up_to_one_and_english_at_one(number: int, en: str, fr: str) -> None:
    assert numbered(number, ONE, MANY) == Text(en, fr)
    assert counted(number, ONE, MANY, "en") == en
    assert counted(number, ONE, MANY, "fr") == fr
