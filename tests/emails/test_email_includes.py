"""Parts that a template includes, followed within bounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hds_audit.emails.include import MOST_FILES
from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]
HEALTH = "<p>Your diabetes is under control.</p>"


@pytest.mark.parametrize(
    ("path", "text", "part"),
    [
        ("mails/a.html", '{% include "mails/part.html" %}', "mails/part.html"),
        ("mails/a.html", '{% include "part.html" %}', "mails/part.html"),
        ("app/mails/a.html", '{% include "emails/part.html" %}', "app/emails/part.html"),
        ("app/views/user_mailer/a.html.erb", '<%= render partial: "mailer/part", formats: [:html] %>', "app/views/mailer/_part.html.erb"),
        ("app/views/user_mailer/a.html.erb", '<%= render "part", motif: 1 %>', "app/views/user_mailer/_part.html.erb"),
        ("app/views/user_mailer/a.html.slim", '= render "mailer/part"', "app/views/mailer/_part.html.slim"),
        ("views/a.ejs", "<%- include('partials/part') %>", "views/partials/part.ejs"),
        ("views/a.hbs", "{{> part}}", "views/part.hbs"),
        ("resources/views/emails/a.blade.php", "@include('emails.part')", "resources/views/emails/part.blade.php"),
        ("a.ftl", '<#include "part.ftl">', "part.ftl"),
        ("a.tpl", '{include file="part.tpl"}', "part.tpl"),
        ("a.vm", '#parse("part.vm")', "part.vm"),
    ],
)
def test_a_part_leaks_through_its_includer(scan: Scan, path: str, text: str, part: str) -> None:
    reading = scan(text, path, {part: HEALTH})
    assert reading.label == "health"
    assert reading.included == (part,)
    assert {each.file for each in reading.evidence} == {part}


def test_a_part_that_is_not_there_is_told_and_what_it_is_given_is_read(scan: Scan) -> None:
    reading = scan('<p>Hello</p>{% include "card.html" with diagnosis=stay.diagnosis %}')
    assert "missing-include" in {each.kind for each in reading.observations}
    assert reading.label == "health"
    assert reading.evidence[0].kind == "include"


def test_without_its_part_nothing_is_said_surely(scan: Scan) -> None:
    reading = scan('<p>Hello</p>{% include "card.html" %}')
    assert (reading.label, reading.confidence) == ("none", "low")


def test_a_part_that_includes_itself_ends(scan: Scan) -> None:
    reading = scan('{% include "a.html" %}', "m.html", {"a.html": '{% include "b.html" %}', "b.html": '{% include "a.html" %}<p>x</p>'})
    assert "include-loop" in {each.kind for each in reading.observations}
    assert reading.included == ("a.html", "b.html")


def test_a_template_that_includes_itself_ends(scan: Scan) -> None:
    text = '<p>x</p>{% include "m.html" %}'
    assert "include-loop" in {each.kind for each in scan(text, "m.html", {"m.html": text}).observations}


def test_a_chain_too_deep_is_cut_and_told(scan: Scan) -> None:
    files = {f"{number}.html": f'<p>x</p>{{% include "{number + 1}.html" %}}' for number in range(40)}
    reading = scan('{% include "0.html" %}', "m.html", files)
    assert "include-limit" in {each.kind for each in reading.observations}
    assert len(reading.included) < 40


def test_too_many_parts_are_cut_and_told(scan: Scan) -> None:
    files = {f"{number}.html": "<p>x</p>" for number in range(MOST_FILES * 2)}
    reading = scan("".join(f'{{% include "{name}" %}}' for name in files), "m.html", files)
    assert "include-limit" in {each.kind for each in reading.observations}
    assert len(reading.included) < MOST_FILES


def test_no_path_climbs_out(scanner: object, lexicon: object) -> None:
    from hds_audit.emails.scan import Scanner

    asked: list[str] = []

    def find(name: str) -> bytes | None:
        asked.append(name)
        return None

    assert isinstance(scanner, Scanner)
    scanner.scan("a/b.html", b'{% include "../../etc/passwd" %}{% include "/etc/passwd" %}', find)
    assert asked
    assert not any(".." in name.split("/") or name.startswith("/") for name in asked)
