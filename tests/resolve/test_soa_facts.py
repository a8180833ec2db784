"""The statement of applicability: what it lacks, and each of the contradictions that a description can show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hosting_worlds import Plain, fact, world

from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.model.soa import ANNEX_A, SoaEntry, Statement
from hds_audit.model.text import Text
from hds_audit.pipeline.applicability import statement_of
from hds_audit.read.frameworks import load_frameworks
from hds_audit.resolve.soa import DERIVATIONS

STATEMENT = "governance.statement_of_applicability"
RECORD = {"health": "nature", "identifiability": "identified", "collected_in": ["care"], "controller": ["health-professionals"]}
ENVIRONMENTS = {"production": {"data": "real"}, "staging": {"data": "synthetic"}}


def excluding(*controls: str, **plain: Any) -> Plain:
    listed = [{"control": control, "justification": "no use of it"} for control in controls]
    governance = {**plain.pop("governance", {}), "statement_of_applicability": {"exclusions": listed}}
    return {**plain, "governance": governance}


def contradictions(plain: Plain) -> tuple[str, ...]:
    return said(fact(world(plain), "application", "application", "soa_contradictions"))


def said(found: Fact) -> tuple[str, ...]:
    assert isinstance(found.value, tuple)
    return tuple(str(item.value) if isinstance(item, Fact) else str(item) for item in found.value)


def gaps(*entries: SoaEntry) -> tuple[str, ...]:
    here = world({"governance": {"statement_of_applicability": True}})
    here.statement = Statement("soa.csv", entries)
    return said(fact(here, "application", "application", "soa_gaps"))


def whole() -> list[SoaEntry]:
    return [SoaEntry(control, True, "risk treatment", "implemented") for control in ANNEX_A]


SHOWN: list[tuple[str, Plain]] = [
    ("A.5.19", {"hosts": {"h": {"provider": "bigcloud", "service": "paas"}}}),
    ("A.5.20", {"hosts": {"h": {"provider": "bigcloud", "service": "paas"}}}),
    ("A.5.21", {"components": {"c": {"product": {"name": "django"}}}}),
    ("A.5.21", {"hosts": {"h": {"provider": "bigcloud", "subcontractors": ["parisian"]}}}),
    ("A.5.14", {"data": {"record": RECORD}, "components": {"c": {}, "d": {}}, "flows": [{"from": "c", "to": "d", "data": ["record"]}]}),
    ("A.5.22", {"hosts": {"h": {"provider": "bigcloud", "service": "paas"}}}),
    ("A.8.2", {"components": {"c": {"administrators": ["bigcloud"]}}}),
    ("A.8.5", {"components": {"c": {"authentication": {"patients": {"means": ["password"]}}}}}),
    ("A.8.8", {"components": {"c": {"product": {"name": "django"}}}}),
    ("A.8.15", {"components": {"c": {"logging": {"access": True}}}}),
    ("A.8.15", {"logging": {"retention": "P6M"}}),
    ("A.8.20", {"components": {"c": {}, "d": {}}, "flows": [{"from": "c", "to": "d", "transport": {"tls": ["1.3"]}}]}),
    ("A.8.21", {"components": {"c": {}, "d": {}}, "flows": [{"from": "c", "to": "d", "transport": {"tls": ["1.3"]}}]}),
    ("A.5.23", {"hosts": {"h": {"provider": "bigcloud", "service": "paas"}}}),
    ("A.5.30", {"application": {"name": "x", "rto": "PT4H"}}),
    ("A.5.34", {"data": {"record": RECORD}}),
    ("A.6.7", {"components": {"c": {"access": {"bastion": True}}}}),
    (
        "A.7.4",
        {
            "data": {"record": RECORD},
            "hosts": {"h": {"provider": "bigcloud", "service": "on-premises"}},
            "components": {"c": {"host": "h", "stores": ["record"]}},
        },
    ),
    ("A.7.10", {"governance": {"removable_media": {"encrypted": True}}}),
    ("A.8.4", {"governance": {"source_code": {"private": True}}}),
    ("A.8.28", {"hosts": {"h": {"provider": "bigcloud", "service": "source-code"}}}),
    ("A.8.10", {"data": {"record": {**RECORD, "retention": {"active": "P5Y"}}}}),
    ("A.8.11", {"environments": ENVIRONMENTS}),
    ("A.8.13", {"data": {"record": RECORD}, "components": {"c": {"stores": ["record"]}}}),
    ("A.8.24", {"keys": {"k": {"place": "hsm"}}}),
    ("A.8.24", {"components": {"c": {"encryption": [{"layer": "volume"}]}}}),
    ("A.8.30", {"governance": {"development": {"outsourced": ["parisian"]}}}),
    ("A.8.31", {"environments": ENVIRONMENTS}),
    ("A.8.33", {"environments": ENVIRONMENTS}),
]


@pytest.mark.parametrize(("control", "plain"), SHOWN)
def test_an_exclusion_that_the_description_contradicts_is_named_with_what_shows_it(control: str, plain: Plain) -> None:
    found = fact(world(excluding(control, **plain)), "application", "application", "soa_contradictions")
    assert said(found) == (control,)
    assert isinstance(found.value, tuple)
    assert found.value[0].because, "what shows it is named"


@pytest.mark.parametrize("control", sorted({control for control, _ in SHOWN}))
def test_silence_contradicts_nothing(control: str) -> None:
    plain = excluding(control, hosts={"h": {"service": "on-premises"}})
    assert contradictions(plain) == ()


@pytest.mark.parametrize(
    ("control", "plain"),
    [
        ("A.8.24", {"components": {"c": {"encryption": []}}}),
        ("A.8.13", {"components": {"c": {"stores": []}}}),
        ("A.7.10", {"governance": {"removable_media": False}}),
        ("A.8.30", {"governance": {"development": {"outsourced": []}}}),
        ("A.8.31", {"environments": {"production": {"data": "real"}}}),
        ("A.8.11", {"environments": {"prod": {"data": "real"}}}),
        ("A.7.4", {"data": {"record": RECORD}, "hosts": {"h": {"service": "paas"}}, "components": {"c": {"host": "h", "stores": ["record"]}}}),
    ],
)  # fmt: skip
def test_what_is_said_not_to_be_there_contradicts_nothing(control: str, plain: Plain) -> None:
    assert contradictions(excluding(control, **plain)) == ()


def test_an_included_control_is_never_contradicted() -> None:
    assert contradictions(excluding("A.6.1", keys={"k": {"place": "hsm"}})) == ()


def test_the_file_has_the_last_word_over_declared_exclusions() -> None:
    here = world(excluding("A.8.24", keys={"k": {"place": "hsm"}}))
    here.statement = Statement("soa.csv", tuple(whole()))
    assert said(fact(here, "application", "application", "soa_contradictions")) == ()


def test_every_contradiction_of_the_framework_is_looked_for() -> None:
    listed = {control.removeprefix("iso27001:") for item in frameworks().soa for control in item.controls}
    for control in listed:
        shown = [plain for name, plain in SHOWN if name == control or (control.startswith("A.7.") and name == "A.7.4")]
        shown = shown or [plain for name, plain in SHOWN if name == "A.8.4"]
        assert contradictions(excluding(control, **shown[0])) == (control,), control


def frameworks() -> Any:
    return load_frameworks(Path(__file__).parent.parent.parent / "rules" / "_frameworks")


def test_a_whole_statement_lacks_nothing() -> None:
    assert gaps(*whole()) == ()


def test_what_a_statement_lacks_is_named_line_by_line() -> None:
    lines = [*whole()[1:], *(SoaEntry(name, True, "x", "y") for name in ("A.6.1", "A.14.2.7", "Backups"))]
    assert gaps(*lines) == ("A.5.1: absent", "A.6.1: x2", "A.14.2.7: 2013", "Backups: ?")


@pytest.mark.parametrize(
    ("line", "lack"),
    [
        (SoaEntry("A.5.1", None), "A.5.1: applicable?"),
        (SoaEntry("A.5.1", False), "A.5.1: justification?"),
        (SoaEntry("A.5.1", True, "", "done"), "A.5.1: justification?"),
        (SoaEntry("A.5.1", True, "risk"), "A.5.1: status?"),
    ],
)
def test_each_line_says_whether_why_and_how_far(line: SoaEntry, lack: str) -> None:
    assert gaps(line, *whole()[1:]) == (lack,)


@pytest.mark.parametrize("path", sorted(name for _, name in DERIVATIONS))
def test_without_a_line_read_nothing_is_known(path: str) -> None:
    for plain in ({}, {"governance": {"statement_of_applicability": {"document": "soa.pdf"}}}):
        found = fact(world(plain), "application", "application", path)
        assert (found.value, found.missing[0].startswith(STATEMENT)) == (UNKNOWN, True)


def test_the_document_is_read_where_it_is_a_sheet_inside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "soa.csv").write_text("control,applicable,justification,status\nA.5.1,no,nobody,\n", "utf-8")
    for document, expected in (("soa.csv", True), ("soa.pdf", False), ("absent.csv", False), ("../soa.csv", False)):
        described = world({"governance": {"statement_of_applicability": {"document": document}}}).description
        assert (statement_of(described, tmp_path) is not None) is expected, document
    assert statement_of(world({}).description, tmp_path) is None


@pytest.mark.parametrize("exclusions", [[], [{"control": "A.8.30", "justification": "nobody outside develops"}]])
def test_exclusions_without_the_file_never_show_that_the_rest_is_there(exclusions: list[Plain]) -> None:
    plain: Plain = {"governance": {"statement_of_applicability": {"document": "soa.pdf", "exclusions": exclusions}}}
    found = fact(world(plain), "application", "application", "soa_gaps").value
    assert isinstance(found, tuple)
    assert [(item.value, item.missing) for item in found] == [(UNKNOWN, (f"{STATEMENT}.document",))]


def test_exclusions_without_the_file_show_a_gap_of_their_own() -> None:
    found = fact(
        world({"governance": {"statement_of_applicability": {"exclusions": [{"control": "A.8.30"}]}}}),
        "application",
        "application",
        "soa_gaps",
    )
    assert isinstance(found.value, tuple)
    assert found.value[0] == "A.8.30: justification?"


def test_a_maintainer_is_no_cloud_and_a_supplier_all_the_same() -> None:
    hosts: Plain = {"hosts": {"m": {"provider": "bigcloud", "service": "managed-services"}}}
    assert contradictions(excluding("A.5.23", "A.5.19", **hosts)) == ("A.5.19",)


@pytest.mark.parametrize("name", ["dr", "pra", "secours", "standby", "live", "PROD", "prod-eu", "production_2", "live.fr"])
def test_an_environment_of_production_by_another_name_is_no_test(name: str) -> None:
    environments = {"production": {"data": "real"}, name: {"data": "real"}}
    assert contradictions(excluding("A.8.11", "A.8.33", environments=environments)) == ()


@pytest.mark.parametrize("name", ["preprod", "non-prod", "staging", "drill", "livetest"])
def test_an_environment_that_only_sounds_like_production_is_another(name: str) -> None:
    environments = {"production": {"data": "real"}, name: {"data": "synthetic"}}
    assert contradictions(excluding("A.8.11", environments=environments)) == ("A.8.11",)


def test_a_gap_is_said_in_both_languages() -> None:
    here = world({"governance": {"statement_of_applicability": True}})
    here.statement = Statement("soa.csv", tuple(whole()[1:]))
    found = fact(here, "application", "application", "soa_gaps").value
    assert isinstance(found, tuple)
    assert [getattr(each, "words", None) for each in found] == [Text("A.5.1 is missing", "A.5.1 absente")]
