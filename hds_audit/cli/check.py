"""`hds-audit check`: audit a description."""

from __future__ import annotations

from typing import Annotated

import typer

from hds_audit.cli.options import AsOf, Lang, day_of, now, spoken
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.report import GateView
from hds_audit.model.rule import FRAMEWORKS, LEVELS, SEVERITIES


def check(
    infra: Annotated[str, typer.Argument(help="The description, or - for standard input.", metavar="INFRA.YAML")],
    output: Annotated[list[str] | None, typer.Option("-o", "--output", help="FILE, or FORMAT:FILE; may be repeated.")] = None,
    as_of: AsOf = None,
    gate: Annotated[str, typer.Option(help="The level that gates: mandatory, recommended or sovereign.")] = "mandatory",
    min_severity: Annotated[str, typer.Option(help="The least severity that gates: critical, high, medium or low.")] = "low",
    frameworks: Annotated[str, typer.Option(help="The frameworks that gate, with commas: hds,gdpr,cloud_act,iso27001.")] = "",
    on_unknown: Annotated[str, typer.Option(help="fail: what is not shown gates; report: it does not.")] = "fail",
    require_attestations: Annotated[bool, typer.Option("--require-attestations", help="What waits for a person gates too.")] = False,
    environment: Annotated[str, typer.Option(help="Judge the components of one environment only.")] = "",
    rules: Annotated[list[str] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")] = None,
    lang: Lang = None,
) -> None:
    """Audit a description, and leave with the code of the outcome.

    Example: hds-audit check infra.yaml -o report.html -o report.json
    """
    from pathlib import Path

    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import check as check_file
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.output import target, write_outputs
    from hds_audit.report.format import Style

    language = spoken(lang)
    targets = [target(item) for item in output or ()]
    chosen = gate_of(gate, min_severity, frameworks, on_unknown, require_attestations, environment)
    request = Request(day_of(as_of), chosen, generated=now())
    report = check_file(infra, known(tuple(Path(pack) for pack in rules or ())), request)
    if targets:
        write_outputs(report, targets, Style(language))
    else:
        from hds_audit.report.terminal import print_report

        print_report(report, language)
    raise typer.Exit(report.exit_code)


def gate_of(level: str, severity: str, frameworks: str, on_unknown: str, require_attestations: bool, environment: str) -> GateView:
    """The gate that these options make; raises MisuseError with every word that is none."""
    problems: list[Problem] = []
    listed = tuple(name.strip() for name in frameworks.split(",") if name.strip()) or FRAMEWORKS
    _among("--gate", level, LEVELS, problems)
    _among("--min-severity", severity, SEVERITIES, problems)
    _among("--on-unknown", on_unknown, ("fail", "report"), problems)
    for name in listed:
        _among("--frameworks", name, FRAMEWORKS, problems)
    if problems:
        raise MisuseError(*problems)
    return GateView(
        next(word for word in LEVELS if word == level),
        next(word for word in SEVERITIES if word == severity),
        tuple(word for word in FRAMEWORKS if word in listed),
        "report" if on_unknown == "report" else "fail",
        require_attestations,
        environment,
    )


def _among(option: str, word: str, words: tuple[str, ...], problems: list[Problem]) -> None:
    if word not in words:
        said = ", ".join(words)
        problems.append(Problem(option, f"{word} is none of {said}", f"{word} ne fait pas partie de {said}"))
