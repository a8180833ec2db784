"""What a server asks a browser to remember: names and attributes, never values (RFC 6265bis)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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


def read_cookies(headers: Iterable[str]) -> tuple[Cookie, ...]:
    """The cookies of Set-Cookie headers, each once; those that are only being deleted are left out."""
    found: dict[str, Cookie] = {}
    for header in headers:
        pair, *attributes = header.split(";")
        name, _, value = pair.partition("=")
        told = {key.strip().lower(): content.strip().lower() for key, _, content in (part.partition("=") for part in attributes)}
        deleted = not value.strip() or told.get("max-age", "").startswith(("0", "-"))
        if name.strip() and not deleted:
            found[name.strip()] = Cookie(name.strip(), "secure" in told, "httponly" in told, told.get("samesite", ""))
    return tuple(found.values())
