"""The commands: the files of this folder, each loaded only when it is called."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

import hds_audit.cli as folder
from hds_audit import __version__
from hds_audit.cli.options import Lang
from hds_audit.model.text import Language
from hds_audit.pipeline.interruption import INTERRUPTED

_PLUMBING = frozenset({"app", "checking", "language", "left_out", "moment", "options", "plain", "run"})
_HELP = {
    "en": "Audits a declared infrastructure against HDS, GDPR, foreign laws and ISO 27001.\n\n"
    "Example: hds-audit check infra.yaml -o report.html",
    "fr": "Audite une infrastructure déclarée : HDS, RGPD, lois étrangères, ISO 27001.\n\n"
    "Exemple : hds-audit check infra.yaml -o rapport.html",
}


def command_names() -> tuple[str, ...]:
    """Every command by its name on the command line."""
    return tuple(info.name.rstrip("_") for info in pkgutil.iter_modules(folder.__path__) if info.name not in _PLUMBING)


def app_for(arguments: Sequence[str], language: Language) -> typer.Typer:
    """The application with the command that is called or, for help and completion, with all of them."""
    names = command_names()
    called = next((argument for argument in arguments if argument in names), None)
    app = typer.Typer(
        name="hds-audit", cls=_Commands, help=_HELP[language], no_args_is_help=True, pretty_exceptions_enable=False,
        context_settings=_SETTINGS,
    )  # fmt: skip
    app.callback()(_whole)
    for name in names if called is None else (called,):
        _add(app, name)
    return app


class _Commands(TyperGroup):
    """The commands, with codes of their own for what typer would leave with 1, the code of a verdict."""

    def invoke(self, ctx: Any) -> Any:  # typer gives its contexts no public type
        """One command; who takes leave at a question has interrupted it, and an input that ends where none was asked for is a fault."""
        try:
            return super().invoke(ctx)
        except typer.Abort:
            typer.echo(err=True)
            raise typer.Exit(INTERRUPTED) from None
        except EOFError as error:
            raise RuntimeError(f"{type(error).__name__}: {error}") from error


_SETTINGS = {"help_option_names": ["-h", "--help"]}


def _add(app: typer.Typer, name: str) -> None:
    stem = name if any(info.name == name for info in pkgutil.iter_modules(folder.__path__)) else f"{name}_"
    module = import_module(f"{folder.__name__}.{stem}")
    command = getattr(module, name)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name, context_settings=_SETTINGS)(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hds-audit {__version__}")
        raise typer.Exit


def _whole(
    version: bool = typer.Option(False, "--version", "-V", callback=_version, is_eager=True, help="Print the version and leave."),
    lang: Lang = None,
) -> None:
    """Options of every command."""
