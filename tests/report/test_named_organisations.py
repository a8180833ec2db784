"""Organisations stand under their names and countries in every format that people read; countries are those that were worked out."""

import json

import pytest
from factory import EXPOSURES, finding, report

from hds_audit.model.place import Place
from hds_audit.model.report import ExposureView, NextStep, OrganisationView, PlacesView, StepView, SubjectRef
from hds_audit.model.text import Text
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named
from hds_audit.report.json import render
from hds_audit.report.terminal import report_lines
from hds_audit.report.views.asked import letters
from hds_audit.report.views.by_text import outcome_table
from hds_audit.report.views.diagram import diagram
from hds_audit.report.views.grouping import by_rule
from hds_audit.report.views.names import Reader, countries, organisations, readers, subject_named, who
from hds_audit.report.views.reach import paths
from hds_audit.report.views.summary import summary
from hds_audit.seal.redaction import redacted

CATALOGUED = {"application": {"operator": "souffle"}, "hosts": {"eu": {"provider": "aws", "service": "iaas", "region": "eu-west-3"}},
              "components": {"db": {"host": "eu", "stores": ["record"]}}, "data": {"record": {"health": "nature", "controller": ["aws"]}}}  # fmt: skip
AWS = (OrganisationView("aws", "Amazon Web Services", "US", ("amazon",)),)


def known(**changes):
    return report(description=CATALOGUED, organisations=AWS, places=(PlacesView("eu", ("FR",), True),), **changes)


def test_a_catalogued_organisation_has_its_name_and_its_country():
    named = who(known())
    assert named("aws") == "Amazon Web Services (US)"
    assert named("nobody") == "nobody"
    assert named("") == ""


def test_without_a_country_the_name_stands_alone():
    assert who(report())("inconnu") == "Inconnu & Fils"


def test_an_old_report_falls_back_on_what_is_declared_and_on_facts():
    assert organisations(report(organisations=()))["nuage"] == ("Nuage SARL", "FR")
    assert who(known()._replace(organisations=()))("aws") == "aws"


def test_countries_are_those_worked_out_else_those_declared():
    assert countries(known()) == {"eu": ("FR",)}
    assert countries(report(places=()))["cloud"] == ("FR", "DE")


def test_subjects_are_said_with_their_providers():
    said = subject_named(known())
    assert said(SubjectRef("host", "eu")) == "eu – Amazon Web Services (US)"
    assert said(SubjectRef("organisation", "aws")) == "Amazon Web Services (US)"
    assert said(SubjectRef("component", "db")) == "db"


def test_the_diagram_has_lanes_under_names_and_places_worked_out():
    (lane,) = diagram(known(findings=(), exposures=())).lanes
    assert (lane.name, lane.country, lane.rows[0].countries) == ("Amazon Web Services", "US", ("FR",))


def test_paths_name_organisations_also_inside_sentences():
    said = Text("is the country of aws", "est le pays de aws")
    steps = (StepView("organisation", "aws", Text("provides it", "le fournit"), None, ""), StepView("country", "US", said, None, ""),
             StepView("law", "us:cloud-act", Text("law of aws-lab, aws.eu and aws: x", "loi de aws-lab, aws.eu et aws : x"), None, ""))  # fmt: skip
    each = ExposureView("us:cloud-act", "aws", "record", "db", "clear", "established", (), steps, "provider")
    (path,) = paths(known(exposures=(each,)), "fr")
    assert (path.organisation, path.role) == ("Amazon Web Services (US)", "fournisseur de l'hébergement")
    assert [step[1:3] for step in path.steps] == [
        ("Amazon Web Services (US)", "le fournit"), ("US", "est le pays de Amazon Web Services (US)"),
        ("us:cloud-act", "loi de aws-lab, aws.eu et Amazon Web Services (US) : x"),
    ]  # fmt: skip


def test_roles_keep_paths_apart():
    one = EXPOSURES[0]
    assert len(paths(report(exposures=(one._replace(role="provider"), one._replace(role="administrator"))), "en")) == 2


@pytest.mark.parametrize("name", ["html", "markdown", "letter"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_format_for_people_says_the_name(name, language):
    where = Place("infra.yaml", 1, 1, "")
    found = (finding("HDS-CLAUSE-02", "host", "eu", "fail", place=where), finding("HDS-CLAUSE-01", "host", "eu", "unknown", missing=("hosts.eu.contract",)))  # fmt: skip
    assert b"Amazon Web Services (US)" in b"".join(format_named(name).render(known(findings=found), Style(language)))


def test_the_terminal_says_the_name_beside_the_place():
    found = (finding("HDS-CLAUSE-02", "host", "eu", "fail", place=Place("infra.yaml", 7, 1, "")),)
    lines = [line.plain for line in report_lines(known(findings=found), "fr")]
    assert any("infra.yaml:7:1: (eu – Amazon Web Services (US))" in line for line in lines)


def test_the_terminal_says_which_flow_a_path_speaks_of():
    lines = [line.plain for line in report_lines(report(next=(NextStep("flows.2.data", Text("data?", "données ?"), 3),)), "fr")]
    assert any("flows.2.data  app → mailer ; données ? (tranche 3 constats)" in line for line in lines)


def test_a_letter_is_addressed_by_name():
    found = (finding("HDS-CLAUSE-01", "host", "eu", "unknown", missing=("hosts.eu.contract",)),)
    (letter,) = letters(known(findings=found))
    assert letter.provider == "Amazon Web Services (US)"


def test_a_redacted_copy_keeps_no_name():
    content = b"".join(render(redacted(report(), b"k" * 32), Style())).decode()
    assert json.loads(content)["organisations"] == {}
    assert json.loads(content)["places"] == {}
    assert not any(each.name in content for each in report().organisations)


def test_readers_name_who_can_read_and_debated_links_stand_only_without_established_ones():
    sure, debated = EXPOSURES[0], EXPOSURES[1]
    both = report(exposures=(sure, debated._replace(component="db")))
    assert readers(both, ["db"], "fr") == (Reader("Nuage SARL (FR)", ("Ce que demande us:cloud-act",), True),)
    assert [each.established for each in readers(report(exposures=(debated,)), ["app"], "fr")] == [False]
    assert readers(report(exposures=(sure._replace(degree="ciphertext"), EXPOSURES[2])), ["db"], "fr") == ()


def test_the_first_screen_names_who_can_read():
    made = report(findings=(finding("LAW-UC6", "component", "db", "fail"),))
    (line,) = summary(made, by_rule(made), "fr").lines
    assert line.readers == "Qui : Nuage SARL (FR) – Ce que demande us:cloud-act, lien établi, accès non exclu."
    other = report(findings=(finding("HDS-28-STORAGE", "component", "db", "fail"),))
    assert summary(other, by_rule(other), "fr").lines[0].readers == ""


def test_the_outcome_of_a_text_bears_its_version_its_day_and_how_it_is_known():
    rows = {row[0].said: row[0].note for row in outcome_table(report(), "fr").rows}
    assert rows["Référentiel HDS v2"] == "2.0 · en vigueur depuis le 16 novembre 2024 · texte lu"
    assert rows["Code de la santé publique"] == "en vigueur depuis le 1er avril 2018 · lu dans une source secondaire"
    assert {row[0].note for row in outcome_table(report(texts=()), "fr").rows} == {""}
