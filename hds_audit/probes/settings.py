"""How far a guest goes: every bound of a run, and where it finds names and authorities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hds_audit.model.evidence import Announcement, Tracker

Announcers = Callable[[str], tuple[Announcement, ...]]
"""Who announces an address, by a table that the user holds."""


@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """Times in seconds, sizes in bytes, rates in connections a second to one address and port."""

    timeout: float = 5.0
    host_seconds: float = 90.0
    page_seconds: float = 20.0
    total_seconds: float = 600.0
    rate: float = 25.0
    connections: int = 2
    visits: int = 400
    addresses: int = 4
    body_bytes: int = 2_000_000
    redirects: int = 6
    workers: int = 64
    allow_private: bool = False
    resolvers: tuple[tuple[str, int], ...] = ()
    """Address and port of each name server asked; those of the system where there is none."""
    authorities: str = ""
    """A PEM file of authorities trusted beside the system's own."""
    proxy: str = ""
    """`http://host:port` through which every connection goes; the environment's proxies are not looked at."""
    smtp_port: int = 25
    plain_port: int = 80
    https_port: int = 443
    ask_cymru: bool = True
    """Whether Team Cymru's zone is asked who announces an address, where `announcers` has no answer."""
    announcers: Announcers | None = None
    only: tuple[str, ...] = ()
    """The probes to send, by name; all of them where there is none."""
    trackers: tuple[Tracker, ...] = ()
    agent: str = "hds-audit"
