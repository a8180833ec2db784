"""What became of each requirement of each text: a control is never green because nothing looked at it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hds_audit.evaluate.attestation import Attestation
from hds_audit.evaluate.requirements import IDLE, SHOWN_BY, Requirement, Sheet
from hds_audit.model.fact import Fact, Origin
from hds_audit.model.framework import Control
from hds_audit.model.report import Basis, CoverageRow, Finding, Judged, SubjectRef, Verdict

_WORST: tuple[Verdict, ...] = ("error", "fail", "unknown", "manual", "pass", "not-applicable")
_NEVER: frozenset[Verdict] = frozenset({"not-applicable"})
_SURE: tuple[Basis, ...] = ("inherited", "observed")


class Evidence(NamedTuple):
    """What coverage reads: findings, what each of the facts comes down to and the answers given."""

    findings: Sequence[Finding]
    bases: Sequence[Basis]
    given: tuple[Attestation, ...]


class _Met(NamedTuple):
    """What was met under one rule: its verdicts, and what its passes rest on."""

    verdicts: set[Verdict]
    bases: set[Basis]


_UNASKED = _Met(set(), set())


def coverage(sheet: Sheet, evidence: Evidence) -> tuple[CoverageRow, ...]:
    """A row for each requirement, in the order of the texts."""
    found = _by_rule(evidence.findings)
    met = {rule: _met(asked, evidence.bases) for rule, asked in found.items()}
    inside = {text: _inside(sheet, evidence, found, text) for text in SHOWN_BY}
    idle = tuple(text for text in IDLE if _is_idle(sheet.own[text], met))
    asked = {rule for rule in sheet.attested if met.get(rule, _UNASKED).verdicts == _NEVER}
    return tuple(
        _row(
            each, met, evidence.given, _inherited(each.control, inside),
            outside=each.control.id.startswith(idle) or not asked.isdisjoint(each.row.rules),
        ) if each.counts else each.row
        for each in sheet.requirements
    )  # fmt: skip


def _is_idle(own: frozenset[str], met: Mapping[str, _Met]) -> bool:
    """Whether a text binds nobody here: its own rules were asked, and none applies to anything."""
    verdicts = [met[rule].verdicts for rule in own if rule in met]
    return bool(verdicts) and all(each == _NEVER for each in verdicts)


def _by_rule(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.rule].append(finding)
    return found


def _met(asked: list[Finding], bases: Sequence[Basis]) -> _Met:
    resting: set[Basis] = set()
    for finding in asked:
        if finding.verdict == "pass":
            resting.add(_basis_of(finding, bases))
            if "declared" in resting:  # nothing is weaker
                break
    return _Met({finding.verdict for finding in asked}, resting)


def _basis_of(finding: Finding, bases: Sequence[Basis]) -> Basis:
    """What one pass rests on: a certificate, an observation or what is declared."""
    met = {bases[index] for index in finding.facts}
    return next((basis for basis in _SURE if basis in met), "declared")


def bases_of(facts: Sequence[Fact], because: Sequence[tuple[int, ...]]) -> list[Basis]:
    """What each fact comes down to through all that it rests on; what a fact rests on stands before it in the table."""
    found: list[Basis] = []
    for fact, premises in zip(facts, because, strict=True):
        if fact.path.startswith("certificates.") or fact.source.startswith("catalogue: certificates"):
            found.append("inherited")
        else:
            met = {found[premise] for premise in premises}
            seen = fact.origin is Origin.OBSERVED or "observed" in met
            found.append("inherited" if "inherited" in met else "observed" if seen else "declared")
    return found


def _inside(sheet: Sheet, evidence: Evidence, found: Mapping[str, list[Finding]], text: str) -> Verdict | None:
    """What certificates say of the inside of the hosts that a text binds: it binds none, each is certified under it, or not known.

    A text binds a host where one of its own rules applies to it: a certificate of version 1 answers for nothing of version 2.
    """
    asked = [finding for rule in sheet.own[text] for finding in found.get(rule, ()) if finding.subject.kind == "host"]
    bound = {finding.subject for finding in asked if finding.verdict != "not-applicable"}
    if not bound:
        return "not-applicable" if asked else None
    return "pass" if bound <= _certified(evidence, found, sheet.showing[SHOWN_BY[text]]) else None


def _certified(evidence: Evidence, found: Mapping[str, list[Finding]], showing: tuple[str, ...]) -> set[SubjectRef]:
    """Hosts that pass on a certificate what shows one; who passes without (it hosts for itself) shows nothing of its inside."""
    asked = [finding for rule in showing for finding in found.get(rule, ())]
    certified = {each.subject for each in asked if each.verdict == "pass" and _basis_of(each, evidence.bases) == "inherited"}
    return certified - {each.subject for each in asked if each.verdict not in ("pass", "not-applicable")}


def _inherited(control: Control, inside: Mapping[str, Verdict | None]) -> Verdict | None:
    return next((verdict for text, verdict in inside.items() if control.id.startswith(text)), None)


def _row(
    asked: Requirement, met: Mapping[str, _Met], given: tuple[Attestation, ...], inherited: Verdict | None, *, outside: bool
) -> CoverageRow:
    blank = asked.row
    found = [met[rule] for rule in blank.rules if rule in met]
    verdict, basis = _verdict(asked.control, blank.judged, found, given, inherited, outside=outside)
    return blank._replace(verdict=verdict, basis=basis)


def _verdict(
    control: Control, judged: Judged, met: list[_Met], given: tuple[Attestation, ...], inherited: Verdict | None, *, outside: bool
) -> tuple[Verdict, Basis]:  # fmt: skip
    """The worst of its rules; in part it is at best manual, unless a person answered for the rest.

    That what is judged of it does not apply says nothing of the rest: it does not apply where it is `outside` what binds anybody here,
    or where a rule that asks a person for the whole of it does not.
    """
    verdicts = {verdict for each in met for verdict in each.verdicts}
    worst = next((verdict for verdict in _WORST if verdict in verdicts), None)
    bases = {basis for each in met for basis in each.bases}
    if worst in ("error", "fail", "unknown"):
        return worst, _basis(bases) if bases else "declared"
    if judged == "whole" and worst in ("pass", "not-applicable"):
        return worst, _basis(bases)
    answers = [item for item in given if item.control == control.id and item.counts]
    if answers:
        return _answered(answers, worst)
    if judged == "invisible" and inherited:
        return inherited, "inherited" if inherited == "pass" else "none"
    return ("not-applicable" if worst == "not-applicable" and outside else "manual"), _basis(bases)


def _answered(answers: list[Attestation], worst: Verdict | None) -> tuple[Verdict, Basis]:
    statuses = {item.status for item in answers}
    if "not-implemented" in statuses:
        return "fail", "attested"
    return ("not-applicable" if statuses == {"not-applicable"} and worst != "pass" else "pass"), "attested"


def _basis(bases: set[Basis]) -> Basis:
    """The weakest of what passes rest on."""
    return next((basis for basis in ("declared", "inherited", "observed") if basis in bases), "none")
