"""Servers that answer in ways of their own: nothing good is called bad, and what was not seen is not called clean."""

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from lab import servers, web
from lab.domains import NameServer, read_zone
from lab.loop import Loop
from lab.pki import Authority, key_pem, pem

from hds_audit.model.evidence import Endpoint, Evidence, Observation, Subject, Targets, Tracker, ascii_host
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from hds_audit.resolve.observed import observed_facts

TRACKERS = (
    Tracker("facebook.net", "facebook", "advertising"), Tracker("facebook.com", "facebook", "social"), Tracker("hotjar.com", "hotjar", "session-replay"),
    Tracker("googletagmanager.com", "google", "tag-manager"), Tracker("youtube.com", "google", "video"),
)  # fmt: skip
GOOD = [*web.GOOD_HEADERS.items(), ("Content-Type", "text/html; charset=utf-8"), ("Connection", "close")]
TAG = "<script src='https://connect.facebook.net/x.js'></script>"
Answer = Callable[[str, dict[str, str]], bytes]
Seen = dict[str, Observation]


def answer(body: str | bytes, *more: tuple[str, str], status: str = "200 OK", without: tuple[str, ...] = ()) -> bytes:
    kept = [pair for pair in GOOD if pair[0] not in without]
    head = "".join(f"{name}: {value}\r\n" for name, value in (*kept, *more))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (body.encode() if isinstance(body, str) else body)


class Street:
    """A server for each test, under an address of its own, and what the program says of it."""

    def __init__(self, folder: Path) -> None:
        self.loop, self.authority = Loop(), Authority(folder)
        self.pair = self.authority.leaf("localhost")

    def serve(self, said: Answer, plain: Answer | None = None) -> tuple[int, int]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, words: Answer) -> None:
            async with servers.closing(writer):
                writer.write(words(*await servers.head(reader)))
                await writer.drain()

        def of(words: Answer) -> Callable[..., object]:
            return lambda reader, writer: handle(reader, writer, words)

        secure = self.loop.serve(of(said), "127.0.0.1", 0, ssl=servers.context(self.pair))
        other = plain or (lambda path, headers: answer("", ("Location", f"https://127.0.0.1:{secure}/"), status="301 Moved"))
        return secure, self.loop.serve(of(other), "127.0.0.1", 0)

    def look(
        self,
        said: Answer | bytes,
        *,
        plain: Answer | None = None,
        path: str = "/",
        pages: tuple[str, ...] = (),
        login: bool | None = None,
        probes: tuple[str, ...] = ("http", "pages", "private"),
    ) -> Seen:
        words: Answer = (lambda path, headers: said) if isinstance(said, bytes) else said
        secure, bare = self.serve(words, plain)
        url = f"https://127.0.0.1:{secure}{path}"
        settings = ProbeSettings(
            timeout=3.0, rate=500.0, allow_private=True, resolvers=(("127.0.0.1", 1),), plain_port=bare, only=probes, trackers=TRACKERS
        )
        evidence = observe(Targets((Endpoint(url, "", pages, login),)), settings)
        return {each.name: each for each in evidence.observations}


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    made = Street(tmp_path_factory.mktemp("street"))
    yield made
    made.loop.close()


MERITS = ("http.hsts", "http.csp", "http.nosniff", "http.frame_protection", "http.referrer_policy")


def statuses(seen: Seen, *names: str) -> set[str]:
    return {seen[name].status for name in names}


