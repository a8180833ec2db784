"""Servers with two certificates, and servers that have had enough: what was not seen is not called clean."""

import asyncio
import socket
import struct
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from lab import servers, web
from lab.pki import key_pem, pem
from lab.street import Seen, Street, statuses

from hds_audit.model.evidence import Endpoint, Targets
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings


def seen_at(port: int, *probes: str, authorities: str = "") -> Seen:
    settings = ProbeSettings(
        timeout=3.0, rate=500.0, allow_private=True, resolvers=(("127.0.0.1", 1),), only=probes, authorities=authorities, plain_port=1
    )
    return {each.name: each for each in observe(Targets((Endpoint(f"https://127.0.0.1:{port}/"),)), settings).observations}


@pytest.mark.parametrize(("days", "expired", "kind"), [((-90, -1), "seen", "rsa1024"), ((-30, 60), "not-seen", "good")])
def test_both_certificates_of_a_server_are_looked_at(
    days: tuple[float, float], expired: str, kind: str, street: Street, tmp_path: Path
) -> None:
    authority = street.authority
    key = authority.small_key if kind == "rsa1024" else authority.leaf_key
    context = servers.context(authority.leaf("curve.test", "p256"), "weak-certificate")
    old = authority.builder("rsa.test", key, days, ("127.0.0.1",)).sign(authority.middle_key, hashes.SHA256())
    (tmp_path / "chain.pem").write_bytes(pem(old) + pem(authority.middle))
    (tmp_path / "key.pem").write_bytes(key_pem(key))
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    port = servers.web(street.loop, "127.0.0.1", 0, web.good, context)
    seen = seen_at(port, "certificate", authorities=str(authority.root_file))
    assert seen["certificate.expired"].status == expired
    assert seen["certificate.key_type"].value == ("EC secp256r1", "RSA")
    assert seen["certificate.key_bits"].value == key.key_size
    assert (seen["certificate.trusted"].status, seen["certificate.rsa_exponent"].value) == ("seen", 65537)
    assert seen["certificate.lifetime"].value == days[1] - days[0] if days[0] == -30 else 90


@pytest.mark.parametrize("manner", ["hangs up", "resets"])
def test_a_server_that_has_had_enough_refuses_nothing(manner: str, street: Street) -> None:
    der = x509.load_pem_x509_certificate(street.pair.chain.read_bytes()).public_bytes(serialization.Encoding.DER)
    willing, calls = servers.by_hand({0x0303: (0xC02F,), 0x0301: (0x0005,)}, der), list[int]()

    async def tired(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(1)
        if len(calls) < 4:
            await willing(reader, writer)
        elif manner == "resets":
            told = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, told)
        else:
            await reader.read(1)

    seen = seen_at(servers.raw(street.loop, "127.0.0.1", 0, tired), "tls")
    assert seen["tls.accepts_tls12"].status == "seen"
    assert statuses(seen, "tls.accepts_tls10", "tls.accepts_ssl3", "tls.rc4", "tls.null") == {"not-testable"}
    assert seen["tls.suites"].value == ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",)
    assert all(each.why for each in seen.values() if each.status == "not-testable")


def test_a_server_that_hangs_up_on_what_it_does_not_accept_refuses_it(street: Street) -> None:
    der = x509.load_pem_x509_certificate(street.pair.chain.read_bytes()).public_bytes(serialization.Encoding.DER)
    willing = servers.by_hand({0x0303: (0xC02F,)}, der)

    async def curt(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        write = writer.write
        writer.write = lambda data: write(data) if data[:1] == b"\x16" else None  # type: ignore[method-assign]
        await willing(reader, writer)

    seen = seen_at(servers.raw(street.loop, "127.0.0.1", 0, curt), "tls")
    assert seen["tls.accepts_tls12"].status == "seen"
    assert statuses(seen, "tls.accepts_tls10", "tls.rc4") == {"not-seen"}
