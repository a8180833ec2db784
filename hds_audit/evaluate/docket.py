"""What is to be judged: the subjects of each kind under their references, and conditions that many rules share, asked once."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from hds_audit.evaluate.conditions import compile_condition
from hds_audit.evaluate.truth import UNDECIDED, Setting
from hds_audit.model.condition import Condition
from hds_audit.model.fact import Fact, Thing
from hds_audit.model.report import SubjectRef
from hds_audit.model.rule import Rule, SubjectKind


class Judged(Thing, Protocol):
    """A subject as evaluation needs it."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def mark(self) -> int:
        """The packed place of its key."""


class Subjects(NamedTuple):
    """The subjects of an audit: by kind, the application, and the sections that were left out."""

    of_kind: Callable[[SubjectKind], tuple[Judged, ...]]
    section_missing: Callable[[SubjectKind], str | None]


class Applied(NamedTuple):
    """Whether a rule applies to a subject, and on what ground; `broke` where asking raised."""

    value: int
    facts: tuple[Fact, ...] = ()
    broke: Exception | None = None


class Docket:
    """The subjects of one description."""

    def __init__(self, subjects: Subjects, setting: Setting) -> None:
        self._subjects, self._setting = subjects, setting
        self._entries: dict[SubjectKind, tuple[tuple[Judged, SubjectRef], ...]] = {}
        self._applied: dict[tuple[SubjectKind, int], tuple[Applied, ...]] = {}

    def entries(self, kind: SubjectKind) -> tuple[tuple[Judged, SubjectRef], ...]:
        """Every subject of a kind with its reference."""
        found = self._entries.get(kind)
        if found is None:
            found = tuple((subject, SubjectRef(kind, subject.id)) for subject in self._subjects.of_kind(kind))
            self._entries[kind] = found
        return found

    def applied(self, rule: Rule, condition: Condition) -> tuple[Applied, ...]:
        """Whether a condition holds, for each subject of the rule's kind; rules that share it (the very object) share the answer."""
        key = (rule.subject, id(condition))
        if key not in self._applied:
            self._applied[key] = tuple(self._asked(rule.subject, condition))
        return self._applied[key]

    def _asked(self, kind: SubjectKind, condition: Condition) -> list[Applied]:
        judge, told = compile_condition(condition, self._setting), []
        for subject, _ in self.entries(kind):
            try:
                told.append(Applied(*judge(subject)))
            except Exception as error:  # the rules that ask it break on this subject, and on no other
                told.append(Applied(UNDECIDED, (), error))
        return told

    def section_missing(self, kind: SubjectKind) -> str | None:
        """The section that a kind of subject stands in, where nobody wrote it."""
        return self._subjects.section_missing(kind)