def test_early_hints_are_no_answer(street: Street) -> None:
    seen = street.look(
        b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + answer("<p>hello")
    )
    assert statuses(seen, *MERITS) == {"seen"}
    assert seen["http.trackers"].status == "not-seen"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TAG.encode())), ("x-gzip", gzip.compress(b"<p>") + gzip.compress(TAG.encode())), ("deflate", zlib.compress(TAG.encode())),
        ("deflate", zlib.compress(TAG.encode(), wbits=-15)), ("gzip, gzip", gzip.compress(gzip.compress(TAG.encode()))), ("identity", TAG.encode()),
    ],
)  # fmt: skip
def test_a_compressed_page_is_read(coding: str, body: bytes, street: Street) -> None:
    assert street.look(answer(body, ("Content-Encoding", coding)))["http.trackers"].value == ("connect.facebook.net",)


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ([("Content-Encoding", "br")], b"\x8b\x04\x80<p>ok</p>\x03"),
        ([("Content-Encoding", "zstd")], b"(\xb5/\xfd\x04X)"),
        ([("Content-Encoding", "gzip")], b"no gzip at all"),
        ([("Content-Encoding", "gzip")], gzip.compress(bytes(range(256)) * 400)[:300]),
        ([("Transfer-Encoding", "chunked")], b"5\r\n<p>ok\r\nfff\r\n<p>more"),
        ([("Transfer-Encoding", "chunked")], b"5\r\n<p>ok\r\n"),
        ([("Transfer-Encoding", "chunked")], b"zz\r\n<p>ok\r\n0\r\n\r\n"),
    ],
)
def test_a_page_that_cannot_be_read_is_not_called_clean(more: list[tuple[str, str]], body: bytes, street: Street) -> None:
    seen = street.look(answer(body, *more), login=True)
    assert statuses(seen, "http.trackers", "http.third_parties", "http.plain_form", "http.open_private_pages") <= {"not-testable", "failed"}
    assert all(each.why for each in seen.values() if each.status == "not-testable")


def test_a_small_bomb_is_cut_short(street: Street) -> None:
    seen = street.look(answer(gzip.compress(b"<p>" * 30_000_000, 9), ("Content-Encoding", "gzip")), probes=("pages",))
    assert seen["http.trackers"].status == "not-testable"


@pytest.mark.parametrize("status", ["503 Busy", "429 Slow Down", "404 Not Found", "401 Who", "500 Sorry"])
def test_an_error_shows_nothing_of_the_pages(status: str, street: Street) -> None:
    bare = tuple(web.GOOD_HEADERS)
    seen = street.look(answer("<p>sorry", status=status, without=bare))
    assert statuses(seen, *MERITS, "http.trackers", "http.third_parties", "http.own_hosts", "http.plain_form") == {"not-testable"}
    assert all(seen[name].why for name in MERITS)
    assert statuses(street.look(answer(TAG, status=status)), *MERITS, "http.trackers") == {"seen"}


@pytest.mark.parametrize("status", ["503 Busy", "429 Slow Down"])
def test_an_outage_says_nothing_of_plain_http(status: str, street: Street) -> None:
    seen = street.look(answer("<p>"), plain=lambda path, headers: answer("no", status=status))
    assert statuses(seen, "http.plain_content", "http.redirects_to_https") == {"not-testable"}
    seen = street.look(answer("<p>"), plain=lambda path, headers: answer("no", status="403 No"))
    assert statuses(seen, "http.plain_content", "http.redirects_to_https") == {"not-seen"}


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "https://[bad/", "//[x", "/loop"])
def test_a_page_that_leads_away_is_not_called_clean(target: str, street: Street) -> None:
    seen = street.look(answer("", ("Location", target), status="302 Found", without=("Set-Cookie",)))
    assert statuses(seen, "http.trackers", "http.third_parties", "http.cloaked_trackers") == {"not-testable"}
    assert seen["http.redirect_loop"].status == ("seen" if target == "/loop" else "not-seen")
    assert seen["http.hsts"].status == "seen"


def test_a_circle_that_a_cookie_breaks_is_none(street: Street) -> None:
    def gate(path: str, headers: dict[str, str]) -> bytes:
        if "pass=1" in headers.get("cookie", ""):
            return answer(TAG)
        return answer("", ("Location", "/"), ("Set-Cookie", "pass=1; Secure; HttpOnly"), status="302 Found")

    seen = street.look(gate)
    assert (seen["http.redirect_loop"].status, seen["http.trackers"].status) == ("not-seen", "seen")
    stuck = street.look(answer("", ("Location", "/"), ("Set-Cookie", "pass=1"), status="308 Permanent"))
    assert stuck["http.redirect_loop"].status == "seen"


REFRESH = "<meta http-equiv=refresh content='0; url={}'>"


