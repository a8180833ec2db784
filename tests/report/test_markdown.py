"""The comment on a merge request."""

import re

import pytest
from factory import HOSTILE, empty, finding, hostile, report

from hds_audit.model.place import Place
from hds_audit.report.format import Style
from hds_audit.report.markdown import FORMAT
from hds_audit.report.views.marked import code, escaped

LIMIT = 65_536  # GitHub refuses a longer comment


def said(**changes):
    return b"".join(FORMAT.render(report(**changes), Style("fr"))).decode()


def test_what_is_new_comes_before_what_was_there():
    text = said()
    new, old = text.index("### Introduit par ce changement (1)"), text.index("### Antérieur à ce changement")
    assert new < text.index("HDS-28-STORAGE") < old < text.index("HDS-CLAUSE-02")


def test_without_a_baseline_it_says_what_blocks():
    text = said(findings=(finding("HDS-CLAUSE-01", "host", "cloud", "fail"),), resolved=())
    assert "### Ce qui bloque (1)" in text
    assert "Antérieur" not in text


def test_places_are_links_to_lines():
    assert "[infra.yaml:60](infra.yaml#L60)" in said()


def test_a_waived_fail_stays_a_non_conformity_with_its_own_words():
    text = said()
    assert "Risques acceptés : la non-conformité est maintenue (1)" in text
    assert "risque accepté, non-conformité maintenue" in text


def test_what_was_mended_is_told():
    assert "- `HDS-OLD/host/cloud`" in said()


def test_an_audit_of_nothing_says_that_nothing_is_shown():
    text = b"".join(FORMAT.render(empty(), Style("en"))).decode()
    assert text.startswith("## hds-audit: Not established (3)")


def test_a_thousand_fails_still_make_one_comment():
    many = tuple(
        finding("HDS-CLAUSE-01", "host", f"h{number}" * 40, "fail", place=Place("infra.yaml", number, 1)) for number in range(1, 1001)
    )
    text = said(findings=many, resolved=tuple(f"HDS/host/{number}" * 20 for number in range(1000)))
    assert len(text) < LIMIT
    assert "et 980 de plus" in text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_texts_break_no_table_and_start_no_markup(text, language):
    rendered = b"".join(FORMAT.render(hostile(text), Style(language))).decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered)
    outside_code = re.sub(r"(`+).+?\1", "", rendered)
    assert not re.search(r"<(?!/?(details|summary)>|br>)", outside_code)
    assert "](javascript:" not in outside_code
    for line in rendered.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (4, 6)


def test_a_megabyte_is_cut():
    assert len(b"".join(FORMAT.render(hostile("é`" * 500_000), Style("fr")))) < LIMIT


def test_mentions_links_and_html_are_literal():
    assert escaped("@team https://x.example <b> *bold* [a](b)") == "@\u2060team https:\\/\\/x.example &lt;b&gt; \\*bold\\* \\[a\\](b)"


@pytest.mark.parametrize("text", ["plain", "a`b", "``", "`x`", "a|b", "", " "])
def test_code_fences_are_longer_than_what_they_hold(text):
    shown = code(text)
    fence = re.match("`+", shown).group()
    assert shown.endswith(fence)
    assert fence not in shown[len(fence) : -len(fence)].replace(r"\|", "|").strip() or not text.strip("` ")


def test_the_same_report_gives_the_same_bytes():
    assert said() == said()
