"""One run of all probes over all that is declared: several hosts at a time, each of them gently."""

from __future__ import annotations

import importlib
import pkgutil
import queue
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

import hds_audit
import hds_audit.probes
from hds_audit.errors import MisuseError, Problem
from hds_audit.model.evidence import Evidence, Observation, Raw, Subject, Targets
from hds_audit.probes.authorities import load_authorities
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.guest import Guest
from hds_audit.probes.itinerary import Means, Stay, expected, failed, first_stays, look, next_stays
from hds_audit.probes.names import Names
from hds_audit.probes.probe import Probe
from hds_audit.probes.settings import ProbeSettings

Progress = Callable[[int, int, str], None]
"""Called with the stays done, the stays known of so far, and the subject just left."""

_GRACE = 0.3  # seconds given to looks under way when a run is stopped
_TICK = 0.1


def all_probes() -> MappingProxyType[str, Probe]:
    """Every probe by its name on the command line: the stem of a file here that ends in a PROBE."""
    found: dict[str, Probe] = {}
    for module in pkgutil.iter_modules(hds_audit.probes.__path__):
        probe = getattr(importlib.import_module(f"hds_audit.probes.{module.name}"), "PROBE", None)
        if isinstance(probe, Probe):
            found[module.name] = probe
    return MappingProxyType(found)


def chosen_probes(names: tuple[str, ...]) -> MappingProxyType[str, Probe]:
    """The probes of these names, all where none is given; raises MisuseError for a name that is not one."""
    every = all_probes()
    if wrong := [name for name in names if name not in every]:
        known = ", ".join(sorted(every))
        raise MisuseError(*(Problem(name, f"no such probe; there are {known}", f"sonde inconnue ; il y a {known}") for name in wrong))
    return MappingProxyType({name: probe for name, probe in every.items() if not names or name in names})


def utc_now() -> datetime:
    """The moment, to the second: the resolution of a certificate and of a Date header."""
    return datetime.now(UTC).replace(microsecond=0)


def observe(
    targets: Targets,
    settings: ProbeSettings,
    *,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = lambda done, known, subject: None,
) -> Evidence:
    """Look at everything declared and at nothing else; stopped by Ctrl-C or by the total deadline, it keeps what was seen."""
    started = now()
    means = Means(
        targets, settings, Guest(settings), Names(settings), load_authorities(settings.authorities), now, chosen_probes(settings.only)
    )
    crew = _Crew(means, progress)
    complete = crew.work(first_stays(targets))
    observations = (*crew.observations, *_unanswered(means, crew))
    ordered = sorted(observations, key=lambda each: (each.subject, each.name, each.address))
    return Evidence(started, now(), targets, tuple(ordered), complete, f"hds-audit {hds_audit.__version__}", _circumstances(means))


class _Left(NamedTuple):
    """A stay that is over, and where it leads."""

    stay: Stay
    further: tuple[Stay, ...] = ()


class _Crew:
    """Threads that take stays from one queue and bring observations to another; they end with the process, whatever they wait for."""

    def __init__(self, means: Means, progress: Progress) -> None:
        self.observations: list[Observation] = []
        self.failures: dict[Subject, FailedLookError] = {}
        self._means, self._progress = means, progress
        self._stays: queue.SimpleQueue[Stay | None] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[Observation | _Left] = queue.SimpleQueue()
        self._sent: set[Stay] = set()

    def work(self, stays: tuple[Stay, ...]) -> bool:
        """Go through all stays and those that they lead to; False when it was stopped before the end."""
        deadline = self._means.guest.deadline(self._means.settings.total_seconds)
        done, known = 0, self._send(stays)
        hands = min(self._means.settings.workers, 4 * known)
        for _ in range(hands):
            threading.Thread(target=self._serve, daemon=True).start()
        try:
            while done < known:
                deadline.wait()
                if left := self._collect():
                    done, known = done + 1, known + self._send(left.further)
                    self._progress(done, known, left.stay.subject.id)
        except (KeyboardInterrupt, FailedLookError):
            self._means.guest.stop()
            with suppress(KeyboardInterrupt, FailedLookError):
                self._drain(known - done)
            return False
        finally:
            for _ in range(hands):
                self._stays.put(None)
        return True

    def _send(self, stays: tuple[Stay, ...]) -> int:
        fresh = [stay for stay in dict.fromkeys(stays) if stay not in self._sent]
        self._sent.update(fresh)
        for stay in fresh:
            self._stays.put(stay)
        return len(fresh)

    def _collect(self) -> _Left | None:
        try:
            news = self._news.get(timeout=_TICK)
        except queue.Empty:
            return None
        if isinstance(news, Observation):
            self.observations.append(news)
            return None
        return news

    def _drain(self, waited_for: int) -> None:
        grace = self._means.guest.deadline(_GRACE)
        while waited_for > 0:
            grace.wait()
            waited_for -= self._collect() is not None

    def _serve(self) -> None:
        while (stay := self._stays.get()) is not None:
            further: tuple[Stay, ...] = ()
            try:
                further = next_stays(self._means, stay)
                for observation in look(self._means, stay):
                    self._news.put(observation)
            except FailedLookError as failure:
                self.failures[stay.subject] = failure
            except Exception as error:  # the run must come to its end, and say what was lost
                kind = type(error).__name__
                self.failures[stay.subject] = FailedLookError("here", f"a fault of the tool ({kind})", f"un défaut de l'outil ({kind})")
            self._news.put(_Left(stay, further))


def _unanswered(means: Means, crew: _Crew) -> Iterator[Observation]:
    """What was to be looked at and was not, with the reason."""
    stopped = FailedLookError("limit", "the run was stopped before this", "l'exécution a été interrompue avant ce point")
    answered = {(each.subject, each.name) for each in crew.observations}
    for stay in first_stays(means.targets):
        failure = crew.failures.get(stay.subject, stopped)
        for probe in means.probes.values():
            for name in expected(probe, stay.subject):
                if (stay.subject, name) not in answered:
                    yield failed(stay.subject, name, failure, means.now())


def _circumstances(means: Means) -> tuple[Raw, ...]:
    settings = means.settings
    return (
        *(Raw("resolver", f"{address} port {port}") for address, port in means.names.resolvers),
        *(Raw("probe", name) for name in means.probes),
        Raw("private addresses", "allowed" if settings.allow_private else "refused"),
        Raw("further authorities", settings.authorities or "none"),
        Raw("through a proxy", "yes" if settings.proxy else "no"),
        Raw("openssl", ssl.OPENSSL_VERSION),
    )
