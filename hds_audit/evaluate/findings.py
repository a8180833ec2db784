"""Every rule on every subject: one finding each, passes included."""

from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation, answer
from hds_audit.evaluate.docket import Applied, Docket, Judged
from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.message import Messages
from hds_audit.evaluate.panel import Panel, Ruling
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED
from hds_audit.model.report import Finding, SubjectRef
from hds_audit.model.text import Text

_ALWAYS = Applied(TRUE)


class Bench(NamedTuple):
    """What every rule is judged with."""

    docket: Docket
    given: tuple[Attestation, ...]
    messages: Messages
    table: FactTable


def findings(panel: Panel, bench: Bench) -> tuple[Finding, ...]:
    """The findings of the rules of a panel, in their order and that of the description; a rule that breaks gives `error`."""
    found: list[Finding] = []
    for ruling in panel.rulings:
        found.extend(_of_rule(ruling, bench))
    return tuple(found)


def _of_rule(ruling: Ruling, bench: Bench) -> Iterator[Finding]:
    rule, docket = ruling.rule, bench.docket
    entries = docket.entries(rule.subject)
    if not entries:
        section = docket.section_missing(rule.subject)
        if section is not None:
            yield bench.messages.section_left_out(ruling, section)
        return
    judge = _judged if rule.require is not None else _attested
    applied = docket.applied(rule, rule.when) if rule.when is not None else repeat(_ALWAYS, len(entries))
    for (subject, reference), applies in zip(entries, applied, strict=False):
        try:
            if applies.value == FALSE:
                yield Finding(rule.id, reference, "not-applicable", bench.table.of(applies.facts))
            elif applies.broke is not None:
                yield _broken(rule.id, reference, applies.broke)
            else:
                yield judge(ruling, bench, applies, subject, reference)
        except Exception as error:  # one rule that breaks must not hide what the others say
            yield _broken(rule.id, reference, error)


def _broken(rule: str, reference: SubjectRef, error: Exception) -> Finding:
    said = f"{type(error).__name__}: {error}"
    reason = Text(f"the rule broke: {said}", f"la règle a échoué : {said}")
    return Finding(rule, reference, "error", reason=reason, message=reason)


def _judged(ruling: Ruling, bench: Bench, applies: Applied, subject: Judged, reference: SubjectRef) -> Finding:
    value, facts = ruling.require(subject)
    decides = ruling.decides
    if value == TRUE and decides:
        return bench.messages.passed(ruling, reference, facts)
    if applies.value == UNDECIDED:
        return bench.messages.unknown(ruling, subject, reference, applies.facts)
    if value == UNDECIDED or not decides:
        return bench.messages.unknown(ruling, subject, reference, facts)
    return bench.messages.fail(ruling, subject, reference, facts)


def _attested(ruling: Ruling, bench: Bench, applies: Applied, subject: Judged, reference: SubjectRef) -> Finding:
    """A person's answer counts; without one, whether anything is to be answered comes first."""
    given = answer(bench.given, ruling.rule.attest, subject.id)
    if given is not None:
        return bench.messages.attested(ruling, subject, reference, given)
    if applies.value == UNDECIDED:
        return bench.messages.unknown(ruling, subject, reference, applies.facts)
    return bench.messages.manual(ruling, subject, reference)
