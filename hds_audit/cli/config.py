"""`hds-audit config`: each setting of a check, and where it comes from."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli import check as flags
from hds_audit.cli.checking import flags_in
from hds_audit.cli.language import spoken
from hds_audit.cli.options import AsOf, Lang
from hds_audit.model.text import Language, Text

if TYPE_CHECKING:
    from hds_audit.model.configuration import Configuration


def config(
    context: typer.Context,
    infra: Annotated[str, typer.Argument(help="The description, or its folder.", metavar="INFRA.YAML")] = ".",
    output: flags.Output = None,
    as_of: AsOf = None,
    gate: flags.Gate = None,
    min_severity: flags.MinSeverity = None,
    frameworks: flags.Frameworks = None,
    on_unknown: flags.OnUnknown = None,
    require_attestations: flags.RequireAttestations = None,
    environment: flags.Environment = None,
    rules: flags.Rules = None,
    waivers: flags.Waivers = None,
    strict_waivers: flags.StrictWaivers = None,
    baseline: flags.Baseline = None,
    since: flags.Since = None,
    evidence: flags.EvidenceFile = None,
    max_age: flags.MaxAge = None,
    client: flags.Client = None,
    author: flags.Author = None,
    comment: flags.Comment = None,
    logo: flags.Logo = None,
    accent: flags.Accent = None,
    into: flags.Into = None,
    jobs: flags.Jobs = None,
    trust_config: flags.TrustConfig = None,
    lang: Lang = None,
) -> None:
    """Show each setting that `check` would take with these flags, and where it comes from: a flag, a variable, a file, or by default.

    Exit code 2 where a setting does not exist, or a file that is not trusted would make the gate laxer.

    Example: HDS_AUDIT_GATE=sovereign hds-audit config infra.yaml
    """
    from hds_audit.pipeline.configuration import Given, configured, require_allowed

    path = Path(infra)
    configuration = configured(Given(flags_in(context.params), os.environ), path if path.is_dir() else path.parent)
    language = spoken(lang)
    for line in _table(configuration, language):
        typer.echo(line)
    require_allowed(configuration)


def _table(configuration: "Configuration", language: Language) -> list[str]:
    """A line for each setting, in columns."""
    from hds_audit.pipeline.configuration import shown

    refused = {item.setting.name for item in configuration.refused}
    rows = [(name, value or "-", origin) for name, value, origin in shown(configuration)]
    widest = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [
        f"{name:<{widest[0]}}  {value:<{widest[1]}}  {_ORIGINS.get(origin, Text(origin, origin)).said(language)}"
        + (f"  {_REFUSED.said(language)}" if name in refused else "")
        for name, value, origin in rows
    ]


_ORIGINS = {"default": Text("by default", "par défaut")}
_REFUSED = Text("refused: not trusted", "refusé : non approuvé")
