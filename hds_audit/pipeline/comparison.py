"""Two reports compared: each finding that moved, with what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from hds_audit.model.difference import Cause, Change, ChangeKind, Comparison, ValueChange
from hds_audit.model.report import FactView, Finding, Report, RuleView, Verdict
from hds_audit.model.rule import LEVELS, SEVERITIES
from hds_audit.pipeline.same_flows import as_named_now

_BAD = ("error", "fail", "unknown")
_MENDED = ("pass", "not-applicable")
_ELSEWHERE: frozenset[Cause] = frozenset({"rules", "law", "scope"})
_MOST_DESCRIBED, _MOST_VALUES = 200, 6
_CAUSE_OF: dict[str, Cause] = {
    "declared": "description", "documented": "description", "observed": "observation", "catalogued": "catalogue",
}  # fmt: skip
_CAUSES: tuple[Cause, ...] = ("description", "observation", "catalogue", "rules", "law", "date", "waiver", "scope", "tool")


class _Side(NamedTuple):
    """One report with its findings by fingerprint and its facts by path."""

    report: Report
    findings: Mapping[str, Finding]
    facts: Mapping[str, FactView]


def compare(old: Report, new: Report) -> Comparison:
    """What lies between an earlier report and a later one."""
    before, after = _side(old._replace(findings=as_named_now(old, new))), _side(new)
    names = list(dict.fromkeys([*after.findings, *before.findings]))
    changes = [change for name in names if (change := _change(name, before, after)) is not None]
    described = list(_described("", old.description, new.description))
    return Comparison(
        old, new, tuple(sorted(changes, key=_weight)), tuple(described[:_MOST_DESCRIBED]), max(0, len(described) - _MOST_DESCRIBED),
        *_laws(old, new),
    )  # fmt: skip


def _side(report: Report) -> _Side:
    return _Side(report, {finding.fingerprint: finding for finding in report.findings}, {fact.path: fact for fact in report.facts})


def _weight(change: Change) -> tuple[int, int, str, str]:
    return LEVELS.index(change.rule.level), SEVERITIES.index(change.rule.severity), change.rule.id, change.finding.subject.id


def _change(name: str, before: _Side, after: _Side) -> Change | None:
    then, now = before.findings.get(name), after.findings.get(name)
    kind = _kind(then, now)
    finding = now or then
    if kind is None or finding is None:
        return None
    side = after if now is not None else before
    values = tuple(islice(_values(then, now, before, after), _MOST_VALUES))
    causes = _causes(then, now, values, before, after)
    if now is None and not _ELSEWHERE.isdisjoint(causes):
        kind = "changed"  # nobody mended anything: nobody looks at it any more
    return Change(kind, side.report.rules[finding.rule], finding, _verdict(then), _verdict(now), causes, values)


def _verdict(finding: Finding | None) -> Verdict | None:
    return finding.verdict if finding is not None else None


def _kind(then: Finding | None, now: Finding | None) -> ChangeKind | None:
    """A fail that was an unknown appeared; a fail that became unknown, or waits for a person, is not fixed."""
    was, is_now = then is not None and then.verdict in _BAD, now is not None and now.verdict in _BAD
    if is_now and (not was or _worse(then, now)):
        return "appeared"
    if was and (now is None or now.verdict in _MENDED):
        return "fixed"
    moved = _verdict(then) != _verdict(now) and then is not None and now is not None
    return "changed" if moved or _waived(then) != _waived(now) else None


def _worse(then: Finding | None, now: Finding | None) -> bool:
    return then is not None and now is not None and then.verdict == "unknown" and now.verdict == "fail"


def _waived(finding: Finding | None) -> bool:
    return finding is not None and finding.waiver is not None


def _values(then: Finding | None, now: Finding | None, before: _Side, after: _Side) -> Iterator[ValueChange]:
    """The facts that either finding rests on and whose value is not the same in both reports."""
    paths = [before.report.facts[index].path for index in then.facts] if then else []
    paths += [after.report.facts[index].path for index in now.facts] if now else []
    for path in dict.fromkeys(paths):
        old, new = before.facts.get(path), after.facts.get(path)
        was = old.value if old else _at(before.report.description, path)
        value = new.value if new else _at(after.report.description, path)
        one_sided = (old is None or new is None) and (old or new or FactView(path, None, "", None, "")).origin in ("derived", "catalogued")
        if was != value and not one_sided:
            yield ValueChange(path, was, value, (new or old or FactView(path, None, "", None, "")).origin)


def _at(tree: object, path: str) -> object:
    """The value at a path of a plain description, None where nothing stands."""
    for key in path.split("."):
        if isinstance(tree, Mapping):
            tree = tree.get(key)
        elif isinstance(tree, list) and key.isdigit() and int(key) < len(tree):
            tree = tree[int(key)]
        else:
            return None
    return tree


def _causes(
    then: Finding | None, now: Finding | None, values: tuple[ValueChange, ...], before: _Side, after: _Side
) -> tuple[Cause, ...]:  # fmt: skip
    finding = now or then
    found: set[Cause] = {_CAUSE_OF[value.origin] for value in values if value.origin in _CAUSE_OF}
    old, new = before.report, after.report
    if "description" in found and old.as_of != new.as_of and old.description == new.description:
        found = (found - {"description"}) | {"date"}  # what is declared of one day counts on some and not on others
    if finding is not None:
        found |= _of_rule(before.report, after.report, finding.rule)
    if _waived(then) != _waived(now):
        found.add("waiver")
    if not found:
        found = _of_inputs(before.report, after.report, rewritten=bool(values) or then is None or now is None)
    return tuple(cause for cause in _CAUSES if cause in found)


def _of_rule(old: Report, new: Report, name: str) -> set[Cause]:
    """Whether the rule itself moved: by another pack or version, or because a text came into force or left it."""
    was, now = old.rules.get(name), new.rules.get(name)
    rewritten = old.tool.rules_digest != new.tool.rules_digest
    if was is None or now is None:
        return {"rules"} if rewritten else {"law"}
    if _condition(was) != _condition(now):
        return {"rules"}
    return {"law"} if was.controls != now.controls and not rewritten else set()


def _condition(rule: RuleView) -> tuple[object, ...]:
    return rule.applies, rule.requires, rule.level, rule.subject


def _of_inputs(old: Report, new: Report, rewritten: bool) -> set[Cause]:
    """What differs between the two audits, where no fact and no rule tells more; the day only counts where nothing was rewritten."""
    found: set[Cause] = set()
    if rewritten and old.description != new.description:
        return {"description"}
    if old.gate.environment != new.gate.environment:
        found.add("scope")
    if old.as_of != new.as_of:
        found.add("date")
    if old.tool.catalogue_digest != new.tool.catalogue_digest:
        found.add("catalogue")
    if old.tool.rules_digest != new.tool.rules_digest:
        found.add("rules")
    if not found and old.description != new.description:
        found.add("description")
    return found or ({"tool"} if old.tool.version != new.tool.version else set())


def _described(path: str, old: object, new: object) -> Iterator[ValueChange]:
    """The deepest paths at which two plain descriptions differ."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _described(f"{path}.{key}" if path else str(key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(item, Mapping) for item in (*old, *new)):
        for index in range(max(len(old), len(new))):
            yield from _described(f"{path}.{index}", old[index] if index < len(old) else None, new[index] if index < len(new) else None)
    elif old != new:
        yield ValueChange(path, old, new, "declared")


def _laws(old: Report, new: Report) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The requirements that came into force between the two days, and those that left it."""
    was = {row.control for row in old.coverage if row.in_force}
    now = {row.control for row in new.coverage if row.in_force}
    known = {row.control for row in old.coverage} & {row.control for row in new.coverage}
    return tuple(sorted((now - was) & known)), tuple(sorted((was - now) & known))
