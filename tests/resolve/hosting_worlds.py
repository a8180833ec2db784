"""Small worlds for tests of hosting: a catalogue of a few providers, and descriptions written as they would be."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import (
    Adequacy,
    CataloguedCertificate,
    Convention,
    Country,
    Offer,
    Organisation,
    Ownership,
    Performer,
    Region,
    Scope,
    Span,
)  # fmt: skip
from hds_audit.model.exposure import ActivityRow
from hds_audit.model.fact import Fact
from hds_audit.model.text import Text
from hds_audit.read.description import parse_description
from hds_audit.resolve.activities import activities
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.world import World

DAY = date(2026, 11, 22)
ACTIVITIES = ("physical-sites", "hardware", "virtual-infrastructure", "platform", "administration", "backup")
Plain = dict[str, Any]
DERIVATIONS = all_derivations()


def country(code: str, *eea: Span, adequate: str = "", debated: bool = False, status: Any = "verified", part_of: str | None = None) -> Country:
    said = (Adequacy(Span(), adequate == "partial", None, "decision", "verified", ()),) if adequate else ()
    doubt = Text("debated", "débattu") if debated else None
    return Country(code, Text(code, code), eea, eea, part_of, said, status, (), doubt)


def organisation(name: str, *aliases: str) -> Organisation:
    return Organisation(
        id=name, name=name, legal_name=None, country="FR", country_status="verified", owners=(Ownership(None, Span(), "verified"),), operating=(),
        contracting=(), subject_to=(), presence=(), presence_status="verified", role="communication-or-computing", aliases=aliases, note=None,
        sources=(), read=DAY,
    )  # fmt: skip


def region(of: str, code: str, where: str | None, status: Any = "verified", rests_on: tuple[str, ...] | None = None) -> tuple[tuple[str, str], Region]:
    return (of, code), Region(of, code, where, None, rests_on, None, status, (), DAY)


def offer(name: str, of: str, service: str, **more: Any) -> Offer:
    subcontractors = more.get("subcontractors")
    performers = tuple(Performer(*each) for each in more.get("performers", ()))
    return Offer(
        name, of, more.get("title", name), service, subcontractors, "verified" if subcontractors is not None else None,
        performers, more.get("hds", "unknown"), None, more.get("status", "verified"), (), DAY,
    )  # fmt: skip


def known_certificate(name: str, holder: str, **more: Any) -> CataloguedCertificate:
    return CataloguedCertificate(
        name, holder, more.get("standard", "hds"), more.get("version", "2.0"), more.get("type"), more.get("activities", ACTIVITIES),
        more.get("scope", Scope("all", None, "all", None, None)), more.get("excluded", Scope()), more.get("requires", ()), None, more.get("number"),
        more.get("issued"), more.get("expires"), more.get("span", Span()), more.get("seen"), more.get("status", "valid"),
        more.get("source_status", "verified"), (), DAY, None,
    )  # fmt: skip


ORGANISATIONS = {
    each.id: each
    for each in (organisation("bigcloud", "big"), organisation("londonian"), organisation("parisian"), organisation("reputed"), organisation("knowncloud"))
}
EEA = Span(date(1994, 1, 1))
COUNTRIES = {
    each.code: each
    for each in (
        country("FR", EEA), country("DE", EEA), country("NO", EEA), country("RE", EEA, part_of="FR"),
        country("GB", Span(date(1994, 1, 1), date(2020, 2, 1)), adequate="yes", debated=True), country("CH", adequate="yes"),
        country("NC", part_of="FR", debated=True, status="recalled"), country("US", adequate="partial"), country("JP", adequate="partial"), country("TN"),
    )
}  # fmt: skip
ALL = dict.fromkeys(ACTIVITIES, "provider")
OPERATED = {**ALL, "platform": "operator", "administration": "operator", "backup": "operator"}
CONVENTIONS = {"paas": ALL, "on-premises": ALL, "iaas": OPERATED, "managed-database": ALL, "object-storage": OPERATED, "email": {}}
REGIONS = dict([
    region("londonian", "eu-west-2", "GB"), region("parisian", "eu-west-2", "FR"), region("bigcloud", "par", "FR"),
    region("bigcloud", "europe", None), region("reputed", "north", "FR", "recalled"), region("bigcloud", "zrh", "CH"),
])  # fmt: skip


def catalogue(*certificates: CataloguedCertificate, offers: tuple[Offer, ...] = ()) -> Catalogue:
    conventions = {service: tuple(Convention(activity, by) for activity, by in named.items()) for service, named in CONVENTIONS.items()}
    return Catalogue(
        DAY,
        organisations=ORGANISATIONS,
        aliases={"big": "bigcloud"},
        offers={each.id: each for each in offers},
        conventions=conventions,  # type: ignore[arg-type]
        regions=REGIONS,
        countries=COUNTRIES,
        certificates={each.id: each for each in certificates},
    )


def world(plain: Plain, on: date = DAY, known: Catalogue | None = None) -> World:
    """The world of a description given as plain data; what every description needs is filled in."""
    known = known if known is not None else catalogue()
    whole = {"format": "hds-audit/1", "application": {"name": "x"}, "hosts": {"unused": {"provider": "knowncloud"}}, **plain}
    described = parse_description("infra.yaml", json.dumps(whole, default=str).encode(), known)
    return World(described, known, on, DERIVATIONS)


def fact(where: World, kind: Any, name: str, path: str) -> Fact:
    subject = where.subject(kind, name)
    assert subject is not None, f"no {kind} {name}"
    return subject.fact(path)


RECORD: Plain = {"health": "nature", "identifiability": "identified", "collected_in": ["care"], "controller": ["health-professionals"]}
"""A datum that is in the scope of health hosting."""


def hosted(host: Plain, *, datum: Plain | None = None, component: Plain | None = None, **more: Any) -> Plain:
    """A description of one store of records on one host."""
    return {
        "data": {"records": datum if datum is not None else RECORD},
        "hosts": {"h": host},
        "components": {"db": component if component is not None else {"kind": "database", "host": "h", "stores": ["records"]}},
        "organisations": {"publisher": {"name": "Publisher", "country": "FR"}, "practice": {"country": "FR"}, **more.pop("organisations", {})},
        "application": {"name": "x", "operator": "publisher"},
        **more,
    }


def rows(plain: Plain, on: date = DAY, known: Catalogue | None = None) -> dict[tuple[str, str], ActivityRow]:
    """The activities by activity and performer."""
    found = activities(world(plain, on, known))
    return {(row.activity, row.performer): row for row in found}


def verdicts(plain: Plain, on: date = DAY, known: Catalogue | None = None) -> dict[str, set[str]]:
    """The verdicts of each activity."""
    found: dict[str, set[str]] = {}
    for (activity, _), row in rows(plain, on, known).items():
        found.setdefault(activity, set()).add(row.verdict)
    return found


WHOLE: Plain = {"offers": "all", "regions": "all"}
CERTIFICATE: Plain = {
    "holder": "bigcloud", "standard": "hds", "version": "2.0", "activities": list(ACTIVITIES), "scope": WHOLE,
    "status": "valid", "issued": "2025-01-01", "expires": "2027-12-31",
}  # fmt: skip
PAAS: Plain = {"provider": "bigcloud", "service": "paas", "certificates": ["c"]}


def certified(host: Plain | None = None, datum: Plain | None = None, **certificate: Any) -> Plain:
    """One store of records on a host of bigcloud, with one certificate changed as said (None leaves a key out)."""
    changed = {key: value for key, value in {**CERTIFICATE, **certificate}.items() if value is not None}
    return hosted({**PAAS, **(host or {})}, datum=datum, certificates={"c": changed})
