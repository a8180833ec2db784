"""What a report carries beside findings: names, places and texts, as the audit itself worked them out."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hds_audit.model.report import OrganisationView, PlacesView
from hds_audit.pipeline.audit import Request, audit, world_of
from hds_audit.pipeline.check import known
from hds_audit.pipeline.views import told
from hds_audit.read.description import parse_description, read_description

FIXTURES = Path(__file__).parents[2] / "fixtures"
INFRA = """\
format: hds-audit/1
described: 2026-11-01
application: {name: Essai, operator: nous}
organisations:
  nous: {name: Nous SAS, country: FR, parent: maison}
  maison: {name: Maison SA, country: BE, parent: []}
  ailleurs: {country: CH}
  vide: {role: other}
data:
  dossier: {health: nature, controller: [health-professionals], identifiability: identified, collected_in: [care]}
hosts:
  nuage: {provider: aws, service: iaas, region: eu-west-3, replicated_to: []}
  coffre: {provider: ovhcloud, service: key-management, subcontractors: [atos]}
  inconnu: {provider: vide, service: iaas, region: lune-1}
components:
  base: {kind: database, host: nuage, stores: [dossier], administrators: [nous]}
keys:
  cle: {held_by: [end-users, facebook], place: host-kms, host: coffre}
"""


@pytest.fixture(scope="module")
def made():
    ours = known()
    description = parse_description("infra.yaml", INFRA.encode(), ours.catalogue)
    request = Request(date(2026, 11, 22))
    return told(audit(description, ours, request), world_of(description, ours, request), ours.frameworks)


def test_organisations_are_those_that_appear_with_everyone_above_them(made):
    found = {each.id: each for each in made.organisations}
    assert found["aws"] == OrganisationView("aws", "Amazon Web Services", "US", ("amazon",))
    assert found["amazon"].country == "US"
    assert found["nous"] == OrganisationView("nous", "Nous SAS", "FR", ("maison",))
    assert found["ailleurs"] == OrganisationView("ailleurs", "ailleurs", "CH")
    assert {"atos", "facebook", "maison", "ovhcloud"} <= found.keys()
    assert len(found) == len(made.organisations)


def test_words_and_those_of_whom_nothing_is_known_are_left_out(made):
    found = {each.id for each in made.organisations}
    assert not found & {"vide", "end-users", "health-professionals", "outbrain", ""}


def test_places_are_those_of_regions_and_say_whether_they_are_all(made):
    found = {each.host: each for each in made.places}
    assert found["nuage"] == PlacesView("nuage", ("FR",), True)
    assert found["inconnu"] == PlacesView("inconnu", (), False)
    assert not found["coffre"].whole


def test_every_row_of_coverage_has_a_text_with_its_state(made):
    texts = {each.id: each for each in made.texts}
    assert {row.text for row in made.coverage} <= texts.keys()
    assert all(text.status in ("verified", "secondary", "recalled") and text.title.fr for text in made.texts)
    assert texts["gdpr"].since == date(2018, 5, 25)


def test_a_row_tells_its_own_state_where_it_differs_from_that_of_its_text(made):
    ours, texts = known(), {each.id: each for each in made.texts}
    for row in made.coverage:
        control, text = ours.frameworks.control(row.control), texts[row.text]
        assert (row.since or text.since, row.nature or text.nature, row.status or text.status) == (
            control.since,
            control.nature,
            control.status,
        )
        assert row.warning == control.warning


@pytest.mark.parametrize("case", sorted(path.parent.name for path in FIXTURES.glob("*/infra.yaml")))
def test_every_organisation_of_a_path_of_the_cases_that_is_known_has_a_name(case):
    ours = known()
    path = FIXTURES / case / "infra.yaml"
    description = read_description(path, ours.catalogue)
    request = Request(date(2026, 11, 22))
    whole = told(audit(description, ours, request), world_of(description, ours, request), ours.frameworks)
    named = {each.id for each in whole.organisations}
    spoken = {step.id for row in whole.exposures for step in row.path if step.kind == "organisation"}
    assert {name for name in spoken if ours.catalogue.organisation(name)} <= named


def test_each_of_the_93_controls_says_what_a_verdict_on_it_can_rest_on(made):
    annex = [row for row in made.coverage if row.text == "iso27001"]
    assert Counter(row.rests for row in annex) == {"technical": 53, "certificate": 10, "document": 17, "auditor": 13}
    assert {row.rests for row in made.coverage if not row.text.startswith("iso27001")} == {""}
