"""Each file of the catalogue into its entries."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import (
    ROLES,
    STATUSES,
    Adequacy,
    CataloguedCertificate,
    Convention,
    Country,
    Law,
    ListItem,
    NamedList,
    Offer,
    Operating,
    Organisation,
    Ownership,
    Party,
    Performer,
    Regime,
    Region,
    Requirement,
    Scope,
    Source,
    Span,
    Status,
)
from hds_audit.model.signals import SIGNAL_KINDS, Signal
from hds_audit.read.catalogue_entry import Entry, Noted, read_table

Made = TypeVar("Made")
REQUIREMENTS: tuple[Requirement, ...] = get_args(Requirement)
PARTIES: tuple[Party, ...] = get_args(Party)


class Origin(NamedTuple):
    """How sure an entry is, what says so, and the day it was read."""

    status: Status
    sources: tuple[str, ...]
    read: date


class Reader:
    """One folder being read: the day it speaks of stands for the `read` that an entry leaves out."""

    def __init__(self, folder: Path, noted: Noted) -> None:
        self.folder, self.noted = folder, noted
        self.root = read_table(folder / "sources.yaml", noted)
        if self.root:
            self.root.due("as_of")
        self.as_of = (self.root.day("as_of") if self.root else None) or date.max

    def table(self, name: str, made: Callable[[str, Entry], Made], file: str = "") -> dict[str, Made]:
        """The entries under the file's own name, or of another file that has the same form."""
        root = self.root if name == "sources" else read_table(self.folder / f"{file or name}.yaml", self.noted)
        entries = root.inner(name) if root else None
        if root is None or entries is None:
            if root:
                root.due(name)
            return {}
        root.close()
        found = {}
        for key, entry in entries.entries():
            found[key] = made(key, entry)
            entry.close()
        return found

    def origin(self, entry: Entry, status: str = "status") -> Origin:
        """The status (which is due), the sources and the day."""
        entry.due(status)
        found, sources = entry.word(status, STATUSES) or "recalled", entry.names("sources") or ()
        if found != "recalled" and not sources:
            entry.problem(status, f"{found} by no source", f"{found} sans source")
        return Origin(found, sources, self.read(entry))

    def read(self, entry: Entry) -> date:
        """The day an entry was read."""
        return entry.day("read") or self.as_of

    def source(self, key: str, entry: Entry) -> Source:
        """Where facts come from."""
        where, as_of = entry.text("where") or "", entry.text("as_of") or ""
        return Source(key, entry.due("title"), where, as_of, entry.due("kind"), self.read(entry))

    def organisation(self, key: str, entry: Entry) -> Organisation:
        """An organisation with its owners."""
        country, country_status = entry.text("country"), entry.word("country_status", STATUSES)
        presence, presence_status = entry.names("presence"), entry.word("presence_status", STATUSES)
        for said, status, name in ((country, country_status, "country"), (presence, presence_status, "presence")):
            if (said is None) != (status is None):
                entry.problem(name, f"{name} and {name}_status go together", f"{name} et {name}_status vont ensemble")
        return Organisation(
            key,
            entry.due("name"),
            entry.text("legal_name"),
            country,
            country_status,
            self.owners(entry),
            tuple(self.operating(each) for each in entry.elements("operating")),
            entry.names("contracting") or (),
            entry.names("subject_to") or (),
            presence,
            presence_status,
            entry.word("role", ROLES) or "other",
            entry.names("aliases") or (),
            entry.said("note"),
            entry.names("sources") or (),
            self.read(entry),
        )

    def operating(self, entry: Entry) -> Operating:
        """An entity that takes part in running the service."""
        entry.due("status")
        status = entry.word("status", STATUSES) or "recalled"
        made = Operating(entry.due("organisation"), entry.due("country"), status)
        entry.close()
        return made

    def owners(self, entry: Entry) -> tuple[Ownership, ...] | None:
        """`parent: false` is nobody; a list of ids or of `{organisation, from, until, status}`; left out is unknown."""
        status = entry.word("parent_status", STATUSES)
        if "parent" not in entry.nodes:
            if status:
                entry.problem("parent_status", "a status without a parent", "un statut sans parent")
            return None
        if entry.bare("parent"):
            if entry.word("parent", ("false",)) and not status:
                entry.problem("parent", "parent_status is missing", "parent_status manque")
            return (Ownership(None, Span(), status or "recalled"),)
        return tuple(self.owner(each, status) for each in entry.elements("parent", short="organisation"))

    def owner(self, entry: Entry, status: Status | None) -> Ownership:
        """One owner; `organisation: false` says that there was none in that span."""
        name, own = entry.due("organisation"), entry.word("status", STATUSES) or status
        if own is None:
            entry.problem("", "a status is missing (parent_status)", "un statut manque (parent_status)")
        made = Ownership(None if name == "false" else name, entry.span(), own or "recalled")
        entry.close()
        return made

    def offer(self, key: str, entry: Entry) -> Offer:
        """A product under contract."""
        subcontractors = entry.names("subcontractors")
        status = entry.word("subcontractors_status", STATUSES)
        if (subcontractors is None) != (status is None):
            entry.problem("subcontractors", "needs subcontractors_status", "appelle subcontractors_status")
        performers = entry.inner("performers")
        return Offer(
            key,
            entry.due("organisation"),
            entry.due("name"),
            entry.due("service"),
            subcontractors,
            status,
            tuple(self.performer(name, each) for name, each in performers.entries()) if performers else (),
            entry.word("hds", ("covered", "not-covered", "unknown")) or "unknown",
            entry.said("why"),
            *self.origin(entry),
        )

    def performer(self, activity: str, entry: Entry) -> Performer:
        """Who performs an activity in an offer."""
        made = Performer(activity, entry.due("by"), entry.text("under"))
        entry.close()
        return made

    def conventions(self, key: str, entry: Entry) -> tuple[Convention, ...]:
        """Who performs what in a service of this kind."""
        return tuple(Convention(activity, entry.word(activity, PARTIES) or "nobody") for activity in entry.nodes)

    def regions(self, key: str, entry: Entry) -> dict[str, Region]:
        """The regions of one organisation."""
        found = {}
        for code, each in entry.entries():
            place = each.text("country"), each.text("city"), each.names("rests_on"), each.said("note")
            found[code] = Region(key, code, *place, *self.origin(each))
            each.close()
        return found

    def country(self, key: str, entry: Entry) -> Country:
        """A country; `eu` and `eea` are lists of spans."""
        adequate = []
        for each in entry.elements("adequate"):
            status, sources, _ = self.origin(each)
            made = Adequacy(each.span(), each.flag("partial"), each.said("scope"), each.due("ref"), status, sources)
            adequate.append(made)
            each.close()
        name, part_of, debated = entry.title("name"), entry.text("part_of"), entry.said("debated")
        eu, eea = (self.spans(entry, each) for each in ("eu", "eea"))
        status, sources, _ = self.origin(entry)
        return Country(key, name, eu, eea, part_of, tuple(adequate), status, sources, debated)

    def spans(self, entry: Entry, key: str) -> tuple[Span, ...]:
        """The spans of a list."""
        found = []
        for each in entry.elements(key):
            found.append(each.span())
            each.close()
        return tuple(found)

    def regime(self, key: str, entry: Entry) -> Regime:
        """A text with its days."""
        name, span, replaces = entry.title("name"), entry.span(), entry.text("replaces")
        draft, controls = entry.flag("draft"), entry.names("controls") or ()
        return Regime(key, name, span, replaces, draft, controls, entry.said("note"), *self.origin(entry))

    def law(self, key: str, entry: Entry) -> Law:
        """A law by which a State may reach data."""
        roles = tuple(role for role in ROLES if role in (entry.names("binds") or ()))
        if len(roles) < len(entry.names("binds") or ()):
            entry.problem("binds", f"roles are: {', '.join(ROLES)}", f"les rôles sont : {', '.join(ROLES)}")
        country, title, ref = entry.due("country"), entry.title("title"), entry.due("ref")
        span, later = entry.span(), entry.day("certifications_until")
        if later and (span.until is None or later <= span.until):
            entry.problem("certifications_until", "has to follow until", "doit suivre until")
        return Law(key, country, title, ref, roles, span, later, entry.said("note"), *self.origin(entry))

    def certificate(self, key: str, entry: Entry) -> CataloguedCertificate:
        """A certificate as the sources tell it."""
        issued, expires = entry.day("issued"), entry.day("expires")
        if issued and expires and issued >= expires:
            entry.problem("expires", "has to follow issued", "doit suivre issued")
        requires = entry.names("requires") or ()
        if unknown := set(requires) - set(REQUIREMENTS):
            entry.problem("requires", f"unknown: {sorted(unknown)}", f"inconnu : {sorted(unknown)}")
        return CataloguedCertificate(
            key,
            entry.due("holder"),
            entry.due("standard"),
            entry.text("version"),
            entry.text("type"),
            entry.names("activities"),
            self.scope(entry.inner("scope")),
            self.scope(entry.inner("excluded")),
            tuple(each for each in REQUIREMENTS if each in requires),
            entry.text("body"),
            entry.text("number"),
            issued,
            expires,
            entry.span(),
            entry.day("seen"),
            entry.word("status", ("valid", "suspended", "withdrawn")) or "valid",
            *self.origin(entry, "source_status"),
            entry.said("note"),
        )

    def scope(self, entry: Entry | None) -> Scope:
        """What a certificate names; `all` is everything."""
        if entry is None:
            return Scope()
        offers, services, regions, sites = (entry.listed(key) for key in ("offers", "services", "regions", "sites"))
        made = Scope(offers, services, regions, sites, entry.names("activities"))
        entry.close()
        return made

    def signals(self, key: str, entry: Entry) -> tuple[Signal, ...]:
        """The signals of one organisation, by kind."""
        found = []
        for kind in SIGNAL_KINDS:
            for each in entry.elements(kind):
                value, (status, sources, _) = each.due("value"), self.origin(each)
                found.append(Signal(key, kind, value, status, sources))
                each.close()
        return tuple(found)

    def lists(self, countries: dict[str, Country]) -> dict[str, NamedList]:
        """The named lists; `countries: eea` takes its items from what the countries say."""

        def made(key: str, entry: Entry) -> NamedList:
            which = entry.word("countries", ("eu", "eea", "adequate", "adequate_or_partial"))
            items = tuple(self.item(each) for each in entry.elements("items", short="value"))
            if which:
                items = _countries(which, countries)
            if not items:
                entry.problem("", "a list without items", "une liste sans éléments")
            return NamedList(key, entry.title("title"), items, *self.origin(entry))

        guides = sorted(path.stem for path in (self.folder / "tls_guides").glob("*.yaml"))
        found = self.table("lists", made)
        for guide in guides:
            found.update(self.table("lists", made, f"tls_guides/{guide}"))
        return found

    def item(self, entry: Entry) -> ListItem:
        """One value of a list, a bare scalar standing for itself."""
        made = ListItem(entry.due("value"), entry.span())
        entry.close()
        return made


