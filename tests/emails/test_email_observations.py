"""What is observed beside the label."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.emails.observe import is_nir
from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]


def kinds(reading: TemplateReading) -> set[str]:
    return {each.kind for each in reading.observations}


NUMBERS = st.tuples(
    st.sampled_from("12"),
    st.integers(0, 99),
    st.integers(1, 12),
    st.one_of(st.integers(1, 95).map("{:02}".format), st.sampled_from(["2A", "2B"])),
    st.integers(1, 999),
    st.integers(1, 999),
)


def numbered(parts: tuple[str, int, int, str, int, int]) -> tuple[str, int]:
    sex, year, month, department, town, order = parts
    number = f"{sex}{year:02}{month:02}{department}{town:03}{order:03}"
    digits = number.replace("2A", "19", 1) if department == "2A" else number.replace("2B", "18", 1) if department == "2B" else number
    digits = number[:5] + {"2A": "19", "2B": "18"}.get(department, department) + number[7:]
    return number, 97 - int(digits) % 97


@given(NUMBERS)
def test_a_nir_holds_with_its_key_and_with_no_other(parts: tuple[str, int, int, str, int, int]) -> None:
    number, key = numbered(parts)
    assert is_nir(f"{number}{key:02}")
    assert not is_nir(f"{number}{key % 97 + 1:02}")


@pytest.mark.parametrize(
    ("text", "due"),
    [("255081416802538", True), ("255081416802539", False), ("", False), ("2550814168025", False), ("25508141680253x", False)],
)
def test_known_numbers(text: str, due: bool) -> None:
    assert is_nir(text) is due


def test_a_number_with_a_valid_key_in_the_text_is_told_without_being_repeated(scan: Scan) -> None:
    reading = scan("<p>Numéro : 2 55 08 14 168 025 38</p>")
    found = [each for each in reading.observations if each.kind == "national-id"]
    assert [each.line for each in found] == [1]
    assert "025" not in found[0].text
    assert "national-id" in reading.shows


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>Numéro de sécurité sociale : {{ patient.nir }}</p>", "national-id"),
        ("<p>Born on {{ user.birthdate }}</p>", "birth-date"),
        ("<p>Né le 12/03/1980</p>", "birth-date"),
        ('<img src="https://cdn.example/logo.png" alt="">', "remote-image"),
        ('<img src="https://t.example/open?id={{ id }}" width="1" height="1">', "tracking-pixel"),
        ('<img src="https://t.example/track/{{ id }}.gif">', "tracking-pixel"),
        ('<a href="https://a.example/?token={{ token }}">x</a>', "token-link"),
        ('<a href="https://a.example/r?email={{ user.email }}">x</a>', "identifying-link"),
        ('<a href="https://a.example/?d={{ diagnosis }}">x</a>', "health-in-link"),
        ('<a href="https://a.example/hiv-test/results?id={{ id }}">x</a>', "health-in-link"),
        ('<a href="{{ base_url }}/rdv/cardiologie/{{ slot.id }}">x</a>', "health-in-link"),
        ("<p>Password: {{ password }}</p>", "clear-password"),
        ("<p>Mot de passe : {0}</p>", "clear-password"),
        ("{% include name_of_part %}", "dynamic-include"),
    ],
)  # fmt: skip
def test_each_observation(scan: Scan, text: str, kind: str) -> None:
    assert kind in kinds(scan(text))


@pytest.mark.parametrize(
    "text",
    [
        '<a href="{{ reset_password_url }}">Reset your password</a>',
        "<p>Change your password</p>",
        '<img src="cid:logo">',
        '<a href="https://a.example/faq">x</a>',
        '<a href="{{ base_url }}/account/settings/{{ page }}">x</a>',
        '<a href="https://cardiologie.example/rdv/{{ page }}">x</a>',  # the name of the service, not of the page
        '<a href="https://a.example/blog/diabete">x</a>',  # the same for all
    ],
)
def test_ordinary_things_are_not_told(scan: Scan, text: str) -> None:
    told = {"clear-password", "remote-image", "tracking-pixel", "token-link", "identifying-link", "health-in-link"}
    assert not kinds(scan(text)) & told


def test_the_categories_shown(scan: Scan) -> None:
    reading = scan("<p>{{ patient.first_name }}, {{ patient.email }}: {{ diagnosis }} on {{ appointment.date }}. {{ message }}</p>")
    assert set(reading.shows) == {"identity", "contact", "health", "appointment", "free-text"}
    assert scan("<p>Password: {{ password }}</p>").shows == ("credentials",)
    assert scan("<p>Hello</p>").shows == ()


def test_a_password_beside_somebody_is_no_slot(scan: Scan) -> None:
    reading = scan("<p>Identifiant : {{ email }} - mot de passe : {{ password }}</p><p>{{ patient.nom }}</p>")
    assert "clear-password" in kinds(reading)
    assert reading.label == "care-relation"
