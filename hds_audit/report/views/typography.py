"""French spaces that a line must not break at: before `:`, `;`, `?`, `!` and `»`, after `«`, and within numbers."""

import re

from hds_audit.model.text import Language

_JOINED = re.compile(r"(?<=\S) (?=»|[:;?!](?:[\s)»]|$))|(?<=«) |(?<=\d) (?=\d{3}(?!\d))")
_SPACE = "\u00a0"


def spaced(said: str, language: Language) -> str:
    """A sentence with its spaces as French sets them; itself in another language."""
    return _JOINED.sub(_SPACE, said) if language == "fr" else said
