"""Whether two hosts are apart: by country, provider, region and site, as far as each is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hds_audit.model.fact import Confidence, Fact, derived
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import doubted, undecided
from hds_audit.resolve.performers import is_subcontractor, provider_of
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_ONE_REGION = Text(
    "both lie in one region of one provider: whether on one site is not said",
    "les deux sont dans une même région d'un même fournisseur : on ne sait si c'est sur un même site",
)
_ROOMS = Text(
    "two names are taken for two sites; two rooms of one building would have two names as well",
    "deux noms sont pris pour deux sites ; deux salles d'un même bâtiment auraient aussi deux noms",
)
_ZONE = re.compile(r"-[a-z0-9]+|[a-z]")  # what the code of a zone adds to that of its region
_UNDERNEATH = Text(
    "one provider runs on the other: whether on one site is not said",
    "l'un des fournisseurs s'appuie sur l'autre : on ne sait si c'est sur un même site",
)


def apart(world: World, path: str, here: Subject, there: Subject) -> Fact:
    """Whether two hosts are at two places; one host is one place, and one region of one provider may be."""
    if here.id == there.id:
        return derived(path, False, Fact(here.path, here.id, mark=here.mark))
    if (told := _by_country(path, here, there) or _by_site(world, path, here, there)) is not None:
        return told
    providers = [host.fact("provider") for host in (here, there)]
    if silent := [fact for fact in providers if not fact.known]:
        return undecided(path, silent, *(fact.path for fact in silent))
    if provider_of(world, here) == provider_of(world, there):
        return _by_region(path, here, there, providers)
    if _stacked(world, here, there):
        return undecided(path, providers, *_sites(here, there), doubt=_UNDERNEATH)
    return derived(path, True, *providers)


def _by_country(path: str, here: Subject, there: Subject) -> Fact | None:
    """Two countries are two places; one country says nothing."""
    mine, theirs = here.fact("country"), there.fact("country")
    if not mine.known or not theirs.known or mine.recalled or theirs.recalled or mine.value == theirs.value:
        return None
    return derived(path, True, mine, theirs)


def _by_site(world: World, path: str, here: Subject, there: Subject) -> Fact | None:
    """One site of one provider is one place; two names of sites are taken for two places."""
    mine, theirs = _site(here), _site(there)
    if mine is None or theirs is None:
        return None
    if str(mine.value).strip().lower() != str(theirs.value).strip().lower():
        return doubted(derived(path, True, mine, theirs), Confidence.MEDIUM, _ROOMS)
    return derived(path, False, mine, theirs) if provider_of(world, here) == provider_of(world, there) else None


def _by_region(path: str, here: Subject, there: Subject, providers: list[Fact]) -> Fact:
    regions = [host.fact("region") for host in (here, there)]
    if silent := [fact for fact in regions if not fact.known]:
        return undecided(path, [*providers, *silent], *(fact.path for fact in silent))
    shorter, longer = sorted((str(fact.value).strip().lower() for fact in regions), key=len)
    if shorter != longer and not (longer.startswith(shorter) and _ZONE.fullmatch(longer[len(shorter) :])):
        return derived(path, True, *regions)
    return undecided(path, [*providers, *regions], *_sites(here, there), doubt=_ONE_REGION)


def _stacked(world: World, here: Subject, there: Subject) -> bool:
    """Whether one of two providers is known to run on the other."""
    pairs = ((here, provider_of(world, there)), (there, provider_of(world, here)))
    return any(is_subcontractor(world, host, name) for host, name in pairs)


def _sites(here: Subject, there: Subject) -> tuple[str, ...]:
    """What to declare to tell the two apart: the site of each that does not say it."""
    silent = [host for host in (here, there) if _site(host) is None]
    return tuple(f"{host.path}.location.site" for host in silent or (here, there))


def _site(host: Subject) -> Fact | None:
    location = host.fact("location")
    fact = location.value.fact("site") if isinstance(location.value, Part) else location
    return fact if isinstance(location.value, Part) and isinstance(fact.value, str) else None
