"""Which notices a reader is shown where there is no room for all: one of each kind, whatever comes before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hds_audit.model.report import Notice
from hds_audit.model.text import Language, Text, counted

_MOST_KINDS = 20
_MORE = (
    Text("and {} more notice; -o report.json holds them all", "et {} autre avertissement ; -o rapport.json les contient tous"),
    Text("and {} more notices; -o report.json holds them all", "et {} autres avertissements ; -o rapport.json les contient tous"),
)


def worth_telling(notices: Sequence[Notice], most: int) -> tuple[tuple[Notice, ...], int]:
    """The notices to show, in their order, and how many are left: the first of each kind, then the others as far as there is room."""
    met: Counter[str] = Counter()
    ranked: list[tuple[bool, int]] = []
    for number, notice in enumerate(notices):
        ranked.append((met[notice.kind] > 0, number))
        met[notice.kind] += 1
    kept = {number for _, number in sorted(ranked)[: max(most, min(len(met), _MOST_KINDS))]}
    return tuple(notice for number, notice in enumerate(notices) if number in kept), len(notices) - len(kept)


def untold(left: int, language: Language) -> str:
    """How many notices are not shown, and where they are; empty where all are shown."""
    return counted(left, *_MORE, language) if left else ""
