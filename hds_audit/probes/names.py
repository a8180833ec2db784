"""Questions to the domain name system, with what DNSSEC says of the answers."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Literal, NamedTuple

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.TXT import TXT

from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.settings import ProbeSettings

Outcome = Literal["answer", "nothing", "no-name", "broken", "silent"]
"""answer: records · nothing: the name has none of this type · no-name: NXDOMAIN · broken: SERVFAIL and the like · silent: no reply."""

_ALIASES = 12
_TRIES = 2
_DEAF_AFTER, _SILENCES = 4, 2


class Reply(NamedTuple):
    """What came back for one name and type; texts of several strings are joined without a space (RFC 7208, 3.3)."""

    outcome: Outcome
    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    authentic: bool = False
    signatures_end: tuple[datetime, ...] = ()
    rcode: str = ""
    recursive: bool = True
    """Whether who answered looks further than its own zones (the RA bit)."""

    @property
    def settled(self) -> bool:
        """Whether the absence of records is an answer, not an outage."""
        return self.outcome in ("answer", "nothing", "no-name")


class Names:
    """Asks the resolvers of a run, each question once; safe to share between threads."""

    def __init__(self, settings: ProbeSettings) -> None:
        self._timeout = min(settings.timeout, 3.0)
        self.resolvers = settings.resolvers or _system_resolvers()
        self._known: dict[tuple[str, str, bool], Reply] = {}
        self._lock = threading.Lock()
        self._answered, self._silences = False, Counter[str]()

    def ask(self, name: str, kind: str, *, unchecked: bool = False) -> Reply:
        """The reply for a name and a type of record; `unchecked` asks the resolver not to validate (CD).

        Raises FailedLookError where no resolver ever answers, and no longer asks about a zone that has met with silence twice.
        """
        key = (name.lower().rstrip("."), kind, unchecked)
        with self._lock:
            if key in self._known:
                return self._known[key]
            if not self._answered and self._silences.total() >= _DEAF_AFTER:
                raise FailedLookError("resolver", "no resolver answers", "aucun résolveur ne répond")
            zone = ".".join(key[0].split(".")[-2:])
            deaf = self._silences[zone] >= _SILENCES
        reply = Reply("silent") if deaf else self._ask(*key)
        with self._lock:
            self._answered = self._answered or reply.outcome != "silent"
            self._silences[zone] += reply.outcome == "silent"
            return self._known.setdefault(key, reply)

    def addresses(self, host: str) -> tuple[str, ...]:
        """Every address of a host, IPv4 first; raises FailedLookError when it has none or nobody can tell."""
        with suppress(ValueError):
            return (str(ip_address(host)),)
        replies = [self.ask(host, kind) for kind in ("A", "AAAA")]
        found = tuple(record for reply in replies for record in reply.records)
        if found:
            return found
        if all(reply.settled for reply in replies):
            raise FailedLookError("target", f"the name {host} has no address", f"le nom {host} n'a pas d'adresse")
        raise FailedLookError("resolver", f"the addresses of {host} cannot be had", f"les adresses de {host} ne peuvent être obtenues")

    def whole(self, name: str, kind: str) -> dns.message.Message | None:
        """A reply as it came, not validated by the resolver (CD), with its signatures; None where none came."""
        try:
            query = _query(name, kind, unchecked=True)
        except dns.exception.DNSException:
            return None
        for address, port in self.resolvers:
            with suppress(dns.exception.DNSException, OSError):
                return dns.query.udp_with_fallback(query, address, timeout=self._timeout, port=port)[0]
        return None

    def _ask(self, name: str, kind: str, unchecked: bool) -> Reply:
        try:
            query = _query(name, kind, unchecked=unchecked)
        except dns.exception.DNSException as error:
            return Reply("broken", rcode=type(error).__name__)
        reply = Reply("silent")
        for address, port in self.resolvers * _TRIES:
            try:
                message, _ = dns.query.udp_with_fallback(query, address, timeout=self._timeout, port=port)
                reply = _read(message, dns.rdatatype.from_text(kind))
            except (dns.exception.Timeout, OSError):
                continue
            except dns.exception.DNSException as error:
                reply = Reply("broken", rcode=type(error).__name__)
            if reply.settled:
                break
        return reply


def _query(name: str, kind: str, *, unchecked: bool) -> dns.message.QueryMessage:
    flags = dns.flags.RD | dns.flags.AD | (dns.flags.CD if unchecked else 0)
    return dns.message.make_query(dns.name.from_text(name), kind, flags=flags, want_dnssec=True, payload=1232)


def _system_resolvers() -> tuple[tuple[str, int], ...]:
    try:
        found = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple((str(server), found.port) for server in found.nameservers)


def _read(message: dns.message.Message, kind: dns.rdatatype.RdataType) -> Reply:
    code = message.rcode()
    authentic = bool(message.flags & dns.flags.AD)
    if code not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN) or not message.question:
        return Reply("broken", rcode=dns.rcode.to_text(code))
    aliases, last = _follow(message)
    found = [rrset for rrset in message.answer if rrset.rdtype == kind and rrset.name == last]
    if kind == dns.rdatatype.CNAME:
        found = [rrset for rrset in message.answer if rrset.rdtype == kind][:1]
    records = tuple(sorted(_text(rdata) for rrset in found for rdata in rrset))
    ends = tuple(
        datetime.fromtimestamp(rdata.expiration, UTC)
        for rrset in (*message.answer, *message.authority)
        if rrset.rdtype == dns.rdatatype.RRSIG
        for rdata in rrset
    )
    outcome: Outcome = "answer" if records else "no-name" if code == dns.rcode.NXDOMAIN else "nothing"
    return Reply(outcome, records, aliases, authentic, ends, dns.rcode.to_text(code), bool(message.flags & dns.flags.RA))


def _follow(message: dns.message.Message) -> tuple[tuple[str, ...], dns.name.Name]:
    links = {rrset.name: rrset[0].target for rrset in message.answer if rrset.rdtype == dns.rdatatype.CNAME}
    last = message.question[0].name
    aliases: list[str] = []
    while last in links and len(aliases) < _ALIASES:
        last = links[last]
        aliases.append(last.to_text(omit_final_dot=True).lower())
    return tuple(aliases), last


def _text(rdata: dns.rdata.Rdata) -> str:
    if isinstance(rdata, TXT):
        return b"".join(rdata.strings).decode("utf-8", "replace")
    return rdata.to_text()
