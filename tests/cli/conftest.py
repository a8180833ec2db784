"""The program run as one runs it: another process, a scrubbed environment, a world of one rule."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent.parent
_RULE = """\
id: OWN-{name}
title: {{en: "Hosts in the country", fr: "Hôtes dans le pays"}}
controls: []
framework: iso27001
level: {level}
severity: critical
addressee: customer
subject: host
require: {{location.country: {country}}}
message: {{en: "Elsewhere.", fr: "Ailleurs."}}
remedy: {{en: "Move it.", fr: "Le déplacer."}}
limits: {{en: "None.", fr: "Aucune."}}
sources: [{{ref: "own policy", status: verified}}]
examples: []
"""
_INFRA = """\
format: hds-audit/1
application: {{name: A, operator: me}}
organisations: {{me: {{name: Me, country: FR}}}}
hosts:
{hosts}"""
_WAIVER = """\
  - rule: {rule}
    subject: {subject}
    reason: The move is under contract
    owner: technique
    approver: dpo
    granted: {granted}
    expires: {expires}
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Program = Callable[..., Ran]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def program(tmp_path: Path, cache: Path) -> Program:
    """Runs `python -m hds_audit` in the test's folder."""

    def ran(*arguments: str, env: Mapping[str, str] | None = None, cwd: Path = tmp_path, python: tuple[str, ...] = ()) -> Ran:
        kept = {name: os.environ[name] for name in ("PYTHONDONTWRITEBYTECODE", "PATH") if name in os.environ}
        environment = {**kept, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "HOME": str(cache), "LC_ALL": "C.UTF-8"}
        command = [sys.executable, *python, "-m", "hds_audit", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env={**environment, **(env or {})}, timeout=60, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    return ran


class World:
    """A folder with a description and a pack; the gate of the tests sees the pack alone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.infra = folder, folder / "infra.yaml"
        self.rule("FR", "FR")

    def rule(self, name: str, country: str, level: str = "mandatory") -> None:
        (self.folder / "pack").mkdir(exist_ok=True)
        (self.folder / "pack" / f"{name}.yaml").write_text(_RULE.format(name=name, country=country, level=level), "utf-8")

    def hosts(self, **countries: str) -> None:
        lines = (f"  {name}: {{provider: me{f', location: {{country: {country}}}' if country else ''}}}\n" for name, country in countries.items())
        self.infra.write_text(_INFRA.format(hosts="".join(lines)), "utf-8")

    def waivers(self, *rows: tuple[str, str, str, str]) -> str:
        listed = "".join(_WAIVER.format(rule=rule, subject=subject, granted=granted, expires=expires) for rule, subject, granted, expires in rows)
        (self.folder / "waivers.yaml").write_text(f"format: hds-audit-waivers/1\nwaivers:{' []' if not rows else ''}\n{listed}", "utf-8")
        return "waivers.yaml"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


GATE = ("--rules", "pack", "--frameworks", "iso27001", "--min-severity", "critical", "--as-of", "2026-11-22")
