"""Conditions from YAML to data; every path, list and test is known or the rule does not load."""

import difflib
import re
from collections.abc import Callable
from typing import NamedTuple, get_args

from hds_audit.model.condition import (
    OPERATORS,
    All,
    AnyOf,
    AsOf,
    At,
    Check,
    Condition,
    Each,
    Empty,
    Listed,
    Literally,
    Not,
    Operand,
    Operator,
    Some,
)
from hds_audit.model.paths import Paths, Space

DEEPEST = 12  # a condition nested deeper is no longer one that a person can read
LONGEST_PATTERN = 200
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[*+][^()]*\)[*+{]")
_DATE_TESTS = ("before", "after", "at_least", "at_most")


class RefusalError(Exception):
    """What is wrong with a condition, in both languages, and where: the keys that lead to it."""

    def __init__(self, keys: tuple[str, ...], en: str, fr: str) -> None:
        super().__init__(en)
        self.keys, self.en, self.fr = keys, en, fr


class Known(NamedTuple):
    """What conditions may speak of: paths, and the names of the lists of the catalogue."""

    paths: Paths
    lists: frozenset[str]


def read_condition(node: object, known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    """A condition from plain YAML data; raises RefusalError."""
    if len(keys) > DEEPEST * 2:
        raise RefusalError(keys, "is nested too deep; split the rule", "est trop imbriquée ; scinder la règle")
    if not isinstance(node, dict) or not node:
        raise RefusalError(keys, "a condition is a mapping; write PATH: TEST", "une condition est un dictionnaire ; écrire CHEMIN: TEST")
    special = _special(node)
    if special is not None:
        return special(node, known, space, keys)
    parts = tuple(_path_test(path, test, known, space, (*keys, path)) for path, test in node.items())
    return parts[0] if len(parts) == 1 else All(parts)


Reader = Callable[[dict[str, object], Known, Space, tuple[str, ...]], Condition]


def _special(node: dict[str, object]) -> Reader | None:
    return next((reader for word, reader in _SPECIAL.items() if word in node), None)


def _only(node: dict[str, object], allowed: tuple[str, ...], keys: tuple[str, ...]) -> None:
    for name in node:
        if name not in allowed:
            raise RefusalError((*keys, name), f"`{name}` has no meaning here; allowed: {', '.join(allowed)}",
                          f"`{name}` n'a pas de sens ici ; admis : {', '.join(allowed)}")  # fmt: skip


def _parts(word: str, node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> tuple[Condition, ...]:
    _only(node, (word,), keys)
    listed = node[word]
    if not isinstance(listed, list) or not listed:
        raise RefusalError((*keys, word), f"`{word}` takes a list of conditions", f"`{word}` attend une liste de conditions")
    return tuple(read_condition(item, known, space, (*keys, word, str(index))) for index, item in enumerate(listed))


def _all(node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    return All(_parts("all", node, known, space, keys))


def _any(node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    return AnyOf(_parts("any", node, known, space, keys))


def _not(node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    _only(node, ("not",), keys)
    return Not(read_condition(node["not"], known, space, (*keys, "not")))


def _each(node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    _only(node, ("each", "where", "require", "empty"), keys)
    path, inner = _elements("each", node, known, space, keys)
    empty = _empty(node, keys)
    where = read_condition(node["where"], known, inner, (*keys, "where")) if "where" in node else None
    if "require" not in node:
        raise RefusalError(keys, "`each` needs `require`", "`each` exige `require`")
    return Each(path, where, read_condition(node["require"], known, inner, (*keys, "require")), empty)


def _empty(node: dict[str, object], keys: tuple[str, ...]) -> Empty:
    for word in get_args(Empty):
        if node.get("empty") == word:
            return word  # type: ignore[no-any-return]  # get_args gives Any
    raise RefusalError(keys, "`each` needs `empty: pass`, `fail` or `unknown`", "`each` exige `empty: pass`, `fail` ou `unknown`")


def _some(node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    _only(node, ("some", "where"), keys)
    path, inner = _elements("some", node, known, space, keys)
    if "where" not in node:
        raise RefusalError(keys, "`some` needs `where`", "`some` exige `where`")
    return Some(path, read_condition(node["where"], known, inner, (*keys, "where")))


_SPECIAL: dict[str, Reader] = {"all": _all, "any": _any, "not": _not, "each": _each, "some": _some}


def _elements(word: str, node: dict[str, object], known: Known, space: Space, keys: tuple[str, ...]) -> tuple[str, Space]:
    path = str(node[word])
    found = known.paths.find(space, path)
    if found is None:
        raise _unknown_path(path, known, space, (*keys, word))
    if not found.many or not found.spaces:
        raise RefusalError((*keys, word), f"`{path}` is not a list of things with paths of their own",
                      f"`{path}` n'est pas une liste d'éléments qui ont leurs propres chemins")  # fmt: skip
    return path, found.spaces[0] if len(found.spaces) == 1 else _widest(found.spaces)


def _widest(spaces: tuple[Space, ...]) -> Space:
    return max(spaces, key=lambda space: (space.record is not None, len(space.names)))


def _unknown_path(path: str, known: Known, space: Space, keys: tuple[str, ...]) -> RefusalError:
    names = [name for name, _ in known.paths.all_of(space.kind)] if space.kind else [name for name, _ in space.names]
    if space.record:
        names = [field.name for field in space.record.fields]
    near = difflib.get_close_matches(path, names, 1)
    hint_en = f"; the nearest is `{near[0]}`" if near else "; `hds-audit schema rule` lists every path"
    hint_fr = f" ; le plus proche est `{near[0]}`" if near else " ; `hds-audit schema rule` liste tous les chemins"
    return RefusalError(keys, f"the path `{path}` is not known here{hint_en}", f"le chemin `{path}` n'est pas connu ici{hint_fr}")


def _path_test(path: str, test: object, known: Known, space: Space, keys: tuple[str, ...]) -> Condition:
    if known.paths.find(space, path) is None:
        raise _unknown_path(path, known, space, keys)
    if not isinstance(test, dict):
        return Check(path, "equals", _literal(test, keys))
    parts = tuple(Check(path, _operator(name, keys), _operand(name, value, known, space, (*keys, name))) for name, value in test.items())
    if not parts:
        raise RefusalError(keys, "the test is empty", "le test est vide")
    return parts[0] if len(parts) == 1 else All(parts)


def _operator(name: str, keys: tuple[str, ...]) -> Operator:
    for operator in OPERATORS:
        if operator == name:
            return operator
    raise RefusalError((*keys, name), f"`{name}` is not a test; tests are {', '.join(OPERATORS)}",
                  f"`{name}` n'est pas un test ; les tests sont {', '.join(OPERATORS)}")  # fmt: skip


def _operand(operator: str, value: object, known: Known, space: Space, keys: tuple[str, ...]) -> Operand:
    if isinstance(value, dict):
        if set(value) != {"path"} or known.paths.find(space, str(value["path"])) is None:
            raise RefusalError(keys, "`{path: …}` must name a known path", "`{path: …}` doit nommer un chemin connu")
        return At(str(value["path"]))
    if value == "as_of" and operator in _DATE_TESTS:
        return AsOf()
    if operator in ("in", "not_in", "each_in", "includes") and isinstance(value, str) and value in known.lists:
        return Listed(value)
    if operator in ("in", "not_in", "each_in") and isinstance(value, str):
        near = difflib.get_close_matches(value, known.lists, 1)
        raise RefusalError(keys, f"the catalogue has no list `{value}`" + (f"; the nearest is `{near[0]}`" if near else ""),
                      f"le catalogue n'a pas de liste `{value}`" + (f" ; la plus proche est `{near[0]}`" if near else ""))  # fmt: skip
    return _pattern(value, keys) if operator == "matches" else _literal(value, keys)


def _pattern(value: object, keys: tuple[str, ...]) -> Literally:
    """A regular expression that cannot run away: short, and without a repetition of a repetition."""
    text = str(value)
    try:
        re.compile(text)
    except re.error as error:
        raise RefusalError(keys, f"the pattern does not compile: {error}", f"le motif ne se compile pas : {error}") from None
    if len(text) > LONGEST_PATTERN or _NESTED_QUANTIFIER.search(text):
        raise RefusalError(keys, "the pattern repeats a repetition or is too long", "le motif répète une répétition ou est trop long")
    return Literally(text)


def _literal(value: object, keys: tuple[str, ...]) -> Literally:
    if isinstance(value, list):
        return Literally(tuple(_plain(item, keys) for item in value))
    return Literally(_plain(value, keys))


def _plain(value: object, keys: tuple[str, ...]) -> str | bool | int | float:
    if isinstance(value, str | bool | int | float):
        return value
    raise RefusalError(keys, "a test compares with a text, a number, a flag or a list of them",
                  "un test compare avec un texte, un nombre, un booléen ou une liste de ceux-ci")  # fmt: skip
