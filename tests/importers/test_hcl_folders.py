"""Configuration files, where the extra that reads them is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from plan_building import section, unknown_paths

from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.model.imported import Imported
from hds_audit.pipeline.importing import discover

MAIN = """
variable "region" {
  default = "eu-west-3"
}
variable "nowhere" {}

provider "aws" {
  region = var.region
}

resource "aws_kms_key" "k" {
  enable_key_rotation = true
}

resource "aws_db_instance" "d" {
  engine            = "postgres"
  storage_encrypted = true
  kms_key_id        = aws_kms_key.k.arn
  publicly_accessible = var.nowhere
}

resource "aws_s3_bucket" "b" {
  bucket = "x"
}

resource "aws_s3_bucket_public_access_block" "p" {
  bucket                  = aws_s3_bucket.b.id
  restrict_public_buckets = true
  ignore_public_acls      = true
}
"""


def imported(tables: Tables, *paths: Path) -> Imported:
    return importers()["terraform"].read(paths, tables)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    (tmp_path / "main.tf").write_text(MAIN)
    return tmp_path


def test_a_folder_gives_resources_with_their_lines(folder: Path, tables: Tables) -> None:
    found = imported(tables, folder)
    components = section(found, "components")
    assert components["db-instance-d"]["encryption"] == [{"layer": "volume", "key": "kms-key-k"}]
    assert components["s3-bucket-b"]["internet_exposed"] is False
    assert section(found, "hosts")["aws-managed-database-eu-west-3"]["region"] == "eu-west-3"
    assert found.origins["components.db-instance-d.encryption"].line == 17
    assert found.origins["components.db-instance-d"].line == 15


def test_a_variable_without_value_leaves_its_fact_unknown(folder: Path, tables: Tables) -> None:
    found = imported(tables, folder)
    assert "internet_exposed" not in section(found, "components")["db-instance-d"]
    assert "components.db-instance-d.internet_exposed" in unknown_paths(found)


def test_identifiers_of_the_parser_never_become_facts(folder: Path, tables: Tables) -> None:
    import re

    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", str(imported(tables, folder).data)) is None


def test_broken_files_are_named_and_the_rest_is_imported(folder: Path, tables: Tables, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.tf").write_text('resource "aws_s3_bucket" "c" {\n  bucket = "secret-value\n}\n')
    (folder / "worse.tf").write_text('resource "aws_s3_bucket" "e" {\n  bucket = = 3\n}\n')
    found = imported(tables, folder)
    assert "s3-bucket-b" in section(found, "components")
    assert {Path(refusal.where.partition(".tf")[0]).name for refusal in found.refusals} == {"broken", "worse"}
    assert all("secret-value" not in refusal.reason.en for refusal in found.refusals)
    assert capfd.readouterr().err == ""


def test_a_folder_that_others_use_as_a_module_is_read_through_them(folder: Path, tables: Tables) -> None:
    module = folder / "modules" / "store"
    module.mkdir(parents=True)
    (module / "main.tf").write_text('resource "aws_s3_bucket" "inner" {\n  bucket = "y"\n}\n')
    (folder / "main.tf").write_text('module "store" {\n  source = "./modules/store"\n}\n')
    found = imported(tables, folder, module)
    assert list(section(found, "components")) == ["s3-bucket-store-inner"]
    assert found.origins["components.s3-bucket-store-inner"].file.endswith("modules/store/main.tf")


def test_terragrunt_locks_and_absent_folders_are_refused_with_the_reason(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / "terragrunt.hcl").write_text("inputs = {}")
    (tmp_path / ".terraform.lock.hcl").write_text("")
    (tmp_path / "empty").mkdir()
    found = imported(tables, tmp_path / "terragrunt.hcl", tmp_path / ".terraform.lock.hcl", tmp_path / "absent", tmp_path / "empty")
    said = " ".join(refusal.reason.en for refusal in found.refusals)
    assert found.empty
    assert len(found.refusals) == 4
    assert "Terragrunt" in said
    assert "no such file" in said


def test_without_the_extra_the_message_says_how_to_get_it(tmp_path: Path, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.tf").write_text(MAIN)
    monkeypatch.setitem(sys.modules, "tfparse", None)
    found = imported(tables, tmp_path)
    assert found.empty
    assert "hds-audit[terraform]" in found.refusals[0].reason.en


def test_an_endpoint_that_a_variable_sets_is_not_taken_for_the_provider_itself(tmp_path: Path, tables: Tables) -> None:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    (tmp_path / "main.tf").write_text(
        'variable "s3" {}\nprovider "aws" {\n  region = "gra"\n  endpoints {\n    s3 = var.s3\n  }\n}\nresource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
    )
    found = imported(tables, tmp_path)
    (host,) = section(found, "hosts").values()
    assert "provider" not in host
    assert "encryption" not in section(found, "components")["s3-bucket-b"]


def test_a_module_whose_files_are_not_here_is_told(tmp_path: Path, tables: Tables) -> None:
    pytest.importorskip("tfparse", reason="the extra `terraform` is not installed")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "main.tf").write_text('variable "x" {}\nmodule "deep" {\n  source = "./absent"\n}\n')
    (tmp_path / "main.tf").write_text(
        'module "db" {\n  source = "git::https://me:s3cr3t@example.org/rds.git"\n  count = 2\n}\n'
        'module "inner" {\n  source = "./inner"\n  x = 1\n}\nresource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
    )
    found = imported(tables, tmp_path)
    assert {refusal.where: refusal.reason.en.partition(",")[0] for refusal in found.refusals} == {
        f"{tmp_path}/main.tf:1": "module.db comes from git::https://example.org/rds.git",
        f"{tmp_path}/inner/main.tf:2": "module.inner.module.deep comes from ./absent",
    }
    assert "s3cr3t" not in str(found)


def test_values_in_files_of_variables_are_read_wherever_they_are(tmp_path: Path, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        stack__main_tf='variable "place" {}\nresource "scaleway_rdb_instance" "db" { region = var.place }\n',
        prod_tfvars='place = "nl-ams"\n',
    )
    write(tmp_path, stack__own_tfvars='place = "fr-par"\n')
    monkeypatch.chdir(tmp_path)
    for given, region in (("prod.tfvars", "nl-ams"), ("stack/own.tfvars", "fr-par")):
        found = importers()["terraform"].read((Path("stack"), Path(given)), tables)
        assert found.refusals == ()
        assert [host["region"] for host in section(found, "hosts").values()] == [region]


LOST = """
resource "random_string" "suffix" { length = 4 }
module "a" {
  source = "./modules/a"
  suffix = random_string.suffix.result
  region = "fr-par"
}
module "b" {
  source = "./modules/b"
  region = "fr-par"
  bucket = module.a.name
}
module "c" {
  source = "./modules/c"
  region = "fr-par"
}
"""


def test_modules_that_the_parser_passes_over_are_read_all_the_same(tmp_path: Path, tables: Tables) -> None:
    inner = 'variable "region" {}\nvariable "suffix" { default = "" }\nvariable "bucket" { default = "" }\n'
    inner += 'resource "scaleway_object_bucket" "this" {\n  region = var.region\n  name = "x-${var.suffix}"\n}\noutput "name" { value = scaleway_object_bucket.this.name }\n'
    write(tmp_path, main_tf=LOST, modules__a__main_tf=inner, modules__b__main_tf=inner, modules__c__main_tf=inner)
    found = importers()["terraform"].read((tmp_path,), tables)
    assert found.refusals == ()
    assert section(found, "components").keys() == {f"object-bucket-{name}-this" for name in "abc"}
    assert {host["region"] for host in section(found, "hosts").values()} == {"fr-par"}


def test_copies_whose_number_is_not_known_are_told(tmp_path: Path, tables: Tables) -> None:
    text = """
