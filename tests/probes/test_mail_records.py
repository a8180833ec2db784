"""SPF, DKIM, DMARC and the rest, as their records are written."""

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.probes.mail import applied, exchangers_of, is_dmarc, key_bits, least, read_tags
from hds_audit.probes.names import Names, Reply
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.spf import Reading, read_spf


class Zone(Names):
    """Names of a dictionary, and no network."""

    def __init__(self, records: dict[tuple[str, str], tuple[str, ...]]) -> None:
        super().__init__(ProbeSettings(resolvers=(("192.0.2.53", 53),)))
        self.records = records

    def ask(self, name: str, kind: str, *, unchecked: bool = False) -> Reply:
        found = self.records.get((name, kind), ())
        if found == ("down",):
            return Reply("broken")
        return Reply("answer" if found else "nothing", found)


def spf(domain: str = "a.test", **texts: str) -> Reading:
    records = {(f"{name.replace('_', '.')}", "TXT"): (text,) for name, text in texts.items()}
    return read_spf(Zone(records), domain)


def test_all_is_not_taken_for_a() -> None:
    read = spf(a_test="v=spf1 ip4:192.0.2.0/24 -all")
    assert (read.lookups, read.all, read.problems) == (0, "-", [])


@pytest.mark.parametrize(("terms", "lookups"), [("a", 1), ("a:b.test/24", 1), ("a/24", 1), ("mx", 1), ("exists:%{i}.b.test", 1), ("ip6:2001:db8::/32", 0), ("ptr", 1), ("+a +mx", 2)])  # fmt: skip
def test_each_mechanism_costs_what_it_costs(terms: str, lookups: int) -> None:
    assert spf(a_test=f"v=spf1 {terms} ~all").lookups == lookups


def test_includes_and_redirect_are_followed_and_counted() -> None:
    read = spf(a_test="v=spf1 include:b.test redirect=c.test", b_test="v=spf1 a -all", c_test="v=spf1 mx ?all")
    assert (read.lookups, read.includes, read.all) == (4, ["b.test", "c.test"], "?")


def test_a_redirect_after_all_is_never_reached() -> None:
    read = spf(a_test="v=spf1 -all redirect=c.test")
    assert (read.includes, read.lookups, read.all) == ([], 0, "-")


def test_all_alone_is_open_to_everyone() -> None:
    assert spf(a_test="v=spf1 all").all == "+"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("v=spf1 include:nothing.test -all", "include-without-record"),
        ("v=spf1 include:a.test -all", "circular-include"),
        ("v=spf1 ipv4:192.0.2.1 -all", "unknown-mechanism ipv4"),
        ("v=spf1 ptr -all", "ptr"),
    ],
)
def test_defects_are_named(text: str, problem: str) -> None:
    assert problem in spf(a_test=text).problems


def test_two_records_are_an_error_by_themselves() -> None:
    read = read_spf(Zone({("a.test", "TXT"): ("v=spf1 -all", "v=spf1 +all", "v=spf10 -all")}), "a.test")
    assert read.problems == ["several-records"]


def test_an_outage_is_no_absence() -> None:
    assert read_spf(Zone({("a.test", "TXT"): ("down",)}), "a.test").settled is False


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_no_record_breaks_the_reader(terms: list[str]) -> None:
    assert spf(a_test="v=spf1 " + " ".join(terms)).lookups >= 0


def dkim(bits: int) -> str:
    key = rsa.generate_private_key(65537, bits).public_key()
    return base64.b64encode(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).decode()


def test_a_dkim_key_is_measured() -> None:
    whole = dkim(1024)
    assert key_bits(f"v=DKIM1; k=rsa; p={whole}") == 1024
    assert key_bits(f"p={whole[:40]} {whole[40:]}") == 1024


@pytest.mark.parametrize(("sizes", "shown"), [([], None), ([256], 256), ([256, 1024, 2048], 1024), ([2048, 256], 2048)])
def test_an_elliptic_key_hides_no_weak_one_beside_it(sizes: list[int], shown: int | None) -> None:
    assert least(sizes) == shown


def test_an_elliptic_dkim_key_is_known() -> None:
    raw = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    assert key_bits(f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}") == 256


@pytest.mark.parametrize("record", ["", "v=DKIM1; p=", "v=DKIM2; p=AAAA", "p=!!!", "p=AAAA", "k=ed25519; p=AAAA"])
def test_a_key_that_is_none_is_none(record: str) -> None:
    assert key_bits(record) is None


@given(st.text(max_size=200))
def test_no_dkim_record_breaks_the_reader(record: str) -> None:
    assert key_bits(record) is None or key_bits(f"p={record}") is not None


