"""Certificates as they are known: declared ones, completed field by field from the catalogue, and the catalogue's own."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.catalogued import CataloguedCertificate, Listed, Requirement
from hds_audit.model.catalogued import Scope as CataloguedScope
from hds_audit.model.fact import Fact, Origin
from hds_audit.model.record import Record
from hds_audit.model.values import Day
from hds_audit.resolve.catalogued import catalogued
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.things import Subject
from hds_audit.resolve.versions import over

if TYPE_CHECKING:
    from hds_audit.resolve.world import World


class Held(NamedTuple):
    """One certificate: None is what nobody says. `declared` and `known` are its two sources, either of which may lack."""

    id: str
    holder: str
    standard: str
    version: str | None
    type: str | None
    activities: tuple[str, ...] | None
    scope: CataloguedScope
    excluded: CataloguedScope
    left_out: tuple[str, ...]
    requires: tuple[Requirement, ...]
    number: str | None
    status: str
    issued: Day | None
    expires: Day | None
    fact: Fact
    declared: Subject | None
    known: CataloguedCertificate | None

    @property
    def recalled(self) -> bool:
        """Whether all we have of it is memory."""
        return self.declared is None and self.known is not None and self.known.source_status == "recalled"

    def ask(self, field: str) -> tuple[str, ...]:
        """What to declare to know a field of it; of one that the catalogue alone knows, the certificate itself."""
        return (f"{self.declared.path}.{field}",) if self.declared else ("certificates",)


def exact(day: date | None) -> Day | None:
    """A day of the catalogue as a day of the description."""
    return Day(day.isoformat(), day, day) if day else None


def held_by(world: "World", organisation: str) -> tuple[Held, ...]:
    """Every certificate of an organisation: those declared first, then what the catalogue knows beside them."""
    return world.once(("held", organisation), lambda _: _held_by(world, organisation))


def _held_by(world: "World", organisation: str) -> tuple[Held, ...]:
    known = [_of_catalogue(organisation, each) for each in world.catalogue.certificates_of(organisation)]
    declared: list[Held] = []
    for mine in world.once("declared certificates", _declared).get(organisation, ()):
        twins = [each for each in known if _same(mine, each) and (_identified(mine, each) or _current(each, world.as_of))]
        declared.append(_merged(mine, twins[0]) if twins else mine)
        known = [each for each in known if each not in twins]
    return (*declared, *known)


def _declared(world: "World") -> Mapping[str, tuple[Held, ...]]:
    found: dict[str, list[Held]] = {}
    for subject in world.subjects("certificate"):
        held = _of_subject(world, subject)
        found.setdefault(held.holder, []).append(held)
    return {holder: tuple(held) for holder, held in found.items()}


def declared_certificate(world: "World", subject: Subject) -> Held:
    """A declared certificate with what the catalogue adds to it."""
    holder = organisation_id(world, str(subject.record.values.get("holder", "")))
    mine = (each for each in held_by(world, holder) if each.declared is not None and each.id == subject.id)
    return next(mine, None) or _of_subject(world, subject)


def _of_subject(world: "World", subject: Subject) -> Held:
    values = subject.record.values
    scope = values.get("scope")
    return Held(
        id=subject.id,
        holder=organisation_id(world, str(values.get("holder", ""))),
        standard=str(values.get("standard", "")),
        version=_said(values.get("version")),
        type=_said(values.get("type")),
        activities=_names(values.get("activities")),
        scope=_scope(scope) if isinstance(scope, Record) else CataloguedScope(),
        excluded=CataloguedScope(),
        left_out=_names(scope.values.get("excluded")) or () if isinstance(scope, Record) else (),
        requires=(),
        number=_said(values.get("number")),
        status=str(values.get("status", "valid")),
        issued=_day(values.get("issued")),
        expires=_day(values.get("expires")),
        fact=_whole(subject),
        declared=subject,
        known=None,
    )


def _whole(subject: Subject) -> Fact:
    """The certificate itself as a ground: documented where its document is there."""
    origin = subject.fact("holder").origin if "holder" in subject.record.values else Origin.DECLARED
    return Fact(subject.path, subject.id, origin, subject.record.mark)


def _of_catalogue(holder: str, known: CataloguedCertificate) -> Held:
    return Held(
        known.id, holder, known.standard, known.version, known.type, known.activities, known.scope, known.excluded, (),
        known.requires, known.number, known.status, exact(known.issued), exact(known.expires),
        catalogued(f"certificates.{known.id}", known.id, f"certificates.{known.id}", known.source_status), None, known,
    )  # fmt: skip


def _scope(record: Record) -> CataloguedScope:
    offers, services, regions, sites = (_listed(record.values.get(name)) for name in ("offers", "services", "regions", "sites"))
    return CataloguedScope(offers, services, regions, sites)


def _said(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> Day | None:
    return value if isinstance(value, Day) else None


def _names(value: object) -> tuple[str, ...] | None:
    return tuple(str(item) for item in value) if isinstance(value, tuple) else () if value is False else None


def _listed(value: object) -> Listed:
    names = _names(value)
    return "all" if names is not None and "all" in names else names


def _same(mine: Held, known: Held) -> bool:
    """Whether two notices speak of one certificate: nothing in them differs, and one was not seen after the other's end."""
    pairs = (
        (mine.version, known.version),
        (mine.type, known.type),
        (mine.number, known.number),
        (mine.issued and mine.issued.text, known.issued and known.issued.text),
        (mine.expires and mine.expires.text, known.expires and known.expires.text),
    )
    if mine.standard != known.standard or any(a is not None and b is not None and not _alike(a, b) for a, b in pairs):
        return False
    seen = known.known.seen if known.known else None
    return not (mine.expires and seen and seen > mine.expires.last)


