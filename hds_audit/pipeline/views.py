"""From what an audit holds to what a report shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hds_audit.evaluate.panel import Ruling
from hds_audit.evaluate.requirements import status_of
from hds_audit.model.exposure import Exposure
from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.model.fields import Either, Kind, Many, Reference
from hds_audit.model.framework import Framework, Frameworks
from hds_audit.model.place import Place
from hds_audit.model.record import Record
from hds_audit.model.report import ExposureView, FactView, OrganisationView, PlacesView, Report, RuleView, StepView, TextView
from hds_audit.model.rule import Rule
from hds_audit.model.text import Text
from hds_audit.model.values import Day, Span
from hds_audit.pipeline.knowledge import Sentences
from hds_audit.resolve.organisation_facts import stricter_country
from hds_audit.resolve.organisations import profile
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import World

_AS_IT_IS = frozenset({str, bool, int, float})
_HOLDS = (Record, dict, tuple)  # by their own type: days and spans are tuples of another

Placed = Callable[[int], Place | None]


def rule_view(ruling: Ruling, words: Sentences, frameworks: Frameworks) -> RuleView:
    """A rule of a day as the report shows it."""
    shown = rule_shown(ruling.rule, words, ruling.sure.value, ruling.doubt)
    families = frameworks.families(shown.framework, shown.controls)
    return shown._replace(families=families[1:]) if len(families) > 1 else shown


def rule_shown(rule: Rule, words: Sentences, sure: str, doubt: Text | None) -> RuleView:
    """A rule as the report shows it, with its conditions in words."""
    return RuleView(
        rule.id, rule.framework, rule.title, rule.controls, rule.related, rule.level, rule.severity, rule.addressee, rule.subject,
        rule.remedy, rule.limits, *words,
        rule.sources, rule.effort, rule.ours, sure, doubt,
    )  # fmt: skip


def fact_views(facts: Iterable[tuple[Fact, tuple[int, ...]]], place: Placed) -> list[FactView]:
    """The facts of an audit, each with the rows it rests on; a value that is not known is null and its path says what is missing."""
    return [
        FactView(
            fact.path, value if type(value := fact.value) in _AS_IT_IS else plain_value(value), fact.origin.value,
            place(fact.mark) if fact.mark else None, fact.source, grounds,
        )
        for fact, grounds in facts
    ]  # fmt: skip


def plain_value(value: object, depth: int = 2) -> object:
    """A value as JSON holds it: a thing as its identifier or path, a mapping as its plain keys."""
    if value is UNKNOWN or value is None:
        return None
    if type(value) in _AS_IT_IS:
        return value
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
    return ExposureView(*exposure[:7], path=steps, role=exposure.role)


def told(report: Report, world: World, frameworks: Frameworks) -> Report:
    """The report with what its readers need beside findings: names of organisations, places of hosts, the state of the law."""
    return report._replace(
        organisations=tuple(_organisations(report, world)),
        places=tuple(_places(host) for host in world.subjects("host")),
        texts=tuple(_text(text) for text in frameworks.texts),
    )


def _text(text: Framework) -> TextView:
    source = text.sources[0] if text.sources else None
    known = (source.ref, source.read, source.url) if source is not None else ()
    return TextView(text.id, text.title, text.version, text.nature, text.since, text.until, status_of(text), *known)


def _places(host: Subject) -> PlacesView:
    found = host.fact("places").value
    countries = [item.value if isinstance(item, Fact) else UNKNOWN for item in found] if isinstance(found, tuple) else [UNKNOWN]
    named = dict.fromkeys(each for each in countries if isinstance(each, str))
    return PlacesView(host.id, tuple(named), UNKNOWN not in countries)


def _organisations(report: Report, world: World) -> Iterator[OrganisationView]:
    """Those that the description names and those that the report speaks of, with everyone above them; each once."""
    declared = world.description.section("organisations")
    names = dict.fromkeys((*declared, *_named(world.description.root, {}), *_spoken_of(report)))
    waiting = list(names)
    for name in waiting:
        view = organisation_view(world, name)
        above = [each for each in view.parents if each not in names]
        names.update(dict.fromkeys(above))
        waiting += above
        if view != OrganisationView(name, name):
            yield view


def organisation_view(world: World, name: str) -> OrganisationView:
    """An organisation as the report shows it: its name, its country, who controls it."""
    held, subject = profile(world, name), world.subject("organisation", name)
    entry, country = world.catalogue.organisation(name), stricter_country(world, held)
    called = subject.record.values.get("name") if subject is not None else None
    return OrganisationView(
        name,
        str(called or (entry.name if entry is not None else name)),
        str(country.value) if country is not None else "",
        tuple(dict.fromkeys(str(fact.value) for fact in held.parents if isinstance(fact.value, str))),
    )


def _spoken_of(report: Report) -> Iterator[str]:
    for each in report.exposures:
        yield each.organisation
        yield from (step.id for step in each.path if step.kind == "organisation")
    yield from (row.performer for row in report.activities)
    yield from (who for row in report.custody for who, _, _ in row.users)


def _named(value: object, naming: dict[int, frozenset[str]]) -> Iterator[str]:
    """The organisations that a mapping of the description names, at any depth; `naming` has the keys that do so, by kind of mapping."""
    if isinstance(value, Record):
        keys = naming.get(id(value.type))
        if keys is None:
            keys = naming[id(value.type)] = frozenset(field.name for field in value.type.fields if _is_organisation(field.kind))
        for key, item in value.values.items():
            if key in keys:
                yield from (each for each in (item if isinstance(item, tuple) else (item,)) if isinstance(each, str))
            if type(item) in _HOLDS:
                yield from _named(item, naming)
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            if type(each) in _HOLDS:
                yield from _named(each, naming)


def _is_organisation(kind: Kind) -> bool:
    if isinstance(kind, Many):
        return _is_organisation(kind.of)
    if isinstance(kind, Either):
        return any(_is_organisation(each) for each in kind.kinds)
    return isinstance(kind, Reference) and "organisations" in kind.sections
