"""Every derived fact, found by the constant DERIVATIONS that ends each file which works some out."""

from __future__ import annotations

from importlib import import_module

import hds_audit.resolve as resolve
from hds_audit.resolve.world import Derivation

FILES = (
    "application", "audience", "backups", "certificates", "classification", "contents", "contracts", "copies", "custodians",
    "encryption", "endpoints", "exposure_facts", "flows", "hosting", "hosting_regime", "officers", "operations", "organisation_facts",
    "passwords", "performers", "physical", "places", "restorations", "roles", "scope", "sign_in", "soa", "templates", "traces", "transfers",
)  # fmt: skip
"""The files of this folder that end in DERIVATIONS (a test holds it): going through folders takes longer to load than half of them."""


def all_derivations() -> dict[tuple[str, str], Derivation]:
    """The derivations of this folder by kind of subject and name."""
    found: dict[tuple[str, str], Derivation] = {}
    for name in FILES:
        found.update(import_module(f"{resolve.__name__}.{name}").DERIVATIONS)
    return found
