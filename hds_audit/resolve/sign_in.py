"""Whether a public signs in to a component: said under `authentication`, or to be said where flows come from that public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, derived
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import undecided
from hds_audit.resolve.graph import ends
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import Derivation, World

_COMES_IN = Text(
    "a flow comes from these people, and how they sign in is not said",
    "un flux vient de ces personnes, et leur mode d'authentification n'est pas indiqué",
)


def _signs_in(name: str, public: str) -> Derivation:
    def derive(world: World, component: Subject) -> Fact:
        path, said, kind = f"{component.path}.{name}", component.fact(f"authentication.{public}"), component.fact("kind")
        if said.value not in (UNKNOWN, False):
            return derived(path, True, said)
        if kind.value not in (UNKNOWN, "application"):
            return derived(path, False, kind)
        if said.value is UNKNOWN:
            return undecided(path, [said])
        coming = [flow.fact("from") for flow in ends(world).ending.get(component.id, ()) if flow.record.values.get("from") == public]
        return undecided(path, [said, *coming], said.path, doubt=_COMES_IN) if coming else derived(path, False, said)

    return derive


DERIVATIONS = {
    ("component", "patients_sign_in"): _signs_in("patients_sign_in", "patients"),
    ("component", "professionals_sign_in"): _signs_in("professionals_sign_in", "health-professionals"),
}
