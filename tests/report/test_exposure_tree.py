"""The tree, the JSON and the graph of exposures."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date

import pytest

from hds_audit.model.catalogued import Law, Span
from hds_audit.model.exposure import Custody, Cut, Exposure, Step
from hds_audit.model.place import Place
from hds_audit.model.report import OrganisationView
from hds_audit.model.text import Language, Text
from hds_audit.report.exposure_tree import FORMAT, Listing, dot, plain, tree

DAY = date(2026, 11, 24)
WHY = Text("because", "parce que")
PATH = (
    Step("data", "records", WHY, 1),
    Step("component", "db", WHY, 2),
    Step("organisation", "aws", WHY, 0, "catalogue: organisations.aws"),
    Step("law", "us:act", WHY, 0, "catalogue: laws.us:act"),
)
CLEAR = Exposure("us:act", "aws", "records", "db", "clear", "established", (), PATH)
UNKNOWN = Exposure(None, "", "records", "web", "unknown", "unknown", ("hosts.cloud.provider",), PATH[:2])
CUT = Cut("other-host", "cloud", Text("Take another", "En prendre un autre"))
KEY = Custody("disk", (("aws", Text("holds it", "la détient"), 3),), 1, Text("no protection", "aucune protection"))
OPEN = Custody("user", (), None, Text("cannot be told", "ne peut se dire"), ("keys.user.place",))


def listing(
    *exposures: Exposure, cuts: tuple[tuple[Cut, ...] | None, ...] | None = None, keys: tuple[Custody, ...] = (), untried: int = 0
) -> Listing:
    return Listing(DAY, exposures, keys, cuts or (None,) * len(exposures), lambda mark: Place("infra.yaml", mark, 1), untried=untried)


def test_a_path_with_its_places_and_sources() -> None:
    said = tree(listing(CLEAR), "en")
    assert "records\n└─ component db — aws\n   └─ us:act: clear (read in the clear), legal link established, access not excluded\n" in said
    assert "component db: because  [infra.yaml:2:1]" in said
    assert "organisation aws: because  [catalogue: organisations.aws]" in said


NAMES = {"aws": OrganisationView("aws", "Amazon Web Services", "US"), "ovh": OrganisationView("ovh", "OVHcloud")}


def test_organisations_go_by_their_names_and_countries_and_laws_by_their_titles() -> None:
    named = listing(CLEAR, keys=(KEY,))._replace(names=NAMES, titles={"us:act": Text("the Act of 2018", "la loi de 2018")})
    said = tree(named, "fr")
    assert "composant db — Amazon Web Services (US)" in said
    assert "organisation Amazon Web Services (US) : parce que" in said
    assert "└─ Amazon Web Services (US) : la détient" in said
    assert "us:act – la loi de 2018 : clear" in said
    assert not re.search(r"\baws\b", said.replace("organisations.aws", ""))
    assert "organisation\\nAmazon Web Services (US)" in dot(named, "en")
    found = plain(named)
    assert found["organisations"] == {"aws": {"name": "Amazon Web Services", "country": "US"}, "ovh": {"name": "OVHcloud", "country": ""}}
    assert found["exposures"][0]["organisation"] == "aws"  # type: ignore[index]


def test_the_same_in_french() -> None:
    said = tree(listing(CLEAR, keys=(KEY, OPEN)), "fr")
    assert "us:act : clear (lues en clair), lien juridique établi, accès non exclu" in said
    assert "disk — niveau 1 : aucune protection" in said
    assert "user — niveau inconnu : ne peut se dire" in said
    assert "à déclarer : keys.user.place" in said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No established link found on 24 November 2026."), ("fr", "Aucun lien établi constaté au 24 novembre 2026.")]
)
def test_nothing_found_is_never_said_to_be_immunity(language: Language, said: str) -> None:
    assert said in tree(listing(), language)
    assert said in tree(listing(CLEAR._replace(certainty="debated")), language)
    assert said not in tree(listing(CLEAR), language)
    assert "not subject" not in tree(listing(), language)


def test_what_nobody_names_is_told_with_what_to_declare() -> None:
    said = tree(listing(UNKNOWN), "en")
    assert "a provider that nobody names" in said
    assert "a law that nobody knows yet: unknown (not known how readable), legal link not known" in said
    assert "to declare: hosts.cloud.provider" in said


def test_what_would_end_it() -> None:
    assert "would end it:\n         └─ Take another" in tree(listing(CLEAR, cuts=((CUT,),)), "en")
    assert "no single change tried ends it" in tree(listing(CLEAR, cuts=((),)), "en")
    assert "would end" not in tree(listing(CLEAR), "en")
    assert "3 further changes were not tried" in tree(listing(CLEAR, untried=3), "en")
    assert "1 autre changement n'a pas été essayé" in tree(listing(CLEAR, untried=1), "fr")


def test_the_worst_comes_first() -> None:
    hidden = CLEAR._replace(component="archive", degree="ciphertext")
    said = tree(listing(hidden, CLEAR), "en")
    assert said.index("component db") < said.index("component archive")


def test_plain_data_for_machines() -> None:
    said = json.loads(json.dumps(plain(listing(CLEAR, UNKNOWN, cuts=((CUT,), None), keys=(KEY,)))))
    assert (said["format"], said["as_of"]) == (FORMAT, "2026-11-24")
    first, second = said["exposures"]
    assert first["path"][1] == {
        "kind": "component",
        "id": "db",
        "why": WHY._asdict(),
        "place": {"file": "infra.yaml", "line": 2, "column": 1},
    }
    assert first["path"][2]["source"] == "catalogue: organisations.aws"
    assert first["cuts"] == [{"kind": "other-host", "on": "cloud", "said": CUT.said._asdict()}]
    assert second["law"] is None
    assert second["missing"] == ["hosts.cloud.provider"]
    assert "cuts" not in second
    assert said["custody"][0]["users"] == [{"organisation": "aws", "why": {"en": "holds it", "fr": "la détient"}}]


def test_a_law_that_compels_nobody_is_a_note() -> None:
    order = Law("us:order", "US", Text("An order", "Un décret"), "EO", (), Span(), None, None, "verified", (), DAY)
    assert "us:order: compels nobody, and makes no path. An order" in tree(listing(CLEAR)._replace(notes=(order,)), "en")
    assert plain(listing(CLEAR)._replace(notes=(order,)))["notes"] == [{"law": "us:order", "said": {"en": "An order", "fr": "Un décret"}}]


HOSTILE = CLEAR._replace(path=(Step("data", 'a"; } evil [label="x\\', WHY, 1), Step("component", "b\nc", WHY, 2)))


def test_a_graph_in_which_each_thing_stands_once() -> None:
    said = dot(listing(CLEAR, CLEAR._replace(component="other")), "en")
    assert len(re.findall(r"^  n\d+ \[", said, re.MULTILINE)) == 4
    assert said.count("->") == 3
    assert said.startswith("digraph exposures {")


def test_no_name_escapes_its_quotes() -> None:
    said = dot(listing(HOSTILE), "en")
    strings = re.findall(r'"(?:[^"\\\n]|\\.)*"', said)
    outside = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", said)
    assert len(strings) == 4
    assert '"' not in outside
    assert "evil" not in outside


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_it() -> None:
    subprocess.run(["dot", "-Tplain"], input=dot(listing(CLEAR, HOSTILE), "fr").encode(), check=True, capture_output=True)
