"""Findings as a reader opens them: by rule, alike ones together, each with its place, quoted line, facts, remedy, limits and doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hds_audit.model.place import Place
from hds_audit.model.report import FactView, Finding, Report, RuleView
from hds_audit.model.text import Language, Text
from hds_audit.report.views.grouping import TONES, ByTone, weight
from hds_audit.report.views.marks import label
from hds_audit.report.views.places import Where, short
from hds_audit.report.views.saying import day
from hds_audit.report.views.terms import ORIGINS, said
from hds_audit.report.views.words import CONFIDENCES

_FEW, _MOST_FACTS, _MOST_NAMED, _MOST_PLACES, _MOST_QUOTED = 3, 6, 200, 3, 160
_FEW_NAMED = 5
_LISTED = re.compile(r"(endpoints|flows|emails\.templates)\.\d+(?=\.)")
_NUMBERED = frozenset({"endpoints", "flows", "emails"})
_MOST_ASKED = 12
_DECLARE = Text("To declare: {}.", "À déclarer : {}.")
_DECLARE_EACH = Text("To declare, for each: {}.", "À déclarer, pour chacun : {}.")
_NULL, _TRUE, _FALSE, _EMPTY = Text("not known", "non connu"), Text("true", "vrai"), Text("false", "faux"), Text("none", "aucun")


class Quote(NamedTuple):
    """A place of the description, and the line that stands there."""

    where: str
    line: str


class Shown(NamedTuple):
    """What is said of one subject, or of several alike ones (the first stands for all)."""

    tone: str
    label: str
    message: str
    reason: str
    confidence: str
    missing: tuple[str, ...]
    quotes: tuple[Quote, ...]
    """The lines that a fail rests on; where a fact is missing there is none to quote, and each subject has its place."""
    facts: tuple[tuple[str, str, str, str], ...]
    """Path, value, origin, and where it is said."""
    facts_left: int
    subjects: tuple[tuple[str, str], ...]
    """Each subject with its place."""
    waiver: tuple[str, str, str, str] | None
    state: str


class Named(NamedTuple):
    """Subjects under a verdict that needs no words: a pass, or not applicable for one reason."""

    tone: str
    label: str
    reason: str
    names: tuple[str, ...]
    left: int
    total: int


class RuleCard(NamedTuple):
    """One rule with all that it found."""

    rule: RuleView
    gates: bool
    counts: tuple[tuple[str, int], ...]
    shown: tuple[Shown, ...]
    named: tuple[Named, ...]
    kinds: tuple[str, ...]
    confidence: str
    doubt: str
    """The confidence and the reason that all its findings share, said once; empty where they differ."""
    warnings: tuple[str, ...] = ()
    """Where the law that a fail rests on is debated, or was not read in the original."""

    @property
    def passes(self) -> bool:
        """Whether something complies, so that what the rule does not see is worth a line."""
        return any(each.tone == "pass" for each in self.named)

    @property
    def asks(self) -> bool:
        """Whether it does nothing but wait for a person."""
        return bool(self.shown) and all(each.tone == "manual" for each in self.shown)

    @property
    def mends(self) -> bool:
        """Whether something is to be mended, or to be looked at by a person; what is not shown is to be declared first."""
        return any(each.tone != "unknown" for each in self.shown)

    @property
    def fails(self) -> bool:
        """Whether something does not comply."""
        return any(each.tone in ("fail", "waived", "error") for each in self.shown)

    @property
    def judged(self) -> bool:
        """Whether something complies or does not; where a fact is missing everywhere, what the rule would not see is not at issue yet."""
        return self.passes or self.fails


def cards(report: Report, grouped: Mapping[str, ByTone], language: Language) -> Iterator[RuleCard]:
    """The rules that found something, those with fails first, the heaviest first."""
    names = sorted(
        grouped, key=lambda name: (_first(grouped[name]), not report.rules[name].counts_at(report.gate), weight(report.rules[name]), name)
    )
    warned = {row.control: row.warning.said(language) for row in report.coverage if row.warning is not None}
    for name in names:
        card = _card(report, report.rules[name], grouped[name], language)
        told = dict.fromkeys(warned[control] for control in card.rule.controls if control in warned) if card.fails else {}
        yield card._replace(warnings=tuple(told))


def _first(met: ByTone) -> int:
    return min(TONES.index(tone) for tone in met)


def _card(report: Report, rule: RuleView, met: ByTone, language: Language) -> RuleCard:
    counts = tuple((tone, len(met[tone])) for tone in TONES if tone in met)
    worded = [item for tone in TONES[:5] for item in met.get(tone, ())]
    quiet = [item for tone in TONES[5:] for item in met.get(tone, ())]
    kinds = tuple(dict.fromkeys(item.subject.kind for item in (*worded, *quiet)))
    sure, doubt = _shared(worded, quiet)
    shown = tuple(_shown(report, group, language) for group in _alike(worded, rule, language))
    named = tuple(_named(report, quiet, doubt, language))
    if sure:
        shown = tuple(each._replace(confidence="", reason="" if doubt else each.reason) for each in shown)
    confidence = _confidence(sure, language)
    return RuleCard(rule, rule.counts_at(report.gate), counts, shown, named, kinds, confidence, doubt.said(language) if doubt else "")


def _confidence(word: str, language: Language) -> str:
    """A confidence that is not high; what is high goes without saying."""
    return said(CONFIDENCES, word, language) if word not in ("high", "") else ""


def _shared(worded: Sequence[Finding], quiet: Sequence[Finding]) -> tuple[str, Text | None]:
    """The confidence, and the reason, of every finding that is judged, where there is but one."""
    judged = [item for item in (*worded, *quiet) if item.verdict != "not-applicable"]
    sure, reasons = {item.confidence for item in judged}, {item.reason for item in judged}
    return (sure.pop(), reasons.pop() if len(reasons) == 1 else None) if len(sure) == 1 else ("", None)


def _alike(found: Sequence[Finding], rule: RuleView, language: Language) -> Iterator[list[Finding]]:
    """Findings one by one where they are few; else, and what is not shown always, together when they say the same but for the name."""
    few = len(found) <= _FEW
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for item in found:
        if few and item.verdict != "unknown":
            yield [item]
            continue
        missing = tuple([_starred(path, item.subject.id) for path in item.missing])
        message = _beyond(item, rule, language)
        message = "" if _declares(item, message, language) else message.replace(item.subject.id, "*")
        groups.setdefault((item.verdict, message, item.reason, item.confidence, item.waiver, missing, item.state), []).append(item)
    yield from groups.values()


def _shown(report: Report, group: Sequence[Finding], language: Language) -> Shown:
    first = group[0]
    waiver, fails = first.waiver, first.verdict in ("fail", "error")
    where = short(report)
    told = (report.facts[index] for index in first.facts)
    open_ones = first.verdict == "unknown"  # what is not known there is told by what to declare
    facts = list(dict.fromkeys(_fact(fact, where, language) for fact in told if fact.value is not None or not open_ones))
    return Shown(
        tone="waived" if waiver is not None and first.verdict == "fail" else first.verdict,
        label=label(first, report.facts, language),
        message=_message(group, report.rules[first.rule], language),
        reason=first.reason.said(language) if first.reason else "",
        confidence=_confidence(first.confidence, language),
        missing=first.missing,
        quotes=tuple(_quotes((*((first.place,) if first.place else ()), *first.related), where))[:_MOST_PLACES] if fails else (),
        facts=tuple(facts[:_MOST_FACTS]),
        facts_left=max(len(facts) - _MOST_FACTS, 0),
        subjects=tuple((item.subject.id, where(item.place)) for item in group),
        waiver=(waiver.reason, waiver.owner, waiver.approver, day(waiver.expires, language)) if waiver is not None else None,
        state=first.state,
    )


def _message(group: Sequence[Finding], rule: RuleView, language: Language) -> str:
    """What the finding says beyond the title of its rule, which stands above it."""
    first, one = group[0], len(group) == 1
    beyond = _beyond(first, rule, language)
    if not _declares(first, beyond, language):
        return beyond
    return (_DECLARE if one else _DECLARE_EACH).said(language).format(folded(first.missing, "" if one else first.subject.id))


def _starred(path: str, name: str) -> str:
    """A path without what tells one subject from others: its name, or its number in a list."""
    section, _, rest = path.partition(".")
    if section in _NUMBERED and (listed := _LISTED.match(path)) is not None:
        return f"{listed[1]}.*{path[listed.end() :]}"
    after = rest[len(name) :]
    return f"{section}.*{after}" if name and rest.startswith(name) and after[:1] in ("", ".") else path


def _beyond(item: Finding, rule: RuleView, language: Language) -> str:
    said_so, name = item.message.said(language) if item.message else "", f"{rule.title.said(language)}."
    at = said_so.find(name) if item.verdict in ("unknown", "manual") else -1
    return said_so[at + len(name) :].strip() if at >= 0 else said_so


def _declares(item: Finding, beyond: str, language: Language) -> bool:
    """Whether a message says nothing but the paths to declare, which the finding has itself."""
    return item.verdict == "unknown" and bool(item.missing) and beyond.startswith(_DECLARE.said(language).partition("{}")[0])


def folded(paths: Sequence[str], name: str = "") -> str:
    """Paths to declare as code, what lies under one of them said with it; a star stands for the name that several subjects share."""
    starred = [_starred(path, name) if name else path for path in paths[:_MOST_ASKED]]
    under: dict[str, list[str]] = {}
    for path in sorted(starred, key=len):
        above = next((other for other in under if path.startswith(f"{other}.")), "")
        under.setdefault(above or path, []).extend([path[len(above) + 1 :]] if above else [])
    order = [path for path in starred if path in under]
    return ", ".join(f"`{path}`" + (f" ({', '.join(f'`{each}`' for each in under[path])})" if under[path] else "") for path in order)


def _quotes(places: Sequence[Place], where: Where) -> Iterator[Quote]:
    met = dict.fromkeys((where(place), place.text.strip()[:_MOST_QUOTED]) for place in places)
    return (Quote(*each) for each in met)


def _fact(fact: FactView, where: Where, language: Language) -> tuple[str, str, str, str]:
    return fact.path, value(fact.value, language), said(ORIGINS, fact.origin, language), where(fact.place) or fact.source


def value(found: object, language: Language) -> str:
    """The value of a fact as a person reads it."""
    if found is None:
        return _NULL.said(language)
    if isinstance(found, bool):
        return (_TRUE if found else _FALSE).said(language)
    if isinstance(found, list | tuple):
        return ", ".join(value(item, language) for item in found[:8]) + (" …" if len(found) > 8 else "") if found else _EMPTY.said(language)
    if isinstance(found, dict):
        return ", ".join(f"{key} {value(item, language)}" for key, item in list(found.items())[:8])
    return str(found)[:200]


def _named(report: Report, found: Sequence[Finding], doubt: Text | None, language: Language) -> Iterator[Named]:
    """Passes by what they rest on, and what does not apply by its reason."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for item in found:
        reason = item.reason.said(language) if item.reason and item.reason != doubt else ""
        groups.setdefault((item.verdict, label(item, report.facts, language), reason), []).append(item.subject.id)
    for (tone, words, reason), names in groups.items():
        most = _MOST_NAMED if tone == "pass" else _FEW_NAMED
        yield Named(tone, words, reason, tuple(names[:most]), max(len(names) - most, 0), len(names))
