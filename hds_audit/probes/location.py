"""Where the name of an endpoint leads: aliases, addresses, and who announces them.

An announcement tells whose network it is, hence whose law, and never where the data lie: those who publish the table say so themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import NamedTuple

from hds_audit.model.evidence import Announcement, Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.probe import Probe, Visit

_LAW_ONLY = Text(
    "Says whose network it is, never where the data lie",
    "Indique à qui est le réseau, jamais où sont les données",
)


class Resolved(NamedTuple):
    """A name, resolved: its aliases, its addresses, and whether every question had an answer."""

    aliases: tuple[str, ...]
    addresses: tuple[str, ...]
    settled: bool


def run(visit: Visit) -> Iterator[Observation]:
    """Look at the name of one endpoint."""
    try:
        ip_address(visit.host)
        resolved = Resolved((), (visit.host,), True)
    except ValueError:
        resolved = _resolve(visit)
    _, addresses, settled = resolved
    yield visit.listed("dns.aliases", resolved.aliases, whole=settled)
    yield visit.listed("dns.addresses", addresses, whole=settled)
    found: dict[str, str] = {}
    every = True
    for address in addresses:
        announced = announcements(visit, address)
        every = every and bool(announced)
        for each in announced:
            found[f"AS{each.asn}"] = " ".join(part for part in (each.holder, each.country, each.prefix) if part)
    raw = tuple(Raw(asn, said) for asn, said in found.items())
    yield visit.listed("dns.announced_by", tuple(found), *raw, whole=every and settled, why=_LAW_ONLY)


def _resolve(visit: Visit) -> Resolved:
    replies = [visit.names.ask(visit.host, kind) for kind in ("A", "AAAA")]
    aliases = next((reply.aliases for reply in replies if reply.aliases), ())
    addresses = tuple(record for reply in replies for record in reply.records)
    return Resolved(aliases, addresses, all(reply.settled for reply in replies))


def announcements(visit: Visit, address: str) -> tuple[Announcement, ...]:
    """Who announces a global address: by the user's own table, else by Team Cymru's zone where that is allowed."""
    if not ip_address(address).is_global:
        return ()
    if visit.settings.announcers is not None and (known := visit.settings.announcers(address)):
        return known
    return _cymru(visit, address) if visit.settings.ask_cymru else ()


def _cymru(visit: Visit, address: str) -> tuple[Announcement, ...]:
    parsed = ip_address(address)
    reverse = parsed.reverse_pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
    zone = "origin" if parsed.version == 4 else "origin6"
    records = visit.names.ask(f"{reverse}.{zone}.asn.cymru.com", "TXT").records
    return tuple(each for record in records for each in read_origin(visit, record))


def read_origin(visit: Visit, record: str) -> tuple[Announcement, ...]:
    """The announcements of one record, `ASN [ASN...] | prefix | country | registry | date`: several may announce one prefix."""
    parts = [part.strip() for part in record.split("|")]
    if len(parts) < 3:
        return ()
    numbers = [int(word) for word in parts[0].split() if word.isdigit() and len(word) < 11]
    return tuple(Announcement(number, _holder(visit, number), parts[2][:2], parts[1][:50]) for number in numbers[:8])


def _holder(visit: Visit, number: int) -> str:
    records = visit.names.ask(f"AS{number}.asn.cymru.com", "TXT").records
    return records[0].rpartition("|")[2].strip()[:80] if records else ""


PROBE = Probe(
    Text("Aliases, addresses, networks", "Alias, adresses, réseaux"),
    ("endpoint",),
    ("dns.aliases", "dns.addresses", "dns.announced_by"),
    run,
    Text("The resolver gave no settled answer", "Le résolveur n'a pas donné de réponse définitive"),
)
