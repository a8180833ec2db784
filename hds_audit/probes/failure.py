"""Why a look did not succeed, and whose fault that is."""

from __future__ import annotations

import errno

from hds_audit.model.evidence import Fault
from hds_audit.model.text import Text

_HERE = (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPERM, errno.EACCES, errno.EMFILE)


class FailedLookError(Exception):
    """A look that gave no answer; it becomes an observation of status `failed`, never a crash."""

    def __init__(self, fault: Fault, en: str, fr: str) -> None:
        super().__init__(en)
        self.fault = fault
        self.why = Text(en, fr)


class ClosedDoorError(FailedLookError):
    """A server that lets nobody in without credentials that a guest has not got."""


def out_of_time() -> FailedLookError:
    """The time that a guest allows itself is used up."""
    return FailedLookError("limit", "the time allowed for this host is used up", "le temps accordé à cet hôte est épuisé")


def broken_connection(error: OSError) -> FailedLookError:
    """What an error of an established connection means."""
    if isinstance(error, TimeoutError):
        return FailedLookError("target", "the server stopped answering", "le serveur a cessé de répondre")
    return FailedLookError(
        "target", f"the server broke the connection ({_name(error)})", f"le serveur a rompu la connexion ({_name(error)})"
    )


def no_connection(error: OSError, port: int) -> FailedLookError:
    """What an error of a connection attempt means."""
    if isinstance(error, TimeoutError):
        return FailedLookError("network", f"nothing answers on port {port}", f"rien ne répond sur le port {port}")
    if isinstance(error, ConnectionRefusedError):
        return FailedLookError("target", f"port {port} refuses connections", f"le port {port} refuse les connexions")
    if error.errno in _HERE:
        return FailedLookError(
            "here", f"this machine has no way there ({_name(error)})", f"cette machine n'a pas de route ({_name(error)})"
        )
    return FailedLookError("network", f"no connection to port {port} ({_name(error)})", f"pas de connexion au port {port} ({_name(error)})")


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
