"""What a host's certificates say of it: the six activities one by one, and the certificates that serve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.activity_words import falls_short
from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.saying import Worded
from hds_audit.model.text import Text
from hds_audit.resolve.activities import Row, rows_of
from hds_audit.resolve.certificate_scope import INFRASTRUCTURE, Fit, Match, match
from hds_audit.resolve.certificates import facts_of
from hds_audit.resolve.cover import FALLS_SHORT, HALF_SAID, HOSTING, half_said, perhaps_renewed, serving_certificates
from hds_audit.resolve.element import Element
from hds_audit.resolve.graph import operator
from hds_audit.resolve.held import Held
from hds_audit.resolve.organisations import called
from hds_audit.resolve.performers import provider_of
from hds_audit.resolve.standing import Hold, standing
from hds_audit.resolve.things import Subject
from hds_audit.resolve.versions import published
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_OPEN = frozenset({"unknown", "conflict"})
_ENDED = ("expired", "wrong-version")
_HOLDS: tuple[Hold, ...] = ("holds", "unknown", "wrong-version", "expired")  # one that is not issued yet is no certificate
_FITS: tuple[Fit, ...] = ("in", "unknown", "contradicted", "out")
_NOBODY = Text(
    "health data lie here, and nobody is said to perform any of the six activities",
    "des données de santé se trouvent ici, et personne n'est dit exercer l'une des six activités",
)
_NONE = Text("no such certificate is declared or known", "aucun certificat de ce type n'est déclaré ni connu")


def _element(host: Subject, row: Row) -> Element:
    """A row as something that conditions read; `verdict` is unknown where the row is, `state` is its word in any case."""
    said, path = row.row, f"{host.path}.activities.{row.row.activity}"
    named = f"{said.activity} ({said.performer or '?'}: {said.verdict})"
    plain: dict[str, str | bool] = {
        "id": named,
        "activity": said.activity,
        "state": said.verdict,
        "performer": said.performer or False,
        "certificate": said.certificate or False,
    }
    facts = {name: Fact(f"{path}.{name}", value, Origin.DERIVED, because=row.grounds) for name, value in plain.items()}
    return Element(path, {**facts, "verdict": _verdict(host, row, path)})


def _verdict(host: Subject, row: Row, path: str) -> Fact:
    said = row.row
    if said.verdict in _OPEN:
        asked = said.missing or (f"{host.path}.responsibilities.{said.activity}",)
        told = unknown(f"{path}.verdict", *asked, because=row.grounds, doubt=said.reason)
        return told._replace(confidence=row.confidence)
    doubt = said.reason if row.confidence is not Confidence.HIGH else None
    return Fact(f"{path}.verdict", said.verdict, Origin.DERIVED, because=row.grounds, confidence=row.confidence, doubt=doubt)


def _activities(world: World, host: Subject) -> Fact:
    """The six, by performer; that nobody performs any where health data lie is to be mended."""
    if not rows_of(world, host.id) and host.fact("handles_hds_data").value is not False:
        nobody = unknown(f"{host.path}.activities", f"{host.path}.responsibilities", doubt=_NOBODY)
        return Fact(nobody.path, (nobody,), Origin.DERIVED)
    return Fact(f"{host.path}.activities", tuple(_element(host, row) for row in rows_of(world, host.id)), Origin.DERIVED)


def _certified(world: World, host: Subject) -> Fact:
    """Whether every activity that another than the publisher performs here is covered, exempt or not hosting.

    Where there is none: whether its provider holds a certificate that takes the host in.
    """
    path, operating = f"{host.path}.certified", operator(world)
    counted = [row for row in rows_of(world, host.id) if row.row.performer != operating or row.row.activity in INFRASTRUCTURE]
    if failing := next((row for row in counted if row.row.verdict in FALLS_SHORT), None):
        return Fact(path, False, Origin.DERIVED, because=failing.grounds, confidence=failing.confidence, doubt=failing.row.reason)
    if not counted:  # nothing that others perform is hosting here: what is left is whether its provider shows a certificate
        return served(world, host, provider_of(world, host), "hds", path)
    if silent := [row for row in counted if row.row.verdict in _OPEN]:
        asked = dict.fromkeys(name for row in silent for name in row.row.missing) or {f"{host.path}.certificates": None}
        return unknown(path, *asked, because=tuple(fact for row in silent for fact in row.grounds), doubt=silent[0].row.reason)
    least = max(counted, key=lambda row: row.confidence.rank)
    doubt = least.row.reason if least.confidence is not Confidence.HIGH else None
    grounds = tuple({id(fact): fact for row in counted for fact in row.grounds}.values())
    return Fact(path, True, Origin.DERIVED, because=grounds, confidence=least.confidence, doubt=doubt)


def _administered_by_publisher(world: World, host: Subject) -> Fact:
    """Whether the publisher itself administers what runs on another's machines: that this is hosting is debated."""
    path, handled = f"{host.path}.administered_by_publisher", host.fact("handles_hds_data")
    own = next((row for row in rows_of(world, host.id) if row.waits and row.row.activity == "administration"), None)
    if own is None:
        return Fact(path, False, Origin.DERIVED)
    if handled.value is UNKNOWN:
        return unknown(path, *handled.missing, because=(handled,), doubt=handled.doubt)
    return Fact(path, True, Origin.DERIVED, because=own.grounds)


