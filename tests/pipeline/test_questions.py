"""What is asked of a path: a sentence that says of what, in both languages."""

from __future__ import annotations

import pytest

from hds_audit.model.text import Text
from hds_audit.pipeline.questions import question


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("certificates", "certificates : ceux que vos hébergeurs vous ont présentés"),
        ("hosts.g.contract.signed", "g (contrat avec lui) : date de signature ; `false` si le document n'est pas signé"),
        ("governance.dpo.contact", "gouvernance (délégué à la protection des données) : comment joindre"),
        ("keys.k.rotation", "k : délai de renouvellement"),
    ],
)
def test_a_question_says_of_what(path: str, said: str) -> None:
    assert question(path).fr.startswith(said)


@pytest.mark.parametrize("section", ["data", "certificates", "keys", "environments", "organisations", "components"])
def test_a_section_is_asked_for_in_a_sentence(section: str) -> None:
    assert "par identifiant" not in question(section).fr
    assert "by identifier" not in question(section).en


def test_what_an_entry_is_said_to_be_is_not_said_twice() -> None:
    assert question("components.db.encryption[0].key").en.count("layers of encryption") == 1
    assert question("environments.staging.masking").en.startswith("environments.staging.masking: ")


def test_a_key_of_an_element_of_a_list_is_asked_for_itself() -> None:
    assert question("components.db.administrators.0.from").en.startswith("db (organisations that administer it): countries it works from")
    assert question("hosts.h.remote_access[2].assessed").en != question("hosts.h.remote_access").en
    assert question("components.db.administrators.0").en == question("components.db.administrators").en
    assert "status" in question("attestations.csp:L.1111-8.I.scope").en


def test_addresses_that_are_declared_are_to_be_looked_at() -> None:
    assert "hds-audit probe" in question("endpoints").en
    assert "hds-audit probe" in question("endpoints").fr


def test_how_to_say_that_there_is_no_backup_is_told() -> None:
    assert "responsibilities: {backup: []}" in question("components.*.copy_of").fr


def test_a_requirement_is_asked_for_by_its_title_and_hosts_by_their_names() -> None:
    title = Text("Whether it is hosting", "Si c'est de l'hébergement")
    asked = question("attestations.csp:L.1111-8.I.scope", {"csp:L.1111-8.I.scope": title})
    assert asked.fr.startswith("Si c'est de l'hébergement : la réponse datée d'une personne")
    assert question("components", {}, ["mail", "desk"]).en.endswith("there: mail, desk")
    assert question("governance.risk_assessment").fr == "gouvernance : analyse de risques"
