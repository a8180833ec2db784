"""Who is a stranger, and who is declared under a name that the catalogue does not know; each is told once."""

import pytest
from test_contradictions import SIGNALS, against, evidence_of, seen, told

from hds_audit.model.evidence import Contradiction, Declared, DeclaredDomain, Observation, Raw, Subject
from hds_audit.resolve.contradicted import contradictions
from hds_audit.resolve.disputes import bears_name


@pytest.mark.parametrize(
    ("host", "organisation", "same"),
    [
        ("cdn.jsdelivr.net", "jsdelivr", True), ("static.widget-co.example", "widgetco", True), ("mx.monmailer.co.uk", "monmailer", True),
        ("www.sante.gouv.fr", "sante", True), ("stats.elsewhere.example", "stats", False), ("jsdelivr.elsewhere.net", "jsdelivr", False),
        ("localhost", "localhost", False), ("co.uk", "uk", False),
    ],
)  # fmt: skip
def test_a_host_bears_the_name_of_who_registered_it(host: str, organisation: str, same: bool) -> None:
    assert bears_name(host, (organisation,)) is same


def test_a_third_party_that_the_catalogue_does_not_know_can_be_declared() -> None:
    observed = seen("http.third_parties", "cdn.jsdelivr.net", "static.other.example")
    assert told(against(observed)) == {("third-party", "cdn.jsdelivr.net"), ("third-party", "static.other.example")}
    assert told(against(observed, organisations=("jsdelivr",))) == {("third-party", "static.other.example")}


@pytest.mark.parametrize(("host", "organisation"), [("login.widgets.example", "widgets"), ("login.monid.example", "monid")])
def test_a_redirection_to_who_is_declared_is_none_elsewhere(host: str, organisation: str) -> None:
    observed = seen("http.redirects_elsewhere", host)
    assert told(against(observed)) == {("undeclared-host", host)}
    assert against(observed, organisations=(organisation,)) == ()


def test_what_two_addresses_show_is_told_once() -> None:
    observed = [
        seen(name, host, address=address)
        for address in ("192.0.2.1", "192.0.2.2")
        for name, host in (
            ("http.third_parties", "x.other.example"),
            ("http.redirects_elsewhere", "y.example"),
            ("http.own_hosts", "z.a.test"),
        )
    ]
    assert sorted(each.observed for each in against(*observed)) == ["x.other.example", "y.example", "z.a.test"]


def mail_against(*observations: Observation, senders: tuple[str, ...] = ("op",)) -> tuple[Contradiction, ...]:
    domain = DeclaredDomain("a.test", "domains[0]", senders, "hosts")
    return contradictions(evidence_of(*observations), Declared((), (domain,)), SIGNALS)


def test_who_receives_and_sends_is_told_once() -> None:
    zone = Subject("domain", "a.test")
    both = (seen("mail.exchangers", "mx.mailer.test", subject=zone), seen("mail.spf_includes", "_spf.mailer.test", subject=zone))
    assert [each.observed for each in mail_against(*both)] == ["mailer-company"]
    assert "receives its mail" in mail_against(*both)[0].what.en


def test_what_an_include_includes_is_its_own_affair() -> None:
    zone = Subject("domain", "a.test")
    observed = seen("mail.spf_includes", "_spf.monmailer.example", "_deep.net.example", subject=zone)
    nested = observed._replace(raw=(Raw("_deep.net.example", "included by _spf.monmailer.example"),))
    assert {each.observed for each in mail_against(observed)} == {"_spf.monmailer.example", "_deep.net.example"}
    assert {each.observed for each in mail_against(nested)} == {"_spf.monmailer.example"}
    assert mail_against(nested, senders=("op", "monmailer")) == ()


def test_mail_through_another_domain_that_is_declared_is_no_strangers() -> None:
    observed = seen("mail.exchangers", "mx.b.test", subject=Subject("domain", "a.test"))
    assert {each.observed for each in mail_against(observed)} == {"mx.b.test"}
    both = (DeclaredDomain("a.test", "domains[0]", ("op",), "hosts"), DeclaredDomain("b.test", "domains[1]", ("op",), "hosts"))
    assert contradictions(evidence_of(observed), Declared((), both), SIGNALS) == ()
