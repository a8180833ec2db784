"""One run: it ends, whatever hosts do; it keeps what it saw; it heeds nothing that it was not told."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from lab.network import Lab

import hds_audit.probes.observe as observing
from hds_audit.errors import MisuseError
from hds_audit.model.evidence import Domain, Endpoint, Evidence, Observation, Subject, Targets
from hds_audit.model.observable import OBSERVABLES
from hds_audit.model.text import Text
from hds_audit.probes.observe import all_probes, chosen_probes, observe
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.settings import ProbeSettings


def test_every_probe_is_found_by_its_file_and_answers_what_can_be_observed() -> None:
    probes = all_probes()
    assert set(probes) == {"certificate", "http", "location", "mail", "mail_transport", "pages", "private", "starttls", "tls", "zone"}
    answered = [name for probe in probes.values() for name in probe.names]
    assert set(answered) == {each.name for each in OBSERVABLES}
    assert sorted(set(answered)) == sorted(set(answered))
    assert [name for name in set(answered) if answered.count(name) > 1] == ["dns.addresses"]
    assert all(probe.title.en != probe.title.fr for probe in probes.values())


def test_a_probe_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(MisuseError) as refused:
        chosen_probes(("tls", "nope", "neither"))
    assert [problem.where for problem in refused.value.problems] == ["nope", "neither"]
    assert "certificate" in refused.value.problems[0].fr


def one(lab: Lab, *names: str, **settings: object) -> Evidence:
    targets = Targets(tuple(Endpoint(lab.url(name)) for name in names))
    return observe(targets, replace(lab.settings, **settings))  # type: ignore[arg-type]


def test_only_the_probes_asked_for_are_sent(small_lab: Lab) -> None:
    evidence = one(small_lab, "good", only=("certificate",))
    assert {each.name.partition(".")[0] for each in evidence.observations} == {"certificate"}


def test_evidence_is_dated_and_in_order(small_lab: Lab) -> None:
    day = datetime(2026, 11, 24, 8, tzinfo=UTC)
    evidence = observe(Targets((Endpoint(small_lab.url("good")),)), small_lab.settings, now=lambda: day)
    assert {each.at for each in evidence.observations} == {day}
    assert list(evidence.observations) == sorted(evidence.observations, key=lambda each: (each.subject, each.name, each.address))
    assert evidence.started == evidence.ended == day
    assert "resolver" in {raw.what for raw in evidence.circumstances}


def test_private_addresses_stay_unvisited_unless_allowed(small_lab: Lab) -> None:
    evidence = one(small_lab, "good", allow_private=False)
    visited = [each for each in evidence.observations if each.name.startswith(("tls.", "certificate."))]
    assert {(each.status, each.fault) for each in visited} == {("failed", "here")}
    assert small_lab.server.asked  # names were asked for, and nothing else was


def test_proxies_and_authorities_of_the_environment_are_not_heeded(small_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(name, "/nonexistent")
    evidence = one(small_lab, "good", only=("certificate", "http"))
    told = {each.name: each.status for each in evidence.observations}
    assert told["certificate.trusted"] == "seen"
    assert told["http.hsts"] == "seen"


def test_an_authority_of_the_environment_is_not_trusted(small_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(small_lab.authority.root_file))
    evidence = one(small_lab, "good", only=("certificate",), authorities="")
    assert {each.status for each in evidence.named("certificate.trusted")} == {"not-seen"}


def test_a_name_that_nobody_answers_for_slows_no_other(small_lab: Lab) -> None:
    """`silent` gets no DNS reply, `silence` accepts and says nothing: each costs its own waits, side by side."""
    targets = Targets((*(Endpoint(small_lab.url(name)) for name in ("good", "silence", "silent")),), (Domain("silent.nowhere.test"),))
    done: dict[str, float] = {}
    start = time.monotonic()
    evidence = observe(
        targets,
        replace(small_lab.settings, timeout=0.4),
        progress=lambda count, known, subject: done.setdefault(subject, time.monotonic() - start),
    )
    assert evidence.complete
    assert {each.status for each in evidence.about(Subject("endpoint", small_lab.url("good"))) if each.name == "tls.versions"} == {"seen"}
    lost = [each for each in evidence.about(Subject("endpoint", small_lab.url("silent"))) if each.name == "tls.versions"]
    assert [(each.status, each.fault) for each in lost] == [("failed", "resolver")]
    assert time.monotonic() - start < 15


def test_ctrl_c_keeps_what_was_seen(small_lab: Lab) -> None:
    def interrupt(done: int, known: int, subject: str) -> None:
        if subject == small_lab.url("good"):
            raise KeyboardInterrupt

    targets = Targets((Endpoint(small_lab.url("good")), Endpoint(small_lab.url("silence"))))
    start = time.monotonic()
    evidence = observe(targets, replace(small_lab.settings, timeout=8.0), progress=interrupt)
    assert time.monotonic() - start < 5
    assert not evidence.complete
    assert [each for each in evidence.about(Subject("endpoint", small_lab.url("good"))) if each.known]
    left = evidence.about(Subject("endpoint", small_lab.url("silence")))
    assert {each.name for each in left} == {each.name for each in OBSERVABLES if "endpoint" in each.on}
    assert {each.fault for each in left if each.status == "failed"} == {"limit"}


def test_the_whole_run_has_a_deadline(small_lab: Lab) -> None:
    start = time.monotonic()
    evidence = one(small_lab, "silence", total_seconds=0.5, timeout=8.0)
    assert time.monotonic() - start < 4
    assert not evidence.complete
    assert all(each.status != "seen" for each in evidence.observations if each.name.startswith("tls."))


def test_a_probe_that_breaks_takes_no_other_with_it(small_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(visit: Visit) -> Iterator[Observation]:
        yield visit.answer("tls.rc4", False)
        raise RuntimeError("a fault of ours")

    probe = Probe(Text("Broken", "Cassée"), ("endpoint-address",), ("tls.rc4", "tls.null"), broken)
    monkeypatch.setattr(observing, "all_probes", lambda: MappingProxyType({"broken": probe, "certificate": all_probes()["certificate"]}))
    evidence = one(small_lab, "good")
    told = {each.name: each for each in evidence.observations}
    assert told["tls.rc4"].status == "not-seen"
    assert (told["tls.null"].status, told["tls.null"].fault) == ("failed", "here")
    assert "RuntimeError" in told["tls.null"].why.en  # type: ignore[union-attr]
    assert told["certificate.expired"].status == "not-seen"


def test_more_addresses_than_are_looked_at_are_told(small_lab: Lab) -> None:
    evidence = one(small_lab, "two", addresses=1, only=("tls",))
    told = evidence.named("tls.accepts_tls12")
    assert len(told) == 2
    assert [each.fault for each in told if each.status == "failed"] == ["limit"]


def test_an_endpoint_without_encryption_is_said_to_be_so(small_lab: Lab) -> None:
    url = f"http://bad.hds.test:{small_lab.plain_port}/"
    evidence = observe(Targets((Endpoint(url),)), small_lab.settings)
    assert {each.status for each in evidence.named("tls.versions")} == {"not-testable"}
    assert {each.status for each in evidence.named("http.plain_content")} == {"seen"}
    assert {each.status for each in evidence.named("http.hsts")} == {"not-seen"}


def test_without_a_resolver_nothing_is_told_for_sure(small_lab: Lab) -> None:
    targets = Targets((Endpoint("https://host.test"),), (Domain("zone.test"),))
    evidence = observe(targets, ProbeSettings(timeout=0.2, resolvers=((small_lab.server.host, 1),), ask_cymru=False))
    assert evidence.complete
    assert not [each for each in evidence.observations if each.known]


def test_nothing_declared_is_nothing_seen(small_lab: Lab) -> None:
    assert observe(Targets(), small_lab.settings).observations == ()


def test_an_unusual_host_name_harms_nothing(small_lab: Lab) -> None:
    hosts = ("xn--bcher-kva.hds.test", "a" * 64 + ".hds.test", "under_score.hds.test", "..hds.test", "bücher.hds.test")
    evidence = observe(Targets(tuple(Endpoint(f"https://{host}/") for host in hosts)), small_lab.settings)
    assert not [each for each in evidence.observations if each.known and each.name.startswith("tls.")]
    assert not [each for each in evidence.observations if each.why and "the probe broke (" in each.why.en]
