"""A comparison in words: what each change is, and why it came; shared by the terminal, Markdown and HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hds_audit.model.difference import Cause, Change, ChangeKind, Comparison, ValueChange
from hds_audit.model.report import Verdict
from hds_audit.model.text import Language, Text
from hds_audit.report.views.plain import safe
from hds_audit.report.views.words import LEVELS, OUTCOMES, SEVERITIES, VERDICTS

TITLE = Text("What changed between two audits", "Ce qui a changé entre deux audits")
KINDS: dict[ChangeKind, Text] = {
    "appeared": Text("Appeared", "Apparu"),
    "fixed": Text("Fixed", "Corrigé"),
    "changed": Text("Changed otherwise", "Autres changements"),
}
CAUSES: dict[Cause, Text] = {
    "description": Text("the description", "la description"),
    "observation": Text("an observation", "une observation"),
    "catalogue": Text("the catalogue", "le catalogue"),
    "rules": Text("the rules", "les règles"),
    "law": Text("a text that came into force or left it", "un texte entré en vigueur ou sorti de vigueur"),
    "date": Text("the day of the audit", "la date de l'audit"),
    "waiver": Text("an accepted risk", "un risque accepté"),
    "scope": Text("the environment that was judged", "l'environnement jugé"),
    "tool": Text("the version of the tool", "la version de l'outil"),
}
WHY = Text("Why: ", "Cause : ")
_NO_CAUSE = Text("not told by the reports", "non déterminée par les rapports")
NOTHING = Text("No verdict changed.", "Aucun verdict n'a changé.")
_ABSENT = Text("absent", "absent")
_OUTCOME = Text("Outcome: {} → {}", "Résultat : {} → {}")
_SAME = Text("Outcome unchanged: {}", "Résultat inchangé : {}")
_COLON, _APART = Text(": ", " : "), Text("; ", " ; ")
_DAY = Text("Day of the audit: {} → {}", "Date de l'audit : {} → {}")
_RULES = Text("Rules: {} → {}", "Règles : {} → {}")
_CATALOGUE = Text("Catalogue: {} → {}", "Catalogue : {} → {}")
_VERSION = Text("Tool: {} → {}", "Outil : {} → {}")
_GATE = Text(
    "The gate is not the same: the two outcomes do not compare.", "Le seuil de blocage diffère : les deux résultats ne se comparent pas."
)
_INTO = Text("Came into force: {}", "Entré en vigueur : {}")
_OUT = Text("Left force: {}", "Sorti de vigueur : {}")
DESCRIBED = Text("What the description says otherwise", "Ce que la description dit autrement")
MORE = Text("and {} more", "et {} de plus")
_UNSAID = Text("not said", "non dit")
_MOST_SAID = 120


class Line(NamedTuple):
    """One change in words: where, from which verdict to which, what it says and why."""

    rule: str
    subject: str
    weight: str
    verdicts: str
    said: str
    why: str
    place: str


def heads(comparison: Comparison, language: Language) -> Iterator[str]:
    """The lines on top: outcomes, and what is not the same about the two audits themselves."""
    old, new = comparison.old, comparison.new
    was, now = OUTCOMES[old.outcome].said(language), OUTCOMES[new.outcome].said(language)
    yield _SAME.said(language).format(now) if was == now else _OUTCOME.said(language).format(was, now)
    if old.as_of != new.as_of:
        yield _DAY.said(language).format(old.as_of, new.as_of)
    if old.tool.version != new.tool.version:
        yield _VERSION.said(language).format(safe(old.tool.version, 60), safe(new.tool.version, 60))
    if old.tool.rules_digest != new.tool.rules_digest:
        yield _RULES.said(language).format(old.tool.rules_digest[:12], new.tool.rules_digest[:12])
    if old.tool.catalogue_digest != new.tool.catalogue_digest:
        yield _CATALOGUE.said(language).format(old.tool.catalogue_as_of, new.tool.catalogue_as_of)
    if old.gate != new.gate:
        yield _GATE.said(language)
    if comparison.into_force:
        yield _INTO.said(language).format(", ".join(comparison.into_force[:20]))
    if comparison.out_of_force:
        yield _OUT.said(language).format(", ".join(comparison.out_of_force[:20]))


def line(change: Change, language: Language) -> Line:
    """One change in words."""
    finding, rule = change.finding, change.rule
    said = finding.message if change.after is not None and finding.message is not None else rule.title
    return Line(
        rule.id, f"{finding.subject.kind} {finding.subject.id}",
        f"{LEVELS[rule.level].said(language)}, {SEVERITIES[rule.severity].said(language)}",
        f"{_verdict(change.before, language)} → {_verdict(change.after, language)}", said.said(language), why(change, language),
        f"{finding.place.file}:{finding.place.line}" if finding.place else "",
    )  # fmt: skip


def _verdict(verdict: Verdict | None, language: Language) -> str:
    return (VERDICTS[verdict] if verdict is not None else _ABSENT).said(language)


def why(change: Change, language: Language) -> str:
    """The causes of a change, then the values that moved."""
    causes = ", ".join(CAUSES[cause].said(language) for cause in change.causes) or _NO_CAUSE.said(language)
    values = _APART.said(language).join(value(item, language) for item in _telling(change.values))
    return f"{causes} ({values})" if values else causes


def _telling(values: Sequence[ValueChange]) -> list[ValueChange]:
    """What somebody wrote or saw, and where there is none what was worked out from it; steps of a path alone tell nothing."""
    placed = [item for item in values if "." in item.path]
    return [item for item in placed if item.origin != "derived"] or placed


def value(change: ValueChange, language: Language) -> str:
    """A value that moved, on one line."""
    return f"`{safe(change.path, 200)}`{_COLON.said(language)}{_plain(change.before, language)} → {_plain(change.after, language)}"


def _plain(held: object, language: Language) -> str:
    if held is None:
        return _UNSAID.said(language)
    said = held if isinstance(held, str) else json.dumps(held, ensure_ascii=False, sort_keys=True, default=str)
    return safe(said, _MOST_SAID)