def _failing(world: World, host: Subject) -> Fact:
    """The activities that fall short here, those of one performer with one verdict together."""
    alike: dict[tuple[str, str], list[str]] = {}
    for row in (each.row for each in rows_of(world, host.id) if each.row.verdict in FALLS_SHORT):
        alike.setdefault((row.performer, row.verdict), []).append(row.activity)
    named = (
        Worded.of(f"{', '.join(activities)} ({performer}: {verdict})", falls_short(activities, called(world, performer), verdict))
        for (performer, verdict), activities in alike.items()
    )
    return Fact(f"{host.path}.failing_activities", tuple(named), Origin.DERIVED)


def _certificate(standards: frozenset[str], name: str) -> Derivation:
    """The best certificate of the provider to a standard, as a thing with facts of its own; False where it says it has none."""

    def derive(world: World, host: Subject) -> Fact:
        path, found = f"{host.path}.{name}", ranked(world, host, provider_of(world, host), standards)
        listed = host.fact("certificates")
        closed = isinstance(listed.value, tuple) or listed.value is False
        if closed:  # a list that leaves out what the catalogue knows to have ended says that there is none
            found = [each for each in found if each.declared is not None or standing(each, world.as_of).hold not in _ENDED]
        if found:
            held = found[0]
            facts = _told_alone(world, host, held, facts_of(world, held))
            return Fact(path, Element(f"{host.path}.{name}", facts), Origin.DERIVED, because=(held.fact,), recalled=held.recalled)
        if closed:
            return _none_listed(world, host, standards, path, listed)
        return unknown(path, listed.path, because=(listed,), doubt=_NONE)

    return derive


def _none_listed(world: World, host: Subject, standards: frozenset[str], path: str, listed: Fact) -> Fact:
    """A closed list without such a certificate of its provider says that it has none, once the provider and the certificates are named."""
    provider = provider_of(world, host)
    if not provider and listed.value not in ((), False):
        return unknown(path, f"{host.path}.provider", because=(listed,))
    if asked := half_said(world, host, provider, standards):
        return unknown(path, *asked, because=(listed,), doubt=HALF_SAID)
    return Fact(path, False, Origin.DERIVED, because=(listed,))


def _told_alone(world: World, host: Subject, held: Held, facts: dict[str, Fact]) -> dict[str, Fact]:
    """The facts of a certificate, save that what ended by the word of the catalogue alone may have been renewed."""
    stands = standing(held, world.as_of)
    if held.declared is not None or stands.hold not in _ENDED:
        return facts
    said, asked = facts["valid"], f"{host.path}.certificates"
    return {**facts, "valid": unknown(said.path, asked, because=(held.fact,), doubt=perhaps_renewed(stands.reason))}


def ranked(world: World, host: Subject, holder: str, standards: frozenset[str]) -> list[Held]:
    """A holder's certificates to a standard that may serve the host, the best first whatever their order in the list."""
    own = holder == provider_of(world, host)
    serving = serving_certificates(world, host, holder, standards, own=own).found
    found = [(_rank(world, host, each, own=own), each) for each in serving if standing(each, world.as_of).hold in _HOLDS]
    return [each for _, each in sorted(found, key=lambda item: item[0])]


