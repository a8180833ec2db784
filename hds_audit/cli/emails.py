"""`hds-audit emails`: what message templates disclose of health."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import EXIT_MISUSE, InputError, MisuseError, Problem

if TYPE_CHECKING:
    from hds_audit.emails.application import Applications
    from hds_audit.model.lexicon import Lexicon
    from hds_audit.model.template import TemplateReading
    from hds_audit.model.text import Language

FORMATS = ("text", "json", "html")


def emails(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Template files, or folders to walk.")],
    output_format: Annotated[str, typer.Option("--format", "-f", help="text, json or html; else by the suffix of -o.")] = "",
    output: Annotated[str, typer.Option("-o", "--output", help="The file to write, - for standard output.")] = "-",
    lexicon: Annotated[list[str] | None, typer.Option("--lexicon", help="A file of terms to add or leave out; may be repeated.")] = None,
    lang: Lang = None,
) -> None:
    """Read message templates and say which disclose data on health, by line, and why.

    Exit code 0 once every template was read, whatever it discloses; 2 where a path or a template could not be read (what could be is
    printed all the same), where there is no template at all, or on misuse.

    Example: hds-audit emails app/views/mailers --format json
    """
    from pathlib import Path

    from hds_audit.read.lexicon import lexicon_folder, load_lexicon

    language = spoken(lang)
    chosen = _format(output_format, output)
    words = load_lexicon(lexicon_folder(), *(Path(each) for each in lexicon or ()))
    readings, problems = read_templates(paths, words)
    if readings:
        _write(_rendered(readings, chosen, language), output)
    if problems:
        raise InputError(*problems)
    if not readings:
        en = "no template there; name one, or a folder that holds some"
        raise InputError(Problem(", ".join(paths), en, "aucun gabarit ; en indiquer un, ou un dossier qui en contient"))
    if any(reading.unreadable for reading in readings):
        raise typer.Exit(EXIT_MISUSE)


Taken = list[tuple[str, str]]
"""Paths of templates, each with the path that was given for it."""


def read_templates(paths: list[str], words: Lexicon) -> tuple[list[TemplateReading], list[Problem]]:
    """The readings of all the templates under these paths, and what could not be opened; each template once."""
    from hds_audit.emails.engine import TEMPLATE_SUFFIXES
    from hds_audit.read.templates import template_files

    taken = list({path: given for given in reversed(paths) for path in template_files(given, TEMPLATE_SUFFIXES)}.items())
    taken.sort(key=lambda pair: (paths.index(pair[1]), pair[0]))
    found = [each for part in _in_parts(taken, words) for each in part]
    readings = [each for each in found if not isinstance(each, Problem)]
    return readings, [each for each in found if isinstance(each, Problem)]


def _in_parts(taken: Taken, words: Lexicon) -> list[list[TemplateReading | Problem]]:
    """The templates read by as many processes as there are processors, where there are enough of both."""
    import os

    workers, applications = min(os.cpu_count() or 1, len(taken) // FEWEST_EACH), applications_of(taken, words)
    if workers < 2:
        return [read_part(taken, words, applications)]
    from concurrent.futures import ProcessPoolExecutor

    size = -(-len(taken) // workers)
    parts = [taken[start : start + size] for start in range(0, len(taken), size)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(read_part, parts, [words] * len(parts), [applications] * len(parts)))


FEWEST_EACH = 40
"""With fewer templates a process costs more than it saves."""


def applications_of(taken: Taken, words: Lexicon) -> Applications:
    """What all the templates together tell of the applications they belong to; of many in one, the first ones are looked at."""
    from hds_audit.emails.application import Applications
    from hds_audit.read.templates import template_bytes

    applications = Applications(words)
    for path, _ in taken:
        if applications.asks_for(path) and not isinstance(content := template_bytes(path), Problem):
            applications.learn(path, content)
    return applications


def read_part(taken: Taken, words: Lexicon, applications: Applications) -> list[TemplateReading | Problem]:
    """Some templates, one after the other."""
    from hds_audit.emails.engine import TEMPLATE_SUFFIXES
    from hds_audit.emails.scan import Scanner
    from hds_audit.read.templates import includes_for, template_bytes

    scanner = Scanner(words, applications)
    found: list[TemplateReading | Problem] = []
    for path, given in taken:
        content = template_bytes(path)
        read = content if isinstance(content, Problem) else scanner.scan(path, content, includes_for(path, given, TEMPLATE_SUFFIXES))
        found.append(read)
    return found


def _format(said: str, output: str) -> str:
    if said in FORMATS:
        return said
    if said:
        known = ", ".join(FORMATS)
        fr = f"il n'y a pas de format {said} ; choisir {known}"
        raise MisuseError(Problem("--format", f"there is no format {said}; choose {known}", fr))
    return next((name for name in ("json", "html") if output.endswith(f".{name}")), "text")


def _rendered(readings: list[TemplateReading], chosen: str, language: Language) -> str:
    if chosen == "json":
        from hds_audit.report.templates_json import templates_json

        return templates_json(readings, language)
    from hds_audit.report.annotated import html, plain

    return html(readings, language) if chosen == "html" else "\n".join(plain(readings, language)) + "\n"


def _write(content: str, output: str) -> None:
    data = content.encode("utf-8", "replace")
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from pathlib import Path

    from hds_audit.pipeline.output import write_whole

    write_whole(Path(output), (data,))
