"""What a probe is, and what it is handed on each visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from hds_audit.model.evidence import Domain, Endpoint, Observation, Raw, Status, Subject, Targets, Value
from hds_audit.model.text import Text
from hds_audit.probes.authorities import Authorities
from hds_audit.probes.guest import Guest
from hds_audit.probes.names import Names
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.smtp import start_tls
from hds_audit.probes.stream import Deadline, PatientSocket

Stop = Literal["endpoint", "endpoint-address", "domain", "exchanger-address"]
"""Where a probe is sent: once for each of these."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one subject: who is looked at, and the means of a guest; `address` is empty where the visit is to the name."""

    subject: Subject
    host: str
    port: int
    address: str
    targets: Targets
    settings: ProbeSettings
    guest: Guest
    names: Names
    authorities: Authorities
    deadline: Deadline
    now: Callable[[], datetime]
    endpoint: Endpoint | None = None
    domain: Domain | None = None

    def note(self, name: str, status: Status, value: Value = None, *raw: Raw, why: Text | None = None) -> Observation:
        """An observation of this visit, dated now."""
        return Observation(name, self.subject, status, self.now(), value, self.address, raw, why=why)

    def answer(self, name: str, found: bool | None, *raw: Raw, why: Text | None = None) -> Observation:
        """A yes-or-no observation; None is what cannot be told."""
        status: Status = "not-testable" if found is None else "seen" if found else "not-seen"
        return self.note(name, status, None, *raw, why=why)

    def listed(self, name: str, found: tuple[str, ...], *raw: Raw, whole: bool = True, why: Text | None = None) -> Observation:
        """A list; an empty one that is not the whole cannot be told."""
        status: Status = "seen" if found else "not-seen" if whole else "not-testable"
        return self.note(name, status, found, *raw, why=why)

    @contextmanager
    def connection(self) -> Iterator[PatientSocket]:
        """A connection on which a TLS hello may be sent: for a mail exchanger, after STARTTLS."""
        with self.guest.connection(self.address, self.port, self.deadline) as stream:
            if self.subject.kind == "exchanger":
                start_tls(stream, self.settings.agent)
            yield stream


class Probe(NamedTuple):
    """One file's worth of looking; its name is the stem of that file. `names` are the observables that every visit answers."""

    title: Text
    stops: tuple[Stop, ...]
    names: tuple[str, ...]
    run: Callable[[Visit], Iterator[Observation]]
    doubt: Text = Text("Its answers do not tell", "Ses réponses ne le disent pas")
    """Why something cannot be told, where the probe says nothing more precise."""
    each_address: bool = False
    """Whether a probe that goes by name looks again at every further address of it: one machine of several may be another."""
