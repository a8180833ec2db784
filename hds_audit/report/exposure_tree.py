"""Exposures for the `exposure` command: a tree to read, JSON for machines, a graph for Graphviz."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from hds_audit.model.catalogued import Law
from hds_audit.model.exposure import DEGREES, Custody, Cut, Exposure, Step
from hds_audit.model.place import Place
from hds_audit.model.report import OrganisationView
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.plain import on_a_line, safe
from hds_audit.report.views.saying import day

FORMAT = "hds-audit-exposures/1"

_HEAD = Text(
    "Legal links found on {}: a link established is not an access, and access is not excluded.",
    "Liens juridiques constatés au {} : un lien établi n'est pas un accès, et l'accès n'est pas exclu.",
)
_NONE = Text("No established link found on {}.", "Aucun lien établi constaté au {}.")
_NO_PROOF = Text(
    "That is not immunity: it rests on what is declared and on what the catalogue knows.",
    "Cela ne vaut pas immunité : cela repose sur ce qui est déclaré et sur ce que connaît le catalogue.",
)
_OPEN = Text("to declare:", "à déclarer :")
_CUTS = Text("would end it:", "y mettrait fin :")
_NO_CUT = Text("no single change tried ends it", "aucun changement isolé essayé n'y met fin")
_UNTRIED = (
    Text("{} further change was not tried", "{} autre changement n'a pas été essayé"),
    Text("{} further changes were not tried", "{} autres changements n'ont pas été essayés"),
)
_NOTE = Text("compels nobody, and makes no path.", "ne contraint personne et ne fait aucun chemin.")
_KEYS = Text("Keys", "Clés")
_NOBODY = Text("no organisation", "aucune organisation")
_UNNAMED = Text("a provider that nobody names", "un fournisseur que personne ne nomme")
_NO_LAW = Text("a law that nobody knows yet", "une loi encore inconnue")
_GRADED = Text("grade {}", "niveau {}")
_UNGRADED = Text("grade unknown", "niveau inconnu")
_WORDS = {
    "clear": Text("read in the clear", "lues en clair"),
    "key-held": Text("readable with a key in reach", "lisibles avec une clé à portée"),
    "in-use": Text("readable while in use", "lisibles en cours d'utilisation"),
    "ciphertext": Text("ciphertext", "chiffrées"),
    "none": Text("nothing", "rien"),
    "unknown": Text("not known how readable", "lisibilité inconnue"),
    "established": Text("legal link established, access not excluded", "lien juridique établi, accès non exclu"),
    "debated": Text("legal link debated", "lien juridique débattu"),
    "unknown link": Text("legal link not known", "lien juridique inconnu"),
}
_KINDS = {
    "data": Text("data", "données"), "component": Text("component", "composant"), "host": Text("host", "hébergeur"),
    "key": Text("key", "clé"), "layer": Text("layer", "couche"), "flow": Text("flow", "flux"), "template": Text("message", "message"),
    "application": Text("application", "application"), "organisation": Text("organisation", "organisation"),
    "country": Text("country", "pays"), "law": Text("law", "loi"),
}  # fmt: skip
_RED, _ORANGE, _GREEN, _GREY = "#b00020", "#c75000", "#2e7d32", "#616161"
_COLOURS = {"clear": _RED, "key-held": _ORANGE, "in-use": _ORANGE, "ciphertext": _GREEN, "none": _GREEN, "unknown": _GREY}
_LONGEST = 400
_COLON = Text(": ", " : ")

Placed = Callable[[int], Place | None]


class Listing(NamedTuple):
    """What is shown: the exposures of a day, the keys, and what would end each exposure (None: not looked for).

    `names` are those of the organisations, `titles` those of the laws, by identifier.
    """

    as_of: date
    exposures: tuple[Exposure, ...]
    custody: tuple[Custody, ...]
    cuts: tuple[tuple[Cut, ...] | None, ...]
    place: Placed
    notes: tuple[Law, ...] = ()
    untried: int = 0
    names: Mapping[str, OrganisationView] = MappingProxyType({})
    titles: Mapping[str, Text] = MappingProxyType({})

    def who(self, organisation: str) -> str:
        """An organisation by its name and its country, by its identifier where no more is known."""
        view = self.names.get(organisation)
        if view is None:
            return organisation
        return f"{view.name} ({view.country})" if view.country else view.name

    def law(self, law: str, language: Language) -> str:
        """A law by its identifier, which `--law` takes, with its title."""
        title = self.titles.get(law)
        return f"{law} – {title.said(language)}" if title else law


def tree(listing: Listing, language: Language) -> str:
    """The exposures as a tree: data, then place and organisation, then each law with its path."""
    on = day(listing.as_of, language)
    lines = [(_HEAD if listing.exposures else _NONE).said(language).format(on)]
    if not any(each.certainty == "established" for each in listing.exposures):
        lines += [_NONE.said(language).format(on)] if listing.exposures else []
        lines.append(_NO_PROOF.said(language))
    for data, entries in _grouped(_paired(listing), lambda pair: pair[0].data).items():
        lines += ["", on_a_line(data), *_branches([_place(group, listing, language) for group in _places(entries)])]
    for entry in listing.notes:
        lines += ["", on_a_line(f"{entry.id}{_COLON.said(language)}{_NOTE.said(language)} {(entry.note or entry.title).said(language)}")]
    if listing.untried:
        lines += ["", counted(listing.untried, *_UNTRIED, language)]
    if listing.custody:
        lines += ["", _KEYS.said(language), *_branches([_key(row, listing, language) for row in listing.custody])]
    return "\n".join(lines) + "\n"


_Pair = tuple[Exposure, tuple[Cut, ...] | None]
_Node = tuple[str, list["_Node"]]


def _paired(listing: Listing) -> list[_Pair]:
    return list(zip(listing.exposures, listing.cuts, strict=True))


def _grouped(pairs: Iterable[_Pair], key: Callable[[_Pair], str]) -> Mapping[str, list[_Pair]]:
    found: dict[str, list[_Pair]] = {}
    for pair in pairs:
        found.setdefault(key(pair), []).append(pair)
    return found


def _places(pairs: list[_Pair]) -> list[list[_Pair]]:
    """By place and organisation, the worst first."""
    groups = list(_grouped(pairs, lambda pair: f"{pair[0].component}\0{pair[0].organisation}").values())
    return sorted(groups, key=lambda group: min(_badness(each) for each, _ in group))


def _badness(each: Exposure) -> int:
    return DEGREES.index(each.degree) if each.degree in DEGREES else len(DEGREES)


def _place(group: list[_Pair], listing: Listing, language: Language) -> _Node:
    first = group[0][0]
    who = listing.who(first.organisation) or _UNNAMED.said(language)
    return f"{_KINDS[first.kind].said(language)} {first.component} — {who}", [_law(each, cuts, listing, language) for each, cuts in group]


def _law(each: Exposure, cuts: tuple[Cut, ...] | None, listing: Listing, language: Language) -> _Node:
    sure = "unknown link" if each.certainty == "unknown" else each.certainty
    law = listing.law(each.law, language) if each.law else _NO_LAW.said(language)
    degree = f"{each.degree} ({_WORDS[each.degree].said(language)})"
    head = f"{law}{_COLON.said(language)}{degree}, {_WORDS[sure].said(language)}"
    below: list[_Node] = [(_step(step, listing, language), []) for step in each.path]
    if each.missing:
        below.append((f"{_OPEN.said(language)} {', '.join(each.missing)}", []))
    if cuts:
        below.append((_CUTS.said(language), [(cut.said.said(language), []) for cut in cuts]))
    elif cuts is not None:
        below.append((_NO_CUT.said(language), []))
    return head, below


def _step(step: Step, listing: Listing, language: Language) -> str:
    where = listing.place(step.mark) if step.mark else None
    called = f"{_KINDS[step.kind].said(language)} {_called(step, listing) or '?'}"
    return f"{called}{_COLON.said(language)}{step.why.said(language)}  [{where or step.source}]"


def _called(step: Step, listing: Listing) -> str:
    return listing.who(step.id) if step.kind == "organisation" else step.id


def _key(row: Custody, listing: Listing, language: Language) -> _Node:
    colon = _COLON.said(language)
    users: list[_Node] = [(f"{listing.who(who)}{colon}{why.said(language)}", []) for who, why, _ in row.users] or [
        (_NOBODY.said(language), [])
    ]
    missing: list[_Node] = [(f"{_OPEN.said(language)} {', '.join(row.missing)}", [])] if row.missing else []
    graded = _UNGRADED.said(language) if row.grade is None else _GRADED.said(language).format(row.grade)
    return f"{row.key} — {graded}{colon}{row.sentence.said(language)}", [*users, *missing]


def _branches(nodes: list[_Node], before: str = "") -> Iterator[str]:
    for number, (said, below) in enumerate(nodes, start=1):
        last = number == len(nodes)
        yield f"{before}{'└─' if last else '├─'} {on_a_line(said)}"
        yield from _branches(below, before + ("   " if last else "│  "))


def plain(listing: Listing) -> dict[str, object]:
    """The exposures as plain data: the entries of the audit's own report, with what would end each."""
    return {
        "format": FORMAT,
        "as_of": listing.as_of.isoformat(),
        "exposures": [_plain(each, cuts, listing.place) for each, cuts in _paired(listing)],
        "custody": [_plain_key(row) for row in listing.custody],
        "notes": [{"law": entry.id, "said": (entry.note or entry.title)._asdict()} for entry in listing.notes],
        "untried": listing.untried,
        "organisations": {key: {"name": view.name, "country": view.country} for key, view in listing.names.items()},
        "reading": (_HEAD if listing.exposures else _NONE)._asdict() | {"day": listing.as_of.isoformat()},
    }


