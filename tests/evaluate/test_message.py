"""What messages say: degrees and flags in words, in both languages."""

import pytest

from hds_audit.evaluate.message import _filled, said_value
from hds_audit.model.fact import UNKNOWN, Fact, unknown


class Given:
    path = id = "web"

    def __init__(self, **facts: object) -> None:
        self.facts = facts

    def fact(self, path: str) -> Fact:
        return Fact(path, self.facts[path]) if path in self.facts else unknown(path)


@pytest.mark.parametrize(("language", "said"), [("fr", "web : en clair"), ("en", "web : in the clear")])
def test_a_degree_is_said_in_words(language: str, said: str) -> None:
    assert _filled("{id} : {worst_degree}", Given(worst_degree="clear"), language) == said


def test_the_same_word_elsewhere_is_left_as_it_is() -> None:
    assert _filled("{offer}", Given(offer="clear"), "fr") == "clear"


@pytest.mark.parametrize(
    ("value", "said"), [(False, "non"), (True, "oui"), ((), "aucun"), (UNKNOWN, "non déclaré"), (("a", "b", "a"), "a, b")]
)
def test_values_are_said_in_french(value: object, said: str) -> None:
    assert said_value(value, "fr") == said