def test_exchangers_come_in_their_order_and_a_null_one_is_none() -> None:
    assert exchangers_of(Reply("answer", ("20 b.test.", "5 A.test.", "100 c.test."))) == ("a.test", "b.test", "c.test")
    assert exchangers_of(Reply("answer", ("0 .",))) == ()


def test_tags_are_read_whatever_their_spaces() -> None:
    assert read_tags(" V=DMARC1 ;p = reject; rua=mailto:a@b.test?x=y;; ") == {"v": "DMARC1", "p": "reject", "rua": "mailto:a@b.test?x=y"}


@pytest.mark.parametrize(
    ("texts", "said", "problems"),
    [
        ({"a_test": "v=spf1 include:b.test -all", "b_test": "v=spf1 +all"}, "+", ["include-of-everyone"]),
        (
            {"a_test": "v=spf1 include:b.test -all", "b_test": "v=spf1 include:c.test -all", "c_test": "v=spf1 all"},
            "+",
            ["include-of-everyone"],
        ),
        ({"a_test": "v=spf1 -include:b.test ~all", "b_test": "v=spf1 +all"}, "~", []),
        ({"a_test": "v=spf1 include:b.test -all", "b_test": "v=spf1 ?all"}, "-", []),
        ({"a_test": "v=spf1 ip4:0.0.0.0/0 -all"}, "+", ["half-the-internet"]),
        ({"a_test": "v=spf1 include:b.test ip4:0.0.0.0/2 -all", "b_test": "v=spf1 ip4:128.0.0.0/2 -all"}, "+", ["half-the-internet"]),
        ({"a_test": "v=spf1 ip6:::/0 -all"}, "+", ["half-the-internet"]),
        ({"a_test": "v=spf1 -ip4:0.0.0.0/0 ip4:192.0.2.0/24 ?all"}, "?", []),
        ({"a_test": "v=spf1 ip4:10.0.0.0/8 ip6:2001:db8::/32 -all"}, "-", []),
    ],
)
def test_who_may_send_is_not_only_what_the_end_says(texts: dict[str, str], said: str, problems: list[str]) -> None:
    read = spf(**texts)
    assert (read.all, read.problems) == (said, problems)


@pytest.mark.parametrize(
    "term", ["ip4:300.1.2.3", "ip4:192.0.2.0/33", "ip4", "ip4:2001:db8::1", "ip6:192.0.2.1", "include:", "include", "exists:", "redirect="]
)  # fmt: skip
def test_a_term_that_receivers_cannot_read_is_a_problem(term: str) -> None:
    assert [problem.partition(" ")[0] for problem in spf(a_test=f"v=spf1 {term} -all").problems] == ["syntax"]


@pytest.mark.parametrize(
    "term", ["ip4:192.0.2.1", "IP4:192.0.2.1/24", "ip6:2001:db8::1/64", "a", "a/24", "a/24//64", "-ip4:192.0.2.9", "exp=e.a.test"]
)
def test_a_term_that_receivers_can_read_is_none(term: str) -> None:
    problems = spf(a_test=f"v=spf1 {term} -all").problems
    assert problems == []


@pytest.mark.parametrize(
    ("asked", "tags", "policy"),
    [
        ("reject", {}, "reject"), ("reject", {"pct": "100"}, "reject"), ("reject", {"pct": "0"}, "quarantine"), ("quarantine", {"pct": "50"}, "none"),
        ("quarantine", {"t": "y"}, "none"), ("Reject", {"t": "n"}, "reject"), ("none", {"t": "y"}, "none"), ("reject", {"pct": "lots"}, "reject"), ("", {}, ""),
    ],
)  # fmt: skip
def test_a_policy_on_trial_or_for_a_share_asks_for_less(asked: str, tags: dict[str, str], policy: str) -> None:
    assert applied(asked, tags) == policy


@pytest.mark.parametrize(
    ("record", "policy"),
    [("v=DMARC1; p=none", True), (" v = DMARC1 ;p=none", True), ("V=DMARC1", True), ("p=none; v=DMARC1", False), ("v=DMARC2; p=none", False), ("", False)],
)  # fmt: skip
def test_the_version_of_a_policy_comes_first(record: str, policy: bool) -> None:
    assert is_dmarc(record) is policy


def test_an_include_in_the_policy_of_somebody_else_is_told_apart() -> None:
    read = spf(
        a_test="v=spf1 include:own.a.test redirect=r.b.test", own_a_test="v=spf1 include:c.test -all", c_test="v=spf1 include:d.test -all",
        d_test="v=spf1 -all", r_b_test="v=spf1 include:e.test -all", e_test="v=spf1 -all",
    )  # fmt: skip
    assert read.includes == ["own.a.test", "c.test", "d.test", "r.b.test", "e.test"]
    assert read.parents == {"d.test": "c.test"}
