"""What messages say: degrees and flags in words, in both languages."""

import pytest

from hds_audit.evaluate.message import _filled, _short, said_value
from hds_audit.model.choice_words import said_word
from hds_audit.model.fact import UNKNOWN, Fact, unknown
from hds_audit.model.saying import Worded
from hds_audit.model.text import Language, Text
from hds_audit.model.values import parse_day, parse_span


class Given:
    path = id = "web"

    def __init__(self, **facts: object) -> None:
        self.facts = facts

    def fact(self, path: str) -> Fact:
        return Fact(path, self.facts[path]) if path in self.facts else unknown(path)


@pytest.mark.parametrize(("language", "said"), [("fr", "web : en clair"), ("en", "web : in the clear")])
def test_a_degree_is_said_in_words(language: Language, said: str) -> None:
    assert _filled("{id} : {worst_degree}", Given(worst_degree="clear"), language) == said


def test_the_same_word_elsewhere_is_left_as_it_is() -> None:
    assert _filled("{offer}", Given(offer="clear"), "fr") == "clear"


@pytest.mark.parametrize(
    ("value", "said"), [(False, "non"), (True, "oui"), ((), "néant"), (UNKNOWN, "non déclaré"), (("a", "b", "a"), "a, b")]
)
def test_values_are_said_in_french(value: object, said: str) -> None:
    assert said_value(value, "fr") == said


class Provider(str):
    """An identifier that knows what it names."""

    def fact(self, path: str) -> Fact:
        return Fact(path, {"aws": "Amazon Web Services", "ovh": "OVHcloud"}.get(self, UNKNOWN) if path == "name" else UNKNOWN)


def test_an_organisation_goes_by_its_name() -> None:
    assert _filled("{provider} ({id})", Given(provider=Provider("aws")), "en") == "Amazon Web Services (web)"
    assert said_value((Fact("x", Provider("aws")), Provider("other")), "fr") == "Amazon Web Services, other"


@pytest.mark.parametrize("template", ["{provider} ({id})", "{id} ({provider})"])
def test_what_is_called_alike_is_said_once(template: str) -> None:
    assert _filled(template, Given(provider=Provider("web")), "en") == "web"
    assert _filled(template, Given(provider=Provider("Web")), "fr") == "Web" or template.startswith("{id}")


@pytest.mark.parametrize(
    ("template", "provider", "said"),
    [
        ("offre de {provider}", "ovh", "offre d'OVHcloud"),
        ("De {provider}", "aws", "D'Amazon Web Services"),
        ("que {provider} annonce", "ovh", "qu'OVHcloud annonce"),
        ("offre de {provider}", "scalingo", "offre de scalingo"),
        ("mode {provider}", "ovh", "mode OVHcloud"),
        ("offre de {provider}", "élan", "offre d'élan"),
        ("de {provider}", "https://www.example.org", "de https://www.example.org"),
    ],
)
def test_french_elides(template: str, provider: str, said: str) -> None:
    assert _filled(template, Given(provider=Provider(provider)), "fr") == said


def test_english_does_not() -> None:
    assert _filled("file de {provider}", Given(provider=Provider("aws")), "en") == "file de Amazon Web Services"


@pytest.mark.parametrize(
    ("span", "en", "fr"),
    [
        ("P6M", "6 months", "6 mois"),
        ("P1Y", "1 year", "1 an"),
        ("P2Y", "2 years", "2 ans"),
        ("P1W", "1 week", "1 semaine"),
        ("PT73H", "73 hours", "73 heures"),
        ("P1DT12H", "1 day and 12 hours", "1 jour et 12 heures"),
        ("P1Y2M3D", "1 year, 2 months and 3 days", "1 an, 2 mois et 3 jours"),
        ("PT0S", "0 seconds", "0 seconde"),
        ("PT15M", "15 minutes", "15 minutes"),
        ("P0D", "0 days", "0 jour"),
    ],
)
def test_a_duration_is_said_in_words(span: str, en: str, fr: str) -> None:
    value = parse_span(span)
    assert (said_value(value, "en"), said_value(value, "fr")) == (en, fr)


def test_a_machine_value_may_have_words() -> None:
    value = Worded.of("backup", Text("backup", "sauvegarde"))
    assert value == "backup"
    assert said_value((value, Fact("x", value)), "fr") == "sauvegarde"


def test_a_day_stays_as_it_is_written() -> None:
    assert said_value(parse_day("2026-09"), "fr") == "2026-09"


@pytest.mark.parametrize(
    ("number", "en", "fr"),
    [(31536000, "31,536,000", "31\u00a0536\u00a0000"), (2048, "2048", "2048"), (2.5, "2.5", "2,5"), (20000.0, "20000.0", "20000,0")],
)
def test_numbers_are_grouped_where_they_are_long(number: float, en: str, fr: str) -> None:
    assert (said_value(number, "en"), said_value(number, "fr")) == (en, fr)


def test_what_is_left_out_of_a_long_list_is_counted() -> None:
    many = tuple(f"m{number}" for number in range(15))
    assert said_value(many, "en").endswith("m10, m11 and 3 more")
    assert said_value(many, "fr").endswith("m10, m11 et 3 de plus")


def test_what_is_not_known_of_a_list_may_be_more() -> None:
    assert said_value((Fact("x", "FR"), unknown("x")), "fr") == "FR, peut-être d'autres"
    assert said_value((unknown("x"), unknown("y")), "en") == "not declared"


def test_an_organisation_that_is_the_subject_goes_by_its_name_too() -> None:
    class Organisation(Given):
        kind, id = "organisation", "aws"

    assert _filled("avis de {id}", Organisation(name="Amazon Web Services"), "fr") == "avis d'Amazon Web Services"
    assert _filled("{id}", Organisation(), "fr") == "aws"


def test_what_is_seen_at_an_endpoint_is_a_yes_or_a_no() -> None:
    class Endpoint(Given):
        kind = "endpoint"

    assert _filled("{observed.http.csp}", Endpoint(**{"observed.http.csp": False}), "fr") == "non"


class App(Given):
    kind = "application"


@pytest.mark.parametrize(
    ("path", "en", "fr"),
    [
        ("governance.risk_assessment.date", "none", "néant"),
        ("governance.workstations.encrypted", "no", "non"),
        ("logging.immutable", "no", "non"),
        ("continuity.exit_plan.tested", "none", "néant"),
        ("no.such.path", "no", "non"),
    ],
)
def test_no_is_none_where_the_answer_is_no_yes_or_no(path: str, en: str, fr: str) -> None:
    given = App(**{path: False})
    assert (_filled(f"{{{path}}}", given, "en"), _filled(f"{{{path}}}", given, "fr")) == (en, fr)


def test_what_falls_short_of_what_is_asked_of_each_is_named_once() -> None:
    facts = (Fact("components.db.egress", "open"), Fact("hosts.h.service", "iaas"), Fact("components.db.kind", "database"), Fact("components.web.egress", "open"))
    assert _short(facts) == ("db", "web")
    assert _short((Fact("application.all_flows", ()), Fact("hosts.h.service", "iaas"))) == ("h",)
    assert _filled("falls short: {short}", Given(), "en", ("db", "web")) == "falls short: db, web"
    assert _filled("en défaut : {short}", Given(), "fr", ()) == "en défaut : néant"


def test_a_word_of_a_closed_vocabulary_is_said_as_people_say_it_and_an_identifier_as_it_is_written() -> None:
    given, word = Given(alerts=("failed-logins",)), said_word("failed-logins")
    given.id = "backup"
    assert word is not None
    assert _filled("{id} : {alerts}", given, "fr") == f"backup : {word.fr}"
