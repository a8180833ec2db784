"""The outcome by text, as an ordinal: complies, partly, does not, cannot be judged; never a percentage of the law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from hds_audit.model.report import CoverageRow, Report, TextView
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table
from hds_audit.report.views.saying import dated, day
from hds_audit.report.views.terms import ORDINALS, STATUSES, TEXTS, said

_CAPTION = Text("Requirements in force on {}", "Exigences en vigueur au {}")
_HEADS = (
    Text("Text", "Texte"),
    Text("Outcome", "Résultat"),
    Text("Not met", "Non tenues"),
    Text("Not shown", "Non démontrées"),
    Text("To attest", "À attester"),
    Text("Met", "Tenues"),
)
_SINCE = Text("in force since {}", "en vigueur depuis le {}")
_STOOD = Text("as it stood on {}", "dans son état au {}")
_EMPTY = Text("No text was judged.", "Aucun texte n'a été jugé.")
_FIRST = ("csp", "hds-v2", "hds-v1", "hads", "gdpr", "eu-transfers", "french-law", "foreign-laws", "sren", "secnumcloud", "edpb", "cnil")


class Outcome(NamedTuple):
    """What became of one text, in requirements."""

    text: str
    ordinal: str
    counts: Counter[str]


def judged(rows: Iterable[CoverageRow]) -> list[CoverageRow]:
    """The requirements in force, which alone are met or not."""
    return [row for row in rows if row.in_force and row.kind == "requirement"]


def outcomes(report: Report) -> tuple[Outcome, ...]:
    """The outcome of each text that has a requirement in force, the texts on health hosting first."""
    met: dict[str, Counter[str]] = {}
    for row in judged(report.coverage):
        met.setdefault(row.text, Counter())[row.verdict] += 1
    order = {name: number for number, name in enumerate(_FIRST)}
    texts = sorted(met, key=lambda name: (order.get(name, len(order)), name))
    return tuple(Outcome(name, ordinal(met[name]), met[name]) for name in texts)


def ordinal(counts: Counter[str]) -> str:
    """One of the ordinals: one requirement not met is enough not to comply, one not shown not to be judged."""
    if counts["fail"]:
        return "partly" if counts["pass"] else "does-not"
    if counts["error"] or counts["unknown"] or counts["manual"]:
        return "cannot-be-judged"
    return "complies" if counts["pass"] else "not-concerned"


def outcome_table(report: Report, language: Language) -> Table:
    """The outcome of each text, with the number of its requirements under each verdict."""
    states = {each.id: each for each in report.texts}
    return Table(
        _CAPTION.said(language).format(day(report.as_of, language)),
        tuple(head.said(language) for head in _HEADS),
        [_row(each, states.get(each.text), language) for each in outcomes(report)],
        _EMPTY.said(language),
    )


def state(text: TextView | None, language: Language) -> str:
    """What stands of a text: its version, since when it is in force, how well it is known."""
    if text is None:
        return ""
    since = _SINCE.said(language).format(day(text.since, language)) if text.since is not None else ""
    version = dated(text.version, language)
    version = _STOOD.said(language).format(version) if version != text.version else version
    return " · ".join(part for part in (version, since, said(STATUSES, text.status, language)) if part)


def _row(each: Outcome, text: TextView | None, language: Language) -> tuple[Cell, ...]:
    word, tone = ORDINALS[each.ordinal]
    counts = each.counts
    numbers = (counts["fail"] + counts["error"], counts["unknown"], counts["manual"], counts["pass"])
    name = Cell(said(TEXTS, each.text, language), "strong", state(text, language))
    return (name, Cell(word.said(language), tone), *(_number(number) for number in numbers))


def _number(number: int) -> Cell:
    return Cell(str(number), "number" if number else "zero")
