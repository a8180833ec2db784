"""From evidence to the facts that rules read: the lab described as clean, through the project's own reader and catalogue."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from lab.network import Lab

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.evidence import Evidence, Observation
from hds_audit.model.fact import UNKNOWN, Fact, Origin
from hds_audit.model.vocabulary import derived_paths
from hds_audit.read.catalogue import load_catalogue
from hds_audit.read.description import parse_description
from hds_audit.resolve.declared import declared
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.element import Element
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import World

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(RULES / "_catalogue")


def described(lab: Lab, more: str = "") -> str:
    endpoints = "\n".join(
        f"  - {{url: '{each.url}', component: web, pages: [{', '.join(each.pages)}]"
        + (f", login: {str(each.login).lower()}}}" if each.login is not None else "}")
        for each in lab.targets.endpoints
    )
    domains = ", ".join(
        f"{{name: {each.name}, dkim: [{', '.join(each.dkim)}]}}" if each.dkim else each.name for each in lab.targets.domains
    )
    return f"""format: hds-audit/1
application: {{name: Essai, operator: op}}
organisations: {{op: {{name: Op, country: "FR", parent: false}}}}
data: {{records: {{health: nature}}}}
hosts:
  cloud: {{provider: ovhcloud, service: iaas}}
components:
  web: {{kind: application, host: cloud, processes: [records]}}
