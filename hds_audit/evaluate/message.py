"""What a finding says: its message, its reason, its confidence, its places."""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation
from hds_audit.evaluate.facts import FactTable, least_sure
from hds_audit.evaluate.panel import Ruling
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, Thing
from hds_audit.model.paths import Paths, Space
from hds_audit.model.place import Place
from hds_audit.model.report import Finding, SubjectRef, Verdict
from hds_audit.model.rule import SubjectKind
from hds_audit.model.saying import TO_DECLARE, Worded
from hds_audit.model.text import Language, Text, counted, elides
from hds_audit.model.values import Span

_PATH = r"[A-Za-z_][A-Za-z0-9_.\-]*"
_HOLE = re.compile(rf"(?:\b(?P<before>[DdQq]u?)e )?(?P<hole>\{{(?P<path>{_PATH})\}}(?: \(\{{(?P<beside>{_PATH})\}}\))?)")
_LONG = 10_000  # numbers from here on are grouped by thousands
_SURE = Confidence.HIGH
_OWN_WORDS = (Origin.DECLARED, Origin.DOCUMENTED)
_MOST_PLACES, _MOST_SAID = 8, 12
_SECTIONS = ("components", "flows", "hosts", "data")
_UNSAID = Text("not declared", "non déclaré")
_FLAGS = {True: Text("yes", "oui"), False: Text("no", "non")}
_NONE, _AND = Text("none", "néant"), Text(" and ", " et ")
_MORE = Text(" and {} more", " et {} de plus")
_AND_OTHERS = Text(" and others", " et d'autres")
_TURNS = Text(", on which it turns whether this applies", ", dont dépend l'application de ce point")
_OTHERS = Text("perhaps others", "peut-être d'autres")
_UNITS = (
    (Text("{} year", "{} an"), Text("{} years", "{} ans")),
    (Text("{} month", "{} mois"), Text("{} months", "{} mois")),
    (Text("{} week", "{} semaine"), Text("{} weeks", "{} semaines")),
    (Text("{} day", "{} jour"), Text("{} days", "{} jours")),
    (Text("{} hour", "{} heure"), Text("{} hours", "{} heures")),
    (Text("{} minute", "{} minute"), Text("{} minutes", "{} minutes")),
    (Text("{} second", "{} seconde"), Text("{} seconds", "{} secondes")),
)
_DEGREES = {
    "clear": Text("in the clear", "en clair"),
    "key-held": Text("with a key within reach", "avec une clé à portée"),
    "in-use": Text("while in use", "pendant le traitement"),
    "ciphertext": Text("as ciphertext only", "sous forme chiffrée seulement"),
}
_VERDICT_OF: dict[str, Verdict] = {"implemented": "pass", "not-implemented": "fail", "not-applicable": "not-applicable"}
_STATUSES = {
    "implemented": Text("implemented", "mis en œuvre"),
    "not-implemented": Text("not implemented", "non mis en œuvre"),
    "not-applicable": Text("not applicable", "sans objet"),
}


