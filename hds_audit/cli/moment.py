"""The day and the moment of a run: no audit below the command line reads the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

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
    return paris(_epoch())


def paris(seconds: float) -> date:
    """The day in Paris at a moment (seconds since 1970), two hours ahead of UTC in summer and one in winter.

    Summer time as directive 2000/84/EC has it, articles 2 and 3; not every system keeps a table of time zones.
    """
    moment = datetime.fromtimestamp(seconds, UTC)
    summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return (moment + timedelta(hours=2 if summer else 1)).date()


def _last_sunday(year: int, month: int) -> datetime:
    """One o'clock on the last Sunday of a month of 31 days, in UTC."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=last.isoweekday() % 7)


def now() -> str:
    """The moment that a report bears, in UTC (ISO 8601); SOURCE_DATE_EPOCH stands for now where it is set."""
    return datetime.fromtimestamp(_epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _epoch() -> float:
    import time

    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(fixed) if fixed.isdigit() else time.time()
