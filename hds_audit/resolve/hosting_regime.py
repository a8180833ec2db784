"""Which regime of health hosting binds a host on a day, and whether it publishes its map of transfers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, derived, unknown
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import computed, opposite, some, undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.exposure_access import host_access
from hds_audit.resolve.exposure_links import linked, links, seats
from hds_audit.resolve.things import Subject
from hds_audit.resolve.versions import HDS_V1_UNTIL, HDS_V2_SINCE, version_on

if TYPE_CHECKING:
    from hds_audit.resolve.world import Derivation, World

ARCHIVING_CERTIFIED = date(2025, 7, 1)  # the certificate takes over electronic archiving (act 2024-449, art. 32), at the latest
_WHICH = Text(
    "version 1 and version 2 both ran on that day: which one the host is certified under is not known",
    "les versions 1 et 2 coexistaient à cette date : on ne sait sous laquelle l'hébergeur est certifié",
)


def _v2_binds(world: World, host: Subject) -> Fact:
    """Version 2 binds all since version 1 has ended, and before that whoever is certified and not under a version 1 still running."""
    path = f"{host.path}.hds_v2_binds"
    if not HDS_V2_SINCE <= world.as_of < HDS_V1_UNTIL:
        return computed(path, world.as_of >= HDS_V1_UNTIL)
    held = host.fact("hds_certificate")
    if not isinstance(held.value, Element):
        # no request was judged under version 1 any more: who holds nothing can only be certified under version 2
        # and of electronic archiving none was asked yet
        return undecided(path, [held], doubt=_WHICH) if held.value is UNKNOWN else opposite(path, host.fact("archiving_by_approval"))
    return _by_version(world, held.value, path)


def _by_version(world: World, certificate: Element, path: str) -> Fact:
    valid, version = certificate.fact("valid"), certificate.fact("version")
    name = version_on("hds", str(version.value), world.as_of).name if version.known else None
    if name == "2":
        return derived(path, True, version)
    if name != "1" or valid.value is UNKNOWN:
        return undecided(path, [version, valid], *(fact.path for fact in (version, valid) if not fact.known), doubt=_WHICH)
    return derived(path, valid.value is False, version, valid)


def _archiving_by_approval(world: World, host: Subject) -> Fact:
    """Electronic archiving went by the approval of the minister of culture until the certificate took over."""
    path, service = f"{host.path}.archiving_by_approval", host.fact("service")
    if world.as_of >= ARCHIVING_CERTIFIED:
        return computed(path, False)
    return derived(path, service.value == "archiving", service) if service.known else undecided(path, [service], service.path)


def _under_unlisted_law(world: World, host: Subject) -> Fact:
    """Whether a law that the catalogue does not hold reaches it (HDS EXI-30): open where who runs it is of a country without adequacy."""
    path = f"{host.path}.under_unlisted_law"
    found = [
        fact for each in host_access(world, host.id) if each.organisation for fact in (*seats(world, each.organisation), *each.countries)
    ]
    open_ends = {str(fact.value): fact for fact in found if _unlisted(world, str(fact.value))}
    if not open_ends:
        return computed(path, False)
    named = ", ".join(sorted(open_ends))
    doubt = Text(
        f"no law of {named} is in the catalogue: whether one could compel an access is for the host to say in the contract",
        f"aucune loi de {named} n'est au catalogue : c'est à l'hébergeur de dire au contrat si l'une peut imposer un accès",
    )
    return _for_the_contract_to_say(path, host, open_ends, doubt)


def _for_the_contract_to_say(path: str, host: Subject, grounds: dict[str, Fact], doubt: Text) -> Fact:
    asked = [f"{host.path}.contract.{name}" for name in ("extra_eu_laws", "mitigations", "residual_risks")]
    return unknown(path, *asked, because=tuple(grounds.values()), doubt=doubt)._replace(confidence=Confidence.LOW)


def _unlisted(world: World, code: str) -> bool:
    country, answer = world.catalogue.country(code), world.catalogue.adequate(code, world.as_of)
    if country is None or country.part_of or answer is None or answer.answer != "no":
        return False
    return world.catalogue.in_eea(code, world.as_of) is False and not world.catalogue.laws_of(code, world.as_of)


def _under_argued_law(name: str, adequate: str) -> Derivation:
    """Whether the law of such a country reaches whoever runs it, or the company above, without our knowing that it binds what they do.

    Who maintains or administers is no communication or computing service for sure: EXI-30 stays open rather than be set aside.
    """

    def derive(world: World, host: Subject) -> Fact:
        path = f"{host.path}.{name}"
        found = [each for each in host_access(world, host.id) if each.organisation]
        argued = {law: fact for each in found for law, fact in _argued(world, each.organisation, adequate)}
        if not argued:
            return computed(path, False)
        named = ", ".join(sorted(argued))
        doubt = Text(
            f"{named}: whether it binds who maintains or administers is debated; the host has to say so in the contract",
            f"{named} : savoir si cette loi oblige qui maintient ou administre est débattu ; c'est à l'hébergeur de le dire au contrat",
        )
        return _for_the_contract_to_say(path, host, argued, doubt)

    return derive


def _argued(world: World, organisation: str, adequate: str) -> Iterator[tuple[str, Fact]]:
    """The laws of the seats of an organisation and of those above it that are debated for what it does, each with the seat."""
    found = links(world, organisation)
    for seat in seats(world, organisation):
        answer = world.catalogue.adequate(str(seat.value), world.as_of)
        for law in world.catalogue.laws_of(str(seat.value), world.as_of) if answer and answer.answer == adequate else ():
            link = linked(found, law.id)
            if link is not None and link.certainty == "debated" and link.weak:
                yield law.id, seat


def _map_published(_: World, host: Subject) -> Fact:
    """Either key tells; where one says no and the other nothing, there is none."""
    path = f"{host.path}.transfer_map_published"
    said = [fact for name in ("transparency_url", "transparency") if (fact := host.fact(name)).known]
    answers = [derived(path, fact.value is not False, fact) for fact in said]
    return some(path, answers) if answers else undecided(path, [host.fact("transparency_url")])


def _copy_shown(_: World, host: Subject) -> Fact:
    """A document named on the certificate is a copy; failing that, the contract says whether copies were given."""
    path = f"{host.path}.certificate_copy_shown"
    shown, said = host.fact("hds_certificate.document"), host.fact("contract.certificate_copies")
    if shown.known and shown.value is not False:
        return derived(path, True, shown)
    return derived(path, said.value is True, said) if said.known else undecided(path, [said], said.path)


DERIVATIONS = {
    ("host", "hds_v2_binds"): _v2_binds,
    ("host", "archiving_by_approval"): _archiving_by_approval,
    ("host", "under_unlisted_law"): _under_unlisted_law,
    ("host", "under_argued_law"): _under_argued_law("under_argued_law", "no"),
    ("host", "under_argued_law_partial"): _under_argued_law("under_argued_law_partial", "partial"),
    ("host", "transfer_map_published"): _map_published,
    ("host", "certificate_copy_shown"): _copy_shown,
}
