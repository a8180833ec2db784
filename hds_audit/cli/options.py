"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from hds_audit.cli.language import language_of
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language

Lang = Annotated[str | None, typer.Option("--lang", help="fr or en; the locale decides where it is left out.", metavar="fr|en")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day to audit at, YYYY-MM-DD; today in Paris where it is left out.")]


def spoken(lang: str | None) -> Language:
    """The language asked for; raises MisuseError on one that there is not."""
    if lang is not None and lang not in ("fr", "en"):
        raise MisuseError(Problem("--lang", f"{lang} is not spoken here; choose fr or en", f"{lang} n'est pas proposé ; choisir fr ou en"))
    return language_of(["--lang", lang] if lang else sys.argv[1:], os.environ)


def day_of(as_of: str | None) -> date:
    """The day to audit at; raises MisuseError where it is none."""
    if as_of is None:
        return today()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        problem = Problem("--as-of", f"{as_of} is no day; write YYYY-MM-DD", f"{as_of} n'est pas une date ; écrire AAAA-MM-JJ")
        raise MisuseError(problem) from None


def today() -> date:
    """Today in Paris, where the law that we quote is in force; SOURCE_DATE_EPOCH stands for now where it is set."""
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(_epoch(), ZoneInfo("Europe/Paris")).date()


def now() -> str:
    """The moment that a report bears, in UTC (ISO 8601); SOURCE_DATE_EPOCH stands for now where it is set."""
    from datetime import UTC

    return datetime.fromtimestamp(_epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _epoch() -> float:
    import time

    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(fixed) if fixed.isdigit() else time.time()
