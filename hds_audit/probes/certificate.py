"""The certificate at one address: chain, dates, key, signature, names, revocation (RFC 5280, RFC 6125, RFC 6962, RFC 7633)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID, NameOID

from hds_audit.model.evidence import Observation, Raw, Status
from hds_audit.model.observable import observable
from hds_audit.model.text import Text
from hds_audit.probes.chain import EXPIRED, NO_ISSUER, NO_ISSUER_FOR_LEAF, NOT_YET, Sent, fetch_chain, fetch_other_chain
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.handshake import ask
from hds_audit.probes.hello import TLS12, Offer
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.suites import CLASSIC_SUITES

_DAY = 86_400
_WEAK = frozenset({"md5", "sha1"})
_OCSP, _CA_ISSUERS = AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS


def run(visit: Visit) -> Iterator[Observation]:
    """Look at the certificate of one address, or at both where it holds one for each kind of key."""
    sent = fetch_chain(visit)
    chain = _read(sent)
    found = tuple(_look(visit, sent, chain))
    other = fetch_other_chain(visit, isinstance(_key(chain[0]), ec.EllipticCurvePublicKey))
    if other is None or other.certificates[:1] == sent.certificates[:1]:
        yield from found
        return
    by_name = {each.name: each for each in _look(visit, other, _read(other))}
    yield from (_worse(each, by_name[each.name]) for each in found)


def _worse(one: Observation, other: Observation) -> Observation:
    """Of what two certificates of one address show, what counts against it: the lists of both, the flaw of either."""
    known = observable(one.name)
    if known is None or one.name == "certificate.key_bits":  # the curve tells the strength of the other key
        return min(one, other, key=lambda each: -each.value if isinstance(each.value, int) else 0)
    if known.form == "list" and isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return one._replace(value=tuple(dict.fromkeys((*one.value, *other.value))), raw=(*one.raw, *other.raw))
    if known.form == "yes-no":
        order: tuple[Status, ...] = ("seen", "not-testable", "not-seen") if known.sum == "any" else ("not-seen", "not-testable", "seen")
        return min(one, other, key=lambda each: order.index(each.status))
    numbers = [each for each in (one, other) if isinstance(each.value, int | float)]
    return sorted(numbers, key=_number)[-1 if known.sum == "most" else 0] if numbers else one


def _number(observation: Observation) -> float:
    return observation.value if isinstance(observation.value, int | float) else 0.0


def _read(sent: Sent) -> tuple[x509.Certificate, ...]:
    try:
        chain = tuple(x509.load_der_x509_certificate(each) for each in sent.certificates)
    except ValueError:
        raise FailedLookError("target", "its certificate cannot be read", "son certificat est illisible") from None
    if not chain:
        raise FailedLookError("target", "it sends no certificate", "il n'envoie aucun certificat")
    return chain


def _look(visit: Visit, sent: Sent, chain: tuple[x509.Certificate, ...]) -> Iterator[Observation]:
    yield from _trust(visit, sent, chain)
    yield from _dates(visit, sent, chain[0])
    yield from _names(visit, chain[0])
    yield from _strength(visit, chain)
    yield from _status(visit, chain[0])


def _trust(visit: Visit, sent: Sent, chain: tuple[x509.Certificate, ...]) -> Iterator[Observation]:
    verdict = sent.undated
    raw = () if verdict is None else (Raw("verify", str(verdict)), Raw("sent", str(len(chain))))
    yield visit.answer("certificate.trusted", None if verdict is None else verdict == 0, *raw)
    own = self_signed(chain[0])
    yield visit.answer("certificate.self_signed", own)
    missing: bool | None = False
    if not own and verdict in (None, NO_ISSUER, NO_ISSUER_FOR_LEAF):
        missing = True if verdict is not None and len(chain) == 1 and _access(chain[0], _CA_ISSUERS) else None
    yield visit.answer("certificate.incomplete_chain", missing, *raw)
    issuer = chain[0].issuer
    told = issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME) or issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    yield visit.listed("certificate.issuer", tuple(str(each.value) for each in told[:1]))


def _dates(visit: Visit, sent: Sent, leaf: x509.Certificate) -> Iterator[Observation]:
    now, start, end = visit.now(), leaf.not_valid_before_utc, leaf.not_valid_after_utc
    raw = (Raw("not before", start.isoformat()), Raw("not after", end.isoformat()))
    yield visit.answer("certificate.expired", now > end or sent.dated == EXPIRED, *raw)
    yield visit.answer("certificate.not_yet_valid", now < start or sent.dated == NOT_YET, *raw)
    yield visit.note("certificate.days_left", "seen", days_left(end, now), *raw)
    yield visit.note("certificate.lifetime", "seen", math.ceil((end - start).total_seconds() / _DAY), *raw)
    share = 100 * (end - now).total_seconds() / max((end - start).total_seconds(), 1)
    yield visit.note("certificate.life_left", "seen", round(min(max(share, 0.0), 100.0), 1), *raw)


def days_left(end: datetime, now: datetime) -> int:
    """Whole days before the end; negative as soon as it has passed."""
    return math.floor((end - now).total_seconds() / _DAY)


def _names(visit: Visit, leaf: x509.Certificate) -> Iterator[Observation]:
    names = alternative_names(leaf)
    raw = tuple(Raw("name", name) for name in names[:40])
    yield visit.answer("certificate.without_names", not names)
    yield visit.answer("certificate.matches_name", any(covers(name, visit.host) for name in names), *raw)


def alternative_names(leaf: x509.Certificate) -> tuple[str, ...]:
    """The DNS names and addresses that the certificate is for; the common name is no name (RFC 6125, 6.4.4)."""
    try:
        extension = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    addresses = (str(address) for address in extension.get_values_for_type(x509.IPAddress))
    return (*extension.get_values_for_type(x509.DNSName), *addresses)


def covers(name: str, host: str) -> bool:
    """Whether a name of a certificate covers a host; an asterisk stands for one leftmost label (RFC 6125, 6.4.3)."""
    name, host = name.lower().rstrip("."), host.lower().rstrip(".")
    if _address(name) is not None or _address(host) is not None:
        return _address(name) == _address(host)
    if name.startswith("*.") and name.count(".") > 1:
        return host.partition(".")[2] == name[2:] and not host.startswith(".")
    return name == host


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _strength(visit: Visit, chain: tuple[x509.Certificate, ...]) -> Iterator[Observation]:
    key = _key(chain[0])
    kind = f"EC {key.curve.name}" if isinstance(key, ec.EllipticCurvePublicKey) else "RSA" if isinstance(key, rsa.RSAPublicKey) else ""
    kind = kind or (type(key).__name__.removesuffix("PublicKey") if key is not None else "")
    size = getattr(key, "key_size", None)
    yield visit.listed("certificate.key_type", (kind,) if kind else (), whole=False)
    yield visit.note("certificate.key_bits", "seen" if isinstance(size, int) else "not-testable", size if isinstance(size, int) else None)
    exponent = key.public_numbers().e if isinstance(key, rsa.RSAPublicKey) else None
    yield visit.note("certificate.rsa_exponent", "seen" if exponent else "not-seen", exponent)
    digests = tuple(sorted({_digest(each) for each in chain if not self_signed(each) or each is chain[0]}))
    yield visit.listed("certificate.signature", digests)
    yield visit.answer("certificate.weak_signature", bool(_WEAK.intersection(digests)), *(Raw("digest", each) for each in digests))


def _key(leaf: x509.Certificate) -> CertificatePublicKeyTypes | None:
    try:
        return leaf.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def _digest(certificate: x509.Certificate) -> str:
    try:
        found = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return str(certificate.signature_algorithm_oid.dotted_string)
    return found.name if found is not None else "intrinsic"  # Ed25519 and Ed448 bring their own


def self_signed(certificate: x509.Certificate) -> bool:
    """Whether a certificate vouches for itself."""
    if certificate.issuer != certificate.subject:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _status(visit: Visit, leaf: x509.Certificate) -> Iterator[Observation]:
    yield visit.answer("certificate.revocation_source", _has(leaf, ExtensionOID.CRL_DISTRIBUTION_POINTS) or _access(leaf, _OCSP))
    yield visit.answer("certificate.transparency", _has(leaf, ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS))
    missing: bool | None = False
    if _has(leaf, ExtensionOID.TLS_FEATURE):
        codes = tuple(suite.code for suite in CLASSIC_SUITES if not suite.anonymous)
        answer = ask(visit, Offer(TLS12, codes, host=visit.host))
        missing = not answer.stapled if answer.kind == "hello" else None
    yield visit.answer("certificate.staple_missing", missing)


def _has(leaf: x509.Certificate, oid: x509.ObjectIdentifier) -> bool:
    try:
        leaf.extensions.get_extension_for_oid(oid)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return True


def _access(leaf: x509.Certificate, method: x509.ObjectIdentifier) -> bool:
    try:
        found = leaf.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return any(each.access_method == method for each in found)


PROBE = Probe(
    Text("Certificate and its chain", "Certificat et sa chaîne"),
    ("endpoint-address", "exchanger-address"),
    (
        "certificate.trusted",
        "certificate.self_signed",
        "certificate.incomplete_chain",
        "certificate.issuer",
        "certificate.expired",
        "certificate.not_yet_valid",
        "certificate.days_left",
        "certificate.lifetime",
        "certificate.life_left",
        "certificate.without_names",
        "certificate.matches_name",
        "certificate.key_type",
        "certificate.key_bits",
        "certificate.rsa_exponent",
        "certificate.signature",
        "certificate.weak_signature",
        "certificate.revocation_source",
        "certificate.transparency",
        "certificate.staple_missing",
    ),
    run,
)
