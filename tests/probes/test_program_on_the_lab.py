"""The lab through the program: `probe`, `check --evidence` and `check --live` on a description that calls the lab clean."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from lab.daemons import missing
from lab.network import BY_HAND, PLACES, Lab
from lab.pki import has_openssl
from test_lab import BEYOND_THE_LAB, ROWS

ROOT = Path(__file__).parents[2]
SPOKEN_OF = {
    "tls.accepts_tls10": "ANSSI-TLS-R4", "tls.accepts_tls11": "ANSSI-TLS-R4", "tls.accepts_ssl2": "ANSSI-TLS-R4", "tls.accepts_ssl3": "ANSSI-TLS-R4",
    "tls.rc4": "ANSSI-TLS-R9", "tls.triple_des": "ANSSI-TLS-R9", "tls.des": "ANSSI-TLS-R9", "tls.export": "ANSSI-TLS-R9", "tls.null": "ANSSI-TLS-R9",
    "tls.anonymous": "ANSSI-TLS-R5", "tls.suites_without_forward_secrecy": "ANSSI-TLS-R6", "tls.suites_without_aead": "ANSSI-TLS-R10",
    "tls.dh_bits": "ANSSI-TLS-R7-DH", "tls.accepts_tls13": "ANSSI-TLS-R3", "tls.versions": "GDPR-5-2-SEEN-TLS", "tls.server_order": "ANSSI-TLS-R13",
    "certificate.expired": "ISO-8-21-SERVER", "certificate.days_left": "ISO-8-21-RENEWAL", "certificate.life_left": "ISO-8-21-RENEWAL",
    "certificate.not_yet_valid": "ISO-8-21-SERVER", "certificate.incomplete_chain": "ANSSI-TLS-R34", "certificate.trusted": "ISO-8-21-SERVER",
    "certificate.matches_name": "ANSSI-TLS-R29", "certificate.without_names": "ANSSI-TLS-R29", "certificate.self_signed": "ISO-8-21-SERVER",
    "certificate.key_bits": "ANSSI-TLS-R26", "certificate.weak_signature": "ANSSI-TLS-R24", "certificate.lifetime": "ANSSI-TLS-R25",
    "http.plain_content": "CNIL-10-HTTPS", "http.redirects_to_https": "CNIL-10-HTTPS", "http.redirect_through_plain": "CNIL-10-HTTPS",
    "http.redirects_elsewhere": "ISO-5-9-SEEN", "http.hsts": "CNIL-10-HSTS", "http.cookies_without_secure": "CNIL-10-COOKIES",
    "http.cookies_without_httponly": "CNIL-10-COOKIES", "http.csp": "ISO-8-26-HEADERS", "http.nosniff": "ISO-8-26-HEADERS",
    "http.frame_protection": "ISO-8-26-HEADERS", "http.referrer_policy": "ISO-8-26-HEADERS", "http.security_txt": "ISO-6-8-SECURITY-TXT",
    "http.security_txt_expired": "ISO-6-8-SECURITY-TXT", "http.trackers": "LIL-82-OBSERVED", "http.cloaked_trackers": "LIL-82-OBSERVED",
    "http.own_hosts": "ISO-5-9-SEEN", "http.plain_form": "CNIL-10-HTTPS", "http.scripts_without_integrity": "CNIL-10-INTEGRITY",
    "http.open_private_pages": "GDPR-32-1-B-PRIVATE", "mail.spf": "CNIL-13-SPF", "mail.dmarc": "CNIL-13-DMARC", "mail.dmarc_policy": "CNIL-13-DMARC",
    "mail.starttls": "ANSSI-INTERNET-R42-TLS", "certificate.staple_missing": "ANSSI-TLS-R35-STAPLE", "http.redirect_loop": "ISO-8-21-LOOP",
    "http.hsts_max_age": "ANSSI-WEB-R2-YEAR", "http.cookies_without_samesite": "ANSSI-WEB-R32", "http.csp_unsafe": "ANSSI-WEB-R15",
    "http.cors_anyone": "ANSSI-WEB-R40", "http.products": "ISO-8-9-VERSIONS", "http.plain_resources": "CNIL-10-HTTPS",
    "dns.dnssec_bogus": "ISO-8-21-DNSSEC", "dns.dnssec_expired": "ISO-8-21-DNSSEC", "dns.dnssec_valid": "ANSSI-INTERNET-R50-DNSSEC",
    "dns.caa": "ISO-8-24-CAA", "mail.spf_problems": "ANSSI-INTERNET-R44-SPF", "mail.spf_lookups": "ANSSI-INTERNET-R44-SPF",
    "mail.dkim_bits": "ANSSI-RSA-DKIM", "mail.dkim_missing": "ANSSI-INTERNET-R46-DKIM", "mail.dmarc_reports": "ANSSI-INTERNET-R48-REPORTS",
    "mail.mta_sts": "ISO-5-14-MTA-STS",
}  # fmt: skip
SEEN_ALONE = {"tls.client_certificate", "http.third_parties_on_consent", "dns.aliases", "mail.receives_none"}
"""What the evidence holds and no rule judges, because it is no weakness: a choice, or what already waits for consent."""
OF_EXCHANGERS = {"certificate.expired": "ANSSI-INTERNET-R42-TLS", "tls.accepts_tls10": "ANSSI-INTERNET-R42-TLS"}
"""What is asked of mail exchangers in words of their own."""
NOT_WEAK = {
    ("tls10-off", "tls.accepts_tls10"), ("expired.test", "mail.spf"), ("broken.test", "dns.dnssec_bogus"),
    ("expired.test", "dns.dnssec_valid"),  # its signatures are wrong, which another rule tells
}  # fmt: skip
"""Traps: what looks weak and is not, or cannot be told, or is told by another rule."""
TOLD_AS = {("mx3.weak.test", "tls.accepts_tls10"): "tls.accepts_tls13"}
"""Between mail servers an old version is tolerated: what is weak is that nothing newer is there."""
DESCRIPTION = {
    "format": "hds-audit/1",
    "application": {"name": "Lab", "operator": "op"},
    "organisations": {"op": {"name": "Op", "country": "FR", "parent": False}},
    "data": {"record": {"health": "nature", "controller": ["health-professionals"], "collected_in": ["care"], "identifiability": "identified"}},
    "hosts": {"h": {"provider": "ovhcloud", "service": "iaas", "subcontractors": []}},
    "components": {"web": {"kind": "application", "host": "h", "processes": ["record"]}},
    "flows": [{
        "from": "patients", "to": "web", "data": ["record"], "transport": {"protocol": "https", "tls": ["1.2", "1.3"]}, "terminated_by": [],
    }],
}  # fmt: skip


def bindable() -> bool:
    try:
        for port in (25, 80, 443):
            with socket.socket() as one:
                one.bind(("127.250.250.1", port))
    except OSError:
        return False
    return True


@dataclass
class Audited:
    """A report, asked by rule and subject."""

    code: int
    report: dict[str, Any]
    err: str = ""

    def finding(self, rule: str, subject: str) -> dict[str, Any]:
        return next(each for each in self.report["findings"] if each["rule"] == rule and each["subject"]["id"] == subject)

    def facts(self, finding: dict[str, Any]) -> list[dict[str, Any]]:
        return [self.report["facts"][index] for index in finding["facts"]]

    def fails(self, subject: str) -> set[str]:
        return {each["rule"] for each in self.report["findings"] if each["subject"]["id"] == subject and each["verdict"] == "fail"}

    def notices(self) -> set[str]:
        return {each["kind"] for each in self.report["notices"]}


class Usual:
    """The lab on the ports that the program goes to, described as its owner would like it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lab = Lab(folder, real=not missing(), usual=True)
        self.looking = ("--resolver", f"{self.lab.dns[0]}#{self.lab.dns[1]}", "--authorities", str(self.lab.authority.root_file))
        self.places = [
            *(name for name in PLACES if name in self.lab.names),
            *BY_HAND,
            "two",
            "via-plain",
            "alias",
            "lie",
            "closed",
            "nowhere",
        ]
        self.described("infra.yaml", self.places, tuple(each.name for each in self.lab.targets.domains))

    def described(self, name: str, places: list[str], domains: tuple[str, ...] = ()) -> None:
        chosen = [each for each in self.lab.targets.endpoints if each.url in {self.lab.url(place) for place in places}]
        endpoints = [
            {
                "url": each.url,
                "component": "web",
                **({"pages": list(each.pages)} if each.pages else {}),
                **({} if each.login is None else {"login": each.login}),
            }
            for each in chosen
        ]
        named = [each for each in self.lab.targets.domains if each.name in domains]
        listed = [{"name": each.name, **({"dkim": list(each.dkim)} if each.dkim else {})} for each in named]
        text = yaml.safe_dump({**DESCRIPTION, "endpoints": endpoints, "domains": listed}, sort_keys=False)
        (self.folder / name).write_text(text, "utf-8")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "hds_audit", *arguments]

    def environment(self) -> dict[str, str]:
        return {
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment(), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=240, check=False,
        )  # fmt: skip

    def audited(self, *arguments: str) -> Audited:
        ran = self.run("check", *arguments, "-o", "json:-")
        assert ran.stdout, ran.stderr
        return Audited(ran.returncode, json.loads(ran.stdout), ran.stderr)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usual]:
    if not bindable():
        pytest.skip("the ports 25, 80 and 443 of loopback are not ours to listen on")
    made = Usual(tmp_path_factory.mktemp("usual"))
    yield made
    made.lab.close()


