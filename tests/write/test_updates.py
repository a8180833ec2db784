"""An import laid over a file: its own lines follow it, people's lines stay."""

from __future__ import annotations

from typing import Any

import pytest

from hds_audit.model.imported import Imported, Plain, Refusal, Source
from hds_audit.model.text import Text
from hds_audit.write.entry import Mark, mark_in
from hds_audit.write.render import render, sheetful
from hds_audit.write.sheet import Sheet
from hds_audit.write.update import update


def imported(data: dict[str, Any], refusals: tuple[Refusal, ...] = ()) -> Imported:
    """An import whose components and keys stand at the address `type.NAME`, whatever they are called here."""
    origins = {}
    for section, value in data.items():
        for key in (
            value if isinstance(value, dict) else [item["id"] if isinstance(item, dict) and "id" in item else item for item in value]
        ):
            origins[f"{section}.{key}"] = Source("plan.json", address=f"type.{key}")
    plain: dict[str, Plain] = data
    return Imported("terraform", plain, origins, (), refusals)


DATA: dict[str, Any] = {
    "hosts": {"aws-db": {"provider": "aws", "service": "managed-database", "region": "eu-west-3"}},
    "components": {
        "db": {"kind": "database", "host": "aws-db", "zones": 2, "encryption": [{"layer": "volume", "key": "k"}]},
        "web": {"kind": "application", "host": "aws-db"},
    },
    "keys": {"k": {"host": "aws-db", "managed_by": "provider"}},
    "flows": [{"id": "web--db", "from": "web", "to": "db", "transport": {"tls": True}}],
    "domains": ["exemple.fr"],
}


def first() -> str:
    return render(sheetful(imported(DATA), "terraform"), "en")


def lay(text: str, data: dict[str, Any], **more: Any) -> Any:
    return update("infra.yaml", text, imported(data, more.pop("refusals", ())), more.pop("owner", "terraform"), "en", **more)


def changed(**entries: Any) -> dict[str, Any]:
    """DATA with other facts of components; None takes one out."""
    components = {key: dict(value) for key, value in DATA["components"].items()}
    for path, value in entries.items():
        entry, _, name = path.partition("__")
        if not name and value is None:
            del components[entry]
        elif not name:
            components[entry] = value
        elif value is None:
            del components[entry][name]
        else:
            components[entry][name] = value
    return {**DATA, "components": components}


def kinds(result: Any) -> list[tuple[str, str]]:
    return [(difference.kind, difference.path) for difference in result.differences]


def test_importing_again_changes_nothing() -> None:
    result = lay(first(), DATA)
    assert result.text == first()
    assert result.differences == ()


def test_a_fact_of_the_import_follows_it_and_nothing_else_moves() -> None:
    result = lay(first(), changed(db__zones=3))
    assert kinds(result) == [("changed", "components.db.zones")]
    assert result.text == first().replace("zones: 2", "zones: 3")
    assert str(result.differences[0]) == "~ components.db.zones: 2 → 3"


def test_a_line_without_its_mark_is_its_authors() -> None:
    text = first().replace("zones: 2  # terraform", "zones: 1  # we checked")
    result = lay(text, changed(db__zones=3))
    assert kinds(result) == [("kept", "components.db.zones")]
    assert result.text == text


def test_what_prevails_replaces_what_people_wrote() -> None:
    text = first().replace("zones: 2  # terraform", "zones: 1  # we checked")
    result = lay(text, changed(db__zones=3), prevail=True)
    assert "zones: 3  # we checked" in result.text
    assert "components.db.zones" in result.owned


def test_a_fact_that_the_import_no_longer_has_goes_if_it_was_its_own() -> None:
    text = first().replace("    host: aws-db  # terraform\n    zones", "    host: aws-db  # terraform\n    stores: [records]\n    zones")
    result = lay(text, changed(db__zones=None))
    assert kinds(result) == [("removed", "components.db.zones")]
    assert "stores: [records]" in result.text
    assert "zones" not in result.text


def test_what_people_add_to_an_entry_stays() -> None:
    text = first().replace(
        "    kind: database  # terraform\n", "    kind: database  # terraform\n    # about the data\n    stores: [records]  # ours\n"
    )
    result = lay(text, changed(db__internet_exposed=False))
    assert "    # about the data\n    stores: [records]  # ours\n" in result.text
    assert "    internet_exposed: false  # terraform\n" in result.text


def test_an_entry_that_people_renamed_is_known_again_by_its_address() -> None:
    text = (
        first()
        .replace("  db:  # terraform: type.db", "  main-database:  # terraform: type.db")
        .replace("to: db", "to: main-database")
        .replace("id: web--db", "id: web--main-database")
    )
    result = lay(text, changed(db__zones=3))
    assert kinds(result) == [("changed", "components.main-database.zones")]
    assert result.names["components", "db"] == "main-database"


