"""How an endpoint answers browsers: redirections, HSTS, cookies, headers, security.txt, clock (RFC 6797, RFC 9110, RFC 9116)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page, fetch
from hds_audit.probes.cookies import read_cookies
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.markup import host_of
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import Walk, plain_url, walk

_TELLING = ("server", "via", "x-cdn", "x-powered-by", "x-served-by")
_PRODUCTS = ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator")
_VERSION = re.compile(r"[/ ]v?\d|\d\.\d")  # a digit in a name (`AmazonS3`) tells no version
_DISCREET = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "origin", "origin-when-cross-origin")
_EVERYONES = (
    *("cache-control", "connection", "content-length", "content-type", "date", "etag", "expires", "last-modified", "location"),
    *("set-cookie", "transfer-encoding", "vary", "accept-ranges", "keep-alive", "age", "content-language", "pragma"),
)
_STRANGER = "https://origin.invalid"


def run(visit: Visit) -> Iterator[Observation]:
    """Look at the endpoint once, by name."""
    if visit.endpoint is None:
        return
    try:
        tour = walk(visit, visit.endpoint.url)
    except FailedLookError:
        yield from _plain(visit, reached=False)
        raise
    yield from _plain(visit, reached=True)
    yield from _path(visit, tour)
    yield from _hsts(visit, tour)
    yield from _cookies(visit, tour)
    yield from _policies(visit, tour.last)
    yield from _origins(visit, tour.last)
    yield from _marks(visit, tour)
    yield from _security_txt(visit)
    yield _clock(visit, tour.pages[0])


def _plain(visit: Visit, *, reached: bool) -> Iterator[Observation]:
    try:
        tour = walk(visit, plain_url(visit))
    except FailedLookError as failure:
        # where the encrypted side has just answered, silence here is a closed door and no outage
        closed = reached and failure.fault in ("network", "target")
        yield visit.answer("http.plain_content", False if closed else None, why=failure.why)
        yield visit.answer("http.redirects_to_https", None, why=failure.why)
        return
    end = tour.last
    led = any(page.url.startswith("https:") for page in tour.pages) or end.leads_to.startswith("https:")
    raw = _steps(tour)
    yield visit.answer("http.plain_content", not led and end.status < 300, *raw)
    yield visit.answer("http.redirects_to_https", led, *raw)


def _steps(tour: Walk) -> tuple[Raw, ...]:
    """The way, without queries: they may carry what is nobody's business."""
    return tuple(Raw("step", f"{page.status} {page.url.partition('?')[0].partition('#')[0]}") for page in tour.pages)


def _path(visit: Visit, tour: Walk) -> Iterator[Observation]:
    raw = _steps(tour)
    secure = bool(visit.endpoint and visit.endpoint.secure)
    through = any(page.url.startswith("http:") or page.leads_to.startswith("http:") for page in tour.pages)
    yield visit.answer("http.redirect_through_plain", secure and through, *raw)
    yield visit.answer("http.redirect_loop", tour.loop, *raw)
    yield visit.listed("http.redirects_elsewhere", (tour.elsewhere,) if tour.elsewhere else (), *raw)


def _hsts(visit: Visit, tour: Walk) -> Iterator[Observation]:
    """The first promise that the host makes over HTTPS on the way: browsers take it from any answer."""
    own = (page for page in tour.pages if page.url.startswith("https:") and host_of(page.url) == visit.host)
    header = next((found for page in own if (found := page.every("strict-transport-security"))), ())
    told = read_hsts(header[0]) if header else None
    raw = tuple(Raw("strict-transport-security", value[:200]) for value in header)
    yield visit.answer("http.hsts", told is not None and told[0] > 0, *raw)
    yield visit.note("http.hsts_max_age", "seen" if told else "not-seen", told[0] if told else None, *raw)
    yield visit.answer("http.hsts_subdomains", bool(told and told[1]), *raw)


def read_hsts(header: str) -> tuple[int, bool] | None:
    """The promise in seconds, and whether subdomains are in it; None for a header that browsers ignore (RFC 6797, 6.1)."""
    directives = [part.partition("=") for part in header.split(";") if part.strip()]
    told = {key.strip().lower(): value.strip().strip('"') for key, _, value in directives}
    if len(told) != len(directives) or not re.fullmatch(r"[0-9]{1,12}", told.get("max-age", "")):
        return None
    return int(told["max-age"]), "includesubdomains" in told


def _cookies(visit: Visit, tour: Walk) -> Iterator[Observation]:
    found = read_cookies(header for page in tour.pages for header in page.every("set-cookie"))
    yield visit.listed("http.cookies", tuple(cookie.name for cookie in found))
    yield visit.listed("http.cookies_without_secure", tuple(cookie.name for cookie in found if not cookie.secure))
    bare = tuple(cookie.name for cookie in found if not cookie.http_only and not cookie.for_scripts)
    yield visit.listed("http.cookies_without_httponly", bare)
    yield visit.listed("http.cookies_without_samesite", tuple(cookie.name for cookie in found if not cookie.same_site))


