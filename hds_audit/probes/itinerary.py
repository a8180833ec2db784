"""From what is declared to the visits it takes: an endpoint by name and at each address; a domain, and each of its exchangers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hds_audit.model.evidence import Domain, Endpoint, Observation, Subject, Targets
from hds_audit.model.observable import OBSERVABLES
from hds_audit.model.text import Text
from hds_audit.probes.authorities import Authorities
from hds_audit.probes.failure import FailedLookError
from hds_audit.probes.guest import Guest
from hds_audit.probes.mail import exchangers_of
from hds_audit.probes.names import Names
from hds_audit.probes.probe import Probe, Stop, Visit
from hds_audit.probes.settings import ProbeSettings
from hds_audit.probes.stream import Deadline

_PLAIN = Text("The endpoint is declared without encryption", "L'adresse est déclarée sans chiffrement")


@dataclass(frozen=True, slots=True)
class Means:
    """What every visit of one run shares."""

    targets: Targets
    settings: ProbeSettings
    guest: Guest
    names: Names
    authorities: Authorities
    now: Callable[[], datetime]
    probes: Mapping[str, Probe]


@dataclass(frozen=True, slots=True)
class Stay:
    """One subject at one address, or by name alone, with the probes that are sent there one after the other."""

    stop: Stop
    subject: Subject
    host: str
    port: int
    address: str = ""
    endpoint: Endpoint | None = None
    domain: Domain | None = None
    left_out: bool = False
    further: bool = False

    def visit(self, means: Means) -> Visit:
        """What the probes of this stay are handed; its time starts now."""
        deadline: Deadline = means.guest.deadline(means.settings.host_seconds)
        return Visit(
            self.subject,
            self.host,
            self.port,
            self.address,
            means.targets,
            means.settings,
            means.guest,
            means.names,
            means.authorities,
            deadline,
            means.now,
            self.endpoint,
            self.domain,
        )


def first_stays(targets: Targets) -> tuple[Stay, ...]:
    """Where a run begins: each endpoint and each domain, once."""
    endpoints, domains = dict.fromkeys(targets.endpoints), dict.fromkeys(targets.domains)
    return (*map(_endpoint, endpoints), *map(_domain, domains))


def _endpoint(endpoint: Endpoint) -> Stay:
    return Stay("endpoint", Subject("endpoint", endpoint.url), endpoint.host, endpoint.port, endpoint=endpoint)


def _domain(domain: Domain) -> Stay:
    return Stay("domain", Subject("domain", domain.name), domain.name.lower().rstrip("."), 0, domain=domain)


def next_stays(means: Means, stay: Stay) -> tuple[Stay, ...]:
    """Where one stay leads; raises FailedLookError where the name has no address."""
    if stay.stop == "endpoint" and stay.endpoint is not None and stay.endpoint.secure:
        addresses = means.names.addresses(stay.host)
        here = (replace(stay, stop="endpoint-address", address=address) for address in addresses)
        most = means.settings.addresses
        return tuple(replace(each, left_out=place >= most, further=place > 0) for place, each in enumerate(here))
    if stay.stop == "domain":
        return tuple(_exchangers(means, stay))
    return ()


def _exchangers(means: Means, stay: Stay) -> Iterator[Stay]:
    for host in exchangers_of(means.names.ask(stay.host, "MX")):
        try:
            addresses = means.names.addresses(host)
        except FailedLookError:
            addresses = ("",)
        for address in addresses:
            yield Stay("exchanger-address", Subject("exchanger", host), host, means.settings.smtp_port, address, domain=stay.domain)


def look(means: Means, stay: Stay) -> Iterator[Observation]:
    """Everything that the probes of a stay see; each of their names is answered, if only by why it is not."""
    visit = stay.visit(means)
    if stay.left_out or (stay.stop == "exchanger-address" and not stay.address):
        yield from _not_visited(means, stay)
        return
    for name in sorted(means.probes):
        probe = means.probes[name]
        if stay.stop in probe.stops or (stay.further and probe.each_address):
            yield from _run(probe, visit)
        elif stay.stop == "endpoint" and "endpoint-address" in probe.stops and stay.endpoint and not stay.endpoint.secure:
            for each in expected(probe, stay.subject):
                yield visit.note(each, "not-testable", why=_PLAIN)


def _not_visited(means: Means, stay: Stay) -> Iterator[Observation]:
    failure = FailedLookError("limit", "the name has more addresses than are looked at", "le nom a plus d'adresses qu'il n'en est examiné")
    if not stay.address:
        failure = FailedLookError("target", f"the name {stay.host} has no address", f"le nom {stay.host} n'a pas d'adresse")
    for probe in means.probes.values():
        for name in expected(probe, stay.subject) if stay.stop in probe.stops else ():
            yield failed(stay.subject, name, failure, means.now(), stay.address)


def _run(probe: Probe, visit: Visit) -> Iterator[Observation]:
    answered: set[str] = set()
    failure = FailedLookError("here", "the probe says nothing of this", "la sonde n'en dit rien")
    try:
        for observation in probe.run(visit):
            answered.add(observation.name)
            untold = observation.status == "not-testable" and observation.why is None
            yield observation._replace(why=probe.doubt) if untold else observation
    except FailedLookError as found:
        failure = found
    except Exception as error:  # a probe that breaks must not take the others with it: it shows as a failure of ours
        kind = type(error).__name__
        failure = FailedLookError("here", f"the probe broke ({kind})", f"la sonde s'est interrompue ({kind})")
    for name in expected(probe, visit.subject):
        if name not in answered:
            yield failed(visit.subject, name, failure, visit.now(), visit.address)


def expected(probe: Probe, subject: Subject) -> tuple[str, ...]:
    """The names that a probe answers for a kind of subject."""
    about = {each.name for each in OBSERVABLES if subject.kind in each.on}
    return tuple(name for name in probe.names if name in about)


def failed(subject: Subject, name: str, failure: FailedLookError, at: datetime, address: str = "") -> Observation:
    """A look that did not succeed."""
    return Observation(name, subject, "failed", at, None, address, fault=failure.fault, why=failure.why)
