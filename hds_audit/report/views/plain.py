"""Text made safe for formats in which control characters or direction overrides would mislead."""

import re

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]+")
LONGEST = 4_000


def safe(text: str, longest: int = LONGEST) -> str:
    """A text without control characters nor direction overrides (each becomes U+FFFD), cut where it is endless."""
    kept = _UNSAFE.sub("\ufffd", text[: longest + 1])
    return kept[:longest] + "…" if len(kept) > longest else kept


def on_a_line(text: str, longest: int = 1_000) -> str:
    """A safe text that stays on its line: it can forge no other."""
    return _BREAKS.sub(" ", safe(text, longest))
