"""What pages say of themselves: tags, cookies, headers."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.evidence import Tracker
from hds_audit.probes.browser import Page
from hds_audit.probes.certificate import covers, days_left
from hds_audit.probes.cookies import read_cookies
from hds_audit.probes.http import read_hsts, unsafe
from hds_audit.probes.markup import Markup, read_markup
from hds_audit.probes.pages import tracker_of
from hds_audit.probes.private import judge

HERE = "https://www.example.org/a/page"


def hosts(text: str, *, held: bool = False) -> set[str]:
    return {resource.host for resource in read_markup(text, HERE).resources if resource.held == held}


@pytest.mark.parametrize(
    ("tag", "host"),
    [
        ('<script src="//a.example/x.js">', "a.example"),
        ("<script src='https://a.example/x.js'>", "a.example"),
        ("<SCRIPT SRC=HTTPS://A.EXAMPLE/x.js>", "a.example"),
        ('<script type="module" src="https://a.example/x.js">', "a.example"),
        ('<link rel="preload stylesheet" href="https://a.example/x.css">', "a.example"),
        ('<img srcset="https://a.example/1 1x">', "a.example"),
        ('<video poster="https://a.example/p.jpg">', "a.example"),
        ('<iframe src="https://a.example/">', "a.example"),
        ('<object data="https://a.example/o">', "a.example"),
        ('<div style="background: url(https://a.example/b.png)">', "a.example"),
        ("<style>@import url('https://a.example/f.css');</style>", "a.example"),
        ('<noscript><img src="https://a.example/pixel"></noscript>', "a.example"),
        ('<base href="https://a.example/"><img src="x.png">', "a.example"),
        ('<img src="https://a.example:8443/x.png">', "a.example"),
        ('<img src="https://user:pw@a.example/x.png">', "a.example"),
    ],
)
def test_what_is_loaded_is_seen(tag: str, host: str) -> None:
    assert hosts(tag) == {host}


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="https://a.example/">',
        '<link rel="canonical" href="https://a.example/">',
        '<link rel="alternate" href="https://a.example/feed">',
        '<link rel="dns-prefetch" href="//a.example">',
        '<template><script src="https://a.example/x.js"></script></template>',
        '<!-- <script src="https://a.example/x.js"></script> -->',
        '<script type="application/ld+json">{"@context": "https://a.example"}</script>',
        '<script type="text/template"><img src="https://a.example/x"></script>',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="https://[broken">',
        '<script>"https://a.example/"</script>',
    ],
)
def test_what_is_not_loaded_is_not_seen(tag: str) -> None:
    assert "a.example" not in hosts(tag)


@pytest.mark.parametrize(
    "tag",
    [
        '<script type="text/plain" src="https://a.example/x.js">',
        '<script data-src="https://a.example/x.js">',
        '<iframe data-src="https://a.example/">',
    ],
)
def test_what_waits_for_consent_is_held(tag: str) -> None:
    assert hosts(tag) == set()
    assert hosts(tag, held=True) == {"a.example"}


def test_hosts_named_in_scripts_are_told_apart() -> None:
    text = (
        """<script>load("https://www.googletagmanager.com/gtag.js?id=1"); var a = '//b.example/x'; var v = "1.2.3"; // a comment</script>"""
    )
    assert read_markup(text, HERE).named_in_scripts == ("www.googletagmanager.com", "b.example")


@given(st.text(max_size=400))
def test_no_page_breaks_the_reader(text: str) -> None:
    assert isinstance(read_markup(text, HERE), Markup)


@given(
    st.lists(
        st.sampled_from(["<", ">", "script", " src=", '"', "'", "//a.example", "template", "/", "style", "url(", "<!--", "&#x0;", "\0"]),
        max_size=60,
    )
)
def test_no_broken_markup_breaks_the_reader(parts: list[str]) -> None:
    assert isinstance(read_markup("".join(parts), HERE), Markup)


NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ("Expires=Thu, 01-Jan-1970 00:00:01 GMT", False), ("expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/", False),
        ("Expires=Wed, 21 Oct 2037 07:28:00 GMT", True), ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=600", True),
        ("Max-Age=0", False), ("Max-Age=000", False), ("Max-Age=-5", False), ("Max-Age=0600", True), ("Expires=whenever", True), ("Path=/", True),
    ],
)  # fmt: skip
def test_a_cookie_that_is_being_deleted_is_none(attributes: str, kept: bool) -> None:
    assert bool(read_cookies([f"sessionid=deleted; {attributes}"], NOW)) is kept


@pytest.mark.parametrize(("said", "known"), [("Lax", "lax"), ("NONE", "none"), ("Bogus", ""), ("", "")])
def test_a_same_site_that_browsers_do_not_know_counts_for_nothing(said: str, known: str) -> None:
    (cookie,) = read_cookies([f"id=1; Secure; SameSite={said}"], NOW)
    assert cookie.same_site == known


