"""Environment files, and the `${NAME:-default}` of Compose filled in from them; what has no value stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hds_audit.importers.texts import read_text

_NAME = re.compile(r"[A-Za-z_]\w*")
_ASKED = re.compile(r"\$(?:(?P<bare>[A-Za-z_]\w*)|\{(?P<name>[A-Za-z_]\w*)(?P<how>:?[-?+])?(?P<other>[^${}]*)\})")
_ROUNDS = 4


def settings_of(file: Path) -> Iterator[tuple[str, str, int]]:
    """The settings of an environment file, each with its line; nothing where there is no such file."""
    text = read_text(file) if file.is_file() else ""
    for number, line in enumerate(text.splitlines() if isinstance(text, str) else [], 1):
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and _NAME.fullmatch(name.strip()):
            yield name.strip(), value.strip().strip("\"'"), number


def interpolated(value: str, settings: Mapping[str, str]) -> str:
    """A value with what it asks for: from the settings, else its own default."""
    for _ in range(_ROUNDS):
        filled = _ASKED.sub(lambda found: _filled(found, settings), value)
        if filled == value:
            break
        value = filled
    return value


def _filled(found: re.Match[str], settings: Mapping[str, str]) -> str:
    known = settings.get(found["bare"] or found["name"])
    if known:
        return known
    how = found["how"] or ""
    return found["other"] if how.endswith("-") else found[0]
