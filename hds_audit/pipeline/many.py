"""Many descriptions audited: one report each, and an entry for each, whatever becomes of it."""

import gc
import glob
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import hds_audit
from hds_audit.errors import EXIT_FAULT, EXIT_MISUSE, AuditError, InputError, MisuseError, Problem
from hds_audit.evaluate.outcome import worst
from hds_audit.model.configuration import Configuration
from hds_audit.model.report import Report
from hds_audit.model.summary import INDEX_NAME, SUMMARY_NAME, Entry, Shard, Summary
from hds_audit.model.text import Language, Text
from hds_audit.pipeline.check import check, known
from hds_audit.pipeline.configuration import (
    Given,
    Moment,
    beside_of,
    configured,
    request_of,
    require_allowed,
    require_coherent,
    style_of,
    targets_of,
)
from hds_audit.pipeline.court import Court, court
from hds_audit.pipeline.delivery import deliver, require_apart
from hds_audit.pipeline.knowledge import Knowledge
from hds_audit.pipeline.output import Target
from hds_audit.pipeline.sharding import code_of
from hds_audit.report.formats import format_named
from hds_audit.report.views.order import blocking

COLLECTED_EVERY = 20
Shelf = dict[tuple[tuple[str, ...], date], tuple[Knowledge, Court]]


class Task(NamedTuple):
    """One description, and the name of its reports: a path from the folder they go to, without suffix."""

    path: str
    name: str


class Plan(NamedTuple):
    """What is done with each description; `into` is empty where no reports are written."""

    given: Given
    moment: Moment
    formats: tuple[str, ...] = ()
    into: str = ""


