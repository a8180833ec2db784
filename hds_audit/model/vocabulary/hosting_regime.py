"""Derived paths of the regimes of health hosting."""

from hds_audit.model.text import Text
from hds_audit.model.vocabulary.path import Path

_LAWS = ("hosts.*.contract.extra_eu_laws", "hosts.*.subcontractors", "hosts.*.remote_access", "organisations.*.country")

PATHS = (
    Path(
        "hds_v2_binds",
        ("host",),
        "flag",
        Text(
            "Whether version 2 of the HDS framework binds it that day; until 2026-05-16 a running certificate of version 1 spares it.",
            "Si la version 2 du référentiel HDS l'oblige à cette date ; jusqu'au 16/05/2026, un certificat v1 en cours l'en dispense.",
        ),
        ("hosts.*.certificates", "certificates.*.version"),
    ),
    Path(
        "archiving_by_approval",
        ("host",),
        "flag",
        Text(
            "Whether it archives under the approval of the minister of culture, which the HDS certificate replaced on 2025-07-01.",
            "S'il archive sous l'agrément du ministre de la culture, auquel le certificat HDS a succédé le 01/07/2025.",
        ),
        ("hosts.*.service",),
    ),
    Path(
        "under_unlisted_law",
        ("host",),
        "flag",
        Text(
            "Whether a law that the catalogue does not hold may reach it; unknown where who runs it is of a country without adequacy.",
            "Si une loi absente du catalogue peut l'atteindre ; inconnu si qui l'exploite relève d'un pays sans décision d'adéquation.",
        ),
        _LAWS,
    ),
    Path(
        "under_argued_law",
        ("host",),
        "flag",
        Text(
            "Whether a law of a country without adequacy reaches who runs it; unknown where it is debated for what they do.",
            "Si une loi d'un pays sans adéquation atteint qui l'exploite ; inconnu si elle est débattue pour cette activité.",
        ),
        _LAWS,
    ),
    Path(
        "under_argued_law_partial",
        ("host",),
        "flag",
        Text(
            "Whether a law of a partly adequate country reaches who runs it; unknown where it is debated for what they do.",
            "Si une loi d'un pays partiellement adéquat atteint qui l'exploite ; inconnu si elle est débattue pour cette activité.",
        ),
        _LAWS,
    ),
    Path(
        "transfer_map_published",
        ("host",),
        "flag",
        Text(
            "Whether it publishes its map of transfers (HDS EXI-31), by either key that says so.",
            "S'il publie sa cartographie des transferts (HDS EXI-31), selon l'une ou l'autre clé.",
        ),
        ("hosts.*.transparency_url", "hosts.*.transparency"),
    ),
    Path(
        "certificate_copy_shown",
        ("host",),
        "flag",
        Text(
            "Whether a copy of its HDS certificate was handed over: a document of it, or the contract says so.",
            "Si une copie de son certificat HDS a été remise : un document le montre, ou le contrat le dit.",
        ),
        ("hosts.*.contract.certificate_copies", "certificates.*.document"),
    ),
)
