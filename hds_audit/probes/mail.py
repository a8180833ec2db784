"""What a domain says of its mail: exchangers, SPF, DKIM, DMARC (RFC 5321, 7208, 6376, 9989; DKIM keys: RFC 8301, 8463)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from hds_audit.model.evidence import Observation, Raw, Status
from hds_audit.model.text import Text
from hds_audit.probes.names import Reply
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.spf import read_spf

_ED25519 = 256
_NO_SELECTOR = Text(
    "No DKIM selector is declared, and keys cannot be listed", "Aucun sélecteur DKIM n'est déclaré, et les clés ne se listent pas"
)


def run(visit: Visit) -> Iterator[Observation]:
    """Look at the mail of one domain."""
    reply = visit.names.ask(visit.host, "MX")
    exchangers = exchangers_of(reply)
    none = reply.outcome == "answer" and not exchangers  # a null MX, RFC 7505
    yield visit.listed("mail.exchangers", exchangers, *_aliases(visit, exchangers), whole=reply.settled)
    yield visit.answer("mail.receives_none", none if reply.settled else None)
    yield from _spf(visit)
    yield from _dkim(visit)
    yield from _dmarc(visit)


def _aliases(visit: Visit, exchangers: tuple[str, ...]) -> Iterator[Raw]:
    """The exchangers that are aliases, which some senders do not follow (RFC 2181, 10.3)."""
    for host in exchangers:
        if aliases := visit.names.ask(host, "A").aliases:
            yield Raw("alias", f"{host} {aliases[-1]}")


def exchangers_of(reply: Reply) -> tuple[str, ...]:
    """The exchangers in order of preference; a null MX names none."""
    ranked = sorted((int(number), host.rstrip(".").lower()) for number, _, host in (record.partition(" ") for record in reply.records))
    return tuple(dict.fromkeys(host for _, host in ranked if host))


def _spf(visit: Visit) -> Iterator[Observation]:
    reading = read_spf(visit.names, visit.host)
    known = reading.present or reading.settled
    several = "several-records" in reading.problems
    yield visit.answer("mail.spf", reading.present and not several if known else None)
    blank: Status = "not-seen" if known else "not-testable"
    yield visit.note("mail.spf_all", "seen" if reading.all else blank, reading.all or None)
    counted = reading.present and reading.settled
    yield visit.note("mail.spf_lookups", "seen" if counted else blank, reading.lookups if counted else None)
    yield visit.listed("mail.spf_problems", tuple(reading.problems), whole=reading.settled)
    inner = (Raw(host, f"included by {parent}") for host, parent in reading.parents.items())
    yield visit.listed("mail.spf_includes", tuple(dict.fromkeys(reading.includes)), *inner, whole=reading.settled)


def _dkim(visit: Visit) -> Iterator[Observation]:
    selectors = visit.domain.dkim if visit.domain else ()
    there, missing, aliases, sizes = list[str](), list[str](), list[str](), list[int]()
    settled = bool(selectors)
    for selector in selectors:
        reply = visit.names.ask(f"{selector}._domainkey.{visit.host}", "TXT")
        settled = settled and reply.settled
        aliases.extend(f"{selector} {alias}" for alias in reply.aliases[-1:])
        sizes_here = [size for record in reply.records if (size := key_bits(record)) is not None]
        sizes += sizes_here
        if sizes_here:
            there.append(selector)
        elif reply.settled:
            missing.append(selector)
    why = None if selectors else _NO_SELECTOR
    yield visit.listed("mail.dkim_keys", tuple(there), whole=settled, why=why)
    yield visit.listed("mail.dkim_missing", tuple(missing), whole=settled, why=why)
    yield visit.listed("mail.dkim_aliases", tuple(aliases), whole=settled, why=why)
    yield visit.note("mail.dkim_bits", "seen" if sizes else "not-seen" if settled else "not-testable", least(sizes), why=why)


def least(sizes: list[int]) -> int | None:
    """The smallest RSA key; 256 where all are Ed25519 keys, which are strong and would hide a weak one beside them."""
    return min([size for size in sizes if size != _ED25519] or sizes, default=None)


def key_bits(record: str) -> int | None:
    """The size of a DKIM key (an Ed25519 key counts 256); None for a key that is revoked, broken or not there."""
    tags = read_tags(record)
    if tags.get("v", "DKIM1") != "DKIM1" or not tags.get("p"):
        return None
    try:
        content = base64.b64decode("".join(tags["p"].split()), validate=True)
        if tags.get("k", "rsa").lower() == "ed25519":
            return _ED25519 if len(content) == 32 else None
        key = load_der_public_key(content)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return None
    return key.key_size if isinstance(key, RSAPublicKey) else None


def read_tags(record: str) -> dict[str, str]:
    """The tags of a `k=v; k=v` record, names in lower case."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {key.strip().lower(): value.strip() for key, equals, value in pairs if equals}


