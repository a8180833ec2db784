"""Each contradiction between declaration and observation is a finding of `check --evidence`, without any server: both sides are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hds_audit.model.evidence import Domain, Endpoint, Evidence, Observation, Subject, Targets
from hds_audit.model.observable import OBSERVABLES
from hds_audit.write.evidence import evidence_json

ROOT = Path(__file__).parents[2]
URL, LOST = "https://www.example.org", "https://lost.example.org"
DAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
DECLARED = f"""format: hds-audit/1
application: {{name: Essai, operator: op}}
organisations: {{op: {{name: Op, country: FR, parent: false}}}}
data:
  record: {{health: nature, controller: [health-professionals], collected_in: [care], identifiability: identified}}
hosts:
  h: {{provider: ovhcloud, service: iaas, subcontractors: []}}
components:
  web: {{kind: application, host: h, processes: [record]}}
flows:
  - {{from: patients, to: web, data: [record], transport: {{protocol: https, tls: ["1.3"]}}, terminated_by: []}}
endpoints:
  - {{url: '{URL}', component: web, pages: [/], login: true}}
  - {{url: '{LOST}', component: web, login: false}}
domains: [example.org]
"""


HERE = Subject("endpoint", URL)


def seen(name: str, *items: str, subject: Subject = HERE) -> Observation:
    return Observation(name, subject, "seen", DAY, items or None)


def evidence() -> Evidence:
    """The first endpoint contradicts its description in every way; nothing answered at the second, which asks for no credentials."""
    domain, lost = Subject("domain", "example.org"), Subject("endpoint", LOST)
    pages = [each.name for each in OBSERVABLES if "endpoint" in each.on]
    unreached = [
        Observation(name, lost, "not-seen", DAY, ())
        if name == "http.open_private_pages"  # the probe knows it without a look: nothing is private there
        else Observation(name, lost, "failed", DAY, fault="network")
        for name in pages
    ]
    return Evidence(
        DAY, DAY,
        Targets((Endpoint(URL, "endpoints[0]", ("/",), True), Endpoint(LOST, "endpoints[1]", (), False)), (Domain("example.org", ()),)),
        (
            seen("tls.versions", "1.0", "1.3"),
            seen("tls.accepts_tls13"),
            seen("http.signatures", "header cf-ray"),
            seen("dns.announced_by", "AS13335"),
            seen("http.third_parties", "connect.facebook.net", "widgets.outbrain.com"),
            seen("http.trackers", "connect.facebook.net", "widgets.outbrain.com"),
            seen("http.own_hosts", "assets.example.org"),
            seen("http.open_private_pages", "/"),
            seen("mail.spf_includes", "spf.mailjet.com", subject=domain),
            Observation("mail.exchangers", domain, "not-seen", DAY, ()),
            *unreached,
        ),
    )  # fmt: skip


@dataclass
class Report:
    tree: dict[str, Any]

    def finding(self, rule: str, subject: str) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in self.tree["findings"] if (each["rule"], each["subject"]["id"]) == (rule, subject))
        return found

    def facts(self, finding: dict[str, Any], origin: str) -> list[dict[str, Any]]:
        held = (self.tree["facts"][index] for index in finding["facts"])
        return [fact for fact in held if fact["origin"] == origin]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("contradicted")
    (folder / "infra.yaml").write_text(DECLARED, "utf-8")
    (folder / "evidence.json").write_text(evidence_json(evidence()), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "hds_audit", "check", "infra.yaml", "--evidence", "evidence.json", "--as-of", "2026-11-24", "-o", "json:-"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.stdout, ran.stderr
    return Report(json.loads(ran.stdout))


@pytest.mark.parametrize(
    ("rule", "subject", "path", "observed", "declared"),
    [
        ("GDPR-5-2-SEEN-TLS", URL, "contradicted_tls", ["1.0"], "flows.*.transport.tls"),
        ("ISO-5-9-SEEN", URL, "contradicted_operator", ["cloudflare"], "hosts.h.provider"),
        ("ISO-5-9-SEEN", URL, "contradicted_third_parties", ["facebook", "outbrain"], "hosts"),
        ("GDPR-5-2-SEEN-MAIL", "application", "contradicted_mail", ["mailjet"], "hosts"),
        ("ISO-5-9-SEEN", URL, "contradicted_hosts", ["assets.example.org"], "endpoints.0.url"),
        ("GDPR-5-2-SEEN-LOGIN", URL, "contradicted_login", ["/"], "endpoints.0.login"),
    ],
)
def test_it_is_a_finding_that_tells_both_sides(
    rule: str, subject: str, path: str, observed: list[str], declared: str, report: Report
) -> None:
    finding = report.finding(rule, subject)
    assert finding["verdict"] == "fail"
    (what,) = [fact for fact in report.facts(finding, "observed") if isinstance(fact["value"], list) and fact["path"].endswith(path)]
    assert what["value"] == observed
    assert all(word in finding["message"][language] for word in observed for language in ("en", "fr"))
    places = [fact["place"] for fact in report.facts(finding, "declared") if fact["path"].startswith(declared.split("*")[0])]
    assert places
    assert {place["file"] for place in places} == {"infra.yaml"}


def test_a_host_that_was_never_reached_passes_nothing(report: Report) -> None:
    about = [each for each in report.tree["findings"] if each["subject"]["id"] == LOST]
    assert about
    assert {each["rule"] for each in about if each["verdict"] in ("pass", "fail")} == set()
    assert report.finding("GDPR-5-2-SEEN-LOGIN", LOST)["verdict"] == "not-applicable"
