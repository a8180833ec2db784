"""Zones of the lab and a server for them that validates as a resolver does: AD, SERVFAIL for what is bogus, CD to see it all the same."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import dns.dnssec
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.node
import dns.rcode
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

from lab.loop import Loop


@dataclass
class Zone:
    """A zone and what is the matter with it: unsigned | good | expired | bogus | broken."""

    zone: dns.zone.Zone
    state: str = "unsigned"
    keys: dict[dns.name.Name, dns.node.Node] = field(default_factory=dict)


def read_zone(origin: str, text: str, state: str = "unsigned") -> Zone:
    zone = dns.zone.from_text(
        f"$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n{text}", origin=origin, relativize=False
    )
    if state in ("unsigned", "broken"):
        return Zone(zone, state)
    key, wrong = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    published = dns.dnssec.make_dnskey(key.public_key(), dns.dnssec.Algorithm.ECDSAP256SHA256, flags=257)
    now = datetime.now(UTC)
    start, end = (
        (now - timedelta(days=40), now - timedelta(days=10)) if state == "expired" else (now - timedelta(days=1), now + timedelta(days=20))
    )
    dns.dnssec.sign_zone(
        zone, keys=[(wrong if state == "bogus" else key, published)], dnskey_ttl=60, inception=start, expiration=end, add_dnskey=True
    )
    apex = dns.rrset.from_rdata(zone.origin, 60, published)
    return Zone(zone, state, {zone.origin: apex})


def vouched(zone: Zone, wrongly: bool = False) -> Zone:
    """The zone, with what its parent would answer of its key."""
    (key,) = zone.keys[zone.zone.origin]
    voucher = dns.dnssec.make_ds(zone.zone.origin, key, "SHA256")
    digest = bytes(32) if wrongly else voucher.digest
    with zone.zone.writer() as transaction:
        transaction.add(zone.zone.origin, 60, voucher.replace(digest=digest))
    return zone


class NameServer:
    """Answers over UDP and TCP; `validating` makes it behave as a resolver that holds the key of every signed zone."""

    def __init__(self, loop: Loop, host: str, zones: list[Zone], validating: bool = True) -> None:
        self.zones = sorted(zones, key=lambda each: -len(each.zone.origin))
        self.validating, self.asked = validating, list[str]()
        self.host = host
        self.port = loop.serve(self._tcp, host, 0)
        transport, _ = loop.run(self._udp(loop.loop))
        loop.keep(transport)

    async def _udp(self, loop: asyncio.AbstractEventLoop) -> tuple[asyncio.DatagramTransport, asyncio.DatagramProtocol]:
        outer = self

        class Protocol(asyncio.DatagramProtocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                self.transport = transport

            def datagram_received(self, data: bytes, source: tuple[str, int]) -> None:
                query = dns.message.from_wire(data)
                if outer.silent(query):
                    return
                reply = outer.answer(query)
                try:
                    wire = reply.to_wire(max_size=1232)
                except dns.exception.TooBig:
                    cut = dns.message.make_response(query)
                    cut.flags |= dns.flags.TC
                    wire = cut.to_wire()
                self.transport.sendto(wire, source)  # type: ignore[attr-defined]

        return await loop.create_datagram_endpoint(Protocol, local_addr=(self.host, self.port))

    async def _tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            query = dns.message.from_wire(await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big")))
            wire = self.answer(query).to_wire(max_size=65535)
            writer.write(len(wire).to_bytes(2, "big") + wire)
            await writer.drain()
        writer.close()

    def silent(self, query: dns.message.Message) -> bool:
        return b"silent" in query.question[0].name.labels

    def answer(self, query: dns.message.Message) -> dns.message.Message:
        name, kind = query.question[0].name, query.question[0].rdtype
        self.asked.append(name.to_text(omit_final_dot=True).lower())
        reply = dns.message.make_response(query, recursion_available=True)
        zone = next((each for each in self.zones if name.is_subdomain(each.zone.origin)), None)
        if zone is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
            return reply
        if zone.state == "broken":
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply
        self._fill(reply, zone, name, kind)
        checked = self.validating and zone.state != "unsigned" and not query.flags & dns.flags.CD
        if checked and not self._validates(reply, zone):
            refused = dns.message.make_response(query, recursion_available=True)
            refused.set_rcode(dns.rcode.SERVFAIL)
            return refused
        if checked:
            reply.flags |= dns.flags.AD
        if not query.ednsflags & dns.flags.DO:
            for section in (reply.answer, reply.authority):
                section[:] = [rrset for rrset in section if rrset.rdtype != dns.rdatatype.RRSIG]
        return reply

    def _fill(self, reply: dns.message.Message, zone: Zone, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> None:
        for _ in range(10):
            zone = next((each for each in self.zones if name.is_subdomain(each.zone.origin)), zone)
            node = zone.zone.get_node(name) if name.is_subdomain(zone.zone.origin) else None
            alias = node.get_rdataset(dns.rdataclass.IN, dns.rdatatype.CNAME) if node else None
            if alias is not None and kind != dns.rdatatype.CNAME:
                self._add(reply.answer, node, name, dns.rdatatype.CNAME)
                name = alias[0].target
                continue
            if node is not None and node.get_rdataset(dns.rdataclass.IN, kind):
                self._add(reply.answer, node, name, kind)
            else:
                if node is None and not reply.answer:
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                apex = zone.zone.get_node(zone.zone.origin)
                self._add(reply.authority, apex, zone.zone.origin, dns.rdatatype.SOA)
            return

    def _add(self, section: list[dns.rrset.RRset], node: dns.node.Node, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> None:
        section.append(dns.rrset.from_rdata_list(name, 60, list(node.get_rdataset(dns.rdataclass.IN, kind))))
        signed = node.get_rdataset(dns.rdataclass.IN, dns.rdatatype.RRSIG, kind)
        if signed:
            section.append(dns.rrset.from_rdata_list(name, 60, list(signed)))

    def _validates(self, reply: dns.message.Message, zone: Zone) -> bool:
        rrsets = [*reply.answer, *reply.authority]
        for rrset in rrsets:
            if rrset.rdtype == dns.rdatatype.RRSIG or not rrset.name.is_subdomain(zone.zone.origin):
                continue
            signatures = next(
                (
                    each
                    for each in rrsets
                    if each.rdtype == dns.rdatatype.RRSIG and each.name == rrset.name and each[0].type_covered == rrset.rdtype
                ),
                None,
            )
            try:
                dns.dnssec.validate(rrset, signatures, zone.keys)
            except (dns.dnssec.ValidationFailure, AttributeError):
                return False
        return True
