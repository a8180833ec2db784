"""`hds-audit waive`: an accepted risk, written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hds_audit.cli.options import Lang, day_of, spoken
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Text

_DONE = Text("{} waived on {} to {}, in {}.", "{} : dérogation pour {} jusqu'au {}, dans {}.")


def waive(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's id.")],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="The subject's id; one, no wildcard.")],
    reason: Annotated[str, typer.Option(help="Why the risk is accepted.")],
    owner: Annotated[str, typer.Option(help="Who answers for it.")],
    approver: Annotated[str, typer.Option(help="Who accepted it.")],
    expires: Annotated[str, typer.Option(help="The last day that it holds, YYYY-MM-DD.")],
    granted: Annotated[str | None, typer.Option(help="The day it was granted; today in Paris where it is left out.")] = None,
    ticket: Annotated[str, typer.Option(help="A reference in your own tracker.")] = "",
    waivers: Annotated[Path, typer.Option(help="The file; it is created where there is none.")] = Path("waivers.yaml"),
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A folder of rules of your own; may be repeated.")] = None,
    lang: Lang = None,
) -> None:
    """Accept a risk, until a day: one rule on one subject; the fail stays a fail and is shown as accepted.

    Example: hds-audit waive EDPB-UC6-PROCESSING web --reason "Move under contract" --owner cto --approver dpo --expires 2027-02-28
    """
    from hds_audit.model.waiver import Waiver
    from hds_audit.pipeline.check import known
    from hds_audit.pipeline.waiving import waive as add

    language = spoken(lang)
    begun = _day("--granted", granted) if granted else day_of(None)
    said = Waiver(rule, subject, reason, owner, approver, begun, _day("--expires", expires), ticket)
    add(waivers, said, {item.id for item in known(tuple(rules or ())).rules})
    typer.echo(_DONE.said(language).format(rule, subject, expires, waivers), err=True)


def _day(option: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        problem = Problem(option, f"{said} is no day; write YYYY-MM-DD", f"{said} n'est pas une date ; écrire AAAA-MM-JJ")
        raise MisuseError(problem) from None
