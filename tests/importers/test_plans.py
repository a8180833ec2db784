"""Plans and states in every form that they come in, and in forms that they should not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan_building import ReadPlan, plan_of, resource, section, unknown_paths

from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.importers.tf.stream import BrokenError, Scan
from hds_audit.model.imported import Imported

BUCKET = resource("aws_s3_bucket.a", {"bucket": "a"})


def imported(tmp_path: Path, tables: Tables, content: bytes, name: str = "plan.json") -> Imported:
    path = tmp_path / name
    path.write_bytes(content)
    return importers()["terraform"].read((path,), tables)


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.1", "1.2", "1.3"])
def test_formats_that_are_read(read_plan: ReadPlan, version: str) -> None:
    assert section(read_plan(BUCKET, format_version=version), "components").keys() == {"s3-bucket-a"}


@pytest.mark.parametrize("version", ["2.0", "3.1", "x"])
def test_an_unknown_format_is_refused_by_name(read_plan: ReadPlan, version: str) -> None:
    found = read_plan(BUCKET, format_version=version)
    assert found.empty
    assert version in found.refusals[0].reason.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("indent", [None, 2])
def test_encodings_and_line_ends(tmp_path: Path, tables: Tables, encoding: str, indent: int | None) -> None:
    text = json.dumps(plan_of(resource("aws_s3_bucket.a", {"bucket": "é"})), indent=indent, ensure_ascii=False).replace("\n", "\r\n")
    found = imported(tmp_path, tables, text.encode(encoding))
    assert section(found, "components").keys() == {"s3-bucket-a"}
    assert found.refusals == ()


def test_a_state_show_has_values_in_place_of_planned_values(tmp_path: Path, tables: Tables) -> None:
    state = {
        "format_version": "1.0",
        "terraform_version": "1.9.0",
        "values": {
            "root_module": {
                "resources": [
                    resource("aws_kms_key.k", {"arn": "arn:aws:kms:eu-west-3:1:key/1", "enable_key_rotation": True}),
                    resource(
                        "aws_db_instance.d",
                        {"storage_encrypted": True, "kms_key_id": "arn:aws:kms:eu-west-3:1:key/1", "arn": "arn:aws:rds:eu-west-3:1:db:d"},
                    ),
                ]
            }
        },
    }
    found = imported(tmp_path, tables, json.dumps(state).encode())
    assert section(found, "hosts")["aws-managed-database-eu-west-3"]["region"] == "eu-west-3"
    assert section(found, "components")["db-instance-d"]["encryption"] == [{"layer": "volume", "key": "kms-key-k"}]


@pytest.mark.parametrize("cut", [1, 60, 200, -1, -30])
def test_a_truncated_plan_keeps_what_precedes_the_break_and_says_where(tmp_path: Path, tables: Tables, cut: int) -> None:
    content = json.dumps(plan_of(*(resource(f"aws_s3_bucket.b{number}", {"bucket": "x"}) for number in range(3))))[:cut]
    found = imported(tmp_path, tables, content.encode())
    assert any("plan.json:1:" in refusal.where for refusal in found.refusals)
    assert len(section(found, "components")) in {0, 1, 2, 3}
    assert all("x" * 3 not in refusal.reason.en for refusal in found.refusals)


def test_a_break_after_the_resources_loses_none_of_them(tmp_path: Path, tables: Tables) -> None:
    content = json.dumps(plan_of(*(resource(f"aws_s3_bucket.b{number}", {"bucket": "x"}) for number in range(3))))
    found = imported(tmp_path, tables, content[: content.index('"configuration"') + 30].encode())
    assert len(section(found, "components")) == 3
    assert "hosts.aws-object-storage.region" in unknown_paths(found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\xff\xfe\x00\x00rest", "binary"),
        (b'{"version": 4, "terraform_version": "1.9", "serial": 1, "lineage": "x", "resources": []}', "raw state"),
        (b'{"provider": "scaleway", "resources": []}', "not a Terraform plan"),
        (b"[1, 2]", "not a Terraform plan"),
        (b"", "ends here"),
        (b"null", "not a Terraform plan"),
        (b"\xff\xff\xff\xff", "not text"),
        (b'{"format_version": "1.2", "planned_values": {"root_module": {}}}', "no resource"),
        (b'{"format_version": "1.2", "planned_values": [' + b"[" * 100_000, "JSON"),
        (b'{"format_version": "1.2"}{"format_version": "1.2"}', "no resource"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_with_the_reason(tmp_path: Path, tables: Tables, content: bytes, said: str) -> None:
    found = imported(tmp_path, tables, content)
    assert found.empty
    assert any(said in refusal.reason.en for refusal in found.refusals)
    assert all(refusal.reason.fr for refusal in found.refusals)


def test_values_of_strange_shapes_break_nothing(read_plan: ReadPlan) -> None:
    shapes = [None, True, 3, "x", [], {}, [[1]], {"a": {"b": [None]}}]
    resources = [
        resource(
            f"aws_db_instance.d{number}",
            dict.fromkeys(("engine", "storage_encrypted", "kms_key_id", "backup_retention_period", "multi_az"), shape),
        )
        for number, shape in enumerate(shapes)
    ]
    components = section(read_plan(*resources), "components")
    assert len([key for key in components if not key.endswith("backup")]) == len(shapes)


def test_resources_that_are_not_resources_are_passed_over(tmp_path: Path, tables: Tables) -> None:
    plan = {
        "format_version": "1.2",
        "planned_values": {
            "root_module": {
                "resources": [1, None, {"type": 3}, {"mode": "managed", "type": "aws_s3_bucket", "values": "no"}],
                "child_modules": [3, {"resources": {}}],
            }
        },
    }
    found = imported(tmp_path, tables, json.dumps(plan).encode())
    assert section(found, "components").keys() == {"s3-bucket"}


def test_data_sources_and_deleted_resources_are_not_there(read_plan: ReadPlan) -> None:
    found = read_plan(BUCKET, {**resource("data.aws_s3_bucket.other", {"bucket": "o"}), "mode": "data", "type": "aws_s3_bucket"})
    assert section(found, "components").keys() == {"s3-bucket-a"}


def test_an_errored_or_deferred_plan_says_so(read_plan: ReadPlan) -> None:
    found = read_plan(BUCKET, errored=True, complete=False)
    assert len(found.refusals) == 2
    assert not found.empty


def test_modules_give_names_and_their_references_are_followed(tmp_path: Path, tables: Tables) -> None:
    plan = plan_of()
    plan["planned_values"] = {"root_module": {"child_modules": [
        {"address": 'module.app["x"]', "resources": [resource('module.app["x"].aws_s3_bucket.this[0]', {"bucket": "a"})],
         "child_modules": [{"address": 'module.app["x"].module.keys', "resources": [resource('module.app["x"].module.keys.aws_kms_key.k', {"enable_key_rotation": False})]}]},
    ]}}  # fmt: skip
    configuration = {"format": "x", "root_module": {"resources": [], "module_calls": {"app": {"source": "./app", "module": {
        "resources": [{"address": "aws_s3_bucket.this", "mode": "managed", "type": "aws_s3_bucket", "name": "this", "provider_config_key": "app:aws", "expressions": {
            "server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": {"references": ["module.keys.arn", "module.keys"]}}]}]}]}}],
        "module_calls": {"keys": {"source": "./keys", "module": {
            "resources": [{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "provider_config_key": "aws", "expressions": {}}],
            "outputs": {"arn": {"expression": {"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}}}}}},
    }}}}, "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"references": ["var.region"]}}}}}  # fmt: skip
    plan["configuration"], plan["variables"] = configuration, {"region": {"value": "eu-west-3"}}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))
    found = importers()["terraform"].read((path,), tables)
    bucket = section(found, "components")["s3-bucket-app-x-this-0"]
    assert bucket["encryption"] == [{"layer": "storage-service", "key": "kms-key-app-x-keys-k"}]
    assert bucket["host"] == "aws-object-storage-eu-west-3"


def test_a_module_that_calls_itself_in_its_variables_ends(tmp_path: Path, tables: Tables) -> None:
    plan = plan_of(BUCKET)
    plan["configuration"]["root_module"]["module_calls"] = {"m": {"expressions": {"v": {"references": ["module.m.o"]}}, "module": {
        "resources": [], "variables": {"v": {}}, "outputs": {"o": {"expression": {"references": ["var.v"]}}}}}}  # fmt: skip
    plan["configuration"]["root_module"]["resources"][0]["expressions"] = {
        "server_side_encryption_configuration": {"references": ["module.m.o"]}
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan))
    assert not importers()["terraform"].read((path,), tables).empty


def test_several_plans_at_once(tmp_path: Path, tables: Tables) -> None:
    paths = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(plan_of(resource(f"aws_s3_bucket.{name}", {"bucket": name}))))
        paths.append(path)
    (tmp_path / "c.json").write_text("{")
    found = importers()["terraform"].read((*paths, tmp_path / "c.json"), tables)
    assert section(found, "components").keys() == {"s3-bucket-a", "s3-bucket-b"}
    assert len(found.refusals) == 2


def test_configuration_beside_the_plan_gives_the_lines(tmp_path: Path, tables: Tables) -> None:
    (tmp_path / "main.tf").write_text(
        '# resource "aws_s3_bucket" "a" {\n\nresource "aws_s3_bucket" "a" {\n  tags = {\n    x = "{"\n  }\n  acl = <<EOT\nacl = "x" }\nEOT\n  bucket = "a"\n}\n'
    )
    found = imported(tmp_path, tables, json.dumps(plan_of(resource("aws_s3_bucket.a", {"bucket": "a", "acl": "public-read"}))).encode())
    assert found.origins["components.s3-bucket-a"].line == 3
    assert found.origins["components.s3-bucket-a"].file.endswith("main.tf")
    assert found.origins["components.s3-bucket-a.internet_exposed"].line == 7


def test_the_scanner_passes_over_what_is_not_asked() -> None:
    scan = Scan('{"a": [1, {"b": 2}], "c": {"d": [3, 4]}, "e": 5}')
    found: dict[str, object] = {}
    for key in scan.members():
        if key == "c":
            found[key] = {inner: [scan.value() for _ in scan.elements()] for inner in scan.members()}
        elif key == "e":
            found[key] = scan.value()
    assert found == {"c": {"d": [3, 4]}, "e": 5}


def whole(text: str) -> dict[str, object]:
    scan = Scan(text)
    return {key: scan.value() for key in scan.members()}


@pytest.mark.parametrize("text", ["{", '{"a"', '{"a": ', '{"a": 1', '{"a": 1,', '{"a": 1]', "[1", "{1: 2}", '{"a": 1 "b": 2}'])
def test_the_scanner_says_where_the_text_breaks(text: str) -> None:
    with pytest.raises(BrokenError) as raised:
        whole(text)
    assert (raised.value.line, raised.value.column > 0) == (1, True)


def test_a_resource_is_placed_where_the_plan_writes_it(tmp_path: Path, tables: Tables) -> None:
    plan = plan_of(BUCKET, resource("aws_sqs_queue.q", {"name": "q"}))
    for indent, newline in ((None, "\n"), (2, "\n"), (1, "\r\n")):
        text = json.dumps(plan, indent=indent).replace("\n", newline)
        found = imported(tmp_path, tables, text.encode())
        for component, address in (("s3-bucket-a", "aws_s3_bucket.a"), ("sqs-queue-q", "aws_sqs_queue.q")):
            source = found.origins[f"components.{component}"]
            line = text.split("\n")[source.line - 1]
            assert line[source.column - 1] == "{"
            assert (
                text[sum(len(one) + 1 for one in text.split("\n")[: source.line - 1]) + source.column :]
                .strip()
                .startswith(f'"address": "{address}"')
            )


def test_a_column_that_nobody_can_go_to_is_not_given(tmp_path: Path, tables: Tables) -> None:
    plan = plan_of(resource("null_resource.a", {"triggers": {"a": "b" * 20_000}}), resource("aws_sqs_queue.q", {"name": "q"}))
    source = imported(tmp_path, tables, json.dumps(plan).encode()).origins["components.sqs-queue-q"]
    assert (source.line, source.column) == (1, 1)


def test_what_a_runner_prints_before_the_plan_is_passed_over(tmp_path: Path, tables: Tables) -> None:
    plan = json.dumps(plan_of(resource("aws_s3_bucket.b", {"bucket": "b"})))
    path = tmp_path / "plan.json"
    path.write_text(f"[command]/opt/terraform-bin show -json plan.tfplan\n{plan}%0A\n::set-output name=exitcode::0\n", encoding="utf-8")
    found = importers()["terraform"].read((path,), tables)
    assert section(found, "components").keys() == {"s3-bucket-b"}
    assert found.origins["components.s3-bucket-b"].line == 2


def test_a_deposed_object_is_no_second_resource(tmp_path: Path, tables: Tables) -> None:
    kept, old = (resource("aws_s3_bucket.b", {"bucket": name}, **more) for name, more in (("new", {}), ("old", {"deposed_key": "1a2b"})))
    path = tmp_path / "state.json"
    path.write_text(json.dumps({"format_version": "1.0", "values": {"root_module": {"resources": [kept, old]}}}), encoding="utf-8")
    found = importers()["terraform"].read((path,), tables)
    assert section(found, "components").keys() == {"s3-bucket-b"}
