"""Reports handed over: every output is tried, each is there whole or not at all, and no one of them stops another."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hds_audit.errors import AuditError, MisuseError, Problem
from hds_audit.model.report import Report
from hds_audit.pipeline.output import Target, is_special, write_whole
from hds_audit.report.format import Style


class BrokenFormatError(ExceptionGroup[Exception]):
    """Formats that broke on a report, told once every output was tried: a fault of the tool, which leaves with 70.

    Its text has a line for each output that is not there; the traces are those of its parts.
    """

    def __str__(self) -> str:
        return self.message


def deliver(report: Report, targets: Sequence[Target], style: Style) -> tuple[Problem, ...]:
    """Every output of a report; what could not be written is given back, so that the rest is written all the same.

    Raises BrokenFormatError, after the last output, where a format broke.
    """
    problems: list[Problem] = []
    faults: list[tuple[Target, Exception]] = []
    for item in targets:
        try:
            problem = written(item.path, item.format.render(report, style))
            problems += [problem] if problem is not None else []
        except AuditError as error:
            problems += error.problems
        except Exception as error:  # whatever it is, the other outputs are none of its business
            faults.append((item, error))
    if faults:
        raise BrokenFormatError(_told(faults, problems, style), [error for _, error in faults])
    return tuple(problems)


def _told(faults: Sequence[tuple[Target, Exception]], problems: Sequence[Problem], style: Style) -> str:
    broken = (f"{item.name}:{item.path}: {type(error).__name__}: {error}" for item, error in faults)
    return "\n".join((*broken, *(problem.said(style.language) for problem in problems)))


def written(path: str, pieces: Iterable[bytes]) -> Problem | None:
    """One output (`-` is standard output), or why it could not be written."""
    try:
        if path == "-":
            to_standard_output(pieces)
        else:
            write_whole(Path(path), pieces)
    except BrokenPipeError:
        return None  # whoever read has read enough
    except OSError as error:
        return _not_written("standard output" if path == "-" else path, error)
    return None


def printed(show: Callable[[], None]) -> tuple[Problem, ...]:
    """What `show` prints for people, or why it could not be; that nobody reads any more is no trouble."""
    try:
        show()
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        return (_not_written("standard output", error),)
    except SystemExit as leave:
        if leave.code != _RICH_LEFT_A_CLOSED_PIPE:
            raise
    return ()


_RICH_LEFT_A_CLOSED_PIPE = 1


def _not_written(where: str, error: OSError) -> Problem:
    why = error.strerror or str(error)
    return Problem(where, f"cannot be written: {why}; the report is not there", f"écriture impossible : {why} ; le rapport n'y est pas")


def to_standard_output(pieces: Iterable[bytes]) -> None:
    """Write to standard output and empty it; where that fails nothing is left for the interpreter to fail on again. Raises OSError."""
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    except OSError:
        silence()
        raise


def silence() -> None:
    """What standard output still holds goes nowhere: the interpreter would else leave with a code of its own."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # open until the end of the process


def require_apart(targets: Sequence[Target], inputs: Sequence[str]) -> None:
    """Raises MisuseError where two outputs are one file, or one would take the place of what the audit reads."""
    problems: list[Problem] = []
    seen: set[str] = set()
    read = {os.path.realpath(path) for path in inputs if path and path != "-"}
    for item in targets:
        whole = item.path if item.path == "-" else os.path.realpath(item.path)
        if not item.path:
            problems.append(Problem("-o", f"{item.name}: name a file", f"{item.name} : nommer un fichier"))
        elif whole in read:
            problems.append(Problem("-o", f"{item.path} is what the audit reads; name another file",
                                    f"{item.path} est lu par l'audit ; nommer un autre fichier"))  # fmt: skip
        elif whole in seen and not is_special(Path(item.path)):
            problems.append(Problem("-o", f"{item.path} is named twice", f"{item.path} est nommé deux fois"))
        seen.add(whole)
    if problems:
        raise MisuseError(*problems)
