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