def test_a_refresh_is_followed_as_browsers_do(street: Street) -> None:
    seen = street.look(lambda path, headers: answer(TAG if path == "/real" else REFRESH.format("/real")))
    assert seen["http.trackers"].status == "seen"
    seen = street.look(answer(REFRESH.format("https://elsewhere.example/")))
    assert seen["http.redirects_elsewhere"].value == ("elsewhere.example",)
    assert seen["http.trackers"].status == "not-testable"
    seen = street.look(answer("<p>", ("Refresh", "1;https://elsewhere.example/")))
    assert seen["http.redirects_elsewhere"].value == ("elsewhere.example",)


@pytest.mark.parametrize(
    "body", ["<noscript>" + REFRESH.format("https://e.example/") + "</noscript>", "<meta http-equiv=refresh content='300; url=https://e.example/'>",
             "<meta http-equiv=refresh content=0>", REFRESH.format("/")],
)  # fmt: skip
def test_a_refresh_that_leads_nobody_away_is_none(body: str, street: Street) -> None:
    seen = street.look(answer(body))
    assert statuses(seen, "http.redirects_elsewhere", "http.redirect_loop", "http.trackers") == {"not-seen"}


@pytest.mark.parametrize("said", ["HTTPS://127.0.0.1:{}/", "https://127.0.0.1:{}", "refresh"])
def test_plain_http_leads_to_https_in_other_letters_too(said: str, street: Street) -> None:
    secure, _ = street.serve(lambda path, headers: answer("<p>"))

    def lead(path: str, headers: dict[str, str]) -> bytes:
        if said == "refresh":
            return answer(REFRESH.format(f"https://127.0.0.1:{secure}/"))
        return answer("", ("Location", said.format(secure)), status="301 Moved")

    seen = street.look(answer("<p>"), plain=lead)
    assert (seen["http.redirects_to_https"].status, seen["http.plain_content"].status) == ("seen", "not-seen")


def test_headers_said_twice_are_heard_once(street: Street) -> None:
    again = [pair for pair in web.GOOD_HEADERS.items() if pair[0] != "Set-Cookie"]
    assert statuses(street.look(answer("<p>", *again)), *MERITS) == {"seen"}


@pytest.mark.parametrize(
    ("first", "second", "there"), [("max-age=0", "max-age=99", "not-seen"), ("max-age=99", "max-age=0", "seen"), ("nonsense", "max-age=99", "not-seen")]
)  # fmt: skip
def test_of_two_promises_the_first_counts(first: str, second: str, there: str, street: Street) -> None:
    name = "Strict-Transport-Security"
    seen = street.look(answer("<p>", (name, first), (name, second), without=(name,)))
    assert seen["http.hsts"].status == there


def test_the_last_answer_has_the_last_word_on_hsts(street: Street) -> None:
    name = "Strict-Transport-Security"

    def said(path: str, headers: dict[str, str]) -> bytes:
        away = answer("", ("Location", "/end"), status="302 Found")
        return answer("<p>", (name, "max-age=0"), without=(name,)) if path == "/end" else away

    assert street.look(said)["http.hsts"].status == "not-seen"


POLICY = "Content-Security-Policy"


@pytest.mark.parametrize(
    ("policies", "frames", "there"),
    [
        (("frame-ancestors *",), "", "not-seen"), (("frame-ancestors https:",), "DENY", "not-seen"), (("frame-ancestors 'self'",), "", "seen"),
        (("default-src 'self'",), "SAMEORIGIN", "seen"), (("default-src 'self'",), "ALLOW-FROM https://x.example", "not-seen"),
        (("frame-ancestors *", "frame-ancestors 'none'"), "", "seen"), (("default-src 'self'",), "SAMEORIGIN, SAMEORIGIN", "seen"),
    ],
)  # fmt: skip
def test_who_may_frame_a_page(policies: tuple[str, ...], frames: str, there: str, street: Street) -> None:
    more = [(POLICY, policy) for policy in policies] + ([("X-Frame-Options", frames)] if frames else [])
    seen = street.look(answer("<p>", *more, without=(POLICY, "X-Frame-Options")), probes=("http",))
    assert seen["http.frame_protection"].status == there


