"""The text of a file's bytes, or why there is none."""

from __future__ import annotations

import re
from typing import NamedTuple

from hds_audit.model.text import Text

LARGEST = 1024 * 1024
_LOOKED_AT = 65_536
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS_ALLOWED = 8
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Undecodable(NamedTuple):
    """Why a file gives no text."""

    why: Text


TOO_LARGE = Undecodable(
    Text(
        f"too large: a template has at most {LARGEST // 1024} KiB; split it or leave it out",
        f"trop volumineux : un gabarit fait au plus {LARGEST // 1024} Kio ; divisez-le ou écartez-le",
    )
)
BINARY = Undecodable(
    Text("binary content, no template; leave it out", "contenu binaire, ce n'est pas un gabarit ; écartez-le"),
)


def text_of(content: bytes) -> str | Undecodable:
    """The text with line feeds as line ends; UTF-8, UTF-16 with its mark, else Latin-1 where it looks like text."""
    if len(content) > LARGEST:
        return TOO_LARGE
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return _lines(content.decode(encoding))
            except UnicodeDecodeError:
                return BINARY
    if len(_CONTROL.findall(content[:_LOOKED_AT])) > _CONTROLS_ALLOWED or b"\0" in content:
        return BINARY
    try:
        return _lines(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _lines(content.decode("latin-1"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
