"""JUnit XML: what CI servers read."""

from xml.etree import ElementTree

import pytest
import schemas
from factory import FINDINGS, HOSTILE, empty, hostile, report

from hds_audit.report.format import Style
from hds_audit.report.junit import FORMAT

CASES = {"whole": report(), "empty": empty(), **{f"hostile-{number}": hostile(text) for number, text in enumerate(HOSTILE)}}
CASES["huge"] = hostile("]]>\x00\x1b" * 200_000)


def rendered(made, language="fr"):
    return b"".join(FORMAT.render(made, Style(language)))


def parsed(made, language="fr"):
    return ElementTree.fromstring(rendered(made, language))


@pytest.mark.parametrize("name", CASES)
def test_the_schema_of_jenkins_accepts_it(name):
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.fromstring(schemas.junit()))
    schema.assertValid(etree.fromstring(rendered(CASES[name])))


@pytest.mark.parametrize("name", CASES)
def test_it_is_well_formed_and_counts_what_it_holds(name):
    root = parsed(CASES[name])
    cases = root.findall("testsuite/testcase")
    assert int(root.get("tests")) == len(cases)
    for suite in root.findall("testsuite"):
        for counter, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(counter)) == len(suite.findall(f"testcase/{tag}"))


def test_there_is_a_suite_a_text_and_a_case_a_finding():
    root = parsed(report())
    assert [suite.get("name") for suite in root] == ["HDS", "RGPD", "Lois étrangères", "ISO/IEC 27001"]
    assert sum(len(suite) for suite in root) == len(FINDINGS)


def case(subject, rule):
    return next(item for item in parsed(report()).iter("testcase") if item.get("name") == subject and item.get("classname") == rule)


def test_what_is_not_shown_is_skipped_with_the_reason_and_never_a_pass():
    assert "non démontré" in case("host mailer", "HDS-CLAUSE-01").find("skipped").get("message")
    assert "à attester" in case("application application", "HDS-SECRECY").find("skipped").get("message")


def test_a_fail_says_where_and_what_to_do():
    failed = case("component copies", "HDS-28-STORAGE")
    assert (failed.get("file"), failed.get("line")) == ("infra.yaml", "60")
    assert "Corriger HDS-28-STORAGE" in failed.find("failure").text


def test_an_accepted_risk_stays_a_failure():
    assert "non-conformité maintenue" in case("host mailer", "SNC-19-6").find("failure").get("message")


def test_a_rule_that_broke_is_an_error():
    assert case("component db", "ISO-A824").find("error") is not None