@pytest.fixture(scope="module")
def judged(usual: Usual) -> Audited:
    ran = usual.run("probe", "infra.yaml", "--yes", "--allow-private", "--no-asn", "--rate", "500", "--timeout", "3", *usual.looking)
    assert ran.returncode == 0, ran.stderr
    return usual.audited("infra.yaml", "--evidence", "evidence.json")


def of(usual: Usual, where: str) -> str:
    return "application" if "." in where else usual.lab.url(where)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.where}-{row.name}")
def test_each_weakness_is_the_right_verdict(row: Any, usual: Usual, judged: Audited) -> None:
    if row.where == "sha1" and not has_openssl():
        pytest.skip("openssl is not installed, and nothing else signs with SHA-1")
    assert (row.name in SPOKEN_OF) is not (row.name in SEEN_ALONE), "a weakness is judged, or it is known that it is not"
    if row.name in SEEN_ALONE:
        return
    rules = {**SPOKEN_OF, **OF_EXCHANGERS} if row.where.startswith("mx") else SPOKEN_OF
    finding = judged.finding(rules[row.name], of(usual, row.where))
    if (row.where, row.name) in NOT_WEAK:
        assert finding["verdict"] != "fail" or "." in row.where
        assert not [each for each in judged.facts(finding) if f".{row.where}." in each["path"]]
        return
    assert finding["verdict"] == "fail"
    assert {each["origin"] for each in judged.facts(finding)} & {"observed"}
    if "." in row.where:
        told = TOLD_AS.get((row.where, row.name), row.name)
        assert any(f".{row.where}.{told}" in each["path"] for each in judged.facts(finding)), "which of the domains it is, is said"


