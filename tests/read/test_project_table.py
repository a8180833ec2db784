"""A pyproject.toml holds our settings however TOML lets one write the table, and none where it only names us."""

from __future__ import annotations

import gc
import tomllib
from datetime import date
from pathlib import Path

import pytest

from hds_audit.model.catalogue import Catalogue
from hds_audit.read.configuration import configuration_file
from hds_audit.read.description import parse_description

HOLDING = (
    '[tool.hds-audit]\ngate = "sovereign"\n', '[ tool . "hds-audit" ]\ngate = "sovereign"\n', "['tool'.'hds-audit']\n",
    '[tool]\nhds-audit = {gate = "sovereign"}\n', '[tool]\n"hds-audit".gate = "sovereign"\n', '[ "tool" ]\n[tool.hds-audit]\n',
    'tool.hds-audit.gate = "sovereign"\n', 'tool = {hds-audit = {gate = "sovereign"}}\n', '"tool" . hds-audit = {}\n',
    '\ufeff[tool.hds-audit]\n', '[project]\nname = "x"\r\n\t[tool.hds-audit]\r\n', '["\\u0074ool".hds-audit]\n',
)  # fmt: skip
NAMING = (
    '[project]\nname = "hds-audit"\n', '[project]\ndependencies = ["hds-audit>=1"]\n[tool.ruff]\nline-length = 140\n',
    '[project.scripts]\nhds-audit = "a:b"\n', '[tool.other]\nhds-audit = 1\n', '[project]\nname = "x"\n', "",
)  # fmt: skip


@pytest.mark.parametrize("text", HOLDING)
def test_the_table_is_found(tmp_path: Path, text: str) -> None:
    assert "hds-audit" in tomllib.loads(text.removeprefix("\ufeff"))["tool"]
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert configuration_file(tmp_path) == tmp_path / "pyproject.toml"


@pytest.mark.parametrize("text", NAMING)
def test_a_project_that_only_names_us_holds_no_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert configuration_file(tmp_path) is None


def test_a_description_that_was_read_leaves_nothing_to_the_collector() -> None:
    content = b"format: hds-audit/1\napplication: {name: A, operator: me}\norganisations: {me: {name: Me, country: FR}}\nhosts: {h: {provider: me}}\n"
    parse_description("infra.yaml", content, Catalogue(date(2026, 11, 22)))
    gc.collect()
    gc.disable()
    try:
        parse_description("infra.yaml", content, Catalogue(date(2026, 11, 22)))
        assert gc.collect() < 50  # of 2,000 where the functions of every key were left
    finally:
        gc.enable()
