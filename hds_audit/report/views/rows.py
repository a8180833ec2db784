"""Rows of comma-separated values (RFC 4180) that a spreadsheet opens as text: accents kept, no formula, no control character."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from hds_audit.report.views.plain import safe

BOM = b"\xef\xbb\xbf"  # without it, spreadsheets of French offices read UTF-8 as Windows-1252
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767 characters
_BATCH = 500


def cell(text: str) -> str:
    """A text as a cell: one that a spreadsheet would take for a formula bears an apostrophe in front (OWASP, CSV injection)."""
    kept = safe(text, _LONGEST)
    return "'" + kept if kept.lstrip(" ").startswith(_FORMULA) else kept


def rendered(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The whole file, in pieces."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head)
    yield BOM
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell(item) for item in row])
        if number % _BATCH == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return written
