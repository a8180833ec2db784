"""What a value or a sentence owes to what stands about it: its translation, its engine, the words before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hds_audit.model.template import TemplateReading

Scan = Callable[..., TemplateReading]


def label(scan: Scan, text: str, path: str = "mail.html") -> str:
    return scan(text, path).label


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<%= t('medications.mailer.time_to_take', name: @item.title) %>", "health"),
        ("<%= t('vaccines.mailer.due', what: @entry.title) %>", "health"),
        ("<%= t('medications.mailer.hello', name: @user.first_name) %>", "none"),
        ("<%= t('chores.mailer.time_to_do', name: @item.title) %>", "none"),
        ("<%= link_to t('mailer.see_diagnosis'), need_url(@need) %>", "none"),
    ],
)
def test_the_key_of_a_translation_says_what_it_is_handed(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text, "mailer.html.erb") == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>{{ $patient->name }}</p>\n@php echo nl2br($visit->diagnosis) @endphp", "health"),
        ("<p>{{ $patient->name }}</p>\n<p><?php echo $visit->diagnosis; ?></p>", "health"),
        ("<p>{{ $patient->name }}</p>\n@php\n  $diagnosis = $visit->diagnosis;\n@endphp", "care-relation"),
    ],
)
def test_php_within_a_view_prints_where_it_says_so(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text, "mail.blade.php") == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>{{ patient.name }}</p><h2>UNFIT FOR DUTY</h2>", "health"),
        ("<p>{{ patient.nom }}</p><p>Avis d'aptitude du {{ date }} : apte avec réserves.</p>", "health"),
        ("<p>All checks up on {{ project.name }}.</p><p>Reason: {{ flip.reason }}</p>", "free-text"),
        ("<p>Bonjour {{ usuario.nombre }}, rendez-vous le {{ fecha }} : {{ medico.especialidad }}</p>", "health"),
        ("<p>Bonjour {{ usuario.nombre }}, votre code : {{ codigo }}</p>", "none"),
        ("<p>Your laboratory report is ready.</p><p>Test name: {{ details.test_name|default:'Lab test' }}</p>", "health"),
    ],
)
def test_fitness_particles_and_names_of_other_languages(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>Your vaccination appointment has been moved to {{ date }}.</p>", "health"),
        ("<p>Votre rendez-vous de vaccination est confirmé pour le {{ date }}.</p>", "health"),
        ("<p>Nous espérons que vous êtes allé au rendez-vous de vaccination.</p>", "care-relation"),
        ("<p>Vaccination appointments can be booked at any pharmacy.</p>", "care-relation"),
        ("<p>{{ patient.name }}: mortality review due on {{ date }}.</p>", "health"),
        ("<p>Thank you for contacting North Hill Dental Clinic. A nurse will ring.</p>", "care-relation"),
    ],
)
def test_what_an_appointment_is_for_and_the_name_of_a_house(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>Dr {{ medecin.nom }}, {{ patient.nom }} vous demande conseil.</p><p>Motif : {{ motif }}</p>", "health"),
        ("<p>{{ patient.name }}, your lab results are in.</p><p>Remarks: {{ remarks }}</p>", "health"),
        ("<p>{{ user.name }}, the results of the vote are in.</p><p>Remarks: {{ remarks }}</p>", "free-text"),
        ("<p>{{ author.email }} vous a écrit :</p><p>{{ request.introduction }}</p>", "free-text"),
        ("<p>News:</p><p>{{ announcement.text }}</p>", "free-text"),
    ],
)
def test_what_somebody_wrote_or_concluded(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "path", "due"),
    [
        ('%p= "Rendez-vous avec le Dr #{rdv.doctor.name}, #{rdv.doctor.speciality}"\n', "mail.html.haml", "health"),
        ('<%= "Motif : #{@visit.diagnosis}" %>', "mail.html.erb", "health"),
        ('<%= "Bonjour #{@user.first_name}" %>', "mail.html.erb", "none"),
    ],
)
def test_code_within_a_literal_prints_too(scan: Scan, text: str, path: str, due: str) -> None:
    assert label(scan, text, path) == due


HEAD = "<p>Dear {{ patient.name }}, your appointment with Dr {{ doctor.name }} is on {{ date }}.</p>"


@pytest.mark.parametrize(
    "name", ["rx.name", "med_name", "embryos", "systolic", "sick_leave", "dose_number", "tooth_number", "purpose", "trimester"]
)
def test_names_beside_an_appointment(scan: Scan, name: str) -> None:
    assert label(scan, f"{HEAD}<p>{{{{ {name} }}}}</p>") == "health"


@pytest.mark.parametrize("name", ["trimester", "tablets", "tooth", "purpose", "edd", "exercise.name"])
def test_the_same_names_far_from_care(scan: Scan, name: str) -> None:
    assert label(scan, f"<p>Dear {{{{ user.name }}}}, your order is on its way.</p><p>{{{{ {name} }}}}</p>") in ("none", "free-text")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("<p>Votre enfant {{ prenom }} doit recevoir le vaccin {{ vaccin }}.</p>", "health"),
        ("<p>Votre enfant peut recevoir le vaccin {{ vaccin }}.</p>", "care-relation"),
        ("<p>{{ patient.name }}, see you.</p><p>{{ location.terms_and_conditions }}</p>", "care-relation"),
        ("<p>Your therapy session with {{ name }} is confirmed.</p>", "health"),
    ],
)
def test_children_named_terms_of_sale_and_sessions(scan: Scan, text: str, due: str) -> None:
    assert label(scan, text) == due


@pytest.mark.parametrize(
    ("text", "path", "due"),
    [
        (
            'Patient: ${fieldValue(bean: patient, field: "name")}\nResult: ${fieldValue(bean: sample.report, field: "diagnosis")}',
            "m.gsp",
            "health",
        ),
        ('Hello ${fieldValue(bean: user, field: "firstName")}', "m.gsp", "none"),
        ("You have failed the medical, {{ name }}.", "m.txt", "health"),
        ("You have passed your driving test, {{ name }}.", "m.txt", "none"),
    ],
)
def test_values_of_beans_and_what_was_passed(scan: Scan, text: str, path: str, due: str) -> None:
    assert label(scan, text, path) == due


@pytest.mark.parametrize(
    "text",
    [
        "<p>Your service died at {{ time }} on {{ host }}.</p>",
        "<p>Your battery died, {{ name }}.</p>",
        "<p>{{ user.first_name }}, this build is unfit for the market.</p>",
        "<p>Bonjour {{ prenom }}, vous avez {{ nombre }} séances restantes.</p>",
        "<p>Your BlueTooth headset: {{ blueTooth }}</p>",
        "<p>Your post-mortem of the outage is due, {{ name }}.</p>",
    ],
)
def test_words_that_are_said_of_things_too(scan: Scan, text: str) -> None:
    assert label(scan, text) == "none"
