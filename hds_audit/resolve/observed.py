"""What the observations of a subject come to when all the addresses of its name are taken together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hds_audit.model.evidence import Evidence, Observation, ObservedFact, Subject, Value
from hds_audit.model.observable import OBSERVABLES, Observable


def observed_facts(evidence: Evidence, subject: Subject) -> tuple[ObservedFact, ...]:
    """One fact for each thing looked for on a subject, in the order of the vocabulary; nothing for what nobody looked for."""
    by_name: dict[str, list[Observation]] = {}
    for each in evidence.about(subject):
        by_name.setdefault(each.name, []).append(each)
    known = (observable for observable in OBSERVABLES if observable.name in by_name)
    return tuple(add_up(observable, by_name[observable.name]) for observable in known)


def subjects(evidence: Evidence) -> tuple[Subject, ...]:
    """Everything that was looked at, in the order of the evidence."""
    return tuple(dict.fromkeys(each.subject for each in evidence.observations))


def add_up(observable: Observable, observations: list[Observation]) -> ObservedFact:
    """Add up the addresses; those that this machine could not go to are left out where others could be reached."""
    reached = [each for each in observations if each.fault != "here"] or observations
    complete = all(each.known for each in reached)
    value = _value(observable, reached, complete)
    doubt = next((each for each in reached if not each.known and each.why), None)
    said = next((each for each in reached if each.why), None)
    why = (doubt if value is None or not complete else said) or said
    at = min(each.at for each in observations)
    return ObservedFact(observations[0].subject, observable.name, value, complete, at, why.why if why else None, tuple(observations))


def _value(observable: Observable, reached: list[Observation], complete: bool) -> Value:
    if observable.form == "yes-no":
        return _yes_no(observable, reached, complete)
    if observable.form == "list":
        found = tuple(dict.fromkeys(_items(reached)))
        return found if found or complete else None
    values = list(dict.fromkeys(each.value for each in reached if each.status == "seen" and each.value is not None))
    if observable.form == "number":
        numbers = [value for value in values if isinstance(value, int | float)]
        return (max if observable.sum == "most" else min)(numbers) if numbers else None
    return values[0] if len(values) == 1 else None


def _yes_no(observable: Observable, reached: list[Observation], complete: bool) -> bool | None:
    """One address is enough for a flaw to be there; a merit is there when every address has it."""
    deciding = "seen" if observable.sum == "any" else "not-seen"
    if any(each.status == deciding for each in reached):
        return observable.sum == "any"
    return observable.sum != "any" if complete else None


def _items(observations: Iterable[Observation]) -> Iterator[str]:
    for each in observations:
        if isinstance(each.value, tuple):
            yield from each.value
