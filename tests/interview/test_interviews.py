"""The ten questions, the answers that do, and descriptions that hold together whatever was answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.format import words
from hds_audit.model.imported import Imported, Source
from hds_audit.model.text import Language
from hds_audit.pipeline.first_description import described
from hds_audit.pipeline.importing import Combined
from hds_audit.pipeline.interview import KEY_CHOICES, Answers, Question, Refused, check_of, interview, questions
from hds_audit.pipeline.knowledge import rules_folder
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import parse_description


@cache
def whole_catalogue() -> Catalogue:
    return load_catalogue(rules_folder() / "_catalogue")


@pytest.fixture
def catalogue() -> Catalogue:
    return whole_catalogue()


def answer(catalogue: Catalogue, said: dict[str, str], started: Imported | None = None) -> Answers:
    def ask(question: Question, check: Callable[[str], str | Refused]) -> str:
        checked = check(said.get(question.name, question.default))
        assert not isinstance(checked, Refused), (question.name, checked)
        return checked

    return interview(questions("demo", catalogue, started), ask, catalogue)


def made(catalogue: Catalogue, said: dict[str, str], started: Combined | None = None, language: Language = "en") -> Any:
    text = described(answer(catalogue, said, started.imported if started else None), catalogue, started, language)
    return parse_description("infra.yaml", text.encode(), catalogue), text


def test_ten_questions_in_two_languages(catalogue: Catalogue) -> None:
    asked = questions("demo", catalogue, None)
    assert len(asked) == 10
    assert all(question.asked.en != question.asked.fr for question in asked)
    assert [question.name for question in asked][:2] == ["name", "operator"]


def test_a_french_platform(catalogue: Catalogue) -> None:
    said = {
        "operator": "Cabinet Médical Numérique",
        "country": "FR",
        "hosts": "scalingo",
        "regions": "osc-fr1",
        "keys": "customer",
        "mail": "mailjet",
        "subjects": "patients minors",
    }
    description, text = made(catalogue, said)
    hosts = description.section("hosts")
    assert hosts["scalingo-paas"].values["region"] == "osc-fr1"
    assert hosts["mailer"].values["service"] == "email"
    assert description.section("organisations")["cabinet-medical-numerique"].values["country"] == "FR"
    layers = description.section("components")["database"].values["encryption"]
    assert (layers[0].values["layer"], layers[0].values["key"]) == ("application", "data-key")
    assert description.section("keys")["data-key"].values["held_by"] == ("cabinet-medical-numerique",)
    assert {(flow.values["from"], flow.values["to"]) for flow in description.listed("flows")} == {
        ("patients", "application"),
        ("application", "database"),
        ("application", "mailer"),
    }
    assert text.startswith("# yaml-language-server: $schema=infra.schema.json\n")
    assert "identifiability: identified  # by default: check" in text


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        (
            {"hosts": "aws/iaas aws/managed-database", "regions": "eu-west-3"},
            {"aws-iaas": "eu-west-3", "aws-managed-database": "eu-west-3"},
        ),
        ({"hosts": "scaleway, ovh", "regions": "scaleway=fr-par ovhcloud=gra"}, {"scaleway-iaas": "fr-par", "ovhcloud-iaas": "gra"}),
        ({"hosts": "ovh", "regions": "fr-par"}, {"ovhcloud-iaas": None}),
        ({"hosts": ""}, {"host": None}),
    ],
)
def test_hosts_and_their_regions(catalogue: Catalogue, said: dict[str, str], hosts: dict[str, str | None]) -> None:
    description, text = made(catalogue, said)
    found = {key: record.values.get("region") for key, record in description.section("hosts").items()}
    assert found == hosts
    assert ("  host:\n" in text or "  host: true\n" in text) is ("host" in hosts)


@pytest.mark.parametrize(
    ("question", "said", "part"),
    [
        ("hosts", "scalingoo", "scalingo"),
        ("hosts", "aws/cloud", "iaas"),
        ("country", "France", "FR"),
        ("health", "yes", "nature"),
        ("subjects", "patients dogs", "staff"),
        ("mail", "nobody-mail", "catalogue"),
        ("keys", "me", "customer"),
    ],
)
def test_answers_that_do_not_do_are_told_what_would(catalogue: Catalogue, question: str, said: str, part: str) -> None:
    asked = next(one for one in questions("demo", catalogue, None) if one.name == question)
    checked = check_of(asked, catalogue)(said)
    assert isinstance(checked, Refused)
    assert part in checked.reason.en
    assert checked.reason.fr


def test_no_mail_is_said_where_it_was_answered_and_not_by_default(catalogue: Catalogue) -> None:
    assert "emails: false" in made(catalogue, {"mail": "none"})[1]
    assert "emails" not in made(catalogue, {})[1]


@pytest.mark.parametrize("keys", KEY_CHOICES)
def test_every_answer_about_keys_holds_together(catalogue: Catalogue, keys: str) -> None:
    description, _ = made(catalogue, {"keys": keys, "operator": "us"})
    encryption = description.section("components")["database"].values.get("encryption", "unknown")
    assert {"unknown": encryption == "unknown", "none": encryption == ()}.get(keys, bool(encryption))


@settings(max_examples=40, deadline=None)
@given(
    name=st.text(max_size=20), operator=st.text(max_size=20), subjects=st.lists(st.sampled_from(words.SUBJECTS), max_size=3),
    health=st.sampled_from(words.HEALTH), setting=st.lists(st.sampled_from(words.SETTINGS), max_size=2), keys=st.sampled_from(KEY_CHOICES),
    hosts=st.lists(st.sampled_from(["aws", "scalingo", "ovh", "mailjet", "aws/object-storage"]), max_size=3), mail=st.sampled_from(["", "none", "brevo"]),
    language=st.sampled_from(["en", "fr"]),
)  # fmt: skip
def test_any_answers_make_a_description_that_validates(
    name: str,
    operator: str,
    subjects: list[str],
    health: str,
    setting: list[str],
    keys: str,
    hosts: list[str],
    mail: str,
    language: Language,
) -> None:
    said = {
        "name": name,
        "operator": operator,
        "subjects": " ".join(subjects),
        "health": health,
        "collected-in": ",".join(setting),
        "keys": keys,
        "hosts": " ".join(hosts),
        "mail": mail,
    }
    assert made(whole_catalogue(), said, language=language)[0].section("data").keys() == {"health-data"}


def started() -> Combined:
    data: dict[str, Any] = {
        "application": {"name": "x"},
        "hosts": {"scaleway-db": {"provider": "scaleway", "service": "managed-database"}, "machine": {}},
        "components": {
            "db": {"kind": "database", "host": "scaleway-db"},
            "copy": {"kind": "backup", "host": "scaleway-db", "copy_of": ["db"]},
            "web": {"kind": "application", "host": "machine"},
            "lb": {"kind": "load-balancer", "host": "machine"},
        },
    }
    origins = {f"{section}.{key}": Source("plan.json", address=f"t.{key}") for section in ("hosts", "components") for key in data[section]}
    return Combined(
        Imported("terraform", data, origins, (), (), (), ("plan.json",)),
        {("components", key): "terraform" for key in data["components"]} | {("hosts", key): "terraform" for key in data["hosts"]},
    )


def test_answers_on_top_of_files(catalogue: Catalogue) -> None:
    description, text = made(catalogue, {"regions": "scaleway=fr-par", "operator": "us", "keys": "none"}, started())
    components = description.section("components")
    assert components["db"].values["stores"] == ("health-data",)
    assert components["db"].values["encryption"] == ()
    assert components["web"].values["processes"] == ("health-data",)
    assert "stores" not in components["copy"].values
    assert "processes" not in components["lb"].values
    assert description.section("hosts")["scaleway-db"].values["region"] == "fr-par"
    assert "    stores: [health-data]  # by default: check\n" in text
    assert "    kind: database  # terraform\n" in text
    assert "  db:  # terraform: t.db\n" in text
    assert "# terraform" not in text[text.index("health-data:") : text.index("hosts:")]


def test_the_data_of_a_model_are_left_to_people(catalogue: Catalogue) -> None:
    found = started()
    whole = Imported("threagile", {**found.imported.data, "data": {"records": {"description": "x"}}}, found.imported.origins)
    description, _ = made(catalogue, {}, Combined(whole, found.owners))
    assert description.section("data").keys() == {"records"}
    assert "stores" not in description.section("components")["db"].values


def test_what_was_imported_is_not_changed_by_the_answers(catalogue: Catalogue) -> None:
    found = started()
    before = str(found)
    made(catalogue, {"regions": "fr-par"}, found)
    assert str(found) == before


def test_the_first_host_provides_what_the_files_leave_without_a_provider(catalogue: Catalogue) -> None:
    asked = questions("x", catalogue, started().imported)
    assert "hosts" in {question.name for question in asked}
    description, text = made(catalogue, {"hosts": "ovhcloud scaleway brevo", "regions": "gra", "operator": "us"}, started())
    hosts = description.section("hosts")
    assert {key: hosts["machine"].values[key] for key in ("provider", "service", "region")} == {
        "provider": "ovhcloud",
        "service": "iaas",
        "region": "gra",
    }
    assert {str(host.values.get("provider")) for host in hosts.values()} == {"ovhcloud", "scaleway", "brevo"}
    assert "    provider: ovhcloud\n" in text
    assert "    region: gra\n" in text


def test_hosts_are_asked_where_the_files_do_not_tell_or_an_option_does(catalogue: Catalogue) -> None:
    told = started().imported
    hosts = {"machine": {"provider": "scaleway", "service": "iaas"}, "email": {"service": "email", "provider": "brevo"}}
    whole = Imported("compose", {**told.data, "hosts": {"scaleway-db": {"provider": "scaleway"}, **hosts}}, {})
    names = {question.name for question in questions("x", catalogue, whole)}
    assert {"hosts", "mail"}.isdisjoint(names)
    assert {"hosts", "mail"} <= {question.name for question in questions("x", catalogue, whole, {"hosts", "mail"})}


def test_a_mail_service_that_the_files_name_without_its_provider_gets_it(catalogue: Catalogue) -> None:
    combined = started()
    data = {**combined.imported.data, "hosts": {"email": {"service": "email"}, "machine": {}, "scaleway-db": {"provider": "scaleway"}}}
    imported = Imported("compose", data, combined.imported.origins, (), (), (), ("compose.yaml",))
    description, _ = made(catalogue, {"mail": "mailjet"}, Combined(imported, combined.owners))
    assert description.section("hosts")["email"].values["provider"] == "mailjet"
    assert "mailer" not in description.section("hosts")
