"""The catalogue as a whole, and its look-ups: pure, and everything pickles, so that a loaded catalogue can be kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from hds_audit.model.catalogued import (
    AdequacyAnswer,
    CataloguedCertificate,
    Convention,
    Country,
    Kinship,
    Law,
    NamedList,
    Offer,
    Organisation,
    Regime,
    Region,
    Source,
    weakest,
)
from hds_audit.model.signals import Signal


class Catalogue(NamedTuple):
    """All of it; look-ups accept an organisation's id or alias and answer None for what is not in it."""

    as_of: date
    sources: Mapping[str, Source] = {}  # never written to
    organisations: Mapping[str, Organisation] = {}  # never written to
    aliases: Mapping[str, str] = {}  # never written to
    offers: Mapping[str, Offer] = {}  # never written to
    conventions: Mapping[str, tuple[Convention, ...]] = {}  # never written to
    regions: Mapping[tuple[str, str], Region] = {}  # never written to
    countries: Mapping[str, Country] = {}  # never written to
    regimes: Mapping[str, Regime] = {}  # never written to
    laws: Mapping[str, Law] = {}  # never written to
    certificates: Mapping[str, CataloguedCertificate] = {}  # never written to
    lists: Mapping[str, NamedList] = {}  # never written to
    signals: tuple[Signal, ...] = ()

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of that id or alias."""
        return self.organisations.get(name) or self.organisations.get(self.aliases.get(name, ""))

    def ancestry(self, name: str, on: date) -> tuple[Kinship, ...]:
        """The organisation and everyone above it that day, nearest first, each once; () for an unknown name."""
        first = self.organisation(name)
        found = {first.id: Kinship(first, (first.id,), "verified")} if first else {}
        waiting = list(found.values())
        for kin in waiting:
            for owned in kin.organisation.owners_on(on) or ():
                above = self.organisation(owned.owner or "")
                if above and above.id not in found:
                    status = weakest(kin.status, owned.status)
                    found[above.id] = Kinship(above, (*kin.path, above.id), status)
                    waiting.append(found[above.id])
        return tuple(waiting)

    def region(self, organisation: str, code: str) -> Region | None:
        """The region of that code at that organisation or, failing it, at one of its owners of any day.

        `France Central` and `FRANCECENTRAL` find `francecentral`.
        """
        written = (code, code.lower(), code.upper(), code.replace(" ", "").lower())
        keys = ((name, each) for name in self._brands(organisation) for each in written)
        return next((self.regions[key] for key in keys if key in self.regions), None)

    def _brands(self, organisation: str) -> Iterator[str]:
        waiting = [organisation]
        for name in waiting:
            if found := self.organisation(name):
                yield found.id
                owners = (each.owner for each in found.owners or ())
                waiting.extend(owner for owner in owners if owner and owner not in waiting)

    def country(self, code: str) -> Country | None:
        """The country of that ISO 3166-1 alpha-2 code."""
        return self.countries.get(code)

    def in_eu(self, code: str, on: date) -> bool | None:
        """Whether a place there is in the European Union that day."""
        country = self.countries.get(code)
        return any(span.holds(on) for span in country.eu) if country else None

    def in_eea(self, code: str, on: date) -> bool | None:
        """Whether a place there is in the European Economic Area that day."""
        country = self.countries.get(code)
        return any(span.holds(on) for span in country.eea) if country else None

    def adequate(self, code: str, on: date) -> AdequacyAnswer | None:
        """Whether transfers there rest on an adequacy decision that day: wholly, for a part, or not."""
        if (country := self.countries.get(code)) is None:
            return None
        held = sorted((each for each in country.adequate if each.span.holds(on)), key=lambda each: each.partial)
        if not held:
            return AdequacyAnswer("no", None)
        return AdequacyAnswer("partial" if held[0].partial else "yes", held[0])

    def offer(self, name: str) -> Offer | None:
        """The offer of that id."""
        return self.offers.get(name)

    def offers_of(self, organisation: str) -> tuple[Offer, ...]:
        """The offers of an organisation, in the catalogue's order."""
        owner = self.organisation(organisation)
        return tuple(each for each in self.offers.values() if owner and each.organisation == owner.id)

    def convention(self, service: str) -> tuple[Convention, ...]:
        """Who performs what in a service of this kind, by our convention; () when we have none."""
        return self.conventions.get(service, ())

    def certificates_of(self, organisation: str, on: date | None = None) -> tuple[CataloguedCertificate, ...]:
        """Those an organisation holds; with a day, without those known not to hold then."""
        holder = self.organisation(organisation)
        held = [each for each in self.certificates.values() if holder and each.holder == holder.id]
        return tuple(each for each in held if on is None or each.holds(on) is not False)

    def law(self, name: str) -> Law | None:
        """The law of that id, as `us:cloud-act`."""
        return self.laws.get(name)

    def laws_of(self, country: str, on: date) -> tuple[Law, ...]:
        """The laws of a country that can compel somebody that day, lapsed ones whose certifications run included."""
        own = (each for each in self.laws.values() if each.country == country and each.binds)
        return tuple(each for each in own if each.reach(on) != "not-in-force")

    def regime(self, name: str) -> Regime | None:
        """The regime of that id."""
        return self.regimes.get(name)

    def in_force(self, name: str, on: date) -> bool | None:
        """Whether a regime is in force that day; a draft never is, None for an unknown id."""
        regime = self.regimes.get(name)
        return regime.span.holds(on) and not regime.draft if regime else None

    def list(self, name: str, on: date) -> frozenset[str] | None:
        """The values of a named list that day; None for an unknown name."""
        found = self.lists.get(name)
        return frozenset(item.value for item in found.items if item.span.holds(on)) if found else None

    def seen(self, kind: str, value: str) -> tuple[Signal, ...]:
        """The signals that something seen from outside matches, in the catalogue's order."""
        return tuple(each for each in self.signals if each.kind == kind and each.matches(value))
