"""An evidence file back to evidence; what is too old is judged elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from hds_audit.errors import InputError, Problem
from hds_audit.model.evidence import (
    EVIDENCE_FORMAT,
    FAULTS,
    STATUSES,
    SUBJECT_KINDS,
    Domain,
    Endpoint,
    Evidence,
    Observation,
    Raw,
    Subject,
    Targets,
    Value,
)
from hds_audit.model.observable import OBSERVABLES, Observable
from hds_audit.model.text import Text
from hds_audit.read.files import read_bytes

T = TypeVar("T")
Word = TypeVar("Word", bound=str)
_MOST_PROBLEMS = 50


def read_evidence(path: Path) -> Evidence:
    """The evidence in a file; raises InputError with every problem found, each under its path in the file."""
    return parse_evidence(str(path), read_bytes(path, str(path)))


def parse_evidence(name: str, content: bytes) -> Evidence:
    """The evidence in some bytes; raises InputError with every problem found."""
    try:
        tree: object = json.loads(content, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise InputError(Problem(where, f"no JSON: {error.msg}", f"pas du JSON : {error.msg}")) from None
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(name, f"no JSON: {error}", f"pas du JSON : {error}")) from None
    reader = _Reader(name)
    evidence = reader.evidence(tree)
    if reader.problems:
        raise InputError(*reader.problems[:_MOST_PROBLEMS])
    return evidence


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


class _Reader:
    """Reads, and goes on after a problem: a stand-in takes the place of what is wrong, and the problems are raised at the end."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.observables = {each.name: each for each in OBSERVABLES}

    def wrong(self, at: str, en: str, fr: str) -> None:
        """Note a problem."""
        where = f"{self.name}: {at}" if at else self.name
        self.problems.append(Problem(where, en, fr))

    def mapping(self, node: object, at: str) -> dict[str, object]:
        """A mapping, or an empty one."""
        if isinstance(node, dict):
            return {str(key): value for key, value in node.items()}
        self.wrong(at, "a mapping is due", "une table est attendue")
        return {}

    def each(self, node: object, at: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        """Every element of a list, read."""
        if not isinstance(node, list):
            self.wrong(at, "a list is due", "une liste est attendue")
            return ()
        return tuple(read(element, f"{at}[{index}]") for index, element in enumerate(node))

    def text(self, node: object, at: str) -> str:
        """A text, or an empty one."""
        if isinstance(node, str):
            return node
        self.wrong(at, "a text is due", "un texte est attendu")
        return ""

    def word(self, node: object, at: str, words: tuple[Word, ...]) -> Word:
        """One of these words, or the first of them."""
        for word in words:
            if node == word:
                return word
        self.wrong(at, f"one of {', '.join(words)} is due", f"un mot parmi {', '.join(words)} est attendu")
        return words[0]

    def flag(self, node: object, at: str) -> bool:
        """True or false."""
        if isinstance(node, bool):
            return node
        self.wrong(at, "true or false is due", "true ou false est attendu")
        return False

    def moment(self, node: object, at: str) -> datetime:
        """A moment with its zone (RFC 3339)."""
        try:
            found = datetime.fromisoformat(node) if isinstance(node, str) else None
        except ValueError:
            found = None
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
        self.wrong(at, "a moment such as 2026-11-24T08:00:00Z is due", "un instant tel que 2026-11-24T08:00:00Z est attendu")
        return datetime(1970, 1, 1, tzinfo=UTC)

    def raw(self, node: object, at: str) -> Raw:
        """A label and what was said."""
        found = self.each(node, at, self.text)
        if len(found) == 2:
            return Raw(*found)
        self.wrong(at, "a label and what was said are due", "un libellé et ce qui a été dit sont attendus")
        return Raw("", "")

    def evidence(self, tree: object) -> Evidence:
        """The whole file."""
        if not isinstance(tree, dict) or tree.get("format") != EVIDENCE_FORMAT:
            self.wrong(
                "",
                f"no evidence of the format {EVIDENCE_FORMAT}; make some with hds-audit probe",
                f"pas des observations au format {EVIDENCE_FORMAT} ; en produire avec hds-audit probe",
            )
            tree = {}
            moment = datetime(1970, 1, 1, tzinfo=UTC)
            return Evidence(moment, moment, Targets())
        targets = self.mapping(tree.get("targets"), "targets")
        return Evidence(
            self.moment(tree.get("started"), "started"),
            self.moment(tree.get("ended"), "ended"),
            Targets(
                self.each(targets.get("endpoints"), "targets.endpoints", self.endpoint),
                self.each(targets.get("domains"), "targets.domains", self.domain),
            ),
            self.each(tree.get("observations"), "observations", self.observation),
            self.flag(tree.get("complete"), "complete"),
            self.text(tree.get("tool", ""), "tool"),
            self.each(tree.get("circumstances", []), "circumstances", self.raw),
        )

    def endpoint(self, node: object, at: str) -> Endpoint:
        """One endpoint that was to be looked at."""
        found = self.mapping(node, at)
        login = self.flag(found["login"], f"{at}.login") if "login" in found else None
        pages = self.each(found.get("pages", []), f"{at}.pages", self.text)
        return Endpoint(self.text(found.get("url"), f"{at}.url"), self.text(found.get("component", ""), f"{at}.component"), pages, login)

    def domain(self, node: object, at: str) -> Domain:
        """One domain that was to be looked at."""
        found = self.mapping(node, at)
        return Domain(self.text(found.get("name"), f"{at}.name"), self.each(found.get("dkim", []), f"{at}.dkim", self.text))

    def observation(self, node: object, at: str) -> Observation:
        """One observation; a name that this version does not know is kept, since a later one may have written it."""
        found = self.mapping(node, at)
        subject = self.mapping(found.get("subject"), f"{at}.subject")
        name = self.text(found.get("name"), f"{at}.name")
        status = self.word(found.get("status"), f"{at}.status", STATUSES)
        value = self.value(found.get("value"), f"{at}.value")
        if (known := self.observables.get(name)) is not None and not fits(known, status, value):
            self.wrong(f"{at}.value", f"no value of {name} when {status}", f"pas une valeur de {name} pour {status}")
        why = self.mapping(found["why"], f"{at}.why") if "why" in found else None
        return Observation(
            name,
            Subject(self.word(subject.get("kind"), f"{at}.subject.kind", SUBJECT_KINDS), self.text(subject.get("id"), f"{at}.subject.id")),
            status,
            self.moment(found.get("at"), f"{at}.at"),
            value,
            self.text(found.get("address", ""), f"{at}.address"),
            self.each(found.get("raw", []), f"{at}.raw", self.raw),
            self.word(found["fault"], f"{at}.fault", FAULTS) if "fault" in found else None,
            None if why is None else Text(self.text(why.get("en"), f"{at}.why.en"), self.text(why.get("fr"), f"{at}.why.fr")),
        )

    def value(self, node: object, at: str) -> Value:
        """What was found."""
        if isinstance(node, list):
            return self.each(node, at, self.text)
        if node is None or isinstance(node, bool | int | float | str):
            return node
        self.wrong(at, "a text, a number or a list of texts is due", "un texte, un nombre ou une liste de textes est attendu")
        return None


def fits(observable: Observable, status: str, value: Value) -> bool:
    """Whether a value is such as the observable takes with that status: a forged one must not be read as a pass."""
    if observable.form == "list":
        return isinstance(value, tuple) and bool(value) == (status == "seen") if status in ("seen", "not-seen") else value in (None, ())
    if status != "seen" or observable.form == "yes-no":
        return value is None
    if observable.form == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)
