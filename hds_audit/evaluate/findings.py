"""Every rule on every subject: one finding each, passes included."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from hds_audit.evaluate.attestation import Attestation, answer
from hds_audit.evaluate.conditions import compile_condition
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.message import Messages
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Judge, Setting
from hds_audit.model.fact import Confidence, Fact, Thing
from hds_audit.model.place import Place
from hds_audit.model.report import Finding, SubjectRef, Verdict
from hds_audit.model.rule import Rule, SubjectKind
from hds_audit.model.text import Text

_VERDICT: dict[int, Verdict] = {TRUE: "pass", FALSE: "fail", UNDECIDED: "unknown"}


class Judged(Thing, Protocol):
    """A subject as evaluation needs it."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def mark(self) -> int:
        """The packed place of its key."""


class Subjects(NamedTuple):
    """The subjects of an audit: by kind, the application, and the sections that were left out."""

    of_kind: Callable[[SubjectKind], tuple[Judged, ...]]
    section_missing: Callable[[SubjectKind], str | None]


class Bench(NamedTuple):
    """What every rule is judged with."""

    setting: Setting
    subjects: Subjects
    given: tuple[Attestation, ...]
    place: Callable[[int], Place | None]
    messages: Messages
    table: FactTable


def findings(rules: tuple[Rule, ...], bench: Bench) -> tuple[Finding, ...]:
    """The findings of some rules, in the order of the rules and of the description; a rule that breaks gives `error`."""
    return tuple(finding for rule in rules for finding in _of_rule(rule, bench))


def _of_rule(rule: Rule, bench: Bench) -> Iterator[Finding]:
    judge_one = _judging(rule, bench)
    subjects = bench.subjects.of_kind(rule.subject)
    for subject in subjects:
        reference = SubjectRef(rule.subject, subject.id)
        try:
            yield judge_one(subject, reference)
        except Exception as error:  # one rule that breaks must not hide what the others say
            reason = Text(f"the rule broke: {type(error).__name__}: {error}", f"la règle a échoué : {type(error).__name__} : {error}")
            yield Finding(rule.id, reference, "error", reason=reason, message=reason)
    section = bench.subjects.section_missing(rule.subject) if not subjects else None
    if section is not None:
        yield bench.messages.section_left_out(rule, section)


def _judging(rule: Rule, bench: Bench) -> Callable[[Judged, SubjectRef], Finding]:
    when = compile_condition(rule.when, bench.setting) if rule.when is not None else None
    if rule.require is None:
        return lambda subject, reference: _attested(rule, bench, when, subject, reference)
    require = compile_condition(rule.require, bench.setting)
    of, rule_id, messages = bench.table.of, rule.id, bench.messages
    decides = rule.decides

    def judge(subject: Judged, reference: SubjectRef) -> Finding:
        if when is not None:
            applies, grounds = when(subject)
            if applies == FALSE:
                return Finding(rule_id, reference, "not-applicable", of(grounds))
            if applies == UNDECIDED:
                value, facts = require(subject)
                if value == TRUE and decides:
                    return _passed(rule, reference, facts, bench)
                return messages.unknown(rule, subject, reference, grounds, bench.table.missing(grounds))
        value, facts = require(subject)
        if value == TRUE and decides:
            return _passed(rule, reference, facts, bench)
        if value == UNDECIDED or not decides:
            return messages.unknown(rule, subject, reference, facts, bench.table.missing(facts))
        return messages.fail(rule, subject, reference, facts)

    return judge


def _passed(rule: Rule, reference: SubjectRef, facts: tuple[Fact, ...], bench: Bench) -> Finding:
    """A pass is short; it says how sure it is only where it is less than sure."""
    sure, reason = bench.messages.confidence(rule, facts)
    if sure is Confidence.HIGH:
        return Finding(rule.id, reference, "pass", bench.table.of(facts))
    return Finding(rule.id, reference, "pass", bench.table.of(facts), confidence=sure.value, reason=reason)


def _attested(rule: Rule, bench: Bench, when: Judge | None, subject: Judged, reference: SubjectRef) -> Finding:
    applies, grounds = when(subject) if when is not None else (TRUE, ())
    if applies == FALSE:
        return Finding(rule.id, reference, "not-applicable", bench.table.of(grounds))
    given = answer(bench.given, rule.attest, subject.id)
    if given is None:
        return bench.messages.manual(rule, subject, reference)
    return bench.messages.attested(rule, subject, reference, given)


def in_force(rules: tuple[Rule, ...], controls_in_force: Callable[[str], bool]) -> tuple[Rule, ...]:
    """The rules that speak on that day, each citing only the controls in force; one that cites none of its own is a user's."""
    speaking: list[Rule] = []
    for rule in rules:
        cited = tuple(control for control in rule.controls if controls_in_force(control))
        if cited or not rule.controls:
            speaking.append(rule._replace(controls=cited))
    return tuple(speaking)
