"""`hds-audit report`: write any format again from a JSON report."""

from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError


def report(
    audit: Annotated[Path, typer.Argument(help="A JSON report.", metavar="AUDIT.JSON")],
    output: Annotated[list[str] | None, typer.Option("-o", "--output", help="FILE, or FORMAT:FILE; may be repeated.")] = None,
    client: Annotated[str, typer.Option(help="The client's name, on the cover.")] = "",
    author: Annotated[str, typer.Option(help="The author's name, on the cover.")] = "",
    comment: Annotated[Path | None, typer.Option(help="A Markdown file for the management summary.")] = None,
    logo: Annotated[Path | None, typer.Option(help="An image for the cover (PNG, JPEG or SVG).")] = None,
    accent: Annotated[str, typer.Option(help="A colour for headings, such as #0b5394.")] = "",
    lang: Lang = None,
) -> None:
    """Write reports again from a JSON report, at any time; without -o, print it for people.

    Example: hds-audit report audit.json -o audit.html -o audit.sarif
    """
    from hds_audit.pipeline.delivery import deliver, require_apart
    from hds_audit.pipeline.output import target
    from hds_audit.read.report import read_report
    from hds_audit.report.format import Style

    language = spoken(lang)
    targets = [target(item) for item in output or ()]
    require_apart(targets, (str(audit), str(comment or ""), str(logo or "")))
    read = read_report(audit)
    said, image = comment.read_text("utf-8") if comment else "", logo.read_bytes() if logo else b""
    if targets:
        if problems := deliver(read, targets, Style(language, client, author, said, image, accent)):
            raise MisuseError(*problems)
    else:
        from hds_audit.report.terminal import print_report

        print_report(read, language)