def expanded(patterns: Sequence[str]) -> tuple[str, ...]:
    """The files that paths and patterns stand for, each once, patterns in the order of names; raises InputError where one has none."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for pattern in patterns:
        listed = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) and not os.path.exists(pattern) else [pattern]
        if not listed:
            problems.append(Problem(pattern, "no file is named so", "aucun fichier ne porte ce nom"))
        for path in listed:
            found.setdefault(os.path.realpath(path), path)
    if problems:
        raise InputError(*problems)
    return tuple(found.values())


def tasks_for(paths: Sequence[str]) -> tuple[Task, ...]:
    """A name for each description: its path from here or, where some lie elsewhere, from the folder that holds them all.

    Those that would be called alike, on a disk that knows no capitals either, get a mark of their own.
    """
    whole = [os.path.abspath(path) for path in paths]
    here = os.getcwd()
    start = here if all(path.startswith(here + os.sep) for path in whole) else os.path.commonpath([os.path.dirname(path) for path in whole])
    plain = [Path(os.path.relpath(path, start)).with_suffix("").as_posix() for path in whole]
    alike = Counter(name.casefold() for name in plain)
    return tuple(
        Task(path, name if alike[name.casefold()] == 1 else f"{name}-{_marked(path)}") for path, name in zip(paths, plain, strict=True)
    )  # fmt: skip


def _marked(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def audited(
    tasks: Sequence[Task], plan: Plan, jobs: int, knowledge: Knowledge, told: Callable[[Entry], None] | None = None
) -> tuple[Entry, ...]:  # fmt: skip
    """An entry for each task, in their order; `told` hears of each as soon as it is done."""
    shelf: Shelf = {((), plan.moment.today): (knowledge, court(knowledge, plan.moment.today))}
    gc.freeze()  # what is known stays: there is no use in looking through it
    work = partial(audit_one, plan=plan, shelf=shelf)
    found: dict[int, Entry] = {}
    for index, entry in _each(tasks, work, min(jobs, len(tasks))):
        found[index] = entry
        if told is not None:
            told(entry)
    return tuple(found[index] for index in range(len(tasks)))


def _each(tasks: Sequence[Task], work: Callable[[Task], Entry], jobs: int) -> Iterator[tuple[int, Entry]]:
    if jobs > 1:
        from hds_audit.pipeline.processes import in_processes

        yield from in_processes(tasks, work, lost, jobs)
        return
    for index, task in enumerate(tasks):
        yield index, work(task)
        if index % COLLECTED_EVERY == 0:
            gc.collect()


def lost(task: Task) -> Entry:
    """The entry of a description during whose audit the process died."""
    said = Problem(task.path, "the process that audited it died", "le processus qui l'auditait s'est arrêté")
    return Entry(task.path, task.name, EXIT_FAULT, problems=(said,))


def audit_one(task: Task, plan: Plan, shelf: Shelf) -> Entry:
    """The entry of one description: nothing that is wrong with it stops the others."""
    try:
        return _audited(task, plan, shelf)
    except AuditError as error:
        return Entry(task.path, task.name, error.exit_code, problems=error.problems)
    except OSError as error:
        said = error.strerror or str(error)
        code = EXIT_MISUSE if error.filename else EXIT_FAULT
        return Entry(task.path, task.name, code, problems=(Problem(str(error.filename or task.path), said, said),))
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        return Entry(task.path, task.name, EXIT_FAULT, problems=(
            Problem(task.path, f"a fault of hds-audit: {said}", f"un défaut d'hds-audit : {said}"),
        ))  # fmt: skip


def _audited(task: Task, plan: Plan, shelf: Shelf) -> Entry:
    configuration = configured(plan.given, Path(task.path).parent)
    require_allowed(configuration)
    require_coherent(configuration, task.path)
    own = targets_of(configuration) if configuration.chosen["output"].origin == "file" else ()
    targets = (*_targets(task, plan), *own)
    require_apart(targets, (task.path, configuration.text("waivers"), configuration.text("evidence")))
    style = style_of(configuration, plan.moment.language)
    report = _report(task, plan, configuration, shelf)
    return _entry(task, report, deliver(report, targets, style), targets, plan.into)


def _report(task: Task, plan: Plan, configuration: Configuration, shelf: Shelf) -> Report:
    request, beside = request_of(configuration, plan.moment), beside_of(configuration)
    knowledge, sitting = _sitting(configuration.listed("rules"), request.as_of, shelf)
    if beside.baseline is None or not beside.baseline.is_dir():
        return check(task.path, knowledge, request, beside, sitting)
    before = beside.baseline / f"{task.name}.json"
    if before.is_file():
        return check(task.path, knowledge, request, beside._replace(baseline=before), sitting)
    from hds_audit.pipeline.baseline import all_introduced

    return all_introduced(check(task.path, knowledge, request, beside._replace(baseline=None), sitting), _NEW)


def _sitting(packs: tuple[str, ...], as_of: date, shelf: Shelf) -> tuple[Knowledge, Court]:
    """What is known with these packs and the court of that day, made once for all descriptions that ask for them."""
    if (packs, as_of) not in shelf:
        knowledge = next((found for (held, _), (found, _) in shelf.items() if held == packs), None)
        knowledge = knowledge or known(tuple(Path(pack) for pack in packs))
        shelf[packs, as_of] = knowledge, court(knowledge, as_of)
    return shelf[packs, as_of]


_NEW = Text("The baseline has no report on this description: everything counts as introduced.",
            "La référence n'a pas de rapport sur cette description : tout compte comme introduit.")  # fmt: skip


def _targets(task: Task, plan: Plan) -> Iterator[Target]:
    for name in plan.formats if plan.into else ():
        yield Target(name, (Path(plan.into) / f"{task.name}{suffix_of(name)}").as_posix())


def suffix_of(name: str) -> str:
    """The suffix of a format's files: its own, else its name."""
    found = format_named(name)
    return found.suffixes[0] if found is not None and found.suffixes else f".{name}"