def test_a_host_that_people_described_is_known_by_what_it_says() -> None:
    text = "format: hds-audit/1\nhosts:\n  cloud:  # ours\n    provider: aws\n    service: managed-database\n    contract: true\n"
    result = lay(text, DATA)
    assert result.names["hosts", "aws-db"] == "cloud"
    assert "    host: cloud  # terraform\n" in result.text
    assert "    region: eu-west-3  # terraform\n" in result.text
    assert "aws-db" not in result.text


def test_a_resource_that_is_gone_goes_with_its_entry_and_flow() -> None:
    data = {**changed(web=None), "flows": []}
    result = lay(first(), data)
    assert ("removed", "components.web") in kinds(result)
    assert ("removed", "flows.web--db") in kinds(result)
    assert "web" not in result.text.replace("# yaml-language-server", "")
    assert lay(result.text, data).differences == ()


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (first().replace("  web:  # terraform: type.web\n", "  web:  # terraform: type.web\n    processes: [records]\n"), {}),
        (first(), {"refusals": (Refusal("plan.json:9", Text("cut", "coupé")),)}),
    ],
)
def test_a_resource_that_is_gone_stays_where_people_wrote_or_the_input_was_cut(text: str, more: dict[str, Any]) -> None:
    result = lay(text, changed(web=None), **more)
    assert ("gone", "components.web") in kinds(result)
    assert "  web:  # terraform: type.web" in result.text


def test_another_input_altogether_removes_nothing() -> None:
    other = {"hosts": {"ovh": {"provider": "ovhcloud", "service": "iaas"}}, "components": {"vm": {"kind": "application", "host": "ovh"}}}
    result = lay(first(), other)
    assert {kind for kind, path in kinds(result) if path in {"components.db", "hosts.aws-db"}} == {"gone"}
    assert "  db:  # terraform: type.db" in result.text


def test_inputs_of_other_names_leave_one_another_alone() -> None:
    other = {"hosts": {"ovh": {"provider": "ovhcloud", "service": "iaas"}}, "components": {"vm": {"kind": "application", "host": "ovh"}}}
    both = lay(first(), other, owner="terraform/network")
    assert "  vm:  # terraform/network: type.vm" in both.text
    assert all(kind == "added" for kind, _ in kinds(both))
    again = lay(both.text, DATA)
    assert again.differences == ()


def test_two_resources_of_one_name_do_not_take_each_others_place() -> None:
    text = first()
    data = changed()
    moved = imported(data)
    origins = {**moved.origins, "components.db": Source("plan.json", address="other.db")}
    result = update("infra.yaml", text, Imported("terraform", moved.data, origins), "terraform", "en")
    assert result.names["components", "db"] == "db-2"
    assert "  db-2:  # terraform: other.db" in result.text


@pytest.mark.parametrize(
    "text",
    [
        "format: hds-audit/1\n",
        "format: hds-audit/1\nhosts: {}\ncomponents: {}\nflows: []  # none yet\ndomains: []\n",
        "# only a comment\nformat: hds-audit/1\napplication: {name: x}\ncomponents:\n  mine: {kind: database}\n",
        "format: hds-audit/1\nhosts:\n    wide:\n        provider: ovhcloud\nflows:\n- from: a\n  to: b\n",
        "{format: hds-audit/1, hosts: {a: {provider: x}}, flows: [{from: a, to: b}], domains: [z.fr]}\n",
    ],
)
def test_files_of_any_style_take_an_import_and_keep_it(text: str) -> None:
    result = lay(text, DATA)
    sheet = Sheet("f", result.text)
    plain = sheet.plain(sheet.root)
    assert isinstance(plain, dict)
    assert {"db", "web"} <= set(plain["components"])  # type: ignore[arg-type]
    assert any(isinstance(flow, dict) and flow.get("id") == "web--db" for flow in plain["flows"])  # type: ignore[union-attr]
    again = lay(result.text, DATA)
    assert {kind for kind, _ in kinds(again)} <= {"kept"}
    assert again.text == result.text


def test_two_flows_between_the_same_ends_are_one_to_the_import() -> None:
    text = (
        first()
        .replace("  - id: web--db  # terraform\n    from: web  # terraform\n", "  - from: web\n")
        .replace("    to: db  # terraform", "    to: db")
    )
    result = lay(text, DATA)
    assert result.text == text


@pytest.mark.parametrize(
    ("comment", "mark"),
    [
        ("# terraform", Mark("terraform")),
        ('#terraform: a.b["c"]', Mark("terraform", 'a.b["c"]')),
        ("# terraforming", None),
        ("# terraform/network", None),
        ("# see terraform", None),
        ("", None),
    ],
)
def test_marks(comment: str, mark: Mark | None) -> None:
    assert mark_in(comment, "terraform") == mark
