"""For whom a host keeps health data: its own controller keeps them for itself, and needs no certificate for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hds_audit.model.fact import UNKNOWN, Fact, derived, unknown
from hds_audit.model.format.words import ACTIVITIES
from hds_audit.model.text import Text
from hds_audit.resolve.connectives import every, opposite, some, undecided
from hds_audit.resolve.graph import components_on, operator, organisation_id
from hds_audit.resolve.holdings import holding, merged
from hds_audit.resolve.performers import Share, administered_by, by_convention, provider_of, shares
from hds_audit.resolve.scope import datum, which
from hds_audit.resolve.things import Subject

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

CONTROLLING = ("controller", "joint-controller")
_SHARED = Text(
    "it shares the control of these data: hosting them for the other controllers is argued",
    "elle partage la responsabilité de ces données : l'hébergement pour les autres responsables est discuté",
)
_DENIED = Text(
    "it is said to act as a controller here, which the controller declared for these data does not bear out",
    "elle est dite agir ici en responsable de traitement, ce que le responsable indiqué pour ces données ne confirme pas",
)
_ANOTHERS_MACHINES = Text(
    "the controller is said to run this itself, on the machines or with the services of another: describe those as a host of their own",
    "le responsable est dit exploiter lui-même, avec les machines ou services d'un autre : décrivez-les comme un hébergeur à part",
)


def data_in_scope(world: World, host: str) -> tuple[str, ...]:
    """The data in the scope of HDS, or perhaps in it, that are stored, copied or processed on a host."""
    return world.once(("in scope on", host), lambda _: _data_in_scope(world, host))


def _data_in_scope(world: World, host: str) -> tuple[str, ...]:
    held = merged([holding(world, component.id, "stores", "processes") for component in components_on(world, host)])
    return which(world, "hds_scope", held)


def exemption(world: World, host: Subject, performer: str) -> Fact:
    """Whether a performer is the controller of every datum in scope on a host (CSP L.1111-8 binds who hosts for others)."""
    path = f"{host.path}.exempt"
    data = data_in_scope(world, host.id)
    found = every(path, [_controls_in_scope(world, name, performer) for name in data]) if data else derived(path, False)
    acts = host.fact("acts_as")
    if found.value is not False or acts.value not in CONTROLLING or performer != provider_of(world, host):
        return found
    asked = (acts.path, *(f"data.{name}.controller" for name in data))
    return undecided(path, [acts, found], *asked, doubt=_DENIED)  # two words about one thing: neither decides alone


def _controls_in_scope(world: World, name: str, performer: str) -> Fact:
    """Whether it controls a datum; another's leaves that open where it is not known to be in the scope at all."""
    found, scope = _controls(world, name, performer), datum(world, name, "hds_scope")
    return undecided(found.path, [scope]) if found.value is False and scope.value is UNKNOWN else found


def _controls(world: World, name: str, performer: str) -> Fact:
    said, path = datum(world, name, "controller"), f"data.{name}.controller"
    if not isinstance(said.value, tuple):
        # who sells hosting is not taken for the controller because a description is silent
        own = performer == operator(world) or world.catalogue.organisation(performer) is None
        return unknown(path, because=(said,), mark=said.mark) if own and said.value is UNKNOWN else derived(path, False, said)
    controllers = {organisation_id(world, str(item)) for item in said.value}
    if performer in controllers and len(controllers) > 1:
        return unknown(path, because=(said,), doubt=_SHARED, mark=said.mark)
    return derived(path, controllers == {performer}, said)


def _self_hosted(world: World, host: Subject) -> Fact:
    """Whether its provider keeps only its own data here."""
    return every(f"{host.path}.self_hosted", [exemption(world, host, provider_of(world, host))])


def _is_processor(world: World, host: Subject) -> Fact:
    """Whether it acts on behalf of others; a joint controller does not."""
    said, path = host.fact("acts_as"), f"{host.path}.is_processor"
    return every(path, [said]) if said.value is UNKNOWN else derived(path, said.value == "processor", said)


def _is_hosting(world: World, host: Subject) -> Fact:
    """Whether it hosts health data for others: it keeps some in scope, is not their controller, nor leaves all of it to who is."""
    own, left = host.fact("self_hosted"), _left_to_controllers(world, host)
    if own.value is True and (another := _anothers_machines(world, host)):
        return another
    parts = [host.fact("handles_hds_data"), opposite(f"{host.path}.self_hosted", own), opposite(left.path, left)]
    return every(f"{host.path}.is_hosting", parts)


