"""The entries of the catalogue: what the project knows of the world, one type a kind.

Every entry is dated, sourced and carries a status; `since` is the first day, `until` the first day no more (None: open
or not known, as the field says).
"""

from datetime import date
from typing import Literal, NamedTuple

from hds_audit.model.text import Text

Status = Literal["verified", "secondary", "recalled"]
Role = Literal["communication-or-computing", "software", "other"]
Answer = Literal["yes", "partial", "no"]
Requirement = Literal["hds-annex", "hds-option", "support-plan"]
Party = Literal["provider", "operator", "nobody"]
Reach = Literal["in-force", "certifications", "not-in-force"]
Listed = tuple[str, ...] | Literal["all"] | None
"""What a certificate names: identifiers, everything, or None where the sources do not say."""

STATUSES: tuple[Status, ...] = ("verified", "secondary", "recalled")
ROLES: tuple[Role, ...] = ("communication-or-computing", "software", "other")


def weakest(*statuses: Status) -> Status:
    """The status of what rests on all of these; `verified` when it rests on none."""
    return max(statuses, key=STATUSES.index, default="verified")


class Span(NamedTuple):
    """Days from `since` included to `until` excluded; None leaves that side open."""

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day lies inside."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Source(NamedTuple):
    """Where facts come from: a title, a place, the state it speaks of, and what sort of text it is."""

    id: str
    title: str
    where: str
    as_of: str
    kind: str
    read: date


class Ownership(NamedTuple):
    """Who controls an organisation during a span; owner None: nobody above it."""

    owner: str | None
    span: Span
    status: Status


class Operating(NamedTuple):
    """An entity of the group that takes part in running the service, besides the organisation itself."""

    organisation: str
    country: str
    status: Status


class Organisation(NamedTuple):
    """A legal entity, or the brand that users name, with its country, its owners and the laws it is under.

    `country` and `owners` None are unknown; `presence` None is unknown, () is none found. `contracting`: the companies
    of the group that customers may sign with instead.
    """

    id: str
    name: str
    legal_name: str | None
    country: str | None
    country_status: Status | None
    owners: tuple[Ownership, ...] | None
    operating: tuple[Operating, ...]
    contracting: tuple[str, ...]
    subject_to: tuple[str, ...]
    presence: tuple[str, ...] | None
    presence_status: Status | None
    role: Role
    aliases: tuple[str, ...]
    note: Text | None
    sources: tuple[str, ...]
    read: date

    def owners_on(self, on: date) -> tuple[Ownership, ...] | None:
        """The owners of that day; () when it is known to have none, None when nobody knows."""
        held = [each for each in self.owners or () if each.span.holds(on)]
        return tuple(each for each in held if each.owner is not None) if held else None


class Kinship(NamedTuple):
    """An organisation reached by climbing the owners: the path of ids and the weakest link's status."""

    organisation: Organisation
    path: tuple[str, ...]
    status: Status


class Performer(NamedTuple):
    """Who performs an HDS activity inside an offer, and under whose certificate where that is another's."""

    activity: str
    by: str
    under: str | None


class Offer(NamedTuple):
    """A product under contract; `hds` says whether a certificate covers it, `why` with which limits.

    `subcontractors` None: not known; () is none known to the sources. `status` is that of `hds`.
    """

    id: str
    organisation: str
    name: str
    service: str
    subcontractors: tuple[str, ...] | None
    subcontractors_status: Status | None
    performers: tuple[Performer, ...]
    hds: Literal["covered", "not-covered", "unknown"]
    why: Text | None
    status: Status
    sources: tuple[str, ...]
    read: date


class Convention(NamedTuple):
    """Who performs an activity in a service of this kind when nobody says: our convention, not a fact."""

    activity: str
    by: Party


