"""Whether a public signs in to a component, and whether with several factors: as said under `authentication`, or to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, derived
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
_ONE_FACTOR = frozenset({"password", "otp", "sms", "email-code"})
_TWO_BY_NATURE = frozenset({"pro-sante-connect", "cps", "e-cps"})  # a card or a telephone, and its code
_BELIED = Text(
    "what is said of several factors and the list of means, which is closed, do not agree: one is to be mended",
    "ce qui est dit de plusieurs facteurs et la liste des moyens, qui est fermée, ne s'accordent pas : l'un est à corriger",
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


def several_factors(path: str, mfa: Fact, means: Fact) -> Fact:
    """Whether several factors are required: as said, where the means listed do not belie it; else what the means are by nature."""
    listed = frozenset(map(str, means.value)) if isinstance(means.value, tuple) else frozenset({""})
    two = bool(listed) and listed <= _TWO_BY_NATURE
    if (mfa.value is True and len(listed) < 2 and listed <= _ONE_FACTOR) or (mfa.value is False and two):
        return undecided(path, [mfa, means], means.path, mfa.path, doubt=_BELIED, sure=Confidence.LOW)
    if two:
        return derived(path, True, means)
    return undecided(path, [mfa]) if mfa.value is UNKNOWN else derived(path, mfa.value is True, mfa)


def _several(name: str, public: str) -> Derivation:
    def derive(_: World, component: Subject) -> Fact:
        said = f"authentication.{public}"
        return several_factors(f"{component.path}.{name}", component.fact(f"{said}.mfa"), component.fact(f"{said}.means"))

    return derive


DERIVATIONS = {
    ("component", "patients_sign_in"): _signs_in("patients_sign_in", "patients"),
    ("component", "professionals_sign_in"): _signs_in("professionals_sign_in", "health-professionals"),
    ("component", "patients_several_factors"): _several("patients_several_factors", "patients"),
    ("component", "professionals_several_factors"): _several("professionals_several_factors", "health-professionals"),
}
