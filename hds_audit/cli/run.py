"""From arguments to an exit code: every way out of the program passes here."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence

from hds_audit.cli.language import language_of
from hds_audit.errors import EXIT_FAULT, EXIT_MISUSE, AuditError
from hds_audit.model.text import Language
from hds_audit.pipeline.interruption import CLOSED_PIPE, INTERRUPTED

_NOT_WRITTEN = {"en": "standard output: cannot be written: {}", "fr": "standard output: écriture impossible : {}"}
_REPORT = {
    "en": "This is a fault of hds-audit, not of your file. Please report it with the output of --debug: {}: {}",
    "fr": "C'est un défaut d'hds-audit, pas de votre fichier. Merci de le signaler avec la sortie de --debug : {} : {}",
}


def run(arguments: Sequence[str]) -> int:
    """The exit code of one call; a crash is 70 and a signal 128 and its number, never the code of a verdict."""
    code = _ended(arguments)
    return _emptied(code, language_of(arguments, os.environ))


def _ended(arguments: Sequence[str]) -> int:
    gc.disable()  # an audit builds much and frees little; collecting costs a third of the time
    debug, language = "--debug" in arguments, language_of(arguments, os.environ)
    try:
        return _left([argument for argument in arguments if argument != "--debug"], language)
    except SystemExit as leave:
        return _code(leave)
    except AuditError as error:
        for problem in error.problems:
            sys.stderr.write(problem.said(language) + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return CLOSED_PIPE
    except OSError as error:
        if debug:
            raise
        return _failed(error)
    except Exception as error:
        if debug:
            raise
        sys.stderr.write(_REPORT[language].format(type(error).__name__, error) + "\n")
        return EXIT_FAULT


def _left(arguments: Sequence[str], language: Language) -> int:
    """The code that a command leaves with; typer is loaded where a call needs it."""
    from hds_audit.cli.plain import plain_call

    if (call := plain_call(arguments)) is not None:
        from hds_audit.cli.checking import checked

        return checked(call)
    from hds_audit.cli.app import app_for

    app_for(arguments, language)(arguments)
    return 0


def _code(leave: SystemExit) -> int:
    if isinstance(leave.__context__, BrokenPipeError):
        return CLOSED_PIPE  # typer and rich leave a closed pipe with 1
    return leave.code if isinstance(leave.code, int) else 0 if leave.code is None else EXIT_MISUSE


def _failed(error: OSError) -> int:
    """What the system refused, told; a disk that is full is nobody's fault here."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    sys.stderr.write(f"{error.filename or 'hds-audit'}: {error.strerror or error}\n")
    return EXIT_MISUSE if error.filename or full else EXIT_FAULT


def _emptied(code: int, language: Language) -> int:
    """The code, once all of standard output is written: the interpreter would else leave with a code of its own where it cannot be."""
    try:
        if sys.stdout is not None:  # a caller may have closed it
            sys.stdout.flush()
    except OSError as error:
        from hds_audit.pipeline.delivery import silence

        silence()
        if isinstance(error, BrokenPipeError):
            return code or CLOSED_PIPE
        sys.stderr.write(_NOT_WRITTEN[language].format(error.strerror or error) + "\n")
        return code or EXIT_MISUSE
    return code
