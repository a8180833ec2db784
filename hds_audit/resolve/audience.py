"""Whether French law on trackers governs a flow or a page: an operator settled in France is under it; of others nobody has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import Confidence, Fact, derived
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_ELSEWHERE = Text(
    "the operator is not shown to be settled in France: whether French law on trackers governs that page is for a lawyer",
    "l'établissement de l'exploitant en France n'est pas montré : l'application du droit français des traceurs relève d'un juriste",
)


def _french_trackers(world: World, subject: Subject) -> Fact:
    path, country = f"{subject.path}.french_tracker_law", world.subjects("application")[0].fact("operator.country")
    if country.value == "FR" and not country.recalled:
        return derived(path, True, country)
    return undecided(path, [country], "application.operator", doubt=_ELSEWHERE, sure=Confidence.LOW)


DERIVATIONS = {("flow", "french_tracker_law"): _french_trackers, ("endpoint", "french_tracker_law"): _french_trackers}
