"""Bytes of an input file to text, whatever wrote them."""

from __future__ import annotations

import codecs
from pathlib import Path

from hds_audit.model.imported import Refusal
from hds_audit.model.text import Text

MAXIMUM = 256 << 20
"""Bytes beyond which an input is refused."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(path: Path) -> str | Refusal:
    """The text of a file in UTF-8, UTF-16 or UTF-32, with or without a byte order mark; or why it was not read."""
    try:
        size = path.stat().st_size
        if size > MAXIMUM:
            return Refusal(str(path), _too_large(size))
        content = path.read_bytes()
    except OSError as error:
        return Refusal(str(path), _unreadable(error))
    try:
        return content.decode(encoding_of(content))
    except UnicodeDecodeError:
        return Refusal(str(path), _NOT_TEXT)


def encoding_of(content: bytes) -> str:
    """The encoding that the first bytes tell: a byte order mark, else the zeros that UTF-16 leaves around ASCII."""
    marked = next((name for mark, name in (*_MARKS, *_WIDE) if content.startswith(mark)), None)
    if marked is not None:
        return marked
    if content[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if content[:1] == b"\0" else "utf-8"


def _too_large(size: int) -> Text:
    return Text(
        f"the file has {size >> 20} MiB, more than the {MAXIMUM >> 20} MiB that are read; import its parts one by one",
        f"le fichier fait {size >> 20} Mio, au-delà des {MAXIMUM >> 20} Mio lus ; importez-le en plusieurs parties",
    )


def _unreadable(error: OSError) -> Text:
    why = error.strerror or type(error).__name__
    return Text(
        f"the file cannot be read ({why}); check its name and rights",
        f"fichier illisible ({why}) ; vérifiez son nom et ses droits",
    )


_NOT_TEXT = Text(
    "the file is not text in UTF-8 or UTF-16; save it again as UTF-8",
    "le fichier n'est pas du texte en UTF-8 ni en UTF-16 ; enregistrez-le en UTF-8",
)