class Messages:
    """How findings are worded, with the facts and the places that they point to."""

    def __init__(self, table: FactTable, place: Callable[[int], Place | None]) -> None:
        self._table, self._find = table, place
        self._places: dict[int, Place | None] = {}
        self._asked: dict[tuple[bool, tuple[str, ...]], Text] = {}

    def passed(self, ruling: Ruling, reference: SubjectRef, facts: tuple[Fact, ...]) -> Finding:
        """A pass is short; it says how sure it is only where it is less than sure."""
        sure, reason = _confidence(ruling, facts)
        if sure is _SURE:
            return Finding(ruling.rule.id, reference, "pass", self._table.of(facts))
        return Finding(ruling.rule.id, reference, "pass", self._table.of(facts), None, reason, sure.value)

    def fail(self, ruling: Ruling, subject: Thing, reference: SubjectRef, facts: tuple[Fact, ...]) -> Finding:
        """A fail, with the rule's own message filled with the subject's facts."""
        template, short = ruling.rule.message, _short(facts)
        said = Text(_filled(template.en, subject, "en", short), _filled(template.fr, subject, "fr", short))
        return self._finding(ruling.rule.id, subject, reference, "fail", facts, said, _confidence(ruling, facts))

    def unknown(self, ruling: Ruling, subject: Thing, reference: SubjectRef, facts: tuple[Fact, ...], *, waits: bool = False) -> Finding:
        """An unknown, which names what to declare; one that `waits` does not know yet whether it applies."""
        sure, reason = _confidence(ruling, facts)
        doubt = next((fact.doubt for fact in facts if fact.doubt is not None and (fact.value is UNKNOWN or fact.recalled)), None)
        missing = self._table.missing(facts) or (self._stated(facts) if ruling.decides else ())
        said, asked = ruling.unshown, self._asked.get((waits, missing))
        if asked is None:
            asked = self._asked[waits, missing] = _to_declare(missing, waits=waits)
        told = Text(said.en + asked.en, said.fr + asked.fr)
        return self._finding(ruling.rule.id, subject, reference, "unknown", facts, told, (sure, doubt or reason), missing)

    def _stated(self, facts: tuple[Fact, ...]) -> tuple[str, ...]:
        """What is declared and does not decide (`true` where details are due, `false` where there is nothing to compare)."""
        found = (self._table.facts[row] for row in self._table.of(facts))
        return tuple(dict.fromkeys(fact.path for fact in found if fact.mark and fact.origin in _OWN_WORDS))[:_MOST_SAID]

    def manual(self, ruling: Ruling, subject: Thing, reference: SubjectRef) -> Finding:
        """A requirement that only a person can answer, not answered yet."""
        rule = ruling.rule
        said = Text(
            f"To attest: {rule.title.en}. Answer under `attestations.{rule.attest}`.",
            f"À attester : {rule.title.fr}. Répondre sous `attestations.{rule.attest}`.",
        )
        sure = rule.confidence, rule.confidence_reason
        return self._finding(rule.id, subject, reference, "manual", (), said, sure, (f"attestations.{rule.attest}",))

    def attested(self, ruling: Ruling, subject: Thing, reference: SubjectRef, given: Attestation) -> Finding:
        """The verdict that an answer gives."""
        rule, by, day = ruling.rule, given.record.values.get("by", ""), given.record.values.get("date", "")
        verdict = _VERDICT_OF.get(given.status, "manual")
        answer = _STATUSES.get(given.status, Text(given.status, given.status))
        said = Text(f"attested by {by} on {day}: {answer.en}", f"attesté par {by} le {day} : {answer.fr}")
        fact = Fact(given.record.path, given.status, mark=given.record.mark)
        kept = self._finding(rule.id, subject, reference, verdict, (fact,), said, (rule.confidence, said))
        return kept if verdict in ("fail", "manual") else kept._replace(message=None, place=None)

    def section_left_out(self, ruling: Ruling, section: str) -> Finding:
        """The one unknown that the application bears for a section that nobody wrote."""
        said = Text(
            f"{ruling.unshown.en} The section `{section}` is left out: declare it, or say that there is none.",
            f"{ruling.unshown.fr} La section `{section}` est absente : la déclarer, ou dire qu'il n'y en a pas.",
        )
        whole = SubjectRef("application", "application")
        return Finding(ruling.rule.id, whole, "unknown", (), said, ruling.doubt, ruling.sure.value, (section,))

    def _finding(
        self, rule: str, subject: Thing, reference: SubjectRef, verdict: Verdict, facts: tuple[Fact, ...],
        message: Text, sure: tuple[Confidence, Text | None], missing: tuple[str, ...] = (),
    ) -> Finding:  # fmt: skip
        shown = self._table.of(facts)
        known = self._table.facts
        silent = [fact.mark for fact in facts if fact.mark and fact.value is UNKNOWN]  # told by no row, and yet placed
        marks = dict.fromkeys([*silent, *(mark for index in shown if (mark := known[index].mark))]) or {getattr(subject, "mark", 0): None}
        places = [place for mark in islice(marks, _MOST_PLACES) if (place := self._place(mark)) is not None]
        first, others = (places[0], tuple(places[1:])) if places else (None, ())
        return Finding(rule, reference, verdict, shown, message, sure[1], sure[0].value, missing, first, others)

    def _place(self, mark: int) -> Place | None:
        if mark not in self._places:
            self._places[mark] = self._find(mark) if mark else None
        return self._places[mark]


def _confidence(ruling: Ruling, facts: tuple[Fact, ...]) -> tuple[Confidence, Text | None]:
    """The less sure of the rule and of the facts, with the reason."""
    for fact in facts:
        if fact.confidence is not _SURE:
            doubt = least_sure(facts)
            return doubt if doubt[0].rank > ruling.sure.rank else (ruling.sure, ruling.doubt)
    return ruling.sure, ruling.doubt


def _to_declare(missing: tuple[str, ...], *, waits: bool) -> Text:
    if not missing:
        return Text("", "")
    turns = _TURNS if waits else Text("", "")
    paths = ", ".join([f"`{path}`" for path in missing[:_MOST_SAID]])
    more = Text("", "") if len(missing) <= _MOST_SAID else _AND_OTHERS
    return Text(f" {TO_DECLARE.en}{paths}{more.en}{turns.en}.", f" {TO_DECLARE.fr}{paths}{more.fr}{turns.fr}.")


