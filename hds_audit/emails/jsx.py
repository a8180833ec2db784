"""The markup of a component file (JSX, TSX): what is left once imports and code about it are blanked, line for line."""

from __future__ import annotations

import re

_STARTS = re.compile(r"return\s{0,40}\(?\s{0,40}(?=<)|=>\s{0,40}\(?\s{0,40}(?=<)")
_OPENS_OR_CLOSES = re.compile(r"</?>|\{[^{}<>\n]{0,200}(?:&&|\?|=>|\.map\()[^{}<>\n]{0,200}\(?\s{0,40}(?=<|$)", re.M)
_STRAY = re.compile(r"^[\s)}\];:,({]+$", re.M)


def component_markup(text: str) -> str:
    """The text from its first returned element on, the rest of the file as empty lines."""
    match = _STARTS.search(text)
    if match is None:
        return text
    kept = _OPENS_OR_CLOSES.sub(" ", text[match.end() :])
    return "\n" * text.count("\n", 0, match.end()) + _STRAY.sub(lambda found: "\n" * found.group().count("\n"), kept)
