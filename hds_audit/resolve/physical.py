"""The physical sites of a host: nobody sees them from here, so a certificate of who runs them answers, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.activities import Row, rows_of
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_NOBODY = Text(
    "no certificate shown answers for the physical sites: ask whoever runs them",
    "aucun certificat présenté ne répond des sites physiques : le demander à qui les exploite",
)


def _sites_assured(world: World, host: Subject) -> Fact:
    """By the HDS certificate over the activity, else by the provider's ISO 27001; a host with no certificate is asked, not failed."""
    path = f"{host.path}.sites_assured"
    sites = [row for row in rows_of(world, host.id) if row.row.activity == "physical-sites"]
    if sites and all(row.row.verdict == "covered" for row in sites):
        return _told(path, True, sites)
    general = host.fact("iso27001_valid")
    if general.value is True and not general.recalled:
        return derived(path, True, general)
    lapsed = [row for row in sites if row.row.verdict == "expired"]
    if lapsed:
        return _told(path, False, lapsed)
    held = host.fact("iso27001_certificate.valid")
    if held.value is False and host.fact("iso27001_certificate").value is not False and not held.recalled:
        return derived(path, False, held)
    asked = dict.fromkeys(name for row in sites for name in row.row.missing) or {f"{host.path}.certificates": None}
    doubt = next((row.row.reason for row in sites), _NOBODY)
    return unknown(path, *asked, because=tuple(fact for fact in (general,) if fact.value is UNKNOWN), doubt=doubt)


def _told(path: str, value: bool, rows: list[Row]) -> Fact:
    least = max(rows, key=lambda row: row.confidence.rank)
    doubt = least.row.reason if least.confidence is not Confidence.HIGH else None
    grounds = tuple({id(fact): fact for row in rows for fact in row.grounds}.values())
    return Fact(path, value, Origin.DERIVED, because=grounds, confidence=least.confidence, doubt=doubt)


DERIVATIONS = {("host", "sites_assured"): _sites_assured}
