"""Single values, from the text that stands for them."""

from __future__ import annotations

import re
from collections.abc import Callable

from hds_audit.model.fields import ScalarKind
from hds_audit.model.values import Day, Span, parse_day, parse_span

ScalarValue = str | bool | int | float | Day | Span

_NUMBER, _INTEGER = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII), re.compile(r"\d{1,15}", re.ASCII)
_COUNTRY = re.compile("[A-Z]{2}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_~: /()-]{0,63}")
_URL = re.compile(r"https?://[^\s/?#<>\"\\]+[^\s<>\"\\]*")


def _text(text: str) -> str | None:
    return text if text.strip() else None


def _flag(text: str) -> None:
    return None


def _number(text: str) -> int | float | None:
    if _NUMBER.fullmatch(text) is None:
        return None
    return float(text) if "." in text else int(text)


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


SCALARS: dict[ScalarKind, Callable[[str], ScalarValue | None]] = {
    "text": _text,
    "flag": _flag,
    "number": _number,
    "integer": lambda text: int(text) if _INTEGER.fullmatch(text) else None,
    "day": parse_day,
    "span": parse_span,
    "country": _matching(_COUNTRY),
    "version": _matching(_VERSION),
    "url": _matching(_URL),
}
"""What reads each kind of single value: the value, or None where the text is none of that kind."""
