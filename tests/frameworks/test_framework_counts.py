"""No number of a text is forgotten."""

from collections import Counter

from framework_controls import controls_of, family_of

from hds_audit.model.framework import Frameworks

FIRST_CLAUSES = [f"csp:R.1111-11.I.{number}" for number in range(1, 15)]
CLAUSES_OF_2026 = [
    f"csp:R.1111-11.I.{slug}"
    for slug in (
        "rights-information", "third-country-transfers", "extra-eu-laws", "mitigations", "residual-risks", "public-transfer-map",
    )
]  # fmt: skip
GDPR = [
    "4.5",
    "4.15",
    "5.1.a",
    "5.1.b",
    "5.1.c",
    "5.1.d",
    "5.1.e",
    "5.1.f",
    "5.2",
    "6",
    "7",
    "8",
    "9.1",
    "9.2",
    "9.2.a",
    "9.2.h",
    "9.2.i",
    "9.2.j",
    "9.3",
    "9.4",
    "12",
    "13",
    "14",
    "24",
    "25",
    "25.1",
    "25.2",
    "26",
    "28.1",
    "28.2",
    "28.3",
    "28.3.a",
    "28.3.b",
    "28.3.c",
    "28.3.d",
    "28.3.e",
    "28.3.f",
    "28.3.g",
    "28.3.h",
    "28.4",
    "30.1",
    "30.2",
    "30.5",
    "32.1",
    "32.1.a",
    "32.1.b",
    "32.1.c",
    "32.1.d",
    "32.2",
    "32.4",
    "33.1",
    "33.2",
    "33.5",
    "34.1",
    "34.3.a",
    "35.1",
    "35.3.b",
    "35.7",
    "35.11",
    "36.1",
    "37.1.a",
    "37.1.c",
    "37.7",
    "44",
    "45",
    "46",
    "48",
    "49",
    "83.4",
    "83.5",
]
SECNUMCLOUD = [
    "9.5.a",
    "9.5.b",
    "9.5.c",
    "10",
    "10.1.a",
    "10.1.b",
    "10.1.d",
    "10.2.a",
    "10.2.c",
    "10.2.d",
    "10.2.e",
    "10.3.a",
    "10.3.b",
    "10.3.d",
    "10.4.a",
    "10.5.a",
    "10.5.c",
    "10.5.d",
    "10.6.a",
    "19.2",
    "19.2.a",
    "19.2.b",
    "19.2.c",
    "19.2.d",
    "19.2.e",
    "19.6",
    "19.6.a",
    "19.6.b",
    "19.6.c",
    "19.6.d",
    "19.6.e",
    "19.6.f",
]
TLS = [*(f"R{number}" for number in range(1, 40)), "R7-", "R8-", "R9-", "R10-", "R18-", "R21-"]
CNIL = [
    "2017-012",
    "2022-100",
    "2025-019",
    "2021-122",
    "2021-118",
    "2020-081",
    "2018-327",
    "2019-118",
    "2019-093",
    "2020-091",
    "2020-092",
    "health-categories",
]
PGSSI = ["1.3.2.2", "4.5.1.1", "4.5.6.4", "5.3.1.3", "6.6.2.3", "7.2.1.1", "7.2.2.5", "7.4.4.4"]


def ids(texts: Frameworks, framework: str) -> list[str]:
    return [control.id for control in controls_of(texts, framework)]


def test_hds_v2_has_its_31_requirements_in_order(texts: Frameworks) -> None:
    assert ids(texts, "hds-v2") == [f"hds:EXI-{number:02}" for number in range(1, 32)]


def test_the_code_has_its_clauses_activities_and_articles(texts: Frameworks) -> None:
    held = ids(texts, "csp")
    assert [name for name in held if name.startswith("csp:R.1111-11.I.")] == FIRST_CLAUSES + CLAUSES_OF_2026
    assert [name for name in held if name.startswith("csp:R.1111-9.")] == [f"csp:R.1111-9.{number}" for number in range(1, 7)]
    articles = "L.1111-8 R.1111-8-8 R.1111-8-8.II R.1111-9 R.1111-9-1 R.1111-10 R.1111-11 R.1111-11.II L.1470-5 L.1115-1 L.1110-4"
    assert {f"csp:{article}" for article in articles.split()} <= set(held)


