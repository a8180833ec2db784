"""Mail exchangers and policies that are not what they announce."""

import asyncio
from dataclasses import dataclass

import pytest
from lab import servers, web
from lab.domains import NameServer, read_zone, vouched
from lab.loop import Loop
from lab.pki import Authority

from hds_audit.model.evidence import Domain, Observation, Subject, Targets
from hds_audit.probes.guest import Guest
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.smtp import greet

GOOD = "version: STSv1\r\nmode: enforce\r\nmx: {}\r\nmax_age: 604800\r\n"


@dataclass(frozen=True)
class Policy:
    """A policy, how it is served, and what is to be said of it."""

    seen: str
    text: str = GOOD.format("mx.{}.test")
    certificate: str = "good"
    status: int = 200
    served: bool = True
    record: str = '"v=STSv1; id=1;"'
    why: str = ""


POLICIES = {
    "sound": Policy("enforce"),
    "wild": Policy("enforce", "version: STSv1\nmode: enforce\nmx: mail.other.test\nmx: *.{}.test\nmax_age: 86400\n"),
    "trial": Policy("testing", GOOD.replace("enforce", "testing").format("mx.{}.test")),
    "off": Policy("none", "version: STSv1\nmode: none\nmax_age: 86400\n"),
    "astray": Policy("", GOOD.format("other.test"), why="names none of the exchangers"),
    "selfsigned": Policy("", certificate="self-signed", why="not valid"),
    "misnamed": Policy("", certificate="wrong-host", why="not valid"),
    "outdated": Policy("", certificate="expired", why="not valid"),
    "gone": Policy("", status=404),
    "busy": Policy("?", status=503, why="503"),
    "unserved": Policy("", served=False, why="Announced, but"),
    "twice": Policy("", record='"v=STSv1; id=1"\n_mta-sts TXT "v=STSv1; id=2"'),
    "ageless": Policy("", "version: STSv1\nmode: enforce\nmx: mx.{}.test\n"),
}


@dataclass(frozen=True)
class Exchanger:
    """What one says to EHLO and to STARTTLS, and whether encryption is to be seen there."""

    seen: str
    ehlo: bytes = b"250-x\r\n250 STARTTLS\r\n"
    reply: bytes = b""
    why: str = ""
    delay: float = 0.0


EXCHANGERS = {
    "sound": Exchanger("seen"),
    "small": Exchanger("seen", b"250-x\r\n250-starttls\r\n250 8BITMIME\r\n"),
    "unready": Exchanger("not-seen", reply=b"454 4.7.0 TLS not available\r\n", why="454"),
    "liar": Exchanger("not-seen", reply=b"502 what?\r\n", why="502"),
    "ancient": Exchanger("not-seen", b"502 EHLO is not known\r\n"),
    "busy": Exchanger("failed", b"451 later\r\n", why="451"),
    "bare": Exchanger("not-seen", b"250 x\r\n"),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Subject, str], Observation]:
    loop, authority = Loop(), Authority(tmp_path_factory.mktemp("mail"))
    good = servers.context(authority.leaf("mx.test"))
    https = smtp = 0
    zones = []
    for place, (name, policy) in enumerate(POLICIES.items()):
        answer = web.Answer(policy.status, body=policy.text.format(name), kind="text/plain")
        pair = authority.leaf(f"mta-sts.{name}.test", policy.certificate)
        if policy.served:
            https = servers.web(loop, f"127.0.4.{place + 1}", https, lambda path, headers, told=answer: told, servers.context(pair))
        zones.append(
            read_zone(f"{name}.test.", f"@ MX 10 mx\nmx A 127.0.4.200\nmta-sts A 127.0.4.{place + 1}\n_mta-sts TXT {policy.record}")
        )
    for place, (name, exchanger) in enumerate(EXCHANGERS.items()):
        smtp = servers.raw(loop, f"127.0.5.{place + 1}", smtp, conversation(exchanger, good))
        zones.append(read_zone(f"{name}-mail.test.", f"@ MX 10 mx\nmx A 127.0.5.{place + 1}"))
    names = NameServer(loop, "127.0.0.1", zones)
    settings = ProbeSettings(
        timeout=2.0,
        rate=500.0,
        allow_private=True,
        resolvers=((names.host, names.port),),
        smtp_port=smtp,
        https_port=https,
        only=("mail_transport", "starttls", "tls"),
        authorities=str(authority.root_file),
    )
    domains = (*POLICIES, *(f"{name}-mail" for name in EXCHANGERS))
    evidence = observe(Targets((), tuple(Domain(f"{name}.test") for name in domains)), settings)
    loop.close()
    return {(each.subject, each.name): each for each in evidence.observations}


