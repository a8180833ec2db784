"""What the articles tell: the fixtures made from them, with the catalogue as it ships."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.exposure import Exposure
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import read_description
from hds_audit.resolve.custody import custody
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.world import World

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 24)


@cache
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "rules" / "_catalogue")


def world(case: str, on: date = TODAY) -> World:
    return World(read_description(ROOT / "fixtures" / case / "infra.yaml", catalogue()), catalogue(), on, all_derivations())


def found(case: str, law: str = "us:cloud-act", on: date = TODAY) -> dict[tuple[str, str, str], Exposure]:
    return {(each.organisation, each.data, each.component): each for each in exposures(world(case, on)) if each.law == law}


@pytest.mark.parametrize("on", [date(2022, 1, 15), TODAY])
def test_tomo_has_no_established_american_path_at_its_hosts(on: date) -> None:
    listed = exposures(world("tomo", on))
    american = [each for each in listed if each.country == "US"]
    assert {each.organisation for each in american} == {"ovhcloud"}
    assert {each.certainty for each in american} == {"debated"}
    assert not [each for each in listed if each.organisation == "scaleway"]


def test_tomo_itself_is_unknown_since_nobody_says_whose_it_is() -> None:
    mine = [each for each in exposures(world("tomo")) if each.organisation == "tomo"]
    assert mine
    assert all(each.law is None and "organisations.tomo.country" in each.missing for each in mine)


@pytest.mark.parametrize("on", [date(2020, 6, 5), TODAY])
def test_doctolib_in_2020_is_ciphertext_to_its_cloud_end_to_end_and_not_elsewhere(on: date) -> None:
    listed = found("doctolib-2020-06", on=on)
    assert listed["aws", "patient-data", "encrypted-store"].degree == "ciphertext"
    assert listed["aws", "patient-data", "application"].degree == "ciphertext"
    assert listed["aws", "other-data", "application"].degree == "in-use"
    assert listed["aws", "other-data", "database"].degree == "unknown"
    assert listed["aws", "other-data", "database"].missing == ("components.database.encryption",)
    assert {each.certainty for each in listed.values()} == {"established"}


def test_what_the_interview_of_2020_says_twice_of_the_key_leaves_custody_unknown() -> None:
    (key,) = custody(world("doctolib-2020-06", date(2020, 6, 5)))
    assert (key.grade, key.missing) == (None, ("keys.patient-keys.place",))


@pytest.mark.parametrize("law", ["us:cloud-act", "us:fisa-702"])
@pytest.mark.parametrize("on", [date(2021, 11, 17), TODAY])
def test_doctolib_in_2021_keeps_the_key_from_its_cloud_and_not_what_the_application_handles(law: str, on: date) -> None:
    listed = found("doctolib-2021-11", law, on)
    assert listed["aws", "patient-data", "store"].degree == "ciphertext"
    assert listed["aws", "searches", "application"].degree == "in-use"
    assert listed["facebook", "searches", "facebook"].degree == "unknown"  # what the cookie sent is disputed


def test_the_imaging_vendor_reads_at_rest_although_transfer_is_encrypted() -> None:
    listed = found("cosante-imaging")
    vendor = listed["imaging-vendor", "images", "image-store"]
    assert (vendor.degree, vendor.certainty) == ("clear", "established")
    assert "imaging-group" in [step.id for step in vendor.path]


def test_the_chain_of_scalingo_is_followed_to_its_end() -> None:
    listed = found("scalingo-app")
    web = listed["outscale", "records", "web"]
    assert (web.degree, web.certainty, web.role) == ("in-use", "debated", "subcontractor")
    assert [(step.kind, step.id) for step in web.path] == [
        ("data", "records"), ("component", "web"), ("host", "scalingo"), ("organisation", "outscale"), ("country", "US"), ("law", "us:cloud-act"),
    ]  # fmt: skip
    assert not [name for name, *_ in listed if name == "scalingo"]


def test_each_step_of_a_path_has_its_place_or_its_source() -> None:
    for case in ("tomo", "doctolib-2020-06", "doctolib-2021-11", "cosante-imaging", "scalingo-app", "reference"):
        for each in exposures(world(case)):
            for step in each.path:
                assert step.mark or step.source, (case, step)


def test_every_step_speaks_both_languages() -> None:
    for case in ("doctolib-2020-06", "doctolib-2021-11", "reference"):
        for each in exposures(world(case)):
            assert all(step.why.en and step.why.fr and step.why.en != step.why.fr for step in each.path)