def _anothers_machines(world: World, host: Subject) -> Fact | None:
    """What a controller is said to run itself, where another performs an activity of CSP R.1111-9 or may: it hosts, and is no host here."""
    path, provider = f"{host.path}.is_hosting", provider_of(world, host)
    found = [share for activity in ACTIVITIES for share in shares(world, host, activity) if share.via is None]
    others = [share.fact for share in found if share.by and share.by != provider and exemption(world, host, share.by).value is False]
    rests = host.fact("subcontractors")
    if isinstance(rests.value, tuple) and rests.value and any(by_convention(share) for share in found):
        others.append(rests)
    return unknown(path, "hosts", because=tuple(others), doubt=_ANOTHERS_MACHINES) if others else None


def _left_to_controllers(world: World, host: Subject) -> Fact:
    """Whether whoever performs the six activities here performs them for itself: its provider then hosts nothing."""
    path, performed = f"{host.path}.responsibilities", [share for activity in ACTIVITIES for share in shares(world, host, activity)]
    exempt = [_exempt(world, host, share) for share in performed]
    return every(path, exempt) if any(fact.value is True for fact in exempt) else derived(path, False)


def _exempt(world: World, host: Subject, share: Share) -> Fact:
    if not share.by:
        return undecided(share.fact.path, [share.fact], *share.missing)
    found = exemption(world, host, share.by)
    return derived(share.fact.path, True, share.fact, found) if found.value is True else found


def _run_by_operator(world: World, host: Subject) -> Fact:
    """Whether the operator of the application provides it itself; who operates it left out, another is taken to."""
    path, provider = f"{host.path}.run_by_operator", provider_of(world, host)
    return derived(path, bool(provider) and provider == operator(world), host.fact("provider"))


def _needs_hds_contract(world: World, host: Subject) -> Fact:
    """Whether a contract with the clauses of CSP R.1111-11 is due with it: it hosts or administers, and is not the operator itself."""
    path, own = f"{host.path}.needs_hds_contract", host.fact("run_by_operator")
    return every(path, [host.fact("bound_by_hds"), opposite(own.path, own)])


def _bound_by_hds(world: World, host: Subject) -> Fact:
    """Whether it exercises an activity of CSP R.1111-9 for others: it hosts, or administers under a contract of managed services."""
    path = f"{host.path}.bound_by_hds"
    return some(path, [host.fact("is_hosting"), *_administers(world, host, path)])


def _administers(world: World, contract: Subject, path: str) -> tuple[Fact, ...]:
    """What a contract of managed services administers for others where health data lie: an activity of CSP R.1111-9 of its own."""
    service = contract.fact("service")
    if service.value not in ("managed-services", UNKNOWN) or (service.value is UNKNOWN and components_on(world, contract.id)):
        return ()
    name = provider_of(world, contract)
    served = [host for host in administered_by(world, name) if provider_of(world, host) != name]
    found = [every(path, [host.fact("handles_hds_data"), opposite(path, exemption(world, host, name))]) for host in served]
    return tuple(undecided(path, [service, fact], service.path) if service.value is UNKNOWN and fact.value else fact for fact in found)


def _administered_for_controller(world: World, host: Subject) -> Fact:
    """Whether someone administers, under a contract of its own, what the controller keeps on machines of its own.

    Whoever runs the information system of another performs an activity of CSP R.1111-9, wherever the machines are.
    """
    path, hosting, kept = f"{host.path}.administered_for_controller", host.fact("is_hosting"), host.fact("handles_hds_data")
    coming = [share for share in shares(world, host, "administration") if share.via is not None]
    foreign = [opposite(path, exemption(world, host, share.by)) for share in coming]
    return every(path, [some(path, foreign), kept, opposite(path, hosting)]) if coming else derived(path, False)


def _keeps_for_others(world: World, application: Subject) -> Fact:
    """Whether the operator keeps records whose controller is another: practices, professionals, customers."""
    path = "application.publisher_of_others_records"
    return some(path, [_anothers(world, subject) for subject in world.subjects("data")])


def _anothers(world: World, subject: Subject) -> Fact:
    path, scope, said = f"{subject.path}.controller", subject.fact("hds_scope"), subject.fact("controller")
    if not isinstance(said.value, tuple) or not said.value:
        others = unknown(path, mark=subject.record.mark)
    else:
        names = {organisation_id(world, str(item)) for item in said.value}
        others = derived(path, bool(names - {operator(world), "patients"}), said)
    return every(path, [scope, others])


DERIVATIONS = {
    ("host", "self_hosted"): _self_hosted,
    ("host", "is_processor"): _is_processor,
    ("host", "is_hosting"): _is_hosting,
    ("host", "run_by_operator"): _run_by_operator,
    ("host", "bound_by_hds"): _bound_by_hds,
    ("host", "needs_hds_contract"): _needs_hds_contract,
    ("host", "administered_for_controller"): _administered_for_controller,
    ("application", "publisher_of_others_records"): _keeps_for_others,
}
