"""The lab described as clean, and what its servers answer to that."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab.network import TRACKERS, Lab

from hds_audit.model.evidence import (
    Contradiction,
    Declared,
    DeclaredDomain,
    DeclaredEndpoint,
    Evidence,
    Observation,
    Signals,
    Status,
    Subject,
    Targets,
    Value,
)
from hds_audit.model.fact import Confidence
from hds_audit.model.observable import OBSERVABLES, observable
from hds_audit.model.signals import Signal
from hds_audit.resolve.contradicted import contradictions
from hds_audit.resolve.identified import houses, identifications
from hds_audit.resolve.observed import add_up, observed_facts, subjects

DAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "https://www.a.test"
HERE = Subject("endpoint", URL)

SIGNALS = Signals(
    (
        Signal("cloudflare", "header", "cf-ray", "verified", ()),
        Signal("cloudflare", "asn", "AS13335", "verified", ()),
        Signal("cloudflare", "dns_suffix", "cdn.cloudflare.net", "verified", ()),
        Signal("ovhcloud", "asn", "AS16276", "verified", ()),
        Signal("aws", "cookie", "AWSALB", "verified", ()),
        Signal("hinted", "header", "x-hint", "recalled", ()),
        Signal("mailer-company", "spf", "_spf.mailer.test", "verified", ()),
        Signal("mailer-company", "mx", "mx.mailer.test", "verified", ()),
        Signal("mailer-company", "dns_suffix", "dkim.mailer.test", "verified", ()),
        Signal("google", "mx", "aspmx.l.google.com", "secondary", ()),
        Signal("dns-company", "ns", "dns.example", "verified", ()),
        Signal("widgets", "web_domain", "widgets.example", "verified", ()),
    ),
    TRACKERS,
)


def seen(name: str, *items: str, status: Status = "seen", value: Value = None, subject: Subject = HERE, address: str = "") -> Observation:
    return Observation(name, subject, status, DAY, items or value, address)


def evidence_of(*observations: Observation) -> Evidence:
    return Evidence(DAY, DAY, Targets(), observations)


def told(found: tuple[Contradiction, ...]) -> set[tuple[str, str]]:
    return {(each.kind, each.observed) for each in found}


CLEAN = DeclaredEndpoint(
    URL, "endpoints[0]", ("1.2", "1.3"), "flows[0].transport.tls", ("ovhcloud",), "hosts.cloud.provider", (), "flows", False
)


def against(*observations: Observation, endpoint: DeclaredEndpoint = CLEAN, **declared: object) -> tuple[Contradiction, ...]:
    return contradictions(evidence_of(*observations), Declared((endpoint,), **declared), SIGNALS)  # type: ignore[arg-type]


def test_a_version_that_is_not_declared_contradicts_it() -> None:
    found = against(seen("tls.versions", "1.0", "1.2", "1.3"), seen("tls.accepts_tls13"))
    assert told(found) == {("tls-version", "1.0")}
    assert (found[0].declared_path, found[0].declared, found[0].confidence) == ("flows[0].transport.tls", "1.2, 1.3", Confidence.HIGH)
    assert "anssi-tls:R4" in found[0].controls
    assert found[0].observation.name == "tls.versions"


def test_a_version_that_is_declared_and_refused_contradicts_it_too() -> None:
    found = against(seen("tls.versions", "1.2"), seen("tls.accepts_tls13", status="not-seen"))
    assert told(found) == {("tls-version", "1.3 refused")}


def test_what_is_not_known_contradicts_nothing() -> None:
    unknown = (
        seen("tls.versions", status="failed"),
        seen("tls.accepts_tls13", status="not-testable"),
        seen("http.third_parties", status="failed"),
    )
    assert against(*unknown) == ()
    silent = DeclaredEndpoint(URL, "endpoints[0]")
    everything = (
        seen("tls.versions", "SSL 3.0"),
        seen("http.signatures", "header cf-ray"),
        seen("http.third_parties", "connect.facebook.net"),
    )
    assert against(*everything, endpoint=silent) == ()


def test_another_operator_answers() -> None:
    found = against(seen("http.signatures", "header cf-ray", "header server: x"))
    assert told(found) == {("operator", "cloudflare")}
    assert found[0].confidence == Confidence.MEDIUM
    assert found[0].declared_path == "hosts.cloud.provider"


def test_two_kinds_of_signs_are_surer_than_one() -> None:
    found = against(seen("http.signatures", "header cf-ray"), seen("dns.announced_by", "AS13335"))
    assert [each.confidence for each in found] == [Confidence.HIGH]


def test_the_declared_operator_contradicts_nothing() -> None:
    assert against(seen("dns.announced_by", "AS16276")) == ()


def test_a_network_says_whose_law_and_not_where() -> None:
    (found,) = identifications(evidence_of(seen("dns.announced_by", "AS16276")), SIGNALS)
    assert found.confidence == Confidence.MEDIUM
    assert "not where the data lie" in found.by.en
    assert "non où sont les données" in found.by.fr


def test_what_is_only_recalled_accuses_nobody() -> None:
    observed = seen("http.signatures", "header x-hint")
    assert [each.confidence for each in identifications(evidence_of(observed), SIGNALS)] == [Confidence.LOW]
    assert against(observed) == ()


def test_a_cookie_alone_is_a_hint() -> None:
    assert against(seen("http.signatures", "cookie AWSALB")) == ()


def test_a_brand_and_its_owner_are_one_house() -> None:
    endpoint = CLEAN._replace(third_parties=("meta",))
    observed = seen("http.third_parties", "connect.facebook.net")
    assert told(against(observed, endpoint=endpoint)) == {("third-party", "facebook")}
    assert against(observed, endpoint=endpoint, houses={"meta": "meta-platforms", "facebook": "meta-platforms"}) == ()


def test_the_german_case_facebook_and_outbrain_where_no_tracker_is_declared() -> None:
    found = against(seen("http.third_parties", "connect.facebook.net", "widgets.outbrain.com", "widgets.example", "unknown.example"))
    assert told(found) == {
        ("third-party", "facebook"),
        ("third-party", "outbrain"),
        ("third-party", "widgets"),
        ("third-party", "unknown.example"),
    }
    sure = {each.observed: each.confidence for each in found}
    assert (sure["facebook"], sure["unknown.example"]) == (Confidence.HIGH, Confidence.MEDIUM)


def test_a_tracker_behind_a_name_of_ours_is_no_less_a_tracker() -> None:
    from hds_audit.model.evidence import Raw

    cloaked = Observation("http.cloaked_trackers", HERE, "seen", DAY, ("stats.a.test",), raw=(Raw("stats.a.test", "c.tracker.test"),))
    assert told(against(cloaked)) == {("third-party", "tracker-company")}


def test_a_tag_before_consent_contradicts_the_consent_declared() -> None:
    observed = seen("http.third_parties", "connect.facebook.net")
    endpoint = CLEAN._replace(third_parties=("facebook",))
    assert told(against(observed, endpoint=endpoint, consent={"facebook": "prior"})) == {("consent", "connect.facebook.net")}
    assert against(observed, endpoint=endpoint, consent={"facebook": "exempt"}) == ()
    held = seen("http.third_parties_on_consent", "connect.facebook.net")
    assert against(held, endpoint=endpoint, consent={"facebook": "prior"}) == ()


def test_hosts_that_no_entry_declares() -> None:
    found = against(seen("http.redirects_elsewhere", "other.example"), seen("http.own_hosts", "assets.a.test"))
    assert told(found) == {("undeclared-host", "other.example"), ("undeclared-host", "assets.a.test")}


def test_a_private_page_that_answers() -> None:
    observed = seen("http.open_private_pages", "/records")
    assert against(observed) == ()
    assert told(against(observed, endpoint=CLEAN._replace(login=True))) == {("open-login", "/records")}


def mail(*observations: Observation, organisations: tuple[str, ...] | None = ()) -> tuple[Contradiction, ...]:
    domain = DeclaredDomain("a.test", "domains[0]", organisations, "emails")
    return contradictions(evidence_of(*observations), Declared(domains=(domain,)), SIGNALS)


def test_mail_through_an_undeclared_relay() -> None:
    domain = Subject("domain", "a.test")
    observed = (
        seen("mail.spf_includes", "_spf.mailer.test", "_spf.a.test", "relay.example", subject=domain),
        seen("mail.exchangers", "aspmx.l.google.com", "mx.a.test", subject=domain),
        seen("mail.dkim_aliases", "s1 s1.dkim.mailer.test", subject=domain),
        seen("dns.name_servers", "ns1.dns.example", subject=domain),
    )
    found = mail(*observed)
    assert told(found) == {("mail-relay", "mailer-company"), ("mail-relay", "google"), ("mail-relay", "relay.example")}
    assert {each.observed: each.confidence for each in found}["google"] == Confidence.MEDIUM
    assert told(mail(*observed, organisations=("mailer-company", "google"))) == {("mail-relay", "relay.example")}
    assert mail(*observed, organisations=None) == ()


def test_addresses_add_up_to_the_worst() -> None:
    def fact(name: str, *parts: Observation) -> Value:
        found = observable(name)
        assert found is not None
        return add_up(found, list(parts)).value

    yes, no = seen("tls.rc4", address="a"), seen("tls.rc4", status="not-seen", address="b")
    lost, here = seen("tls.rc4", status="failed", address="c"), seen("tls.rc4", status="failed", address="d")._replace(fault="here")
    assert fact("tls.rc4", no, yes) is True
    assert fact("tls.rc4", no, lost) is None
    assert fact("tls.rc4", no, here) is False
    assert fact("tls.rc4", here) is None
    good, bad = seen("tls.accepts_tls13"), seen("tls.accepts_tls13", status="not-seen")
    assert fact("tls.accepts_tls13", good, bad) is False
    assert fact("tls.accepts_tls13", good, lost._replace(name="tls.accepts_tls13")) is None
    assert fact("certificate.key_bits", seen("certificate.key_bits", value=4096), seen("certificate.key_bits", value=2048)) == 2048
    assert fact("certificate.lifetime", seen("certificate.lifetime", value=90), seen("certificate.lifetime", value=300)) == 300
    assert fact("tls.suites", seen("tls.suites", "A"), seen("tls.suites", "B", "A")) == ("A", "B")
    assert fact("tls.suites_without_aead", seen("tls.suites_without_aead", status="not-seen")) == ()
    assert fact("tls.suites_without_aead", seen("tls.suites_without_aead", status="not-testable")) is None


@given(st.permutations(["seen", "not-seen", "failed", "not-testable", "seen", "not-seen"]), st.sampled_from(OBSERVABLES), st.integers(1, 6))
def test_the_order_of_addresses_changes_nothing_and_a_pass_is_earned(statuses: list[Status], each: object, count: int) -> None:
    from hds_audit.model.observable import Observable

    assert isinstance(each, Observable)
    if each.form != "yes-no":
        return
    looked = [seen(each.name, status=status) for status in statuses[:count]]
    value = add_up(each, looked).value
    assert value == add_up(each, looked[::-1]).value
    good = each.sum != "any"
    if value is good:
        assert all(one.known for one in looked)


@pytest.fixture
def described_clean(lab: Lab) -> Declared:
    """The lab as its owner would like it: TLS 1.2 and 1.3, one host, no third party, no relay, everything private closed."""
    endpoints = tuple(
        DeclaredEndpoint(each.url, f"endpoints[{index}]", ("1.2", "1.3"), "", ("ovhcloud",), "hosts", (), "", each.login)
        for index, each in enumerate(lab.targets.endpoints)
    )
    domains = tuple(DeclaredDomain(each.name, f"domains[{index}]", ("google",)) for index, each in enumerate(lab.targets.domains))
    return Declared(endpoints, domains)


def test_the_lab_described_as_clean_gives_the_right_contradictions(lab: Lab, evidence: Evidence, described_clean: Declared) -> None:
    found = contradictions(evidence, described_clean, SIGNALS)
    by_place: dict[str, set[tuple[str, str]]] = {}
    for each in found:
        place = each.subject.id.removeprefix("https://").partition(".hds.test:")[0]
        by_place.setdefault(place, set()).add((each.kind, each.observed))
    assert "good" not in by_place
    assert "p256" not in by_place
    assert by_place["tls10"] == {
        ("tls-version", "1.0"),
        ("tls-version", "1.1"),
        ("tls-version", "1.2 refused"),
        ("tls-version", "1.3 refused"),
    }
    assert ("tls-version", "SSL 3.0") in by_place["ssl3-rc4"]
    assert ("tls-version", "1.0") in by_place["two"]
    assert by_place["bad"] == {
        ("operator", "cloudflare"),
        ("third-party", "facebook"),
        ("third-party", "outbrain"),
        ("third-party", "google"),
        ("third-party", "tracker-company"),
        *(("third-party", f"{host}.example") for host in ("cdn.unknown", "images", "one", "two", "sealed")),
        ("undeclared-host", "assets.hds.test"),
        ("undeclared-host", "measure.hds.test"),
        ("undeclared-host", "stats.hds.test"),
    }
    assert by_place["to-outside"] == {("undeclared-host", "outside.example")}
    assert by_place["private"] == {("open-login", "/api/patients"), ("open-login", "/records")}
    assert by_place["hds.test"] == {("mail-relay", "mailer-company")}
    assert by_place["weak.test"] == {("mail-relay", "mailer-company")}
    assert not {"silence", "closed", "noise", "nowhere"} & set(by_place)
    assert all(each.what.en and each.what.fr and each.controls for each in found)


def test_facts_come_in_the_order_of_the_vocabulary(lab: Lab, evidence: Evidence) -> None:
    for subject in subjects(evidence)[:5]:
        names = [fact.name for fact in observed_facts(evidence, subject)]
        assert names == [each.name for each in OBSERVABLES if each.name in names]


def test_houses_of_the_catalogue_join_brands_with_their_owners() -> None:
    from hds_audit.read.catalogue import load_catalogue

    found = houses(load_catalogue(Path(__file__).parents[2] / "rules" / "_catalogue"), date(2026, 11, 24))
    assert found["aws"] == found["amazon"]
    assert found["google-analytics"] == found["gcp"]
    assert found["ovhcloud"] != found["scaleway"]


def test_controls_that_contradictions_hint_at_exist(lab: Lab, evidence: Evidence, described_clean: Declared) -> None:
    from hds_audit.read.frameworks import load_frameworks

    folder = Path(__file__).parents[2] / "rules" / "_frameworks"
    frameworks = load_frameworks(folder)
    consent = described_clean._replace(consent={"facebook": "prior"})
    hinted = {control for each in contradictions(evidence, consent, SIGNALS) for control in each.controls}
    text = "\n".join(path.read_text("utf-8") for path in folder.glob("*.yaml"))
    assert frameworks is not None
    assert {control for control in hinted if f"id: {control}\n" not in text and f"id: '{control}'" not in text} == set()
