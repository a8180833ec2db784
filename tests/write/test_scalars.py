"""Values on one line read back as what they were, by our reader's rules and by YAML's."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.imported import Plain
from hds_audit.write.scalar import flow, text
from hds_audit.write.sheet import Sheet

TEXTS = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.booleans() | st.integers(min_value=0, max_value=10**9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_any_value_reads_back(value: Plain) -> None:
    sheet = Sheet("f", f"value: {flow(value)}\n")
    pair = sheet.pair(sheet.root, "value")
    assert pair is not None
    assert sheet.plain(pair.value) == value


@given(TEXTS)
def test_any_text_is_text_to_yaml_too(value: str) -> None:
    assert yaml.safe_load(f"[{text(value)}]") == [value]


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "no",
        "yes",
        "Off",
        "null",
        "~",
        "1e3",
        "16",
        "16.0",
        "0x1f",
        "4:00",
        "2026-01-01",
        "P3Y, x",
        "a: b",
        "# x",
        "",
        " a",
        "FR",
        "-",
        "- a",
        "a #b",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x",
        "true",
    ],
)
def test_words_that_yaml_would_take_for_something_else_are_quoted(word: str) -> None:
    assert text(word).startswith('"')


@pytest.mark.parametrize(
    "word",
    [
        "postgresql",
        "eu-west-3",
        "fr-par",
        "aws-managed-database",
        "P7D",
        "PT4H",
        "osc-fr1",
        "1000jours",
        "https://app.exemple.fr/x",
        "sql server",
        "AES-256-GCM",
    ],
)
def test_plain_words_stay_plain(word: str) -> None:
    assert text(word) == word
