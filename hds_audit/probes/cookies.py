"""What a server asks a browser to remember: names and attributes, never values (RFC 6265bis)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_SAME_SITE = ("strict", "lax", "none")


class Cookie(NamedTuple):
    """A cookie as set, without its value."""

    name: str
    secure: bool
    http_only: bool
    same_site: str

    @property
    def for_scripts(self) -> bool:
        """Whether it is made to be read by scripts: the token against forged requests that they send back."""
        return any(mark in self.name.lower() for mark in ("csrf", "xsrf"))


def read_cookies(headers: Iterable[str], now: datetime) -> tuple[Cookie, ...]:
    """The cookies of Set-Cookie headers, each once; those that are only being deleted are left out.

    A SameSite that browsers do not know counts for nothing, as with them.
    """
    found: dict[str, Cookie] = {}
    for header in headers:
        pair, *attributes = header.split(";")
        name, _, value = pair.partition("=")
        told = {key.strip().lower(): content.strip().lower() for key, _, content in (part.partition("=") for part in attributes)}
        if name.strip() and value.strip() and not _over(told, now):
            where = told.get("samesite", "")
            found[name.strip()] = Cookie(name.strip(), "secure" in told, "httponly" in told, where if where in _SAME_SITE else "")
    return tuple(found.values())


def _over(told: Mapping[str, str], now: datetime) -> bool:
    """Whether a cookie ends before it is set: that is how one is deleted; Max-Age comes before Expires (RFC 6265, 5.3)."""
    if age := told.get("max-age", ""):
        return age.startswith("-") or not age.strip("0")
    try:
        ends = parsedate_to_datetime(told.get("expires", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return False
    return (ends if ends.tzinfo else ends.replace(tzinfo=UTC)) < now