def _rank(world: World, host: Subject, held: Held, *, own: bool) -> tuple[int, int, bool, bool, int]:
    """One that holds before one that does not, one that takes the host in before one that does not; then the surest and the latest."""
    fit = match(world, held, host, "", own=own).fit
    issued = held.issued.first.toordinal() if held.issued else 0
    return _HOLDS.index(standing(held, world.as_of).hold), _FITS.index(fit), held.recalled, held.declared is None, -issued


def _serves(standard: str, name: str, since: str | None = None) -> Derivation:
    """Whether the provider holds a certificate to a standard, of that version at least, that holds that day and takes this host in."""
    return lambda world, host: served(world, host, provider_of(world, host), standard, f"{host.path}.{name}", since=since)


def served(world: World, host: Subject, holder: str, standard: str, path: str, activity: str = "", since: str | None = None) -> Fact:
    """Whether a holder has a certificate to a standard that holds that day and takes this host in, for an activity where one is named."""
    own = holder == provider_of(world, host)
    answers = [
        _of_version(held, _answer(world, host, held, path, match(world, held, host, activity, own=own)), since)
        for held in ranked(world, host, holder, frozenset({standard}))
    ]
    for value in (True, UNKNOWN, False):
        if (first := next((fact for fact in answers if fact.value is value), None)) is not None:
            return first
    listed = host.fact("certificates")
    if own and (isinstance(listed.value, tuple) or listed.value is False):
        return _none_listed(world, host, frozenset({standard}), path, listed)
    return unknown(path, listed.path, because=(listed,), doubt=_NONE)


def _answer(world: World, host: Subject, held: Held, path: str, fits: Match) -> Fact:
    stands = standing(held, world.as_of)
    if stands.hold in _ENDED and held.declared is None and not isinstance(host.fact("certificates").value, tuple):
        asked = f"{host.path}.certificates"  # what ended by the word of the catalogue alone may have been renewed
        return unknown(path, asked, because=(held.fact,), doubt=perhaps_renewed(stands.reason))
    silent = stands.hold == "unknown" or (stands.hold == "holds" and fits.fit in ("unknown", "contradicted"))
    if held.recalled or silent:
        missing = stands.missing or fits.missing or held.ask("scope")
        return unknown(path, *missing, because=(held.fact,), doubt=stands.reason if stands.hold == "unknown" else fits.reason)
    holds = stands.hold == "holds" and fits.fit == "in"
    sure = max(stands.confidence, fits.confidence, held.fact.confidence, key=lambda each: each.rank)
    doubt = (stands.reason if stands.hold != "holds" else fits.reason) if not holds or sure is not Confidence.HIGH else None
    return Fact(path, holds, Origin.DERIVED, because=(held.fact,), confidence=sure, doubt=doubt)


def _of_version(held: Held, answer: Fact, since: str | None) -> Fact:
    """The same answer for a certificate of that version at least: an older one does not do, and one that names none is asked for it."""
    least = published(held.standard, since)
    if least is None or answer.value is False:
        return answer
    out = published(held.standard, held.version)
    if out is None:
        asked = (*answer.missing, *held.ask("version"))
        return unknown(answer.path, *asked, because=answer.because, doubt=answer.doubt)
    if out >= least:
        return answer
    said = Text(f"{held.id} is of version {held.version}", f"{held.id} est de version {held.version}")
    return derived(answer.path, False, held.fact)._replace(doubt=said)


DERIVATIONS = {
    ("host", "activities"): _activities,
    ("host", "certified"): _certified,
    ("host", "administered_by_publisher"): _administered_by_publisher,
    ("host", "failing_activities"): _failing,
    ("host", "hds_certificate"): _certificate(HOSTING, "hds_certificate"),
    ("host", "iso27001_certificate"): _certificate(frozenset({"iso27001"}), "iso27001_certificate"),
    ("host", "secnumcloud_certificate"): _certificate(frozenset({"secnumcloud"}), "secnumcloud_certificate"),
    ("host", "iso27001_valid"): _serves("iso27001", "iso27001_valid"),
    ("host", "secnumcloud_valid"): _serves("secnumcloud", "secnumcloud_valid", since="3.2"),
    ("host", "secnumcloud_any_valid"): _serves("secnumcloud", "secnumcloud_any_valid"),
    ("host", "siaf_valid"): _serves("siaf", "siaf_valid"),
}
