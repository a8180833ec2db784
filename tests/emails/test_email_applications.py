"""Habits of the messages of applications: tables of labels, modes of a visit, other trades, reasons, carers, lines of an order."""

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
        "<p>Hello {{ patient.name }}, your appointment is booked.</p><p>Doctor: {{ doctor.name }}</p>"
        "{% if appointment.type == 'video' %}<p>Join from home.</p>{% endif %}<p>Type: {{ appointment.type }}</p>",
        "<p>Bonjour {{ patient.prenom }}, votre rendez-vous avec le Dr {{ medecin.nom }}.</p>"
        "<p>Type : {{ appointment.appointment_type|default:'En personne' }}</p>",
    ],
)
def test_a_way_of_meeting_does_not_say_what_a_visit_is_for(scan: Scan, text: str) -> None:
    assert label(scan, text) == "care-relation"


def test_the_type_of_a_visit_that_no_code_spells_out_does(scan: Scan) -> None:
    text = "<p>Hello {{ patient.name }}, your appointment with Dr {{ doctor.name }}.</p><p>Type: {{ appointment.type }}</p>"
    assert label(scan, text) == "health"


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hi {{ child.first_name }}, your appointment with {{ therapist }} is on {{ date }}.</p>",
        "<p>Bonjour {{ patient.nom }}, rendez-vous le {{ date }} avec {{ dietitian.email }}.</p>",
    ],
)
def test_a_carer_printed_alone_tells_no_speciality(scan: Scan, text: str) -> None:
    assert label(scan, text) == "care-relation"


def test_what_a_carer_wrote_is_a_slot(scan: Scan) -> None:
    assert label(scan, "<p>Dear {{ patient.name }}, from your doctor: {{ therapist_note }}</p>") == "free-text"


MARKDOWN = """@component('mail::message')
# Bonjour {{ $rdv->client->prenom }},
Votre rendez-vous a été déplacé.
- **Date :** {{ $rdv->date }}
- **Prestation :** {{ $rdv->product->nom }}
- **Praticien :** {{ $rdv->user->nom }}

Merci,<br>
{{ config('app.name') }}
@endcomponent
"""


def test_markdown_with_a_stray_tag_is_read_line_by_line(scan: Scan) -> None:
    reading = scan(MARKDOWN, "mail.blade.php")
    assert reading.label == "health"
    assert [each.line for each in reading.evidence if each.label == "health"] == [5]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<h4>Specialty</h4><p>{{ row }}</p><p>Your visit to Dr {{ doctor.name }} is on {{ day }}.</p>", "health"),
        ("<p>Type de séance</p><p>{{ choix }}</p><p>{{ patient.prenom }}, votre consultation du {{ jour }}.</p>", "health"),
        ("<p>Everything you need to know about the type of visit</p><p>{{ row }}</p><p>Dr {{ doctor.name }}</p>", "care-relation"),
        ("<p>Is it a visit type?</p><p>{{ row }}</p><p>Dr {{ doctor.name }} sees {{ patient.name }}.</p>", "care-relation"),
    ],
)
def test_a_heading_names_the_value_below_it(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


def test_a_component_with_a_label_and_a_value_is_a_line_of_a_table(scan: Scan) -> None:
    text = """export const Mail = ({ patientName, kind }) => {
  return (
    <Layout>
      <Text>Bonjour {patientName}, votre consultation est confirmée.</Text>
      <Line label="Motif de consultation" value={kind} />
    </Layout>
  );
};
"""
    assert label(scan, text, "mail.tsx") == "health"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>Dear {{ patient.name }}, see you at the clinic for your appointment.</p><p>Reason: {{ reason }}</p>", "health"),
        (
            "<p>Dear {{ patient.name }}, see you at the clinic. If you need to cancel, call us.</p><p>Appointment reason: {{ reason }}</p>",
            "health",
        ),
        ("<p>Dear {{ patient.name }}, your clinic appointment was cancelled.</p><p>Reason: {{ reason }}</p>", "free-text"),
        ("<p>Cher {{ patient.nom }}, rendez-vous à la clinique annulé.</p><p>Raison : {{ raison }}</p>", "free-text"),
        ("<p>Your claim {{ claim.number }} with the clinic was refused.</p><p>Reason: {{ claim.denial_reason }}</p>", "free-text"),
    ],
)
def test_the_reason_of_a_visit_and_the_reason_of_a_decision(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "<p>Dear {{ patient_name }}, your appointment with Dr. {{ doctor_name }} is today.</p><p>Your problem: {{ problem }}</p>",
            "health",
        ),
        ("<p>Dear {{ customer_name }}, your order is late.</p><p>Problem: {{ problem }}</p>", "none"),
    ],
)
def test_the_problem_of_a_patient_is_one_of_health(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    "text",
    [
        "<p>Dear {{ client_name }}, your video consultation with our law firm is on {{ date }}.</p><p>Service type: {{ service }}</p>",
        "<p>Bonjour {{ client.nom }}, votre rendez-vous au cabinet d'avocats le {{ date }}.</p><p>Prestation : {{ prestation.nom }}</p>",
        "<p>Hi {{ customer.name }}, your booking at the barbershop.</p><p>Service: {{ booking.service.name }}</p>",
        "<p>Votre rendez-vous pour le contrôle de votre véhicule.</p><p>Type de contrôle : {{ rdv.type }}</p>",
        "<p>Dear {{ owner.first_name }}, your dog's vaccination visit is due.</p><p>Vaccine: {{ vaccine }}</p>",
        "<p>Votre animal doit voir le vétérinaire.</p><p>Diagnostic : {{ visite.diagnostic }}</p>",
    ],
)
def test_other_trades_have_appointments_too(scan: Scan, text: str) -> None:
    assert label(scan, text) not in ("health", "free-text")


