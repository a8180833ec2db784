"""`hds-audit check`: audit a description."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.options import AsOf, Lang, day_of, now, spoken
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.report import GateView
from hds_audit.model.rule import FRAMEWORKS, LEVELS, SEVERITIES

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence
    from hds_audit.model.report import Report
    from hds_audit.model.text import Language
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.knowledge import Knowledge
    from hds_audit.pipeline.output import Target
    from hds_audit.report.format import Style


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
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")] = None,
    waivers: Annotated[Path | None, typer.Option(help="A file of waivers; read only where it is named.")] = None,
    strict_waivers: Annotated[bool, typer.Option("--strict-waivers", help="Refuse waivers that are expired, orphan or doubled.")] = False,
    baseline: Annotated[Path | None, typer.Option(help="A JSON report: the gate fails on what is new since.")] = None,
    since: Annotated[str, typer.Option(help="A git reference: the gate fails on what is new since.")] = "",
    evidence: Annotated[Path | None, typer.Option(help="What `probe` saw.")] = None,
    max_age: Annotated[str, typer.Option(help="Evidence older than this is left out (ISO 8601).")] = "P7D",
    live: Annotated[bool, typer.Option("--live", help="Probe the declared endpoints first.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the first packet.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Probe private and loopback addresses too.")] = False,
    onto: Annotated[Path | None, typer.Option("--with", help="INFRA.YAML is a plan: audit it on top of this description.")] = None,
    client: Annotated[str, typer.Option(help="The client's name, on the cover.")] = "",
    author: Annotated[str, typer.Option(help="The author's name, on the cover.")] = "",
    comment: Annotated[Path | None, typer.Option(help="A Markdown file for the management summary.")] = None,
    logo: Annotated[Path | None, typer.Option(help="An image for the cover.")] = None,
    accent: Annotated[str, typer.Option(help="A colour for headings, such as #0b5394.")] = "",
    lang: Lang = None,
) -> None:
    """Audit a description, and leave with the code of the outcome.

    Example: hds-audit check infra.yaml -o report.html -o report.json
    """
    from hds_audit.model.values import parse_span
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import Beside, known
    from hds_audit.pipeline.check import check as check_file
    from hds_audit.pipeline.output import target
    from hds_audit.report.format import Style

    language, targets = spoken(lang), [target(item) for item in output or ()]
    chosen = gate_of(gate, min_severity, frameworks, on_unknown, require_attestations, environment)
    most = parse_span(max_age)
    if most is None:
        raise MisuseError(Problem("--max-age", f"{max_age} is no duration; write P7D", f"{max_age} n'est pas une durée ; écrire P7D"))
    request, knowledge = Request(day_of(as_of), chosen, generated=now()), known(tuple(rules or ()))
    if live:
        request = request._replace(evidence=_looked(infra, yes, allow_private, language))
    report = check_file(infra, knowledge, request, Beside(waivers, evidence, baseline, onto, strict_waivers, most))
    if since:
        report = _since(report, infra, since, knowledge, request)
    said, image = comment.read_text("utf-8") if comment else "", logo.read_bytes() if logo else b""
    _deliver(report, targets, Style(language, client, author, said, image, accent))
    raise typer.Exit(report.exit_code)


def _deliver(report: "Report", targets: list["Target"], style: "Style") -> None:
    if targets:
        from hds_audit.pipeline.output import write_outputs

        write_outputs(report, targets, style)
    else:
        from hds_audit.report.terminal import print_report

        print_report(report, style.language)


def _since(report: "Report", infra: str, reference: str, knowledge: "Knowledge", request: "Request") -> "Report":
    from hds_audit.pipeline.baseline import beside
    from hds_audit.pipeline.baseline import since as audited_at

    return beside(report, audited_at(Path(infra), reference, knowledge, request))


def _looked(infra: str, yes: bool, allow_private: bool, language: "Language") -> "Evidence":
    from hds_audit.cli.probe import agreed, observed
    from hds_audit.pipeline.live import LiveOptions, require_targets
    from hds_audit.pipeline.targets import targets_of

    targets = targets_of(infra)
    require_targets(targets, infra)
    agreed(targets, yes, language)
    return observed(targets, LiveOptions(allow_private=allow_private), language)


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
