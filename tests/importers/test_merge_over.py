"""A plan on top of a hand-written description: what CI judges, with places in the files that state each fact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan_building import plan_of, resource

from hds_audit.errors import InputError
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.description import Description
from hds_audit.pipeline.importing import combined, completed, new_text, read_files, update_file
from hds_audit.pipeline.importing import merged as merged_with_notices
from hds_audit.read.description import parse_description

TF = 'resource "aws_db_instance" "main" {\n  engine              = "postgres"\n  publicly_accessible = true\n  storage_encrypted   = false\n}\n'
INFRA = """\
# hand-written
format: hds-audit/1
application: {name: Demo}
data:
  records: {health: nature, collected_in: [care]}
hosts:
  cloud:            # our account
    provider: aws
    service: managed-database
    region: eu-west-3
components:
  db:   # terraform: aws_db_instance.main
    kind: database   # terraform
    host: cloud
    internet_exposed: false   # we think
    stores: [records]
flows:
  - {from: internet, to: db, data: [records]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    values = {"engine": "postgres", "publicly_accessible": True, "storage_encrypted": False, "backup_retention_period": 7}
    (tmp_path / "main.tf").write_text(TF)
    (tmp_path / "infra.yaml").write_text(INFRA)
    (tmp_path / "plan.json").write_text(json.dumps(plan_of(resource("aws_db_instance.main", values))))
    return tmp_path


def merged(folder: Path, catalogue: Catalogue) -> Description:
    return merged_with_notices(folder / "infra.yaml", read_files("terraform", [folder / "plan.json"]), catalogue).description


def places(description: Description, section: str, entry: str) -> dict[str, tuple[str, int]]:
    record = description.section(section)[entry]
    found = {key: description.files.value_place(mark) for key, mark in record.marks.items()}
    return {key: (Path(place.file).name, place.line) for key, place in found.items()}


def test_the_plan_prevails_and_the_rest_stays(folder: Path, catalogue: Catalogue) -> None:
    database = merged(folder, catalogue).section("components")["db"]
    assert database.values["internet_exposed"] is True
    assert database.values["encryption"] == ()
    assert database.values["stores"] == ("records",)
    assert database.values["host"] == "cloud"


def test_each_fact_is_placed_in_the_file_that_states_it(folder: Path, catalogue: Catalogue) -> None:
    description = merged(folder, catalogue)
    found = places(description, "components", "db")
    assert found["internet_exposed"] == ("main.tf", 3)
    assert found["encryption"] == ("main.tf", 4)
    assert found["kind"] == ("main.tf", 1)
    assert found["host"] == ("infra.yaml", 14)
    assert found["stores"] == ("infra.yaml", 16)
    assert places(description, "hosts", "cloud")["region"] == ("infra.yaml", 10)
    assert places(description, "components", "db-instance-main-backup")["copy_of"] == ("main.tf", 1)
    flow = description.listed("flows")[0]
    assert description.files.value_place(flow.marks["data"]).line == 18


def test_the_text_shown_is_that_of_the_hand_written_file_and_of_no_other(folder: Path, catalogue: Catalogue) -> None:
    description = merged(folder, catalogue)
    record = description.section("components")["db"]
    assert description.files.value_place(record.marks["stores"]).text == "    stores: [records]"
    assert description.files.value_place(record.marks["encryption"]).text == ""


def test_every_file_that_was_read_is_an_input(folder: Path, catalogue: Catalogue) -> None:
    assert [Path(item.path).name for item in merged(folder, catalogue).inputs] == ["infra.yaml", "main.tf", "plan.json"]
    assert (folder / "infra.yaml").read_text() == INFRA


def test_problems_are_told_at_the_lines_of_the_file_as_it_is(folder: Path, catalogue: Catalogue) -> None:
    (folder / "infra.yaml").write_text(INFRA + "governance: {strange: 1}\n")
    with pytest.raises(InputError) as raised:
        merged(folder, catalogue)
    assert any(":19:" in problem.where for problem in raised.value.problems)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: [", b""])
def test_a_hand_written_file_that_cannot_be_read_is_refused(folder: Path, catalogue: Catalogue, content: bytes) -> None:
    (folder / "infra.yaml").write_bytes(content)
    with pytest.raises(InputError):
        merged(folder, catalogue)


def test_an_update_keeps_what_people_wrote_where_a_check_does_not(folder: Path) -> None:
    changed = update_file(folder / "infra.yaml", read_files("terraform", [folder / "plan.json"]), "en")
    assert "internet_exposed: false   # we think" in changed.text
    assert ("kept", "components.db.internet_exposed") in [(difference.kind, difference.path) for difference in changed.differences]


def test_several_imports_become_one_that_validates(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(plan_of(resource("aws_instance.web", {}))))
    (tmp_path / "compose.yaml").write_text(
        "services:\n  instance-web:\n    image: redis\n  db:\n    image: postgres\n    environment: {A_URL: 'redis://instance-web'}\n"
    )
    whole = combined([read_files("terraform", [tmp_path / "plan.json"]), read_files("compose", [tmp_path / "compose.yaml"])])
    components = whole.imported.data["components"]
    assert isinstance(components, dict)
    assert components.keys() == {"instance-web", "instance-web-compose", "db"}
    flows = whole.imported.data["flows"]
    assert flows == [
        {"id": "db--instance-web-compose", "from": "db", "to": "instance-web-compose", "transport": {"protocol": "redis", "tls": False}}
    ]
    assert whole.owners["components", "db"] == "compose"
    parse_description("x", new_text(completed(whole.imported), "fr").encode(), catalogue)


def test_what_an_import_left_open_is_told(folder: Path, catalogue: Catalogue) -> None:
    values = {"engine": "postgres", "identifier": "main"}
    strange = resource("newcloud_store.x", {"name": "x"})
    (folder / "plan.json").write_text(
        json.dumps(plan_of(resource("aws_db_instance.main", values), resource("aws_db_instance.other", {"engine": "mysql"}), strange))
    )
    imported = read_files("terraform", [folder / "plan.json"])
    told = {notice.kind: notice.text for notice in merged_with_notices(folder / "infra.yaml", imported, catalogue).notices}
    assert "newcloud_store (1)" in told["import-not-known"].en
    opened = told["import-unknown"].en
    assert "components.db-instance-other.stores" in opened
    assert "components.db.stores" not in opened, "what people wrote beside it is no longer open"
    assert told["import-unknown"].fr.startswith("Ni l'import ni la description")


def test_what_was_refused_is_told_with_its_place(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "compose.yml").write_text("services:\n  db: {image: 'postgres:16'}\n---\nservices: {{ broken }}\n")
    (tmp_path / "infra.yaml").write_text(INFRA)
    imported = read_files("compose", [tmp_path / "compose.yml"])
    assert imported.refusals
    notices = merged_with_notices(tmp_path / "infra.yaml", imported, catalogue).notices
    refused = [notice.text for notice in notices if notice.kind == "import-refused"]
    assert len(refused) == len(imported.refusals)
    assert all(f"{tmp_path}/compose.yml:" in text.en and f"{tmp_path}/compose.yml:" in text.fr for text in refused)


def test_many_open_facts_are_one_notice(folder: Path, catalogue: Catalogue) -> None:
    plan = plan_of(*(resource(f"aws_db_instance.b{number}", {"engine": "postgres"}) for number in range(40)))
    (folder / "plan.json").write_text(json.dumps(plan))
    notices = merged_with_notices(folder / "infra.yaml", read_files("terraform", [folder / "plan.json"]), catalogue).notices
    (opened,) = (notice.text.en for notice in notices if notice.kind == "import-unknown")
    assert opened.count("components.") <= 10
    assert " more." in opened


def test_a_place_that_the_input_does_not_know_says_nothing_against_that_of_people(tmp_path: Path, catalogue: Catalogue) -> None:
    """A Compose file does not say where it runs: laid over a database on another host, it would hide that a flow leaves the machine."""
    (tmp_path / "compose.yaml").write_text("services:\n  web: {image: app}\n  db: {image: 'postgres:16'}\n")
    (tmp_path / "infra.yaml").write_text(
        "format: hds-audit/1\napplication: {name: Demo}\nhosts:\n  machine: {provider: ovhcloud, service: iaas, region: gra}\n"
        "  paas: {provider: scalingo, service: paas, region: osc-fr1}\ncomponents:\n  db: {kind: database, host: paas}\n"
    )
    found = merged_with_notices(tmp_path / "infra.yaml", read_files("compose", [tmp_path / "compose.yaml"]), catalogue).description
    components = found.section("components")
    assert (components["db"].values["host"], components["web"].values["host"]) == ("paas", "machine")
    assert found.section("hosts")["machine"].values["provider"] == "ovhcloud"
