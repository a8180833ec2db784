"""Whether a person in charge is named: a designation that names nobody shows none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, derived
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import undecided

if TYPE_CHECKING:
    from hds_audit.resolve.things import Subject
    from hds_audit.resolve.world import Derivation, World

_NAMES = ("contact", "name", "organisation")
_NOBODY = Text("it is said that there is one, and nobody is named", "une désignation est indiquée, et personne n'est nommé")


def _named(name: str, path: str) -> Derivation:
    """Whether one is named, by a name, a contact or the organisation they belong to."""

    def derive(_: World, application: Subject) -> Fact:
        said = application.fact(path)
        if said.value is UNKNOWN:
            return undecided(f"application.{name}", [said])
        if said.value is False:
            return derived(f"application.{name}", False, said)
        told = next((fact for part in _NAMES if (fact := application.fact(f"{path}.{part}")).value is not UNKNOWN), None)
        if told is None:
            return undecided(f"application.{name}", [said], f"{path}.contact", doubt=_NOBODY)
        return derived(f"application.{name}", True, told)

    return derive


DERIVATIONS = {
    ("application", "dpo_named"): _named("dpo_named", "governance.dpo"),
    ("application", "security_officer_named"): _named("security_officer_named", "governance.security_officer"),
}
