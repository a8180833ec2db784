"""The errors of the YAML parser, in words that say what to do, in both languages."""

from __future__ import annotations

import re

import yaml

from hds_audit.model.text import Text
from hds_audit.read.complaints import Complaint, point_of
from hds_audit.read.wording import CONTROL_CHARACTER, TOO_DEEP, shown

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_KNOWN = (
    ("exceeded maximum nesting depth", TOO_DEEP),  # libyaml of PyYAML 6.0.4 and later looks ahead of our own count
    (
        "cannot start any token",
        Text(
            "no value may begin with this character; indent with spaces, or put the value in quotes",
            "aucune valeur ne commence par ce caractère ; indentez par des espaces, ou mettez la valeur entre guillemets",
        ),
    ),
    (
        "mapping values are not allowed",
        Text(
            "a second `:` stands on this line, or the indentation is off; put the value in quotes or align the key",
            "un second `:` se trouve sur cette ligne, ou l'indentation est décalée ; mettez la valeur entre guillemets ou alignez la clé",
        ),
    ),
    (
        "could not find expected ':'",
        Text("this line has no `:` after its key; add it", "il manque `:` après la clé de cette ligne ; ajoutez-le"),
    ),
    (
        "did not find expected key",
        Text("a key is due here; check the indentation of this line", "une clé est attendue ici ; vérifiez l'indentation de cette ligne"),
    ),
    (
        "did not find expected '-' indicator",
        Text(
            "an element of the list is due here; check the indentation of this line",
            "un élément de la liste est attendu ici ; vérifiez l'indentation de cette ligne",
        ),
    ),
    (
        "did not find expected ',' or",
        Text(
            "a bracket or brace is not closed, or a comma is missing; add it",
            "un crochet ou une accolade n'est pas fermé, ou une virgule manque ; ajoutez-le",
        ),
    ),
    (
        "found unexpected end of stream",
        Text("quotes are opened and never closed; close them", "des guillemets sont ouverts et jamais fermés ; fermez-les"),
    ),
    (
        "found unknown escape character",
        Text(
            "`\\` begins an escape that does not exist; use single quotes, or write `\\\\`",
            "`\\` commence une séquence qui n'existe pas ; utilisez des apostrophes, ou écrivez `\\\\`",
        ),
    ),
    (
        "block sequence entries are not allowed",
        Text(
            "a list may not begin on this line; put `-` on a line of its own",
            "une liste ne peut commencer sur cette ligne ; placez `-` à la ligne",
        ),
    ),
    (
        "found a tab character",
        Text("a tab stands in the indentation; use spaces", "une tabulation se trouve dans l'indentation ; utilisez des espaces"),
    ),
    (
        "found undefined tag handle",
        Text(
            "this `!` begins a tag that nothing defines; remove it or put the value in quotes",
            "ce `!` commence une étiquette que rien ne définit ; retirez-la ou mettez la valeur entre guillemets",
        ),
    ),
)


def unreadable(file: int, text: str, error: yaml.YAMLError) -> Complaint:
    """Where and why the parser stopped."""
    if isinstance(error, yaml.reader.ReaderError):
        return Complaint(_first_unreadable(file, text), CONTROL_CHARACTER)
    mark = getattr(error, "problem_mark", None)
    reason = str(getattr(error, "problem", None) or "")
    point = point_of(file, mark.line, mark.column) if mark else point_of(file, 0, 0)
    return Complaint(point, next((said for known, said in _KNOWN if known in reason), _other(reason)))


def _first_unreadable(file: int, text: str) -> int:
    found = _UNREADABLE.search(text)
    before = text[: found.start()] if found else ""
    return point_of(file, before.count("\n"), len(before) - before.rfind("\n") - 1)


def _other(reason: str) -> Text:
    return Text(
        f"this is no YAML ({shown(reason)}); mend the line",
        f"ceci n'est pas du YAML ({shown(reason)}) ; corrigez la ligne",
    )
