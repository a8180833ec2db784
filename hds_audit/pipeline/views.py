"""From what an audit holds to what a report shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hds_audit.evaluate.sentence import sentence
from hds_audit.model.exposure import Exposure
from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.model.place import Place
from hds_audit.model.record import Record
from hds_audit.model.report import ExposureView, FactView, RuleView, StepView
from hds_audit.model.rule import Rule
from hds_audit.model.values import Day, Span

Placed = Callable[[int], Place | None]


def rule_view(rule: Rule) -> RuleView:
    """A rule as the report shows it."""
    return RuleView(
        rule.id, rule.framework, rule.title, rule.controls, rule.related, rule.level, rule.severity, rule.addressee, rule.subject,
        rule.remedy, rule.limits, sentence(rule.when) if rule.when else None, sentence(rule.require) if rule.require else None,
        rule.sources, rule.effort, rule.ours,
    )  # fmt: skip


def fact_views(facts: Iterable[Fact], place: Placed) -> list[FactView]:
    """The facts of an audit; a value that is not known is null and its path says what is missing."""
    return [
        FactView(fact.path, plain_value(fact.value), fact.origin.value, place(fact.mark) if fact.mark else None, fact.source)
        for fact in facts
    ]  # fmt: skip


def plain_value(value: object, depth: int = 2) -> object:
    """A value as JSON holds it: a thing as its identifier or path, a mapping as its plain keys."""
    if value is UNKNOWN or value is None:
        return None
    if isinstance(value, Day | Span):
        return value.text
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Fact):
        return plain_value(value.value, depth)
    if isinstance(value, Record):
        return _plain_record(value, depth)
    if isinstance(value, tuple | list | frozenset):
        return [plain_value(item, depth) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    record = getattr(value, "record", None)
    if isinstance(record, Record) and depth and not getattr(value, "kind", ""):
        return _plain_record(record, depth)
    return str(getattr(value, "id", "") or getattr(value, "path", "") or value)


def _plain_record(record: Record, depth: int) -> object:
    if not depth:
        return record.path
    return {key: plain_value(item, depth - 1) for key, item in record.values.items() if not isinstance(item, dict)}


def exposure_view(exposure: Exposure, place: Placed) -> ExposureView:
    """An exposure with the places of its steps."""
    steps = tuple(StepView(step.kind, step.id, step.why, place(step.mark) if step.mark else None, step.source) for step in exposure.path)
    return ExposureView(*exposure[:7], path=steps)
