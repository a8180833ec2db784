"""The cases of the articles: what is expected of each holds, and it tells what its article tells."""

import json

import pytest

from tests.cases.expectation import DAYS, FIXTURES, audited, said


@pytest.mark.parametrize(("case", "day"), [(case, day) for case, days in DAYS.items() for day in days])
def test_the_case_says_what_is_expected(case: str, day: str) -> None:
    expected = json.loads((FIXTURES / case / "expected.json").read_text("utf-8"))
    assert said(audited(case, day)) == expected[day]


def test_every_case_has_its_expectations() -> None:
    assert sorted(path.parent.name for path in FIXTURES.glob("*/infra.yaml")) == sorted(DAYS)


@pytest.mark.parametrize("day", DAYS["tomo"])
def test_tomo_fails_nothing_since_its_page_leaves_it_open(day: str) -> None:
    report = audited("tomo", day)
    assert [finding.rule for finding in report.findings if finding.verdict in ("fail", "error")] == []
    assert report.outcome == "not-established"


@pytest.mark.parametrize("day", DAYS["tomo"])
def test_tomo_has_no_established_american_path_and_ovh_is_debated(day: str) -> None:
    american = [row for row in audited("tomo", day).exposures if (row.law or "").startswith("us:")]
    assert {row.organisation for row in american} == {"ovhcloud"}
    assert {row.certainty for row in american} == {"debated"}


def test_the_imaging_vendor_is_exposed_in_the_clear_and_certified_for_nothing() -> None:
    report = audited("cosante-imaging", "2020-09-01")
    assert ("us:cloud-act", "clear", "established") in {(row.law, row.degree, row.certainty) for row in report.exposures}
    assert {row.verdict for row in report.activities} == {"not-covered"}
    assert report.exit_code == 1


def test_an_approval_was_possible_in_2020_and_is_not_in_2026() -> None:
    then, now = (audited("cosante-platform", day) for day in DAYS["cosante-platform"])
    assert then.outcome != "non-compliant"
    assert now.outcome == "non-compliant"
    assert "expired" in {row.verdict for row in now.activities}


def test_scalingo_covers_its_six_activities_and_the_unsigned_annex_is_what_blocks() -> None:
    signed, unsigned = audited("scalingo-app", "2026-11-22"), audited("scalingo-app-unsigned", "2026-11-22")
    assert {row.verdict for row in signed.activities} == {"covered"}
    fails = {finding.rule for finding in unsigned.findings if finding.verdict == "fail" and unsigned.rules[finding.rule].level == "mandatory"}
    assert "HDS-ANNEX-SIGNED" in fails
    assert not {finding.rule for finding in signed.findings if finding.verdict == "fail" and signed.rules[finding.rule].level == "mandatory"}
    assert "outscale" in {row.organisation for row in signed.exposures}


def test_doctolib_in_2020_is_ciphertext_to_aws_where_it_is_end_to_end_and_in_use_where_it_is_not() -> None:
    report = audited("doctolib-2020-06", "2020-06-15")
    degrees = {(row.data, row.component): row.degree for row in report.exposures if row.organisation == "aws" and row.law == "us:cloud-act"}
    assert degrees["patient-data", "encrypted-store"] == "ciphertext"
    assert degrees["other-data", "application"] == "in-use"
    assert [row.grade for row in report.custody] == [None]


def test_the_trackers_of_june_are_not_shown_in_november() -> None:
    report = audited("doctolib-2021-11", "2021-11-17")
    trackers = [finding for finding in report.findings if finding.subject.id in ("facebook", "outbrain", "facebook-cookie", "outbrain-cookie")]
    assert trackers
    assert [finding.rule for finding in trackers if finding.verdict == "fail" and report.rules[finding.rule].level != "sovereign"] == []