def _entry(task: Task, report: Report, problems: tuple[Problem, ...], targets: Sequence[Target], into: str) -> Entry:
    states = [finding.state for finding in report.findings if finding.state]
    compared = bool(states or report.resolved)
    blocks = [item for item in blocking(report) if item.state != "unchanged"]
    return Entry(
        task.path, task.name,
        worst((report.exit_code, EXIT_MISUSE)) if problems else report.exit_code,
        report.outcome, report.as_of.isoformat(), dict(report.counts), report.to_attest,
        states.count("introduced") if compared else None,
        states.count("unchanged") if compared else None,
        len(report.resolved) if compared else None,
        f"{blocks[0].rule} {blocks[0].subject.id}" if blocks else "",
        problems,
        _written(targets, into),
    )  # fmt: skip


def _written(targets: Sequence[Target], into: str) -> Mapping[str, str]:
    """The reports that are there, from the folder that they went to."""
    if not into:
        return {}
    folder = os.path.realpath(into)
    whole = {item.name: os.path.realpath(item.path) for item in targets if os.path.isfile(item.path)}
    return {name: Path(os.path.relpath(path, folder)).as_posix() for name, path in whole.items() if path.startswith(folder + os.sep)}


def summarised(entries: tuple[Entry, ...], part: Shard | None, knowledge: Knowledge, generated: str) -> Summary:
    """The summary of a run."""
    return Summary(hds_audit.__version__, knowledge.rules_digest, generated, code_of(entries, part), entries, part)


def summary_files(summary: Summary, into: str, language: Language) -> Iterator[tuple[str, bytes]]:
    """The summary for `merge` and the index for people, where reports go into a folder."""
    if into:
        from hds_audit.report.index import index_page
        from hds_audit.report.summary import summary_json

        yield (Path(into) / SUMMARY_NAME).as_posix(), summary_json(summary)
        yield (Path(into) / INDEX_NAME).as_posix(), index_page(summary, language)


def require_one_each(configuration: Configuration, onto: Path | None, live: bool, sealed: Path | None, count: int) -> None:
    """Raises MisuseError for what means one description where there are several, or where it goes into a folder of reports."""
    problems = [
        Problem(
            f"--{name}",
            "one file would count for every description; name it in the hds-audit.toml beside each, with --trust-config",
            "un même fichier vaudrait pour toutes les descriptions ; le nommer dans le hds-audit.toml de chacune, avec --trust-config",
        )
        for name in ("waivers", "evidence")
        if count > 1 and configuration.text(name) and configuration.chosen[name].origin != "file"
    ]
    baseline = configuration.text("baseline")
    if count > 1 and baseline and configuration.chosen["baseline"].origin != "file" and not Path(baseline).is_dir():
        problems.append(Problem(
            "--baseline", "with several descriptions name the folder that --into filled",
            "avec plusieurs descriptions, nommer le dossier rempli par --into",
        ))  # fmt: skip
    problems.extend(
        Problem(flag, "goes with one description only, named by its path and without --into",
                "ne va qu'avec une seule description, nommée par son chemin et sans --into")
        for flag, given in (("--with", onto is not None), ("--live", live), ("--seal, --redact", sealed is not None))
        if given
    )  # fmt: skip
    if problems:
        raise MisuseError(*problems)


def formats_into(configuration: Configuration) -> tuple[str, ...]:
    """The formats of the reports that go into a folder: json and html where none is named; raises MisuseError."""
    named = configuration.listed("output") if configuration.chosen["output"].origin != "file" else ()
    if named and not configuration.text("into"):
        raise MisuseError(Problem("-o", "several descriptions, one file: name a folder with --into FOLDER",
                                  "plusieurs descriptions, un fichier : nommer un dossier avec --into DOSSIER"))  # fmt: skip
    problems = [
        Problem("-o", f"{name}: with --into name formats, such as -o html", f"{name} : avec --into, nommer des formats, comme -o html")
        for name in named
        if format_named(name) is None
    ]
    if problems:
        raise MisuseError(*problems)
    return tuple(dict.fromkeys(named)) or ("json", "html")
