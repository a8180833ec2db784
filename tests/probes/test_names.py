"""Questions to the domain name system, and what its answers are worth."""

from collections.abc import Iterator
from dataclasses import replace

import dns.message
import pytest
from lab.domains import NameServer, read_zone, vouched
from lab.loop import Loop

from hds_audit.model.evidence import Domain, Evidence, Subject, Targets, Value
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.names import Names
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from hds_audit.resolve.observed import observed_facts

LONG = "\n".join(f'many TXT "{number:03} {"x" * 200}"' for number in range(20))
ZONES = f"""
www A 192.0.2.1
www A 192.0.2.2
www AAAA 2001:db8::1
ring1 CNAME ring2
ring2 CNAME ring1
split TXT "v=spf1 " "-all"
{LONG}
@ CAA 0 issue "a.test; validationmethods=dns-01"
@ CAA 128 iodef "mailto:a@a.test"
"""


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(loop: Loop) -> NameServer:
    return NameServer(
        loop,
        "127.0.0.1",
        [read_zone("a.test.", ZONES), read_zone("down.test.", "", "broken"), read_zone("good.test.", "@ A 192.0.2.1", "good")],
    )


@pytest.fixture
def settings(server: NameServer) -> ProbeSettings:
    return ProbeSettings(resolvers=((server.host, server.port),), timeout=0.5, ask_cymru=False)


def test_every_address_is_found_older_kind_first(settings: ProbeSettings) -> None:
    assert Names(settings).addresses("WWW.a.test.") == ("192.0.2.1", "192.0.2.2", "2001:db8::1")


@pytest.mark.parametrize("text", ["192.0.2.9", "2001:db8::9", "2001:0db8::0009"])
def test_an_address_needs_no_question(text: str, settings: ProbeSettings, server: NameServer) -> None:
    before = len(server.asked)
    assert Names(settings).addresses(text) in {("192.0.2.9",), ("2001:db8::9",)}
    assert len(server.asked) == before


def test_a_name_without_address_is_told_from_one_that_nobody_knows(settings: ProbeSettings) -> None:
    names = Names(settings)
    with pytest.raises(FailedLookError) as absent:
        names.addresses("nothing.a.test")
    with pytest.raises(FailedLookError) as unknown:
        names.addresses("host.down.test")
    assert (absent.value.fault, unknown.value.fault) == ("target", "resolver")


def test_aliases_that_go_in_a_circle_end(settings: ProbeSettings) -> None:
    reply = Names(settings).ask("ring1.a.test", "A")
    assert reply.records == ()
    assert len(reply.aliases) <= 12


def test_strings_of_one_record_are_joined_without_a_space(settings: ProbeSettings) -> None:
    assert Names(settings).ask("split.a.test", "TXT").records == ("v=spf1 -all",)


def test_an_answer_that_is_too_long_is_asked_for_again(settings: ProbeSettings) -> None:
    assert len(Names(settings).ask("many.a.test", "TXT").records) == 20


def test_each_question_is_asked_once(settings: ProbeSettings, server: NameServer) -> None:
    names, before = Names(settings), len(server.asked)
    assert {names.ask("www.a.test", "A") for _ in range(5)} == {names.ask("WWW.A.test.", "A")}
    assert len(server.asked) == before + 1


def test_silence_of_one_zone_is_not_waited_for_again_and_again(settings: ProbeSettings, server: NameServer) -> None:
    names = Names(replace(settings, timeout=0.1))
    assert names.ask("www.a.test", "A").settled
    replies = [names.ask(f"n{number}.silent.b.test", "A").outcome for number in range(6)]
    assert replies == ["silent"] * 6
    assert names.ask("www.a.test", "AAAA").settled


