"""The part that the operator plays under the GDPR: controller of some data, processor for others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World
_NOBODY = Text(
    "somebody always decides on a processing of personal data: name who",
    "quelqu'un décide toujours d'un traitement de données personnelles : dites qui",
)


def _controllers(world: World, datum: Subject) -> tuple[str, ...] | None:
    said = datum.record.values.get("controller")
    return tuple(organisation_id(world, str(each)) for each in said) if isinstance(said, tuple) else None


def _operator_controls(world: World, datum: Subject) -> Fact:
    """Whether the operator is, alone or with others, the controller of a datum."""
    return _role(world, datum, "operator_controls", lambda names, operator: operator in names)


def _held_for_others(world: World, datum: Subject) -> Fact:
    """Whether the operator handles a datum of which it is not the controller."""
    return _role(world, datum, "held_for_others", lambda names, operator: operator not in names)


def _shared(world: World, datum: Subject) -> Fact:
    """Whether the operator is one of several controllers of a datum; the persons themselves are none."""
    return _role(world, datum, "jointly_controlled", lambda names, operator: operator in names and len({*names} - {"patients"}) > 1)


def _held_for_controllers(world: World, datum: Subject) -> Fact:
    """The same, where one of those who decide is more than a patient with a record of its own."""
    return _role(world, datum, "held_for_controllers", lambda names, operator: operator not in names and bool({*names} - {"patients"}))


def _role(world: World, datum: Subject, name: str, test: Callable[[tuple[str, ...], str], bool]) -> Fact:
    path, controller, operator = f"{datum.path}.{name}", datum.fact("controller"), world.subjects("application")[0].fact("operator")
    names = _controllers(world, datum)
    if names == ():
        return undecided(path, [controller], controller.path, doubt=_NOBODY)
    if names is None or operator.value is UNKNOWN:
        return undecided(path, [fact for fact in (controller, operator) if fact.value is UNKNOWN] or [controller])
    return derived(path, test(names, organisation_id(world, str(operator.value))), controller, operator)


def _any_of(name: str, *qualities: str) -> Derivation:
    """Whether a datum has all of some qualities."""

    def derive(world: World, _: Subject) -> Fact:
        path, data = f"application.{name}", world.subjects("data")
        if not data:
            return unknown(path, "data")
        return some(path, [every(datum.path, [datum.fact(quality) for quality in qualities]) for datum in data])

    return derive


def _own_health_assessed(world: World, _: Subject) -> Fact:
    """Whether an impact assessment covers each health datum of which the operator is a controller."""
    path, data = "application.own_health_data_assessed", world.subjects("data")
    return every(path, [_if_own_health(datum) for datum in data]) if data else unknown(path, "data")


def _if_own_health(datum: Subject) -> Fact:
    done = datum.fact("assessed")
    own = every(done.path, [datum.fact("needs_article_9"), datum.fact("operator_controls")])
    if own.value is False and not own.recalled:
        return derived(done.path, True, own)
    if done.value is True or own.value is True:
        return done
    return undecided(done.path, [own, *([done] if done.value is UNKNOWN else [])])


DERIVATIONS = {
    ("data", "operator_controls"): _operator_controls,
    ("data", "held_for_others"): _held_for_others,
    ("data", "jointly_controlled"): _shared,
    ("data", "held_for_controllers"): _held_for_controllers,
    ("application", "operator_is_controller"): _any_of("operator_is_controller", "is_personal", "operator_controls"),
    ("application", "operator_is_processor"): _any_of("operator_is_processor", "is_personal", "held_for_others"),
    ("application", "works_for_controllers"): _any_of("works_for_controllers", "is_personal", "held_for_controllers"),
    ("application", "own_health_data_assessed"): _own_health_assessed,
    ("application", "operator_controls_health"): _any_of("operator_controls_health", "needs_article_9", "operator_controls"),
}
