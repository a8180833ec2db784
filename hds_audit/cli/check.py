"""`hds-audit check`: audit one description, or many."""

from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.checking import Call, Dossier, Here, Looking, checked, flags_in
from hds_audit.cli.options import AsOf, Lang

Output = Annotated[list[str] | None, typer.Option("-o", "--output", help="FILE, or FORMAT:FILE; with --into, a format; may be repeated.")]
Gate = Annotated[str | None, typer.Option(help="The level that gates: mandatory (by default), recommended or sovereign.")]
MinSeverity = Annotated[str | None, typer.Option(help="The least severity that gates: critical, high, medium or low (by default).")]
Frameworks = Annotated[str | None, typer.Option(help="The frameworks that gate, with commas; all by default: hds,gdpr,cloud_act,iso27001.")]
OnUnknown = Annotated[str | None, typer.Option(help="fail (by default): what is not shown gates; report: it does not.")]
RequireAttestations = Annotated[
    bool | None, typer.Option("--require-attestations/--no-require-attestations", help="What waits for a person gates too.")
]
Environment = Annotated[str | None, typer.Option(help="Judge the components of one environment only.")]
Rules = Annotated[list[str] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")]
Waivers = Annotated[str | None, typer.Option(help="A file of waivers; read only where it is named.")]
StrictWaivers = Annotated[
    bool | None,
    typer.Option("--strict-waivers/--no-strict-waivers", help="Refuse waivers that are expired, orphan, doubled or longer than a year."),
]
Baseline = Annotated[str | None, typer.Option(help="A JSON report: the gate fails on what is new since.")]
Since = Annotated[str | None, typer.Option(help="A git reference: the gate fails on what is new since.")]
EvidenceFile = Annotated[str | None, typer.Option("--evidence", help="What `probe` saw.")]
MaxAge = Annotated[str | None, typer.Option(help="Evidence older than this is left out (ISO 8601); P7D by default.")]
Client = Annotated[str | None, typer.Option(help="The client's name, on the cover.")]
Author = Annotated[str | None, typer.Option(help="The author's name, on the cover.")]
Comment = Annotated[str | None, typer.Option(help="A Markdown file for the management summary.")]
Logo = Annotated[str | None, typer.Option(help="An image for the cover.")]
Accent = Annotated[str | None, typer.Option(help="A colour for headings, such as #0b5394.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", help="How many processes audit; 1 by default.")]
Into = Annotated[str | None, typer.Option(help="A folder for one report each, an index and a summary.")]
TrustConfig = Annotated[
    bool | None,
    typer.Option("--trust-config/--no-trust-config", help="The hds-audit.toml of a description may make the gate laxer, and name files."),
]


def check(
    context: typer.Context,
    infra: Annotated[list[str], typer.Argument(help="Descriptions, or patterns of them; - for standard input.", metavar="INFRA.YAML...")],
    output: Output = None,
    as_of: AsOf = None,
    gate: Gate = None,
    min_severity: MinSeverity = None,
    frameworks: Frameworks = None,
    on_unknown: OnUnknown = None,
    require_attestations: RequireAttestations = None,
    environment: Environment = None,
    rules: Rules = None,
    waivers: Waivers = None,
    strict_waivers: StrictWaivers = None,
    baseline: Baseline = None,
    since: Since = None,
    evidence: EvidenceFile = None,
    max_age: MaxAge = None,
    live: Annotated[bool, typer.Option("--live", help="Probe the declared endpoints first.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the first packet.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="With --live: go to private and loopback addresses too.")] = False,
    resolver: Annotated[list[str] | None, typer.Option(help="With --live: ADDRESS or ADDRESS#PORT of a resolver; may be repeated.")] = None,
    authorities: Annotated[str, typer.Option(help="With --live: a PEM file of authorities to trust beside the system's.")] = "",
    no_asn: Annotated[bool, typer.Option("--no-asn", help="With --live: do not ask Team Cymru who announces an address.")] = False,
    onto: Annotated[str, typer.Option("--with", help="INFRA.YAML is a plan: audit it on top of this description.")] = "",
    client: Client = None,
    author: Author = None,
    comment: Comment = None,
    logo: Logo = None,
    accent: Accent = None,
    into: Into = None,
    jobs: Jobs = None,
    shard: Annotated[str, typer.Option(help="Audit one part of the descriptions only, such as 3/10; see merge.")] = "",
    seal: Annotated[Path | None, typer.Option(help="A new folder for the sealed dossier: input, report, manifest.")] = None,
    redact: Annotated[Path | None, typer.Option(help="A new folder for a redacted copy of the report.")] = None,
    key: Annotated[Path | None, typer.Option(help="A private key (PEM) to sign the dossier with.")] = None,
    pseudonyms: Annotated[Path | None, typer.Option(help="The file of the key of the pseudonyms, made where it is not there.")] = None,
    trust_config: TrustConfig = None,
    lang: Lang = None,
) -> None:
    """Audit a description, and leave with the code of the outcome; with several, with the worst.

    Example: hds-audit check infra.yaml -o report.html -o report.json
    """
    looking = Looking(allow_private, tuple(resolver or ()), authorities, no_asn)
    here = Here(Path(onto) if onto else None, live, yes, looking, Dossier(seal, redact, key, pseudonyms))
    raise typer.Exit(checked(Call(infra, flags_in(context.params), here, shard, lang)))
