"""The zone of a domain: name servers, who may certify (RFC 8659), and whether its signatures hold (RFC 4035).

Whether answers validate is the resolver's word (its AD bit). Bogus is told from broken by asking again unchecked, or by checking the zone's
own signatures where the resolver checks none; an expired signature is read from its own date, whatever the resolver does.
"""

from __future__ import annotations

from collections.abc import Iterator

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.names import Reply
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.signatures import signatures_hold

_ISSUING = ("issue", "issuewild")  # the properties that say who may certify a name (RFC 8659, 4.2 and 4.3)
_ISLAND = Text("Signed, but its parent does not say so", "Signée, mais sa zone parente ne l'indique pas")
_NOT_VALIDATING = Text("The zone is signed but this resolver does not validate", "La zone est signée mais ce résolveur ne valide pas")


def run(visit: Visit) -> Iterator[Observation]:
    """Look at the zone of one domain."""
    servers = visit.names.ask(visit.host, "NS")
    yield visit.listed("dns.name_servers", tuple(record.rstrip(".").lower() for record in servers.records), whole=servers.settled)
    yield _caa(visit)
    addresses = tuple(record for kind in ("A", "AAAA") for record in visit.names.ask(visit.host, kind).records)
    yield visit.listed("dns.addresses", addresses, whole=all(visit.names.ask(visit.host, kind).settled for kind in ("A", "AAAA")))
    yield from _dnssec(visit)


def _caa(visit: Visit) -> Observation:
    """The nearest set of records, from the domain upwards."""
    name, settled = visit.host, True
    while "." in name:
        reply = visit.names.ask(name, "CAA")
        settled = settled and reply.settled
        if reply.records:
            said = tuple(_authority(record) for record in reply.records)
            allowed = tuple(each for each in said if each.partition(" ")[0].lower() in _ISSUING)
            why = None if allowed else Text("Its records restrict nobody", "Ses enregistrements ne restreignent personne")
            return visit.listed(
                "dns.caa", allowed, Raw("at", name), *(Raw("record", each) for each in said if each not in allowed), why=why
            )
        name = name.partition(".")[2]
    return visit.listed("dns.caa", (), whole=settled)


def _authority(record: str) -> str:
    _, tag, value = [*record.split(None, 2), "", "", ""][:3]
    return f"{tag} {value.strip(chr(34))}"[:120]


def _dnssec(visit: Visit) -> Iterator[Observation]:
    checked = visit.names.ask(visit.host, "SOA")
    bare = visit.names.ask(visit.host, "SOA", unchecked=True)
    ends = bare.signatures_end or checked.signatures_end
    apex = _apex(visit)
    refused = not checked.settled and checked.outcome == "broken" and bare.outcome in ("answer", "nothing")
    own = signatures_hold(visit.names, apex) if ends and checked.settled and not checked.authentic else None
    alone = checked.recursive and visit.names.ask(apex, "DS").outcome in ("nothing", "no-name")
    bogus: bool | None = refused or (own is False and not alone)
    if not bogus and not (checked.settled and (checked.authentic or not ends or alone or own)):
        bogus = None
    raw = (Raw("checked", checked.rcode or checked.outcome), Raw("unchecked", bare.rcode or bare.outcome))
    yield visit.answer("dns.dnssec_bogus", bogus, *raw, why=_NOT_VALIDATING if bogus is None and checked.settled else None)
    past = [end for end in ends if end < visit.now()]
    told = bare.settled or checked.settled
    dates = tuple(Raw("signed until", end.isoformat()) for end in sorted(set(ends))[:4])
    yield visit.answer("dns.dnssec_expired", bool(ends) and len(past) == len(ends) if told else None, *dates)
    yield _valid(visit, checked, bool(bogus), bool(ends), alone, raw)


def _apex(visit: Visit) -> str:
    """The nearest name from the domain upwards that begins a zone: its parent vouches for it, and for no name inside."""
    name = visit.host
    while "." in name and visit.names.ask(name, "SOA", unchecked=True).outcome in ("nothing", "no-name"):
        name = name.partition(".")[2]
    return name if "." in name else visit.host


def _valid(visit: Visit, checked: Reply, bogus: bool, signed: bool, alone: bool, raw: tuple[Raw, ...]) -> Observation:
    name = "dns.dnssec_valid"
    if checked.authentic and checked.settled:
        return visit.answer(name, True, *raw)
    if bogus or not checked.settled:
        return visit.answer(name, False if bogus else None, *raw)
    if not signed:
        return visit.answer(name, False, *raw, why=Text("The zone is not signed", "La zone n'est pas signée"))
    return visit.answer(name, False if alone else None, *raw, why=_ISLAND if alone else _NOT_VALIDATING)


PROBE = Probe(
    Text("Zone and its signatures", "Zone et ses signatures"),
    ("domain",),
    ("dns.name_servers", "dns.caa", "dns.addresses", "dns.dnssec_bogus", "dns.dnssec_expired", "dns.dnssec_valid"),
    run,
    Text("The resolver gave no settled answer", "Le résolveur n'a pas donné de réponse définitive"),
)
