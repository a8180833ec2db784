"""What each component stores (copies included), processes and relays, with what nobody has said of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from hds_audit.model.fact import Fact, Origin
from hds_audit.model.record import Record
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

Role = Literal["stores", "processes", "relays"]
ROLES: tuple[Role, ...] = ("stores", "processes", "relays")


class Holding(NamedTuple):
    """The data known to be held in one role; `missing` are the paths that would close the list, () where it is closed.

    `anonymous` is the claim that the environment holds anonymous data only, where no document backs it.
    """

    data: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    anonymous: Fact | None = None

    @property
    def known(self) -> tuple[str, ...] | None:
        """What is known of it, or None where nothing is."""
        return self.data if self.data or not self.missing else None


def components(world: "World") -> Mapping[str, Subject]:
    """Every component by its identifier, those outside the environment that the audit is narrowed to included."""
    return world.once("components by name", _components)


def _components(world: "World") -> Mapping[str, Subject]:
    audited = {subject.id: subject for subject in world.subjects("component")}
    section = world.description.section("components")
    return {key: audited.get(key) or Subject(world, record, "component", key) for key, record in section.items()}


def holding(world: "World", component: str, *roles: Role) -> Holding:
    """What a component holds in any of these roles together."""
    held = world.once("holdings", _holdings)
    if len(roles) == 1:
        return held[roles[0]].get(component) or Holding()
    return world.once(("holding", component, roles), lambda _: merged([held[role].get(component) or Holding() for role in roles]))


def merged(held: list[Holding]) -> Holding:
    """Several holdings as one."""
    return Holding(
        tuple(dict.fromkeys(name for each in held for name in each.data)),
        tuple(dict.fromkeys(path for each in held for path in each.missing)),
        tuple({id(fact): fact for each in held for fact in each.facts}.values()),
        next((each.anonymous for each in held if each.anonymous), None),
    )


def _holdings(world: "World") -> Mapping[Role, Mapping[str, Holding]]:
    """All of them, in one pass over the components and their copies."""
    everything, stores = components(world), _stores(world)
    unreal = {key: fact for key, subject in everything.items() if (fact := _environment(world, subject))}
    copies = {key: subject for key in unreal if _of_real(subject := everything[key], everything, unreal)}
    return {
        "stores": {
            key: _denied(copies[key], each) if key in copies else _in_environment(each, unreal.get(key)) for key, each in stores.items()
        },
        "processes": {key: _in_environment(_told(subject, "processes"), unreal.get(key)) for key, subject in everything.items()},
        "relays": {key: _in_environment(_told(subject, "relays"), unreal.get(key)) for key, subject in everything.items()},
    }


def _told(subject: Subject, role: Role) -> Holding:
    """What a component says itself: one of the three keys stated (or `copy_of`) closes those left out."""
    values = subject.record.values
    if role in values:
        return _listed(subject, role)
    stated = next((key for key in (*ROLES, "copy_of") if key in values), None)
    if stated is None:
        return Holding(missing=(f"{subject.path}.{role}",))
    return Holding(facts=(subject.fact(stated),))


def _listed(subject: Subject, role: Role) -> Holding:
    fact, value = subject.fact(role), subject.record.values[role]
    if value is True:
        return Holding(missing=(fact.path,), facts=(fact,))
    return Holding(tuple(str(item) for item in value) if isinstance(value, tuple) else (), facts=(fact,))


def _stores(world: "World") -> Mapping[str, Holding]:
    """What each component stores: a copy has the data of what it copies; without recursion, since chains may be long."""
    everything, found, opened = components(world), dict[str, Holding](), set[str]()
    for start in everything:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            sources = [] if name in found or name in opened else _sources(everything[name])
            opened.add(name)
            if pending := [source for source in sources if source in everything and source not in opened]:
                waiting.extend(pending)
                continue
            waiting.pop()
            if name not in found:
                found[name] = _stored(everything[name], found)
    return found


def _sources(subject: Subject) -> list[str]:
    """The components whose data a copy has, where it does not list them itself."""
    copied = subject.record.values.get("copy_of")
    return [str(item) for item in copied] if isinstance(copied, tuple) and "stores" not in subject.record.values else []


def _stored(subject: Subject, found: Mapping[str, Holding]) -> Holding:
    values = subject.record.values
    if "stores" in values or "copy_of" not in values:
        return _told(subject, "stores")
    fact = subject.fact("copy_of")
    if values["copy_of"] is True:
        return Holding(missing=(fact.path,), facts=(fact,))
    # a circle of copies says nothing of what is in it
    copied = [found.get(source) or Holding(missing=(f"{subject.path}.stores",)) for source in _sources(subject)]
    return merged([Holding(facts=(fact,)), *copied])


def _environment(world: "World", subject: Subject) -> Fact | None:
    """What its environment says of the data in it, where these are not real."""
    name, section = subject.record.values.get("environment"), world.description.root.values.get("environments")
    found = section.get(str(name)) if isinstance(section, dict) else None
    fact = Part(world, found).fact("data") if isinstance(found, Record) else None
    return fact if fact and fact.value in ("synthetic", "anonymous") else None


def _of_real(subject: Subject, everything: Mapping[str, Subject], unreal: Mapping[str, Fact]) -> bool:
    """Whether it copies, whole, something outside the environments without real data: it has what it copies."""
    return any(source in everything and source not in unreal for source in _sources(subject))


def _denied(subject: Subject, held: Holding) -> Holding:
    """A copy of real data in an environment said to have none: what it stores is asked."""
    return Holding(missing=(f"{subject.path}.stores",), facts=(*held.facts, subject.fact("environment")))


def emptied(world: "World", subject: Subject) -> bool:
    """Whether its environment leaves nobody's data in it."""
    return (fact := _environment(world, subject)) is not None and _empties(fact)


def _empties(fact: Fact) -> bool:
    return fact.value == "synthetic" or fact.origin is Origin.DOCUMENTED


def _in_environment(held: Holding, fact: Fact | None) -> Holding:
    """Synthetic data are nobody's; anonymous ones count as such once a document backs it."""
    if fact is None:
        return held
    if _empties(fact):
        return Holding(facts=(fact,))
    return held._replace(anonymous=fact)
