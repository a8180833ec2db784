"""Many audits in one table: as JSON for `merge`, and as lines for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from hds_audit.errors import Problem
from hds_audit.model.report import Outcome
from hds_audit.model.summary import SUMMARY_FORMAT, Entry, Summary
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.plain import safe
from hds_audit.report.views.words import OUTCOMES

_MOST_PROBLEMS = 3
_COLON, _SEMICOLON = Text(": ", " : "), Text("; ", " ; ")
BROKEN = Text("Could not be audited", "N'a pas pu être auditée")
_TOTAL = Text("{} (exit {}): {}", "{} (code {}) : {}")
_DESCRIPTIONS = Text("{} description", "{} description"), Text("{} descriptions", "{} descriptions")
_NONE = Text("No description in this shard; the others decide.", "Aucune description dans ce lot ; les autres décident.")
_MORE = Text("  and {} more problem", "  et {} autre problème"), Text("  and {} more problems", "  et {} autres problèmes")
_CHANGE = (
    (Text("{} introduced", "{} introduit"), Text("{} introduced", "{} introduits")),
    (Text("{} there before", "{} déjà là"), Text("{} there before", "{} déjà là")),
    (Text("{} fixed", "{} corrigé"), Text("{} fixed", "{} corrigés")),
)
_COUNTS = (
    (Text("{} does not comply", "{} non conforme"), Text("{} do not comply", "{} non conformes")),
    (Text("{} not shown", "{} non démontré"), Text("{} not shown", "{} non démontrés")),
    (Text("{} to attest", "{} à attester"), Text("{} to attest", "{} à attester")),
)


def summary_json(summary: Summary) -> bytes:
    """The summary as JSON, in the order of the descriptions."""
    shard = summary.shard._asdict() if summary.shard is not None else None
    tree = {
        "format": SUMMARY_FORMAT, "version": summary.version, "rules_digest": summary.rules_digest, "generated": summary.generated,
        "exit_code": summary.exit_code, "shard": shard, "entries": [_entry(entry) for entry in summary.entries],
    }  # fmt: skip
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _entry(entry: Entry) -> dict[str, object]:
    counts, reports = dict(entry.counts), dict(entry.reports)
    return {**entry._asdict(), "counts": counts, "reports": reports, "problems": [_problem(each) for each in entry.problems]}


def _problem(problem: Problem) -> dict[str, str]:
    return problem._asdict()


def line(entry: Entry, language: Language) -> str:
    """One description: its code, its file, what became of it, and the first thing that blocks."""
    colon = _COLON.said(language)
    if not entry.outcome:
        return "\n".join((f"{entry.exit_code:>3}  {safe(entry.path)}{colon}{BROKEN.said(language)}", *_problems(entry, language)))
    first = f" [{safe(entry.first)}]" if entry.first else ""
    said = _SEMICOLON.said(language).join((outcome_said(entry, language), said_counts(entry, language)))
    return "\n".join((f"{entry.exit_code:>3}  {safe(entry.path)}{colon}{said}{first}", *_problems(entry, language)))


def _problems(entry: Entry, language: Language) -> Iterator[str]:
    for problem in entry.problems[:_MOST_PROBLEMS]:
        yield "       " + safe(problem.said(language))
    if len(entry.problems) > _MOST_PROBLEMS:
        yield "     " + counted(len(entry.problems) - _MOST_PROBLEMS, *_MORE, language)


def outcome_said(entry: Entry, language: Language) -> str:
    """The outcome in words."""
    return next((said for name, said in OUTCOMES.items() if name == entry.outcome), BROKEN).said(language)


def said_counts(entry: Entry, language: Language) -> str:
    """How many findings of which kind, and what the change brought where that is known."""
    said = _tally((entry.counts.get("fail", 0), entry.counts.get("unknown", 0), entry.to_attest), _COUNTS, language)
    if entry.introduced is None:
        return said
    change = _tally((entry.introduced, entry.unchanged or 0, entry.resolved or 0), _CHANGE, language)
    return f"{said}{_SEMICOLON.said(language)}{change}"


def _tally(numbers: Iterable[int], forms: Iterable[tuple[Text, Text]], language: Language) -> str:
    return ", ".join(counted(number, one, many, language) for number, (one, many) in zip(numbers, forms, strict=True))


def total(summary: Summary, language: Language) -> str:
    """The last line: how many descriptions came to which outcome."""
    if not summary.entries and summary.shard is not None:
        return _NONE.said(language)
    said = ", ".join(f"{count} {name.said(language)}" for name, count in outcomes(summary))
    found = counted(len(summary.entries), *_DESCRIPTIONS, language)
    return _TOTAL.said(language).format(found, summary.exit_code, said)


def outcomes(summary: Summary) -> list[tuple[Text, int]]:
    """How many descriptions came to each outcome, the broken ones first."""
    met = Counter(entry.outcome for entry in summary.entries)
    order: tuple[Outcome, ...] = ("fault", "non-compliant", "not-established", "waived", "compliant")
    broken = [(BROKEN, met[""])] if met[""] else []
    return [*broken, *((OUTCOMES[name], met[name]) for name in order if met[name])]