def test_every_clause_answers_to_a_requirement_of_the_certificate(texts: Frameworks) -> None:
    for name in FIRST_CLAUSES:
        control = texts.control(name)
        assert control is not None
        assert any(other.startswith("hds:EXI-") for other in control.related), name


def test_gdpr_is_there_letter_by_letter(texts: Frameworks) -> None:
    assert ids(texts, "gdpr") == [f"gdpr:{number}" for number in GDPR]


def test_iso_annex_a_has_its_93_controls_by_theme(texts: Frameworks) -> None:
    held = ids(texts, "iso27001")
    expected = {5: 37, 6: 8, 7: 14, 8: 34}
    assert held == [f"iso27001:A.{theme}.{number}" for theme, last in expected.items() for number in range(1, last + 1)]


def test_iso_classes_and_bases_are_those_counted(texts: Frameworks) -> None:
    controls = controls_of(texts, "iso27001")
    assert Counter(control.visibility for control in controls) == {"judged": 3, "part": 77, "attestation": 13}
    whole = {control.id for control in controls if control.visibility == "judged"}
    assert whole == {"iso27001:A.8.17", "iso27001:A.8.31", "iso27001:A.8.33"}  # nothing of substance is left to a person
    assert Counter(control.basis for control in controls) == {
        ("declared",): 35, ("declared", "observed"): 16, ("observed",): 2, ("inherited",): 10, ("attested",): 17, ("none",): 13,
    }  # fmt: skip
    inherited = [control for control in controls if control.basis == ("inherited",)]
    assert all(control.ask_host and control.id.startswith("iso27001:A.7.") for control in inherited)


def test_iso_predecessors_make_the_114_controls_of_2013(texts: Frameworks) -> None:
    named = Counter(old for control in controls_of(texts, "iso27001") for old in control.predecessors)
    assert len(named) == 114
    assert {old for old, times in named.items() if times > 1} == {"A.18.2.3"}
    fresh = {control.id.removeprefix("iso27001:A.") for control in controls_of(texts, "iso27001") if not control.predecessors}
    assert fresh == {"5.7", "5.23", "5.30", "7.4", "8.9", "8.10", "8.11", "8.12", "8.16", "8.23", "8.28"}


def test_iso_clauses_4_to_10_are_all_there(texts: Frameworks) -> None:
    held = [name.removeprefix("iso27001:") for name in ids(texts, "iso27001-clauses")]
    assert len(held) == 41
    assert {name for name in held if "." not in name} == {"4", "5", "6", "7", "8", "9", "10"}
    in_part = {control.id for control in controls_of(texts, "iso27001-clauses") if control.visibility == "part"}
    assert in_part == {f"iso27001:{number}" for number in ["4.1", "4.3", "6.1.2", "6.1.3", "7.5.2", "8.2", "9.2", "9.3", "10.2"]}


def test_secnumcloud_tls_cnil_and_pgssi_numbers(texts: Frameworks) -> None:
    assert ids(texts, "secnumcloud") == [f"secnumcloud:{number}" for number in SECNUMCLOUD]
    assert set(ids(texts, "anssi-tls")) == {f"anssi-tls:{number}" for number in TLS}
    assert set(ids(texts, "cnil")) == {f"cnil:{name}" for name in CNIL} | {f"cnil:guide-{number}" for number in range(1, 26)}
    assert {f"pgssi-s:{number}" for number in PGSSI} <= set(ids(texts, "pgssi-s"))


def test_use_cases_and_foreign_laws(texts: Frameworks) -> None:
    assert {*(f"edpb:uc{number}" for number in range(1, 8)), "edpb:05-2021-ex12", "wp29:05-2014"} == set(ids(texts, "edpb"))
    laws = "us:cloud-act us:fisa-702 us:eo-12333 us:patriot-215 gb:ipa cn:nil ch:buepf ca:criminal-code in:it-act-69 ru:yarovaya"
    assert set(laws.split()) <= set(ids(texts, "foreign-laws"))


def test_each_of_the_four_frameworks_counts_something_else(texts: Frameworks) -> None:
    counted = {family: len(family_of(texts, family)) for family in ("hds", "gdpr", "cloud_act", "iso27001")}
    assert sum(counted.values()) == len(texts.by_id) == sum(len(text.controls) for text in texts.texts)
    assert counted["iso27001"] == 93 + 41 + 1
    assert all(count > 50 for count in counted.values())
