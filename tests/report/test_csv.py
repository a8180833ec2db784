"""Findings and the action plan as comma-separated values."""

import csv
import io

import pytest
from factory import FINDINGS, HOSTILE, empty, hostile, report

from hds_audit.report import csv as findings_csv
from hds_audit.report import plan
from hds_audit.report.format import Style

FORMS = pytest.mark.parametrize("form", [findings_csv, plan], ids=["csv", "plan"])


def lines(form, made, language="en"):
    content = b"".join(form.FORMAT.render(made, Style(language)))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_is_a_line_for_each_finding_passes_included():
    rows = lines(findings_csv, report())
    assert [row["fingerprint"] for row in rows] == [finding.fingerprint for finding in FINDINGS]


def test_a_finding_carries_its_place_its_texts_and_its_waiver():
    rows = {row["fingerprint"]: row for row in lines(findings_csv, report())}
    place = rows["HDS-28-STORAGE/component/copies"]
    assert (place["file"], place["line"], place["column"], place["state"]) == ("infra.yaml", "60", "5", "introduced")
    waived = rows["SNC-19-6/host/mailer"]
    assert (waived["verdict"], waived["waiver_owner"], waived["waiver_expires"]) == ("fail", "DSI", "2027-03-31")
    assert rows["HDS-CLAUSE-01/host/mailer"]["missing"] == "hosts.mailer.contract.clauses"


@FORMS
def test_machine_words_stay_and_sentences_follow_the_language(form):
    english, french = lines(form, report(), "en"), lines(form, report(), "fr")
    assert len(english) == len(french)
    machine = {"verdict", "level", "severity", "rule", "action", "order", "controls", "path"}
    for one, other in zip(english, french, strict=True):
        assert {key: one[key] for key in machine & one.keys()} == {key: other[key] for key in machine & one.keys()}
    assert english != french


def test_the_plan_mends_then_declares_then_attests():
    rows = lines(plan, report())
    assert [row["order"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    kinds = [row["action"] for row in rows]
    assert kinds == sorted(kinds, key=["mend", "declare", "attest"].index)
    assert rows[0]["rules"] in ("HDS-28-STORAGE", "HDS-CLAUSE-02")
    declared = [row for row in rows if row["action"] == "declare"]
    assert [(row["path"], row["settles"]) for row in declared] == [
        ("hosts.mailer.contract.clauses", "2"),
        ("components.app.encryption", "1"),
    ]
    assert declared[0]["rules"] == "HDS-CLAUSE-01; HDS-CLAUSE-02"
    assert next(row for row in rows if row["rules"] == "SNC-19-6")["owner"] == "DSI"


@FORMS
def test_nothing_judged_gives_a_head_alone(form):
    assert lines(form, empty()) == []


@FORMS
@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", 'a\r\nb,"c"', "x" * 1_000_000])
def test_hostile_texts_stay_in_their_cells_and_are_no_formula(form, text):
    rows = lines(form, hostile(text))
    assert rows
    for row in rows:
        assert None not in row
        for value in row.values():
            assert not value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
            assert len(value) <= 32_767
            assert "\x00" not in value