def _plain(each: Exposure, cuts: tuple[Cut, ...] | None, place: Placed) -> dict[str, object]:
    said: dict[str, object] = {
        "law": each.law, "organisation": each.organisation, "data": each.data, "component": each.component, "degree": each.degree,
        "certainty": each.certainty, "missing": list(each.missing), "role": each.role,
        "path": [_plain_step(step, place) for step in each.path],
    }  # fmt: skip
    if cuts is not None:
        said["cuts"] = [{"kind": cut.kind, "on": cut.on, "said": cut.said._asdict()} for cut in cuts]
    return said


def _plain_step(step: Step, place: Placed) -> dict[str, object]:
    said: dict[str, object] = {"kind": step.kind, "id": step.id, "why": step.why._asdict()}
    where = place(step.mark) if step.mark else None
    if where is not None:
        said["place"] = {"file": where.file, "line": where.line, "column": where.column}
    if step.source:
        said["source"] = step.source
    return said


def _plain_key(row: Custody) -> dict[str, object]:
    users = [{"organisation": who, "why": why._asdict()} for who, why, _ in row.users]
    return {"key": row.key, "users": users, "grade": row.grade, "sentence": row.sentence._asdict(), "missing": list(row.missing)}


def dot(listing: Listing, language: Language) -> str:
    """The paths as one directed graph for Graphviz: each thing once, each step once, coloured by the worst degree through it."""
    nodes: dict[tuple[str, str], str] = {}
    edges: dict[tuple[tuple[str, str], tuple[str, str]], tuple[int, str, str]] = {}
    for each in listing.exposures:
        for step in each.path:
            nodes.setdefault((step.kind, step.id), f"{_KINDS[step.kind].said(language)}\n{_called(step, listing) or '?'}")
        for before, after in pairwise(each.path):
            ends = (before.kind, before.id), (after.kind, after.id)
            kept = edges.get(ends)
            if ends[0] != ends[1] and (kept is None or _badness(each) < kept[0]):
                edges[ends] = (_badness(each), after.why.said(language), _COLOURS[each.degree])
    numbers = {name: f"n{number}" for number, name in enumerate(nodes)}
    lines = ["digraph exposures {", "  rankdir=LR;", "  node [shape=box, fontname=sans];", "  edge [fontname=sans, fontsize=9];"]
    lines += [f"  {numbers[name]} [label={_quoted(label)}];" for name, label in nodes.items()]
    for (one, two), (_, why, colour) in edges.items():
        lines.append(f"  {numbers[one]} -> {numbers[two]} [label={_quoted(why)}, color={_quoted(colour)}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    escaped = safe(text, _LONGEST).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
