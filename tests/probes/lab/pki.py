"""Authorities and certificates of the lab, each leaf with one thing wrong."""

import base64
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

# the second Oakley group of RFC 2409, 1024 bits
_OAKLEY_2 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)


def dh_1024() -> bytes:
    """Diffie-Hellman parameters as OpenSSL reads them: a PKCS #3 sequence of the prime and 2."""
    prime = b"\x00" + _OAKLEY_2.to_bytes(128, "big")
    body = b"\x02\x81" + bytes([len(prime)]) + prime + b"\x02\x01\x02"
    der = base64.encodebytes(b"\x30\x81" + bytes([len(body)]) + body).decode()
    return f"-----BEGIN DH PARAMETERS-----\n{der}-----END DH PARAMETERS-----\n".encode()


@dataclass(frozen=True)
class Pair:
    """Files of a chain and its key."""

    chain: Path
    key: Path


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: Key) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lab"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Authority:
    """A root, an intermediate, and the leaves that they sign; keys are shared since only what is wrong matters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)  # so that no run falls in the very second
        self.root_key, self.middle_key, self.leaf_key = (rsa.generate_private_key(65537, 2048) for _ in range(3))
        self.small_key = rsa.generate_private_key(65537, 1024)
        self.curve_key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._authority("Lab root", self.root_key, name("Lab root"), self.root_key)
        self.middle = self._authority("Lab intermediate", self.middle_key, name("Lab root"), self.root_key)
        self.root_file = folder / "root.pem"
        self.root_file.write_bytes(pem(self.root))

    def _authority(self, common: str, key: rsa.RSAPrivateKey, issuer: x509.Name, signer: rsa.RSAPrivateKey) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(name(common))
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - timedelta(days=400))
            .not_valid_after(self.now + timedelta(days=4000))
            .add_extension(x509.BasicConstraints(True, None), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .sign(signer, hashes.SHA256())
        )

    def builder(
        self, host: str, key: Key, days: tuple[float, float] = (-30, 60), names: tuple[str, ...] | None = None, kind: str = ""
    ) -> x509.CertificateBuilder:
        begun = (
            x509.CertificateBuilder()
            .subject_name(name(host))
            .issuer_name(name(host) if kind == "self-signed" else self.middle.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now + timedelta(days=days[0]))
            .not_valid_after(self.now + timedelta(days=days[1]))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(
                x509.AuthorityInformationAccess(
                    [
                        x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.hds.test")),
                        x509.AccessDescription(
                            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.hds.test/m.der")
                        ),
                    ]
                ),
                False,
            )
        )
        listed = (host,) if names is None else names
        if listed:
            begun = begun.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in listed]), False)
        return begun.add_extension(x509.TLSFeature([x509.TLSFeatureType.status_request]), False) if kind == "must-staple" else begun

    def _files(self, host: str, certificates: tuple[x509.Certificate, ...], key: Key) -> Pair:
        pair = Pair(self.folder / f"{host}.pem", self.folder / f"{host}.key")
        pair.chain.write_bytes(b"".join(pem(each) for each in certificates))
        pair.key.write_bytes(key_pem(key))
        return pair

    def leaf(self, host: str, kind: str = "good") -> Pair:
        """A chain for a host, with the defect that its kind names."""
        key: Key = {"rsa1024": self.small_key, "p256": self.curve_key}.get(kind, self.leaf_key)
        if kind == "self-signed":
            return self._files(host, (self.builder(host, key, kind=kind).sign(self.leaf_key, hashes.SHA256()),), key)
        if kind == "sha1":
            return self._sha1(host)
        days = {"expired": (-90, -0.05), "soon": (-88, 2), "future": (2, 90), "long": (-10, 890)}.get(kind, (-30, 60))
        names = {"wrong-host": (f"other-{host}",), "no-names": (), "wildcard": (f"*.{host.partition('.')[2]}",)}.get(kind)
        certificate = self.builder(host, key, days, names, kind).sign(self.middle_key, hashes.SHA256())
        return self._files(host, (certificate,) if kind == "no-chain" else (certificate, self.middle), key)

    def _sha1(self, host: str) -> Pair:
        """cryptography no longer signs with SHA-1; the command does."""
        request = self.folder / f"{host}.csr"
        built = x509.CertificateSigningRequestBuilder().subject_name(name(host)).sign(self.leaf_key, hashes.SHA256())
        request.write_bytes(built.public_bytes(serialization.Encoding.PEM))
        signer, signer_key, extensions = (self.folder / f"sha1-{part}" for part in ("ca.pem", "ca.key", "ext"))
        signer.write_bytes(pem(self.middle))
        signer_key.write_bytes(key_pem(self.middle_key))
        extensions.write_text(f"subjectAltName=DNS:{host}\nauthorityInfoAccess=OCSP;URI:http://ocsp.hds.test\n")
        signing = ["openssl", "x509", "-req", "-sha1", "-days", "60", "-in", request, "-CA", signer, "-CAkey", signer_key]
        made = subprocess.run([*signing, "-CAcreateserial", "-extfile", extensions], check=True, capture_output=True).stdout
        return self._files(host, (x509.load_pem_x509_certificate(made), self.middle), self.leaf_key)


def has_openssl() -> bool:
    return shutil.which("openssl") is not None
