"""Every way an audit can stop.

AuditError
├── InputError            2   an input cannot be read or does not hold together; carries every problem found
├── MisuseError           2   options that contradict one another, a name that does not exist
└── CheckFailedError      1   what another command was asked to verify does not hold
"""

from typing import NamedTuple

EXIT_COMPLIANT, EXIT_NON_COMPLIANT, EXIT_MISUSE, EXIT_NOT_ESTABLISHED, EXIT_WAIVED, EXIT_FAULT = 0, 1, 2, 3, 4, 70


class Problem(NamedTuple):
    """One thing wrong with an input, in both languages: `file:line:col: what is wrong; what to do`."""

    where: str
    en: str
    fr: str

    def said(self, language: str) -> str:
        """The whole line in one language."""
        sentence = self.fr if language == "fr" else self.en
        return f"{self.where}: {sentence}" if self.where else sentence


class AuditError(Exception):
    """Something that ends the run with a message instead of a report."""

    exit_code = EXIT_MISUSE

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.said("en") for problem in problems))
        self.problems = problems


class InputError(AuditError):
    """An input that cannot be read, or does not hold together."""


class MisuseError(AuditError):
    """Options that contradict one another, or name what does not exist."""


class CheckFailedError(AuditError):
    """What was to be verified does not hold."""

    exit_code = EXIT_NON_COMPLIANT
