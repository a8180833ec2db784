"""Checking the signatures of a zone by oneself, where the resolver does not (RFC 4034, RFC 4035)."""

from __future__ import annotations

from collections.abc import Iterable

import dns.dnssec
import dns.exception
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS

from hds_audit.probes.names import Names


def signatures_hold(names: Names, zone: str) -> bool | None:
    """Whether the keys that a zone publishes verify its start and themselves, and its parent vouches for one where it vouches for any.

    None where it is not signed, or where not everything came or can be computed here.
    """
    origin = dns.name.from_text(zone)
    keys, signed = _signed(names, origin, dns.rdatatype.DNSKEY)
    start, over = _signed(names, origin, dns.rdatatype.SOA)
    if keys is None or start is None or (signed is None and over is None):
        return None
    try:
        for rrset, signatures in ((keys, signed), (start, over)):
            if signatures is None:
                return False
            dns.dnssec.validate(rrset, signatures, {origin: keys})
    except dns.exception.UnsupportedAlgorithm:
        return None
    except (dns.exception.DNSException, ValueError):
        return False
    return _vouched(names, origin, keys)


def _signed(names: Names, origin: dns.name.Name, kind: dns.rdatatype.RdataType) -> tuple[dns.rrset.RRset | None, dns.rrset.RRset | None]:
    """The records of a kind at a name, and the signatures over them."""
    reply = names.whole(origin.to_text(), dns.rdatatype.to_text(kind))
    found = reply.answer if reply is not None else []
    records = next((each for each in found if each.name == origin and each.rdtype == kind), None)
    return records, next(
        (each for each in found if each.name == origin and each.rdtype == dns.rdatatype.RRSIG and each.covers == kind), None
    )


def _vouched(names: Names, origin: dns.name.Name, keys: Iterable[object]) -> bool:
    vouchers = [each for each in _signed(names, origin, dns.rdatatype.DS)[0] or () if isinstance(each, DS)]
    published = [key for key in keys if isinstance(key, DNSKEY)]
    return not vouchers or any(_matches(voucher, key, origin) for voucher in vouchers for key in published)


def _matches(voucher: DS, key: DNSKEY, origin: dns.name.Name) -> bool:
    try:
        made = dns.dnssec.make_ds(origin, key, voucher.digest_type, validating=True)
    except (dns.exception.DNSException, ValueError):
        return True  # a digest that is not known here accuses nobody
    return bool(made == voucher)