def _identified(mine: Held, known: Held) -> bool:
    """Whether a number or a day that both bear makes them one certificate."""
    pairs = ((mine.number, known.number), (mine.issued, known.issued), (mine.expires, known.expires))
    return any(a is not None and b is not None for a, b in pairs)


def _current(held: Held, on: date) -> bool:
    """Whether one of the catalogue may be what is said, without a date, to be held: not if it had ended, or was first known later."""
    known = held.known
    if known is None or known.holds(on) is False or over(held.standard, held.version, on):
        return False
    return known.issued is not None or known.span.since is None or known.span.since <= on


def _alike(mine: str, known: str) -> bool:
    a, b = mine.strip().lower().lstrip("v"), known.strip().lower().lstrip("v")
    return a == b or f"{a}.0" == b or a == f"{b}.0" or (len(min(a, b, key=len)) == 7 and (a.startswith(b) or b.startswith(a)))


def _merged(mine: Held, known: Held) -> Held:
    """The declared certificate, with what its declaration leaves out taken from the catalogue."""
    own, theirs = mine.scope, known.scope
    scope = CataloguedScope(
        own.offers if own.offers is not None else theirs.offers,
        own.services if own.services is not None else theirs.services,
        own.regions if own.regions is not None else theirs.regions,
        own.sites if own.sites is not None else theirs.sites,
    )
    filled = mine.activities is None and mine.type is None
    return mine._replace(
        version=mine.version or known.version,
        type=mine.type or (known.type if filled else None),
        activities=known.activities if filled else mine.activities,
        scope=scope,
        excluded=known.excluded,
        requires=known.requires,
        number=mine.number or known.number,
        status=mine.status if mine.status != "valid" else known.status,
        issued=mine.issued or known.issued,
        expires=mine.expires or known.expires,
        known=known.known,
    )


def contested(world: "World") -> frozenset[str]:
    """Declared certificates that claim one number twice, for two holders or with other terms."""
    return world.once("contested certificates", _contested)


def _contested(world: "World") -> frozenset[str]:
    by_number: dict[tuple[str, str], list[Held]] = {}
    for held in (each for mine in world.once("declared certificates", _declared).values() for each in mine):
        if held.number:
            by_number.setdefault((held.standard, held.number.strip().lower()), []).append(held)
    return frozenset(held.id for twins in by_number.values() if any(_differ(twins[0], other) for other in twins[1:]) for held in twins)


def _differ(one: Held, other: Held) -> bool:
    terms = ((held.holder, held.version, held.activities, held.status, held.issued, held.expires) for held in (one, other))
    return any(a is not None and b is not None and a != b for a, b in zip(*terms, strict=True))
