"""A file of waivers: read whole, and refused whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.model.record import Files
from hds_audit.model.text import Text
from hds_audit.model.values import parse_day
from hds_audit.model.waiver import Waiver
from hds_audit.model.waiver_schema import REQUIRED, WAIVERS_FORMAT
from hds_audit.read.complaints import Complaint, Complaints, key_point, value_point
from hds_audit.read.files import read_bytes
from hds_audit.read.nearest import Nearest
from hds_audit.read.source import decode
from hds_audit.read.tree import Map, Node, Seq
from hds_audit.read.yaml_tree import grow

_KEYS = (*REQUIRED, "ticket")
MOST_BYTES = 8 * 1024 * 1024


def read_waivers(path: Path, rules: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a file, for rules that there are; raises InputError with every problem, and then none of them counts."""
    name = path.as_posix()
    return parse_waivers(name, read_bytes(path, name), rules)


def parse_waivers(name: str, content: bytes, rules: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers in some bytes, under a file's name."""
    if len(content) > MOST_BYTES:
        raise InputError(Problem(name, "a file of waivers is no larger than 8 MiB", "un fichier de dérogations ne dépasse pas 8 Mio"))
    complaints = Complaints()
    source = decode(0, content)
    found: tuple[Waiver, ...] = ()
    if isinstance(source, Complaint):
        complaints.append(source)
    elif (root := grow(0, source, complaints)) is not None:
        lines = (tuple(source.text.splitlines()),)
        found = _Reading(Files((name,), (source.text,), lines), rules, complaints).waivers(root)
    if complaints:
        raise InputError(*complaints.told((name,)))
    return found


class _Reading:
    def __init__(self, files: Files, rules: Collection[str], complaints: Complaints) -> None:
        self.files, self.rules, self.complaints = files, rules, complaints
        self.nearest = Nearest()

    def wrong(self, point: int, en: str, fr: str) -> None:
        self.complaints.append(Complaint(point, Text(en, fr)))

    def waivers(self, node: Map) -> tuple[Waiver, ...]:
        if node.get("format") != WAIVERS_FORMAT:
            at = value_point(node.marks["format"]) if "format" in node else 0
            self.wrong(at, f"`format` is {WAIVERS_FORMAT}", f"`format` vaut {WAIVERS_FORMAT}")
        for key in node:
            if key not in ("format", "waivers"):
                said = (f"`{key}` is not a key here; remove it", f"`{key}` n'est pas une clé ici ; la retirer")
                self.wrong(key_point(node.marks[key]), *said)
        listed = node.get("waivers")
        if not isinstance(listed, Seq):
            at = value_point(node.marks["waivers"]) if "waivers" in node else 0
            self.wrong(at, "`waivers` is a list; write [] for none", "`waivers` est une liste ; écrire [] s'il n'y en a pas")
            return ()
        found = (self.waiver(item, mark) for item, mark in zip(listed, listed.marks, strict=True))
        return tuple(waiver for waiver in found if waiver is not None)

    def waiver(self, item: Node, mark: int) -> Waiver | None:
        if not isinstance(item, Map):
            self.wrong(value_point(mark), "a waiver is a mapping", "une dérogation est un dictionnaire")
            return None
        before = len(self.complaints)
        self.unknown_keys(item)
        said = {key: self.due(item, key, value_point(mark)) for key in REQUIRED}
        ticket = self.due(item, "ticket", 0) if "ticket" in item else ""
        granted, expires = self.day(item, "granted", said), self.day(item, "expires", said)
        self.known(item, said)
        if granted and expires and expires < granted:
            self.wrong(value_point(item.marks["expires"]), "it expires before it is granted", "elle expire avant d'être accordée")
        if len(self.complaints) > before or granted is None or expires is None:
            return None
        return Waiver(
            said["rule"], said["subject"], said["reason"], said["owner"], said["approver"], granted, expires, ticket,
            self.files.value_place(mark),
        )  # fmt: skip

    def unknown_keys(self, item: Map) -> None:
        for key in item:
            if key not in _KEYS:
                near = self.nearest.to(key, _KEYS)
                en, fr = (f"; did you mean {near}?", f" ; vouliez-vous {near} ?") if near else ("", "")
                said = (f"`{key}` is not a key of a waiver{en}", f"`{key}` n'est pas une clé de dérogation{fr}")
                self.wrong(key_point(item.marks[key]), *said)

    def due(self, item: Map, key: str, at: int) -> str:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return value
        point = value_point(item.marks[key]) if key in item else at
        self.wrong(point, f"`{key}` is due, as a text", f"`{key}` est attendu, en texte")
        return ""

    def known(self, item: Map, said: dict[str, str]) -> None:
        """The rule exists, and the subject is one: a waiver covers one rule on one subject."""
        rule, subject = said["rule"], said["subject"]
        if rule and rule not in self.rules:
            near = self.nearest.to(rule, self.rules)
            list_them = ("; see hds-audit rules list", " ; voir hds-audit rules list")
            en, fr = (f"; did you mean {near}?", f" ; vouliez-vous {near} ?") if near else list_them
            self.wrong(value_point(item.marks["rule"]), f"there is no rule {rule}{en}", f"il n'y a pas de règle {rule}{fr}")
        if "*" in subject:
            self.wrong(value_point(item.marks["subject"]), "one subject, no wildcard", "un sujet, pas de joker")

    def day(self, item: Map, key: str, said: dict[str, str]) -> date | None:
        if not said[key]:
            return None
        found = parse_day(said[key])
        if found is not None and found.first == found.last:
            return found.first
        self.wrong(
            value_point(item.marks[key]), f"{said[key]} is no day; write YYYY-MM-DD", f"{said[key]} n'est pas une date ; écrire AAAA-MM-JJ"
        )
        return None
