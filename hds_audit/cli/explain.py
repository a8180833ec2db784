"""`hds-audit explain`: a rule or a requirement in our words."""

from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang


def explain(
    name: Annotated[str, typer.Argument(help="A rule (HDS-28-STORAGE) or a requirement (hds:EXI-28).", metavar="RULE|CONTROL")],
    lang: Lang = None,
) -> None:
    """Explain a rule or a requirement: since when, who is bound, what is read, what is not seen, how to comply, the sources.

    Example: hds-audit explain hds:EXI-28
    """
    import textwrap

    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.explaining import explain as paragraphs

    for head, text in paragraphs(name, known(), spoken(lang)):
        lines = [line for part in text.split("\n") for line in textwrap.wrap(part, 100) or [""]]
        typer.echo(f"{head}" if head else "")
        typer.echo("\n".join(f"  {line}" for line in lines))
