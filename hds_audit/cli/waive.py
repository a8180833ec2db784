"""`hds-audit waive`: write an accepted risk down."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.language import spoken
from hds_audit.cli.moment import now, today
from hds_audit.cli.options import Lang
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Text


def waive(
    rule: Annotated[str, typer.Argument(help="The id of the rule.", metavar="RULE")],
    subject: Annotated[str, typer.Argument(help="The id of the subject, as findings name it.", metavar="SUBJECT")],
    reason: Annotated[str, typer.Option(help="Why the risk is accepted.")] = "",
    owner: Annotated[str, typer.Option(help="Who answers for it.")] = "",
    approver: Annotated[str, typer.Option(help="Who accepted it.")] = "",
    expires: Annotated[str, typer.Option(help="The last day that it holds, YYYY-MM-DD.")] = "",
    granted: Annotated[str, typer.Option(help="The day it was granted; today where it is left out.")] = "",
    ticket: Annotated[str, typer.Option(help="A reference in your own tracker.")] = "",
    waivers: Annotated[Path, typer.Option(help="The file to add to, made where there is none.")] = Path("waivers.yaml"),
    infra: Annotated[str, typer.Option(help="A description: the rule must have a fail on the subject there.")] = "",
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")] = None,
    lang: Lang = None,
) -> None:
    """Accept the risk of one rule on one subject until a day, in the file of waivers; comments there stay.

    Example: hds-audit waive EDPB-UC6-PROCESSING web --reason "Move signed" --owner cto --approver dpo@example.org --expires 2027-02-28
    """
    from hds_audit.model.waiver import Waiver
    from hds_audit.pipeline.audit import Request
    from hds_audit.pipeline.check import check, known
    from hds_audit.pipeline.waiving import add_waiver, require_fail

    language = spoken(lang)
    _require({"--reason": reason, "--owner": owner, "--approver": approver, "--expires": expires})
    until, since = _day("--expires", expires), _day("--granted", granted) if granted else today()
    waiver = Waiver(rule, subject, reason, owner, approver, since, until, ticket)
    knowledge = known(tuple(rules or ()))
    if infra:
        require_fail(check(infra, knowledge, Request(since, generated=now())), waiver)
    add_waiver(waivers, waiver, knowledge, today())
    fr = f"Dérogation à {rule} sur {subject} jusqu'au {until} dans {waivers}."
    said = Text(f"{rule} on {subject} is waived until {until} in {waivers}.", fr)
    typer.echo(said.said(language), err=True)


def _day(flag: str, said: str) -> date:
    from hds_audit.model.values import parse_day

    found = parse_day(said)
    if found is None or found.first != found.last:
        raise MisuseError(Problem(flag, f"{said} is no day; write YYYY-MM-DD", f"{said} n'est pas une date ; écrire AAAA-MM-JJ"))
    return found.first


def _require(given: dict[str, str]) -> None:
    missing = [name for name, value in given.items() if not value.strip()]
    if missing:
        raise MisuseError(*(Problem(name, "is due: a waiver says it", "est attendu : une dérogation le dit") for name in missing))
