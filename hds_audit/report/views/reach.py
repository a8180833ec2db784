"""Exposure to foreign laws, and who can use each key: paths in groups, so that a thousand stores make a page and not a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.exposure import CERTAINTIES as CERTAINTY_ORDER
from hds_audit.model.exposure import DEGREES as DEGREE_ORDER
from hds_audit.model.exposure import Custody
from hds_audit.model.report import ExposureView, Report, StepView
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.names import law_titles, who
from hds_audit.report.views.places import Where, short
from hds_audit.report.views.terms import CERTAINTIES, DEGREE_TONES, DEGREES, KINDS, ROLES, said

_UNKNOWN_LAW = Text("law not known", "loi inconnue")
_NOBODY = Text("a provider that nobody names", "un fournisseur non désigné")
_CUSTODY = Text("Who can use each key", "Qui peut utiliser chaque clé")
_CUSTODY_HEADS = (
    Text("Key", "Clé"), Text("Who can use it, and how", "Qui peut l'utiliser, et comment"), Text("Grade", "Niveau"),
    Text("What it protects from", "Portée de la protection"), Text("To declare", "À déclarer"),
)  # fmt: skip
_NO_KEY = Text("No key is declared.", "Aucune clé n'est déclarée.")
_GRADE = Text("{} of 4", "{} sur 4")
_UNGRADED = Text("not shown", "non démontré")
_COLON = Text(": ", " : ")


class Path(NamedTuple):
    """One way by which a law reaches data, and every other place where it does the same."""

    laws: tuple[str, ...]
    organisation: str
    role: str
    degree: str
    tone: str
    certainty: str
    established: bool
    places: tuple[str, ...]
    data: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[tuple[str, str, str, str], ...]
    """Kind, id, why, and where it is said, for the first place."""


def paths(report: Report, language: Language) -> tuple[Path, ...]:
    """The exposures that are alike (organisation, degree, certainty, kinds of steps) as one path each, the worst first."""
    groups: dict[tuple[object, ...], list[ExposureView]] = {}
    for each in report.exposures:
        shape = tuple((step.kind, step.id if step.kind in ("organisation", "country") else "") for step in each.path)
        groups.setdefault((each.law is None, each.organisation, each.role, each.degree, each.certainty, shape), []).append(each)
    titles, where, named = law_titles(report, language), short(report), who(report)
    found = sorted(groups.values(), key=lambda group: _badness(group[0]))
    return tuple(_path(group, titles, where, named, language) for group in found)


def _badness(each: ExposureView) -> tuple[int, int, str, str]:
    sure = CERTAINTY_ORDER.index(each.certainty) if each.certainty in CERTAINTY_ORDER else len(CERTAINTY_ORDER)
    read = DEGREE_ORDER.index(each.degree) if each.degree in DEGREE_ORDER else len(DEGREE_ORDER)
    return sure, read, each.organisation, each.law or ""


def _path(
    group: Sequence[ExposureView], titles: Mapping[str, str], where: Where, named: Callable[[str], str], language: Language
) -> Path:  # fmt: skip
    first = group[0]
    laws = dict.fromkeys(each.law for each in group if each.law is not None)
    return Path(
        laws=tuple(f"{titles[law]} ({law})" if law in titles else law for law in laws) or (_UNKNOWN_LAW.said(language),),
        organisation=named(first.organisation) if first.organisation else _NOBODY.said(language),
        role=said(ROLES, first.role, language),
        degree=said(DEGREES, first.degree, language),
        tone=DEGREE_TONES.get(first.degree, "unknown"),
        certainty=said(CERTAINTIES, first.certainty, language),
        established=first.certainty == "established",
        places=tuple(dict.fromkeys(each.component for each in group)),
        data=tuple(dict.fromkeys(each.data for each in group)),
        missing=tuple(dict.fromkeys(path for each in group for path in each.missing)),
        steps=tuple(_steps(first.path, where, named, language)),
    )


def _steps(path: Sequence[StepView], where: Where, named: Callable[[str], str], language: Language) -> Iterator[tuple[str, str, str, str]]:
    """The steps, with organisations under their names, also where a country or a law is said to be theirs."""
    before = ""
    for step in path:
        why = step.why.said(language)
        if before and step.kind in ("country", "law"):
            why = named(before).join(re.split(rf"(?<!\S){re.escape(before)}(?![\w.:-])", why))
        shown = named(step.id) if step.kind == "organisation" else step.id
        yield said(KINDS, step.kind, language), shown or "?", why, where(step.place) or step.source
        before = step.id if step.kind == "organisation" else before


def custody_table(report: Report, language: Language, most: int = 200) -> Table:
    """Who can use each key, by which fact, and how far it protects."""
    heads = tuple(head.said(language) for head in _CUSTODY_HEADS)
    named = who(report)
    rows = [_key(row, named, language) for row in report.custody[:most]]
    return Table(_CUSTODY.said(language), heads, rows, _NO_KEY.said(language))


def _key(row: Custody, named: Callable[[str], str], language: Language) -> tuple[Cell, ...]:
    users = [f"{named(user)}{_COLON.said(language)}{why.said(language)}" for user, why, _ in row.users]
    grade = (
        Cell(_UNGRADED.said(language), "unknown") if row.grade is None else Cell(_GRADE.said(language).format(row.grade), _tone(row.grade))
    )
    return code(row.key), Cell("\n".join(users) or "–"), grade, Cell(row.sentence.said(language)), code(listed(row.missing, 4) or "–")


def _tone(grade: int) -> str:
    return "fail" if grade <= 1 else "partly" if grade == 2 else "pass"
