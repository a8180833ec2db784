"""Reports to seal, and keys to seal them with."""

from datetime import date
from pathlib import Path

from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import Beside, check, known

DAY = date(2026, 11, 22)


def audited(path: Path, beside: Beside | None = None, packs: tuple[Path, ...] = ()):
    """The report on a description."""
    return check(str(path), known(packs), Request(DAY, generated="2026-11-22T09:00:00Z"), beside)


def written_key(path: Path, key) -> Path:
    """A private key in PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path
