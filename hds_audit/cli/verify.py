"""`hds-audit verify`: check a sealed dossier."""

from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang


def verify(
    dossier: Annotated[Path, typer.Argument(help="The folder that `check --seal` wrote.", metavar="DIR")],
    key: Annotated[Path | None, typer.Option(help="The public key (PEM) that you trust; without it, the one in the dossier.")] = None,
    replay: Annotated[bool, typer.Option("--replay", help="Audit the sealed input again; it must find the same.")] = False,
    lang: Lang = None,
) -> None:
    """Check the files and the signature of a dossier; leave with 1 where they do not hold.

    Example: hds-audit verify dossier --key auditor.pem --replay
    """
    from hds_audit.pipeline.verification import verify as verified

    language = spoken(lang)
    for said in verified(dossier, key, replay):
        typer.echo(said.said(language))