def test_no_rule_speaks_of_what_is_seen_alone() -> None:
    """A rule that comes to be belongs in the table above."""
    judging: list[str] = []
    for path in sorted((ROOT / "rules").glob("[!_]*/*.yaml")):
        rule = yaml.load(path.read_text("utf-8").partition("\nexamples:")[0], yaml.CSafeLoader)
        asked = json.dumps([rule.get("when"), rule.get("require")])
        judging += [f"{path.name}: {name}" for name in SEEN_ALONE if f'{name}"' in asked]
    assert judging == []


def of_a_private_authority(judged: Audited, url: str) -> set[str]:
    """The rules whose fails rest on what no private authority and not every OpenSSL has."""
    return {
        rule
        for rule in judged.fails(url)
        if all(any(name in fact["path"] for name in BEYOND_THE_LAB) for fact in judged.facts(judged.finding(rule, url)))
    }


@pytest.mark.parametrize("where", ["good", "p256", "wildcard"])
def test_no_false_alarm_on_a_sound_server(where: str, usual: Usual, judged: Audited) -> None:
    url = usual.lab.url(where)
    assert judged.fails(url) == of_a_private_authority(judged, url)
    about = [each for each in judged.report["findings"] if each["subject"]["id"] == url]
    assert {each["verdict"] for each in about} <= {"pass", "fail", "not-applicable"}
    seen = [each for each in about if each["verdict"] == "pass" and any(fact["origin"] == "observed" for fact in judged.facts(each))]
    assert len(seen) >= 25


