"""The day and the moment of a run: no audit below the command line reads the clock."""

from __future__ import annotations

import os
from datetime import date, datetime

from hds_audit.errors import MisuseError, Problem


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
