"""What is to be judged: the subjects of each kind, and the questions that many rules ask of one, answered once."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from hds_audit.evaluate.truth import Judge, Outcome
from hds_audit.model.condition import Condition
from hds_audit.model.fact import Thing
from hds_audit.model.report import SubjectRef
from hds_audit.model.rule import SubjectKind


class Judged(Thing, Protocol):
    """A subject as evaluation needs it."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def mark(self) -> int:
        """The packed place of its key."""

    def forget(self) -> None:
        """Lets go of the facts that were looked up."""


class Subjects(NamedTuple):
    """The subjects of an audit: by kind, the application, and the sections that were left out."""

    of_kind: Callable[[SubjectKind], tuple[Judged, ...]]
    section_missing: Callable[[SubjectKind], str | None]


class Case:
    """One subject before the rules of its kind; rules that share a condition (the very object) share the answer."""

    __slots__ = ("_answers", "reference", "subject")

    def __init__(self, subject: Judged, kind: SubjectKind) -> None:
        self.subject, self.reference = subject, SubjectRef(kind, subject.id)
        self._answers: dict[int, Outcome | Exception] = {}

    def answer(self, condition: Condition, judge: Judge) -> Outcome | Exception:
        """Whether a condition holds, or what broke in asking: the rules that ask it break on this subject, and on no other."""
        answer = self._answers.get(id(condition))
        if answer is None:
            try:
                answer = judge(self.subject)
            except Exception as error:
                answer = error
            self._answers[id(condition)] = answer
        return answer
