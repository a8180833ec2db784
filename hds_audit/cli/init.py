"""`hds-audit init`: ten questions, and a commented infra.yaml that holds together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.left_out import few, unread
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language, Text

if TYPE_CHECKING:
    from hds_audit.model.imported import Imported
    from hds_audit.pipeline.importing import Combined
    from hds_audit.pipeline.interview import Question, Refused

_THERE = Text("{} is there already; choose another name, or --force", "{} existe déjà ; choisir un autre nom, ou --force")
_WROTE = Text("Wrote {}. Next: hds-audit check {} ; hds-audit ask {}", "{} est écrit. Ensuite : hds-audit check {} ; hds-audit ask {}")
_FOUND = Text("Read by {}: {}", "Lu par {} : {}")
_DEPLOYED = frozenset({"kubernetes", "terraform", "helm"})
_BESIDE = Text(
    "A Compose file beside a deployment often describes a developer's machine: if so, remove the lines marked # compose.",
    "Un fichier Compose à côté d'un déploiement décrit souvent un poste de développement : si c'est le cas, ôtez les lignes # compose.",
)


def _organisations(incomplete: str) -> list[str]:
    """Completion of --hosts and --mail in the shell: the organisations of the catalogue that begin so."""
    from hds_audit.pipeline.check import known

    return sorted(name for name in known().catalogue.organisations if name.startswith(incomplete))


def init(
    output: Annotated[str, typer.Option("-o", "--output", help="The file to write; - is standard output.")] = "infra.yaml",
    start: Annotated[str | None, typer.Option("--from", help="A folder with Terraform, compose or Kubernetes files to start from.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: options, else defaults, which the file marks as such.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    name: Annotated[str | None, typer.Option(help="Name of the application.")] = None,
    operator: Annotated[str | None, typer.Option(help="Who operates it.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the operator, two letters.")] = None,
    subjects: Annotated[str | None, typer.Option(help="Whose data: patients, health-professionals, minors, staff.")] = None,
    health: Annotated[str | None, typer.Option(help="Which health data: nature, combination, destination or none.")] = None,
    collected_in: Annotated[str | None, typer.Option(help="prevention, diagnosis, care, social-care, research, other or none.")] = None,
    hosts: Annotated[str | None, typer.Option(help="Hosts of the catalogue, main one first.", autocompletion=_organisations)] = None,
    regions: Annotated[str | None, typer.Option(help="Regions: osc-fr1, or scaleway=fr-par ovhcloud=gra.")] = None,
    keys: Annotated[str | None, typer.Option(help="Who can open the data: provider, customer, end-users, none or unknown.")] = None,
    mail: Annotated[str | None, typer.Option(help="Who sends the e-mails, or none.", autocompletion=_organisations)] = None,
    lang: Lang = None,
) -> None:
    """Write a first description, from ten questions and from files that are there.

    Example: hds-audit init --from . --yes
    """
    from pathlib import Path

    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.first_description import described
    from hds_audit.pipeline.interview import interview, questions
    from hds_audit.pipeline.writing import write_file

    language = spoken(lang)
    if output != "-" and Path(output).exists() and not force:
        raise MisuseError(Problem(output, _THERE.en.format(output), _THERE.fr.format(output)))
    catalogue = known().catalogue
    started = _started(Path(start), language) if start else None
    given = {
        "name": name, "operator": operator, "country": country, "subjects": subjects, "health": health, "collected-in": collected_in,
        "hosts": hosts, "regions": regions, "keys": keys, "mail": mail,
    }  # fmt: skip
    default = Path(start or output).resolve()
    told = {option for option, value in given.items() if value is not None}
    asked = questions(default.name if start else default.parent.name, catalogue, started.imported if started else None, told)
    answers = interview(asked, _asker(given, yes, language), catalogue)
    answers.default = {one.name for one in asked if yes and given[one.name] is None and one.default}
    write_file(output, described(answers, catalogue, started, language), language)
    if output != "-":
        typer.echo(_WROTE.said(language).format(output, output, output), err=True)


def _started(folder: object, language: Language) -> Combined:
    from pathlib import Path

    from hds_audit.errors import InputError
    from hds_audit.pipeline.importing import combined, discover, read_files

    place = Path(str(folder))
    if not place.is_dir():
        raise MisuseError(Problem("--from", f"{place} is no folder", f"{place} n'est pas un dossier"))
    parts: list[Imported] = []
    problems: list[Problem] = []
    for found in discover(place):
        try:
            parts.append(read_files(found.importer, found.paths))
        except InputError as error:
            problems += error.problems
    for problem in problems if parts else ():
        typer.echo(problem.said(language), err=True)
    if not parts:
        raise (
            InputError(*problems)
            if problems
            else InputError(
                Problem(
                    str(place),
                    "nothing here that can be imported; try init without --from",
                    "rien à importer ici ; essayez init sans --from",
                )
            )
        )
    for part in parts:
        typer.echo(_FOUND.said(language).format(part.importer, few(part.files, language)), err=True)
        for line in unread(part, language):
            typer.echo(line, err=True)
    if len({part.importer for part in parts} & _DEPLOYED) and any(part.importer == "compose" for part in parts):
        typer.echo(_BESIDE.said(language), err=True)
    return combined(parts)


def _asker(given: dict[str, str | None], yes: bool, language: Language) -> Callable[[Question, Callable[[str], str | Refused]], str]:
    """How questions are answered: by an option, by the default with --yes, else by the person."""
    from hds_audit.pipeline.interview import Refused

    def ask(question: Question, check: Callable[[str], str | Refused]) -> str:
        option = given[question.name]
        if option is not None or yes:
            checked = check(option if option is not None else question.default)
            if isinstance(checked, Refused):
                raise MisuseError(Problem(f"--{question.name}", checked.reason.en, checked.reason.fr))
            return checked
        while True:
            checked = check(_prompt(question, language))
            if not isinstance(checked, Refused):
                return checked
            typer.echo(f"  {checked.reason.said(language)}", err=True)

    return ask


def _prompt(question: Question, language: Language) -> str:
    words = f" ({', '.join(question.choices)})" if 0 < len(question.choices) <= 8 else ""
    return prompted(f"{question.asked.said(language)}{words}", question.default or question.offered, question.choices)


def prompted(asked: str, default: str, choices: tuple[str, ...]) -> str:
    """An answer from the keyboard or from a pipe, the default where it is empty.

    Raises MisuseError where nobody is there, typer.Abort where who is there leaves (Ctrl-D).
    """
    shown = f"{asked} [{default}]: " if default else f"{asked}: "
    try:
        with completing(choices):
            typer.echo(shown, nl=False, err=True)
            said = input() if sys.stdin.isatty() else sys.stdin.readline()
    except EOFError:
        raise typer.Abort from None
    if not said and not sys.stdin.isatty():
        raise MisuseError(Problem("init", "no more answers; give options and --yes", "plus de réponses ; donner des options et --yes"))
    return said.strip() or default


class completing:  # noqa: N801 - used as a word of the `with` statement
    """While it lasts, the tab key completes these words where the terminal can."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def __enter__(self) -> None:
        try:
            import readline
        except ImportError:
            return
        matching = list[str]()

        def complete(text: str, state: int) -> str | None:
            if state == 0:
                matching[:] = [word for word in self._words if word.startswith(text.lower())]
            return matching[state] if state < len(matching) else None

        readline.set_completer(complete)
        readline.set_completer_delims(" ,;\t\n")
        readline.parse_and_bind("tab: complete")

    def __exit__(self, *_: object) -> None:
        try:
            import readline
        except ImportError:
            return
        readline.set_completer(None)
