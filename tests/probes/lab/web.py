"""What the sites of the lab say; one function from a path to an answer, used by every kind of server."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

GOOD_HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Set-Cookie": "session=abc; Secure; HttpOnly; SameSite=Lax; Path=/",
    "Server": "web",
}

GOOD_PAGE = """<!doctype html><title>Good</title><link rel="canonical" href="https://elsewhere.example/"><link rel="stylesheet" href="/s.css">
<script src="/app.js" defer></script><p>An ordinary page with a <a href="https://social.example/">link</a>.</p>
<template><img src="https://never.example/x.png"></template><!-- <script src="https://commented.example/x.js"></script> -->
<form action="/search"><input name="q"></form>"""

BAD_PAGE = """<!doctype html><title>Bad</title><script src="https://connect.facebook.net/en_US/sdk.js"></script>
<script src="https://widgets.outbrain.com/outbrain.js"></script><script type="text/plain" src="https://static.hotjar.com/c/hotjar.js"></script>
<script>var u='https://www.googletagmanager.com/gtag/js?id=X'; var s="https://schema.example/";</script>
<script src="https://cdn.unknown.example/lib.js"></script><script src="https://sealed.example/lib.js" integrity="sha384-x"></script>
<img src="http://images.example/a.png" srcset="https://one.example/a.png 1x, https://two.example/a.png 2x">
<img src="https://stats.hds.test/p.gif"><img src="https://measure.hds.test/p.gif"><img src="https://assets.hds.test/p.gif">
<form action="http://bad.hds.test/send" method="post"><input name="symptom"></form>"""

WORDS = "<p>" + "patient record of a fictional person " * 20 + "</p>"


@dataclass(frozen=True)
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    cookies: tuple[str, ...] = ()

    def encode(self) -> bytes:
        body = self.body.encode()
        told = {"Content-Type": self.kind, "Content-Length": str(len(body)), "Date": format_datetime(datetime.now(UTC), usegmt=True)}
        lines = [f"HTTP/1.1 {self.status} X", *(f"{key}: {value}" for key, value in (told | self.headers).items())]
        lines += [f"Set-Cookie: {cookie}" for cookie in self.cookies]
        return ("\r\n".join([*lines, "Connection: close", "", ""])).encode() + body


def security_txt(days: int) -> str:
    ends = (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)
    return f"Contact: mailto:security@hds.test\nExpires: {ends.isoformat().replace('+00:00', 'Z')}\n"


def good(path: str, headers: dict[str, str]) -> Answer:
    if path == "/.well-known/security.txt":
        return Answer(body=security_txt(90), kind="text/plain", headers=GOOD_HEADERS)
    return Answer(body=GOOD_PAGE, headers=GOOD_HEADERS)


def bad(path: str, headers: dict[str, str]) -> Answer:
    if path == "/.well-known/security.txt":
        return Answer(body=security_txt(-3), kind="text/plain")
    told = {
        "Server": "nginx/1.2.3",
        "CF-Ray": "8f-CDG",
        "Content-Security-Policy": "script-src 'self' 'unsafe-inline'",
        "Date": format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True),
    }
    if headers.get("origin"):
        told |= {"Access-Control-Allow-Origin": headers["origin"], "Access-Control-Allow-Credentials": "true"}
    return Answer(
        body=BAD_PAGE, headers=told, cookies=("sessionid=secretvalue; Path=/", "XSRF-TOKEN=t; Secure; SameSite=Strict", "gone=; Max-Age=0")
    )


def weak_hsts(path: str, headers: dict[str, str]) -> Answer:
    return Answer(body=GOOD_PAGE, headers={"Strict-Transport-Security": "max-age=300"})


def broken_hsts(path: str, headers: dict[str, str]) -> Answer:
    return Answer(body=GOOD_PAGE, headers={"Strict-Transport-Security": "max-age=abc; includeSubDomains"})


def private(path: str, headers: dict[str, str]) -> Answer:
    pages = {
        "/api/patients": Answer(body='[{"name": "A. Fictional", "ward": 3}]', kind="application/json"),
        "/records": Answer(body=WORDS),
        "/closed": Answer(401, body="no"),
        "/gone": Answer(302, {"Location": "/login"}),
        "/form": Answer(body='<form><input type="password" name="p"></form>' + WORDS),
        "/app": Answer(body="<div id=root></div><script src=/app.js></script>"),
        "/refused": Answer(body='{"error": "unauthorized"}', kind="application/json"),
        "/login": Answer(body='<form><input type="password"></form>'),
    }
    return pages.get(path, Answer(404, body="nothing"))


def locked(path: str, headers: dict[str, str]) -> Answer:
    return Answer(401, body="no") if path != "/login" else Answer(body='<input type="password">')


def loop(path: str, headers: dict[str, str]) -> Answer:
    return Answer(302, {"Location": "/b" if path != "/b" else "/"})


def forever(path: str, headers: dict[str, str]) -> Answer:
    return Answer(302, {"Location": f"/x{path}"})


def to(url: str) -> "object":
    def answer(path: str, headers: dict[str, str]) -> Answer:
        return Answer(302, {"Location": url})

    return answer
