"""The physical sites of a host: nobody sees them from here, so a certificate of who runs them answers, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.activities import Row, rows_of
from hds_audit.resolve.certificates import valid
from hds_audit.resolve.connectives import every, undecided
from hds_audit.resolve.graph import operator
from hds_audit.resolve.hosting import ranked, served
from hds_audit.resolve.performers import Share, by_convention, provider_of, shares
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_ACTIVITY = "physical-sites"
_NOBODY = Text(
    "no certificate shown answers for the physical sites: ask whoever runs them",
    "aucun certificat présenté ne répond des sites physiques : le demander à qui les exploite",
)
_WHOSE = Text(
    "the provider rests on others, and nobody says who runs the physical sites",
    "le fournisseur s'appuie sur d'autres, et personne ne dit qui exploite les sites physiques",
)


def _sites_assured(world: World, host: Subject) -> Fact:
    """By the certificates of each who runs them; a host with none is asked, not failed."""
    path, performed = f"{host.path}.sites_assured", {share.by: share for share in shares(world, host, _ACTIVITY)}
    if not performed:
        return unknown(path, _asked(host), doubt=_NOBODY)
    return every(path, [_by(world, host, path, share) for share in performed.values()])


def _by(world: World, host: Subject, path: str, share: Share) -> Fact:
    """By the HDS certificate over the activity, else by the performer's own ISO 27001."""
    rows = [row for row in rows_of(world, host.id) if row.row.activity == _ACTIVITY and row.row.performer == share.by]
    if rows and all(row.row.verdict == "covered" for row in rows):
        return _told(path, True, rows)
    general = _general(world, host, path, share)
    if general.value is True and not general.recalled:
        return general
    if lapsed := [row for row in rows if row.row.verdict == "expired"]:
        return _told(path, False, lapsed)
    if general.value is False:
        return general
    asked = dict.fromkeys((*general.missing, *(name for row in rows for name in row.row.missing)))
    return undecided(path, [general], *asked, doubt=general.doubt or next((row.row.reason for row in rows), _NOBODY))


def _general(world: World, host: Subject, path: str, share: Share) -> Fact:
    """What an ISO 27001 certificate of the performer says of the sites; False only where the one declared has lapsed."""
    if not share.by or share.fact.recalled:
        return unknown(path, *(share.missing or (_asked(host),)), because=(share.fact,), doubt=_NOBODY)
    if by_convention(share) and _rests_on_others(world, host):
        return unknown(path, _asked(host), because=(share.fact,), doubt=_WHOSE)
    held = served(world, host, share.by, "iso27001", path, _ACTIVITY)
    if held.value is True:
        return derived(path, True, held, share.fact)
    best = next(iter(ranked(world, host, share.by, frozenset({"iso27001"}))), None)
    if best is not None and best.declared is not None and (lapse := valid(world, best)).value is False:
        return derived(path, False, lapse)
    return undecided(path, [held]) if held.missing else unknown(path, f"{host.path}.certificates", because=(held,), doubt=_NOBODY)


def _rests_on_others(world: World, host: Subject) -> bool:
    listed = host.fact("subcontractors_all").value
    others = [item for item in listed if isinstance(item, Fact) and item.known] if isinstance(listed, tuple) else []
    return any(str(item.value) != provider_of(world, host) for item in others)


def _asked(host: Subject) -> str:
    return f"{host.path}.responsibilities.{_ACTIVITY}"


def _told(path: str, value: bool, rows: list[Row]) -> Fact:
    least = max(rows, key=lambda row: row.confidence.rank)
    doubt = least.row.reason if least.confidence is not Confidence.HIGH else None
    grounds = tuple({id(fact): fact for row in rows for fact in row.grounds}.values())
    return Fact(path, value, Origin.DERIVED, because=grounds, confidence=least.confidence, doubt=doubt)


def _own_sites(world: World, host: Subject) -> Fact:
    """Whether its sites are run by the operator, or by whoever keeps its own data there, and no certificate answers for them."""
    path, performed = f"{host.path}.sites_to_attest", shares(world, host, _ACTIVITY)
    own = {operator(world), provider_of(world, host) if host.fact("self_hosted").value is True else ""} - {""}
    guessed = host.record.values.get("service") != "on-premises" and any(by_convention(share) for share in performed)
    answered = guessed or not performed or host.fact("sites_assured").value is not UNKNOWN
    return derived(path, not answered and {share.by for share in performed} <= own, *(share.fact for share in performed))


DERIVATIONS = {("host", "sites_assured"): _sites_assured, ("host", "sites_to_attest"): _own_sites}
