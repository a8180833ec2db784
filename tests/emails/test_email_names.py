"""What names of variables tell."""

from __future__ import annotations

import pytest

from hds_audit.emails.expression import read_expression
from hds_audit.emails.names import Names, Sense
from hds_audit.model.lexicon import Lexicon


@pytest.fixture(scope="module")
def names(lexicon: Lexicon) -> Names:
    return Names(lexicon)


def sense(names: Names, code: str) -> Sense:
    return names.sense(read_expression(code, "erb", tag=False).shown[0])


@pytest.mark.parametrize(
    "code",
    ["diagnosis", "diagnosisLabel", "patient.diagnosis.code", "@slot.vaccine_type.capitalize", "motif_consultation", "reasonForVisit", "blood_group", "line.posologie", "groupeSanguin", "data['symptoms']", "$rx->drug_name", "testResult", "pregnancy.due_date"],
)  # fmt: skip
def test_a_name_that_says_health(names: Names, code: str) -> None:
    assert sense(names, code).health == "strong"


@pytest.mark.parametrize(
    "code",
    ["vaccination_center.name", "test_date", "result_link", "prescription_id", "vaccine_url", "user.email", "clinic.address", "appointment.starts_at", "diseaseInterest", "patient.first_name", "dosage_form_url"],
)  # fmt: skip
def test_a_name_of_a_place_a_moment_or_a_number_does_not(names: Names, code: str) -> None:
    assert sense(names, code).health == ""


@pytest.mark.parametrize("code", ["specialty", "doctor.specialite.label", "exam.name", "treatment"])
def test_a_name_that_needs_care_about_it(names: Names, code: str) -> None:
    assert sense(names, code).health == "contextual"


def test_a_department_needs_somebodys_appointment(names: Names) -> None:
    assert sense(names, "appointment.department.title").health == "organisational"


@pytest.mark.parametrize("code", ["message", "contact.message", "comment.body", "notes", "cancellation_reason", "custom_message"])
def test_slots_that_data_decide(names: Names, code: str) -> None:
    assert sense(names, code).slot


@pytest.mark.parametrize(
    "code", ["error.message", "message_id", "email.body_color", "comments_count", "commit.message", "talk_to_your_child_message"]
)
def test_names_that_only_look_like_slots(names: Names, code: str) -> None:
    assert not sense(names, code).slot


@pytest.mark.parametrize(
    ("code", "due"), [("password", True), ("user.mot_de_passe", True), ("reset_password_url", False), ("password_expiry_days", False)]
)
def test_passwords(names: Names, code: str, due: bool) -> None:
    assert sense(names, code).credential is due


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("user.birthdate", "birth-date"),
        ("dateNaissance", "birth-date"),
        ("patient.nir", "national-id"),
        ("matricule_ins", "national-id"),
        ("user.email", "contact"),
        ("patient.last_name", "identity"),
    ],
)
def test_categories_of_data(names: Names, code: str, category: str) -> None:
    assert category in sense(names, code).categories


def test_a_label_tells_as_a_name_does(names: Names) -> None:
    assert names.of_label("Motif de consultation").health == "strong"
    assert names.of_label("Date de vaccination").health == ""
