"""What servers really said: dated observations, what they were looked for at, and what is set against them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from hds_audit.model.fact import Confidence
from hds_audit.model.signals import Signal
from hds_audit.model.text import Text

EVIDENCE_FORMAT = "hds-audit-evidence/1"
"""The format of an evidence file; a change that old readers would misread takes the next number."""

Status = Literal["seen", "not-seen", "not-testable", "failed"]
"""seen: there · not-seen: looked for, and absent · not-testable: this probe cannot tell · failed: the look did not succeed."""

Fault = Literal["here", "resolver", "network", "target", "limit"]
"""Whose fault a failure is: this machine or its guard, the DNS resolver, the way there, the server, or a bound that we set ourselves."""

SubjectKind = Literal["endpoint", "domain", "exchanger"]
STATUSES: tuple[Status, ...] = ("seen", "not-seen", "not-testable", "failed")
FAULTS: tuple[Fault, ...] = ("here", "resolver", "network", "target", "limit")
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("endpoint", "domain", "exchanger")

Value = bool | int | float | str | tuple[str, ...] | None
"""What was found: None where the status says it all."""


def ascii_host(host: str) -> str:
    """A host name as it goes over the wire: lower case, without its last dot, other scripts as `xn--` (RFC 5890)."""
    name = host.lower().rstrip(".")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


class Subject(NamedTuple):
    """What was looked at: an endpoint by its url, a domain by its name, a mail exchanger by its host name."""

    kind: SubjectKind
    id: str


class Raw(NamedTuple):
    """The words of a server under a label of ours; never a body, a cookie's value or another secret."""

    what: str
    said: str


class Observation(NamedTuple):
    """One thing looked for on one subject, at one address where the name has several; `at` is in UTC."""

    name: str
    subject: Subject
    status: Status
    at: datetime
    value: Value = None
    address: str = ""
    raw: tuple[Raw, ...] = ()
    fault: Fault | None = None
    why: Text | None = None

    @property
    def known(self) -> bool:
        """Whether the look had an answer."""
        return self.status in ("seen", "not-seen")


class Endpoint(NamedTuple):
    """A public address of the description: `pages` are paths; `login` says that everything there asks for credentials."""

    url: str
    component: str = ""
    pages: tuple[str, ...] = ()
    login: bool | None = None

    @property
    def host(self) -> str:
        """The host of the url, in lower case and in ASCII."""
        return ascii_host(urlsplit(self.url).hostname or "")

    @property
    def port(self) -> int:
        """The port of the url, or its scheme's."""
        parts = urlsplit(self.url)
        return parts.port or (80 if parts.scheme == "http" else 443)

    @property
    def secure(self) -> bool:
        """Whether the url is https."""
        return urlsplit(self.url).scheme == "https"


class Domain(NamedTuple):
    """A domain of the description and the selectors under which it publishes DKIM keys."""

    name: str
    dkim: tuple[str, ...] = ()


class Targets(NamedTuple):
    """All that the description declares as its own, and so all that may be looked at."""

    endpoints: tuple[Endpoint, ...] = ()
    domains: tuple[Domain, ...] = ()

    def owns(self, host: str) -> bool:
        """Whether a host is declared: an endpoint's host, a domain, or a name under a domain."""
        name = ascii_host(host)
        zones = tuple(ascii_host(domain.name) for domain in self.domains)
        return any(name == endpoint.host for endpoint in self.endpoints) or any(name == zone or name.endswith(f".{zone}") for zone in zones)


class Tracker(NamedTuple):
    """A domain that measures or advertises: whose it is and what for."""

    domain: str
    organisation: str
    purpose: str


class Announcement(NamedTuple):
    """Who announces an address: it says whose network, hence whose law, and never where the data lie."""

    asn: int
    holder: str = ""
    country: str = ""
    prefix: str = ""


class Evidence(NamedTuple):
    """Everything one run saw; `complete` is False when it was stopped before its end."""

    started: datetime
    ended: datetime
    targets: Targets
    observations: tuple[Observation, ...] = ()
    complete: bool = True
    tool: str = ""
    circumstances: tuple[Raw, ...] = ()

    def about(self, subject: Subject) -> tuple[Observation, ...]:
        """What was looked for on one subject."""
        return tuple(each for each in self.observations if each.subject == subject)

    def named(self, name: str) -> tuple[Observation, ...]:
        """What was looked for under one name, on every subject."""
        return tuple(each for each in self.observations if each.name == name)


class DeclaredEndpoint(NamedTuple):
    """What the description says of one endpoint; None wherever it says nothing.

    `organisations` are all those who may answer there: the provider of the component's host, its subcontractors, who ends the encryption.
    `third_parties` are the organisations that its pages may load from; `path` is where it is declared (`endpoints[0]`).
    """

    url: str
    path: str
    tls: tuple[str, ...] | None = None
    tls_path: str = ""
    organisations: tuple[str, ...] | None = None
    organisations_path: str = ""
    third_parties: tuple[str, ...] | None = None
    third_parties_path: str = ""
    login: bool | None = None


class DeclaredDomain(NamedTuple):
    """What the description says of one domain: the organisations that receive and send its mail; None where it says nothing."""

    name: str
    path: str
    mail_organisations: tuple[str, ...] | None = None
    mail_path: str = ""


class Declared(NamedTuple):
    """The description as evidence is set against it.

    `consent` is by organisation: prior | none | exempt. `houses` leads from an organisation to the head of its group and from an alias to
    its organisation, so that a brand and its owner are not taken for two companies.
    """

    endpoints: tuple[DeclaredEndpoint, ...] = ()
    domains: tuple[DeclaredDomain, ...] = ()
    organisations: tuple[str, ...] = ()
    consent: Mapping[str, str] = MappingProxyType({})
    houses: Mapping[str, str] = MappingProxyType({})


class Signals(NamedTuple):
    """What points from something seen to an organisation: the catalogue's signals, and the trackers."""

    signals: tuple[Signal, ...] = ()
    trackers: tuple[Tracker, ...] = ()


Role = Literal["answers", "names", "receives-mail", "sends-mail", "in-page"]
"""What an organisation was seen to do: run the server, the name servers, the mail exchangers, send mail, be loaded by a page."""


class Identification(NamedTuple):
    """An organisation recognised in what was seen: `sign` is what was recognised, `by` says it in words."""

    subject: Subject
    organisation: str
    role: Role
    sign: str
    by: Text
    confidence: Confidence
    seen: Observation


ContradictionKind = Literal["tls-version", "operator", "third-party", "consent", "mail-relay", "undeclared-host", "open-login"]


class Contradiction(NamedTuple):
    """The description says one thing and the server another; the observation wins, and both are shown."""

    subject: Subject
    kind: ContradictionKind
    what: Text
    declared_path: str
    declared: str
    observed: str
    observation: Observation
    confidence: Confidence
    controls: tuple[str, ...] = ()


class ObservedFact(NamedTuple):
    """What the observations of a subject come to, all its addresses taken together.

    `value` is None when nothing is known; `complete` is False when an address gave no answer: a list or a number is then a bound only.
    """

    subject: Subject
    name: str
    value: Value
    complete: bool
    at: datetime
    why: Text | None = None
    observations: tuple[Observation, ...] = ()
