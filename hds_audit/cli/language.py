"""The language that a person is answered in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def _language(word: str) -> Language:
    return "fr" if word.lower().startswith("fr") else "en"
