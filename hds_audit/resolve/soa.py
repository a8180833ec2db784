"""The statement of applicability against its own form, and its exclusions against the description (ISO/IEC 27001, 6.1.3 d)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, unknown
from hds_audit.model.saying import Worded
from hds_audit.model.soa import ANNEX_A, SoaEntry, control_name
from hds_audit.model.text import Text
from hds_audit.resolve.graph import operator
from hds_audit.resolve.performers import provider_of
from hds_audit.resolve.things import Part

if TYPE_CHECKING:
    from hds_audit.model.rule import SubjectKind
    from hds_audit.resolve.things import Subject
    from hds_audit.resolve.world import World

_PATH = "governance.statement_of_applicability"
_OLD = re.compile(r"A\.\d+\.\d+\.\d+")
_NO_CLOUD = frozenset({"on-premises", "housing", "managed-services"})
_PRODUCTION = re.compile(r"(production|prod|live|recovery|disaster-recovery|failover|standby|dr|pra|secours)([-_. ].*)?", re.IGNORECASE)
_NOT_READ = Text("no CSV or YAML file of it was read", "aucun fichier CSV ou YAML n'en a été lu")
_LACKS = {
    "absent": Text("is missing", "absente"),
    "twice": Text("stands there several times", "présente plusieurs fois"),
    "2013": Text("is a number of the edition of 2013", "numéro de l'édition de 2013"),
    "?": Text("is no control of Annex A", "étrangère à l'annexe A"),
    "applicable?": Text("does not say whether it applies", "sans mention de son applicabilité"),
    "justification?": Text("has no justification", "sans justification"),
    "status?": Text("has no status", "sans état de mise en œuvre"),
}
Grounds = Callable[["World"], Iterator[Fact]]


def _gaps(world: World, application: Subject) -> Fact:
    """What the statement lacks, each in a few words; without the file, exclusions show a gap and never that the rest is there."""
    entries, said = _entries(world), application.fact(_PATH)
    if entries is None:
        return _unread(f"{application.path}.soa_gaps", said, "document")
    lines = Counter(entry.control for entry in entries)
    absent = [_lack(control, "absent") for control in ANNEX_A if control not in lines] if world.statement else []
    open_end = () if world.statement else (_unread(f"{application.path}.soa_gaps", said, "document"),)
    twice = [_lack(control, f"x{count}", "twice") for control, count in lines.items() if count > 1]
    strange = [_lack(control, "2013" if _OLD.fullmatch(control) else "?") for control in lines if control not in ANNEX_A]
    silent = [_lack(entry.control, lack) for entry in entries for lack in _lacks(entry)]
    return Fact(f"{application.path}.soa_gaps", (*absent, *twice, *strange, *silent, *open_end), Origin.DERIVED, because=(said,))


def _lack(control: str, word: str, kind: str = "") -> Worded:
    """One gap: the word that machines read, with what a message says for it."""
    said = _LACKS[kind or word]
    return Worded.of(f"{control}: {word}", Text(f"{control} {said.en}", f"{control} {said.fr}"))


def _lacks(entry: SoaEntry) -> Iterator[str]:
    if entry.applicable is None:
        yield "applicable?"
    elif not entry.justification:
        yield "justification?"
    elif entry.applicable and not entry.status:
        yield "status?"


def _contradictions(world: World, application: Subject) -> Fact:
    """The controls excluded that the description shows to apply, each with the first fact that shows it."""
    entries, path = _entries(world), f"{application.path}.soa_contradictions"
    said = application.fact(_PATH)
    if entries is None:
        return _unread(path, said, "document" if said.value is UNKNOWN else "exclusions")
    excluded = dict.fromkeys(entry.control for entry in entries if entry.applicable is False)
    shown = ((control, next(ground(world), None)) for control in excluded for ground in _SHOWN.get(control, ()))
    found = {control: fact for control, fact in shown if fact is not None}
    items = tuple(Fact(path, control, Origin.DERIVED, because=(fact,)) for control, fact in found.items())
    return Fact(path, items, Origin.DERIVED, because=(said, *found.values()))


def _unread(path: str, said: Fact, field: str) -> Fact:
    return unknown(path, f"{_PATH}.{field}", because=(said,), doubt=_NOT_READ if field == "document" and said.known else None)


def _entries(world: World) -> tuple[SoaEntry, ...] | None:
    """The lines of the file that was read, else the exclusions that are declared; None where there is neither."""
    if world.statement is not None:
        return world.statement.entries
    listed = world.subjects("application")[0].fact(f"{_PATH}.exclusions").value
    if not isinstance(listed, tuple):
        return None
    return tuple(_excluded(item) for item in listed if isinstance(item, Part))


def _excluded(item: Part) -> SoaEntry:
    why = item.fact("justification").value
    return SoaEntry(control_name(str(item.fact("control").value)), False, why if isinstance(why, str) else "")


def _stated(kind: SubjectKind, *names: str) -> Grounds:
    """Facts that are there and not empty, on any subject of a kind."""

    def ground(world: World) -> Iterator[Fact]:
        for subject in world.subjects(kind):
            yield from (fact for name in names if _there(fact := subject.fact(name)))

    return ground


def _there(fact: Fact) -> bool:
    return fact.value is not UNKNOWN and fact.value is not False and fact.value != () and not fact.recalled


def _suppliers(world: World) -> Iterator[Fact]:
    yield from (host.fact("provider") for host in world.subjects("host") if provider_of(world, host) not in ("", operator(world)))


def _clouds(world: World) -> Iterator[Fact]:
    services = (host.fact("service") for host in world.subjects("host"))
    yield from (fact for fact in services if isinstance(fact.value, str) and fact.value not in _NO_CLOUD)


def _own_sites(world: World) -> Iterator[Fact]:
    for host in world.subjects("host"):
        service, health = host.fact("service"), host.fact("handles_health_data")
        if service.value == "on-premises" and health.value is True:
            yield service


def _distant(world: World) -> Iterator[Fact]:
    yield from _stated("component", "access.bastion", "access.vpn")(world)
    yield from _stated("host", "remote_access")(world)


def _persons(world: World) -> Iterator[Fact]:
    yield from (fact for datum in world.subjects("data") if (fact := datum.fact("is_personal")).value is True and not fact.recalled)


def _environments(world: World) -> list[Part]:
    section = world.subjects("application")[0].fact("environments").value
    return [item for item in section if isinstance(item, Part)] if isinstance(section, tuple) else []


def _several(world: World) -> Iterator[Fact]:
    found = _environments(world)
    yield from (item.fact("id") for item in found[1:2])


def _others(world: World) -> Iterator[Fact]:
    yield from (item.fact("id") for item in _environments(world) if _apart(item))


def _other_data(world: World) -> Iterator[Fact]:
    yield from (fact for item in _environments(world) if _apart(item) and _there(fact := item.fact("data")))


def _apart(environment: Part) -> bool:
    """Whether it is no production by its name; what takes over from production is production."""
    return _PRODUCTION.fullmatch(str(environment.fact("id").value)) is None


def _source_hosts(world: World) -> Iterator[Fact]:
    yield from _stated("application", "governance.source_code")(world)
    yield from (fact for host in world.subjects("host") if (fact := host.fact("service")).value == "source-code")


_SHOWN: dict[str, tuple[Grounds, ...]] = {
    "A.5.19": (_suppliers,),
    "A.5.20": (_suppliers,),
    "A.5.21": (_stated("component", "product"), _stated("host", "subcontractors")),
    "A.5.14": (_stated("flow", "data"),),
    "A.5.22": (_suppliers,),
    "A.5.23": (_clouds,),
    "A.5.30": (_stated("application", "rto", "rpo"),),
    "A.5.34": (_persons,),
    "A.6.7": (_distant,),
    **{f"A.7.{number}": (_own_sites,) for number in range(1, 15)},
    "A.7.10": (_own_sites, _stated("application", "governance.removable_media")),
    **dict.fromkeys(("A.8.4", "A.8.25", "A.8.26", "A.8.27", "A.8.28", "A.8.29"), (_source_hosts,)),
    "A.8.2": (_stated("component", "administrators"),),
    "A.8.5": (_stated("component", "authentication"),),
    "A.8.8": (_stated("component", "product"),),
    "A.8.15": (_stated("component", "logging"), _stated("application", "logging")),
    "A.8.20": (_stated("flow", "transport"),),
    "A.8.21": (_stated("flow", "transport"),),
    "A.8.10": (_stated("data", "retention"),),
    "A.8.11": (_others,),
    "A.8.13": (_stated("component", "stores"),),
    "A.8.24": (_stated("component", "encryption"), _stated("key", "id")),
    "A.8.30": (_stated("application", "governance.development.outsourced"),),
    "A.8.31": (_several,),
    "A.8.33": (_other_data,),
}

DERIVATIONS = {
    ("application", "soa_gaps"): _gaps,
    ("application", "soa_contradictions"): _contradictions,
}
