"""A mail exchanger's greeting, up to the point where encryption starts (RFC 5321, RFC 3207)."""

from __future__ import annotations

from hds_audit.probes.failure import FailedLookError, broken_connection
from hds_audit.probes.stream import PatientSocket

_LINES, _LINE = 64, 1024
_CALM = 3  # exchangers make callers wait some seconds for their greeting, to tell machines that send junk
_UNKNOWN = (500, 502, 504)  # a command that is not known or not implemented


def start_tls(stream: PatientSocket, agent: str) -> None:
    """Greet and ask for encryption; raises FailedLookError where it is not offered, or refused."""
    if "STARTTLS" not in greet(stream, agent):
        raise FailedLookError("target", "STARTTLS is not offered", "STARTTLS n'est pas proposé")
    if refusal := ask_tls(stream):
        raise FailedLookError("target", f"STARTTLS is offered and refused: {refusal}", f"STARTTLS est proposé puis refusé : {refusal}")


def ask_tls(stream: PatientSocket) -> str:
    """Ask for encryption where it is offered; the words of a refusal, empty where the exchanger is ready for it (RFC 3207, 4)."""
    _say(stream, "STARTTLS")
    said = _answer(stream)[-1]
    return "" if _means(said, 220) else said[:80]


def greet(stream: PatientSocket, agent: str) -> frozenset[str]:
    """The extensions that the exchanger offers after a greeting; none where it does not know of extensions (RFC 5321, 3.2)."""
    usual, stream.deadline = stream.deadline, stream.deadline.calmer(_CALM)
    _expect(stream, 220)
    stream.deadline = usual
    name = f"{agent}.invalid" if "." not in agent else agent
    _say(stream, f"EHLO {name}")
    lines = _answer(stream)
    if any(_means(lines[-1], code) for code in _UNKNOWN):
        return frozenset()
    _require(lines, 250)
    return frozenset(line[4:].partition(" ")[0].strip().upper() for line in lines[1:])


def leave(stream: PatientSocket) -> None:
    """Say goodbye, without waiting for an answer."""
    _say(stream, "QUIT")


def _say(stream: PatientSocket, line: str) -> None:
    try:
        stream.sendall(f"{line}\r\n".encode("ascii"))
    except OSError as error:
        raise broken_connection(error) from None


def _expect(stream: PatientSocket, code: int) -> None:
    _require(_answer(stream), code)


def _require(lines: list[str], code: int) -> None:
    if not _means(lines[-1], code):
        said = lines[-1][:80]
        raise FailedLookError("target", f"the exchanger answers: {said}", f"le serveur de messagerie répond : {said}")


def _means(line: str, code: int) -> bool:
    return line.startswith(f"{code} ") or line == str(code)


def _answer(stream: PatientSocket) -> list[str]:
    lines: list[str] = []
    while len(lines) < _LINES:
        line = _line(stream)
        lines.append(line)
        if line[3:4] != "-":
            break
    return lines


def _line(stream: PatientSocket) -> str:
    found = bytearray()
    while not found.endswith(b"\n"):
        try:
            part = stream.recv(1)  # byte by byte: nothing of the handshake that follows may be swallowed
        except OSError as error:
            raise broken_connection(error) from None
        if not part or len(found) > _LINE:
            raise FailedLookError("target", "the exchanger broke off its greeting", "le serveur de messagerie a interrompu son accueil")
        found += part
    return found.decode("ascii", "replace").rstrip("\r\n")
