"""Passwords of each public, and whether another measure may make up for a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.element import Element
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_BESIDE = Text(
    "another factor is required beside it: that this makes up for a shorter password is to be shown",
    "un autre facteur est exigé en plus : reste à établir qu'il compense un mot de passe plus court",
)


def _passwords(_: World, component: Subject) -> Fact:
    """The publics that sign in with a password; open where nobody says how they do."""
    path, said = f"{component.path}.passwords", component.fact("authentication")
    if said.value is UNKNOWN or said.value is True:
        return unknown(path, said.path, because=(said,))
    publics = [item for item in said.value if isinstance(item, Part)] if isinstance(said.value, tuple) else []
    return Fact(path, tuple(item for public in publics for item in _of_public(public)), Origin.DERIVED, because=(said,))


def _of_public(public: Part) -> tuple[object, ...]:
    means = public.fact("means")
    if not isinstance(means.value, tuple):
        return (unknown(means.path, because=(means,)),) if means.value is not False else ()
    if "password" not in means.value:
        return ()
    names = ("entropy", "lockout", "mfa")
    facts = {"id": public.fact("id"), **{name: public.fact(name) for name in names}, "other_measure": _other_measure(public, means)}
    return (Element(public.path, facts),)


def _other_measure(public: Part, means: Fact) -> Fact:
    """False where the password opens alone; what another factor is worth, no description shows."""
    path, several = f"{public.path}.other_measure", public.fact("mfa")
    if means.value == ("password",):
        return derived(path, False, means)
    if several.value is False:
        return derived(path, False, several)
    if several.value is UNKNOWN:
        return unknown(path, several.path, because=(several,))
    return unknown(path, f"{public.path}.entropy", because=(means, several), doubt=_BESIDE)


DERIVATIONS = {("component", "passwords"): _passwords}
