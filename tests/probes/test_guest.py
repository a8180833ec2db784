"""How a guest behaves: where it does not go, how often it comes, when it leaves."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.probes.admission import admit, within
from hds_audit.probes.failure import FailedLookError, no_connection
from hds_audit.probes.guest import Guest
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.stream import Deadline

PRIVATE = (
    *(
        "10.0.0.1",
        "127.0.0.1",
        "127.8.9.10",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "240.0.0.1",
    ),
    *("::1", "fc00::1", "fe80::1", "fe80::1%eth0", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"),
)
NEVER = (
    "169.254.169.254",
    "fd00:ec2::254",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_unless_allowed(address: str) -> None:
    with pytest.raises(FailedLookError) as refused:
        admit(address, allow_private=False)
    assert refused.value.fault == "here"
    assert "--allow-private" in refused.value.why.fr
    admit(address, allow_private=True)


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("allowed", [True, False])
def test_some_addresses_are_never_contacted(address: str, allowed: bool) -> None:
    with pytest.raises(FailedLookError):
        admit(address, allow_private=allowed)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4007::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_global_addresses_are_admitted(address: str) -> None:
    admit(address, allow_private=False)


@given(st.text(max_size=60).filter(lambda text: not text.isascii() or not set(text) & set(".:")))
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(FailedLookError):
        admit(text, allow_private=True)


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_another_is_found(inner: object) -> None:
    import ipaddress

    carried = ipaddress.IPv6Address(f"64:ff9b::{int(inner) >> 16:x}:{int(inner) & 0xFFFF:x}")  # type: ignore[call-overload]
    assert inner in within(carried)


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


def guest(**settings: object) -> Guest:
    return Guest(ProbeSettings(allow_private=True, **settings))  # type: ignore[arg-type]


def test_connections_are_spaced(listener: int) -> None:
    slept: list[float] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    visitor = Guest(ProbeSettings(allow_private=True, rate=4.0, timeout=5.0), clock=lambda: now[0], sleep=sleep)
    for _ in range(4):
        with visitor.connection("127.0.0.1", listener, visitor.deadline(60)):
            pass
    assert slept == [0.0, 0.25, 0.25, 0.25]


def test_connections_are_counted(listener: int) -> None:
    visitor = guest(visits=3, rate=1000.0)
    for _ in range(3):
        with visitor.connection("127.0.0.1", listener, visitor.deadline(5)):
            pass
    with pytest.raises(FailedLookError) as stopped, visitor.connection("127.0.0.1", listener, visitor.deadline(5)):
        pass
    assert stopped.value.fault == "limit"


def test_no_more_than_two_connections_are_open_at_once(listener: int) -> None:
    visitor, most, now_open, lock = guest(rate=1000.0), [0], [0], threading.Lock()

    def visit() -> None:
        with visitor.connection("127.0.0.1", listener, visitor.deadline(5)):
            with lock:
                now_open[0] += 1
                most[0] = max(most[0], now_open[0])
            time.sleep(0.01)
            with lock:
                now_open[0] -= 1

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_a_host_that_never_answers_is_left_alone(listener: int) -> None:
    visitor = guest(timeout=0.05, rate=1000.0)
    for _ in range(2):
        with visitor.connection("127.0.0.1", listener, visitor.deadline(5)) as stream, pytest.raises(TimeoutError):
            stream.recv(1)
    with pytest.raises(FailedLookError) as left, visitor.connection("127.0.0.1", listener, visitor.deadline(5)):
        pass
    assert left.value.fault == "network"


def test_a_stopped_guest_opens_nothing(listener: int) -> None:
    visitor = guest()
    visitor.stop()
    with pytest.raises(FailedLookError), visitor.connection("127.0.0.1", listener, visitor.deadline(5)):
        pass


def test_a_refused_connection_is_the_targets_doing() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    visitor = guest()
    with pytest.raises(FailedLookError) as refused, visitor.connection("127.0.0.1", port, visitor.deadline(5)):
        pass
    assert refused.value.fault == "target"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (TimeoutError(), "network"),
        (ConnectionRefusedError(), "target"),
        (OSError(101, "unreachable"), "here"),
        (OSError(113, "no route"), "network"),
    ],
)
def test_each_failure_has_its_author(error: OSError, fault: str) -> None:
    assert no_connection(error, 443).fault == fault


def test_a_deadline_is_kept_whatever_the_server_drips() -> None:
    ours, theirs = socket.socketpair()
    done = threading.Event()

    def drip() -> None:
        while not done.wait(0.01):
            try:
                theirs.send(b"x")
            except OSError:
                return

    from hds_audit.probes.stream import PatientSocket

    stream = PatientSocket(fileno=ours.detach())
    stream.deadline = Deadline(0.2, 5.0)
    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()

    def read_on() -> None:
        while True:
            stream.recv(1)

    with stream, theirs, pytest.raises((FailedLookError, TimeoutError)):
        read_on()
    done.set()
    thread.join()
    assert time.monotonic() - start < 2


def test_a_proxy_carries_every_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said: list[bytes] = []

        def serve() -> None:
            for answer in (b"HTTP/1.1 200 ok\r\n\r\nhello", b"HTTP/1.1 403 no\r\n\r\n"):
                connection, _ = server.accept()
                with connection:
                    said.append(connection.recv(1024))
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        visitor = guest(proxy=f"http://127.0.0.1:{server.getsockname()[1]}", rate=1000.0)
        with visitor.connection("192.0.2.7", 443, visitor.deadline(5)) as stream:
            assert stream.recv(16) == b"hello"
        with pytest.raises(FailedLookError) as refused, visitor.connection("2001:db8::7", 443, visitor.deadline(5)):
            pass
        thread.join()
    assert said[0].startswith(b"CONNECT 192.0.2.7:443 HTTP/1.1\r\n")
    assert said[1].startswith(b"CONNECT [2001:db8::7]:443 HTTP/1.1\r\n")
    assert refused.value.fault == "network"
