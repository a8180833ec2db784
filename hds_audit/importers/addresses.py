"""Whose a network address is: by its name, before any prefix or product name."""

from __future__ import annotations

import re
from typing import NamedTuple

from hds_audit.importers.tables import Tables

_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\.?")
_INNER = re.compile(r"localhost|(?:.*\.)?(?:local|localhost|internal|lan|test|example|invalid|svc|arpa)|host\.docker\.internal")
_IP = re.compile(r"\[?[0-9a-f:.]+\]?")
_URL = re.compile(r"([a-z][a-z0-9+.-]{1,30})://(?:[^/?#\s]*@)?(\[[0-9a-f:]+\]|[^:/?#\s,;@]+)", re.IGNORECASE)


class Owner(NamedTuple):
    """Who answers at an address; blank is unknown; `aside` where it is nobody's service (a registry, a test address)."""

    organisation: str
    service: str
    region: str
    offer: str
    aside: bool


def host_of(text: str) -> str:
    """The host of an address or URL, in lower case, or '' where there is none."""
    found = _URL.search(text)
    host = found[2] if found else text.split("/")[0].rsplit(":", 1)[0] if text.count(":") < 2 else ""
    return host.strip().rstrip(".").lower()


def without_credentials(name: str) -> str:
    """A file or address for people to read: of an address only whose it is, since what surrounds that may be secret."""
    if re.match(r"[a-z][a-z0-9+.-]*://|[^/\s]*@|(?:git|github)::", name, re.IGNORECASE):
        found = re.search(r"(?:@|://)(?:[^@/\s]*@)?([^/:@?\s]+)", name)
        return f"{found[1]}/…" if found else "…"
    return name[:120]


def is_public_name(host: str) -> bool:
    """Whether it is a name of the public DNS: at least two labels, none of those kept for inner use."""
    return _HOST.fullmatch(host) is not None and _INNER.fullmatch(host) is None


def is_inner(host: str) -> bool:
    """Whether it is a machine's own name or number: one label, an address, or a name for inner use."""
    return not host or "." not in host or _INNER.fullmatch(host) is not None or _IP.fullmatch(host) is not None


def owner_of(host: str, tables: Tables) -> Owner | None:
    """Who answers at that host, or None where no table tells."""
    for address in tables.addresses:
        found = address.pattern.fullmatch(host)
        if found is not None:
            region = (found.groupdict().get("region") or "").lower()
            return Owner(address.organisation, address.service, region, address.offer, address.aside)
    return None
