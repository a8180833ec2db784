"""The requirements of the texts on a day, with the rules that speak for each: made once for any number of descriptions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from hds_audit.model.framework import Control, Framework, Frameworks
from hds_audit.model.report import Basis, CoverageRow, Judged, Rests, RuleView

SHOWN_BY = {  # texts whose inside of the host a certificate answers for, and where the host shows one that covers what it does
    "hds:": "csp:R.1111-8-8.II",  # not L.1111-8 II, which a publisher's own debated activity leaves open
    "hds-v1:": "csp:R.1111-8-8.II",
    "secnumcloud:": "secnumcloud:19.6",
}
IDLE = ("hds:", "hds-v1:", "secnumcloud:", "csp:", "gdpr:", "sren:31", "circular:")  # texts whose rules tell whether they bind anybody here
_RANKS: tuple[tuple[Basis, Rests], ...] = (
    ("observed", "technical"), ("declared", "technical"), ("inherited", "certificate"), ("attested", "document"), ("none", "auditor"),
)  # fmt: skip


class Requirement(NamedTuple):
    """A requirement with what does not change from one audit to the next; `row` says that it does not apply."""

    control: Control
    row: CoverageRow
    counts: bool
    """Whether it is a requirement in force on that day."""


class Sheet(NamedTuple):
    """Every requirement, and the rules that speak for one text alone or for a requirement that certificates show."""

    requirements: tuple[Requirement, ...]
    own: Mapping[str, frozenset[str]]
    showing: Mapping[str, tuple[str, ...]]
    attested: frozenset[str]
    """The rules that ask a person for the whole."""


def sheet(frameworks: Frameworks, rules: Mapping[str, RuleView], on: date) -> Sheet:
    """The requirements of a day, in the order of the texts; a user's rule speaks for none."""
    ours = [rule for rule in rules.values() if rule.ours]
    rules_of: defaultdict[str, list[str]] = defaultdict(list)
    for rule in ours:
        for control in rule.controls:
            rules_of[control].append(rule.id)
    return Sheet(
        tuple(_requirement(control, frameworks, tuple(rules_of[control.id]), on) for control in frameworks),
        {text: _own(ours, text) for text in dict.fromkeys((*SHOWN_BY, *IDLE))},
        {shown: tuple(rules_of[shown]) for shown in SHOWN_BY.values()},
        frozenset(rule.id for rule in rules.values() if rule.requires is None),
    )


def _own(rules: list[RuleView], text: str) -> frozenset[str]:
    """The rules that speak for one text alone."""
    return frozenset(rule.id for rule in rules if rule.controls and all(control.startswith(text) for control in rule.controls))


def _requirement(control: Control, frameworks: Frameworks, rules: tuple[str, ...], on: date) -> Requirement:
    counts = control.in_force(on) and control.kind == "requirement"
    return Requirement(control, _row(control, frameworks.text(control.framework), rules, on), counts)


def _row(control: Control, text: Framework | None, rules: tuple[str, ...], on: date) -> CoverageRow:
    """The row of a requirement that does not apply, with its state as far as it differs from the state of its text."""
    row = CoverageRow(
        control.id, control.title, control.framework, "not-applicable", _judged(control, rules), rules, "none",
        control.addressees[0] if control.addressees else "customer", control.remains, control.in_force(on), control.kind,
    )  # fmt: skip
    if text is None:
        return row
    return row._replace(
        nature=control.nature if control.nature != text.nature else "",
        since=control.since if control.since != text.since else None,
        status=control.status if control.status != status_of(text) else "",
        warning=control.warning,
        rests=_rests(control.basis),
    )


def status_of(text: Framework) -> str:
    """How well a text is known."""
    return text.sources[0].status if text.sources else "recalled"


def _rests(basis: tuple[Basis, ...]) -> Rests | Literal[""]:
    """The strongest of the grounds that a requirement names; "" where it names none."""
    return next((rests for name, rests in _RANKS if name in basis), "")


def _judged(control: Control, rules: tuple[str, ...]) -> Judged:
    if control.visibility in ("judged", "part") and not rules:
        return "attestation"
    return "whole" if control.visibility == "judged" else control.visibility
