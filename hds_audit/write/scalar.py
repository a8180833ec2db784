"""Values as YAML on one line, quoted only where YAML would read something else."""

from __future__ import annotations

import json
import re

from hds_audit.model.imported import Plain

_SAFE = re.compile(r"[A-Za-z_/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*|\d[\w.]*-[\w./-]*[A-Za-z][\w./-]*|\d+[a-z][a-z0-9-]*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"})
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9_./~-]*)?")


def flow(value: Plain) -> str:
    """A value on one line: `{layer: volume, key: disk}`, `[a, b]`, `"16"`, `true`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return text(value) if isinstance(value, str) else str(value)


def text(value: str) -> str:
    """A text, plain where that is safe, else in double quotes; two capitals too, since some are words (NO)."""
    plain = _SAFE.fullmatch(value) or _URL.fullmatch(value)
    misread = value.lower() in _WORDS or re.fullmatch(r"\d+e\d+|0[xob][0-9a-f]+|[A-Z]{2}", value)
    return value if plain and not misread else json.dumps(value, ensure_ascii=False)