@pytest.mark.parametrize(
    ("policies", "bad"),
    [
        (("default-src 'self' 'unsafe-inline'", "script-src 'self'"), "not-seen"), (("default-src 'self' 'unsafe-inline', script-src 'self'",), "not-seen"),
        (("script-src 'self'; script-src 'unsafe-inline'",), "not-seen"), (("script-src 'unsafe-inline'; script-src 'self'",), "seen"),
    ],
)  # fmt: skip
def test_every_policy_holds(policies: tuple[str, ...], bad: str, street: Street) -> None:
    seen = street.look(answer("<p>", *((POLICY, policy) for policy in policies), without=(POLICY,)), probes=("http",))
    assert seen["http.csp_unsafe"].status == bad


def test_policies_in_tags_count(street: Street) -> None:
    tags = f"<head><meta http-equiv={POLICY} content=\"default-src 'self'\"><meta name=referrer content=no-referrer></head>"
    seen = street.look(answer(tags, without=(POLICY, "Referrer-Policy")), probes=("http",))
    assert statuses(seen, "http.csp", "http.referrer_policy") == {"seen"}
    assert seen["http.csp_unsafe"].status == "not-seen"


def test_a_cache_tells_no_time(street: Street) -> None:
    old = ("Date", "Tue, 24 Nov 2020 08:00:00 GMT")
    assert street.look(answer("<p>", old, ("Age", "10800")), probes=("http",))["http.clock_skew"].status == "not-testable"
    assert street.look(answer("<p>", old, ("Age", "0")), probes=("http",))["http.clock_skew"].status == "seen"


@pytest.mark.parametrize(
    ("text", "there", "past"),
    [
        ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nContact: mailto:a@b.example\nExpires: 2037-01-01t00:00:00z\n-----BEGIN PGP SIGNATURE-----\n\nx\n",
         "seen", "not-seen"),
        ("Contact: https://b.example/\r\nExpires: 2024-01-01T00:00:00Z\r\n", "not-seen", "seen"), ("Contact: https://b.example/\n", "not-seen", "not-seen"),
    ],
)  # fmt: skip
def test_security_txt_as_people_write_it(text: str, there: str, past: str, street: Street) -> None:
    plain = answer(text, ("Content-Type", "text/plain"), without=("Content-Type",))
    seen = street.look(lambda path, headers: plain if "security" in path else answer("<p>"), probes=("http",))
    assert (seen["http.security_txt"].status, seen["http.security_txt_expired"].status) == (there, past)
    down = street.look(lambda path, headers: answer("no", status="503 x") if "security" in path else answer("<p>"), probes=("http",))
    assert statuses(down, "http.security_txt", "http.security_txt_expired") == {"not-testable"}


def test_the_url_itself_is_the_page_where_none_is_named(street: Street) -> None:
    seen = street.look(lambda path, headers: answer(TAG if path == "/app/" else "<p>"), path="/app/")
    assert seen["http.trackers"].status == "seen"


def test_a_private_url_is_asked_and_not_its_root(street: Street) -> None:
    def api(path: str, headers: dict[str, str]) -> bytes:
        return answer("<p>" + "welcome " * 200) if path == "/" else answer("{}", status="401 No")

    assert street.look(api, path="/v1/patients", login=True)["http.open_private_pages"].status == "not-seen"
    seen = street.look(
        lambda path, headers: answer(web.WORDS, status="200 OK" if "v1" in path else "401 No"), path="/v1/patients", login=True
    )
    assert seen["http.open_private_pages"].value == ("/v1/patients",)


@pytest.mark.parametrize(("place", "opened"), [("/records/", True), ("/fr/records", True), ("/welcome", False), ("/records-login", False)])
def test_a_slash_more_is_the_same_page(place: str, opened: bool, street: Street) -> None:
    def lead(path: str, headers: dict[str, str]) -> bytes:
        return answer("", ("Location", place), status="301 Moved") if path == "/records" else answer(web.WORDS)

    assert (street.look(lead, pages=("/records",), login=True)["http.open_private_pages"].status == "seen") is opened


def test_one_silent_page_leaves_the_others_judged(street: Street) -> None:
    def half(path: str, headers: dict[str, str]) -> bytes:
        return b"" if path == "/dead" else answer(web.WORDS)

    seen = street.look(half, pages=("/dead", "/records"), login=True)["http.open_private_pages"]
    assert (seen.status, seen.value) == ("seen", ("/records",))