def _policies(visit: Visit, page: Page) -> Iterator[Observation]:
    """What the page where it ends tells browsers; an answer that is no page of the host tells nothing of that."""
    here = host_of(page.url) == visit.host and not page.leads_to
    shown = here and ("html" in page.kind or not page.kind)
    why = None if shown else Text("It ends on no page of this host", "Elle n'aboutit à aucune page de cet hôte")
    policy = page.header("content-security-policy").lower()
    frames = page.header("x-frame-options").lower().split(",")[0].strip()
    named = [part.strip().lower() for part in page.header("referrer-policy").split(",") if part.strip()]
    raw = (Raw("content-security-policy", policy[:400]),) if policy else ()
    yield visit.answer("http.csp", bool(policy) if shown else None, *raw, why=why)
    yield visit.answer("http.csp_unsafe", unsafe(policy) if shown and policy else None, *raw, why=why)
    yield visit.answer("http.nosniff", page.header("x-content-type-options").strip().lower() == "nosniff" if here else None, why=why)
    framed = "frame-ancestors" in policy or frames in ("deny", "sameorigin")
    yield visit.answer("http.frame_protection", framed if shown else None, why=why)
    discreet = bool(named) and named[-1] in _DISCREET
    yield visit.answer("http.referrer_policy", discreet if shown else None, *(Raw("referrer-policy", each) for each in named), why=why)


def unsafe(policy: str) -> bool:
    """Whether scripts written in the page, or made from text, may run (CSP Level 3: a nonce or a digest makes `unsafe-inline` void)."""
    directives = {words[0]: words[1:] for part in policy.lower().split(";") if (words := part.split())}
    sources = directives.get("script-src", directives.get("default-src"))
    if sources is None:
        return True
    void = any(source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-", "'strict-dynamic'")) for source in sources)
    return "'unsafe-eval'" in sources or ("'unsafe-inline'" in sources and not void)


def _origins(visit: Visit, page: Page) -> Iterator[Observation]:
    try:
        address = visit.names.addresses(urlsplit(page.url).hostname or "")[0]
        answer = fetch(visit, page.url, address, headers={"Origin": _STRANGER})
    except FailedLookError as failure:
        yield visit.answer("http.cors_anyone", None, why=failure.why)
        return
    open_door = answer.header("access-control-allow-origin") in (_STRANGER, "null")
    yield visit.answer("http.cors_anyone", open_door and answer.header("access-control-allow-credentials").lower() == "true")


def _marks(visit: Visit, tour: Walk) -> Iterator[Observation]:
    headers = [(name, value) for page in tour.pages for name, value in page.headers]
    products = sorted({f"{name}: {value[:80]}" for name, value in headers if name in _PRODUCTS and _VERSION.search(value)})
    yield visit.listed("http.products", tuple(products))
    marks = {f"header {name}: {value[:80]}" if name in _TELLING else f"header {name}" for name, value in headers if name not in _EVERYONES}
    marks |= {f"cookie {cookie.name}" for cookie in read_cookies(value for name, value in headers if name == "set-cookie")}
    yield visit.listed("http.signatures", tuple(sorted(marks)))


def _security_txt(visit: Visit) -> Iterator[Observation]:
    url = urljoin(visit.endpoint.url if visit.endpoint else "", "/.well-known/security.txt")
    try:
        tour = walk(visit, url)
    except FailedLookError as failure:
        yield visit.answer("http.security_txt", None, why=failure.why)
        yield visit.answer("http.security_txt_expired", None, why=failure.why)
        return
    there = tour.arrived and tour.last.kind == "text/plain"
    fields = _fields(tour.last.text) if there else {}
    ends = _moment(fields.get("expires", ""))
    past = ends is not None and ends < visit.now()
    yield visit.answer("http.security_txt", "contact" in fields and ends is not None and not past)
    yield visit.answer("http.security_txt_expired", past)


def _fields(text: str) -> dict[str, str]:
    lines = (line.partition(":") for line in text[:20_000].splitlines() if not line.startswith("#"))
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _clock(visit: Visit, page: Page) -> Observation:
    try:
        told = parsedate_to_datetime(page.header("date"))
    except ValueError:
        return visit.note("http.clock_skew", "not-testable")
    skew = abs((visit.now() - (told if told.tzinfo else told.replace(tzinfo=UTC))).total_seconds())
    return visit.note("http.clock_skew", "seen", round(skew), Raw("date", page.header("date")[:60]))


PROBE = Probe(
    Text("Answers to browsers", "Réponses aux navigateurs"),
    ("endpoint",),
    (
        "http.plain_content",
        "http.redirects_to_https",
        "http.redirect_through_plain",
        "http.redirect_loop",
        "http.redirects_elsewhere",
        "http.hsts",
        "http.hsts_max_age",
        "http.hsts_subdomains",
        "http.cookies",
        "http.cookies_without_secure",
        "http.cookies_without_httponly",
        "http.cookies_without_samesite",
        "http.csp",
        "http.csp_unsafe",
        "http.nosniff",
        "http.frame_protection",
        "http.referrer_policy",
        "http.cors_anyone",
        "http.products",
        "http.signatures",
        "http.security_txt",
        "http.security_txt_expired",
        "http.clock_skew",
    ),
    run,
)
