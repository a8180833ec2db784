"""`hds-audit probe`: look at the servers that a description declares as its own."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language, Text

if TYPE_CHECKING:
    from hds_audit.model.evidence import Evidence, Targets
    from hds_audit.pipeline.live import LiveOptions


def probe(
    infra: Annotated[str, typer.Argument(help="The description.", metavar="INFRA.YAML")],
    output: Annotated[str, typer.Option("-o", "--output", help="The evidence file, - for standard output.")] = "evidence.json",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the first packet.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Go to private and loopback addresses too.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for one answer.")] = 5.0,
    rate: Annotated[float, typer.Option(help="Connections a second to one address and port.")] = 25.0,
    deadline: Annotated[float, typer.Option(help="Seconds for the whole run.")] = 600.0,
    only: Annotated[list[str] | None, typer.Option("--probe", help="One probe only, by name; may be repeated.")] = None,
    resolver: Annotated[list[str] | None, typer.Option(help="ADDRESS or ADDRESS#PORT of a resolver; may be repeated.")] = None,
    authorities: Annotated[str, typer.Option(help="A PEM file of authorities to trust beside the system's.")] = "",
    ip_db: Annotated[str, typer.Option("--ip-db", help="A table of networks (.mmdb, .csv, .tsv) in place of Team Cymru's zone.")] = "",
    no_asn: Annotated[bool, typer.Option("--no-asn", help="Do not ask Team Cymru who announces an address.")] = False,
    proxy: Annotated[str, typer.Option(help="http://host:port through which every connection goes.")] = "",
    trust_environment: Annotated[bool, typer.Option("--trust-environment", help="Heed HTTPS_PROXY and SSL_CERT_FILE.")] = False,
    lang: Lang = None,
) -> None:
    """Look at the declared endpoints and domains, gently, and write dated evidence; Ctrl-C keeps what was seen, and leaves with 130.

    Example: hds-audit probe infra.yaml -o evidence.json
    """
    from pathlib import Path

    from hds_audit.pipeline.interruption import stopping
    from hds_audit.pipeline.live import LiveOptions, require_targets, settings_of
    from hds_audit.pipeline.output import write_whole
    from hds_audit.pipeline.targets import targets_of
    from hds_audit.write.evidence import evidence_json

    language = spoken(lang)
    bounds = (allow_private, timeout, rate, deadline)
    names = (tuple(only or ()), tuple(resolver or ()), authorities, ip_db)
    options = LiveOptions(*bounds, *names, not no_asn, proxy, trust_environment)
    settings_of(options)
    targets = targets_of(infra)
    require_targets(targets, infra)
    agreed(targets, yes, language)
    with stopping() as asked:
        evidence = observed(targets, options, language)
    content = evidence_json(evidence).encode()
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        write_whole(Path(output), (content,))
    _tell(evidence, output, language)
    raise typer.Exit(asked.code)


def agreed(targets: Targets, yes: bool, language: Language) -> None:
    """Asks before the first packet, unless the answer was given; raises MisuseError on no, and where nobody is there to answer."""
    if not yes:
        _ask(targets, language)


def _ask(targets: Targets, language: Language) -> None:
    from hds_audit.pipeline.live import hosts_of

    hosts = hosts_of(targets)
    listed = "\n".join(f"  {host}" for host in hosts)
    said = Text(
        f"Connections will be made to these hosts, their addresses and their mail exchangers:\n{listed}",
        f"Des connexions seront ouvertes vers ces hôtes, leurs adresses et leurs serveurs de messagerie :\n{listed}",
    )
    if not sys.stdin.isatty():
        en = "nobody is there to agree; add --yes once you may probe these hosts"
        raise MisuseError(Problem("probe", en, "personne pour donner son accord ; ajouter --yes si vous pouvez sonder ces hôtes"))
    typer.echo(said.said(language), err=True)
    if not typer.confirm(Text("Are they yours to probe?", "Pouvez-vous les sonder ?").said(language), err=True):
        raise MisuseError(Problem("probe", "not agreed to; nothing was sent", "accord refusé ; rien n'a été envoyé"))


def observed(targets: Targets, options: LiveOptions, language: Language) -> Evidence:
    """One run, with a progress bar where a person is watching."""
    from hds_audit.pipeline.live import probe as look

    if not sys.stderr.isatty():
        return look(targets, options)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("Looking", "Observation").said(language), total=None)

        def advance(done: int, known: int, subject: str) -> None:
            bar.update(task, completed=done, total=known, description=subject[:60])

        return look(targets, options, advance)


def _tell(evidence: Evidence, output: str, language: Language) -> None:
    count = Counter(each.status for each in evidence.observations)
    subjects = len({each.subject for each in evidence.observations})
    seen, absent, untestable, failed = (count[status] for status in ("seen", "not-seen", "not-testable", "failed"))
    en = f"{subjects} looked at: {seen} seen, {absent} not seen, {untestable} not testable, {failed} failed → {output}"
    fr = f"Examinés : {subjects} ; vus : {seen}, absents : {absent}, non testables : {untestable}, en échec : {failed} → {output}"
    typer.echo(Text(en, fr).said(language), err=True)
    if not evidence.complete:
        stopped = Text("Stopped before the end: what was seen is kept.", "Interrompu avant la fin : ce qui a été vu est conservé.")
        typer.echo(stopped.said(language), err=True)
