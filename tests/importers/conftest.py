from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from plan_building import ReadPlan, ReadText, plan_of

from hds_audit.importers.importer import importers
from hds_audit.importers.tables import Tables
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.imported import Imported
from hds_audit.pipeline.knowledge import rules_folder
from hds_audit.read.catalogue import load_catalogue


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables(rules_folder() / "_catalogue" / "mappings")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(rules_folder() / "_catalogue")


@pytest.fixture
def read_text(tmp_path: Path, tables: Tables) -> ReadText:
    """Import texts written to files, each under its name."""

    def read(importer: str, **texts: str) -> Imported:
        paths = []
        for name, text in texts.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return importers()[importer].read(tuple(paths), tables)

    return read


@pytest.fixture
def read_plan(tmp_path: Path, tables: Tables) -> ReadPlan:
    """Import a plan made of resources."""

    def read(*resources: Mapping[str, Any], **more: Any) -> Imported:
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(plan_of(*resources, **more)), encoding="utf-8")
        return importers()["terraform"].read((path,), tables)

    return read