flows:
  - {{from: patients, to: web, data: [records], transport: {{protocol: https, tls: ["1.2", "1.3"]}}, terminated_by: []}}
{more}
endpoints:
{endpoints}
domains: [{domains}]
"""


def world(lab: Lab, catalogue: Catalogue, evidence: Evidence | None, text: str = "", on: date | None = None) -> World:
    description = parse_description("infra.yaml", (text or described(lab)).encode(), catalogue)
    return World(description, catalogue, on or date.today(), all_derivations(), evidence)  # noqa: DTZ011 (the lab lives today)


def endpoint(where: World, lab: Lab, name: str) -> Subject:
    found = where.subject("endpoint", lab.url(name))
    assert found is not None
    return found


def words(fact: Fact) -> list[str]:
    assert isinstance(fact.value, tuple)
    return [str(item.value) for item in fact.value if isinstance(item, Fact)]


def test_the_description_is_seen_as_evidence_is_set_against_it(lab: Lab, catalogue: Catalogue) -> None:
    seen = declared(world(lab, catalogue, None))
    first = seen.endpoints[0]
    assert first.tls == ("1.2", "1.3")
    assert first.tls_path.endswith("transport.tls")
    assert first.organisations is not None
    assert {"op", "ovhcloud"} <= set(first.organisations)
    assert set(first.third_parties or ()) == {"ovhcloud", "op"}
    assert [domain.mail_organisations for domain in seen.domains] == [("op",)] * len(lab.targets.domains)


def test_consent_and_mail_are_read_from_flows_and_hosts(lab: Lab, catalogue: Catalogue) -> None:
    text = described(lab).replace(
        "  cloud:", "  pixel: {provider: facebook, service: advertising}\n  mail: {provider: mailjet, service: email}\n  cloud:", 1
    )
    text = text.replace("flows:\n", "flows:\n  - {from: patients, to: pixel, data: [records], consent: prior}\n", 1)
    seen = declared(world(lab, catalogue, None, text))
    assert seen.consent == {"facebook": "prior"}
    assert seen.domains[0].mail_organisations == ("op", "mailjet")
    assert {"facebook", "mailjet"} <= set(seen.endpoints[0].third_parties or ())


def test_without_evidence_nothing_is_claimed(lab: Lab, catalogue: Catalogue) -> None:
    where = world(lab, catalogue, None)
    subject = endpoint(where, lab, "good")
    assert subject.fact("was_observed").value is False
    for name in ("observed", "contradictions", "operators_seen", "contradicted_tls", "observed.tls.rc4"):
        assert subject.fact(name).value is UNKNOWN
        assert subject.fact(name).missing
    application = where.subjects("application")[0]
    assert application.fact("domains_were_observed").value is False
    assert application.fact("contradicted_mail").value is UNKNOWN


def test_evidence_of_a_later_day_does_not_count_yet(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    before = evidence.started.date() - timedelta(days=1)
    assert endpoint(world(lab, catalogue, evidence, on=before), lab, "good").fact("was_observed").value is False
    assert endpoint(world(lab, catalogue, evidence, on=evidence.started.date()), lab, "good").fact("was_observed").value is True


def test_what_was_seen_is_a_fact_of_its_own_origin(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    good, old = (endpoint(world(lab, catalogue, evidence), lab, name) for name in ("good", "two"))
    rc4 = good.fact("observed.tls.rc4")
    assert (rc4.value, rc4.origin) == (False, Origin.OBSERVED)
    assert rc4.source.startswith(lab.url("good"))
    assert good.fact("observed.tls.versions").value == ("1.2", "1.3")
    assert good.fact("observed.tls.dh_bits").value is False  # looked for, and there is none
    assert good.fact("observed.tls.suites_without_aead").value == ()
    assert old.fact("observed.tls.accepts_tls10").value is True
    assert old.fact("observed.tls.accepts_tls13").value is False


def test_what_gave_no_answer_is_unknown_with_its_reason(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    silent = endpoint(world(lab, catalogue, evidence), lab, "silence")
    for name in ("observed.tls.rc4", "observed.tls.versions", "observed.http.hsts_max_age", "observed.certificate.expired"):
        fact = silent.fact(name)
        open_list = isinstance(fact.value, tuple) and isinstance(fact.value[0], Fact) and fact.value[0].value is UNKNOWN
        assert fact.value is UNKNOWN or open_list
        assert fact.missing or open_list
    assert silent.fact("observed.tls.rc4").doubt is not None
    assert silent.fact("observed.tls.rc4").missing == ("endpoints",)
    seen = world(lab, catalogue, evidence).subjects("application")[0].fact("domains_seen").value
    assert isinstance(seen, tuple)
    down = next(each for each in seen if isinstance(each, Element) and each.fact("id").value == "broken.test")
    assert (down.fact("dns.dnssec_bogus").value, down.fact("dns.dnssec_bogus").missing) == (UNKNOWN, ("domains",))


def test_a_list_of_which_an_address_kept_silent_stays_open(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    def lost(each: Observation) -> Observation:
        gone = each.subject.id == lab.url("two") and each.address == lab.names["two"][1]
        return each._replace(status="failed", value=None, fault="target") if gone else each

    partial = evidence._replace(observations=tuple(lost(each) for each in evidence.observations))
    subject = endpoint(world(lab, catalogue, partial), lab, "two")
    suites = subject.fact("observed.tls.suites").value
    assert isinstance(suites, tuple)
    assert suites[0].startswith("TLS_")
    assert suites[-1].value is UNKNOWN
    assert subject.fact("observed.tls.accepts_tls13").value is UNKNOWN
    assert subject.fact("observed.certificate.key_bits").value is UNKNOWN


def test_the_declared_clean_description_meets_its_contradictions(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    where = world(lab, catalogue, evidence)
    good, bad, old, private = (endpoint(where, lab, name) for name in ("good", "bad", "tls10", "private"))
    for kind in ("tls", "operator", "third_parties", "consent", "hosts", "login"):
        assert good.fact(f"contradicted_{kind}").value == ()
    assert good.fact("contradictions").value == ()
    assert words(old.fact("contradicted_tls")) == ["1.0", "1.1", "1.2 refused", "1.3 refused"]
    assert words(bad.fact("contradicted_operator")) == ["cloudflare"]
    parties = words(bad.fact("contradicted_third_parties"))
    assert {"facebook", "outbrain", "google-analytics", "cdn.unknown.example"} <= set(parties)
    assert words(bad.fact("contradicted_hosts")) == ["assets.hds.test", "measure.hds.test", "stats.hds.test"]
    assert words(private.fact("contradicted_login")) == ["/api/patients", "/records"]
    assert words(where.subjects("application")[0].fact("contradicted_mail")) == ["_spf.mailer.test", "_spf.mailer.test", "nothing.test"]


def test_agreement_is_earned(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    where = world(lab, catalogue, evidence)
    for name in ("noise", "silence", "closed", "nowhere"):
        lost = endpoint(where, lab, name)
        for kind in ("tls", "operator", "third_parties", "hosts", "login"):
            assert lost.fact(f"contradicted_{kind}").value is UNKNOWN
        assert lost.fact("contradictions").value is UNKNOWN
    alone = described(lab).replace(', tls: ["1.2", "1.3"]', "").replace("component: web, ", "")
    good = endpoint(world(lab, catalogue, evidence, alone), lab, "good")
    assert (good.fact("contradicted_tls").value, good.fact("contradicted_tls").missing) == (UNKNOWN, ("flows.*.transport.tls",))
    assert good.fact("contradicted_operator").missing == ("endpoints.*.component",)
    assert endpoint(where, lab, "two").fact("contradicted_login").missing == ("endpoints.*.login",)


def test_a_contradiction_points_at_the_declaration(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    where = world(lab, catalogue, evidence)
    tls = endpoint(where, lab, "tls10").fact("contradicted_tls")
    assert tls.because
    place = where.description.files.value_place(tls.because[0].mark)
    assert "tls:" in described(lab).splitlines()[place.line - 1]
    operator = endpoint(where, lab, "bad").fact("contradicted_operator")
    place = where.description.files.value_place(operator.because[0].mark)
    assert "provider: ovhcloud" in described(lab).splitlines()[place.line - 1]
    listed = endpoint(where, lab, "bad").fact("contradictions").value
    assert isinstance(listed, tuple)
    assert {element.fact("kind").value for element in listed if isinstance(element, Element)} >= {
        "operator",
        "third-party",
        "undeclared-host",
    }


def test_operators_are_named_with_how_sure(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    found = endpoint(world(lab, catalogue, evidence), lab, "bad").fact("operators_seen").value
    assert isinstance(found, tuple)
    seen = {
        (str(each.fact("id").value), str(each.fact("role").value), str(each.fact("confidence").value))
        for each in found
        if isinstance(each, Element)
    }
    assert ("cloudflare", "answers", "medium") in seen
    assert ("facebook", "in-page", "high") in seen


def test_domains_and_exchangers_are_elements(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    application = world(lab, catalogue, evidence).subjects("application")[0]
    assert application.fact("domains_were_observed").value is True
    domains, exchangers = application.fact("domains_seen").value, application.fact("exchangers_seen").value
    assert isinstance(domains, tuple)
    assert isinstance(exchangers, tuple)
    by_name = {str(each.fact("id").value): each for each in domains if isinstance(each, Element)}
    assert by_name["hds.test"].fact("dns.dnssec_valid").value is True
    assert by_name["weak.test"].fact("mail.spf").value is False
    assert by_name["weak.test"].fact("mail.dmarc_policy").value == "none"
    assert by_name["broken.test"].fact("mail.spf").value is UNKNOWN
    relays = {str(each.fact("id").value): each for each in exchangers if isinstance(each, Element)}
    assert relays["mx2.weak.test"].fact("mail.starttls").value is False


def test_every_path_has_a_fact_and_every_element_its_names(lab: Lab, catalogue: Catalogue, evidence: Evidence) -> None:
    where = world(lab, catalogue, evidence)
    paths = {(kind, name): path for (kind, name), path in derived_paths().items() if path.declare in (("endpoints",), ("domains",))}
    assert len(paths) > 10
    for (kind, name), path in paths.items():
        for subject in where.subjects(kind)[:3]:
            fact = subject.fact(name)
            for element in fact.value if isinstance(fact.value, tuple) else (fact.value,):
                if isinstance(element, Element):
                    assert all(element.fact(inner).path for inner, _ in path.elements)