def test_another_trade_does_not_hide_what_is_said_of_a_patient(scan: Scan) -> None:
    text = "<p>{{ patient.name }}, your biopsy is on {{ date }}. Parking is at the hotel next door.</p>"
    assert label(scan, text) == "health"


@pytest.mark.parametrize(
    "text",
    [
        "<p>You have been invited to join {{ clinic.name }} as a physiotherapist.</p>",
        "<p>Vous êtes inscrite en tant que dermatologue sur {{ site }}.</p>",
        "<p>Dear {{ doctor.name }}, set your password to see your patients.</p>",
    ],
)
def test_the_trade_of_the_addressee_is_no_health(scan: Scan, text: str) -> None:
    assert label(scan, text) != "health"


def test_your_patient_page_speaks_to_a_patient(scan: Scan) -> None:
    text = "<p>Log in to your patient dashboard. Treatment: {{ quote.treatment.name }}</p>"
    assert label(scan, text) == "health"
    assert label(scan, text.replace("your patient dashboard", "see your patients")) != "health"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>{{ bill.patient.full_name }}, your hospital receipt.</p>{% for x in bill.items %}<p>{{ x.title }}</p>{% endfor %}", "health"),
        (
            "<p>Dear {{ order.patient_name }}, the clinic has your order.</p>"
            "<?php foreach ($order['items'] as $item): ?><p><?= $item['name'] ?></p><?php endforeach ?>",
            "health",
        ),
        ("<p>Thank you for your order.</p>{{#each order.items}}<p>{{product_name}} {{variant_name}} {{weight}}</p>{{/each}}", "none"),
    ],
)
def test_lines_of_an_order_tell_beside_care_only(scan: Scan, text: str, due: str) -> None:
    path = "mail.php" if "<?" in text else "mail.hbs" if "#each" in text else "mail.html"
    assert label(scan, text, path) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>Rappel : prenez votre médicament : {{ rappel }}</p>", "health"),
        ("<p>It is time to take your medication: {{ reminderName }}</p>", "health"),
        ("<p>Your prescription: {{ prescription_url }}</p>", "care-relation"),
    ],
)
def test_what_stands_after_a_medicine_is_one(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>New request from {{ name }}</p><p>{{ solicitation.description }}</p>", "free-text"),
        ("<p>{{ email_body }}</p>", "free-text"),
        ("<p>{{ status_message }}</p>", "none"),
        ("<p>{{ warehouse.message(code: 'mail.label', args: [item?.name]) }}</p>", "none"),
        ("<p>Hello {{ patient.name }}, the clinic confirms. A calendar invitation is attached.</p>", "care-relation"),
        ("<p>Hello {{ patient.name }}, the clinic sends the letter attached.</p>", "free-text"),
    ],
)
def test_slots_and_what_only_looks_like_one(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    "text",
    [
        "<p>Tous droits réservés. Bonjour {{ client.prenom }}, votre rendez-vous du {{ date }}.</p><p>Prestation : {{ service.name }}</p>",
        "<p>First aid kits and food aid: thank you {{ donor }}, your aid arrived.</p>",
        "<p>Votre colis pèse {{ colis.poids }} kg.</p>",
        "<p>Keep track of your medical history and set reminders.</p>",
    ],
)
def test_words_that_look_like_words_of_health(scan: Scan, text: str) -> None:
    assert label(scan, text) != "health"


def test_yielded_content_is_no_slot(scan: Scan) -> None:
    assert label(scan, "<p><%= yield :card_content %></p>", "mail.html.erb") == "none"


@pytest.mark.parametrize(
    "style",
    ["***{}***", "<<{}>>", "&lt;{}&gt;", "##{}##", "%%{}%%", "@@{}@@", "{{!{}}}", "[{}]", "[#{}#]", "__{}__"],
)
@pytest.mark.parametrize("path", ["mail.html", "mail.txt"])
def test_marks_of_mail_merges(scan: Scan, style: str, path: str) -> None:
    values = [style.replace("{}", name).replace("{{", "{").replace("}}", "}") for name in ("patient_name", "blood_group")]
    reading = scan(f"<p>Dear {values[0]}, the clinic has this on file:</p><p>{values[1]}</p>", path)
    assert {each.text for each in reading.evidence if each.label == "health"} == {"blood_group"}


@pytest.mark.parametrize(
    "text",
    [
        "See [Diagnosis](https://clinic.example/x).",
        "We met [all of us] __Diagnosis__ and ***diagnosis of the week***.",
        "a << 2 and b >> diagnosis",
    ],
)
def test_brackets_and_stars_of_prose_are_no_values(scan: Scan, text: str) -> None:
    assert label(scan, text, "mail.txt") != "health"
