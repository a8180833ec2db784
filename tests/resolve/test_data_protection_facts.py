"""The operator's part under the GDPR, logs, and the reach of French law on trackers."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.model.rule import SubjectKind
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import parse_description
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.world import World

RULES = Path(__file__).parents[2] / "rules"
PERSONAL = {"health": "nature", "identifiability": "identified"}


@cache
def catalogue() -> Catalogue:
    return load_catalogue(RULES / "_catalogue")


def fact(kind: SubjectKind, identifier: str, name: str, **said: Any) -> Fact:
    whole = {
        "format": "hds-audit/1",
        "application": {"name": "Example", "operator": "pub"},
        "organisations": {"pub": {"country": "FR"}, "clinic": {"country": "FR"}},
        "hosts": {"h": {"service": "paas"}},
        **said,
    }
    description = parse_description("infra.yaml", json.dumps(whole).encode(), catalogue())
    world = World(description, catalogue(), date(2026, 11, 22), all_derivations())
    subject = world.subject(kind, identifier)
    assert subject is not None
    return subject.fact(name)


def application(name: str, **said: Any) -> object:
    return fact("application", "application", name, **said).value


@pytest.mark.parametrize(
    ("controller", "controls", "for_others"),
    [
        (["pub"], True, False),
        (["pub", "clinic"], True, False),
        (["clinic"], False, True),
        (["health-professionals"], False, True),
        (None, UNKNOWN, UNKNOWN),
        ([], UNKNOWN, UNKNOWN),  # somebody always decides
    ],
)
def test_who_decides_makes_the_part_of_the_operator(controller: list[str] | None, controls: object, for_others: object) -> None:
    datum = {**PERSONAL, **({"controller": controller} if controller is not None else {})}
    assert fact("data", "d", "operator_controls", data={"d": datum}).value is controls
    assert fact("data", "d", "held_for_others", data={"d": datum}).value is for_others
    assert application("operator_is_controller", data={"d": datum}) is controls
    assert application("operator_is_processor", data={"d": datum}) is for_others


def test_an_unknown_operator_plays_no_known_part() -> None:
    datum = {**PERSONAL, "controller": ["clinic"]}
    assert application("operator_is_controller", data={"d": datum}, application={"name": "Example"}) is UNKNOWN


def test_it_may_be_both() -> None:
    data = {"account": {**PERSONAL, "health": "none", "controller": ["pub"]}, "record": {**PERSONAL, "controller": ["clinic"]}}
    assert application("operator_is_controller", data=data) is True
    assert application("operator_is_processor", data=data) is True
    assert application("operator_controls_health", data=data) is False


def test_data_of_the_deceased_make_nobody_a_controller() -> None:
    assert application("operator_is_controller", data={"d": {**PERSONAL, "controller": ["pub"], "subjects": ["deceased"]}}) is False


def test_without_data_nothing_is_known() -> None:
    assert application("operator_is_controller") is UNKNOWN


def component(name: str, own: dict[str, Any], common: dict[str, Any] | None = None, **said: Any) -> Fact:
    more = {"logging": common} if common else {}
    return fact("component", "c", name, components={"c": {"kind": "database", "host": "h", **own}}, **more, **said)


def test_a_component_keeps_its_logs_as_long_as_it_says_else_as_the_system_does() -> None:
    assert str(component("log_retention", {"logging": {"retention": "P1Y"}}, {"retention": "P6M"}).value) == "P1Y"
    assert str(component("log_retention", {}, {"retention": "P6M"}).value) == "P6M"
    silent = component("log_retention", {})
    assert (silent.value, silent.missing) == (UNKNOWN, ("components.c.logging.retention",))


def test_no_time_server_of_its_own_is_not_taken_for_the_systems() -> None:
    assert component("clock", {"time_source": []}, {"time_source": ["ntp.example"]}).value == ()
    assert component("clock", {}, {"time_source": ["ntp.example"]}).value == ("ntp.example",)


@pytest.mark.parametrize(
    ("contains", "document", "free"), [(True, False, False), (False, False, UNKNOWN), (False, True, True), (None, True, UNKNOWN)]
)
def test_logs_are_free_of_health_data_only_by_a_document(contains: bool | None, document: bool, free: object) -> None:
    own = {"logging": {"contains_health_data": contains}} if contains is not None else {}
    evidence = [{"for": "components.c.logging.contains_health_data", "document": "scan.pdf"}] if document and contains is not None else []
    assert component("logs_free_of_health", own, evidence=evidence).value is free


@pytest.mark.parametrize(("country", "known"), [("FR", True), ("DE", UNKNOWN)])
def test_french_law_on_trackers_is_known_to_govern_an_operator_in_france_only(country: str, known: object) -> None:
    said: dict[str, Any] = {"organisations": {"pub": {"country": country}}, "flows": [{"id": "f", "from": "patients", "to": "h"}]}
    found = fact("flow", "f", "french_tracker_law", **said)
    assert found.value is known
    assert (found.doubt is None) is (known is True)


@pytest.mark.parametrize(
    ("assessed", "expected"), [(["mine"], True), (["mine", "theirs"], True), (["theirs"], False), ([], False), (None, UNKNOWN)]
)
def test_an_operator_answers_for_the_assessment_of_its_own_health_data(assessed: list[str] | None, expected: object) -> None:
    data = {"mine": {**PERSONAL, "controller": ["pub"]}, "theirs": {**PERSONAL, "controller": ["clinic"]}}
    governance = {"dpia": [{"date": "2026-01-15", "data": assessed}]} if assessed is not None else {}
    assert application("own_health_data_assessed", data=data, governance=governance) is expected


def test_a_datum_without_a_controller_is_the_one_that_is_asked_for() -> None:
    data = {"mine": {**PERSONAL, "controller": ["pub"]}, "notes": PERSONAL}
    found = fact(
        "application", "application", "own_health_data_assessed", data=data, governance={"dpia": [{"date": "2026-01-15", "data": ["mine"]}]}
    )
    assert (found.value, found.missing) == (UNKNOWN, ("data.notes.controller",))


def test_what_is_not_health_needs_no_assessment_here() -> None:
    data = {"account": {**PERSONAL, "health": "none", "controller": ["pub"]}}
    assert application("own_health_data_assessed", data=data, governance={"dpia": []}) is True


@pytest.mark.parametrize(
    ("categories", "needs"), [(["identity"], False), (["genetic"], True), (["biometric"], UNKNOWN), (["biometric", "genetic"], True)]
)
def test_article_9_protects_genetic_data_and_biometric_data_that_identify(categories: list[str], needs: object) -> None:
    found = fact("data", "d", "needs_article_9", data={"d": {**PERSONAL, "health": "none", "categories": categories}})
    assert found.value == needs
    assert found.missing == (("data.d.categories",) if needs is UNKNOWN else ())


@pytest.mark.parametrize(
    ("controller", "shared"),
    [(["pub"], False), (["clinic"], False), (["pub", "clinic"], True), (["pub", "health-professionals"], True), (["pub", "patients"], False)],
)
def test_who_decides_with_another_shares_the_control(controller: list[str], shared: bool) -> None:
    assert fact("data", "d", "jointly_controlled", data={"d": {**PERSONAL, "controller": controller}}).value is shared


@pytest.mark.parametrize(("controller", "works"), [(["patients"], False), (["clinic"], True), (["patients", "clinic"], True), (["pub"], False)])
def test_a_patient_with_a_record_of_its_own_is_no_controller_to_have_a_contract_with(controller: list[str], works: bool) -> None:
    assert application("works_for_controllers", data={"d": {**PERSONAL, "controller": controller}}) is works


@pytest.mark.parametrize(
    ("said", "value", "asked"),
    [
        (None, UNKNOWN, ("governance.dpo",)),
        (False, False, ()),
        (True, UNKNOWN, ("governance.dpo.contact",)),
        ({}, UNKNOWN, ("governance.dpo.contact",)),
        ({"appointed": "2024-03-01"}, UNKNOWN, ("governance.dpo.contact",)),
        ({"name": "Mme Exemple"}, True, ()),
        ({"organisation": "clinic"}, True, ()),
        ({"contact": "dpo@example.org", "appointed": "2026-12-01"}, UNKNOWN, ("governance.dpo",)),
    ],
)
def test_a_designation_that_names_nobody_shows_none(said: Any, value: object, asked: tuple[str, ...]) -> None:
    found = fact("application", "application", "dpo_named", **({} if said is None else {"governance": {"dpo": said}}))
    assert (found.value, found.missing) == (value, asked)
