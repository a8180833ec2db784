"""Facts of endpoints and domains from the evidence of a run: what was seen wins over what is declared, and is dated.

Evidence dated later than the day of the audit does not count yet. A merit that an address did not answer for is unknown, never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.evidence import (
    Contradiction,
    ContradictionKind,
    DeclaredEndpoint,
    Evidence,
    Identification,
    ObservedFact,
    Signals,
    Subject,
)
from hds_audit.model.fact import UNKNOWN, Fact, Origin, unknown
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import computed, undecided
from hds_audit.resolve.contradicted import contradictions
from hds_audit.resolve.declared import declared
from hds_audit.resolve.element import Element
from hds_audit.resolve.identified import identifications
from hds_audit.resolve.observed import observed_facts, subjects
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve import things
    from hds_audit.resolve.world import World

_NOBODY_LOOKED = Text("nobody has looked: run `hds-audit probe`", "personne n'a regardé : lancer `hds-audit probe`")
_UNSAID = Text("nothing is declared that it could contradict", "rien n'est déclaré que cela puisse contredire")


class Dispute(NamedTuple):
    """A kind of contradiction: which observations settle it, and what has to be declared for there to be two sides."""

    kind: ContradictionKind
    settled_by: tuple[str, ...]
    said: Callable[[DeclaredEndpoint], object]
    declare: str


_TLS = ("tls.versions", "tls.accepts_tls12", "tls.accepts_tls13")
_RELAYS = ("mail.exchangers", "mail.spf_includes")
_KINDS = {
    "tls": Dispute("tls-version", _TLS, lambda side: side.tls, "flows.*.transport.tls"),
    "operator": Dispute("operator", ("http.signatures",), lambda side: side.organisations, "endpoints.*.component"),
    "third_parties": Dispute("third-party", ("http.third_parties",), lambda side: side.third_parties, "hosts"),
    "consent": Dispute("consent", ("http.third_parties",), lambda side: side.url, "flows.*.consent"),
    "hosts": Dispute("undeclared-host", ("http.redirects_elsewhere", "http.own_hosts"), lambda side: side.url, "endpoints"),
    "login": Dispute("open-login", ("http.open_private_pages",), lambda side: side.login, "endpoints.*.login"),
}


def _evidence(world: World) -> Evidence | None:
    """The evidence of that day or before."""
    found = world.evidence
    return found if found is not None and found.started.date() <= world.as_of else None


def _observed(world: World) -> Mapping[Subject, tuple[ObservedFact, ...]]:
    def every(_: World) -> Mapping[Subject, tuple[ObservedFact, ...]]:
        found = _evidence(world)
        return {subject: observed_facts(found, subject) for subject in subjects(found)} if found else {}

    return world.once("observed", every)


def _disputes(world: World) -> tuple[Contradiction, ...]:
    def every(_: World) -> tuple[Contradiction, ...]:
        found = _evidence(world)
        return contradictions(found, declared(world), Signals(world.catalogue.signals)) if found else ()

    return world.once("contradictions", every)


def _recognised(world: World) -> tuple[Identification, ...]:
    def every(_: World) -> tuple[Identification, ...]:
        found = _evidence(world)
        return identifications(found, Signals(world.catalogue.signals)) if found else ()

    return world.once("operators seen", every)


def _element(path: str, identifier: str, facts: Iterable[ObservedFact]) -> Element:
    return Element(path, {"id": computed(path, identifier), **{each.name: _fact(f"{path}.{each.name}", each) for each in facts}})


def _fact(path: str, seen: ObservedFact) -> Fact:
    """False is what was looked for and is not there; a list that an address did not answer for stays open, a number unknown."""
    source = f"{seen.subject.id}, {seen.at:%Y-%m-%dT%H:%M:%SZ}"
    section = "endpoints" if seen.subject.kind == "endpoint" else "domains"
    if seen.value is None:
        lost = Fact(path, UNKNOWN, Origin.OBSERVED, source=source, missing=(section,), doubt=seen.why)
        return Fact(path, False, Origin.OBSERVED, source=source) if seen.complete else lost
    if isinstance(seen.value, tuple):
        value: object = seen.value if seen.complete else (*seen.value, unknown(path, section, doubt=seen.why))
        return Fact(path, value, Origin.OBSERVED, source=source)
    if not seen.complete and not isinstance(seen.value, bool):
        return Fact(path, UNKNOWN, Origin.OBSERVED, source=source, missing=(section,), doubt=seen.why)
    return Fact(path, seen.value, Origin.OBSERVED, source=source)


def _endpoint(endpoint: things.Subject) -> Subject:
    return Subject("endpoint", endpoint.id)


def _was_observed(world: World, endpoint: things.Subject) -> Fact:
    return computed(f"{endpoint.path}.was_observed", _endpoint(endpoint) in _observed(world))


def _seen(world: World, endpoint: things.Subject) -> Fact:
    path, facts = f"{endpoint.path}.observed", _observed(world).get(_endpoint(endpoint))
    if facts is None:
        return unknown(path, "endpoints", doubt=_NOBODY_LOOKED)
    return Fact(path, _element(path, endpoint.id, facts), Origin.OBSERVED)


def _operators(world: World, endpoint: things.Subject) -> Fact:
    path = f"{endpoint.path}.operators_seen"
    if _endpoint(endpoint) not in _observed(world):
        return unknown(path, "endpoints", doubt=_NOBODY_LOOKED)
    found = (each for each in _recognised(world) if each.subject == _endpoint(endpoint))
    return Fact(path, tuple(_operator(path, each) for each in found), Origin.OBSERVED)


def _operator(path: str, each: Identification) -> Element:
    said = {"id": each.organisation, "role": each.role, "sign": each.sign, "confidence": each.confidence.value}
    return Element(path, {name: Fact(f"{path}.{name}", value, Origin.OBSERVED, confidence=each.confidence) for name, value in said.items()})


def _contradictions(world: World, endpoint: things.Subject) -> Fact:
    """Those found; with none, only what settles every kind shows that there is none."""
    path = f"{endpoint.path}.contradictions"
    found = tuple(each for each in _disputes(world) if each.subject == _endpoint(endpoint))
    if not found:
        kinds = [endpoint.fact(f"contradicted_{name}") for name in _KINDS]
        if open_kinds := [fact for fact in kinds if fact.value is UNKNOWN]:
            return undecided(path, open_kinds)
    return Fact(path, tuple(_dispute(path, each) for each in found), Origin.OBSERVED)


def _dispute(path: str, each: Contradiction) -> Element:
    said = {"id": each.observed, "kind": each.kind, "declared": each.declared, "observed": each.observed, "at": each.declared_path}
    facts = {name: Fact(f"{path}.{name}", value, Origin.OBSERVED, doubt=each.what) for name, value in said.items()}
    return Element(path, {**facts, "confidence": computed(f"{path}.confidence", each.confidence.value)})


def _contradicted(name: str, dispute: Dispute) -> Derivation:
    """What was seen against the description, of one kind; empty only where both sides are known and agree."""

    def derive(world: World, endpoint: things.Subject) -> Fact:
        path, subject = f"{endpoint.path}.{name}", _endpoint(endpoint)
        seen = _observed(world).get(subject)
        if seen is None:
            return unknown(path, "endpoints", doubt=_NOBODY_LOOKED)
        found = tuple(each for each in _disputes(world) if each.subject == subject and each.kind == dispute.kind)
        if not found:
            side = next(each for each in declared(world).endpoints if each.url == endpoint.id)
            if dispute.said(side) is None:
                return unknown(path, dispute.declare, doubt=_UNSAID)
            if silent := _unsettled(seen, dispute.settled_by):
                return unknown(path, "endpoints", doubt=silent.why)
        return _words(world, path, found)

    return derive


def _unsettled(seen: Iterable[ObservedFact], names: tuple[str, ...]) -> ObservedFact | None:
    return next((each for each in seen if each.name in names and not each.complete), None)


def _unseen(world: World) -> tuple[Fact, ...]:
    """The domains declared that nobody looked at, the one that messages are sent from included; with no list, there may be others."""
    looked = {subject.id for subject in _observed(world) if subject.kind == "domain"}
    said, emails = world.description.root.values.get("domains"), world.description.root.values.get("emails")
    named = [record.values.get("name") for record in world.description.listed("domains")]
    sending = emails.values.get("domain") if isinstance(emails, Record) else None
    names = dict.fromkeys(name.lower().rstrip(".") for name in (*named, sending) if isinstance(name, str))
    others = () if isinstance(said, tuple) or said is False else (unknown("domains", doubt=_NOBODY_LOOKED),)
    return (*(unknown(f"domains.{name}", "domains", doubt=_NOBODY_LOOKED) for name in names if name not in looked), *others)


def _unvisited(world: World) -> Iterator[Fact]:
    """What leaves open which exchangers there are: those that a domain names and nobody visited, and domains that told none."""
    for subject, facts in _observed(world).items():
        if subject.kind == "domain":
            path = f"domains.{subject.id}.mail.exchangers"
            yield from (unknown(path, "domains", doubt=doubt) for doubt in _doubts(facts, ("mail.exchangers",)))
            for name in next((each.value for each in facts if each.name == "mail.exchangers" and isinstance(each.value, tuple)), ()):
                if Subject("exchanger", name) not in _observed(world):
                    yield unknown(f"{path}.{name}", "domains", doubt=_NOBODY_LOOKED)


def _doubts(seen: Iterable[ObservedFact], names: tuple[str, ...]) -> Iterator[Text | None]:
    """Why each of these is not known whole: nobody looked for it, or not everything answered."""
    told = {each.name: each for each in seen}
    for name in names:
        if name not in told:
            yield _NOBODY_LOOKED
        elif not told[name].complete:
            yield told[name].why


def _words(world: World, path: str, found: tuple[Contradiction, ...]) -> Fact:
    items = tuple(_word(world, path, each) for each in found)
    return Fact(path, items, Origin.OBSERVED, because=tuple(fact for item in items for fact in item.because))


def _word(world: World, path: str, each: Contradiction) -> Fact:
    source = f"{each.subject.id}, {each.observation.at:%Y-%m-%dT%H:%M:%SZ}"
    grounds = _declaration(world, each)
    because = (grounds,) if grounds is not None and grounds.known else ()
    return Fact(path, each.observed, Origin.OBSERVED, source=source, because=because, confidence=each.confidence, doubt=each.what)


def _declaration(world: World, each: Contradiction) -> Fact | None:
    """The declared fact that was contradicted, so that the finding can point at its line."""
    path = each.declared_path
    for kind in ("host", "flow", "endpoint"):
        for subject in world.subjects(kind):
            if path.startswith(f"{subject.path}."):
                return subject.fact(path.removeprefix(f"{subject.path}."))
            if path == subject.path and kind == "endpoint":
                return subject.fact("login" if each.kind == "open-login" else "url")
    return _section(world, path)


def _section(world: World, name: str) -> Fact | None:
    """A section that does not name what was seen: the names that it holds, and where it begins."""

    def said(_: World) -> Fact | None:
        written, mark = world.description.root.values.get(name), world.description.root.marks.get(name, 0)
        return None if written is None else Fact(name, tuple(written) if isinstance(written, dict) else written, Origin.DECLARED, mark)

    return world.once(f"section {name}", said)


def _domains_observed(world: World, whole: things.Subject) -> Fact:
    return computed(f"{whole.path}.domains_were_observed", any(subject.kind == "domain" for subject in _observed(world)))


def _domains(world: World, whole: things.Subject) -> Fact:
    """Every domain with what was seen of it; open where one was not looked at."""
    return _listed(world, f"{whole.path}.domains_seen", "domain", ())


def _exchangers(world: World, whole: things.Subject) -> Fact:
    """Every mail exchanger with what was seen of it; open where one was not visited, or which there are is not known."""
    return _listed(world, f"{whole.path}.exchangers_seen", "exchanger", tuple(_unvisited(world)))


def _listed(world: World, path: str, kind: str, open_ends: tuple[Fact, ...]) -> Fact:
    seen = _observed(world)
    if not any(subject.kind == "domain" for subject in seen):
        return unknown(path, "domains", doubt=_NOBODY_LOOKED)
    found = tuple(_element(f"{path}.{subject.id}", subject.id, facts) for subject, facts in seen.items() if subject.kind == kind)
    return Fact(path, (*found, *open_ends, *_unseen(world)), Origin.OBSERVED)


def _mail(world: World, whole: things.Subject) -> Fact:
    """Relays that nothing declares; with none found, only what every domain says of its mail shows that there is none."""
    path = f"{whole.path}.contradicted_mail"
    domains = [facts for subject, facts in _observed(world).items() if subject.kind == "domain"]
    if not domains:
        return unknown(path, "domains", doubt=_NOBODY_LOOKED)
    found = tuple(each for each in _disputes(world) if each.kind == "mail-relay")
    silent = [] if found else [*(doubt for facts in domains for doubt in _doubts(facts, _RELAYS)), *(fact.doubt for fact in _unseen(world))]
    return unknown(path, "domains", doubt=silent[0]) if silent else _words(world, path, found)


DERIVATIONS = {
    ("endpoint", "was_observed"): _was_observed,
    ("endpoint", "observed"): _seen,
    ("endpoint", "operators_seen"): _operators,
    ("endpoint", "contradictions"): _contradictions,
    **{("endpoint", f"contradicted_{name}"): _contradicted(f"contradicted_{name}", dispute) for name, dispute in _KINDS.items()},
    ("application", "domains_were_observed"): _domains_observed,
    ("application", "domains_seen"): _domains,
    ("application", "exchangers_seen"): _exchangers,
    ("application", "contradicted_mail"): _mail,
}
