"""Rounds of hellos: offer everything, see what is chosen, take that away, offer the rest."""

from __future__ import annotations

from dataclasses import dataclass

from hds_audit.probes.failure import FailedLookError, broken_connection
from hds_audit.probes.flight import Flight, read_flight
from hds_audit.probes.hello import GROUPS, TLS13, Offer, client_hello, ssl2_hello
from hds_audit.probes.probe import Visit
from hds_audit.probes.suites import CLASSIC_SUITES, TLS13_SUITES, Suite

NO_MORE = Flight("silent")
"""The end of a round that a server which had answered broke off: what was left is not known."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one version accepts: a flight for each suite chosen, in the order of choice, and the flight that ended the round."""

    version: int
    flights: tuple[Flight, ...]
    end: Flight | None

    @property
    def first(self) -> Flight | None:
        """The answer to everything at once."""
        return self.flights[0] if self.flights else self.end

    @property
    def whole(self) -> bool:
        """Whether the round went on until the server refused what was left (an alert, a hang-up, a lower version), or nothing was left."""
        return self.end is None or self.end.kind in ("alert", "closed") or (self.end.kind == "hello" and self.end.version < self.version)


def ask(visit: Visit, offer: Offer) -> Flight:
    """One hello, and what comes back; raises FailedLookError where no connection can be had."""
    with visit.connection() as stream:
        try:
            stream.sendall(client_hello(offer))
        except OSError as error:
            raise broken_connection(error) from None
        return read_flight(stream.recv)


def suites_round(visit: Visit, version: int, offered: tuple[Suite, ...] = ()) -> Round:
    """Every suite that a version accepts, of those offered (all that we know where none is given)."""
    left = list(offered or (TLS13_SUITES if version == TLS13 else CLASSIC_SUITES))
    flights: list[Flight] = []
    while left:
        try:
            answer = ask(visit, Offer(version, tuple(suite.code for suite in left), host=visit.host))
        except FailedLookError:
            if not flights:
                raise
            return Round(version, tuple(flights), NO_MORE)
        chosen = _chosen(answer, version, left)
        if chosen is None:
            return Round(version, tuple(flights), answer)
        flights.append(answer)
        left.remove(chosen)
    return Round(version, tuple(flights), None)


def _chosen(answer: Flight, version: int, offered: list[Suite]) -> Suite | None:
    if answer.kind != "hello" or answer.version != version:
        return None
    return next((suite for suite in offered if suite.code == answer.suite), None)


def groups_round(visit: Visit, version: int, suites: tuple[int, ...]) -> Round:
    """Every key-exchange group that a version accepts with these suites."""
    left, flights = list(GROUPS), list[Flight]()
    while left:
        try:
            answer = ask(visit, Offer(version, suites, tuple(left), visit.host))
        except FailedLookError:
            return Round(version, tuple(flights), NO_MORE)
        if answer.kind != "hello" or answer.group not in left:
            return Round(version, tuple(flights), answer)
        flights.append(answer)
        left.remove(answer.group)
    return Round(version, tuple(flights), None)


def accepts_ssl2(visit: Visit) -> bool | None:
    """Whether an SSL 2.0 server hello comes back; None when nothing does before time is up, or there is no connection."""
    try:
        with visit.connection() as stream:
            stream.sendall(ssl2_hello())
            answer = stream.recv(3)
    except (TimeoutError, FailedLookError):
        return None
    except OSError:
        return False
    return len(answer) == 3 and answer[0] & 0x80 != 0 and answer[2] == 4
