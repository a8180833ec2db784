"""From readings of templates to the facts of a message: the gravest counts, what was not read stays open."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin
from hds_audit.model.template import Evidence, Observation, TemplateLabel, TemplateReading, unread
from hds_audit.model.text import Text
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import parse_description
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.element import Element
from hds_audit.resolve.world import World

RULES = Path(__file__).parents[2] / "rules"
WHY = Text("because", "parce que")


@cache
def catalogue() -> Catalogue:
    return load_catalogue(RULES / "_catalogue")


def reading(path: str, label: TemplateLabel, **more: Any) -> TemplateReading:
    return TemplateReading(path, "plain", ("fr",), label, more.pop("confidence", "high"), **more)


def fact(name: str, *readings: TemplateReading, **template: Any) -> Fact:
    """A fact of the one template of a small description."""
    whole = {
        "format": "hds-audit/1",
        "application": {"name": "Example"},
        "data": {
            "record": {"health": "nature", "identifiability": "identified"},
            "page": {"health": "none", "identifiability": "identified"},
        },
        "hosts": {"relay": {"service": "email"}, "mss": {"service": "health-messaging"}, "dark": {"location": {"country": "FR"}}},
        "components": {"mailer": {"kind": "mail", "host": "relay"}, "lost": {"kind": "mail"}},
        "emails": {"templates": [template]},
    }
    description = parse_description("infra.yaml", json.dumps(whole).encode(), catalogue())
    world = World(description, catalogue(), date(2026, 11, 22), all_derivations(), templates=readings)
    return world.subjects("template")[0].fact(name)


def only(found: Fact) -> Element:
    """The one element of a list."""
    assert isinstance(found.value, tuple)
    assert len(found.value) == 1
    assert isinstance(found.value[0], Element)
    return found.value[0]


def test_the_gravest_of_several_files_counts() -> None:
    found = fact("label", reading("m/a.html", "none"), reading("m/b.html", "health"), reading("m/c.html", "care-relation"), path="m/*.html")
    assert (found.value, found.origin) == ("health", Origin.OBSERVED)


def test_a_file_that_was_not_read_leaves_it_open_unless_another_shows_health() -> None:
    lost = unread("m/b.html", WHY)
    open_ = fact("label", reading("m/a.html", "none"), lost, path="m/*.html")
    assert (open_.value, open_.doubt) == (UNKNOWN, WHY)
    assert fact("label", reading("m/a.html", "health"), lost, path="m/*.html").value == "health"


@pytest.mark.parametrize("template", [{"path": "m/a.html"}, {"channel": "email"}])
def test_a_template_without_a_file_is_unknown_and_asks_for_its_path(template: dict[str, str]) -> None:
    found = fact("label", **template)
    assert found.value is UNKNOWN
    assert found.missing[0].endswith(".path")


def test_another_templates_files_are_not_its_own() -> None:
    assert fact("label", reading("other/a.html", "health"), path="m/*.html").value is UNKNOWN


def test_a_reading_that_is_not_sure_says_so() -> None:
    found = fact("label", reading("a.html", "health", confidence="medium"), path="a.html")
    assert found.confidence is Confidence.MEDIUM
    assert found.doubt is not None


def test_what_it_says_and_what_was_noticed_are_things_with_their_place() -> None:
    said = Evidence(3, "cardiologue", "words", "health", WHY, "high")
    seen = Observation("national-id", 7, "patient.nir", WHY, "part.html")
    read = reading("a.html", "health", evidence=(said,), observations=(seen,), shows=("health", "identity"))
    sentence = only(fact("said", read, path="a.html"))
    assert (sentence.fact("at").value, sentence.fact("label").value) == ("a.html:3", "health")
    thing = only(fact("noticed", read, path="a.html"))
    assert (thing.fact("at").value, thing.fact("kind").value) == ("part.html:7", "national-id")
    assert fact("shows", read, path="a.html").value == ("health", "identity")


def test_a_list_is_open_where_a_file_was_not_read() -> None:
    value = fact("shows", reading("m/a.html", "none", shows=("contact",)), unread("m/b.html", WHY), path="m/*.html").value
    assert isinstance(value, tuple)
    assert value[0] == "contact"
    assert isinstance(value[1], Fact)
    assert value[1].value is UNKNOWN


@pytest.mark.parametrize(
    ("template", "secure"),
    [
        ({"sender": "mss", "channel": "email"}, True),
        ({"sender": "mss"}, True),
        ({"sender": "mss", "channel": "sms"}, False),
        ({"sender": "relay", "channel": "email"}, False),
        ({"sender": "mailer"}, False),
        ({"channel": "push"}, False),
        ({"channel": "email"}, UNKNOWN),
        ({"sender": "dark"}, UNKNOWN),
        ({"sender": "lost"}, UNKNOWN),
    ],
)
def test_only_secure_health_messaging_is_secure(template: dict[str, str], secure: object) -> None:
    assert fact("secure_messaging", **template).value is secure


def test_an_unplaced_sender_asks_for_its_host() -> None:
    assert fact("sender_service", sender="lost").missing == ("components.lost.host",)


@pytest.mark.parametrize(
    ("label", "data", "undeclared"),
    [
        ("health", ["page"], True),
        ("health", ["record"], False),
        ("health", [], True),
        ("none", ["page"], False),
        ("care-relation", ["page"], False),
        ("free-text", ["page"], False),
    ],
)
def test_health_that_is_shown_and_not_declared_is_a_contradiction(label: TemplateLabel, data: list[str], undeclared: bool) -> None:
    assert fact("undeclared_health", reading("a.html", label), path="a.html", data=data).value is undeclared


def test_without_a_declaration_there_is_nothing_to_contradict() -> None:
    assert fact("undeclared_health", reading("a.html", "health"), path="a.html").value is UNKNOWN


@pytest.mark.parametrize(
    ("label", "data", "disclosed"),
    [("health", ["page"], True), ("none", ["record"], True), ("none", ["page"], False), ("health", None, True), ("none", None, UNKNOWN)],
)
def test_what_is_seen_of_a_message_holds_over_what_is_declared(label: TemplateLabel, data: list[str] | None, disclosed: object) -> None:
    said = {"data": data} if data is not None else {}
    assert fact("discloses_health", reading("a.html", label), path="a.html", **said).value is disclosed


def test_what_is_declared_holds_where_nothing_was_seen() -> None:
    assert fact("discloses_health", path="a.html", data=["page"]).value is False


def test_a_slot_is_told_beside_graver_words_and_in_another_file() -> None:
    words = Evidence(2, "chimiothérapie", "words", "health", WHY, "high")
    slot = Evidence(3, "message.body", "variable", "free-text", WHY, "medium")
    guess = Evidence(4, "notes", "variable", "free-text", WHY, "low")
    found = fact("free_text_told", reading("a.html", "health", evidence=(words, slot, guess)), path="a.html")
    assert only(found).fact("id").value == "a.html:3: message.body"
    read = (reading("m/a.html", "health", evidence=(words,)), reading("m/b.html", "free-text", evidence=(slot,)))
    assert only(fact("free_text_told", *read, path="m/*.html")).fact("at").value == "m/b.html:3"
    assert only(fact("health_told", *read, path="m/*.html")).fact("at").value == "m/a.html:2"
    assert fact("free_text_told", reading("a.html", "none"), path="a.html").value == ()
