"""`hds-audit exposure`: who can read the data, under which law, by which path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import day_of
from hds_audit.cli.options import AsOf, Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.description import Description
from hds_audit.model.text import Language, Text

if TYPE_CHECKING:
    from hds_audit.report.exposure_tree import Listing

FORMATS = ("text", "json", "dot")


def exposure(
    infra: Annotated[str, typer.Argument(help="The description, or - for standard input.", metavar="INFRA.YAML")],
    data: Annotated[str, typer.Option("--data", help="One set of data only, by its identifier.")] = "",
    law: Annotated[str, typer.Option("--law", help="One law only, such as us:cloud-act; laws not known yet stay.")] = "",
    form: Annotated[str, typer.Option("--format", help="text, json, or dot for Graphviz.")] = "text",
    cut: Annotated[bool, typer.Option("--cut/--no-cut", help="Look for the single changes that would end each path.")] = True,
    as_of: AsOf = None,
    environment: Annotated[str, typer.Option(help="Look at the components of one environment only.")] = "",
    lang: Lang = None,
) -> None:
    """Show who can read the health data, under which foreign law and by which path; leave with 0 whatever is found.

    Example: hds-audit exposure infra.yaml --data documents --law us:cloud-act
    """
    from hds_audit.model.report import GateView
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import read
    from hds_audit.pipeline.exposure import exposed, known_without_rules
    from hds_audit.report.exposure_tree import Listing

    language = spoken(lang)
    if form not in FORMATS:
        words = ", ".join(FORMATS)
        raise MisuseError(Problem("--format", f"{form} is none of {words}", f"{form} ne fait pas partie de {words}"))
    knowledge = known_without_rules()
    reading = read(infra, knowledge, Request(day_of(as_of), GateView(environment=environment)))
    _named(reading.description, data, law, frozenset(knowledge.catalogue.laws))
    found = exposed(reading.description, knowledge, reading.request, data, law, cut=cut and form != "dot")
    place = reading.description.files.value_place
    names = {view.id: view for view in found.names}
    titles = {law.id: law.title for law in knowledge.catalogue.laws.values()}
    listing = Listing(reading.request.as_of, found.exposures, found.custody, found.cuts, place, found.notes, found.untried, names, titles)
    typer.echo(rendered(listing, form, language), nl=False)


def _named(description: Description, data: str, law: str, laws: frozenset[str]) -> None:
    """Refuses a datum or a law that there is not, with the nearest that there is."""
    problems = []
    for option, word, words in (("--data", data, frozenset(description.section("data"))), ("--law", law, laws)):
        if word and word not in words:
            near = _nearest(word, words)
            problems.append(Problem(option, f"{word} is not there; {near.en}", f"{word} n'existe pas ; {near.fr}"))
    if problems:
        raise MisuseError(*problems)


def _nearest(word: str, words: Iterable[str]) -> Text:
    import difflib

    listed = sorted(words)
    near = difflib.get_close_matches(word, listed, 1) or listed[:8]
    if not near:
        return Text("there is none", "il n'y en a pas")
    return Text(f"choose among: {', '.join(near)}", f"choisir parmi : {', '.join(near)}")


def rendered(listing: Listing, form: str, language: Language) -> str:
    """The listing in one of the formats."""
    from hds_audit.report import exposure_tree

    if form == "text":
        return exposure_tree.tree(listing, language)
    if form == "dot":
        return exposure_tree.dot(listing, language)
    import json

    return json.dumps(exposure_tree.plain(listing), ensure_ascii=False, indent=1) + "\n"
