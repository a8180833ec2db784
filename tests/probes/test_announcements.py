"""Who announces an address: Team Cymru's records, and tables of the user's own."""

import contextlib
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_mail_records import Zone

from hds_audit.errors import InputError
from hds_audit.model.evidence import Announcement, Subject, Targets
from hds_audit.probes.authorities import Authorities
from hds_audit.probes.guest import Guest
from hds_audit.probes.location import announcements, read_origin
from hds_audit.probes.observe import utc_now
from hds_audit.probes.probe import Visit
from hds_audit.probes.settings import ProbeSettings
from hds_audit.read.ip_table import read_ip_table
from hds_audit.read.maxmind import Database, Node


def visit(records: dict[tuple[str, str], tuple[str, ...]], settings: ProbeSettings = ProbeSettings()) -> Visit:  # noqa: B008 (frozen)
    guest = Guest(settings)
    names = Zone(records)
    authorities = Authorities(None, None, None)  # type: ignore[arg-type]
    subject = Subject("endpoint", "https://a.test")
    return Visit(subject, "a.test", 443, "", Targets(), settings, guest, names, authorities, guest.deadline(5), utc_now)


CYMRU = {
    ("8.8.8.8.origin.asn.cymru.com", "TXT"): ("15169 64500 | 8.8.8.0/24 | US | arin | 2000-03-30",),
    ("AS15169.asn.cymru.com", "TXT"): ("15169 | US | arin | 2000-03-30 | GOOGLE - Google LLC, US",),
}


def test_cymru_is_read_with_all_its_announcers() -> None:
    assert announcements(visit(CYMRU), "8.8.8.8") == (
        Announcement(15169, "GOOGLE - Google LLC, US", "US", "8.8.8.0/24"),
        Announcement(64500, "", "US", "8.8.8.0/24"),
    )


def test_a_sixth_generation_address_is_asked_for_nibble_by_nibble() -> None:
    name = "8.8.8.8." + "0.0.0.0." * 4 + "0.6.8.4.0.6.8.4.1.0.0.2"
    records = {
        (f"{'.'.join(reversed(ip6('2001:4860:4860::8888')))}.origin6.asn.cymru.com", "TXT"): ("15169 | 2001:4860::/32 | US | arin | x",)
    }
    assert name.startswith("8.8.8.8.0.0.0.0")
    assert [each.asn for each in announcements(visit(records), "2001:4860:4860::8888")] == [15169]


def ip6(address: str) -> list[str]:
    import ipaddress

    return list(ipaddress.ip_address(address).exploded.replace(":", ""))


def test_private_addresses_are_told_to_nobody_and_asking_can_be_switched_off() -> None:
    assert announcements(visit({("1.0.0.10.origin.asn.cymru.com", "TXT"): ("1 | x | FR | r | d",)}), "10.0.0.1") == ()
    assert announcements(visit(CYMRU, ProbeSettings(ask_cymru=False)), "8.8.8.8") == ()


def test_a_table_of_ones_own_comes_first() -> None:
    table = {"8.8.8.8": (Announcement(1, "mine"),)}
    settings = ProbeSettings(announcers=lambda address: table.get(address, ()))
    assert announcements(visit(CYMRU, settings), "8.8.8.8") == (Announcement(1, "mine"),)


@given(st.text(max_size=100))
def test_no_record_breaks_the_reader(record: str) -> None:
    assert all(each.asn >= 0 for each in read_origin(visit({}), record))


def test_lines_of_networks_are_read(tmp_path: Path) -> None:
    table = tmp_path / "lite.csv"
    table.write_text(
        "network,country,country_code,asn,as_name\n192.0.2.0/24,France,FR,AS64496,Exemple SA\n2001:db8::/32,France,FR,AS64497,Autre\n"
        "198.51.100.0/24,France,FR,,\n",
        "utf-8",
    )
    find = read_ip_table(table)
    assert find("192.0.2.200") == (Announcement(64496, "Exemple SA", "FR", "192.0.2.0/24"),)
    assert find("2001:db8::1")[0].asn == 64497
    assert find("198.51.100.1") == find("203.0.113.1") == find("1.1.1.1") == ()


