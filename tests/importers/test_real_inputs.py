"""Real infrastructures: each imports and validates with its unknowns listed, or is refused with a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hds_audit.errors import InputError, Problem
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.imported import Imported
from hds_audit.pipeline.importing import discover, new_text, read_files, recognise
from hds_audit.read.description import parse_description
from hds_audit.write.update import update

DATA = os.environ.get("HDS_AUDIT_DATA")
INPUTS = Path(DATA or ".") / "inputs"
PATTERNS = {
    "terraform": ("terraform/**/*.json", "terraform/**/*.hcl"),
    "compose": ("compose_k8s/**/*ompose*.y*ml",),
    "kubernetes": (
        "compose_k8s/**/*.sealed-secret.yaml",
        "compose_k8s/**/*.cronjob.yaml",
        "compose_k8s/**/*configmap.yaml",
        "compose_k8s/**/values.yaml",
        "compose_k8s/**/config.yaml",
    ),
    "threagile": ("models/Threagile*/**/*.yaml",),
    "cyclonedx": ("models/CycloneDX*/**/*.json",),
    "scalingo": ("compose_k8s/**/scalingo.json",),
}
CASES = (
    [(name, path) for name, patterns in PATTERNS.items() for pattern in patterns for path in sorted(INPUTS.glob(pattern))] if DATA else []
)
FOLDERS = sorted({path.parent for path in INPUTS.glob("terraform/**/*.tf")}) if DATA else []

needs_data = pytest.mark.skipif(not DATA, reason="HDS_AUDIT_DATA is not set")


def name_of(value: object) -> str | None:
    return str(value.relative_to(INPUTS))[-70:] if isinstance(value, Path) else None


def outcome(name: str, paths: list[Path]) -> tuple[Imported | None, tuple[Problem, ...]]:
    try:
        return read_files(name, paths), ()
    except InputError as error:
        return None, error.problems


def imported_or_refused(name: str, paths: list[Path], catalogue: Catalogue) -> None:
    imported, refused = outcome(name, paths)
    if imported is None:
        assert refused
        assert all(problem.en and problem.fr and problem.where for problem in refused)
        return
    for language in ("en", "fr"):
        text = new_text(imported, "fr" if language == "fr" else "en")
        parse_description("imported", text.encode(), catalogue)
        assert update("imported", text, imported, name, "en").text == text


@needs_data
@pytest.mark.parametrize(("name", "path"), CASES, ids=name_of)
def test_each_file(name: str, path: Path, catalogue: Catalogue) -> None:
    imported_or_refused(name, [path], catalogue)


@needs_data
@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_each_folder_of_configuration(folder: Path, catalogue: Catalogue) -> None:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    imported_or_refused("terraform", [folder], catalogue)


@needs_data
def test_enough_was_tried() -> None:
    assert len(CASES) > 90
    assert len(FOLDERS) > 40


@needs_data
@pytest.mark.parametrize(
    ("path", "importer"),
    [
        ("terraform/stephrobert+pepin/examples/scaleway/terraform/plan.json", "terraform"),
        ("terraform/bridgecrewio+checkov/tests/terraform/parser/resources/plan_encodings/tfplan_win_utf16.json", "terraform"),
        ("terraform/stephrobert+pepin/examples/scaleway/inventory.json", None),
        ("compose_k8s/betagouv+sante-psy/docker-compose.yml", "compose"),
        ("compose_k8s/betagouv+sante-psy/scalingo.json", "scalingo"),
        ("compose_k8s/SocialGouv+jardinmental/.kontinuous/env/prod/templates/reminder.cronjob.yaml", "kubernetes"),
        ("compose_k8s/SocialGouv+jardinmental/.kontinuous/values.yaml", None),
        ("models/Threagile+threagile/demo/stub/threagile.yaml", "threagile"),
        ("models/CycloneDX+bom-examples/SaaSBOM/apigateway-microservices-datastores/bom.json", "cyclonedx"),
    ],
)
def test_files_are_told_apart(path: str, importer: str | None) -> None:
    assert recognise(INPUTS / path) == importer


@needs_data
def test_what_the_inputs_teach() -> None:
    plan = INPUTS / "terraform/stephrobert+pepin/examples/scaleway/terraform/plan.json"
    imported = read_files("terraform", [plan])
    assert {"hosts.scaleway-managed-database.region", "hosts.scaleway-iaas.region"} <= {unknown.path for unknown in imported.unknowns}
    components = imported.data["components"]
    assert isinstance(components, dict)
    database = components["rdb-instance-insecure"]
    assert isinstance(database, dict)
    assert database["encryption"] == []
    assert imported.origins["components.rdb-instance-insecure.encryption"].file.endswith("main.tf")


@needs_data
def test_a_folder_is_searched_for_all_it_has() -> None:
    found = {part.importer: len(part.paths) for part in discover(INPUTS / "compose_k8s/betagouv+sante-psy")}
    assert found == {"compose": 2, "scalingo": 1}


def test_types_that_no_table_knows_are_named_where_nothing_was_imported(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    resources = [{"address": "acme_vault.v", "mode": "managed", "type": "acmecloud_vault", "name": "v", "values": {}}]
    path.write_text(json.dumps({"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}}))
    _, (problem,) = outcome("terraform", [path])
    assert "acmecloud_vault (1)" in problem.en
    assert "acmecloud_vault (1)" in problem.fr
