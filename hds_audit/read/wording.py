"""What the reader says of a file that is no tree of keys and values: what is wrong; what to do."""

from __future__ import annotations

from hds_audit.model.text import Text

CONTROL_CHARACTER = Text(
    "an invisible control character is written here; remove it",
    "un caractère de contrôle invisible est écrit ici ; retirez-le",
)
ANCHORED_KEY = Text("a key carries an anchor; put the anchor on its value", "une clé porte une ancre ; placez l'ancre sur sa valeur")
KEY_IS_A_COLLECTION = Text(
    "a mapping or a list stands where a key is due; write the key as a plain word",
    "un dictionnaire ou une liste tient lieu de clé ; écrivez la clé comme un simple mot",
)
KEY_IS_AN_ALIAS = Text(
    "an alias stands where a key is due; write the key out", "un alias tient lieu de clé ; écrivez la clé en toutes lettres"
)
TOO_DEEP = Text("more than 64 levels of nesting; flatten this part", "plus de 64 niveaux d'imbrication ; aplatissez cette partie")
ALIAS_BOMB = Text(
    "the aliases of this file add more than 100,000 values, or too much text; write out what differs and share less",
    "les alias de ce fichier ajoutent plus de 100 000 valeurs, ou trop de texte ; écrivez ce qui diffère et partagez moins",
)
SECOND_DOCUMENT = Text(
    "a second document begins here; keep one a file, and use `include` for others",
    "un second document commence ici ; gardez-en un par fichier, et utilisez `include` pour les autres",
)
NOTHING_TO_MERGE = Text(
    "`<<` merges mappings only; give it the alias of a mapping",
    "`<<` ne fusionne que des dictionnaires ; donnez-lui l'alias d'un dictionnaire",
)


def no_mapping_at_top(found: object) -> Text:
    """The file does not hold keys and values."""
    if found is None:
        return Text(
            "the file is empty; start with `format: hds-audit/1`",
            "le fichier est vide ; commencez par `format: hds-audit/1`",
        )
    if isinstance(found, list):
        return Text(
            "a list stands at the top; a description is a mapping that starts with `format: hds-audit/1`",
            "une liste est en tête ; une description est un dictionnaire qui commence par `format: hds-audit/1`",
        )
    return Text(
        "the file holds a single value; a description is a mapping that starts with `format: hds-audit/1`",
        "le fichier ne contient qu'une valeur ; une description est un dictionnaire qui commence par `format: hds-audit/1`",
    )


def duplicate_key(key: str) -> Text:
    """A key stands twice in one mapping."""
    return Text(
        f"the key `{shown(key)}` is already written in this mapping; keep one of the two",
        f"la clé `{shown(key)}` est déjà écrite dans ce dictionnaire ; gardez l'une des deux",
    )


def key_is_not_text(key: str) -> Text:
    """A key is empty, or tagged."""
    if not key:
        return Text("a key is empty; write a plain word before the `:`", "une clé est vide ; écrivez un simple mot avant le `:`")
    return Text(
        f"`{shown(key)}` is no key; write a plain word",
        f"`{shown(key)}` n'est pas une clé ; écrivez un simple mot",
    )


def tag_refused(tag: str) -> Text:
    """A tag asks for an object."""
    return Text(
        f"the tag `{shown(tag)}` asks for an object, and nothing is built or run from a description; remove the tag",
        f"l'étiquette `{shown(tag)}` demande un objet, et rien n'est construit ni exécuté depuis une description ; retirez-la",
    )


def no_anchor(name: str) -> Text:
    """An alias without its anchor."""
    return Text(
        f"the alias `*{shown(name)}` has no anchor `&{shown(name)}` above it; write the anchor first",
        f"l'alias `*{shown(name)}` n'a pas d'ancre `&{shown(name)}` plus haut ; écrivez d'abord l'ancre",
    )


def alias_inside_itself(name: str) -> Text:
    """An alias within what it stands for."""
    return Text(
        f"the alias `*{shown(name)}` stands inside what it repeats; write this part out",
        f"l'alias `*{shown(name)}` se trouve dans ce qu'il répète ; écrivez cette partie en toutes lettres",
    )


def shown(text: str) -> str:
    """A piece of the input as it may be printed: short, on one line, without control characters."""
    clean = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text[:61])
    return f"{clean[:60]}…" if len(text) > 60 else clean