MATOMO = "var _paq=_paq||[];(function(){{var u='{}';_paq.push(['setTrackerUrl',u+'matomo.php']);g.src=u+'matomo.js';}})();"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<script>c={"u":"https:\\/\\/connect.facebook.net\\/en_US\\/fbevents.js"}</script>', ("connect.facebook.net",)),
        ("<script>t.src='https://www.facebook.com/tr?id=1&ev=PageView'</script>", ("www.facebook.com",)),
        ("<script>N={a:\"https://www.facebook.com/clinic\",b:'https://www.youtube.com/watch?v=1',c:'https://www.hotjar.com/legal/'}</script>", ()),
        ("<script>s='https://static.hotjar.com/c/hotjar-'+i</script>", ("static.hotjar.com",)),
        ("<script>s='//www.googletagmanager.com/gtag/js?id='+i</script>", ("www.googletagmanager.com",)),
        (f"<script>{MATOMO.format('https://stats.agency.example/')}</script>", ("stats.agency.example",)),
        (f"<script>{MATOMO.format('//127.0.0.1/')}</script>", ()),
        ("<script src='https://stats.agency.example/matomo.js'></script>", ("stats.agency.example",)),
        ("<script type='text/plain' src='https://stats.agency.example/matomo.js'></script>", ()),
        (f'<iframe srcdoc="{TAG}"></iframe>', ("connect.facebook.net",)),
        ("<script>tarteaucitron.user.gtagUa='G-1';(tarteaucitron.job=tarteaucitron.job||[]).push('gtag');</script>", ()),
        ("<script>" + "x=1;" * 2000 + "'https://docs.example/matomo.php'</script>", ()),
    ],
)  # fmt: skip
def test_what_scripts_call_is_told_from_what_they_name(body: str, found: tuple[str, ...], street: Street) -> None:
    seen = street.look(answer(body), probes=("pages",))
    assert (seen["http.trackers"].value or ()) == found


def test_link_headers_load_too(street: Street) -> None:
    more = (
        "Link",
        '<https://connect.facebook.net/a,b.js>; rel="preload"; as=script, </style.css>; rel=preload, <https://next.example/>; rel=next',
    )
    seen = street.look(answer("<p>", more), probes=("pages",))
    assert seen["http.trackers"].value == seen["http.third_parties"].value == ("connect.facebook.net",)


def test_the_other_address_of_a_name_is_looked_at_too(tmp_path: Path) -> None:
    loop, authority = Loop(), Authority(tmp_path)
    try:
        server = NameServer(loop, "127.0.0.1", [read_zone("two.test.", "@ A 127.0.0.1\n@ A 127.0.0.2")])
        pair = authority.leaf("two.test")
        port = servers.web(loop, "127.0.0.1", 0, web.good, servers.context(pair))
        servers.web(loop, "127.0.0.2", port, web.bad, servers.context(pair))
        settings = ProbeSettings(
            timeout=3.0, rate=500.0, allow_private=True, resolvers=((server.host, server.port),), plain_port=1, trackers=TRACKERS, only=("http", "pages")
        )  # fmt: skip
        evidence: Evidence = observe(Targets((Endpoint(f"https://two.test:{port}/"),)), settings)
    finally:
        loop.close()
    seen = {fact.name: fact.value for fact in observed_facts(evidence, Subject("endpoint", f"https://two.test:{port}/"))}
    assert (seen["http.hsts"], seen["http.frame_protection"]) == (False, False)
    assert "connect.facebook.net" in str(seen["http.trackers"])
    assert seen["http.cookies_without_secure"] == ("sessionid",)


@pytest.mark.parametrize(
    ("written", "ascii_name"), [("Santé.example", "xn--sant-epa.example"), ("WWW.Example.", "www.example"), ("::1", "::1"), ("é" * 80, "é" * 80)]
)  # fmt: skip
def test_a_name_goes_over_the_wire_in_ascii(written: str, ascii_name: str) -> None:
    assert ascii_host(written) == ascii_name


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
