"""What comes to its last day, or begins: in order, with the days left."""

from __future__ import annotations

from typing import NamedTuple

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.cells import Cell, Table, code, listed

_CAPTION = Text("What expires or begins, the nearest first", "Échéances, la plus proche d'abord")
_HEADS = (Text("Day", "Date"), Text("In", "Dans"), Text("What", "Objet"), Text("Kind", "Nature"), Text("Identifier", "Identifiant"))
_EMPTY = Text("Nothing known expires within six months.", "Aucune échéance connue dans les six mois.")
_DAYS = Text("{} day", "{} jour"), Text("{} days", "{} jours")
_SOON = 60
KINDS = {
    "certificate": Text("certificate", "certificat"),
    "catalogued-certificate": Text("certificate known to the catalogue", "certificat connu du catalogue"),
    "waiver": Text("accepted risk", "risque accepté"),
    "attestation": Text("attestation", "attestation"),
    "product": Text("end of support", "fin de support"),
    "contract": Text("contract", "contrat"),
    "review": Text("review", "revue"),
    "approval": Text("approval", "approbation"),
    "text": Text("text that ends", "texte prenant fin"),
    "text-to-come": Text("text to come", "texte à venir"),
}


class Moment(NamedTuple):
    """What happens on one day, to one or several things."""

    day: str
    left: int
    text: Text
    what: str
    ids: tuple[str, ...]


def moments(report: Report) -> tuple[Moment, ...]:
    """The days to come, things alike on the same day together."""
    groups: dict[tuple[str, str, Text], list[str]] = {}
    for item in report.expiring:
        groups.setdefault((item.date.isoformat(), item.what, item.text), []).append(item.id)
    left = {item.date.isoformat(): (item.date - report.as_of).days for item in report.expiring}
    return tuple(Moment(day, left[day], said, what, tuple(ids)) for (day, what, said), ids in groups.items())


def timeline_table(report: Report, language: Language, most: int = 150) -> Table:
    """The days to come, as a table."""
    rows = [_row(each, language) for each in moments(report)[:most]]
    return Table(_CAPTION.said(language), tuple(head.said(language) for head in _HEADS), rows, _EMPTY.said(language))


def _row(each: Moment, language: Language) -> tuple[Cell, ...]:
    left = f"{'-' if each.left < 0 else ''}{counted(abs(each.left), *_DAYS, language)}"
    kind = KINDS[each.what].said(language) if each.what in KINDS else each.what
    return (
        Cell(each.day, "date"),
        Cell(left, "partly" if each.left <= _SOON else ""),
        Cell(each.text.said(language)),
        Cell(kind, "quiet"),
        code(listed(each.ids, 6)),
    )
