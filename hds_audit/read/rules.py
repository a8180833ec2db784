"""Rule files to rules: every problem of every file told with its place, and a rule that is not whole does not load."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError, Problem
from hds_audit.model.condition import Condition
from hds_audit.model.framework import Frameworks
from hds_audit.model.rule import Rule
from hds_audit.read.conditions import Known
from hds_audit.read.locate import locate
from hds_audit.read.rule_fields import Reading

Tree = Callable[[str, bytes], dict[str, object]]


class RuleBook(NamedTuple):
    """What rules are checked against while they are read."""

    known: Known
    frameworks: Frameworks
    tree: Tree


class RuleFile(NamedTuple):
    """A file of rules as bytes, with the framework its folder gives and whether it is ours."""

    name: str
    content: bytes
    framework: str
    ours: bool = True


def rule_files(folder: Path, ours: bool = True) -> tuple[RuleFile, ...]:
    """The rule files of a folder, in order of name; files and folders that begin with _ hold something else."""
    found = sorted(path for path in folder.rglob("*.yaml") if not any(part.startswith("_") for part in path.relative_to(folder).parts))
    return tuple(RuleFile(str(path), path.read_bytes(), path.parent.name, ours) for path in found)


def read_rules(files: tuple[RuleFile, ...], book: RuleBook) -> tuple[Rule, ...]:
    """The rules of these files, ordered by id; raises InputError with every problem."""
    problems: list[Problem] = []
    rules: dict[str, Rule] = {}
    for file in files:
        rule = _one(file, book, problems)
        if rule is not None and rule.id in rules and rules[rule.id].ours == rule.ours:
            problems.append(_problem(file, ("id",), f"the id {rule.id} is taken by {rules[rule.id].file}; choose another",
                                     f"l'identifiant {rule.id} est pris par {rules[rule.id].file} ; en choisir un autre"))  # fmt: skip
        elif rule is not None:
            rules[rule.id] = _replacing(rule, rules.get(rule.id))
    if problems:
        raise InputError(*problems)
    return tuple(_sharing(rules[key] for key in sorted(rules)))


def _sharing(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Rules that apply under the same condition hold the same object, so that it is asked of each subject once."""
    met: dict[str, Condition] = {}
    for rule in rules:
        yield rule if rule.when is None else rule._replace(when=met.setdefault(repr(rule.when), rule.when))


def _replacing(rule: Rule, other: Rule | None) -> Rule:
    """A user's rule under one of our ids replaces ours and cites nothing, so that it cannot turn a control green."""
    return rule._replace(controls=(), related=()) if other is not None and not rule.ours else rule


def _one(file: RuleFile, book: RuleBook, problems: list[Problem]) -> Rule | None:
    try:
        node = book.tree(file.name, file.content)
    except InputError as error:
        problems.extend(error.problems)
        return None
    reading = Reading(node, book.known, book.frameworks)
    rule = reading.rule(file.name, file.framework, file.ours)
    problems.extend(_problem(file, refusal.keys, refusal.en, refusal.fr) for refusal in reading.refusals)
    return rule if not reading.refusals else None


def _problem(file: RuleFile, keys: tuple[str, ...], en: str, fr: str) -> Problem:
    place = locate(file.name, file.content.decode("utf-8", "replace"), keys)
    return Problem(str(place), en, fr)
