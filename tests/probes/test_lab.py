"""Every weakness of the lab is seen, and the good servers are clean."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from lab.network import PLACES, Lab
from lab.pki import has_openssl

from hds_audit.model.evidence import Evidence, Observation, Subject, Value
from hds_audit.model.observable import OBSERVABLES
from hds_audit.probes.observe import all_probes
from hds_audit.resolve.observed import observed_facts


class Row(NamedTuple):
    """A weakness, where it is, what shows it."""

    weakness: str
    where: str
    name: str
    value: Value


YES, NO = True, False
ROWS = (
    Row("TLS 1.0 accepted", "tls10", "tls.accepts_tls10", YES),
    Row("TLS 1.1 accepted", "tls10", "tls.accepts_tls11", YES),
    Row("TLS 1.0 announced, off at this security level", "tls10-off", "tls.accepts_tls10", NO),
    Row("SSL 3.0 accepted", "ssl3-rc4", "tls.accepts_ssl3", YES),
    Row("SSL 2.0 accepted", "ssl2", "tls.accepts_ssl2", YES),
    Row("RC4", "ssl3-rc4", "tls.rc4", YES),
    Row("triple DES", "export", "tls.triple_des", YES),
    Row("single DES", "export", "tls.des", YES),
    Row("export suites", "export", "tls.export", YES),
    Row("suites that do not encrypt", "null", "tls.null", YES),
    Row("suites that do not authenticate", "null", "tls.anonymous", YES),
    Row(
        "no forward secrecy",
        "rsa-exchange",
        "tls.suites_without_forward_secrecy",
        ("TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA"),
    ),
    Row("no authenticated encryption", "rsa-exchange", "tls.suites_without_aead", ("TLS_RSA_WITH_AES_128_CBC_SHA",)),
    Row("Diffie-Hellman of 1024 bits", "dh1024", "tls.dh_bits", 1024),
    Row("TLS 1.3 missing", "tls10-off", "tls.accepts_tls13", NO),
    Row("TLS 1.3 alone", "tls13", "tls.versions", ("1.3",)),
    Row("the client's order prevails", "client-order", "tls.server_order", NO),
    Row("a client certificate is asked for", "client-certificate", "tls.client_certificate", YES),
    Row("one address of two is old", "two", "tls.accepts_tls10", YES),
    Row("one address of two lacks TLS 1.3", "two", "tls.accepts_tls13", NO),
    Row("expired for an hour", "expired", "certificate.expired", YES),
    Row("expired for an hour", "expired", "certificate.days_left", -1),
    Row("expires soon", "soon", "certificate.days_left", 1),
    Row("expires soon, as a share of its life", "soon", "certificate.life_left", 2.2),
    Row("not valid yet", "future", "certificate.not_yet_valid", YES),
    Row("intermediate missing", "no-chain", "certificate.incomplete_chain", YES),
    Row("intermediate missing", "no-chain", "certificate.trusted", NO),
    Row("another host's certificate", "wrong-host", "certificate.matches_name", NO),
    Row("no subject alternative name", "no-names", "certificate.without_names", YES),
    Row("no subject alternative name", "no-names", "certificate.matches_name", NO),
    Row("self-signed", "self-signed", "certificate.self_signed", YES),
    Row("self-signed", "self-signed", "certificate.trusted", NO),
    Row("RSA of 1024 bits", "rsa1024", "certificate.key_bits", 1024),
    Row("signed with SHA-1", "sha1", "certificate.weak_signature", YES),
    Row("lives too long", "long", "certificate.lifetime", 900),
    Row("must-staple without a staple", "must-staple", "certificate.staple_missing", YES),
    Row("plain HTTP serves content", "bad", "http.plain_content", YES),
    Row("plain HTTP does not lead to HTTPS", "bad", "http.redirects_to_https", NO),
    Row("a detour through plain HTTP", "via-plain", "http.redirect_through_plain", YES),
    Row("redirections in a circle", "loop", "http.redirect_loop", YES),
    Row("redirects to the cloud's own address", "to-metadata", "http.redirects_elsewhere", ("169.254.169.254",)),
    Row("redirects to a file", "to-file", "http.redirects_elsewhere", ("file:",)),
    Row("redirects to a stranger", "to-outside", "http.redirects_elsewhere", ("outside.example",)),
    Row("no HSTS", "bad", "http.hsts", NO),
    Row("HSTS for five minutes", "weak-hsts", "http.hsts_max_age", 300),
    Row("HSTS that browsers ignore", "broken-hsts", "http.hsts", NO),
    Row("cookie without Secure", "bad", "http.cookies_without_secure", ("sessionid",)),
    Row("cookie without HttpOnly", "bad", "http.cookies_without_httponly", ("sessionid",)),
    Row("cookie without SameSite", "bad", "http.cookies_without_samesite", ("sessionid",)),
    Row("no content policy", "weak-hsts", "http.csp", NO),
    Row("content policy with inline scripts", "bad", "http.csp_unsafe", YES),
    Row("no nosniff", "bad", "http.nosniff", NO),
    Row("may be framed", "bad", "http.frame_protection", NO),
    Row("tells others its paths", "bad", "http.referrer_policy", NO),
    Row("any origin may read", "bad", "http.cors_anyone", YES),
    Row("tells its version", "bad", "http.products", ("server: nginx/1.2.3",)),
    Row("security.txt expired", "bad", "http.security_txt_expired", YES),
    Row("security.txt missing", "private", "http.security_txt", NO),
    Row("trackers", "bad", "http.trackers", ("connect.facebook.net", "widgets.outbrain.com", "www.googletagmanager.com")),
    Row("tracker held until consent", "bad", "http.third_parties_on_consent", ("static.hotjar.com",)),
    Row("tracker behind a name of ours", "bad", "http.cloaked_trackers", ("stats.hds.test",)),
    Row("tracker in a page cut short", "lie", "http.trackers", ("connect.facebook.net",)),
    Row("undeclared host of ours", "bad", "http.own_hosts", ("assets.hds.test", "measure.hds.test", "stats.hds.test")),
    Row("image without encryption", "bad", "http.plain_resources", ("images.example",)),
    Row("form without encryption", "bad", "http.plain_form", YES),
    Row(
        "third-party scripts unsealed",
        "bad",
        "http.scripts_without_integrity",
        ("cdn.unknown.example", "connect.facebook.net", "widgets.outbrain.com"),
    ),
    Row("private pages open", "private", "http.open_private_pages", ("/api/patients", "/records")),
    Row("aliases", "alias", "dns.aliases", ("deep.hds.test", "good.hds.test")),
    Row("zone with bogus signatures", "bogus.test", "dns.dnssec_bogus", YES),
    Row("zone with expired signatures", "expired.test", "dns.dnssec_expired", YES),
    Row("zone with expired signatures", "expired.test", "dns.dnssec_valid", NO),
    Row("zone without signatures", "weak.test", "dns.dnssec_valid", NO),
    Row("zone that is down", "broken.test", "dns.dnssec_bogus", None),
    Row("anyone may certify", "weak.test", "dns.caa", ()),
    Row("two SPF records", "weak.test", "mail.spf", NO),
    Row("two SPF records", "weak.test", "mail.spf_problems", ("several-records",)),
    Row("SPF costs too much", "heavy.test", "mail.spf_lookups", 11),
    Row("SPF costs too much", "heavy.test", "mail.spf_problems", ("too-many-lookups", "too-many-void-lookups")),
    Row("SPF includes itself", "circle.test", "mail.spf_problems", ("circular-include",)),
    Row("SPF that nobody can read", "expired.test", "mail.spf", None),
    Row("DKIM key of 1024 bits", "weak.test", "mail.dkim_bits", 1024),
    Row("DKIM keys revoked or absent", "weak.test", "mail.dkim_missing", ("revoked", "absent")),
    Row("DMARC that asks for nothing", "weak.test", "mail.dmarc_policy", "none"),
    Row("no DMARC reports", "weak.test", "mail.dmarc_reports", NO),
    Row("no DMARC", "circle.test", "mail.dmarc", NO),
    Row("no mail at all", "heavy.test", "mail.receives_none", YES),
    Row("no MTA-STS", "weak.test", "mail.mta_sts", None),
    Row("no STARTTLS", "mx2.weak.test", "mail.starttls", NO),
    Row("TLS 1.0 for mail", "mx3.weak.test", "tls.accepts_tls10", YES),
    Row("expired certificate for mail", "mx3.weak.test", "certificate.expired", YES),
)


def subject_of(lab: Lab, where: str) -> Subject:
    if where.startswith("mx"):
        return Subject("exchanger", where)
    return Subject("domain", where) if "." in where else Subject("endpoint", lab.url(where))


def facts(lab: Lab, evidence: Evidence, where: str) -> dict[str, Value]:
    return {fact.name: fact.value for fact in observed_facts(evidence, subject_of(lab, where))}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.where}-{row.name}")
def test_each_weakness_is_seen(row: Row, lab: Lab, evidence: Evidence, record_property: Callable[[str, object], None]) -> None:
    if row.where == "sha1" and not has_openssl():
        pytest.skip("openssl is not installed, and nothing else signs with SHA-1")
    value = facts(lab, evidence, row.where)[row.name]
    probe = next(name for name, probe in all_probes().items() if row.name in probe.names)
    kind = "real servers" if lab.real else "stand-ins"
    seen = "unknown" if value is None else "yes" if value is True else "no" if value is False else "seen" if value else "none"
    for key, said in (("weakness", row.weakness), ("probe", probe), ("looked for", row.name), ("kind", kind), ("seen", seen)):
        record_property(key, said)
    assert value == row.value


def flaws(lab: Lab, evidence: Evidence, where: str, *names: str) -> dict[str, Value]:
    """The flaws that are there, and the merits that are not."""
    found: dict[str, Value] = {}
    seen = facts(lab, evidence, where)
    for each in OBSERVABLES:
        value = seen.get(each.name)
        if each.name not in seen or (names and not each.name.startswith(names)):
            continue
        if each.form == "yes-no" and value is not (each.sum != "any"):
            found[each.name] = value
    return found


BEYOND_THE_LAB = {
    "certificate.transparency",  # a private authority writes in no public log
    "tls.post_quantum",  # this OpenSSL may have none
    "tls.ocsp_staple",  # nothing to staple from, and its absence is no fault
}


@pytest.mark.parametrize("where", ["good", "p256", "wildcard"])
def test_a_good_server_is_clean(where: str, lab: Lab, evidence: Evidence) -> None:
    wrong = flaws(lab, evidence, where)
    expected = set() if where == "good" else {"http.redirects_to_https"}  # nothing listens on plain HTTP there
    assert set(wrong) - BEYOND_THE_LAB == expected
    seen = facts(lab, evidence, where)
    lists = {
        name: value
        for name, value in seen.items()
        if name.startswith(("tls.suites_without", "http.")) and isinstance(value, tuple) and value
    }
    assert set(lists) == {"http.cookies", "http.signatures"}
    assert seen["tls.versions"] == ("1.2", "1.3")
    assert seen["certificate.days_left"] == 59


def test_a_good_domain_is_clean(lab: Lab, evidence: Evidence) -> None:
    assert flaws(lab, evidence, "hds.test") == {}
    seen = facts(lab, evidence, "hds.test")
    assert (seen["mail.spf_all"], seen["mail.spf_lookups"], seen["mail.spf_problems"]) == ("-", 1, ())
    assert (seen["mail.dkim_keys"], seen["mail.dkim_missing"], seen["mail.dkim_bits"]) == (("s1", "s2"), (), 2048)
    assert (seen["mail.dmarc_policy"], seen["mail.dmarc_subdomain_policy"], seen["mail.mta_sts"]) == ("reject", "quarantine", "enforce")


@pytest.mark.parametrize("where", ["mx1.hds.test", "mx4.hds.test"])
def test_a_good_exchanger_is_clean_even_with_anonymous_suites(where: str, lab: Lab, evidence: Evidence) -> None:
    assert set(flaws(lab, evidence, where)) <= BEYOND_THE_LAB | {"tls.accepts_tls13"}
    assert "tls.anonymous" not in facts(lab, evidence, where)


def test_what_says_nothing_is_no_pass(lab: Lab, evidence: Evidence) -> None:
    for where in ("silence", "noise", "closed", "nowhere"):
        assert not [
            each
            for each in evidence.about(subject_of(lab, where))
            if each.name.startswith(("tls.", "certificate.", "http.")) and each.known
        ]


def test_every_failure_says_whose_fault_it_is(evidence: Evidence) -> None:
    failed = [each for each in evidence.observations if each.status == "failed"]
    assert failed
    assert all(each.fault and each.why and each.why.en and each.why.fr for each in failed)
    assert not [each for each in failed if each.why and "broke (" in each.why.en and "ECONN" not in each.why.en]


def test_every_subject_is_answered_on_everything(lab: Lab, evidence: Evidence) -> None:
    for endpoint in lab.targets.endpoints:
        names = {each.name for each in evidence.about(Subject("endpoint", endpoint.url))}
        assert names == {each.name for each in OBSERVABLES if "endpoint" in each.on}
    for domain in lab.targets.domains:
        names = {each.name for each in evidence.about(Subject("domain", domain.name))}
        assert names == {each.name for each in OBSERVABLES if "domain" in each.on}


def test_nothing_secret_and_no_body_is_kept(evidence: Evidence) -> None:
    def words(each: Observation) -> str:
        return f"{each.value} {each.raw} {each.why}"

    whole = " ".join(words(each) for each in evidence.observations)
    assert "secretvalue" not in whole
    assert "Fictional" not in whole
    assert "fictional person" not in whole


def test_the_lab_has_no_place_that_no_row_or_test_speaks_of() -> None:
    spoken = {row.where for row in ROWS} | {"good", "p256", "wildcard", "forever", "locked", "to-private-name"}
    assert set(PLACES) <= spoken


def test_a_private_name_behind_a_redirection_is_not_followed(lab: Lab, evidence: Evidence) -> None:
    steps = [raw.said for each in evidence.about(subject_of(lab, "to-private-name")) for raw in each.raw if raw.what == "step"]
    assert steps
    assert not [step for step in steps if "metadata" in step]


def test_a_chain_of_redirections_without_end_is_left(lab: Lab, evidence: Evidence) -> None:
    seen = facts(lab, evidence, "forever")
    assert seen["http.redirect_loop"] is False
    steps = {raw.said for each in evidence.about(subject_of(lab, "forever")) if each.name == "http.redirect_loop" for raw in each.raw}
    assert len(steps) == lab.settings.redirects + 1


def test_a_locked_page_is_locked(lab: Lab, evidence: Evidence) -> None:
    assert facts(lab, evidence, "locked")["http.open_private_pages"] == ()
