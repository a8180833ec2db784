"""Bytes to text: what a file must be before YAML is looked for in it."""

import codecs
from typing import NamedTuple

from hds_audit.model.text import Text
from hds_audit.read.complaints import LAST_LINE, Complaint, point_of

MOST_BYTES = 64 * 1024 * 1024
TOO_LARGE = Text(
    "the file is larger than 64 MiB; split the description or leave out what is generated",
    "le fichier dépasse 64 Mio ; découpez la description ou retirez ce qui est généré",
)
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_16 = Text("the file is in UTF-16 or UTF-32; save it as UTF-8", "le fichier est en UTF-16 ou UTF-32 ; enregistrez-le en UTF-8")
_NOT_UTF_8 = Text(
    "this byte is no UTF-8; save the file as UTF-8",
    "cet octet n'est pas de l'UTF-8 ; enregistrez le fichier en UTF-8",
)
_TOO_MANY_LINES = Text("the file has more than 16 million lines; split it", "le fichier a plus de 16 millions de lignes ; découpez-le")


class Source(NamedTuple):
    """A file's text, without its byte order mark."""

    text: str
    encoded: bytes


def decode(file: int, content: bytes) -> Source | Complaint:
    """The text of a file, or why it has none: too large, not UTF-8, too many lines."""
    if len(content) > MOST_BYTES:
        return Complaint(point_of(file, 0, 0), TOO_LARGE)
    if content.startswith(_WIDE) or _looks_wide(content):
        return Complaint(point_of(file, 0, 0), _UTF_16)
    encoded = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        before = encoded[: error.start].decode("utf-8")
        return Complaint(point_of(file, before.count("\n"), len(before) - before.rfind("\n") - 1), _NOT_UTF_8)
    if encoded.count(b"\n") + encoded.count(b"\r") > LAST_LINE:
        return Complaint(point_of(file, 0, 0), _TOO_MANY_LINES)
    return Source(text, encoded)


def _looks_wide(content: bytes) -> bool:
    """Two or four bytes a character without a byte order mark: every other byte of the head is zero."""
    head = content[:64]
    return len(head) >= 4 and (not any(head[::2]) or not any(head[1::2]))
