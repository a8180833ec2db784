"""What comes to its last day soon: certificates, contracts, reviews, waivers, attestations, texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hds_audit.model.answer import holds_until
from hds_audit.model.record import Record
from hds_audit.model.report import Expiring
from hds_audit.model.text import Text
from hds_audit.model.values import Day
from hds_audit.model.waiver import Waiver
from hds_audit.resolve.world import World

SOON = timedelta(days=180)


def expiring(world: World, waivers: tuple[Waiver, ...], within: timedelta = SOON) -> tuple[Expiring, ...]:
    """Everything whose last or first day lies between the day of the audit and `within` from it, the nearest first."""
    last = world.as_of + within
    declared = (*_certificates(world), *_contracts(world), *_dated(world), *_products(world), *_attestations(world))
    found = (*declared, *_catalogued(world), *_waivers(waivers), *_regimes(world))
    return tuple(sorted((item for item in found if world.as_of <= item.date <= last), key=lambda item: (item.date, item.what, item.id)))


def _certificates(world: World) -> Iterator[Expiring]:
    for key, record in world.description.section("certificates").items():
        if isinstance(day := record.values.get("expires"), Day):
            standard = record.values.get("standard", "")
            yield Expiring("certificate", key, day.last, Text(
                f"Last day of the certificate {key} ({standard})", f"Dernier jour du certificat {key} ({standard})"))  # fmt: skip


def _contracts(world: World) -> Iterator[Expiring]:
    for key, record in world.description.section("hosts").items():
        contract = record.values.get("contract")
        if isinstance(contract, Record) and isinstance(day := contract.values.get("ends"), Day):
            yield Expiring("contract", key, day.last, Text(f"Last day of the contract of {key}", f"Dernier jour du contrat : {key}"))


def _dated(world: World) -> Iterator[Expiring]:
    """The next review of the security policy, and the end of what was approved for an environment."""
    governance = world.description.root.values.get("governance")
    policy = governance.values.get("security_policy") if isinstance(governance, Record) else None
    if isinstance(policy, Record) and isinstance(day := policy.values.get("next_review"), Day):
        yield Expiring("review", "governance.security_policy", day.last, Text(
            "Review of the security policy", "Revue de la politique de sécurité"))  # fmt: skip
    for key, record in world.description.section("environments").items():
        if isinstance(day := record.values.get("until"), Day):
            yield Expiring("approval", key, day.last, Text(
                f"Last day of what was approved for the data of {key}", f"Dernier jour de l'accord sur les données : {key}"))  # fmt: skip


def _catalogued(world: World) -> Iterator[Expiring]:
    providers = {str(host.values.get("provider", "")) for host in world.description.section("hosts").values()}
    for provider in sorted(providers):
        for certificate in world.catalogue.certificates_of(provider):
            if certificate.expires is not None and certificate.source_status != "recalled":
                said = Text(f"Last day known of {certificate.id}", f"Dernier jour connu : {certificate.id}")
                yield Expiring("catalogued-certificate", certificate.id, certificate.expires, said)


def _waivers(waivers: tuple[Waiver, ...]) -> Iterator[Expiring]:
    for waiver in waivers:
        yield Expiring("waiver", f"{waiver.rule}/{waiver.subject}", waiver.expires, Text(
            f"Last day of the waiver of {waiver.rule} on {waiver.subject}",
            f"Dernier jour de la dérogation à {waiver.rule} sur {waiver.subject}"))  # fmt: skip


def _attestations(world: World) -> Iterator[Expiring]:
    found = world.description.root.values.get("attestations")
    for control, value in found.items() if isinstance(found, dict) else ():
        for record in value if isinstance(value, tuple) else (value,):
            if isinstance(record, Record) and (until := holds_until(record)) is not None:
                yield Expiring("attestation", control, until, Text(
                    f"Last day of the attestation of {control}", f"Dernier jour de l'attestation de {control}"))  # fmt: skip


def _products(world: World) -> Iterator[Expiring]:
    for key, record in world.description.section("components").items():
        product = record.values.get("product")
        if isinstance(product, Record) and isinstance(day := product.values.get("end_of_support"), Day):
            name = f"{product.values.get('name', '')} {product.values.get('version', '')}".strip()
            yield Expiring("product", key, day.last, Text(f"End of support of {name}", f"Fin de support de {name}"))


def _regimes(world: World) -> Iterator[Expiring]:
    for regime in world.catalogue.regimes.values():
        if regime.draft:
            continue
        if (first := regime.span.since) is not None and first > world.as_of:
            yield Expiring("text-to-come", regime.id, first, Text(f"In force: {regime.name.en}", f"En vigueur : {regime.name.fr}"))
        if (until := regime.span.until) is not None:
            yield Expiring("text", regime.id, _day_before(until), Text(f"Last day: {regime.name.en}", f"Dernier jour : {regime.name.fr}"))


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
