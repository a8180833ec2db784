"""The certificates that a server sends, and what its chain is worth."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, replace

from hds_audit.probes.failure import FailedLookError, broken_connection
from hds_audit.probes.flight import Flight
from hds_audit.probes.handshake import ask
from hds_audit.probes.hello import TLS10, TLS11, TLS12, Offer
from hds_audit.probes.probe import Visit
from hds_audit.probes.stream import encrypt
from hds_audit.probes.suites import CLASSIC_SUITES

EXPIRED, NOT_YET, NO_ISSUER, NO_ISSUER_FOR_LEAF = 10, 9, 20, 21
_DER = 2


class _NoHandshakeError(Exception):
    """The local OpenSSL and the server have nothing in common, or the server hangs up on it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The chain as sent, in DER, leaf first; `dated` and `undated` are OpenSSL's verdicts (0: good), None where it could not be asked."""

    certificates: tuple[bytes, ...]
    dated: int | None = None
    undated: int | None = None


def fetch_other_chain(visit: Visit, elliptic: bool) -> Sent | None:
    """The chain for the other kind of key than that of the first leaf, from a server that holds both; None where it holds one.

    Only up to TLS 1.2 does a client ask for a kind by its suites.
    """
    kind, openssl = ("_RSA_", "aRSA") if elliptic else ("_ECDSA_", "aECDSA")
    codes = tuple(suite.code for suite in CLASSIC_SUITES if kind in suite.name and not suite.anonymous)
    try:
        if not ask(visit, Offer(TLS12, codes, host=visit.host)).certificates:
            return None
        return fetch_chain(replace(visit, authorities=visit.authorities.restricted(openssl)))
    except FailedLookError:
        return None


def fetch_chain(visit: Visit) -> Sent:
    """The chain and its verdicts, in one connection where all is well; raises FailedLookError."""
    authorities = visit.authorities
    try:
        chain, verdict = _shake(visit, authorities.dated)
        if verdict == 0:
            return Sent(chain, 0, 0)
        undated = _shake(visit, authorities.undated)[1] if verdict in (EXPIRED, NOT_YET) else verdict
        return Sent(_shake(visit, authorities.lenient)[0], verdict, undated)
    except _NoHandshakeError:
        return Sent(_from_hello(visit).certificates)


def _shake(visit: Visit, context: ssl.SSLContext) -> tuple[tuple[bytes, ...], int]:
    with visit.connection() as stream:
        try:
            with encrypt(stream, context, visit.host or None) as encrypted:
                return _certificates(encrypted), 0
        except ssl.SSLCertVerificationError as error:
            return (), error.verify_code
        except TimeoutError as error:
            raise broken_connection(error) from None
        except OSError:
            raise _NoHandshakeError from None


def _certificates(stream: ssl.SSLSocket) -> tuple[bytes, ...]:
    public = getattr(stream, "get_unverified_chain", None)  # from Python 3.13
    if public is not None:
        return tuple(bytes(each) for each in public())
    inner = getattr(stream, "_sslobj", None)
    found = inner.get_unverified_chain() if inner is not None else None
    return tuple(bytes(each.public_bytes(_DER)) for each in found or ())


def _from_hello(visit: Visit) -> Flight:
    """What a server that the local OpenSSL cannot talk to sends in clear, up to TLS 1.2."""
    codes = tuple(suite.code for suite in CLASSIC_SUITES if not suite.anonymous)
    for version in (TLS12, TLS11, TLS10):
        answer = ask(visit, Offer(version, codes, host=visit.host))
        if answer.certificates:
            return answer
    raise FailedLookError("target", "no certificate can be had from it", "aucun certificat ne peut en être obtenu")
