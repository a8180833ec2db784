"""The language that a person is answered in."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from hds_audit.errors import MisuseError, Problem
from hds_audit.model.text import Language

_VARIABLES = ("HDS_AUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang` where it is given, else the locale; English where neither says French."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return _language(arguments[index + 1])
        if argument.startswith("--lang="):
            return _language(argument.partition("=")[2])
    return _language(next((environment[name] for name in _VARIABLES if environment.get(name)), ""))


def spoken(lang: str | None) -> Language:
    """The language asked for; raises MisuseError on one that there is not."""
    if lang is not None and lang not in ("fr", "en"):
        raise MisuseError(Problem("--lang", f"{lang} is not spoken here; choose fr or en", f"{lang} n'est pas proposé ; choisir fr ou en"))
    return language_of(["--lang", lang] if lang else sys.argv[1:], os.environ)


def _language(word: str) -> Language:
    return "fr" if word.lower().startswith("fr") else "en"
