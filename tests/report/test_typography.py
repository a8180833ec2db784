"""Spaces of French that no line breaks at."""

import pytest
from factory import report

from hds_audit.report.format import Style
from hds_audit.report.html import render
from hds_audit.report.views.typography import spaced


@pytest.mark.parametrize(
    ("written", "set_so"),
    [
        ("Qui : vous ; et moi ?", "Qui\u00a0: vous\u00a0; et moi\u00a0?"),
        ("pour « ne peut être jugé ».", "pour «\u00a0ne peut être jugé\u00a0»."),
        ("60 000 personnes, 2 300 000", "60\u00a0000 personnes, 2\u00a0300\u00a0000"),
        ("le 3 1234 et 12 34", "le 3 1234 et 12 34"),
        ("a :b ; c", "a :b\u00a0; c"),
        ("", ""),
    ],
)
def test_french_spaces_hold(written: str, set_so: str) -> None:
    assert spaced(written, "fr") == set_so
    assert spaced(written, "en") == written


def test_the_lines_of_a_file_stay_as_they_are() -> None:
    page = b"".join(render(report(), Style("fr"))).decode()
    quoted = [part.partition("</pre>")[0] for part in page.split("<pre>")[1:]]
    assert quoted
    assert not any("\u00a0" in each for each in quoted)
    assert "\u00a0:" in page
