"""From arguments to an exit code: every way out of the program passes here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from hds_audit.cli.language import language_of
from hds_audit.errors import EXIT_FAULT, EXIT_MISUSE, AuditError

INTERRUPTED = 130
_REPORT = {
    "en": "This is a fault of hds-audit, not of your file. Please report it with the output of --debug: {}: {}",
    "fr": "C'est un défaut d'hds-audit, pas de votre fichier. Merci de le signaler avec la sortie de --debug : {} : {}",
}


def run(arguments: Sequence[str]) -> int:
    """The exit code of one call; a crash is 70, never the code of a verdict."""
    gc.disable()  # an audit builds much and frees little; collecting costs a third of the time
    debug, language = "--debug" in arguments, language_of(arguments, os.environ)
    try:
        from hds_audit.cli.app import app_for

        app_for(arguments, language)([argument for argument in arguments if argument != "--debug"])
    except SystemExit as leave:
        return _code(leave)
    except AuditError as error:
        for problem in error.problems:
            sys.stderr.write(problem.said(language) + "\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as error:
        if debug:
            raise
        sys.stderr.write(f"{error.filename or ''}: {error.strerror or error}\n")
        return EXIT_MISUSE if error.filename else EXIT_FAULT
    except Exception as error:
        if debug:
            raise
        sys.stderr.write(_REPORT[language].format(type(error).__name__, error) + "\n")
        return EXIT_FAULT
    return 0


def _code(leave: SystemExit) -> int:
    return leave.code if isinstance(leave.code, int) else 0 if leave.code is None else EXIT_MISUSE


def _closed_pipe() -> int:
    """Nobody reads any more: what is left to flush goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_FAULT
