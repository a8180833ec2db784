"""Logs: how long each component's are kept, and whether anything shows that no health data get into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.things import Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_RARELY = Text(
    "logs without health data are rarely so in fact (addresses, error traces): back it by the document of a scan",
    "des journaux sans donnée de santé le sont rarement en fait (adresses, traces d'erreur) : l'étayer par le document d'un balayage",
)


def _own_or_common(name: str, key: str, whole: str) -> Derivation:
    """What a component says, else what is said of the whole system."""

    def derive(world: World, component: Subject) -> Fact:
        path, own = f"{component.path}.{name}", component.fact(key)
        common = world.subjects("application")[0].fact(whole)
        said = own if own.known else common
        return undecided(path, [own], own.path) if said.value is UNKNOWN else derived(path, said.value, said)

    return derive


def _free_of_health(world: World, subject: Subject) -> Fact:
    """True only where a document backs it; what is merely declared stays to be shown."""
    path, said = f"{subject.path}.logs_free_of_health", subject.fact("logging.contains_health_data")
    if said.value is UNKNOWN:
        return undecided(path, [said])
    if said.value is False and said.origin is not Origin.DOCUMENTED:
        return undecided(path, [said], "evidence", doubt=_RARELY, sure=Confidence.MEDIUM)
    return derived(path, said.value is False, said)


DERIVATIONS = {
    ("component", "log_retention"): _own_or_common("log_retention", "logging.retention", "logging.retention"),
    ("component", "clock"): _own_or_common("clock", "time_source", "logging.time_source"),
    ("application", "logs_free_of_health"): _free_of_health,
    ("component", "logs_free_of_health"): _free_of_health,
}
