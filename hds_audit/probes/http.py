"""How an endpoint answers browsers: redirections, HSTS, cookies, headers, security.txt, clock (RFC 6797, RFC 9110, RFC 9116)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from hds_audit.model.evidence import Observation, Raw
from hds_audit.model.text import Text
from hds_audit.probes.browser import Page
from hds_audit.probes.cookies import read_cookies
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.markup import Told, host_of, read_markup
from hds_audit.probes.probe import Probe, Visit
from hds_audit.probes.walk import Walk, open_page, plain_url, walk

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
    yield from _policies(visit, tour)
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
    if tour.out_of_order:
        yield visit.answer("http.plain_content", None, why=tour.unfinished)
        yield visit.answer("http.redirects_to_https", None, why=tour.unfinished)
        return
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
    yield visit.answer("http.redirect_loop", tour.loop, *raw, why=tour.unfinished if tour.loop else None)
    yield visit.listed("http.redirects_elsewhere", (tour.elsewhere,) if tour.elsewhere else (), *raw)


def _hsts(visit: Visit, tour: Walk) -> Iterator[Observation]:
    """The last promise that the host makes over HTTPS on the way: browsers take it from any answer, and the first header of each."""
    own = (page for page in tour.pages if page.url.startswith("https:") and host_of(page.url) == visit.host)
    headers = [found for page in own if (found := page.every("strict-transport-security"))]
    told = next((told for header in headers[::-1] if (told := read_hsts(header[0]))), None)
    raw = tuple(Raw("strict-transport-security", value[:200]) for header in headers for value in header)
    silent = not headers and _mute(tour)
    why = tour.unfinished if silent else None
    yield visit.answer("http.hsts", None if silent else told is not None and told[0] > 0, *raw, why=why)
    yield visit.note(
        "http.hsts_max_age", "seen" if told else "not-testable" if silent else "not-seen", told[0] if told else None, *raw, why=why
    )
    yield visit.answer("http.hsts_subdomains", None if silent else bool(told and told[1]), *raw, why=why)


def _mute(tour: Walk) -> bool:
    """Whether the answer is no page as people get it: servers leave their headers out of errors, and so their absence shows nothing."""
    return tour.endless or tour.last.status >= 400


def read_hsts(header: str) -> tuple[int, bool] | None:
    """The promise in seconds, and whether subdomains are in it; None for a header that browsers ignore (RFC 6797, 6.1)."""
    directives = [part.partition("=") for part in header.split(";") if part.strip()]
    told = {key.strip().lower(): value.strip().strip('"') for key, _, value in directives}
    if len(told) != len(directives) or not re.fullmatch(r"[0-9]{1,12}", told.get("max-age", "")):
        return None
    return int(told["max-age"]), "includesubdomains" in told


def _cookies(visit: Visit, tour: Walk) -> Iterator[Observation]:
    found = read_cookies((header for page in tour.pages for header in page.every("set-cookie")), visit.now())
    whole = not tour.out_of_order and not tour.endless
    bare = tuple(cookie for cookie in found if not cookie.http_only and not cookie.for_scripts)
    kinds = (
        ("http.cookies", found),
        ("http.cookies_without_secure", tuple(cookie for cookie in found if not cookie.secure)),
        ("http.cookies_without_httponly", bare),
        ("http.cookies_without_samesite", tuple(cookie for cookie in found if not cookie.same_site)),
    )
    for name, cookies in kinds:
        yield visit.listed(name, tuple(cookie.name for cookie in cookies), whole=whole, why=None if whole else tour.unfinished)


def _policies(visit: Visit, tour: Walk) -> Iterator[Observation]:
    """What the page where it ends tells browsers; an answer that is no page of the host tells nothing of that."""
    page = tour.last
    here = host_of(page.url) == visit.host and not page.leads_to
    shown = here and ("html" in page.kind or not page.kind)
    away = None if shown else Text("It ends on no page of this host", "Elle n'aboutit à aucune page de cet hôte")
    told = read_markup(page.text, page.url).told if shown else Told()
    sent = tuple(part for header in page.every("content-security-policy") for part in header.split(",") if part.strip())
    policies = (*sent, *told.policies)
    named = [part.strip().lower() for part in page.header("referrer-policy").split(",") if part.strip()]
    named += [told.referrer.strip().lower()] if told.referrer.strip() else []
    first = page.header("x-content-type-options").split(",")[0].strip().lower()
    raw = tuple(Raw("content-security-policy", policy.strip()[:400]) for policy in policies)
    merits = (
        ("http.csp", bool(policies), shown, raw),
        ("http.nosniff", first == "nosniff", here, ()),
        ("http.frame_protection", framed_by_few(page, sent), shown, ()),
        ("http.referrer_policy", bool(named) and named[-1] in _DISCREET, shown, tuple(Raw("referrer-policy", each) for each in named)),
    )
    for name, there, told_here, words in merits:
        lost = not told_here or (not there and _mute(tour))
        yield visit.answer(name, None if lost else there, *words, why=(away or tour.unfinished) if lost else None)
    yield visit.answer("http.csp_unsafe", all(map(unsafe, policies)) if shown and policies else None, *raw, why=away)


_ANYONE = frozenset({"*", "http:", "https:"})


def framed_by_few(page: Page, policies: tuple[str, ...]) -> bool:
    """Whether others may not frame a page: where a policy sent names ancestors, the older header is not heeded (CSP Level 3, 6.4.2).

    A policy in a tag says nothing of that (3.3).
    """
    ancestors = [_directives(policy)["frame-ancestors"] for policy in policies if "frame-ancestors" in _directives(policy)]
    if ancestors:
        return any(not _ANYONE.intersection(sources) for sources in ancestors)
    return any(part.strip().lower() in ("deny", "sameorigin") for part in page.header("x-frame-options").split(","))


def _directives(policy: str) -> dict[str, list[str]]:
    """The directives of one policy; of two alike the first counts."""
    listed = [words for part in policy.lower().split(";") if (words := part.split())]
    return {words[0]: words[1:] for words in listed[::-1]}


def unsafe(policy: str) -> bool:
    """Whether scripts written in the page, or made from text, may run (CSP Level 3: a nonce or a digest makes `unsafe-inline` void)."""
    directives = _directives(policy)
    sources = directives.get("script-src", directives.get("default-src"))
    if sources is None:
        return True
    void = any(source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-", "'strict-dynamic'")) for source in sources)
    return "'unsafe-eval'" in sources or ("'unsafe-inline'" in sources and not void)


def _origins(visit: Visit, page: Page) -> Iterator[Observation]:
    try:
        answer = open_page(visit, page.url, {"Origin": _STRANGER})
    except FailedLookError as failure:
        yield visit.answer("http.cors_anyone", None, why=failure.why)
        return
    open_door = answer.header("access-control-allow-origin") in (_STRANGER, "null")
    yield visit.answer("http.cors_anyone", open_door and answer.header("access-control-allow-credentials").lower() == "true")


def _marks(visit: Visit, tour: Walk) -> Iterator[Observation]:
    headers = [(name, value) for page in tour.pages if host_of(page.url) == visit.host for name, value in page.headers]
    products = sorted({f"{name}: {value[:80]}" for name, value in headers if name in _PRODUCTS and _VERSION.search(value)})
    yield visit.listed("http.products", tuple(products))
    marks = {f"header {name}: {value[:80]}" if name in _TELLING else f"header {name}" for name, value in headers if name not in _EVERYONES}
    marks |= {f"cookie {cookie.name}" for cookie in read_cookies((value for name, value in headers if name == "set-cookie"), visit.now())}
    yield visit.listed("http.signatures", tuple(sorted(marks)))


def _security_txt(visit: Visit) -> Iterator[Observation]:
    url = urljoin(visit.endpoint.url if visit.endpoint else "", "/.well-known/security.txt")
    try:
        tour = walk(visit, url)
    except FailedLookError as failure:
        yield visit.answer("http.security_txt", None, why=failure.why)
        yield visit.answer("http.security_txt_expired", None, why=failure.why)
        return
    if tour.out_of_order or tour.elsewhere or tour.last.opaque:
        yield visit.answer("http.security_txt", None, why=tour.unfinished)
        yield visit.answer("http.security_txt_expired", None, why=tour.unfinished)
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
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _clock(visit: Visit, page: Page) -> Observation:
    if page.header("age").strip("0 "):
        why = Text("A cache answered, with the date of an earlier answer", "Un cache a répondu, avec la date d'une réponse antérieure")
        return visit.note("http.clock_skew", "not-testable", why=why)
    try:
        told = parsedate_to_datetime(page.header("date"))
    except ValueError:
        return visit.note("http.clock_skew", "not-testable", why=Text("It tells no date", "Elle n'indique pas de date"))
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
    each_address=True,
)