def test_lines_of_ranges_are_read(tmp_path: Path) -> None:
    table = tmp_path / "ranges.tsv"
    table.write_text("192.0.2.0\t192.0.2.127\t64496\tFR\tEXEMPLE\n192.0.2.128\t192.0.2.255\t0\tNone\tNot routed\n", "utf-8")
    find = read_ip_table(table)
    assert find("192.0.2.5") == (Announcement(64496, "EXEMPLE", "FR"),)
    assert find("192.0.2.130") == ()


@pytest.mark.parametrize("content", ["network,asn\nnonsense,AS1\n", "a,b,c\n", "\xff\xfe"])
def test_what_is_no_table_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    table = tmp_path / "broken.csv"
    table.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError) as refused:
        read_ip_table(table)
    assert refused.value.problems[0].where == str(table)


def encode(node: Node) -> bytes:
    if isinstance(node, dict):
        return bytes([7 << 5 | len(node)]) + b"".join(encode(key) + encode(value) for key, value in node.items())
    if isinstance(node, bool):
        return bytes([int(node), 7])
    if isinstance(node, int):
        content = node.to_bytes(4, "big")
        return bytes([6 << 5 | 4]) + content
    if isinstance(node, list):
        return bytes([len(node), 4]) + b"".join(encode(each) for each in node)
    text = str(node).encode()
    if len(text) < 29:
        return bytes([2 << 5 | len(text)]) + text
    return bytes([2 << 5 | 29, len(text) - 29]) + text


def database(entries: dict[str, Node], record_size: int) -> bytes:
    """A file of the format, built from networks."""
    tree: list[list[int]] = [[-1, -1]]
    data = b""
    for network, value in entries.items():
        parsed = ip_network(network)
        bits, length = int(parsed.network_address), parsed.prefixlen + (96 if parsed.version == 4 else 0)
        node = 0
        for place in range(length):
            side = bits >> (127 - place) & 1
            if place == length - 1:
                tree[node][side] = -2 - len(data)
            elif tree[node][side] == -1:
                tree.append([-1, -1])
                tree[node][side] = len(tree) - 1
            node = tree[node][side]
        data += encode(value)
    count = len(tree)
    packed = b""
    for pair in tree:
        left, right = (count if value == -1 else count + 16 - 2 - value if value < -1 else value for value in pair)
        if record_size == 28:
            packed += left.to_bytes(4, "big")[1:] + bytes([left >> 24 << 4 | right >> 24]) + right.to_bytes(4, "big")[1:]
        else:
            packed += left.to_bytes(record_size // 8, "big") + right.to_bytes(record_size // 8, "big")
    facts: Node = {"node_count": count, "record_size": record_size, "ip_version": 6}
    return packed + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + encode(facts)


ENTRIES: dict[str, Node] = {
    "192.0.2.0/24": {"asn": "AS64496", "as_name": "Exemple SA, une société au nom long", "country_code": "FR"},
    "198.51.100.0/25": {"autonomous_system_number": 64497, "autonomous_system_organization": "Autre"},
    "2001:db8::/32": {"asn": "AS64498", "note": [1, True, "x"]},
}


@pytest.mark.parametrize("record_size", [24, 28, 32])
def test_a_maxmind_database_is_read(record_size: int, tmp_path: Path) -> None:
    table = tmp_path / "asn.mmdb"
    table.write_bytes(database(ENTRIES, record_size))
    find = read_ip_table(table)
    assert find("192.0.2.77") == (Announcement(64496, "Exemple SA, une société au nom long", "FR"),)
    assert find("198.51.100.1") == (Announcement(64497, "Autre"),)
    assert find("2001:db8:1::1") == (Announcement(64498),)
    assert find("198.51.100.200") == find("203.0.113.1") == find("2001:db9::1") == ()


@given(st.binary(max_size=200))
def test_no_bytes_break_the_database_reader(content: bytes) -> None:
    whole = database(ENTRIES, 24)
    for broken in (content, content + b"\xab\xcd\xefMaxMind.com" + content, whole[: len(content)], whole[: len(whole) // 2] + content):
        with contextlib.suppress(ValueError):  # and struct.error is none
            Database(broken).find("192.0.2.1")


def test_a_database_that_is_none_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "no.mmdb"
    table.write_bytes(b"nothing")
    with pytest.raises(InputError):
        read_ip_table(table)
