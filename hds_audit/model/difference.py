"""What lies between two audits: what appeared, what was fixed, what changed otherwise, and why."""

from typing import Literal, NamedTuple

from hds_audit.model.report import Finding, Report, RuleView, Verdict

ChangeKind = Literal["appeared", "fixed", "changed"]
Cause = Literal["description", "observation", "catalogue", "rules", "law", "date", "waiver", "scope", "tool"]


class ValueChange(NamedTuple):
    """A value at a path, before and after (None: not said); `origin` is where the later one comes from."""

    path: str
    before: object
    after: object
    origin: str


class Change(NamedTuple):
    """One rule on one subject, under two verdicts (None: no such finding); `finding` is the later one, or the one that went."""

    kind: ChangeKind
    rule: RuleView
    finding: Finding
    before: Verdict | None
    after: Verdict | None
    causes: tuple[Cause, ...]
    values: tuple[ValueChange, ...] = ()


class Comparison(NamedTuple):
    """Two audits and what lies between them; `described` are the paths of the description that changed, `more` how many are not listed."""

    old: Report
    new: Report
    changes: tuple[Change, ...]
    described: tuple[ValueChange, ...]
    more: int
    into_force: tuple[str, ...]
    out_of_force: tuple[str, ...]

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)
