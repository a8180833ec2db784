"""What `hds-audit check` does once its command line is read."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import now, today
from hds_audit.errors import EXIT_MISUSE, MisuseError, Problem
from hds_audit.model.text import Language, Text

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence
    from hds_audit.model.report import Report
    from hds_audit.model.summary import Entry, Summary
    from hds_audit.pipeline.configuration import Given, Moment
    from hds_audit.pipeline.knowledge import Knowledge
    from hds_audit.pipeline.many import Plan, Task
    from hds_audit.pipeline.sealing import Sealing


class Dossier(NamedTuple):
    """What is made of a report beside its formats: a sealed folder, a redacted one, and the keys for them."""

    seal: Path | None = None
    redact: Path | None = None
    key: Path | None = None
    pseudonyms: Path | None = None


class Looking(NamedTuple):
    """How --live looks, where it differs from what is so by default; `probe` has every bound."""

    allow_private: bool = False
    resolvers: tuple[str, ...] = ()
    authorities: str = ""
    no_asn: bool = False


class Here(NamedTuple):
    """What is asked of this run alone, and is no setting."""

    onto: Path | None = None
    live: bool = False
    yes: bool = False
    looking: Looking = Looking()
    dossier: Dossier = Dossier()

    def require_effect(self) -> None:
        """Raises MisuseError for options that would do nothing without another."""
        seal, redact, key, pseudonyms = self.dossier
        needed = (
            (self.yes, "--yes", self.live, "--live"), (self.looking.allow_private, "--allow-private", self.live, "--live"),
            (bool(self.looking.resolvers), "--resolver", self.live, "--live"), (self.looking.no_asn, "--no-asn", self.live, "--live"),
            (bool(self.looking.authorities), "--authorities", self.live, "--live"),
            (key is not None, "--key", seal or redact, "--seal, --redact"), (pseudonyms is not None, "--pseudonyms", redact, "--redact"),
        )  # fmt: skip
        idle = [(flag, other) for given, flag, there, other in needed if given and not there]
        if idle:
            raise MisuseError(*(Problem(flag, f"does nothing without {other}", f"est sans effet sans {other}") for flag, other in idle))


class Call(NamedTuple):
    """One call of `check`: the descriptions, the flags that were written, by the names of settings, and what is asked of this run alone."""

    infra: Sequence[str]
    flags: Mapping[str, object]
    here: Here = Here()
    shard: str = ""
    lang: str | None = None


def checked(call: Call) -> int:
    """The code of the outcome; with several descriptions, the worst."""
    from hds_audit.pipeline.configuration import Given, Moment

    given, moment = Given(call.flags, os.environ), Moment(today(), now(), spoken(call.lang))
    call.here.require_effect()
    first = call.infra[0]
    several = len(call.infra) > 1 or call.shard or call.flags.get("into") or _is_pattern(first)
    return _many(call.infra, given, moment, call.here, call.shard) if several else _one(first, given, moment, call.here)


def flags_in(parameters: Mapping[str, object]) -> dict[str, object]:
    """The flags that were written, by the names of settings."""
    from hds_audit.model.configuration import BY_NAME

    named = {
        name.replace("_", "-"): list(value) if isinstance(value, tuple) else value
        for name, value in parameters.items()
        if value is not None and value != ()
    }
    return {name: value for name, value in named.items() if name in BY_NAME and value != []}


def _is_pattern(path: str) -> bool:
    return any(mark in path for mark in "*?[") and not os.path.exists(path)


def _one(path: str, given: "Given", moment: "Moment", here: Here) -> int:
    from hds_audit.pipeline.check import check as audited
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.configuration import beside_of, configured, request_of, require_allowed, require_coherent, style_of, targets_of
    from hds_audit.pipeline.delivery import deliver, require_apart

    folder = None if path == "-" else (here.onto or Path(path)).parent
    configuration = configured(given, folder)
    require_allowed(configuration)
    require_coherent(configuration, path, here.onto, here.live)
    targets, style = targets_of(configuration), style_of(configuration, moment.language)
    require_apart(targets, (path, str(here.onto or ""), configuration.text("waivers"), configuration.text("evidence")))
    packs = tuple(Path(pack) for pack in configuration.listed("rules"))
    knowledge = known(packs)
    request = request_of(configuration, moment)
    if here.live:
        request = request._replace(evidence=_looked(path, here, moment.language))
    beside = beside_of(configuration, here.onto)
    report = audited(path, knowledge, request, beside)
    problems = deliver(report, targets, style) if targets else _printed(report, style.language)
    if here.dossier.seal or here.dossier.redact:
        from hds_audit.pipeline.sealing import Sealing

        read = (beside.waivers, beside.evidence, request.evidence, configuration.text("max-age"), packs, here.onto)
        _sealed(report, Sealing(path, *read), here.dossier)
    return left(report.exit_code, problems, moment.language)


def left(code: int, problems: tuple[Problem, ...], language: Language) -> int:
    """The code to leave with: a report that could not be written is told, and counts as misuse."""
    from hds_audit.evaluate.outcome import worst

    for problem in problems:
        sys.stderr.write(problem.said(language) + "\n")
    return worst((code, EXIT_MISUSE)) if problems else code


def _printed(report: "Report", language: Language) -> tuple[Problem, ...]:
    """The report for people on standard output; nobody there to read it changes nothing."""
    from hds_audit.pipeline.delivery import printed
    from hds_audit.report.change import change_lines, is_compared
    from hds_audit.report.terminal import print_report

    def show() -> None:
        if is_compared(report):
            sys.stdout.writelines(f"{line}\n" for line in change_lines(report, language))
        print_report(report, language)

    return printed(show)


def _sealed(report: "Report", sealing: "Sealing", dossier: Dossier) -> None:
    from hds_audit.pipeline.sealing import redact, seal

    if dossier.seal is not None:
        seal(report, sealing, dossier.seal, dossier.key)
    if dossier.redact is not None:
        redact(report, dossier.redact, dossier.pseudonyms, dossier.key)


def _looked(infra: str, here: Here, language: Language) -> "Evidence":
    from hds_audit.cli.probe import agreed, observed
    from hds_audit.pipeline.live import LiveOptions, require_targets, settings_of
    from hds_audit.pipeline.targets import targets_of

    allow_private, resolvers, authorities, no_asn = here.looking
    options = LiveOptions(allow_private, resolvers=resolvers, authorities=authorities, ask_cymru=not no_asn)
    settings_of(options)
    targets = targets_of(infra if here.onto is None else str(here.onto))
    require_targets(targets, infra)
    agreed(targets, here.yes, language)
    return observed(targets, options, language)


def _many(patterns: Sequence[str], given: "Given", moment: "Moment", here: Here, shard: str) -> int:
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.configuration import configured
    from hds_audit.pipeline.many import Plan, expanded, formats_into, require_one_each, summarised, tasks_for
    from hds_audit.pipeline.sharding import part_of, shared_out

    configuration = configured(given, None)
    tasks = tasks_for(expanded(patterns))
    require_one_each(configuration, here.onto, here.live, here.dossier.seal or here.dossier.redact, len(tasks))
    into = configuration.text("into")
    plan = Plan(given, moment, formats_into(configuration), into)
    taken, part = shared_out([task.name for task in tasks], part_of(shard)) if shard else (range(len(tasks)), None)
    knowledge = known()
    entries = _audited([tasks[index] for index in taken], plan, configuration.count("jobs"), knowledge, moment.language)
    summary = summarised(entries, part, knowledge, moment.generated)
    return left(summary.exit_code, hand_over(summary, into, moment.language), moment.language)


def _audited(tasks: list["Task"], plan: "Plan", jobs: int, knowledge: "Knowledge", language: Language) -> "tuple[Entry, ...]":
    """All of them, with a progress bar where a person is watching."""
    from hds_audit.pipeline.many import audited

    if not sys.stderr.isatty() or os.environ.get("CI"):
        return audited(tasks, plan, jobs, knowledge)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        going = bar.add_task(Text("Auditing", "Audit").said(language), total=len(tasks))

        def told(entry: "Entry") -> None:
            bar.advance(going)
            bar.refresh()

        return audited(tasks, plan, jobs, knowledge, told)


def hand_over(summary: "Summary", into: str, language: Language) -> tuple[Problem, ...]:
    """The summary and the index in their folder, and the lines for people; what could not be written is given back."""
    from hds_audit.pipeline.delivery import printed, written
    from hds_audit.pipeline.many import summary_files
    from hds_audit.report.summary import line, total

    def show() -> None:
        sys.stdout.writelines(f"{line(entry, language)}\n" for entry in summary.entries if entry.exit_code)
        sys.stdout.write(total(summary, language) + "\n")

    problems = [written(path, (content,)) for path, content in summary_files(summary, into, language)]
    return (*(problem for problem in problems if problem is not None), *printed(show))
