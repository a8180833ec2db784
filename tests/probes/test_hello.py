"""Hand-made hellos, and what comes back to them."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.probes.flight import Flight, read_flight
from hds_audit.probes.hello import GROUPS, SSL3, TLS10, TLS11, TLS12, TLS13, Offer, client_hello
from hds_audit.probes.suites import CLASSIC_SUITES, TLS13_SUITES

CODES = tuple(suite.code for suite in CLASSIC_SUITES)


def pieces(*parts: bytes) -> Iterator[bytes]:
    yield from parts
    while True:
        yield b""


def flight(*parts: bytes) -> Flight:
    source = pieces(*parts)
    return read_flight(lambda most: next(source))


def record(kind: int, body: bytes) -> bytes:
    return bytes([kind, 3, 3]) + len(body).to_bytes(2, "big") + body


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def server_hello(version: int = TLS12, suite: int = 0xC02F, extensions: bytes = b"") -> bytes:
    body = version.to_bytes(2, "big") + bytes(32) + b"\x00" + suite.to_bytes(2, "big") + b"\x00"
    return message(2, body + (len(extensions).to_bytes(2, "big") + extensions if extensions else b""))


@pytest.mark.parametrize("version", [SSL3, TLS10, TLS11, TLS12, TLS13])
def test_a_hello_is_one_record_whose_lengths_agree(version: int) -> None:
    suites = tuple(suite.code for suite in TLS13_SUITES) if version == TLS13 else CODES
    hello = client_hello(Offer(version, suites, host="example.org"))
    assert hello[0] == 22
    assert int.from_bytes(hello[3:5], "big") == len(hello) - 5
    assert int.from_bytes(hello[6:9], "big") == len(hello) - 9
    assert int.from_bytes(hello[9:11], "big") == min(version, TLS12)
    assert (b"example.org" in hello) == (version != SSL3)


@given(
    st.integers(1, len(CODES)), st.sampled_from([TLS10, TLS12, TLS13]), st.integers(1, len(GROUPS)), st.text("abc", min_size=1, max_size=60)
)
def test_no_hello_has_a_size_that_middle_boxes_hang_on(count: int, version: int, groups: int, host: str) -> None:
    hello = client_hello(Offer(version, CODES[:count], tuple(GROUPS)[:groups], f"{host}.test"))
    assert not 256 <= len(hello) - 5 < 512


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", ""])
def test_an_address_is_no_server_name(host: str) -> None:
    with_name = len(client_hello(Offer(TLS12, CODES, host="example.org")))
    assert len(client_hello(Offer(TLS12, CODES, host=host))) < with_name


def test_a_first_flight_counts_only_once_it_is_whole() -> None:
    begun = record(22, server_hello())
    assert flight(begun).kind == "closed"
    assert flight(begun + record(21, b"\x02\x50")).kind == "alert"
    assert flight(begun + record(22, message(14, b""))).kind == "hello"


def test_a_flight_is_read_whatever_its_fragments() -> None:
    whole = record(22, server_hello() + message(14, b""))
    assert flight(*(bytes([byte]) for byte in whole)) == flight(whole)
    split = server_hello() + message(14, b"")
    assert flight(record(22, split[:20]), record(22, split[20:])) == flight(whole)


def test_a_warning_alert_is_passed_over() -> None:
    assert flight(record(21, b"\x01\x70") + record(22, server_hello() + message(14, b""))).kind == "hello"


def test_the_group_of_a_large_prime_is_not_taken_for_a_curve() -> None:
    prime = b"\xff" * 768  # 6144 bits: its length begins with the byte that also says `named curve`
    exchange = message(12, len(prime).to_bytes(2, "big") + prime)
    found = flight(record(22, server_hello(suite=0x009E)), record(22, exchange), record(22, message(14, b"")))
    assert (found.dh_bits, found.group) == (6144, 0)


def test_tls13_is_told_by_its_extension() -> None:
    extensions = b"\x00\x2b\x00\x02\x03\x04" + b"\x00\x33\x00\x02\x00\x1d"
    found = flight(record(22, server_hello(suite=0x1301, extensions=extensions)))
    assert (found.kind, found.version, found.group) == ("hello", TLS13, 0x1D)


@given(st.lists(st.binary(max_size=600), max_size=8))
def test_no_bytes_break_the_reader(parts: list[bytes]) -> None:
    assert flight(*parts).kind in ("alert", "closed", "garbage", "hello")


@given(st.binary(max_size=300), st.sampled_from([2, 11, 12, 13, 14, 22]))
def test_no_handshake_message_breaks_the_reader(body: bytes, kind: int) -> None:
    assert flight(record(22, server_hello()), record(22, message(kind, body))).kind in ("closed", "garbage", "hello")


def test_an_endless_flight_is_left() -> None:
    assert read_flight(lambda most: record(22, message(4, b"x" * 9000))).kind == "garbage"


def test_silence_is_told_from_a_closed_door() -> None:
    def late(most: int) -> bytes:
        raise TimeoutError

    def reset(most: int) -> bytes:
        raise ConnectionResetError

    assert read_flight(late).kind == "silent"
    assert read_flight(reset).kind == "closed"


def test_suites_are_told_apart_by_what_they_lack() -> None:
    by_name = {suite.name: suite for suite in (*CLASSIC_SUITES, *TLS13_SUITES)}
    assert by_name["TLS_AES_128_GCM_SHA256"].forward_secret
    assert not by_name["TLS_RSA_WITH_AES_256_GCM_SHA384"].forward_secret
    assert by_name["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"].aead
    assert not by_name["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"].aead
    assert by_name["TLS_DH_anon_WITH_AES_128_GCM_SHA256"].anonymous
    codes = [suite.code for suite in (*CLASSIC_SUITES, *TLS13_SUITES)]
    assert len(codes) == len(set(codes)) == len(by_name)


def test_numbers_and_names_of_suites_are_those_of_the_local_openssl() -> None:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    known = {suite.code for suite in (*CLASSIC_SUITES, *TLS13_SUITES)}
    theirs = {cipher["id"] & 0xFFFF: cipher for cipher in context.get_ciphers()}
    left_out = {code for code, cipher in theirs.items() if code not in known and not any(mark in cipher["name"] for mark in ("PSK", "SRP"))}
    assert left_out == set()
    for suite in CLASSIC_SUITES:
        cipher = theirs.get(suite.code)
        if cipher:
            assert ("GCM" in cipher["name"]) == ("GCM" in suite.name)
            assert ("ECDHE" in cipher["name"] or "AECDH" in cipher["name"]) == suite.elliptic


def test_a_socket_pair_carries_a_whole_exchange() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(record(21, b"\x02\x46"))
        ours.settimeout(1)
        assert str(read_flight(ours.recv)) == "alert 70 protocol_version"