@pytest.mark.parametrize("where", ["closed", "nowhere"])
def test_what_does_not_answer_passes_nothing_and_fails_nothing(where: str, usual: Usual, judged: Audited) -> None:
    about = [each for each in judged.report["findings"] if each["subject"]["id"] == usual.lab.url(where)]
    assert {each["verdict"] for each in about} == {"unknown"}


@pytest.mark.parametrize(
    ("where", "rule", "path", "seen", "declared"),
    [
        ("tls10", "GDPR-5-2-SEEN-TLS", "contradicted_tls", {"1.0", "1.1", "1.2 refused", "1.3 refused"}, "flows"),
        ("bad", "ISO-5-9-SEEN", "contradicted_operator", {"cloudflare"}, "hosts.h.provider"),
        ("bad", "ISO-5-9-SEEN", "contradicted_hosts", {"assets.hds.test", "measure.hds.test", "stats.hds.test"}, "endpoints"),
        ("private", "GDPR-5-2-SEEN-LOGIN", "contradicted_login", {"/api/patients", "/records"}, "endpoints"),
    ],
)
def test_what_contradicts_the_description_is_told_with_both_sides(
    where: str, rule: str, path: str, seen: set[str], declared: str, usual: Usual, judged: Audited
) -> None:
    finding = judged.finding(rule, usual.lab.url(where))
    facts = judged.facts(finding)
    observed = next(each for each in facts if each["origin"] == "observed" and each["path"].endswith(path))
    assert (finding["verdict"], set(observed["value"])) == ("fail", seen)
    grounds = [each for each in facts if each["origin"] == "declared" and each["path"].startswith(declared)]
    assert grounds
    assert all(each["place"]["file"] == "infra.yaml" for each in grounds)
    assert all(word in finding["message"][language] for word in seen for language in ("en", "fr"))


def test_trackers_that_nobody_declared(usual: Usual, judged: Audited) -> None:
    finding = judged.finding("ISO-5-9-SEEN", usual.lab.url("bad"))
    seen = next(each for each in judged.facts(finding) if each["path"].endswith("contradicted_third_parties"))
    assert {"facebook", "outbrain", "eulerian"} <= set(seen["value"])
    mail = judged.finding("GDPR-5-2-SEEN-MAIL", "application")
    assert mail["verdict"] == "fail"
    assert "_spf.mailer.test" in mail["message"]["en"]


def test_the_same_evidence_gives_the_same_bytes(usual: Usual) -> None:
    usual.described("two.yaml", ["good", "tls10"])
    arguments = ("check", "two.yaml", "--evidence", "evidence.json", "--as-of", time.strftime("%Y-%m-%d"), "-o", "json:-")
    environment = {**usual.environment(), "SOURCE_DATE_EPOCH": "1800000000"}
    one, other = (
        subprocess.run(usual.command(*arguments), cwd=usual.folder, env=environment, capture_output=True, check=False).stdout
        for _ in range(2)
    )
    assert one
    assert one == other


