"""`hds-audit import`: another description into infra.yaml, with what it could not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.left_out import unread
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language, Text, counted

if TYPE_CHECKING:
    from pathlib import Path

    from hds_audit.model.imported import Imported, Unknown

_MOST = 25
_COUNTED = Text("Imported: {}.", "Importé : {}.")
_PARTS = {
    "hosts": (Text("{} host", "{} hébergeur"), Text("{} hosts", "{} hébergeurs")),
    "components": (Text("{} component", "{} composant"), Text("{} components", "{} composants")),
    "keys": (Text("{} key", "{} clé"), Text("{} keys", "{} clés")),
    "flows": (Text("{} flow", "{} flux"), Text("{} flows", "{} flux")),
}
_UNKNOWN = Text("Not in the input, to declare ({}):", "Absent du fichier, à déclarer ({}) :")
_MORE = (
    Text("  … and {} more, under its entry in the file", "  … et {} autre, sous son entrée dans le fichier"),
    Text("  … and {} more, each under its entry in the file", "  … et {} autres, chacun sous son entrée dans le fichier"),
)
_ASIDE = Text("Left aside, saying nothing of data: {}", "Laissé de côté, sans rapport avec les données : {}")
_SAME = Text("{} says all of this already: nothing to change.", "{} dit déjà tout cela : rien à changer.")
_KEPT = Text(
    "Lines marked = are people's and were kept; ? is no longer in the input, remove it by hand if it is gone.",
    "Les lignes = sont écrites à la main et conservées ; ? n'est plus dans le fichier importé, à retirer à la main si disparu.",
)


def import_(
    format_: Annotated[
        str, typer.Argument(metavar="FORMAT", help="terraform, compose, kubernetes, helm (values), cyclonedx, threagile or scalingo.")
    ],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files of that format; folders where the format has them.")],
    output: Annotated[str | None, typer.Option("-o", "--output", help="A new file to write; standard output where left out.")] = None,
    into: Annotated[str | None, typer.Option("--into", help="An infra.yaml to update: what people wrote in it stays.")] = None,
    name: Annotated[str, typer.Option("--name", help="Tells apart several inputs of one format in one file.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --into: show the difference, write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    lang: Lang = None,
) -> None:
    """Make a description of what exists, or update one; what the input does not say is listed, never assumed.

    Example: hds-audit import terraform plan.json --into infra.yaml
    """
    import re
    from pathlib import Path

    from hds_audit.pipeline.importing import new_text, read_files
    from hds_audit.pipeline.writing import write_file

    language = spoken(lang)
    if output is not None and into is not None:
        raise MisuseError(
            Problem("-o", "choose -o for a new file or --into for one that is there", "choisir -o (nouveau) ou --into (existant)")
        )
    if not re.fullmatch(r"[A-Za-z0-9._-]{0,40}", name):
        raise MisuseError(Problem("--name", "letters, digits, dots and hyphens only", "lettres, chiffres, points et tirets seulement"))
    if output not in {None, "-"} and Path(str(output)).exists() and not force:
        raise MisuseError(
            Problem(str(output), "is there already; --into updates it, --force replaces it", "existe déjà ; --into ou --force")
        )
    imported = read_files(format_, [Path(file) for file in files])
    if into is not None:
        unknowns = _update(Path(into), imported, language, name, dry_run)
    else:
        unknowns = imported.unknowns
        write_file(output or "-", new_text(imported, language, name), language)
    _told(imported, unknowns, language)


def _update(path: Path, imported: Imported, language: Language, name: str, dry_run: bool) -> tuple[Unknown, ...]:
    """Show the difference and write it; what is still unknown once the file has its say."""
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.importing import still_open, update_file
    from hds_audit.pipeline.writing import replace

    changed = update_file(path, imported, language, name)
    for difference in changed.differences:
        typer.echo(str(difference))
    if any(difference.kind in {"kept", "gone"} for difference in changed.differences):
        typer.echo(_KEPT.said(language), err=True)
    if not changed.differences:
        typer.echo(_SAME.said(language).format(path), err=True)
    if not dry_run and any(difference.kind in {"added", "changed", "removed"} for difference in changed.differences):
        replace(path, changed.text)
    return still_open(path, changed, imported, known().catalogue)


def _told(imported: Imported, unknowns: tuple[Unknown, ...], language: Language) -> None:
    """What was imported, what it left unknown, what was refused, on standard error."""
    counts = {part: len(value) if isinstance(value := imported.data.get(part), dict | list) else 0 for part in _PARTS}
    lines = [_COUNTED.said(language).format(", ".join(counted(counts[part], *forms, language) for part, forms in _PARTS.items()))]
    if unknowns:
        lines.append(_UNKNOWN.said(language).format(len(unknowns)))
        colon = " :" if language == "fr" else ":"
        lines += [f"  {unknown.path}{colon} {unknown.reason.said(language)}" for unknown in unknowns[:_MOST]]
        lines += [counted(len(unknowns) - _MOST, *_MORE, language)] if len(unknowns) > _MOST else []
    listed = ", ".join(f"{aside.type} ({aside.number})" for aside in imported.aside if aside.known)
    lines += [_ASIDE.said(language).format(listed)] if listed else []
    lines += unread(imported, language)
    typer.echo("\n".join(lines), err=True)


def __getattr__(name: str) -> object:
    """The command goes by a word that Python keeps for itself."""
    if name == "import":
        return import_
    raise AttributeError(name)
