"""What the nature of an application tells of a message: by its path, by the templates beside it, by what is declared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hds_audit.emails.application import Applications, application_folder
from hds_audit.emails.scan import Scanner
from hds_audit.model.lexicon import Lexicon
from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]

BOOKED = "<p>Hello {{ name }}, your appointment on {{ date }} is confirmed.</p><p>Service: {{ booking.service }}</p>"
PLAIN = "<p>Bonjour {{ prenom }}, votre rendez-vous du {{ date }} est confirmé.</p>"


@pytest.mark.parametrize("path", ["dental-clinic/app/views/mail.html", "acme/hospital-portal/emails/mail.html", "healthgateway/mail.html"])
def test_the_names_on_a_path_tell_that_an_application_is_one_of_care(scan: Scan, path: str) -> None:
    assert scan(BOOKED, path).label == "health"
    assert scan(PLAIN, path).label == "care-relation"


@pytest.mark.parametrize(
    "path",
    ["salon/app/views/mail.html", "ops/health-check/mail.html", "healthchecks/mail.html", "vet-clinic/mail.html", "hospitality/mail.html"],
)
def test_names_that_only_look_like_care_tell_nothing(scan: Scan, path: str) -> None:
    assert scan(BOOKED, path).label == "none"
    assert scan(PLAIN, path).label == "none"


def test_folders_far_above_an_application_tell_nothing_of_it(scan: Scan) -> None:
    assert scan(PLAIN, "/srv/health/customers/2026/salon/app/views/mail.html").label == "none"
    assert scan(PLAIN, "/srv/shops/clinic-app/packages/mailer/src/emails/mail.html").label == "care-relation"


def test_templates_learnt_beside_a_template_tell_its_nature(lexicon: Lexicon) -> None:
    scanner = Scanner(lexicon)
    assert scanner.scan("app/emails/booked.html", BOOKED.encode()).label == "none"
    for number in range(3):
        scanner.applications.learn(f"app/emails/{number}.html", b"<p>Your doctor sent a prescription.</p>")
    assert scanner.scan("app/emails/booked.html", BOOKED.encode()).label == "health"
    assert scanner.scan("other/emails/booked.html", BOOKED.encode()).label == "none"


def test_one_template_among_many_tells_nothing_of_an_application(lexicon: Lexicon) -> None:
    scanner = Scanner(lexicon)
    scanner.applications.learn("app/emails/a.html", b"<p>See a doctor where you can.</p>")
    for number in range(6):
        scanner.applications.learn(f"app/emails/{number}.html", b"<p>Your parcel is on its way.</p>")
    assert scanner.scan("app/emails/booked.html", BOOKED.encode()).label == "none"


def test_an_application_of_animals_is_none_of_care(lexicon: Lexicon) -> None:
    scanner = Scanner(lexicon)
    for number in range(3):
        scanner.applications.learn(f"app/emails/{number}.html", b"<p>The vaccination of your dog is due at the clinic.</p>")
    assert scanner.scan("app/emails/booked.html", BOOKED.encode()).label == "none"


def test_the_order_in_which_templates_are_learnt_does_not_matter(lexicon: Lexicon) -> None:
    texts = [b"<p>Your nurse</p>", b"<p>Hello</p>", b"<p>The hospital</p>", b"<p>Bye</p>"]
    seen = []
    for order in (texts, texts[::-1]):
        applications = Applications(lexicon)
        for number, text in enumerate(order):
            applications.learn(f"x/emails/{number}.html", text)
        seen.append(applications.of_care("x/emails/y.html"))
    assert seen == [True, True]


def test_an_application_may_be_declared_to_be_one_of_care(lexicon: Lexicon) -> None:
    assert Scanner(lexicon, of_care=True).scan("mail.html", BOOKED.encode()).label == "health"
    assert Scanner(lexicon, of_care=True).scan("mail.html", b"<p>Your password was changed.</p>").label == "none"


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("org+app/app/views/user_mailer/hello.html.erb", "org+app"),
        ("org+app/app/views/other_mailer/bye.html.erb", "org+app"),
        ("a/src/main/resources/templates/mail.html", "a"),
        ("app/emails/mail.html", ""),
        ("one/two/mail.html", "one/two"),
        ("main/one/two/three/mail.html", "main/one/two/three"),
        ("mail.html", ""),
    ],
)
def test_the_folder_of_an_application_lies_above_the_layout_of_its_code(path: str, folder: str) -> None:
    assert application_folder(path) == folder


def test_clients_of_an_application_of_care_are_under_care(scan: Scan) -> None:
    text = "<p>Dear admin,</p><p>{{ client_fullname }} missed the medication of {{ time }}.</p>"
    assert scan(text, "care-home/medical/late-admin.html").label == "health"
    assert scan("<p>Dear admin,</p><p>{{ client_fullname }} missed the call of {{ time }}.</p>", "crm/late-admin.html").label == "none"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>{{ patient.name }} did not take the tablets of {{ day }}.</p>", "health"),
        ("<p>Un effet indésirable a été signalé pour {{ patient.nom }}.</p>", "health"),
        ("<p>A health issue was recorded for {{ patient.name }}.</p>", "health"),
        ("<p>A prescription was recorded for {{ patient.name }}.</p>", "care-relation"),
        ("<p>Procedure ({{ item }}) was carried out on {{ patient.name }}.</p>", "health"),
        ("<p>Procedure ({{ date }}) for {{ patient.name }}.</p>", "care-relation"),
        ("<p>Injured worker: {{ first_name }}</p><p>Your request is under review.</p>", "health"),
        ("<p>Dr {{ medecin.nom }}, {{ patient.nom }}.</p><p>Votre consultation aura pour objet : {{ contenu }}</p>", "health"),
        ("<p>Bonjour {{ patient.nom }}.</p><p>Objet : {{ sujet }}</p><p>{{ texte }}</p>", "free-text"),
        ("<p>Dear {{ patient.name }}, your {{ clinic_specialty }} appointment is on {{ date }}.</p>", "health"),
        ("<p>Dear {{ patient.name }}, see you at {{ clinic_name }}.</p>", "care-relation"),
        ("<p>Dear [PatientFirstName], your visit was for [VisitReason].</p>", "health"),
        ("<p>Dr {{ name }}: SpO2 {{ spo2 }} for {{ patient_id }}.</p>", "health"),
        ("<p>Hi {{ name }}, this is your reminder.</p>{% if kind == 'medication' %}<p>Take it with food.</p>{% endif %}", "health"),
        ("<p>Hi {{ name }}, this is your reminder.</p>{% if kind == 'meeting' %}<p>Bring a pen.</p>{% endif %}", "none"),
        ('<p>{{ child.name }} is due.</p><a href="https://a.example/children/{{ child.id }}/asthma">Open</a>', "health"),
        ("<p>Clinic report of the week</p>{% for t in treatments %}<p>{{ t.name }}: {{ t.count }}</p>{% endfor %}", "care-relation"),
        ("<p>Your booking {{ reservation.number }}.</p><p>Description: {{ reservation.description }}</p>", "free-text"),
        ("<p>Your booking {{ reservation.number }}.</p><p>{{ room.description }}</p>", "none"),
        ("<p>Refused by {{ user.name }}: {{ comment }}</p>", "free-text"),
    ],
)
def test_values_and_their_company(scan: Scan, text: str, due: str) -> None:
    assert scan(text).label == due


def test_a_picture_of_the_application_is_no_attachment(scan: Scan) -> None:
    text = "<p>Hello <%= @user.name %></p>\n<%= image_tag attachments['logo.png'].url %>\n"
    assert scan(text, "app/views/user_mailer/hello.html.erb").label == "none"


def test_a_key_of_a_translation_is_no_text(scan: Scan) -> None:
    text = "<p>Your booking at the clinic</p><p>{{ l10n('invite-mail-file-is-attached', lang=lang) }}</p>"
    assert scan(text, "mail.jinja2").label == "care-relation"


def test_a_child_a_case_or_a_beneficiary_is_a_patient_only_where_there_is_care(scan: Scan) -> None:
    assert scan("<p>{{ beneficiary.name }} was added to your account.</p>").label == "none"
    assert scan("<p>{{ beneficiary.name }} was seen at the clinic.</p>").label == "care-relation"
