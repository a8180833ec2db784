"""Every derived fact, found by the constant DERIVATIONS that ends each file which works some out."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import hds_audit.resolve as resolve
from hds_audit.resolve.world import Derivation

_PLUMBING = frozenset({"derivations", "subjects", "things", "world"})


def all_derivations() -> dict[tuple[str, str], Derivation]:
    """The derivations of this folder by kind of subject and name."""
    found: dict[tuple[str, str], Derivation] = {}
    for info in pkgutil.iter_modules(resolve.__path__):
        if info.name not in _PLUMBING:
            found.update(getattr(import_module(f"{resolve.__name__}.{info.name}"), "DERIVATIONS", {}))
    return found
