"""The application as a whole: what it handles, at what scale, for whom, and which sections describe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Confidence, Fact, Origin, derived, unknown
from hds_audit.model.format.whole import DESCRIPTION
from hds_audit.model.rule import SubjectKind
from hds_audit.model.text import Text
from hds_audit.model.values import Day
from hds_audit.resolve.connectives import computed, every, some, undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.graph import hosts, keepers
from hds_audit.resolve.things import Part, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

LARGE_SCALE = 10_000
_CONVENTION = Text(
    f"no text sets a number: from {LARGE_SCALE:,} persons on is a convention of ours",
    f"aucun texte ne fixe de nombre : le seuil de {LARGE_SCALE:_} personnes est notre convention".replace("_", " "),
)
_BIOMETRIC = Text(
    "biometric data need an exception of GDPR 9(2) where they serve to identify a person",
    "les données biométriques exigent une exception de l'article 9(2) du RGPD lorsqu'elles servent à identifier une personne",
)
_NOWHERE = Text(
    "data are declared that no component stores, processes or passes on: say where they lie, or leave out what stays on people's devices",
    "des données sont déclarées qu'aucun composant ne stocke, traite ni transmet : dites où elles se trouvent, ou retirez celles qui ne "
    "quittent pas l'appareil des personnes",
)
_QUALITY = {"handles_hds_data": "hds_scope", "handles_health_data": "is_health_data", "handles_personal_data": "is_personal"}


def _handles(name: str) -> Derivation:
    """Whether a component or a host has a quality."""

    def derive(world: World, _: Subject) -> Fact:
        path = f"application.{name}"
        if "components" not in world.description.root.values:
            return unknown(path, "components")
        parts = [*(component.fact(name) for component in world.subjects("component")), *(host.fact(name) for host in hosts(world).values())]
        fact = some(path, parts)
        if fact.value is False and (lost := _nowhere(world, _QUALITY[name])):
            return undecided(path, lost, "components", doubt=_NOWHERE)
        # where nothing has it, the data themselves are the ground: a thousand components are no better one
        return derived(path, False, *_scopes(world)) if fact.value is False else fact

    return derive


def _nowhere(world: World, quality: str) -> list[Fact]:
    """What is known of the data that no component stores, processes or passes on: somebody said that they exist."""
    index = keepers(world)
    kept = {name for held in index.of.values() for name in held}
    return [fact for datum in world.subjects("data") if datum.id not in kept and (fact := datum.fact(quality)).value is True]


def _scopes(world: World) -> tuple[Fact, ...]:
    return tuple(subject.fact("hds_scope") for subject in world.subjects("data"))


def _large_scale(_: World, application: Subject) -> Fact:
    """Whether the persons concerned are so many that GDPR 35 and 37 speak of a large scale."""
    path, said = "application.large_scale", application.fact("persons")
    if not isinstance(said.value, int) or isinstance(said.value, bool):
        return undecided(path, [said], said.path)
    return derived(path, said.value >= LARGE_SCALE, said)._replace(confidence=Confidence.MEDIUM, doubt=_CONVENTION)


def _large_scale_health(_: World, application: Subject) -> Fact:
    return every("application.large_scale_health", [application.fact("large_scale"), application.fact("handles_health_data")])


def _has_section(world: World, _: Subject) -> Fact:
    """A flag for each section: written, an empty one included."""
    written = world.description.root.values
    facts = {field.name: computed(f"application.has_section.{field.name}", field.name in written) for field in DESCRIPTION.fields}
    return Fact("application.has_section", Element("application.has_section", facts), Origin.DERIVED)


def _hosts(world: World, _: Subject) -> Fact:
    return Fact("application.all_hosts", tuple(hosts(world).values()), Origin.DERIVED)


def _every(kind: SubjectKind, name: str, section: str) -> Derivation:
    """Every subject of a kind; a section that is left out, or `true`, names none and says not that there is none."""

    def derive(world: World, _: Subject) -> Fact:
        if world.description.root.values.get(section, True) is True:
            return unknown(f"application.{name}", section)
        return Fact(f"application.{name}", world.subjects(kind), Origin.DERIVED)

    return derive


def _hosts_of_health(world: World, _: Subject) -> Fact:
    """The hosts that host health data for others, or may."""
    concerned = tuple(host for host in hosts(world).values() if host.fact("is_hosting").value is not False)
    return Fact("application.health_hosts", concerned, Origin.DERIVED)


def _uses_trackers(world: World, _: Subject) -> Fact:
    """Whether a flow of that day goes to an audience-measurement or advertising service."""
    path, said = "application.uses_trackers", world.description.root.values.get("flows")
    flows = [every(flow.path, [flow.fact("active"), flow.fact("tracker")]) for flow in world.subjects("flow")]
    silent = [unknown("flows")] if said is None else []
    return some(path, [*flows, *silent]) if flows or silent else computed(path, False)


def _assessed(world: World, datum: Subject) -> Fact:
    """Whether an impact assessment dated by that day covers a datum; what one covers that names no data is not known."""
    path, said = f"{datum.path}.assessed", world.subjects("application")[0].fact("governance.dpia")
    if not isinstance(said.value, tuple):
        if said.value is False:
            return derived(path, False, said)
        return undecided(path, [said], f"{said.path}.data" if said.value is True else said.path)
    entries = [item for item in said.value if isinstance(item, Part)]
    return some(path, [_covers(path, item, datum.id) for item in entries]) if entries else derived(path, False, said)


def _covers(path: str, item: Part, datum: str) -> Fact:
    named, done = item.fact("data"), item.fact("date")
    if named.value is False or (isinstance(named.value, tuple) and datum not in named.value):
        return derived(path, False, named)
    open_ = [*([] if isinstance(named.value, tuple) else [named]), *([] if isinstance(done.value, Day) else [done])]
    return undecided(path, open_, *(fact.path for fact in open_)) if open_ else derived(path, True, named, done)


def _all_assessed(world: World, _: Subject) -> Fact:
    """Whether every health datum is covered by an impact assessment."""
    path = "application.health_data_assessed"
    facts = [_if_health(subject) for subject in world.subjects("data")]
    return every(path, facts) if facts else unknown(path, "data")


def _if_health(datum: Subject) -> Fact:
    health, done = datum.fact("is_health_data"), datum.fact("assessed")
    if health.value is False or done.value is True:
        return derived(done.path, True, health if health.value is False else done)
    return undecided(done.path, [health, done]) if UNKNOWN in (health.value, done.value) else done


def _needs_article_9(_: World, datum: Subject) -> Fact:
    """Whether processing it needs one of the exceptions of GDPR 9(2): on health, genetic, or biometric where it identifies (9(1))."""
    path = f"{datum.path}.needs_article_9"
    special = some(path, [datum.fact("is_health"), *_of_special_category(path, datum.fact("categories"))])
    return every(path, [special, datum.fact("is_personal")])


def _of_special_category(path: str, categories: Fact) -> tuple[Fact, ...]:
    named = categories.value if isinstance(categories.value, tuple) else ()
    if "genetic" in named:
        return (derived(path, True, categories),)
    return (unknown(path, categories.path, because=(categories,), doubt=_BIOMETRIC),) if "biometric" in named else ()


DERIVATIONS = {
    ("application", "handles_hds_data"): _handles("handles_hds_data"),
    ("application", "handles_health_data"): _handles("handles_health_data"),
    ("application", "handles_personal_data"): _handles("handles_personal_data"),
    ("application", "large_scale"): _large_scale,
    ("application", "large_scale_health"): _large_scale_health,
    ("application", "has_section"): _has_section,
    ("application", "all_hosts"): _hosts,
    ("application", "all_components"): _every("component", "all_components", "components"),
    ("application", "all_flows"): _every("flow", "all_flows", "flows"),
    ("application", "all_data"): _every("data", "all_data", "data"),
    ("application", "health_hosts"): _hosts_of_health,
    ("application", "uses_trackers"): _uses_trackers,
    ("application", "health_data_assessed"): _all_assessed,
    ("data", "assessed"): _assessed,
    ("data", "needs_article_9"): _needs_article_9,
}
