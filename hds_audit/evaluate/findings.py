"""Every rule on every subject: one finding each, passes included."""

from itertools import chain
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation, answer
from hds_audit.evaluate.docket import Case, Subjects
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.message import Messages
from hds_audit.evaluate.panel import Panel, Ruling
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Outcome
from hds_audit.model.report import Finding, SubjectRef
from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text

_ALWAYS: Outcome = (TRUE, ())
_MANY = 50  # of more subjects than this, what was looked up is let go once they are judged: who asks again looks again


class Bench(NamedTuple):
    """What every rule is judged with."""

    subjects: Subjects
    given: tuple[Attestation, ...]
    messages: Messages
    table: FactTable


def findings(panel: Panel, bench: Bench) -> tuple[Finding, ...]:
    """The findings of the rules of a panel, in their order and that of the description; a rule that breaks gives `error`.

    Subject by subject, so that what many rules ask of one is held for that one only.
    """
    found: dict[str, list[Finding]] = {ruling.rule.id: [] for ruling in panel.rulings}
    kinds = dict.fromkeys(ruling.rule.subject for ruling in panel.rulings)
    for kind in sorted(kinds, key=lambda kind: len(bench.subjects.of_kind(kind))):  # what the few ask of the many is still held then
        rulings = tuple(ruling for ruling in panel.rulings if ruling.rule.subject == kind)
        _of_kind(kind, rulings, bench, found)
    return tuple(chain.from_iterable(found.values()))


def _of_kind(kind: SubjectKind, rulings: tuple[Ruling, ...], bench: Bench, found: dict[str, list[Finding]]) -> None:
    subjects = bench.subjects.of_kind(kind)
    section = None if subjects else bench.subjects.section_missing(kind)
    if section is not None:
        for ruling in rulings:
            found[ruling.rule.id].append(bench.messages.section_left_out(ruling, section))
    listed = [(ruling, found[ruling.rule.id]) for ruling in rulings]
    for number, subject in enumerate(subjects, 1):
        case = Case(subject, kind)
        for ruling, kept in listed:
            kept.append(_finding(ruling, bench, case))
        if len(subjects) > _MANY:
            subject.forget()
        if number % _MANY == 0:
            bench.table.forget()


def _finding(ruling: Ruling, bench: Bench, case: Case) -> Finding:
    rule = ruling.rule
    try:
        applies = case.answer(rule.when, ruling.applies) if rule.when is not None else _ALWAYS
        if isinstance(applies, Exception):
            return _broken(rule.id, case.reference, applies)
        if applies[0] == FALSE:
            return Finding(rule.id, case.reference, "not-applicable", bench.table.of(applies[1]))
        return _judged(ruling, bench, applies, case) if rule.require is not None else _attested(ruling, bench, applies, case)
    except Exception as error:  # one rule that breaks must not hide what the others say
        return _broken(rule.id, case.reference, error)


def _broken(rule: str, reference: SubjectRef, error: Exception) -> Finding:
    said = f"{type(error).__name__}: {error}"
    reason = Text(f"the rule broke: {said}", f"la règle a échoué : {said}")
    return Finding(rule, reference, "error", reason=reason, message=reason)


def _judged(ruling: Ruling, bench: Bench, applies: Outcome, case: Case) -> Finding:
    value, facts = ruling.require(case.subject)
    if value == TRUE and ruling.decides:
        return bench.messages.passed(ruling, case.reference, facts)
    if applies[0] == UNDECIDED:
        return bench.messages.unknown(ruling, case.subject, case.reference, applies[1], waits=True)
    if value == UNDECIDED or not ruling.decides:
        return bench.messages.unknown(ruling, case.subject, case.reference, facts)
    return bench.messages.fail(ruling, case.subject, case.reference, facts)


def _attested(ruling: Ruling, bench: Bench, applies: Outcome, case: Case) -> Finding:
    """A person's answer counts; without one, whether anything is to be answered comes first."""
    given = answer(bench.given, ruling.rule.attest, case.subject.id)
    if given is not None:
        return bench.messages.attested(ruling, case.subject, case.reference, given)
    if applies[0] == UNDECIDED:
        return bench.messages.unknown(ruling, case.subject, case.reference, applies[1], waits=True)
    return bench.messages.manual(ruling, case.subject, case.reference)
