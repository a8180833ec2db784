"""The program on the path under its own name, a world of one rule, the files that people's pipelines use and their steps run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import ROOT, Program, World, cache, program, world

__all__ = ["ROOT", "Program", "World", "cache", "program", "tree", "world"]


def tree(path: str) -> dict[str, object]:
    """A YAML file of the project as plain data."""
    found = yaml.safe_load((ROOT / path).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the program `hds-audit`."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "hds-audit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hds_audit "$@"\n', "utf-8")
    (folder / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    for name in ("hds-audit", "python"):
        (folder / name).chmod(0o755)
    return folder
