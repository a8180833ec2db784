"""What a finding says: its message, its reason, its confidence, its places."""

import re
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation
from hds_audit.evaluate.facts import FactTable, least_sure
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Thing
from hds_audit.model.place import Place
from hds_audit.model.report import Finding, SubjectRef, Verdict
from hds_audit.model.rule import Rule
from hds_audit.model.text import Text

_HOLE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.\-]*)\}")
_MOST_PLACES, _MOST_SAID = 8, 12
_UNSAID = Text("not declared", "non déclaré")
_FLAGS = {True: Text("yes", "oui"), False: Text("no", "non")}
_NONE = Text("none", "aucun")
_DEGREES = {
    "clear": Text("in the clear", "en clair"),
    "key-held": Text("with a key that it can use", "avec une clé qu'elle peut utiliser"),
    "in-use": Text("while in use", "pendant le traitement"),
    "ciphertext": Text("as ciphertext only", "sous forme chiffrée seulement"),
}
_VERDICT_OF: dict[str, Verdict] = {"implemented": "pass", "not-implemented": "fail", "not-applicable": "not-applicable"}
_STATUS_DOUBT = {
    "secondary": Text("the text was read in a secondary source only", "le texte n'a été lu que dans une source secondaire"),
    "recalled": Text("the text was not read in any source", "le texte n'a été lu dans aucune source"),
}


class Messages(NamedTuple):
    """How findings other than plain passes are worded; `statuses` gives how well the text of a control is known."""

    table: FactTable
    place: Callable[[int], Place | None]
    statuses: Callable[[str], str]

    def fail(self, rule: Rule, subject: Thing, reference: SubjectRef, facts: tuple[Fact, ...]) -> Finding:
        """A fail, with the rule's own message filled with the subject's facts."""
        sure, reason = self.confidence(rule, facts)
        said = Text(_filled(rule.message.en, subject, "en"), _filled(rule.message.fr, subject, "fr"))
        return self._finding(rule, subject, reference, "fail", facts, said, sure, reason, ())

    def unknown(self, rule: Rule, subject: Thing, reference: SubjectRef, facts: tuple[Fact, ...], missing: tuple[str, ...]) -> Finding:
        """An unknown, which names what to declare."""
        sure, reason = self.confidence(rule, facts)
        doubt = next((fact.doubt for fact in facts if fact.doubt is not None and (fact.value is UNKNOWN or fact.recalled)), None)
        said = _not_shown(rule.title, missing)
        return self._finding(rule, subject, reference, "unknown", facts, said, sure, doubt or reason, missing)

    def manual(self, rule: Rule, subject: Thing, reference: SubjectRef) -> Finding:
        """A requirement that only a person can answer, not answered yet."""
        said = Text(
            f"To attest: {rule.title.en}. Answer under `attestations.{rule.attest}`.",
            f"À attester : {rule.title.fr}. Répondre sous `attestations.{rule.attest}`.",
        )
        missing = (f"attestations.{rule.attest}",)
        return self._finding(rule, subject, reference, "manual", (), said, rule.confidence, rule.confidence_reason, missing)

    def attested(self, rule: Rule, subject: Thing, reference: SubjectRef, given: Attestation) -> Finding:
        """The verdict that an answer gives."""
        by, day = given.record.values.get("by", ""), given.record.values.get("date", "")
        verdict = _VERDICT_OF.get(given.status, "manual")
        said = Text(f"attested by {by} on {day}: {given.status}", f"attesté par {by} le {day} : {given.status}")
        fact = Fact(given.record.path, given.status, mark=given.record.mark)
        kept = self._finding(rule, subject, reference, verdict, (fact,), said, rule.confidence, said, ())
        return kept if verdict in ("fail", "manual") else kept._replace(message=None, place=None)

    def section_left_out(self, rule: Rule, section: str) -> Finding:
        """The one unknown that the application bears for a section that nobody wrote."""
        said = Text(
            f"Not shown: {rule.title.en}. The section `{section}` is left out: declare it, or say that there is none.",
            f"Non démontré : {rule.title.fr}. La section `{section}` est absente : la déclarer, ou dire qu'il n'y en a pas.",
        )
        return Finding(rule.id, SubjectRef("application", "application"), "unknown", message=said, missing=(section,))

    def confidence(self, rule: Rule, facts: tuple[Fact, ...]) -> tuple[Confidence, Text | None]:
        """The least sure of the rule's reading, of the sources of its texts and of the facts, with the reason."""
        doubts = [(rule.confidence, rule.confidence_reason), _source_doubt(rule, self.statuses), least_sure(facts)]
        return max(doubts, key=lambda doubt: doubt[0].rank)

    def _finding(
        self, rule: Rule, subject: Thing, reference: SubjectRef, verdict: Verdict, facts: tuple[Fact, ...],
        message: Text, sure: Confidence, reason: Text | None, missing: tuple[str, ...],
    ) -> Finding:  # fmt: skip
        shown = self.table.of(facts)
        places = self._places(shown)
        own = self.place(mark) if (mark := getattr(subject, "mark", 0)) else None
        return Finding(
            rule.id, reference, verdict, shown, message, reason, sure.value, missing,
            place=places[0] if places else own, related=tuple(places[1:]),
        )  # fmt: skip

    def _places(self, shown: tuple[int, ...]) -> list[Place]:
        known = self.table.facts
        marks = dict.fromkeys([mark for index in shown if (mark := known[index].mark)])
        return [place for mark in islice(marks, _MOST_PLACES) if (place := self.place(mark)) is not None]


