"""Signatures of a manifest: Ed25519 (RFC 8032), or ECDSA with SHA-256 (FIPS 186-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.errors import InputError, Problem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    Private = Ed25519PrivateKey | EllipticCurvePrivateKey
    Public = Ed25519PublicKey | EllipticCurvePublicKey


def private_key(name: str, pem: bytes) -> Private:
    """The private key in PEM; raises InputError where there is none that can sign."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except TypeError:
        raise InputError(
            Problem(name, "the key is locked by a password; give one that is not", "clé protégée par un mot de passe")
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise InputError(Problem(name, "no private key in PEM", "ce n'est pas une clé privée au format PEM")) from None
    if not isinstance(key, Ed25519PrivateKey | EllipticCurvePrivateKey):
        raise InputError(Problem(name, "neither Ed25519 nor ECDSA", "ni Ed25519 ni ECDSA"))
    return key


def public_key(name: str, pem: bytes) -> Public:
    """The public key in PEM; raises InputError where there is none that we verify with."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise InputError(Problem(name, "no public key in PEM", "ce n'est pas une clé publique au format PEM")) from None
    if not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey):
        raise InputError(Problem(name, "neither Ed25519 nor ECDSA", "ni Ed25519 ni ECDSA"))
    return key


def signed(key: Private, content: bytes) -> bytes:
    """The signature of some bytes."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256

    return key.sign(content, ECDSA(SHA256())) if isinstance(key, EllipticCurvePrivateKey) else key.sign(content)


def holds(key: Public, signature: bytes, content: bytes) -> bool:
    """Whether a signature is that of these bytes by this key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signature, content, ECDSA(SHA256()))
        else:
            key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def public_pem(key: Private) -> bytes:
    """The public half of a key, in PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Public) -> str:
    """What two people compare by telephone: the SHA-256 of the key (its SubjectPublicKeyInfo)."""
    import hashlib

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