def _countries(which: str, countries: dict[str, Country]) -> tuple[ListItem, ...]:
    items: list[ListItem] = []
    for code, country in countries.items():
        if which in ("eu", "eea"):
            spans = country.eu if which == "eu" else country.eea
        else:
            spans = tuple(each.span for each in country.adequate if which != "adequate" or not each.partial)
        items.extend(ListItem(code, span) for span in spans)
    return tuple(items)


def read_catalogue(folder: Path, noted: Noted) -> Catalogue:
    """Every file of the folder; what is wrong is noted, and the rest is read all the same."""
    reader = Reader(folder, noted)
    sources = reader.table("sources", reader.source)
    organisations = reader.table("organisations", reader.organisation)
    countries = reader.table("countries", reader.country)
    offers, conventions = services(reader)
    regions = reader.table("regions", reader.regions)
    signals = reader.table("signals", reader.signals)
    return Catalogue(
        reader.as_of,
        sources,
        organisations,
        {alias: each.id for each in organisations.values() for alias in each.aliases},
        offers,
        conventions,
        {(name, code): region for name, codes in regions.items() for code, region in codes.items()},
        countries,
        reader.table("regimes", reader.regime),
        reader.table("laws", reader.law),
        reader.table("certificates", reader.certificate),
        reader.lists(countries),
        tuple(signal for each in signals.values() for signal in each),
    )


def services(reader: Reader) -> tuple[dict[str, Offer], dict[str, tuple[Convention, ...]]]:
    """The offers, and under `_defaults` what we take for granted of each kind of service."""
    conventions: dict[str, tuple[Convention, ...]] = {}

    def made(key: str, entry: Entry) -> Offer | None:
        if key != "_defaults":
            return reader.offer(key, entry)
        for service, each in entry.entries():
            conventions[service] = reader.conventions(service, each)
            each.close()
        return None

    return {key: offer for key, offer in reader.table("services", made).items() if offer}, conventions
