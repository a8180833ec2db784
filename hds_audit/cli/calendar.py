"""`hds-audit calendar`: what ends and what begins in the year ahead."""

from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import day_of
from hds_audit.cli.options import AsOf, Lang


def calendar(
    infra: Annotated[str, typer.Argument(help="The description, or - for standard input.", metavar="INFRA.YAML")],
    as_of: AsOf = None,
    days: Annotated[int, typer.Option(help="How many days ahead.", min=1, max=3650)] = 365,
    lang: Lang = None,
) -> None:
    """Print what comes to its last day, and the texts to come, over the year ahead.

    Example: hds-audit calendar infra.yaml
    """
    from datetime import timedelta

    from hds_audit.pipeline.audit import Request, world_of
    from hds_audit.pipeline.check import known, read
    from hds_audit.resolve.expiring import expiring

    language, knowledge = spoken(lang), known()
    reading = read(infra, knowledge, Request(day_of(as_of)))
    world = world_of(reading.description, knowledge, reading.request)
    for item in expiring(world, (), timedelta(days=days)):
        typer.echo(f"{item.date}  {item.text.said(language)}")