def aged(usual: Usual, days: int) -> str:
    """The evidence as if it had been taken so many days ago."""
    from datetime import datetime, timedelta

    tree = json.loads((usual.folder / "evidence.json").read_text("utf-8"))
    for key in ("started", "ended"):
        moved = datetime.fromisoformat(tree[key].replace("Z", "+00:00")) - timedelta(days=days)
        tree[key] = moved.strftime("%Y-%m-%dT%H:%M:%SZ")
    (usual.folder / f"aged-{days}.json").write_text(json.dumps(tree), "utf-8")
    return f"aged-{days}.json"


@pytest.mark.parametrize(
    ("days", "more", "counts", "notice"),
    [
        (8, (), False, "stale-evidence"), (8, ("--max-age", "P30D"), True, None), (1, ("--max-age", "PT1H"), False, "stale-evidence"),
        (6, (), True, None), (0, ("--as-of", "2026-01-01"), False, "evidence-later"),
    ],
)  # fmt: skip
def test_evidence_that_does_not_count_is_told(
    days: int, more: tuple[str, ...], counts: bool, notice: str | None, usual: Usual, judged: Audited
) -> None:
    usual.described("one.yaml", ["tls10"])
    found = usual.audited("one.yaml", "--evidence", aged(usual, days), *more)
    assert found.finding("ANSSI-TLS-R4", usual.lab.url("tls10"))["verdict"] == ("fail" if counts else "unknown")
    assert found.notices() & {"stale-evidence", "evidence-later"} == ({notice} if notice else set())


def test_live_does_both_and_says_the_same(usual: Usual, judged: Audited) -> None:
    places = ["good", "bad", "tls10", "private"]
    usual.described("live.yaml", places, domains=("hds.test",))
    found = usual.audited("live.yaml", "--live", "--yes", "--allow-private", "--no-asn", *usual.looking)
    for place in places:
        url = usual.lab.url(place)
        assert found.fails(url) == judged.fails(url)
    assert "evidence-cut-short" not in found.notices()


def test_private_addresses_are_not_gone_to_unless_asked(usual: Usual) -> None:
    usual.described("live.yaml", ["private"])
    found = usual.audited("live.yaml", "--live", "--yes", "--no-asn", *usual.looking)
    about = [each for each in found.report["findings"] if each["subject"]["id"] == usual.lab.url("private")]
    assert {each["verdict"] for each in about} == {"unknown"}


@pytest.mark.parametrize(
    "arguments", [("--resolver", "127.0.0.1"), ("--authorities", "x.pem"), ("--no-asn",), ("--allow-private",), ("--yes",), ("--live",)]
)
def test_live_asks_and_its_options_do_nothing_alone(arguments: tuple[str, ...], usual: Usual) -> None:
    ran = usual.run("check", "infra.yaml", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--live" in ran.stderr or "--yes" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_probe_that_is_stopped_keeps_what_was_seen(number: signal.Signals, code: int, usual: Usual) -> None:
    usual.described("slow.yaml", ["good", "drip-headers"])
    lines = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from hds_audit.__main__ import main; main()"
    arguments = ("probe", "slow.yaml", "--yes", "--allow-private", "--no-asn", "--rate", "500", *usual.looking, "-o", f"cut-{code}.json")
    process = subprocess.Popen(
        [sys.executable, "-c", lines, *arguments], cwd=usual.folder, env=usual.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    time.sleep(4)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err
    kept = json.loads((usual.folder / f"cut-{code}.json").read_text("utf-8"))
    assert kept["complete"] is False
    assert [each for each in kept["observations"] if each["subject"]["id"] == usual.lab.url("good") and each["status"] == "seen"]
    found = usual.audited("slow.yaml", "--evidence", f"cut-{code}.json")
    assert "evidence-cut-short" in found.notices()