def conversation(exchanger: Exchanger, tls: object) -> servers.Conversation:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(exchanger.delay)
        writer.write(b"220 lab\r\n")
        while line := (await reader.readline()).strip().upper():
            if line.startswith(b"EHLO"):
                writer.write(exchanger.ehlo)
            elif line == b"STARTTLS" and exchanger.reply:
                writer.write(exchanger.reply)
            elif line == b"STARTTLS":
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(tls, ssl_handshake_timeout=5)
            else:
                writer.write(b"221 bye\r\n")

    return answer


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_that_senders_cannot_use_is_none(name: str, seen: dict[tuple[Subject, str], Observation]) -> None:
    policy, found = POLICIES[name], seen[Subject("domain", f"{name}.test"), "mail.mta_sts"]
    assert found.status == {"": "not-seen", "?": "not-testable"}.get(policy.seen, "seen")
    assert (found.value or "") == policy.seen.strip("?")
    assert policy.why in (found.why.en if found.why else "")


@pytest.mark.parametrize("name", EXCHANGERS)
def test_encryption_is_seen_where_it_is_given(name: str, seen: dict[tuple[Subject, str], Observation]) -> None:
    exchanger, subject = EXCHANGERS[name], Subject("exchanger", f"mx.{name}-mail.test")
    found = seen[subject, "mail.starttls"]
    assert found.status == exchanger.seen
    assert exchanger.why in (found.why.en if found.why else "")
    assert (seen[subject, "tls.accepts_tls12"].status == "seen") is (exchanger.seen == "seen")


@pytest.fixture(scope="module")
def zones() -> dict[tuple[str, str], Observation]:
    """Zones seen through a resolver that validates nothing."""
    loop = Loop()
    texts = {
        "reports": '@ CAA 0 iodef "mailto:a@b.test"', "closed": '@ CAA 0 issue ";"', "wild": '@ CAA 0 issuewild "lab.test"\n@ CAA 0 iodef "mailto:a@b.test"',
        "signed": "sub A 127.0.0.1", "aliased": "@ MX 10 mail\n@ MX 20 mx\nmail CNAME mx\nmx A 127.0.4.201",
    }  # fmt: skip
    listed = [read_zone(f"{name}.test.", text, "good" if name == "signed" else "unsigned") for name, text in texts.items()]
    vouched(listed[3])
    names = NameServer(loop, "127.0.0.1", listed, validating=False)
    settings = ProbeSettings(timeout=2.0, allow_private=True, resolvers=((names.host, names.port),), only=("zone", "mail"))
    domains = tuple(Domain(f"{name}.test") for name in (*texts, "sub.signed"))
    evidence = observe(Targets((), domains), settings)
    loop.close()
    return {(each.subject.id, each.name): each for each in evidence.observations}


@pytest.mark.parametrize(
    ("domain", "value"), [("reports", ()), ("closed", ("issue ;",)), ("wild", ("issuewild lab.test",)), ("signed", ())]
)
def test_only_what_says_who_may_certify_restricts(domain: str, value: tuple[str, ...], zones: dict[tuple[str, str], Observation]) -> None:
    assert zones[f"{domain}.test", "dns.caa"].value == value


@pytest.mark.parametrize("domain", ["signed.test", "sub.signed.test"])
def test_a_name_inside_a_signed_zone_is_no_island(domain: str, zones: dict[tuple[str, str], Observation]) -> None:
    found = zones[domain, "dns.dnssec_valid"]
    assert (found.status, found.why and "does not validate" in found.why.en) == ("not-testable", True)


def test_an_exchanger_that_is_an_alias_is_told(zones: dict[tuple[str, str], Observation]) -> None:
    found = zones["aliased.test", "mail.exchangers"]
    assert found.value == ("mail.aliased.test", "mx.aliased.test")
    assert [raw.said for raw in found.raw] == ["mail.aliased.test mx.aliased.test"]


def test_a_greeting_may_take_its_time() -> None:
    loop = Loop()
    port = servers.raw(loop, "127.0.0.1", 0, conversation(Exchanger("seen", delay=0.8), None))
    guest = Guest(ProbeSettings(allow_private=True, timeout=0.5))
    try:
        with guest.connection("127.0.0.1", port, guest.deadline(10)) as stream:
            assert "STARTTLS" in greet(stream, "test")
            assert stream.deadline.wait() == 0.5
    finally:
        loop.close()
