"""How components are run: in which environment and zone, by whom, who watches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived, unknown
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import every, some, undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.flows import end_of
from hds_audit.resolve.graph import Accessor, accessors, administrators, ends, hosts, operator, organisation_id
from hds_audit.resolve.holdings import components
from hds_audit.resolve.performers import is_subcontractor, provider_of
from hds_audit.resolve.sign_in import several_factors
from hds_audit.resolve.things import Part, Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

_STRANGERS = Text(
    "somebody named as administering it is neither the operator, nor a controller, nor under a contract described here",
    "une organisation nommée comme administrateur n'est ni l'exploitant, ni un responsable, ni sous un contrat décrit ici",
)


def _environment_data(world: World, component: Subject) -> Fact:
    """The kind of data that its environment holds."""
    path, said = f"{component.path}.environment_data", component.fact("environment")
    if not isinstance(said.value, str):
        return undecided(path, [said], said.path)
    section = world.description.root.values.get("environments")
    found = section.get(said.value) if isinstance(section, dict) else None
    if not isinstance(found, Record):
        return undecided(path, [said], f"environments.{said.value}.data")
    data = Part(world, found).fact("data")
    return derived(path, data.value, said, data) if data.known else undecided(path, [data], data.path)


def _faces_public(world: World, component: Subject) -> Fact:
    """Reached from the internet: as declared, by a public address, or by a flow from people or an open network."""
    path, said = f"{component.path}.faces_public", component.fact("internet_exposed")
    if said.value is True:
        return derived(path, True, said)
    if component.id in world.once("public components", _public):
        return derived(path, True, component.fact("id"))
    reaching = [flow for flow in ends(world).ending.get(component.id, ()) if end_of(world, flow, "from").open]
    if reaching:
        return derived(path, True, reaching[0].fact("from"))
    return derived(path, False, said) if said.value is False else undecided(path, [said], said.path)


def _public(world: World) -> frozenset[str]:
    return frozenset(str(record.values.get("component", "")) for record in world.description.listed("endpoints"))


def _zone_faces_public(world: World, component: Subject) -> Fact:
    """Whether something in its zone, itself included, is reached from the internet."""
    path, zone = f"{component.path}.zone_faces_public", component.fact("zone")
    if not isinstance(zone.value, str):
        return undecided(path, [zone], zone.path)
    answer = world.once(("zone faces public", zone.value), lambda _: _zone_answer(_in_zone(world, str(zone.value))))
    return answer if answer.path == path else derived(path, answer.value, zone, answer)


def _zone_answer(members: tuple[Subject, ...]) -> Fact:
    """One answer for a whole zone, under the path of its first member; the others rest on it."""
    return some(f"{members[0].path}.zone_faces_public", [each.fact("faces_public") for each in members])


def _in_zone(world: World, zone: str) -> tuple[Subject, ...]:
    return world.once("components by zone", _by_zone).get(zone, ())


def _by_zone(world: World) -> dict[str, tuple[Subject, ...]]:
    found: dict[str, list[Subject]] = {}
    for component in world.subjects("component"):
        found.setdefault(str(component.record.values.get("zone", "")), []).append(component)
    return {zone: tuple(subjects) for zone, subjects in found.items()}


def _accessors(world: World, component: Subject) -> Fact:
    """Everyone named who administers it or reads its data; a list left out leaves this one open."""
    path = f"{component.path}.accessors"
    items = tuple(_accessor(world, component, each) for each in accessors(world, component))
    open_ends = tuple(
        unknown(fact.path, mark=fact.mark) for name in ("administrators", "readers") if _is_open(fact := component.fact(name))
    )
    return Fact(path, (*items, *open_ends), Origin.DERIVED)


def _is_open(fact: Fact) -> bool:
    return fact.value is UNKNOWN or fact.value is True


def _accessor(world: World, component: Subject, each: Accessor) -> Element:
    name, path = organisation_id(world, each.organisation), each.record.path
    served = [host.fact("contract_in_force") for host in hosts(world).values() if provider_of(world, host) == name]
    contract = some(f"{path}.under_contract", served) if served else derived(f"{path}.under_contract", False, each.fact)
    own = name == _operator(world)
    said = {"id": name, "organisation": name, "reads_only": each.reads_only, "operator": own, "component": component.id}
    facts = {key: Fact(f"{path}.{key}", value, Origin.DERIVED, because=(each.fact,)) for key, value in said.items()}
    countries = Part(world, each.record).fact("from")
    under = derived(f"{path}.under_contract", True, each.fact) if own else contract
    return Element(path, {**facts, "from": countries, "under_contract": under._replace(path=f"{path}.under_contract")})


def _operator(world: World) -> str:
    return str(world.subjects("application")[0].fact("operator").value)


def _logs_apart(world: World, component: Subject) -> Fact:
    """Whether who administers the store of its logs does not administer it."""
    path, said = f"{component.path}.logs_administered_apart", component.fact("logging.store")
    store = components(world).get(str(said.value)) if isinstance(said.value, str) else None
    if store is None:
        return undecided(path, [said], said.path)
    own, theirs = component.fact("administrators"), store.fact("administrators")
    if _is_open(own) or _is_open(theirs):
        return undecided(path, [fact for fact in (own, theirs) if _is_open(fact)], *(fact.path for fact in (own, theirs) if _is_open(fact)))
    shared = administrators(world, component) & administrators(world, store)
    return derived(path, not shared, own, theirs)


def _strong_sign_in(_: World, component: Subject) -> Fact:
    """Whether each public signs in with several factors."""
    path, said = f"{component.path}.strong_sign_in", component.fact("authentication")
    if not isinstance(said.value, tuple) or not said.value:
        return (
            undecided(path, [said], said.path)
            if not isinstance(said.value, tuple) and said.value is not False
            else derived(path, False, said)
        )
    publics = [item for item in said.value if isinstance(item, Part)]
    return every(path, [several_factors(item.fact("mfa").path, item.fact("mfa"), item.fact("means")) for item in publics])


def _administrators_bound(world: World, component: Subject) -> Fact:
    """Whether each of those who administer it is the operator, a controller, or somebody whose contract is described or rests on one."""
    path, said = f"{component.path}.administrators_bound", component.fact("administrators")
    if said.value is UNKNOWN or said.value is True:
        return undecided(path, [said], said.path)
    strangers = sorted(name for name in administrators(world, component) if name not in _bound(world) and not _rests_on(world, name))
    return undecided(path, [said], "hosts", doubt=_STRANGERS) if strangers else derived(path, True, said)


def _bound(world: World) -> frozenset[str]:
    """The operator, the controllers and those under contract."""
    return world.once("operator, controllers, providers", _of_contracts)


def _of_contracts(world: World) -> frozenset[str]:
    named = [datum.fact("controller").value for datum in world.subjects("data")]
    controllers = (organisation_id(world, str(item)) for value in named if isinstance(value, tuple) for item in value)
    return frozenset((operator(world), *controllers, *(provider_of(world, host) for host in hosts(world).values())))


def _rests_on(world: World, name: str) -> bool:
    return any(is_subcontractor(world, host, name) for host in hosts(world).values())


def _crosses_environments(world: World, flow: Subject) -> Fact:
    """Whether it goes from one environment to another."""
    path = f"{flow.path}.crosses_environments"
    start, finish = (
        end.component.fact("environment") if end.component else None for end in (end_of(world, flow, "from"), end_of(world, flow, "to"))
    )
    if start is None or finish is None:
        return derived(path, False, flow.fact("from"), flow.fact("to"))
    if not start.known or not finish.known:
        return undecided(path, [fact for fact in (start, finish) if not fact.known])
    return derived(path, start.value != finish.value, start, finish)


DERIVATIONS = {
    ("component", "administrators_bound"): _administrators_bound,
    ("component", "environment_data"): _environment_data,
    ("component", "faces_public"): _faces_public,
    ("component", "zone_faces_public"): _zone_faces_public,
    ("component", "accessors"): _accessors,
    ("component", "logs_administered_apart"): _logs_apart,
    ("component", "strong_sign_in"): _strong_sign_in,
    ("flow", "crosses_environments"): _crosses_environments,
}
