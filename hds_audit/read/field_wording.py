"""What the reader says of a key or value that does not fit the format: what is wrong; what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hds_audit.model.text import Text
from hds_audit.read.wording import shown

if TYPE_CHECKING:
    from hds_audit.model.fields import ScalarKind

BOOLEAN_LOOKALIKES = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "oui", "non"})

NULL = Text(
    "nothing is written here; leave the key out where it is unknown, write `false` or `[]` where there is none",
    "rien n'est écrit ici ; retirez la clé si c'est inconnu, écrivez `false` ou `[]` s'il n'y en a pas",
)
NONE_IS_A_LIST = Text(
    "`false` stands where a list is due; write `[]` where there is none",
    "`false` tient lieu de liste ; écrivez `[]` s'il n'y en a pas",
)
LIST_DUE = Text("a list is due here; begin each entry with `-`", "une liste est attendue ici ; commencez chaque entrée par `-`")
MAPPING_DUE = Text(
    "a mapping of keys and values is due here; write `key: value` beneath, `true` if it exists, `false` if it does not",
    "un dictionnaire de clés et valeurs est attendu ici ; écrivez `clé: valeur` dessous, `true` si cela existe, `false` sinon",
)
ENTRY_DUE = Text(
    "this entry must say something; write its keys, or take it out",
    "cette entrée doit dire quelque chose ; écrivez ses clés, ou retirez-la",
)
IDENTIFIER_DUE = Text(
    "one identifier is due here; write the key of an entry, as it stands in its section",
    "un identifiant est attendu ici ; écrivez la clé d'une entrée, telle qu'elle figure dans sa section",
)
BAD_IDENTIFIER = Text(
    "this cannot be an identifier; use letters, digits, `-`, `_`, `.` without spaces, and no word of YAML such as `true`",
    "ceci ne peut être un identifiant ; utilisez lettres, chiffres, `-`, `_`, `.` sans espaces, et aucun mot de YAML comme `true`",
)
UNKNOWN_COUNTRY = Text(
    "no country has this code; write its two letters of ISO 3166-1, such as FR (the United Kingdom is GB)",
    "aucun pays n'a ce code ; écrivez ses deux lettres ISO 3166-1, comme FR (le Royaume-Uni est GB)",
)
_SINGLE = Text("a single value is due here", "une seule valeur est attendue ici")

_DUE: dict[ScalarKind, Text] = {
    "text": Text("a text is due here; put it in quotes", "un texte est attendu ici ; mettez-le entre guillemets"),
    "flag": Text("`true` or `false` is due here; write one of them", "`true` ou `false` est attendu ici ; écrivez l'un des deux"),
    "number": Text(
        "a number is due here; write digits, with a point for decimals",
        "un nombre est attendu ici ; écrivez des chiffres, avec un point pour les décimales",
    ),
    "integer": Text(
        "a whole number is due here; write digits without spaces",
        "un nombre entier est attendu ici ; écrivez des chiffres sans espaces",
    ),
    "day": Text(
        "a day that exists is due here; write it as 2026-11-22, or 2026-11 for a month",
        "une date qui existe est attendue ici ; écrivez-la 2026-11-22, ou 2026-11 pour un mois",
    ),
    "span": Text(
        "a duration is due here; write it in ISO 8601: P3Y, P6M, P30D, PT4H, PT30M",
        "une durée est attendue ici ; écrivez-la en ISO 8601 : P3Y, P6M, P30D, PT4H, PT30M",
    ),
    "country": Text(
        "a country code is due here; write its two capital letters of ISO 3166-1, such as FR",
        "un code de pays est attendu ici ; écrivez ses deux majuscules ISO 3166-1, comme FR",
    ),
    "version": Text(
        "a version is due here; write it as on the product, such as 1.3",
        "une version est attendue ici ; écrivez-la telle quelle, comme 1.3",
    ),
    "url": Text(
        "a web address is due here; write it with https://",
        "une adresse web est attendue ici ; écrivez-la avec https://",
    ),
}


def not_a(kind: ScalarKind, found: str) -> Text:
    """A value is not of the kind that is due."""
    due = _DUE[kind]
    return Text(f"`{shown(found)}`: {due.en}", f"`{shown(found)}` : {due.fr}")


def not_single(kind: ScalarKind) -> Text:
    """A mapping or a list stands where a single value is due."""
    due = _DUE[kind]
    return Text(f"{_SINGLE.en}: {due.en}", f"{_SINGLE.fr} : {due.fr}")


def unknown_key(key: str, of: str, nearest: str | None, elsewhere: Iterable[str], known: Iterable[str]) -> Text:
    """A key that the format does not have here; `elsewhere` are the mappings that have it."""
    if nearest:
        hint = Text(f"did you mean `{nearest}`?", f"vouliez-vous dire `{nearest}` ?")
    elif homes := _listed(elsewhere):
        hint = Text(f"it belongs to {homes}, move it there", f"elle relève de {homes}, déplacez-la")
    else:
        hint = Text(f"its keys are {_listed(known)}", f"ses clés sont {_listed(known)}")
    return Text(
        f"the key `{shown(key)}` does not exist in `{of}`; {hint.en}",
        f"la clé `{shown(key)}` n'existe pas dans `{of}` ; {hint.fr}",
    )


def missing_key(key: str) -> Text:
    """A key that may not be left out."""
    return Text(f"`{key}` is missing here; add it", f"`{key}` manque ici ; ajoutez-la")


def unknown_word(found: str, nearest: str | None, choices: tuple[str, ...]) -> Text:
    """A word outside its vocabulary."""
    if nearest:
        return Text(
            f"`{shown(found)}` is no word of the format here; did you mean `{nearest}`?",
            f"`{shown(found)}` n'est pas un mot du format ici ; vouliez-vous dire `{nearest}` ?",
        )
    listed = _listed(choices)
    return Text(
        f"`{shown(found)}` is no word of the format here; write one of {listed}",
        f"`{shown(found)}` n'est pas un mot du format ici ; écrivez l'un de {listed}",
    )


def dangling(found: str, sections: tuple[str, ...], nearest: str | None) -> Text:
    """A reference to nothing."""
    where = ", ".join(f"`{section}`" for section in sections)
    hint_en, hint_fr = (f"; did you mean `{nearest}`?", f" ; vouliez-vous dire `{nearest}` ?") if nearest else _declare(found, sections)
    return Text(
        f"`{shown(found)}` is not found under {where}{hint_en}",
        f"`{shown(found)}` est introuvable sous {where}{hint_fr}",
    )


def _declare(found: str, sections: tuple[str, ...]) -> tuple[str, str]:
    if sections == ("laws",):
        return "; write a law of the catalogue, such as us:cloud-act", " ; écrivez une loi du catalogue, comme us:cloud-act"
    beside = " or use one of the catalogue" if "organisations" in sections else ""
    beside_fr = " ou utilisez une entrée du catalogue" if "organisations" in sections else ""
    return (
        f"; add an entry `{shown(found)}` under `{sections[0]}`{beside}",
        f" ; ajoutez une entrée `{shown(found)}` sous `{sections[0]}`{beside_fr}",
    )


def boolean_lookalike(found: str) -> Text:
    """A word that some YAML readers take for true or false."""
    return Text(
        f"`{shown(found)}` is not read as a boolean; write `true` or `false`",
        f"`{shown(found)}` n'est pas lu comme un booléen ; écrivez `true` ou `false`",
    )


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return ", ".join(f"`{each}`" for each in every[:30]) + ("…" if len(every) > 30 else "")
