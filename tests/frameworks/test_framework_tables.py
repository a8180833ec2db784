"""Each entry of the tables of facts has its control; skipped where the tables are not at hand."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from framework_controls import controls_of

from hds_audit.model.framework import Frameworks

GDPR_ENTRIES = {
    "4(15)": "4.15", "4(5)": "4.5", "5(1)(a)-(f)": "5.1.a 5.1.f", "5(2)": "5.2", "6": "6", "9(1), 9(2), 9(4)": "9.1 9.2 9.4", "13-14": "13 14",
    "24": "24", "25": "25.1 25.2", "28(1)": "28.1", "28(2)": "28.2", "28(3)(a)-(h)": "28.3.a 28.3.h", "28(4)": "28.4",
    "30(1), 30(2), 30(5)": "30.1 30.2 30.5", "32(1)(a)": "32.1.a", "32(1)(b)": "32.1.b", "32(1)(c)": "32.1.c", "32(1)(d)": "32.1.d",
    "33": "33.1 33.2 33.5", "34(1), 34(3)(a)": "34.1 34.3.a", "35(1), 35(3)(b)": "35.1 35.3.b", "37(1)(c)": "37.1.c", "44": "44", "45": "45",
    "46": "46", "48": "48", "49": "49", "83(4), 83(5)": "83.4 83.5",
}  # fmt: skip


def table(name: str) -> Any:
    given = os.environ.get("HDS_AUDIT_DATA")
    path = Path(given or "", "law", name)
    if not given or not path.exists():
        pytest.skip("HDS_AUDIT_DATA does not name a folder that holds law/" + name)
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # every scalar as written


def test_the_31_requirements(texts: Frameworks) -> None:
    rows = table("hds_v2_requirements.yaml")["requirements"]
    assert {f"hds:{row['id']}" for row in rows} == {control.id for control in controls_of(texts, "hds-v2")}


def test_the_14_clauses_each_with_its_requirement(texts: Frameworks) -> None:
    for row in table("hds_contract_clauses.yaml")["clauses"]:
        control = texts.control(f"csp:R.1111-11.I.{row['no']}")
        assert control is not None
        assert f"hds:{row['exi']}" in control.related


def test_the_additions_of_2026_save_the_one_nobody_saw(texts: Frameworks) -> None:
    slugs = {
        row["slug"].replace("_", "-") for row in table("hds_contract_clauses.yaml")["additions_2026"] if row.get("status") != "UNKNOWN"
    }
    assert {f"csp:R.1111-11.I.{slug}" for slug in slugs} <= set(texts.by_id)


def test_the_28_entries_of_the_gdpr(texts: Frameworks) -> None:
    entries = [row["art"] for row in table("gdpr_articles.yaml")["articles"]]
    assert entries == list(GDPR_ENTRIES)
    assert {f"gdpr:{number}" for numbers in GDPR_ENTRIES.values() for number in numbers.split()} <= set(texts.by_id)


def test_iso_titles_classes_and_bases(texts: Frameworks) -> None:
    visibility = {"decidable": "judged", "partly": "part", "auditor": "attestation"}
    data = table("iso27001.yaml")
    for row in data["controls"]:
        control = texts.control(f"iso27001:{row['id']}")
        assert control is not None
        assert tuple(control.title) == (row["title"]["en"], row["title"]["fr"])
        narrower = row["class"] == "decidable" and control.visibility == "part"  # decidable in principle: our rules read a part of it
        assert control.visibility == visibility[row["class"]] or narrower, row["id"]
        assert "+".join(control.basis) == row["basis"]
        assert list(control.predecessors) == row["predecessors_2013"]
        assert {f"hds:{exi[:6]}" for exi in row.get("hds_v2_overlap") or []} == {
            name for name in control.related if name.startswith("hds:")
        }
    assert [f"iso27001:{row['id']}" for row in data["clauses"]] == [control.id for control in controls_of(texts, "iso27001-clauses")]
    assert len(data["soa_contradictions"]) == len(texts.soa)


def test_our_words_are_not_those_of_the_table(texts: Frameworks) -> None:
    for row in table("iso27001.yaml")["controls"]:
        control = texts.control(f"iso27001:{row['id']}")
        assert control is not None
        assert control.text.en not in {condition["text"] for condition in row.get("conditions") or []}


def test_tls_cryptography_and_pgssi(texts: Frameworks) -> None:
    data = table("tls_crypto.yaml")
    assert {f"anssi-tls:{number}" for number in data["anssi_tls"]} <= set(texts.by_id)
    assert {f"pgssi-s:{number}" for number in data["pgssi_s"]} <= set(texts.by_id)
    assert {f"clausier-sante:{number}" for number in data["clausier_sante"] if number != "status"} <= set(texts.by_id)


def test_secnumcloud_letters(texts: Frameworks) -> None:
    data = table("secnumcloud_19.yaml")
    wanted = {f"19.2.{letter}" for letter in data["chapter_19_2_location"]} | {f"19.6.{letter}" for letter in data["chapter_19_6_immunity"]}
    wanted |= {f"9.5.{letter}" for letter in data["chapter_9_5"]}
    wanted |= {"10.3.a" if number == "10.3" else number for number in data["chapter_10"]}
    assert {f"secnumcloud:{number}" for number in wanted} <= set(texts.by_id)


def test_use_cases_rulings_and_laws(texts: Frameworks) -> None:
    assert {f"edpb:uc{row['uc']}" for row in table("edpb_use_cases.yaml")["use_cases"]} <= set(texts.by_id)
    cases = table("case_law.yaml")
    assert len(cases["cases"]) + len(cases["cnil_sanctions"]) == len(controls_of(texts, "case-law"))
    assert len(table("extraterritorial_laws.yaml")["laws"]) <= len(controls_of(texts, "foreign-laws"))
