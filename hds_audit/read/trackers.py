"""The list of trackers: domains, whose they are and what for."""

from __future__ import annotations

import re
from pathlib import Path

from hds_audit.errors import InputError
from hds_audit.model.evidence import Tracker

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
PURPOSES = (
    "advertising",
    "analytics",
    "consent",
    "customer-data",
    "error-monitoring",
    "experiments",
    "session-replay",
    "social",
    "support",
    "tag-manager",
    "video",
)


def load_trackers(path: Path) -> tuple[Tracker, ...]:
    """The trackers of `trackers.yaml`; raises InputError with every problem, each at its place."""
    from hds_audit.read.catalogue_entry import Noted, read_table

    noted = Noted([])
    found: dict[str, Tracker] = {}
    table = read_table(path, noted)
    listed = table.inner("trackers") if table else None
    for organisation, purposes in listed.entries() if listed else ():
        for purpose in purposes.nodes:
            if purpose not in PURPOSES:
                said = ", ".join(PURPOSES)
                purposes.problem(purpose, f"no such purpose; there are {said}", f"finalité inconnue ; il y a {said}")
            for domain in purposes.names(purpose) or ():
                if not _DOMAIN.fullmatch(domain) or domain in found:
                    purposes.problem(purpose, f"{domain} is no domain, or stands there twice", f"{domain} : pas un domaine, ou en double")
                found[domain] = Tracker(domain, organisation, purpose)
    if table:
        table.close()
    if noted.problems:
        raise InputError(*noted.problems)
    return tuple(found.values())
