"""What stands before a value and names it: a few words and a colon, a cell, or a heading."""

from __future__ import annotations

import re

from hds_audit.emails.cut import OUTPUT_CLOSE
from hds_audit.emails.sentences import CELL

LONGEST_HEADING = 4
"""In words: more is a sentence."""

_LABEL_PARTS = re.compile(r"[.,;:!?(\n\ue002]")
_LABEL_WORDS = 6
_AROUND = " \t\n:*_-•"


def label_within(text: str, position: int) -> str:
    """The label before a place in a sentence: its last words before a colon or the end of a cell; else nothing."""
    before = text[:position]
    before = before[before.rfind(OUTPUT_CLOSE) + 1 :].rstrip(" \t\n*_")
    if not before.endswith((":", CELL)):
        return ""
    label = _LABEL_PARTS.split(before.rstrip(" :\n" + CELL))[-1].strip(_AROUND)
    return label if 0 < len(label.split()) <= _LABEL_WORDS else ""


def label_above(heading: str) -> str:
    """The label that a heading is: a few words that end no sentence."""
    label = heading.replace(CELL, " ").strip(_AROUND)
    return "" if label.endswith((".", "!", "?", ",")) else label
