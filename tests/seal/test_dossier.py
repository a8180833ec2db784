"""A dossier: what it holds, what it refuses, what verifying it finds."""

import json
import os
import re
import shutil
import subprocess

import pytest
from auditing import audited

from hds_audit.cli.run import run
from hds_audit.errors import CheckFailedError, InputError, MisuseError
from hds_audit.pipeline.check import Beside
from hds_audit.pipeline.knowledge import rules_folder
from hds_audit.pipeline.sealing import Sealing, seal
from hds_audit.pipeline.verification import verify
from hds_audit.seal.manifest import files_of, manifest, parse_manifest


@pytest.fixture
def dossier(infra, tmp_path, ed25519):
    made = tmp_path / "dossier"
    seal(audited(infra), Sealing(str(infra)), made, ed25519)
    return made


def problems(folder, **options):
    with pytest.raises(CheckFailedError) as failed:
        verify(folder, **options)
    return {problem.where: problem.en for problem in failed.value.problems}


def resealed(folder):
    """The manifest made again by whoever altered a file."""
    from hds_audit.seal.manifest import MANIFEST, SIGNATURE, digests_of

    (folder / SIGNATURE).unlink()
    (folder / "public-key.pem").unlink()
    (folder / MANIFEST).write_bytes(manifest(digests_of(folder)))


def test_it_holds_what_was_read_and_what_the_description_names_and_no_more(dossier):
    assert set(files_of(dossier)) == {
        "input/infra.yaml", "input/governance.yaml", "input/pizces/contrat-secret.txt", "input/mzsgs/bzonjour.txt", "report.json",
        "request.json", "README.txt", "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem",
    }  # fmt: skip


def test_it_holds_together_and_the_audit_made_again_finds_the_same(dossier):
    told = [said.en for said in verify(dossier, replay=True)]
    assert told[0] == "8 files are as they were sealed"
    assert "the audit made again finds the same" in told
    assert told[-1].startswith("signed by the key that lies in it")


def test_it_may_be_moved(dossier, tmp_path, monkeypatch):
    moved = tmp_path / "elsewhere" / "x"
    shutil.copytree(dossier, moved)
    shutil.rmtree(dossier)
    monkeypatch.chdir(moved)
    assert verify(type(dossier)("."), replay=True)


def test_a_description_named_from_its_own_folder_is_replayed_too(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    seal(audited(type(folder)("infra.yaml")), Sealing("infra.yaml"), tmp_path / "d")
    assert verify(tmp_path / "d", replay=True)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_any_system_can_check_the_files(dossier):
    ran = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=dossier, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_can_check_the_signature(dossier):
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "public-key.pem",
        "-rawin",
        "-in",
        "SHA256SUMS",
        "-sigfile",
        "SHA256SUMS.sig",
    ]
    assert subprocess.run(command, cwd=dossier, capture_output=True).returncode == 0


def test_an_ecdsa_key_signs_too(infra, tmp_path, ecdsa):
    seal(audited(infra), Sealing(str(infra)), tmp_path / "d", ecdsa)
    assert verify(tmp_path / "d", tmp_path / "d" / "public-key.pem")[-1].en.startswith("signed by the key given")


def test_without_a_key_it_says_what_it_does_not_show(infra, tmp_path):
    seal(audited(infra), Sealing(str(infra)), tmp_path / "d")
    assert verify(tmp_path / "d")[-1].en.startswith("not signed")


def test_every_alteration_is_told_at_once(dossier):
    (dossier / "input/infra.yaml").write_text("altered")
    (dossier / "input/governance.yaml").unlink()
    (dossier / "added.txt").write_text("x")
    (dossier / "link").symlink_to("/etc/passwd")
    assert problems(dossier).keys() == {"input/infra.yaml", "input/governance.yaml", "added.txt", "link"}


def test_a_manifest_made_again_is_not_signed_by_the_key_that_is_trusted(dossier, tmp_path):
    trusted = tmp_path / "trusted.pem"
    shutil.copy(dossier / "public-key.pem", trusted)
    (dossier / "README.txt").write_text("altered")
    resealed(dossier)
    assert verify(dossier)
    assert "SHA256SUMS.sig" in problems(dossier, trusted=trusted)


def test_a_signature_taken_away_is_told(dossier):
    (dossier / "SHA256SUMS.sig").unlink()
    assert problems(dossier) == {"SHA256SUMS.sig": "the signature is not there"}


def test_a_key_taken_away_is_told_as_what_it_is(dossier):
    (dossier / "public-key.pem").unlink()
    with pytest.raises(CheckFailedError) as caught:
        verify(dossier)
    assert [problem.where for problem in caught.value.problems] == ["public-key.pem", "public-key.pem"]


def test_a_signature_by_another_key_is_told(dossier, infra, tmp_path, ecdsa):
    seal(audited(infra), Sealing(str(infra)), tmp_path / "other", ecdsa)
    assert "SHA256SUMS.sig" in problems(dossier, trusted=tmp_path / "other" / "public-key.pem")


