"""Hostile text in every format: nothing that acts on a terminal or turns the direction, nothing endless, and still the format it is."""

import csv
import io
import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from factory import HOSTILE, hostile

from hds_audit.model.exposure import Custody, Cut, Exposure, Step
from hds_audit.model.place import Place
from hds_audit.model.text import Text
from hds_audit.report.change import change_lines
from hds_audit.report.exposure_tree import Listing, dot, plain, tree
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named, known_formats
from hds_audit.report.terminal import print_report, report_lines

ENDLESS = "é\x1b]]>\"'<b>|`\u202e" * 100_000
TEXTS = [*HOSTILE, "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "\r\x1b[2Koverwritten", ENDLESS]
ACTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
WRITTEN = tuple(name for name in known_formats() if name not in ("pdf", "json"))


@pytest.fixture(params=range(len(TEXTS)), ids=lambda number: f"text-{number}")
def text(request):
    return TEXTS[request.param]


@pytest.mark.parametrize("name", WRITTEN)
def test_no_format_lets_through_what_acts_or_never_ends_and_each_is_still_what_it_says(name, text):
    form = format_named(name)
    content = b"".join(form.render(hostile(text), Style("fr", text, text, text))).decode()
    assert ACTS.search(content.removeprefix("\ufeff")) is None
    assert len(content) < 3_000_000
    if ".xml" in form.suffixes or name == "junit":
        ElementTree.fromstring(content)
    elif name in ("csv", "plan"):
        rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row)
    elif name in ("sarif", "gitlab", "oscal", "oscal_catalog"):
        json.loads(content)
    elif name == "html":
        assert content.count("<script") == 1
        assert "onerror=alert(1)>" not in content
    elif name == "github":
        assert all(line.startswith("::") for line in content.splitlines())
    elif name == "markdown":
        assert len(content) < 65_536


def test_json_holds_the_text_as_it_was(text):
    text = text[:100_000]
    content = b"".join(format_named("json").render(hostile(text), Style()))
    said = json.loads(content)["rules"]
    assert list(said) == [text.encode("utf-8", "replace").decode()]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_terminal_is_told_nothing_but_text(language, text, capsys):
    made = hostile(text)
    print_report(made, language, width=100)
    printed = capsys.readouterr().out
    lines = "\n".join(line.plain for line in report_lines(made, language))
    changed = "\n".join(change_lines(made, language))
    for said in (printed, lines, changed):
        assert ACTS.search(said) is None
        assert len(said) < 200_000


def test_a_name_takes_no_more_than_its_line_on_a_terminal():
    plain_lines = len(list(report_lines(hostile("x"), "fr")))
    broken = "".join(f"{line.plain}\n" for line in report_lines(hostile("a\n✗ HDS-FORGED infra.yaml:1: b"), "fr"))
    assert len(broken.splitlines()) == plain_lines
    assert not any(line.startswith("✗ HDS-FORGED") for line in broken.splitlines())


def test_a_name_forges_no_line_of_what_a_change_brings():
    made = hostile("a\r\n  FORGED: b")
    made = made._replace(findings=tuple(item._replace(state="introduced") for item in made.findings))
    assert not any(line.strip().startswith("FORGED") for line in "\n".join(change_lines(made, "en")).splitlines())


def test_the_tree_of_exposures_and_its_graph_hold_text_only(text):
    said = Text(text, text)
    each = Exposure(
        text, text, text, text, "clear", "established", (text,), (Step("data", text, said, 1), Step("law", text, said, 0, text))
    )
    cuts = ((Cut("key", text, said),),)
    shown = Listing(date(2026, 11, 22), (each,), (Custody(text, ((text, said, 0),), 1, said, (text,)),), cuts, lambda _: Place(text, 1, 1))
    for language in ("en", "fr"):
        told, graph = tree(shown, language), dot(shown, language)
        assert ACTS.search(told) is None
        assert ACTS.search(graph) is None
        assert len(told) < 200_000
        assert len(graph) < 200_000
    assert json.loads(json.dumps(plain(shown)))["exposures"][0]["organisation"] == text
