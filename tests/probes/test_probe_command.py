"""The command, as a person or a job calls it, on the lab."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lab.network import Lab

from hds_audit.errors import InputError, MisuseError
from hds_audit.model.evidence import Domain, Endpoint, Targets
from hds_audit.pipeline.live import LiveOptions, hosts_of, require_targets, settings_of
from hds_audit.pipeline.targets import targets_of
from hds_audit.read.evidence import read_evidence

HEAD = """format: hds-audit/1
application: {name: Essai, operator: op}
organisations: {op: {name: Op, country: "FR", parent: false}}
hosts: {h: {provider: ovhcloud, service: iaas}}
components: {web: {kind: application, host: h}}
"""


def described(folder: Path, text: str) -> Path:
    path = folder / "infra.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


def command(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hds_audit", "probe", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def test_what_is_declared_is_what_is_looked_at(tmp_path: Path) -> None:
    path = described(
        tmp_path,
        "endpoints:\n  - {url: https://a.test, component: web, pages: [/, /x], login: true}\n  - {url: https://b.test:8443/app}\n"
        "domains: [A.test, {name: b.test, dkim: [s1, s2]}]\n",
    )
    assert targets_of(str(path)) == Targets(
        (Endpoint("https://a.test", "web", ("/", "/x"), True), Endpoint("https://b.test:8443/app")),
        (Domain("a.test"), Domain("b.test", ("s1", "s2"))),
    )


@pytest.mark.parametrize("url", ["ftp://a.test/", "https://user:secret@a.test/", "https://a.test:99999/", "https:///x"])
def test_a_url_that_leads_nowhere_is_refused_with_its_place(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        targets_of(str(described(tmp_path, f"endpoints: [{{url: '{url}'}}]\n")))
    assert "infra.yaml:6" in refused.value.problems[0].where


@pytest.mark.parametrize(
    ("options", "wheres"),
    [
        (LiveOptions(timeout=0, rate=-1, total=0), ["--timeout", "--rate", "--deadline"]),
        (LiveOptions(resolvers=("dns.example", "192.0.2.1#0")), ["--resolver", "--resolver"]),
        (LiveOptions(authorities="/nonexistent", ip_db="/nonexistent"), ["--authorities", "--ip-db"]),
        (LiveOptions(proxy="http://user:secret@proxy.test:3128"), ["--proxy"]),
        (LiveOptions(proxy="socks5://proxy.test"), ["--proxy"]),
        (LiveOptions(probes=("everything",)), ["everything"]),
    ],
)
def test_options_that_make_no_sense_are_all_told_before_the_first_packet(options: LiveOptions, wheres: list[str]) -> None:
    with pytest.raises(MisuseError) as refused:
        settings_of(options)
    assert [problem.where for problem in refused.value.problems] == wheres


def test_the_environment_counts_only_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("", "utf-8")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    assert (settings_of(LiveOptions()).proxy, settings_of(LiveOptions()).authorities) == ("", "")
    heeded = settings_of(LiveOptions(trust_environment=True))
    assert (heeded.proxy, heeded.authorities) == ("http://proxy.test:3128", str(bundle))


def test_resolvers_may_have_ports() -> None:
    assert settings_of(LiveOptions(resolvers=("192.0.2.1", "2001:db8::1#5353"))).resolvers == (("192.0.2.1", 53), ("2001:db8::1", 5353))


def test_nothing_to_look_at_is_an_error_and_no_clean_run() -> None:
    with pytest.raises(InputError):
        require_targets(Targets(), "infra.yaml")
    assert hosts_of(Targets((Endpoint("https://a.test/"),), (Domain("a.test"), Domain("b.test")))) == ("a.test", "b.test")


def test_the_command_asks_before_the_first_packet(small_lab: Lab, tmp_path: Path) -> None:
    path = described(tmp_path, f"endpoints: [{{url: '{small_lab.url('good')}'}}]\n")
    before = len(small_lab.server.asked)
    refused = command(str(path), "--resolver", f"{small_lab.dns[0]}#{small_lab.dns[1]}", folder=tmp_path)
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert len(small_lab.server.asked) == before
    assert not (tmp_path / "evidence.json").exists()


def test_the_command_writes_evidence_that_is_read_back(small_lab: Lab, tmp_path: Path) -> None:
    path = described(tmp_path, f"endpoints: [{{url: '{small_lab.url('tls10')}', component: web}}]\ndomains: [weak.test]\n")
    resolver = f"{small_lab.dns[0]}#{small_lab.dns[1]}"
    arguments = (
        "--yes",
        "--allow-private",
        "--no-asn",
        "--resolver",
        resolver,
        "--rate",
        "500",
        "--probe",
        "tls",
        "--probe",
        "mail",
        "--lang",
        "fr",
    )
    done = command(str(path), *arguments, "-o", "e.json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Examinés : 4" in done.stderr
    evidence = read_evidence(tmp_path / "e.json")
    assert evidence.complete
    assert {each.status for each in evidence.named("tls.accepts_tls10") if each.subject.kind == "endpoint"} == {"seen"}
    assert {each.value for each in evidence.named("mail.dmarc_policy")} == {"none"}
    piped = command(str(path), *arguments, "-o", "-", folder=tmp_path)
    assert json.loads(piped.stdout)["format"] == "hds-audit-evidence/1"
