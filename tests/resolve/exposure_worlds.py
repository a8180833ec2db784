"""Small worlds for tests of exposure: a catalogue of four countries, and descriptions written as plain data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hds_audit.model.catalogue import Catalogue
from hds_audit.model.catalogued import Adequacy, Country, Law, Offer, Operating, Organisation, Ownership, Performer, Region, Span
from hds_audit.model.text import Text
from hds_audit.read.description import parse_description
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.world import World

DAY = date(2026, 11, 24)
ALWAYS = Span()
NOTHING = Text("", "")
Plain = dict[str, Any]


def country(code: str, *, eu: bool = False, adequate: str = "", part_of: str | None = None) -> Country:
    span = (ALWAYS,) if eu else ()
    decisions = (Adequacy(ALWAYS, adequate == "partial", None, "test", "verified", ()),) if adequate else ()
    return Country(code, Text(code, code), span, span, part_of, decisions, "verified", (), None)


def law(name: str, where: str, binds: tuple[str, ...], until: date | None = None, certified: date | None = None, status: str = "verified") -> Law:
    return Law(name, where, Text(name, name), name, binds, Span(None, until), certified, None, status, (), DAY)  # type: ignore[arg-type]


def organisation(name: str, where: str | None, owners: tuple[tuple[str | None, str], ...] | None, **more: Any) -> Organisation:
    owned = None if owners is None else tuple(Ownership(owner, ALWAYS, status) for owner, status in owners)  # type: ignore[arg-type]
    presence = more.get("presence")
    return Organisation(
        name, name, None, where, more.get("country_status", "verified") if where else None, owned,
        tuple(Operating(*each) for each in more.get("operating", ())), (), (), presence,
        more.get("presence_status", "verified") if presence is not None else None,
        more.get("role", "communication-or-computing"), more.get("aliases", ()), None, (), DAY,
    )  # fmt: skip


def offer(name: str, of: str, service: str, subcontractors: tuple[str, ...] | None, status: str = "verified", performers: tuple[Performer, ...] = ()) -> Offer:
    return Offer(name, of, name, service, subcontractors, status if subcontractors is not None else None, performers, "unknown", None, "verified", (), DAY)  # type: ignore[arg-type]


LAWS = (
    law("us:act", "US", ("communication-or-computing",)),
    law("us:lapsed", "US", ("communication-or-computing",), date(2026, 6, 12), date(2027, 3, 31)),
    law("us:gone", "US", ("communication-or-computing",), date(2020, 1, 1)),
    law("us:order", "US", ()),
    law("cn:duty", "CN", ("communication-or-computing", "software", "other")),
)
ORGANISATIONS = (
    organisation("amazon", "US", ((None, "recalled"),), role="other"),
    organisation("aws", "US", (("amazon", "verified"),), aliases=("amazon-web-services",)),
    organisation("french", "FR", ((None, "verified"),), presence=()),
    organisation("abroad", "FR", ((None, "verified"),), presence=("US",)),
    organisation("hearsay", "US", None, country_status="recalled"),
    organisation("orphan", "FR", None),
    organisation("reputed", "FR", ((None, "recalled"),)),
    organisation("subsidiary", "FR", (("amazon", "verified"),)),
    organisation("rumour", "FR", (("amazon", "recalled"),)),
    organisation("mailer", "FR", ((None, "verified"),), operating=(("mailer-inc", "US", "verified"),)),
    organisation("platform", "FR", ((None, "verified"),)),
    organisation("said", "FR", ((None, "verified"),)),
    organisation("venture", "FR", (("french", "verified"), ("amazon", "verified"))),
    organisation("reunion", "FR", (("island", "verified"),)),
    organisation("island", "PR", ((None, "verified"),)),
)
CATALOGUE = Catalogue(
    DAY,
    organisations={each.id: each for each in ORGANISATIONS},
    aliases={alias: each.id for each in ORGANISATIONS for alias in each.aliases},
    offers={each.id: each for each in (offer("platform-paas", "platform", "paas", ("aws",)), offer("said-paas", "said", "paas", ("aws",), "recalled"))},
    countries={each.code: each for each in (
        country("FR", eu=True), country("DE", eu=True), country("US", adequate="partial"), country("CN"),
        country("CH", adequate="whole"), country("PR", part_of="US"),
    )},
    regions={("platform", "z1"): Region("platform", "z1", "FR", None, ("abroad",), None, "verified", (), DAY)},
    laws={each.id: each for each in LAWS},
)  # fmt: skip


def described(**sections: Any) -> Plain:
    """A whole little description around these sections."""
    return {"format": "hds-audit/1", "application": {"name": "Essai"}, **sections}


def world(plain: Plain, on: date = DAY, catalogue: Catalogue = CATALOGUE) -> World:
    """The world of a description in plain data."""
    content = json.dumps(plain, ensure_ascii=False).encode()
    return World(parse_description("infra.yaml", content, catalogue), catalogue, on, all_derivations())


HEALTH = {"health": "nature", "identifiability": "identified", "categories": ["health"], "subjects": ["patients"]}


def stored_at(provider: str, encryption: object = (), keys: Plain | None = None, **component: Any) -> Plain:
    """One datum that one component stores at one provider."""
    layers = {} if encryption is None else {"encryption": list(encryption) if isinstance(encryption, tuple) else encryption}
    return described(
        organisations={},
        data={"records": HEALTH},
        hosts={"cloud": {"provider": provider, "service": "iaas", "subcontractors": []}},
        components={"db": {"kind": "database", "host": "cloud", "stores": ["records"], **layers, **component}},
        keys=keys or {},
    )