def test_a_report_of_another_input_is_told_even_under_a_true_manifest(dossier):
    (dossier / "input/governance.yaml").write_text("governance: {}\n")
    resealed(dossier)
    assert list(problems(dossier).values()) == ["is not the input that the report speaks of"]


def test_a_verdict_that_was_rewritten_is_found_by_the_replay(dossier):
    path = dossier / "report.json"
    report = json.loads(path.read_bytes())
    bad = next(finding for finding in report["findings"] if finding["verdict"] == "unknown")
    bad["verdict"] = "pass"
    path.write_text(json.dumps(report))
    resealed(dossier)
    assert verify(dossier)
    told = problems(dossier, replay=True)
    assert bad["fingerprint"] in told["report.json: findings"]


def test_rules_that_are_not_those_of_the_audit_are_told_before_anything_is_replayed(dossier):
    path = dossier / "request.json"
    path.write_text(path.read_text().replace(json.loads(path.read_text())["rules_digest"], "0" * 64))
    resealed(dossier)
    assert "was made with other rules" in problems(dossier, replay=True)["report.json"]


def test_waivers_evidence_and_packs_are_sealed_and_replayed(infra, tmp_path):
    waivers, pack = tmp_path / "w.yaml", tmp_path / "pack"
    waivers.write_text("format: hds-audit-waivers/1\nwaivers: []\n")
    pack.mkdir()
    ours = min((rules_folder() / "hds").glob("*.yaml")).read_text("utf-8")
    (pack / "own.yaml").write_text(re.sub("^id: .*", "id: OWN-RULE\nframework: hds", ours), "utf-8")
    report = audited(infra, Beside(waivers=waivers), (pack,))
    seal(report, Sealing(str(infra), waivers=waivers, packs=(pack,)), tmp_path / "d")
    assert (tmp_path / "d" / "waivers.yaml").read_bytes() == waivers.read_bytes()
    assert "OWN-RULE" in report.rules
    assert verify(tmp_path / "d", replay=True)


def test_what_changed_since_the_audit_is_not_sealed(infra, tmp_path):
    report = audited(infra)
    infra.write_text(infra.read_text() + "# later\n")
    with pytest.raises(InputError, match="changed since it was audited"):
        seal(report, Sealing(str(infra)), tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_a_folder_that_is_there_is_never_written_over(infra, tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "mine").write_text("x")
    with pytest.raises(MisuseError, match="is there already"):
        seal(audited(infra), Sealing(str(infra)), tmp_path / "d")
    assert os.listdir(tmp_path / "d") == ["mine"]


def test_nothing_is_left_of_a_dossier_that_failed(infra, tmp_path):
    report = audited(infra)._replace(outcome="compliant")
    with pytest.raises(MisuseError, match="says otherwise"):
        seal(report, Sealing(str(infra)), tmp_path / "out" / "d")
    assert os.listdir(tmp_path / "out") == []


@pytest.mark.parametrize("sealing", [Sealing("-"), Sealing("plan.json", onto=object())])
def test_what_is_not_one_file_cannot_be_sealed(infra, tmp_path, sealing):
    with pytest.raises(MisuseError):
        seal(audited(infra), sealing, tmp_path / "d")


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused_before_anything_is_written(infra, tmp_path, content):
    (tmp_path / "k.pem").write_bytes(content)
    with pytest.raises(InputError):
        seal(audited(infra), Sealing(str(infra)), tmp_path / "d", tmp_path / "k.pem")
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("line", [
    f"{'0' * 64}  ../outside", f"{'0' * 64}  /etc/passwd", "short  x", f"{'G' * 64}  x", f"{'0' * 64}  a\n{'1' * 64}  a", f"{'0' * 64}", f"{'0' * 64}  a/../../b",
])  # fmt: skip
def test_a_manifest_that_leads_out_or_says_nothing_is_refused(line):
    with pytest.raises(InputError):
        parse_manifest("SHA256SUMS", line.encode())


@pytest.mark.parametrize("name", ["plain", "with space", "new\nline", "back\\slash", "é", "* star"])
def test_a_manifest_gives_back_every_name(name):
    assert parse_manifest("m", manifest({name: "0" * 64})) == {name: "0" * 64}


def test_the_command_leaves_with_the_code_of_what_it_found(dossier, tmp_path, capsys):
    assert run(["verify", str(dossier), "--replay", "--lang", "fr"]) == 0
    assert "l'audit rejoué trouve les mêmes constats" in capsys.readouterr().out
    (dossier / "README.txt").write_text("altered")
    assert run(["verify", str(dossier)]) == 1
    assert run(["verify", str(tmp_path / "nowhere")]) == 2
    assert run(["verify", str(dossier), "--key", str(tmp_path / "no.pem")]) == 2


@pytest.mark.parametrize("content", [b"{}", b"[]", b"nope", b'{"format":"hds-audit-seal/1","main":"../x"}'])
def test_a_request_of_another_shape_is_refused(dossier, content):
    (dossier / "request.json").write_bytes(content)
    resealed(dossier)
    with pytest.raises(InputError):
        verify(dossier)