def test_a_dead_resolver_is_said_to_be_one(settings: ProbeSettings) -> None:
    names = Names(replace(settings, resolvers=(("127.0.0.1", 1),), timeout=0.05))

    def ask_many() -> None:
        for number in range(10):
            names.ask(f"n{number}.z{number}.test", "A")

    with pytest.raises(FailedLookError) as dead:
        ask_many()
    assert dead.value.fault == "resolver"


def test_a_second_resolver_is_asked_where_the_first_is_silent(settings: ProbeSettings) -> None:
    names = Names(replace(settings, resolvers=(("127.0.0.1", 1), *settings.resolvers), timeout=0.2))
    assert names.ask("www.a.test", "A").settled


@pytest.mark.parametrize("name", ["a" * 64 + ".test", ".".join(["a" * 60] * 6), "..", "a..b"])
def test_an_impossible_name_is_no_crash(name: str, settings: ProbeSettings) -> None:
    assert Names(settings).ask(name, "A").outcome in ("broken", "no-name")


def zone_facts(loop: Loop, text: str, state: str, validating: bool, voucher: str = "") -> dict[str, Value]:
    zone = read_zone("z.test.", text, state)
    server = NameServer(loop, "127.0.0.1", [vouched(zone, voucher == "wrong") if voucher else zone], validating)
    settings = ProbeSettings(resolvers=((server.host, server.port),), timeout=0.5, ask_cymru=False, only=("zone",))
    evidence: Evidence = observe(Targets(domains=(Domain("z.test"),)), settings)
    return {fact.name: fact.value for fact in observed_facts(evidence, Subject("domain", "z.test"))}


@pytest.mark.parametrize(
    ("state", "voucher", "bogus"),
    [("good", "right", False), ("good", "wrong", True), ("bogus", "right", True), ("expired", "right", True), ("bogus", "", False), ("unsigned", "", False)],
)  # fmt: skip
def test_what_a_resolver_does_not_check_is_checked_here(state: str, voucher: str, bogus: bool, loop: Loop) -> None:
    seen = zone_facts(loop, "@ A 192.0.2.1", state, validating=False, voucher=voucher)
    assert seen["dns.dnssec_bogus"] is bogus
    assert seen["dns.dnssec_valid"] is (None if voucher and not bogus else False)


def test_who_answers_for_its_own_zones_alone_knows_nothing_of_a_parent(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    made = dns.message.make_response
    monkeypatch.setattr(dns.message, "make_response", lambda query, recursion_available=False: made(query))
    assert zone_facts(loop, "@ A 192.0.2.1", "good", validating=False)["dns.dnssec_valid"] is None
    assert zone_facts(loop, "@ A 192.0.2.1", "bogus", validating=False)["dns.dnssec_bogus"] is True


def test_a_signed_zone_that_its_parent_does_not_know_protects_nobody(loop: Loop) -> None:
    assert zone_facts(loop, "@ A 192.0.2.1", "good", validating=False)["dns.dnssec_valid"] is False


def test_an_expired_signature_is_seen_even_by_a_resolver_that_checks_nothing(loop: Loop) -> None:
    seen = zone_facts(loop, "@ A 192.0.2.1", "expired", validating=False)
    assert (seen["dns.dnssec_expired"], seen["dns.dnssec_bogus"]) == (True, False)


def test_bogus_is_told_from_broken(loop: Loop) -> None:
    assert zone_facts(loop, "@ A 192.0.2.1", "bogus", validating=True)["dns.dnssec_bogus"] is True
    assert zone_facts(loop, "@ A 192.0.2.1", "broken", validating=True)["dns.dnssec_bogus"] is None


def test_authorities_are_those_of_the_nearest_name_above(settings: ProbeSettings) -> None:
    evidence = observe(Targets(domains=(Domain("sub.a.test"),)), replace(settings, only=("zone",)))
    (caa,) = evidence.named("dns.caa")
    assert caa.value == ("issue a.test; validationmethods=dns-01",)
    assert [raw.said for raw in caa.raw] == ["a.test", "iodef mailto:a@a.test"]
