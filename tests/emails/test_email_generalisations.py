"""What is told by the grammar of a message and by classes of words, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]


def label(scan: Scan, text: str, path: str = "mail.html") -> str:
    return scan(text, path).label


@pytest.mark.parametrize(
    "text",
    [
        "<p>On vous attend lundi au service de rhumatologie.</p>",
        "<p>L'arthroscanner est prévu le {{ date }} à {{ heure }}.</p>",
        "<p>You are expected at the urology department on {{ date }}.</p>",
        "<p>{{ first_name }}, your ultrasound has been rescheduled to {{ date }}.</p>",
        "<p>Please stop taking your anticoagulant two days before {{ date }}.</p>",
        "<p>Hi {{ name }}, time to reorder your salbutamol.</p>",
        "<p>Your questionnaire of {{ date }} suggests moderate anxiety.</p>",
        "<p>Hello {{ name }}, you recorded {{ n }} migraines this month.</p>",
        "<p>Send us a photo of the rash on your leg before {{ date }}.</p>",
        "<p>{{ prenom }}, voici deux exercices pour votre hanche.</p>",
        "<p>You had a hip replaced on {{ date }}.</p>",
        "<p>Dear {{ name }}, the liver nurse will ring you on {{ date }}.</p>",
        "<p>Bonjour {{ prenom }}, vous avez rendez-vous le {{ date }} au laboratoire du sommeil.</p>",
        "<p>Your urine sample of {{ date }} has to be taken again.</p>",
        "<p>Cher confrère, je vous adresse {{ patient.nom }} pour avis néphrologique.</p>",
    ],
)
def test_said_of_somebody_by_the_grammar_of_the_sentence(scan: Scan, text: str) -> None:
    assert label(scan, text) == "health"


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Your {word} came back at {{{{ value }}}}.</p>"
        for word in ("ferritin", "creatinine", "full blood count", "triglycerides", "prolactin")
    ]
    + [f"<p>{{{{ name }}}}, your {word} is on its way.</p>" for word in ("ramipril", "apixaban", "fluconazole", "trastuzumab", "Ventolin")]
    + [f"<p>Votre rendez-vous d'{word} est confirmé.</p>" for word in ("ophtalmologie", "orthoptie", "algologie", "hématologie")],
)
def test_known_by_its_class_or_by_its_ending(scan: Scan, text: str) -> None:
    assert label(scan, text) == "health"


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ prenom }}, prenez {{ n }} comprimé(s) de {{ produit }}.</p>",
        "<p>Your average was {{ high }}/{{ low }} mmHg.</p>",
        "<p>Prélèvement du {{ jour }}</p>{{#each lignes}}<li>{{nom}} {{valeur}} {{unite}}</li>{{/each}}",
        "<p>Hello, you are allergic to {{ allergens|join(', ') }}.</p>",
        '<p>Votre demande est enregistrée.</p><a href="https://a.example/?s={{ specialite }}">Suivre</a>',
    ],
)
def test_printed_values_that_tell(scan: Scan, text: str) -> None:
    assert label(scan, text) == "health"


@pytest.mark.parametrize(
    "text",
    [
        "<p>You can book a blood test or a dental appointment online.</p>",
        "<p>N'oublie pas que tu peux voir un psychologue gratuitement.</p>",
        "<p>Hello {{ name }}, our scientists have found how melanoma spreads.</p>",
        "<p>Votre inscription à la course contre le cancer du sein est confirmée.</p>",
        "<p>{{ name }}, your City Dental Studio candle has shipped.</p>",
        "<p>Your period of notice starts on {{ date }}.</p>",
        "<p>Read our guide to asthma.</p><p>Dear {{ name }}, you may like it.</p><p>Unsubscribe</p>",
        "<p>We will get back to you on {{ date }}, after the check of your order.</p>",
        "<p>Votre séance de prise en main est prévue le {{ date }}.</p>",
        "<p>If you have a fever, please stay at home.</p>",
        "<p>Your new technology plan starts on {{ date }}.</p>",
        "<p>Hi {{ therapist_first_name }}, your dental portal is ready.</p>",
        "<p>Les consultations de cardiologie, de dermatologie et de gynécologie vous reçoivent dès le {{ date }}.</p>",
    ],
)
def test_health_words_that_are_said_of_nobody(scan: Scan, text: str) -> None:
    assert label(scan, text) != "health"


def test_the_name_of_a_carer_tells_no_speciality_and_a_speciality_does(scan: Scan) -> None:
    assert label(scan, "<p>See you on {{ date }} with {{ dermatologist_name }}.</p>") == "care-relation"
    assert label(scan, "<p>Appointment: {{ date }}, {{ patient.name }}, {{ appointment.specialty_name }}</p>") == "health"


def test_a_greeting_ends_at_its_comma(scan: Scan) -> None:
    assert label(scan, "<p>Dear {{ name }} of the cardiology alumni,</p><p>Lunch is at {{ time }}.</p>") != "health"
    assert label(scan, "<p>Hi {{ parent.first }}, {{ child.first }} is due for a check with the orthodontist.</p>") == "health"


def test_what_was_sent_in_is_a_slot_beside_care(scan: Scan) -> None:
    assert label(scan, "<p>Espace patient : votre demande</p><pre>{{ ticket.description }}</pre>") == "free-text"
    assert label(scan, "<p>Your request</p><pre>{{ product.description }}</pre>") == "none"


@pytest.mark.parametrize(
    "text", ["<p>a</p>" * 3, "<div class='a'><p>a</p></div>\n<p\nclass='b'>b</p>", "<table><tr><td>a</td></tr></table>"]
)
def test_blocks_read_at_once_keep_lines_and_hidden_text(scan: Scan, text: str) -> None:
    reading = scan(f"{text}\n<div style='display:none'>Your MRI of {{{{ date }}}}</div>\n<p>Bye</p>")
    assert reading.evidence[0].line == text.count("\n") + 2
