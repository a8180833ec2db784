"""Servers that answer in ways of their own: nothing good is called bad, and what was not seen is not called clean."""

import contextlib
import gzip
import os
import socket
import ssl
import threading
import zlib
from pathlib import Path

import pytest
from lab import servers, web
from lab.domains import NameServer, read_zone
from lab.loop import Loop
from lab.pki import Authority
from lab.street import TAG, TRACKERS, Street, answer, statuses

from hds_audit.model.evidence import Endpoint, Evidence, Subject, Targets, ascii_host
from hds_audit.probes.observe import observe
from hds_audit.probes.settings import ProbeSettings
from hds_audit.resolve.observed import observed_facts

MERITS = ("http.hsts", "http.csp", "http.nosniff", "http.frame_protection", "http.referrer_policy")


def _gzip(content: bytes) -> bytes:
    """Without the time of day, which two processes that collect the tests do not share."""
    return gzip.compress(content, mtime=0)


def test_early_hints_are_no_answer(street: Street) -> None:
    seen = street.look(
        b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + answer("<p>hello")
    )
    assert statuses(seen, *MERITS) == {"seen"}
    assert seen["http.trackers"].status == "not-seen"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", _gzip(TAG.encode())), ("x-gzip", _gzip(b"<p>") + _gzip(TAG.encode())), ("deflate", zlib.compress(TAG.encode())),
        ("deflate", zlib.compress(TAG.encode(), wbits=-15)), ("gzip, gzip", _gzip(_gzip(TAG.encode()))), ("identity", TAG.encode()),
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
        ([("Content-Encoding", "gzip")], _gzip(bytes(range(256)) * 400)[:300]),
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
    framed = f"<meta http-equiv={POLICY} content=\"default-src 'self'; frame-ancestors 'none'\">"
    seen = street.look(answer(framed, without=(POLICY, "X-Frame-Options")), probes=("http",))
    assert (seen["http.csp"].status, seen["http.frame_protection"].status) == ("seen", "not-seen")


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


@pytest.mark.parametrize("mark", ["utf-16", "utf-8-sig"])
def test_a_page_is_read_as_its_first_bytes_say(mark: str, street: Street) -> None:
    seen = street.look(
        answer(TAG.encode(mark), ("Content-Type", "text/html; charset=iso-8859-1"), without=("Content-Type",)), probes=("pages",)
    )
    assert seen["http.trackers"].value == ("connect.facebook.net",)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x64\0\4\0\0\xff\xff", "HTTP/2"), (answer("<p>", *((f"X-{n}", "y") for n in range(150))), "too many"),
        (b"", "no readable answer"), (b"<p>no status\r\n\r\n", "no readable answer"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_says_why(said: bytes, why: str, street: Street) -> None:
    seen = street.look(said, probes=("http",))
    assert (seen["http.hsts"].status, seen["http.hsts"].why and why in seen["http.hsts"].why.en) == ("failed", True)


def test_a_door_that_wants_a_client_certificate_is_closed(street: Street) -> None:
    context = servers.context(street.pair, "tls13")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(street.authority.root_file)

    def guard(door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = door.accept()
                with context.wrap_socket(caller, server_side=True, do_handshake_on_connect=False) as inside:
                    with contextlib.suppress(OSError):
                        inside.do_handshake()
                    inside.shutdown(socket.SHUT_WR)
                    while os.read(inside.fileno(), 4096):
                        pass

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=guard, args=(door,), daemon=True).start()
        url = f"https://127.0.0.1:{door.getsockname()[1]}/records"
        settings = ProbeSettings(timeout=3.0, rate=500.0, allow_private=True, resolvers=(("127.0.0.1", 1),), only=("private", "pages"))
        seen = {each.name: each for each in observe(Targets((Endpoint(url, "", (), True),)), settings).observations}
    assert seen["http.open_private_pages"].status == "not-seen", seen["http.open_private_pages"].why
    assert (seen["http.trackers"].status, seen["http.trackers"].why and seen["http.trackers"].why.en) == (
        "failed",
        "it asks for a client certificate",
    )
