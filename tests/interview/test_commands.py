"""The commands `init`, `ask` and `import`, from arguments to exit code and files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from hds_audit.cli.run import run

COMPOSE = "services:\n  db:\n    image: postgres:16\n  web:\n    build: .\n    environment: {DATABASE_URL: 'postgres://u:p@db/x?sslmode=disable'}\n"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HDS_AUDIT_CACHE", "off")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_import_prints_a_description_and_tells_the_rest_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(COMPOSE)
    code, out, err = called(capsys, "import", "compose", "compose.yaml")
    assert code == 0
    assert out.startswith("# yaml-language-server")
    assert "transport: {protocol: postgresql, tls: false}" in out
    assert "hosts.machine.provider" in err
    assert list(tmp_path.iterdir()) == [tmp_path / "compose.yaml"]


def test_import_to_a_new_file_and_into_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(COMPOSE)
    assert called(capsys, "import", "compose", "compose.yaml", "-o", "infra.yaml", "--lang", "fr")[0] == 0
    first = (tmp_path / "infra.yaml").read_text()
    assert json.loads((tmp_path / "infra.schema.json").read_text())
    assert called(capsys, "import", "compose", "compose.yaml", "-o", "infra.yaml")[0] == 2
    code, out, err = called(capsys, "import", "compose", "compose.yaml", "--into", "infra.yaml")
    assert (code, out) == (0, "")
    assert "nothing to change" in err
    assert "hosts.machine.provider" in err
    assert (tmp_path / "infra.yaml").read_text() == first
    said = first.replace("machine: true  # compose", "machine: {provider: scaleway, service: iaas}")
    assert said != first
    (tmp_path / "infra.yaml").write_text(said)
    assert "hosts.machine.provider" not in called(capsys, "import", "compose", "compose.yaml", "--into", "infra.yaml")[2]
    (tmp_path / "infra.yaml").write_text(first)
    (tmp_path / "compose.yaml").write_text(COMPOSE.replace("disable", "require"))
    code, out, _ = called(capsys, "import", "compose", "compose.yaml", "--into", "infra.yaml", "--dry-run")
    assert "~ flows.web--db.transport" in out
    assert (tmp_path / "infra.yaml").read_text() == first
    called(capsys, "import", "compose", "compose.yaml", "--into", "infra.yaml")
    assert (tmp_path / "infra.yaml").read_text() == first.replace("tls: false", "tls: true")


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "strange", "compose.yaml"],
        ["import", "compose", "absent.yaml"],
        ["import", "compose", "compose.yaml", "--into", "absent.yaml"],
        ["import", "compose", "compose.yaml", "-o", "a.yaml", "--into", "b.yaml"],
        ["import", "compose", "compose.yaml", "--name", "a b"],
        ["import", "terraform", "compose.yaml"],
        ["import", "compose"],
        ["init", "--from", "absent"],
        ["init", "--from", ".", "--yes", "--hosts", "nobody"],
        ["init", "--yes", "--health", "maybe"],
        ["init", "--yes", "-o", "there.yaml"],
        ["ask", "absent.yaml"],
    ],
)
def test_misuse_is_two_and_says_why(capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "compose.yaml").write_text(COMPOSE if arguments[-2:] != ["--hosts", "nobody"] else "x: 1\n")
    (tmp_path / "there.yaml").write_text("")
    code, _, err = called(capsys, *arguments)
    assert code == 2
    assert err
    assert "Traceback" not in err


def test_init_without_questions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = called(
        capsys,
        "init",
        "--yes",
        "--hosts",
        "scalingo",
        "--operator",
        "Exemple",
        "--country",
        "FR",
        "--mail",
        "mailjet",
        "-o",
        "-",
        "--lang",
        "fr",
    )
    assert code == 0
    assert "par défaut : à vérifier" in out
    assert "scalingo-paas" in out
    assert list(tmp_path.iterdir()) == []
    assert called(capsys, "init", "--yes")[0] == 0
    assert called(capsys, "check", "infra.yaml")[0] in {1, 3}


def test_init_from_a_folder_is_worth_an_audit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "compose.yaml").write_text(COMPOSE)
    code, _, err = called(capsys, "init", "--from", "project", "--yes")
    assert code == 0
    assert "compose.yaml" in err
    text = (tmp_path / "infra.yaml").read_text()
    assert "stores: [health-data]  # by default: check" in text
    assert called(capsys, "check", "infra.yaml")[0] in {1, 3}
    (tmp_path / "empty").mkdir()
    assert called(capsys, "init", "--from", "empty", "--yes", "--force")[0] == 2


def test_init_from_a_folder_tells_what_it_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: x}]}\n"
    for name in ("base", "overlays/prod", "overlays/dev"):
        (tmp_path / "app" / name).mkdir(parents=True)
    (tmp_path / "app/base/kustomization.yaml").write_text("resources: [pod.yaml]\n")
    (tmp_path / "app/base/pod.yaml").write_text(pod)
    for name in ("prod", "dev"):
        (tmp_path / f"app/overlays/{name}/kustomization.yaml").write_text("resources: [../../base]\n")
    (tmp_path / "app/compose.yaml").write_text(COMPOSE)
    code, _, err = called(capsys, "init", "--from", "app", "--yes", "--lang", "fr")
    assert code == 0
    assert "app/overlays/dev : un autre environnement de ce que déploie prod" in err
    assert "poste de développement" in err
    assert "et 1 autre" in err


def test_init_from_a_chart_reads_its_values_and_leaves_its_templates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("templates", "ci"):
        (tmp_path / "portal" / name).mkdir(parents=True)
    (tmp_path / "portal/Chart.yaml").write_text("apiVersion: v2\nname: portal\n")
    (tmp_path / "portal/values.yaml").write_text("image: {repository: registry/portal}\nredis: {enabled: true}\n")
    (tmp_path / "portal/ci/values-ci.yaml").write_text("image: {repository: registry/other}\n")
    (tmp_path / "portal/templates/web.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .x }}}\n")
    code, out, err = called(capsys, "init", "--from", "portal", "--yes", "-o", "-")
    assert code == 0
    assert "redis:  # helm" in out
    assert "templates/web.yaml" not in err
    assert "ci/" not in err


def test_init_says_once_why_there_is_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live/terragrunt.hcl").write_text('terraform { source = "git::https://example.org/m.git" }\n')
    code, _, err = called(capsys, "init", "--from", "live", "--yes", "-o", "-")
    assert code == 2
    assert err.count("Terragrunt") == 1


def test_init_asks_and_asks_again(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["Téléconsult", "Exemple SAS", "", "patients", "oops", "nature", "care", "scalingoo", "scalingo", "osc-fr1", "customer", "brevo"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(said) + "\n"))
    code, out, err = called(capsys, "init", "--lang", "fr")
    assert code == 0
    assert out == ""
    assert "scalingo" in err
    text = (tmp_path / "infra.yaml").read_text()
    assert 'name: "Téléconsult"' in text
    assert 'country: "FR"' in text
    assert "region: osc-fr1" in text
    assert "par défaut" in text  # identifiability and the data of two flows were not asked
    assert text.count("par défaut") == 3


def test_ask_writes_answers_and_keeps_the_rest(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hds_audit.model.report import NextStep
    from hds_audit.model.text import Text
    from hds_audit.pipeline import asking

    text = "# mine\nformat: hds-audit/1\napplication: {name: x}  # app\nhosts:\n  h:  # host\n    provider: scalingo  # sure\ncomponents:\n  db: {kind: database, host: h}\n"
    (tmp_path / "infra.yaml").write_text(text)
    real = asking.audited
    steps = tuple(
        NextStep(path, Text(f"{path}?", f"{path} ?"), 3)
        for path in ("hosts.h.region", "components.db.internet_exposed", "strange.path", "hosts.h.contract.signed", "components.db.zones")
    )
    monkeypatch.setattr(asking, "audited", lambda path, known, on: real(path, known, on)._replace(next=steps))
    monkeypatch.setattr("sys.stdin", io.StringIO("osc-fr1\nmaybe\nno\n\nq\n"))
    code, _, err = called(capsys, "ask", "infra.yaml")
    assert code == 0
    assert "Answers written: 2" in err
    assert "strange.path" not in err
    assert (tmp_path / "infra.yaml").read_text() == text.replace("# sure\n", "# sure\n    region: osc-fr1\n").replace(
        "host: h}", "host: h, internet_exposed: false}"
    )


def test_ask_refuses_an_answer_that_breaks_the_file_and_lists_without_asking(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from datetime import date

    from hds_audit.pipeline.asking import answered, asked, audited
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.kinds import Wrong

    assert called(capsys, "init", "--yes", "--hosts", "scalingo")[0] == 0
    path, knowledge = tmp_path / "infra.yaml", known()
    wrong = answered(path, knowledge, "components.database.host", "nowhere")
    assert isinstance(wrong, Wrong)
    assert "nowhere" in wrong.reason.en
    fine = answered(path, knowledge, "components.database.zones", "2")
    assert isinstance(fine, str)
    assert "    zones: 2\n" in fine
    code, out, _ = called(capsys, "ask", "infra.yaml", "--list", "--as-of", "2026-11-24")
    assert code == 0
    assert len(out.splitlines()) == min(10, len(list(asked(audited(path, knowledge, date(2026, 11, 24))))))


def test_words_that_are_explained_are_not_listed_twice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hds_audit.model.report import NextStep
    from hds_audit.model.text import Text
    from hds_audit.pipeline import asking

    text = "format: hds-audit/1\napplication: {name: x}\nhosts:\n  h: {provider: scalingo, service: paas}\n"
    (tmp_path / "infra.yaml").write_text(text)
    real = asking.audited
    steps = (NextStep("hosts.h.contract.clauses", Text("h: its clauses", "h : ses clauses"), 3),)
    monkeypatch.setattr(asking, "audited", lambda *given: real(*given)._replace(next=steps))
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    code, _, err = called(capsys, "ask", "infra.yaml", "--lang", "fr")
    assert code == 0
    assert err.count("certificate-scope") == 1
    assert "un de ces mots" in err
