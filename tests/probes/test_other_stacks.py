"""The same answers from stacks that are none of ours: tlslite-ng as a server of old, openssl s_client as a witness."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from lab.daemons import missing
from lab.network import Lab

from hds_audit.model.evidence import Endpoint, Evidence, Subject, Targets
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from hds_audit.resolve.observed import observed_facts

WITNESS = shutil.which("openssl")


def serve(server: socket.socket, chain: object, key: object, settings: object) -> None:
    from tlslite.api import TLSConnection  # type: ignore[import-not-found]

    while True:
        try:
            stream, _ = server.accept()
        except OSError:
            return
        stream.settimeout(2)
        try:
            TLSConnection(stream).handshakeServer(certChain=chain, privateKey=key, settings=settings)
        except Exception:
            pass
        finally:
            stream.close()


@pytest.fixture
def server_of_old(small_lab: Lab) -> Iterator[int]:
    pytest.importorskip("tlslite", reason="tlslite-ng is not installed")
    from tlslite.api import HandshakeSettings, X509CertChain, parsePEMKey  # type: ignore[import-not-found]

    pair = small_lab.authority.leaf("old.hds.test")
    chain = X509CertChain()
    chain.parsePemList(pair.chain.read_text("ascii"))
    key = parsePEMKey(pair.key.read_text("ascii"), private=True)
    settings = HandshakeSettings()
    settings.minVersion, settings.maxVersion = (3, 0), (3, 1)
    settings.cipherNames, settings.keyExchangeNames, settings.macNames = ["rc4", "3des"], ["rsa"], ["sha", "md5"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server, chain, key, settings), daemon=True).start()
        yield server.getsockname()[1]


def test_a_real_server_of_old_is_seen(server_of_old: int) -> None:
    url = f"https://127.0.0.1:{server_of_old}"
    settings = ProbeSettings(allow_private=True, rate=200.0, resolvers=(("127.0.0.1", 1),), only=("tls", "certificate"), timeout=3.0)
    evidence = observe(Targets((Endpoint(url),)), settings)
    seen = {fact.name: fact.value for fact in observed_facts(evidence, Subject("endpoint", url))}
    assert seen["tls.versions"] == ("SSL 3.0", "1.0")
    assert (seen["tls.rc4"], seen["tls.triple_des"], seen["tls.null"]) == (True, True, False)
    assert seen["tls.suites_without_forward_secrecy"] == seen["tls.suites"]
    assert seen["certificate.key_bits"] == 2048


def spoken(host: str, port: int, name: str, flag: str) -> bool:
    command = [str(WITNESS), "s_client", "-connect", f"{host}:{port}", "-servername", name, flag, "-cipher", "ALL:@SECLEVEL=0"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False)
    return "Cipher is (NONE)" not in done.stdout and "Cipher is " in done.stdout


@pytest.mark.skipif(WITNESS is None, reason="openssl is not installed")
@pytest.mark.parametrize("name", ["good", "tls10", "tls10-off", "tls13", "rsa-exchange"])
def test_openssl_bears_witness(name: str, lab: Lab, evidence: Evidence) -> None:
    if not lab.real:
        pytest.skip(f"the witness is for real servers: {', '.join(missing()) or 'the stand-ins are seen elsewhere'}")
    seen = {fact.name: fact.value for fact in observed_facts(evidence, Subject("endpoint", lab.url(name)))}
    for flag, observable in (("-tls1", "tls.accepts_tls10"), ("-tls1_1", "tls.accepts_tls11"), ("-tls1_2", "tls.accepts_tls12")):
        assert spoken(lab.names[name][0], lab.port, f"{name}.hds.test", flag) == seen[observable], flag


def test_a_run_leaves_no_thread_behind(small_lab: Lab) -> None:
    before = set(threading.enumerate())
    observe(Targets((Endpoint(small_lab.url("good")),)), small_lab.settings)
    end = time.monotonic() + 2
    while set(threading.enumerate()) - before and time.monotonic() < end:
        time.sleep(0.01)
    assert set(threading.enumerate()) - before == set()