def _dmarc(visit: Visit) -> Iterator[Observation]:
    tags, settled, at = _policy(visit)
    inherited = at != visit.host
    asked = tags.get("sp", tags.get("p", "")) if inherited else tags.get("p", "")
    raw = (Raw("at", at), *(Raw(tag, tags[tag][:40]) for tag in ("p", "sp", "np", "t", "pct") if tag in tags)) if tags else ()
    yield visit.answer("mail.dmarc", True if tags else False if settled else None, *raw)
    under = tags.get("np" if inherited else "sp", asked)
    for name, value in (("mail.dmarc_policy", applied(asked, tags)), ("mail.dmarc_subdomain_policy", applied(under, tags))):
        yield visit.note(name, "seen" if value else "not-seen" if settled else "not-testable", value or None, *raw)
    reports = bool(tags.get("rua"))
    yield visit.answer("mail.dmarc_reports", reports if settled or reports else None)


_WEAKER = {"reject": "quarantine", "quarantine": "none"}


def applied(asked: str, tags: dict[str, str]) -> str:
    """What is asked for every message: one step less on trial (`t=y`, RFC 9989) or for a share of them only (`pct`, RFC 7489, 6.3)."""
    share = tags.get("pct", "100")
    partly = tags.get("t", "n").lower() == "y" or (share.isdecimal() and int(share) < 100)
    policy = asked.lower()
    return _WEAKER.get(policy, policy) if partly else policy


def is_dmarc(record: str) -> bool:
    """Whether a record is a policy: its version comes first (RFC 9989, 4.7)."""
    name, _, version = record.partition(";")[0].partition("=")
    return name.strip().lower() == "v" and version.strip() == "DMARC1"


def _policy(visit: Visit) -> tuple[dict[str, str], bool, str]:
    """The domain's own policy or the nearest above it, as the tree walk of RFC 9989 finds it; several at one place are none."""
    name = visit.host
    while name.count(".") >= 1:
        reply = visit.names.ask(f"_dmarc.{name}", "TXT")
        if not reply.settled:
            return {}, False, visit.host  # what is above holds only where nothing is here
        found = [read_tags(record) for record in reply.records if is_dmarc(record)]
        if len(found) == 1:
            return found[0], True, name
        name = name.partition(".")[2]
    return {}, True, visit.host


PROBE = Probe(
    Text("Mail: exchangers, SPF, DKIM, DMARC", "Messagerie : MX, SPF, DKIM, DMARC"),
    ("domain",),
    (
        "mail.exchangers",
        "mail.receives_none",
        "mail.spf",
        "mail.spf_all",
        "mail.spf_lookups",
        "mail.spf_problems",
        "mail.spf_includes",
        "mail.dkim_keys",
        "mail.dkim_missing",
        "mail.dkim_aliases",
        "mail.dkim_bits",
        "mail.dmarc",
        "mail.dmarc_policy",
        "mail.dmarc_subdomain_policy",
        "mail.dmarc_reports",
    ),
    run,
    Text("The resolver gave no settled answer", "Le résolveur n'a pas donné de réponse définitive"),
)
