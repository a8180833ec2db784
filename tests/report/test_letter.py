"""The letters to hosts."""

import re
from datetime import date

import pytest
from factory import DESCRIPTION, HOSTILE, empty, finding, hostile, report, rule

from hds_audit.model.report import Expiring, FactView
from hds_audit.model.text import Text
from hds_audit.report.format import Style
from hds_audit.report.letter import FORMAT
from hds_audit.report.views.asked import letters as to_hosts
from hds_audit.report.views.citation import citation, citations


def letters(made, language="fr", **style):
    return b"".join(FORMAT.render(made, Style(language, **style))).decode().replace("\u00a0", " ").split("\n---\n")


def test_each_host_that_has_something_to_answer_gets_its_letter():
    first, second = letters(report())
    assert "À l'attention de : Nuage SARL" in first
    assert "HDS-CLAUSE-02 sur cloud" in first
    assert "À l'attention de : Big Cloud Inc." in second
    assert "Titre de HDS-CLAUSE-01 (Code de la santé publique, art. R. 1111-11, I, 1° ; notre réf. HDS-CLAUSE-01)." in second


def test_a_fail_is_told_apart_from_what_is_not_shown():
    first, second = letters(report(), "en")
    assert "Points that do not comply" in first
    assert "Points that do not comply" not in second
    assert "What we must find in our contract" in second


def test_it_bears_the_day_of_the_audit_and_the_names_of_its_author():
    (text, _) = letters(report(), author="Mme Aubry", client="Souffle SAS")
    assert "Souffle SAS\\\n22 novembre 2026" in text
    assert text.rstrip().endswith("Mme Aubry\\\nSouffle SAS")


def test_a_duty_that_only_sovereignty_asks_for_is_not_put_to_a_host():
    made = report(rules={"S": rule("S", level="sovereign", subject="host")}, findings=(finding("S", "host", "cloud", "fail"),))
    assert "S sur cloud" not in letters(made)[0]


def test_guidance_is_never_written_as_a_duty():
    made = report(
        rules={"R": rule("R", controls=("edpb:uc6",), level="recommended", subject="host")},
        findings=(finding("R", "host", "cloud", "fail"),),
    )
    assert "(CEPD, recommandations 01/2020, cas d'usage 6 ; recommandation, sans caractère obligatoire ; notre réf. R)" in letters(made)[0]


def test_what_we_have_not_said_ourselves_is_not_asked_of_a_host():
    missing = ("hosts.mailer.contract.clauses", "flows.2.data")
    made = report(findings=(finding("HDS-CLAUSE-01", "host", "mailer", "unknown", missing=missing),), expiring=())
    assert letters(made) == ["Aucun hébergeur n'a de réponse à apporter, au vu de ce qui est déclaré.\n"]


def asked_of(host, entry, *facts, components=None):
    """Whom letters go to where one host alone has something to answer."""
    made = {**DESCRIPTION, "hosts": {host: {"provider": "big-cloud", **entry}}, "components": components or {}}
    found = finding("HDS-CLAUSE-01", "host", host, "unknown", missing=(f"hosts.{host}.contract.clauses",))
    views = tuple(FactView(f"hosts.{host}.{name}", value, "derived", None, "") for name, value in facts)
    return [letter.host for letter in to_hosts(report(description=made, findings=(found,), facts=views, expiring=()))]


@pytest.mark.parametrize(
    ("entry", "facts", "components", "gets"),
    [
        ({"service": "iaas"}, [], {"db": {"host": "h"}}, True),
        ({"service": "email"}, [("handles_personal_data", True)], {}, True),
        ({"service": "email"}, [], {}, True),  # no rule asked, so nothing says that it gets none
        ({"service": "email"}, [("handles_personal_data", False)], {}, False),
        ({"service": "email"}, [("handles_personal_data", None)], {}, False),
        ({"service": "iaas"}, [("handles_personal_data", None)], {"db": {"host": "h"}}, True),
        ({"service": "iaas"}, [("handles_personal_data", False)], {"db": {"host": "h"}}, False),
        ({"service": "advertising"}, [("handles_personal_data", True)], {}, False),
        ({"service": "advertising", "acts_as": "processor"}, [("handles_personal_data", True)], {}, True),
        ({"service": "analytics"}, [("handles_personal_data", True)], {}, False),
        ({"service": "analytics", "acts_as": "processor"}, [("handles_personal_data", True)], {}, True),
        ({"service": "analytics"}, [("handles_personal_data", True)], {"stats": {"host": "h"}}, True),
        ({"service": "saas", "acts_as": "controller"}, [("handles_personal_data", True)], {}, False),
        ({"service": "iaas", "acts_as": "controller"}, [("handles_personal_data", True)], {"db": {"host": "h"}}, True),
    ],
)
def test_a_letter_goes_only_to_hosts_and_processors_of_data_in_scope(entry, facts, components, gets):
    assert asked_of("h", entry, *facts, components=components) == (["h"] if gets else [])


def test_a_certificate_of_the_host_that_ends_soon_is_asked_for():
    ending = Expiring("certificate", "cloud-hds", date(2027, 5, 1), Text("", ""))
    (text,) = letters(report(findings=(), expiring=(ending,)))
    assert "cloud-hds : échéance le 1er mai 2027" in text
    late = ending._replace(date=date(2028, 5, 1))
    assert "Aucun hébergeur" in letters(report(findings=(), expiring=(late,)))[0]


def test_nothing_to_ask_says_so():
    assert letters(empty(), "en") == ["No host has anything to answer, on what is declared.\n"]


@pytest.mark.parametrize("text", [*HOSTILE, "x`|" * 300_000])
def test_hostile_texts_start_no_markup(text):
    rendered = b"".join(FORMAT.render(hostile(text), Style("fr"))).decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered)
    assert not re.search(r"<[a-zA-Z/!]", re.sub(r"(`+).+?\1", "", rendered))
    assert len(rendered) < 100_000


@pytest.mark.parametrize(
    "description", [{}, {"hosts": {"cloud": True}}, {"hosts": []}, {**DESCRIPTION, "application": True, "organisations": 3}]
)
def test_a_description_of_another_shape_breaks_nothing(description):
    assert letters(report(description=description))


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ("csp:L.1111-8", "Code de la santé publique, art. L. 1111-8"),
        ("csp:R.1111-11.I.14", "Code de la santé publique, art. R. 1111-11, I, 14°"),
        ("csp:R.1111-11.I.extra-eu-laws", "Code de la santé publique, art. R. 1111-11, I"),
        ("hds:EXI-28", "référentiel HDS, EXI-28"),
        ("gdpr:28.3.a", "RGPD, art. 28.3.a"),
        ("acme:7", "acme:7"),
        ("no number", "no number"),
    ],
)
def test_controls_are_cited_as_people_write_them(control, said):
    assert citation(control).fr == said


def test_an_article_goes_where_its_item_stands():
    assert [text.en for text in citations(("csp:R.1111-11", "csp:R.1111-11.I.5", "csp:R.1111-9-1"))] == [
        "French Public Health Code, art. R. 1111-11, I, 5°", "French Public Health Code, art. R. 1111-9-1",
    ]  # fmt: skip