def test_cookies_are_read_without_their_values() -> None:
    read = read_cookies(
        ["id=hidden; Secure; HttpOnly; SameSite=Strict", "plain=hidden2", "gone=; Max-Age=0", "old=x; Max-Age=-1", "=nameless", "id=again"],
        NOW,
    )
    assert [(cookie.name, cookie.secure, cookie.http_only, cookie.same_site) for cookie in read] == [
        ("id", False, False, ""),
        ("plain", False, False, ""),
    ]
    assert "hidden" not in repr(read)


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_cookie_breaks_the_reader(headers: list[str]) -> None:
    assert all(cookie.name for cookie in read_cookies(headers, NOW))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("max-age=31536000", (31536000, False)),
        ('Max-Age="31536000" ; includeSubDomains; preload', (31536000, True)),
        ("max-age=0", (0, False)),
        ("includeSubDomains", None),
        ("max-age=1; max-age=2", None),
        ("max-age=-1", None),
        ("", None),
        ("max-age=99999999999999999999", None),
    ],
)
def test_hsts_is_read_as_browsers_read_it(header: str, told: tuple[int, bool] | None) -> None:
    assert read_hsts(header) == told


@pytest.mark.parametrize(
    ("policy", "bad"),
    [
        ("default-src 'self'", False),
        ("script-src 'self' 'unsafe-inline'", True),
        ("script-src 'self' 'unsafe-inline' 'nonce-abc'", False),
        ("default-src 'self'; script-src 'unsafe-eval'", True),
        ("frame-ancestors 'none'", True),
        ("default-src 'unsafe-inline'; script-src 'self'", False),
    ],
)
def test_a_policy_is_unsafe_where_scripts_may_be_written_in(policy: str, bad: bool) -> None:
    assert unsafe(policy) is bad


@pytest.mark.parametrize(
    ("name", "host", "yes"),
    [
        ("example.org", "example.org", True),
        ("EXAMPLE.org", "example.ORG.", True),
        ("*.example.org", "www.example.org", True),
        ("*.example.org", "a.b.example.org", False),
        ("*.example.org", "example.org", False),
        ("*.org", "example.org", False),
        ("*", "example.org", False),
        ("w*.example.org", "www.example.org", False),
        ("example.org", "example.org.evil.test", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1", "2001:0db8::0001", True),
        ("*.0.2.1", "192.0.2.1", False),
    ],
)
def test_names_are_compared_as_rfc_6125_does(name: str, host: str, yes: bool) -> None:
    assert covers(name, host) is yes


def test_one_hour_past_the_end_is_a_day_short() -> None:

    end = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert days_left(end, datetime(2026, 11, 24, 13, tzinfo=UTC)) == -1
    assert days_left(end, datetime(2026, 11, 23, 13, tzinfo=UTC)) == 0
    assert days_left(end, datetime(2026, 11, 22, 11, tzinfo=UTC)) == 2


def page(status: int, text: str = "", kind: str = "text/html") -> Page:
    return Page(HERE, status, (), text, kind, False, len(text))


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (page(401), False),
        (page(403), False),
        (page(400, "No required SSL certificate was sent"), False),
        (page(500), None),
        (page(404), None),
        (page(200, '<input type="password">' + "word " * 200), False),
        (page(200, "<p>" + "word " * 200), True),
        (page(200, "<p>" + "word " * 200 + "please log in"), None),
        (page(200, "<div id=app></div><script src=/a.js></script>"), None),
        (page(200, '[{"patient": 1}]', "application/json"), True),
        (page(200, '{"error": "Unauthorized"}', "application/json"), None),
        (page(200, "", "application/json"), None),
        (page(200, "%PDF", "application/pdf"), True),
    ],
)
def test_an_open_page_is_told_from_a_closed_one(given: Page, verdict: bool | None) -> None:
    assert judge(given)[0] is verdict


def test_the_longest_domain_names_the_tracker_and_consent_tools_are_none() -> None:
    trackers = (Tracker("a.test", "a", "social"), Tracker("ads.a.test", "a", "advertising"), Tracker("ask.test", "c", "consent"))
    found = tracker_of("x.ads.a.test", trackers)
    assert found is not None
    assert found.purpose == "advertising"
    assert tracker_of("ba.test", trackers) is None
    assert tracker_of("ask.test", trackers) is None


def test_tags_show_a_third_of_whom_a_browser_contacts() -> None:
    data = os.environ.get("HDS_AUDIT_DATA")
    if not data:
        pytest.skip("HDS_AUDIT_DATA is not set")
    folder = Path(data) / "inputs/html_trackers/EU-EDPS+website-evidence-collector/tests/test_output"
    contacted = set(json.loads((folder / "inspection.json").read_text("utf-8"))["hosts"]["requests"]["thirdParty"]) - {"localhost"}
    tags = {resource.host for resource in read_markup((folder / "testpage.html").read_text("utf-8"), "https://localhost/").resources}
    assert len(contacted) == 15
    assert tags & contacted == tags
    assert tags == {
        "getbootstrap.com",
        "code.jquery.com",
        "cdn.jsdelivr.net",
        "www.google-analytics.com",
        "connect.facebook.net",
        "www.youtube.com",
    }
