"""`hds-audit catalogue`: what the project knows of organisations, with sources and age."""

from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import day_of
from hds_audit.cli.options import AsOf, Lang

catalogue = typer.Typer(help="What the project knows of organisations, with each fact's source and age.", no_args_is_help=True)


@catalogue.command("list")
def list_organisations(lang: Lang = None) -> None:
    """List the organisations.

    Example: hds-audit catalogue list
    """
    from hds_audit.pipeline.catalogued import listed
    from hds_audit.pipeline.check import known

    spoken(lang)
    for identifier, name, country in listed(known().catalogue):
        typer.echo(f"{identifier:28} {country:4} {name}")


@catalogue.command("show")
def show_organisation(
    name: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Its identifier or an alias.")],
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    """Show an organisation: owners, offers, regions and certificates, each with its source and status.

    Example: hds-audit catalogue show scaleway --as-of 2026-11-22
    """
    from hds_audit.pipeline.catalogued import shown
    from hds_audit.pipeline.check import known

    for line in shown(known().catalogue, name, day_of(as_of), spoken(lang)):
        typer.echo(line)