variable "names" {}
resource "scaleway_rdb_instance" "db" { for_each = toset(var.names) }
resource "scaleway_iam_user" "u" { for_each = toset(var.names) }
module "m" {
  for_each = toset(var.names)
  source   = "./m"
}
resource "scaleway_object_bucket" "one" {}
"""
    write(tmp_path, main_tf=text, m__main_tf='resource "scaleway_object_bucket" "this" {}\n')
    found = importers()["terraform"].read((tmp_path,), tables)
    assert section(found, "components").keys() == {"object-bucket-one"}
    assert {refusal.where for refusal in found.refusals} == {f"{tmp_path / 'main.tf'}:3", f"{tmp_path / 'main.tf'}:5"}
    assert all("for_each" in refusal.reason.en for refusal in found.refusals)


def test_of_several_environments_side_by_side_production_is_read(tmp_path: Path, tables: Tables) -> None:
    stack = 'module "db" { source = "../../modules/db" }\n'
    write(tmp_path, modules__db__main_tf='resource "scaleway_rdb_instance" "db" {}\n', envs__dev__main_tf=stack, envs__prod__main_tf=stack)
    found = importers()["terraform"].read((tmp_path,), tables)
    assert section(found, "components").keys() == {"rdb-instance-db-db"}
    assert [refusal.where for refusal in found.refusals] == [str(tmp_path / "envs" / "dev")]
    alone = importers()["terraform"].read((tmp_path / "envs" / "dev",), tables)
    assert alone.refusals == ()


def test_a_folder_of_terragrunt_says_what_to_do(tmp_path: Path, tables: Tables) -> None:
    write(tmp_path, prod__db__terragrunt_hcl='terraform { source = "git::https://example.org/m.git//db" }\n')
    found = importers()["terraform"].read((tmp_path,), tables)
    assert found.empty
    assert "terragrunt" in found.refusals[0].reason.en
    (discovered,) = discover(tmp_path)
    assert discovered.importer == "terraform"