class Region(NamedTuple):
    """A region code of one organisation; country None when the code spans several countries.

    `rests_on`: the organisations whose machines it is made of, where they are not its own; None not known.
    """

    organisation: str
    code: str
    country: str | None
    city: str | None
    rests_on: tuple[str, ...] | None
    note: Text | None
    status: Status
    sources: tuple[str, ...]
    read: date


class Adequacy(NamedTuple):
    """A decision under GDPR 45 (or Directive 95/46 art. 25); `partial`: only what the scope names."""

    span: Span
    partial: bool
    scope: Text | None
    ref: str
    status: Status
    sources: tuple[str, ...]


class Country(NamedTuple):
    """An ISO 3166-1 code; `part_of` is the state of a territory, `debated` a view contrary to what is said here."""

    code: str
    name: Text
    eu: tuple[Span, ...]
    eea: tuple[Span, ...]
    part_of: str | None
    adequate: tuple[Adequacy, ...]
    status: Status
    sources: tuple[str, ...]
    debated: Text | None


class AdequacyAnswer(NamedTuple):
    """Whether a country is adequate on a day, with the decision that says so."""

    answer: Answer
    decision: Adequacy | None


class Regime(NamedTuple):
    """A text with the days it is in force, and the prefixes of the controls it brings into force."""

    id: str
    name: Text
    span: Span
    replaces: str | None
    draft: bool
    controls: tuple[str, ...]
    note: Text | None
    status: Status
    sources: tuple[str, ...]
    read: date


class Law(NamedTuple):
    """A law by which a State may reach data; `binds` the roles it can compel, () nobody.

    `certifications_until`: acts taken under a lapsed statute that run on to that day, excluded.
    """

    id: str
    country: str
    title: Text
    ref: str
    binds: tuple[Role, ...]
    span: Span
    certifications_until: date | None
    note: Text | None
    status: Status
    sources: tuple[str, ...]
    read: date

    def reach(self, on: date) -> Reach:
        """Whether the statute holds that day, or only what was decided under it."""
        if self.span.holds(on):
            return "in-force"
        lapsed = self.span.until is not None and self.span.until <= on
        running = self.certifications_until is not None and on < self.certifications_until
        return "certifications" if lapsed and running else "not-in-force"


class Scope(NamedTuple):
    """What a certificate covers, or leaves out; each None where the sources do not say."""

    offers: Listed = None
    services: Listed = None
    regions: Listed = None
    sites: Listed = None
    activities: tuple[str, ...] | None = None


class CataloguedCertificate(NamedTuple):
    """A certificate, qualification or approval as the sources tell it: weaker than what its holder shows.

    `issued` and `expires` (last day held) stand on it; `span` is what the sources show of its life; `seen` the last day
    it was read as held. `activities` None: the sources do not say which. `requires`: what the customer must have signed.
    """

    id: str
    holder: str
    standard: str
    version: str | None
    type: str | None
    activities: tuple[str, ...] | None
    scope: Scope
    excluded: Scope
    requires: tuple[Requirement, ...]
    body: str | None
    number: str | None
    issued: date | None
    expires: date | None
    span: Span
    seen: date | None
    status: Literal["valid", "suspended", "withdrawn"]
    source_status: Status
    sources: tuple[str, ...]
    read: date
    note: Text | None

    def holds(self, on: date) -> bool | None:
        """Whether it holds that day; None before and beyond what was seen of a certificate whose dates are not known."""
        start = self.issued or self.span.since
        if (self.issued and on < self.issued) or (self.expires and on > self.expires) or not Span(None, self.span.until).holds(on):
            return False
        if self.status != "valid" and self.span.until is None:
            return False
        ended = self.expires or self.span.until or self.seen
        return True if start and ended and start <= on <= ended else None


class ListItem(NamedTuple):
    """One value of a list, with the days it is in it."""

    value: str
    span: Span


class NamedList(NamedTuple):
    """A list that conditions name."""

    id: str
    title: Text
    items: tuple[ListItem, ...]
    status: Status
    sources: tuple[str, ...]
    read: date
