"""A file of waivers: read whole, and refused whole."""

import difflib
from collections.abc import Collection
from datetime import date
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.waiver import Waiver
from hds_audit.model.waiver_schema import REQUIRED, WAIVERS_FORMAT
from hds_audit.read.locate import locate
from hds_audit.read.rule_tree import rule_tree

_KEYS = (*REQUIRED, "ticket")
MOST_BYTES = 8 * 1024 * 1024


def read_waivers(path: Path, rules: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a file, for rules that there are; raises InputError with every problem, and then none of them counts."""
    if path.stat().st_size > MOST_BYTES:
        raise InputError(Problem(str(path), "a file of waivers is no larger than 8 MiB", "un fichier de dérogations ne dépasse pas 8 Mio"))
    return parse_waivers(path.as_posix(), path.read_bytes(), rules)


def parse_waivers(name: str, content: bytes, rules: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers in some bytes, under a file's name."""
    reading = _Reading(name, content, rules)
    waivers = reading.waivers(rule_tree(name, content))
    if reading.problems:
        raise InputError(*reading.problems)
    return waivers


class _Reading:
    def __init__(self, name: str, content: bytes, rules: Collection[str]) -> None:
        self.name, self.text, self.rules = name, content.decode("utf-8", "replace"), rules
        self.problems: list[Problem] = []

    def problem(self, keys: tuple[str, ...], en: str, fr: str) -> None:
        self.problems.append(Problem(str(locate(self.name, self.text, keys)), en, fr))

    def waivers(self, node: dict[str, object]) -> tuple[Waiver, ...]:
        if node.get("format") != WAIVERS_FORMAT:
            self.problem(("format",), f"`format` is {WAIVERS_FORMAT}", f"`format` vaut {WAIVERS_FORMAT}")
        for key in sorted(set(node) - {"format", "waivers"}):
            self.problem((key,), f"`{key}` is not a key here", f"`{key}` n'est pas une clé ici")
        listed = node.get("waivers")
        if not isinstance(listed, list):
            self.problem(("waivers",), "`waivers` is a list", "`waivers` est une liste")
            return ()
        found = (self.waiver(item, ("waivers", str(index))) for index, item in enumerate(listed))
        return tuple(waiver for waiver in found if waiver is not None)

    def waiver(self, item: object, keys: tuple[str, ...]) -> Waiver | None:
        if not isinstance(item, dict):
            self.problem(keys, "a waiver is a mapping", "une dérogation est un dictionnaire")
            return None
        before = len(self.problems)
        self.unknown_keys(item, keys)
        said = {key: self.due(item, key, keys) for key in REQUIRED}
        granted, expires = self.day(said["granted"], (*keys, "granted")), self.day(said["expires"], (*keys, "expires"))
        self.known(said, keys)
        if granted and expires and expires < granted:
            self.problem((*keys, "expires"), "it expires before it is granted", "elle expire avant d'être accordée")
        if len(self.problems) > before or granted is None or expires is None:
            return None
        place = locate(self.name, self.text, keys)
        return Waiver(
            said["rule"], said["subject"], said["reason"], said["owner"], said["approver"], granted, expires,
            str(item.get("ticket", "")), place,
        )  # fmt: skip

    def unknown_keys(self, item: dict[str, object], keys: tuple[str, ...]) -> None:
        for key in item:
            if key not in _KEYS:
                near = difflib.get_close_matches(key, _KEYS, 1)
                hint = f"; {near[0]}?" if near else ""
                self.problem((*keys, key), f"`{key}` is not a key of a waiver{hint}", f"`{key}` n'est pas une clé de dérogation{hint}")

    def due(self, item: dict[str, object], key: str, keys: tuple[str, ...]) -> str:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.problem((*keys, key), f"`{key}` is due, as a text", f"`{key}` est attendu, en texte")
        return ""

    def known(self, said: dict[str, str], keys: tuple[str, ...]) -> None:
        """The rule exists, and the subject is one: a waiver covers one rule on one subject."""
        if said["rule"] and said["rule"] not in self.rules:
            near = difflib.get_close_matches(said["rule"], self.rules, 1)
            hint = f"; {near[0]}?" if near else ""
            self.problem((*keys, "rule"), f"there is no rule {said['rule']}{hint}", f"il n'y a pas de règle {said['rule']}{hint}")
        if "*" in said["subject"]:
            self.problem((*keys, "subject"), "one subject, no wildcard", "un sujet, pas de joker")

    def day(self, said: str, keys: tuple[str, ...]) -> date | None:
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.problem(keys, f"{said} is no day; write YYYY-MM-DD", f"{said} n'est pas une date ; écrire AAAA-MM-JJ")
            return None
