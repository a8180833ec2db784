"""`hds-audit diff`: what appeared, what was fixed and what changed between two JSON reports, and why."""

from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem

FORMATS = {".md": "markdown", ".html": "html", ".json": "json"}


def diff(
    old: Annotated[Path, typer.Argument(help="The earlier JSON report.", metavar="OLD.JSON")],
    new: Annotated[Path, typer.Argument(help="The later JSON report.", metavar="NEW.JSON")],
    output: Annotated[list[str] | None, typer.Option("-o", "--output", help="FILE (.md, .html, .json), or FORMAT:FILE.")] = None,
    lang: Lang = None,
) -> None:
    """Compare two JSON reports; leave with 0 whatever changed.

    Example: hds-audit diff before.json after.json -o changes.md
    """
    from hds_audit.pipeline.comparison import compare
    from hds_audit.read.report import read_report

    language = spoken(lang)
    targets = [_target(said) for said in output or ()]
    comparison = compare(read_report(old), read_report(new))
    if not targets:
        from hds_audit.report.diff_text import lines

        for line in lines(comparison, language):
            typer.echo(line)
        return
    from importlib import import_module

    from hds_audit.pipeline.delivery import written

    tried = [written(path, import_module(f"hds_audit.report.diff_{name}").render(comparison, language)) for name, path in targets]
    if problems := [problem for problem in tried if problem is not None]:
        raise MisuseError(*problems)


def _target(said: str) -> tuple[str, str]:
    """The format and the file; raises MisuseError where neither a name nor a suffix tells."""
    name, colon, path = said.partition(":")
    if colon and name in FORMATS.values():
        return name, path
    found = next((form for suffix, form in FORMATS.items() if said.endswith(suffix)), None)
    if found is None:
        names = ", ".join(FORMATS.values())
        raise MisuseError(Problem("-o", f"{said}: no format of a comparison; write FORMAT:FILE with one of {names}",
                                  f"{said} : aucun format de comparaison ; écrire FORMAT:FICHIER avec l'un de {names}"))  # fmt: skip
    return found, said