def _short(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """What falls short of what is asked of each: the entries of the description that a fail rests on, of the first section that has any."""
    found = [fact.path.split(".") for fact in facts]
    named = ([parts[1] for parts in found if parts[0] == section and len(parts) > 1] for section in _SECTIONS)
    return tuple(dict.fromkeys(next((names for names in named if names), [])))


def _filled(template: str, subject: Thing, language: Language, short: tuple[str, ...] = ()) -> str:
    """The template with its holes filled; `{short}` is what falls short."""
    parts = _parsed(template, language)
    return "".join([
        part if isinstance(part, str) else _enumerated(list(short), language) if part.path == "short" else _said(part, subject, language)
        for part in parts
    ])  # fmt: skip


class _Hole(NamedTuple):
    """A hole of a template: the path in it, that of the hole in brackets behind it, and the French word before it that may elide."""

    path: str
    beside: str
    before: str


@cache
def _parsed(template: str, language: Language) -> tuple[str | _Hole, ...]:
    """A template as its words and its holes; a rule fills its own for every subject."""
    parts: list[str | _Hole] = []
    end = 0
    for hole in _HOLE.finditer(template):
        elided = (hole["before"] or "") if language == "fr" else ""
        start = hole.start() if elided else hole.start("hole")
        parts += (template[end:start], _Hole(hole["path"], hole["beside"] or "", elided))
        end = hole.end()
    return (*parts, template[end:])


def _said(hole: _Hole, subject: Thing, language: Language) -> str:
    """What fills a hole: of `A (B)` that say the same only the one that says it best, a name rather than an identifier."""
    said = _said_hole(subject, hole.path, language)
    if hole.beside:
        beside = _said_hole(subject, hole.beside, language)
        alike = said.casefold() == beside.casefold()
        said = f"{said} ({beside})" if not alike else beside if hole.path == "id" else said
    if not hole.before:
        return said
    return f"{hole.before}'{said}" if elides(said) else f"{hole.before}e {said}"


def _said_hole(subject: Thing, path: str, language: Language) -> str:
    """A degree of exposure in words, since it is a machine value; `false` as none where the answer is neither yes nor no."""
    value = _hole_value(subject, path)
    if path == "id" and isinstance(value, str):
        return value
    if value is False and not _is_flag(subject, path):
        return _NONE.said(language)
    said = _DEGREES.get(str(value)) if path.rpartition(".")[2].endswith("degree") else None
    return said.said(language) if said is not None else said_value(value, language)


def _is_flag(subject: Thing, path: str) -> bool:
    """Whether a path leads to a yes or a no, or nobody knows where it leads."""
    kind: SubjectKind | None = getattr(subject, "kind", None)
    known = _paths().find(Space(kind), path) if kind is not None else None
    return known is None or known.flag


@cache
def _paths() -> Paths:
    from hds_audit.model.format.whole import DESCRIPTION
    from hds_audit.model.vocabulary import derived_paths

    return Paths(DESCRIPTION, derived_paths())


def _hole_value(subject: Thing, path: str) -> object:
    if path != "id":
        return subject.fact(path).value
    name = subject.fact("name").value if getattr(subject, "kind", "") == "organisation" else UNKNOWN
    return getattr(subject, "id", "") if name is UNKNOWN else name


def said_value(value: object, language: Language) -> str:
    """A value as a person reads it: an organisation by its name, a duration in words."""
    if value is UNKNOWN:
        return _UNSAID.said(language)
    if isinstance(value, bool):
        return _FLAGS[value].said(language)
    if isinstance(value, int | float):
        return _number(value, language)
    if isinstance(value, Span):
        return _span(value, language)
    if isinstance(value, Fact):
        return said_value(value.value, language)
    if isinstance(value, Worded):
        return value.words.said(language)
    if type(value) is tuple:
        return _enumerated(_listed(value, language), language)
    if type(value) is str:
        return _worded(value, language)
    if hasattr(value, "fact"):
        name = value.fact("name").value
        return (
            name
            if isinstance(name, str) and name
            else str(value)
            if isinstance(value, str)
            else said_value(value.fact("id").value, language)
        )
    return str(value)


def _worded(value: str, language: Language) -> str:
    """A word of a closed vocabulary as people say it, any other text as it is."""
    from hds_audit.model.choice_words import said_word

    word = said_word(value)
    return word.said(language) if word is not None else value


def _enumerated(said: list[str], language: Language) -> str:
    if not said:
        return _NONE.said(language)
    more = _MORE.said(language).format(len(said) - _MOST_SAID) if len(said) > _MOST_SAID else ""
    return ", ".join(said[:_MOST_SAID]) + more


def _listed(items: tuple[object, ...], language: Language) -> list[str]:
    """The elements, each once; beside what is known, what is not known may be more."""
    known = [item for item in items if (item.value if isinstance(item, Fact) else item) is not UNKNOWN]
    said = list(dict.fromkeys(said_value(item, language) for item in known))
    if len(known) == len(items):
        return said or [_NONE.said(language)]
    return [*said, _OTHERS.said(language)] if said else [_UNSAID.said(language)]


def _number(value: float, language: Language) -> str:
    said = f"{value:,}" if isinstance(value, int) and abs(value) >= _LONG else str(value)
    return said.replace(",", "\u00a0").replace(".", ",") if language == "fr" else said


def _span(span: Span, language: Language) -> str:
    """A duration in words: 1 year, 2 months and 3 days."""
    parts = [counted(number, *forms, language) for number, forms in zip(span.parts, _UNITS, strict=True) if number is not None]
    return _AND.said(language).join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
