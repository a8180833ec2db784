"""Many audits in one table: a line for each description, broken ones included."""

from collections.abc import Mapping
from typing import NamedTuple

from hds_audit.errors import (
    EXIT_COMPLIANT,
    EXIT_FAULT,
    EXIT_MISUSE,
    EXIT_NON_COMPLIANT,
    EXIT_NOT_ESTABLISHED,
    EXIT_WAIVED,
    Problem,
)

SUMMARY_FORMAT = "hds-audit-summary/1"
WORST_FIRST = (EXIT_FAULT, EXIT_MISUSE, EXIT_NON_COMPLIANT, EXIT_NOT_ESTABLISHED, EXIT_WAIVED, EXIT_COMPLIANT)
"""The order in which exit codes hold (DESIGN: outcome and exit code)."""
SUMMARY_NAME, INDEX_NAME = "summary.json", "index.html"


class Entry(NamedTuple):
    """One description: what became of it, and where its reports are, from the summary's folder.

    Where `problems` are told there is no outcome: the description, a setting or a report was refused. `introduced` and `unchanged` count
    what does not comply, where the audit was compared with an earlier one.
    """

    path: str
    name: str
    exit_code: int
    outcome: str = ""
    as_of: str = ""
    counts: Mapping[str, int] = {}
    to_attest: int = 0
    introduced: int | None = None
    unchanged: int | None = None
    resolved: int | None = None
    first: str = ""
    problems: tuple[Problem, ...] = ()
    reports: Mapping[str, str] = {}


class Shard(NamedTuple):
    """One part of the work: one of so many, from 1, over a list of descriptions known by its digest."""

    number: int
    of: int
    total: int
    digest: str


class Summary(NamedTuple):
    """All descriptions of a run, with the worst exit code by DESIGN's order; `shard` is None where the run did them all."""

    version: str
    rules_digest: str
    generated: str
    exit_code: int
    entries: tuple[Entry, ...]
    shard: Shard | None = None
