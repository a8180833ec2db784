"""What must be told that is no finding: each kind is shown, and what is left out is counted."""

import pytest
from factory import report

from hds_audit.model.report import Notice
from hds_audit.model.text import Text
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named
from hds_audit.report.terminal import report_lines
from hds_audit.report.views.notices import worth_telling
from hds_audit.report.views.scope import scope

KINDS = (
    "stale-catalogue", "unknowns-do-not-gate", "one-environment", "attestation-does-not-count", "absent-document", "waiver-expired",
    "waiver-orphan", "waiver-doubled", "waiver-long", "stale-evidence",
)  # fmt: skip


def told(*kinds):
    return tuple(Notice(kind, Text(f"{kind} number {n}", f"{kind} numéro {n}")) for n, kind in enumerate(kinds))


def lines(notices, language="en"):
    return [line.plain for line in report_lines(report(notices=notices), language) if line.plain.startswith("! ")]


def test_a_kind_that_comes_after_many_of_another_is_shown_on_the_terminal():
    many = told(*["absent-document"] * 40, "waiver-long", "waiver-orphan")
    said = lines(many)
    assert "! waiver-long number 40" in said
    assert "! waiver-orphan number 41" in said
    assert said[-1] == f"! and {42 - (len(said) - 1)} more notices; -o report.json holds them all"
    assert len(said) <= 7


def test_every_kind_is_shown_however_many_there_are():
    assert lines(told(*KINDS)) == [f"! {kind} number {n}" for n, kind in enumerate(KINDS)]


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [
        (6, "fr", "! absent-document numéro 5"),
        (7, "en", "! and 1 more notice; -o report.json holds them all"),
        (7, "fr", "! et 1 autre avertissement ; -o rapport.json les contient tous"),
        (9, "fr", "! et 3 autres avertissements ; -o rapport.json les contient tous"),
    ],
)
def test_what_is_not_shown_is_counted_with_where_it_is(count, language, said):
    assert lines(told(*["absent-document"] * count), language)[-1] == said


def test_the_order_of_the_report_is_kept():
    shown, left = worth_telling(told("a", "a", "b", "a", "c"), 4)
    assert [notice.kind for notice in shown] == ["a", "a", "b", "c"]
    assert left == 1
    assert worth_telling((), 4) == ((), 0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_counts_what_it_does_not_show(language):
    many = report(notices=told(*["absent-document"] * 40, "waiver-long"))
    unseen = scope(many, language)[-1][1]
    assert any("waiver-long" in line for line in unseen)
    assert "35" in unseen[-1]


def test_markdown_shows_every_kind():
    many = report(notices=told(*["absent-document"] * 40, "waiver-long"))
    text = b"".join(format_named("markdown").render(many, Style("en"))).decode()
    assert "waiver-long number 40" in text
    assert "and 31 more" in text