def _source_doubt(rule: Rule, statuses: Callable[[str], str]) -> tuple[Confidence, Text | None]:
    """A mandatory verdict on a text that was not read in the original is less than sure."""
    if rule.level == "recommended":
        return Confidence.HIGH, None
    known = [statuses(control) for control in rule.controls] + [source.status for source in rule.sources]
    if "verified" in known:
        return Confidence.HIGH, None
    best = "secondary" if "secondary" in known else "recalled"
    return (Confidence.MEDIUM if best == "secondary" else Confidence.LOW), _STATUS_DOUBT[best]


def _not_shown(title: Text, missing: tuple[str, ...]) -> Text:
    paths = ", ".join(f"`{path}`" for path in missing[:_MOST_SAID])
    if not missing:
        return Text(f"Not shown: {title.en}.", f"Non démontré : {title.fr}.")
    return Text(f"Not shown: {title.en}. To declare: {paths}.", f"Non démontré : {title.fr}. À déclarer : {paths}.")


def _filled(template: str, subject: Thing, language: str) -> str:
    return _HOLE.sub(lambda hole: _said_hole(subject, hole[1], language), template)


def _said_hole(subject: Thing, path: str, language: str) -> str:
    """A degree of exposure in words, since it is a machine value; anything else as it is."""
    value = _hole_value(subject, path)
    said = _DEGREES.get(str(value)) if path.rpartition(".")[2].endswith("degree") else None
    return (said.fr if language == "fr" else said.en) if said is not None else said_value(value, language)


def _hole_value(subject: Thing, path: str) -> object:
    return getattr(subject, "id", "") if path == "id" else subject.fact(path).value


def said_value(value: object, language: str) -> str:
    """A value as a person reads it."""
    if value is UNKNOWN:
        return _UNSAID.fr if language == "fr" else _UNSAID.en
    if isinstance(value, bool):
        return _FLAGS[value].fr if language == "fr" else _FLAGS[value].en
    if isinstance(value, Fact):
        return said_value(value.value, language)
    if type(value) is tuple:
        said = list(dict.fromkeys(said_value(item, language) for item in value)) or [_NONE.fr if language == "fr" else _NONE.en]
        return ", ".join(said[:_MOST_SAID]) + (" …" if len(said) > _MOST_SAID else "")
    if not isinstance(value, str) and hasattr(value, "fact"):
        return said_value(value.fact("id").value, language)
    return str(value)
