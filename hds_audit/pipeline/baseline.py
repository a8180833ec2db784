"""An audit against an earlier one: the gate speaks of what was introduced, the outcome of the whole."""

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.evaluate.baseline import compared, exit_code
from hds_audit.model.report import Report

if TYPE_CHECKING:
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.knowledge import Knowledge


def against(report: Report, baseline: Path) -> Report:
    """The report, compared with the JSON report in a file."""
    from hds_audit.read.report import read_report

    return beside(report, read_report(baseline))


def beside(report: Report, before: Report) -> Report:
    """The report, compared with an earlier one."""
    findings, resolved = compared(report.findings, before.findings)
    return report._replace(findings=findings, resolved=resolved, exit_code=exit_code(findings, report.rules, report.gate))


def since(path: Path, reference: str, known: "Knowledge", request: "Request") -> Report:
    """The audit of the description as it stood at a git reference, its includes with it; raises InputError where it was not there."""
    from hds_audit.pipeline.audit import audit
    from hds_audit.read.description import parse_description

    folder = path.resolve().parent

    def shown(name: str) -> bytes:
        command = ["git", "-C", str(folder), "show", f"{reference}:./{name}"]
        ran = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # no shell; the reference is checked below
        if ran.returncode:
            raise InputError(Problem(f"{reference}:{name}", "git has no such file there", "git n'a pas ce fichier à cet endroit"))
        return ran.stdout

    if reference.startswith("-"):
        raise MisuseError(Problem("--since", "a reference does not begin with -", "une référence ne commence pas par -"))
    description = parse_description(path.as_posix(), shown(path.name), known.catalogue, shown)
    return audit(description, known, request)
