"""Names of other worlds into identifiers of ours."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")
_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3}(?:[-.]?(?:alpine|slim|lts|rc\d+))?)(?:$|[-+.@ ].*)")
LONGEST = 63


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens, at most 63 of them; `x` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain.lower()).strip("-")[:LONGEST].strip("-") or "x"


def legible(text: str) -> str:
    """The text without control characters and other signs that nobody sees."""
    if text.isprintable():
        return text
    return "".join(sign if not unicodedata.category(sign).startswith("C") else " " for sign in text).strip()


def version(text: object) -> str | None:
    """The version in a tag or a setting, and nothing else of it: `16.6-alpine` gives `16.6`."""
    found = _VERSION.fullmatch(str(text).strip()[:80]) if isinstance(text, str | int | float) and not isinstance(text, bool) else None
    return re.split(r"[-a-z]", found[1])[0].rstrip(".") if found else None
