"""Custody: who can use each key, by which fact, and how far the key protects what it covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import Custody
from hds_audit.model.format.words import HOLDER_WORDS
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve import custody_words as words
from hds_audit.resolve.exposure_access import provider_of, records, runs
from hds_audit.resolve.exposure_links import links
from hds_audit.resolve.graph import organisation_id
from hds_audit.resolve.organisations import called

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

TRANSPARENT = frozenset({"volume", "storage-service", "database"})


class KeyUser(NamedTuple):
    """An organisation that can use a key, and the fact that says so; or may use it, until what is `missing` is declared."""

    organisation: str
    why: Text
    mark: int
    missing: tuple[str, ...] = ()


class KeyUse(NamedTuple):
    """Who can use a key and who may; `missing` is what to declare before anybody else is known not to."""

    users: Mapping[str, KeyUser]
    doubtful: Mapping[str, KeyUser]
    missing: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Everything to declare before custody is plain."""
        return tuple(dict.fromkeys((*self.missing, *(path for user in self.doubtful.values() for path in user.missing))))


class LayerUse(NamedTuple):
    """A layer that a key opens: over what a component stores."""

    component: Record
    layer: Record


class Grade(NamedTuple):
    """How far a key protects, 1 to 4, or what is missing to tell."""

    value: int | None
    sentence: Text
    missing: tuple[str, ...] = ()


def custody(world: World) -> tuple[Custody, ...]:
    """Every key in the order of the description."""
    return world.once("custody", lambda _: tuple(_custody(world, key) for key in records(world, "keys")))


def _custody(world: World, key: str) -> Custody:
    use, found = key_use(world, key), grade(world, key)
    users = tuple((user.organisation, user.why, user.mark) for user in use.users.values())
    return Custody(key, users, found.value, found.sentence, tuple(dict.fromkeys((*use.asked, *found.missing))))


def key_use(world: World, key: str) -> KeyUse:
    """Who can use a key: its holders, the provider that manages it, whoever runs the host it lies on."""
    return world.once(("key use", key), lambda _: _key_use(world, key))


def layer_uses(world: World) -> Mapping[str, tuple[LayerUse, ...]]:
    """The layers that each key opens over what components store."""
    return world.once("layers by key", _layer_uses)


def _layer_uses(world: World) -> Mapping[str, tuple[LayerUse, ...]]:
    found: dict[str, list[LayerUse]] = {}
    for component in records(world, "components").values():
        said = component.values.get("encryption")
        for layer in said if isinstance(said, tuple) else ():
            if isinstance(layer, Record) and isinstance(key := layer.values.get("key"), str):
                found.setdefault(key, []).append(LayerUse(component, layer))
    return {key: tuple(uses) for key, uses in found.items()}


def _key_use(world: World, key: str) -> KeyUse:
    record = records(world, "keys").get(key)
    if record is None:
        return KeyUse({}, {}, (f"keys.{key}",))
    parts = [*_holders(world, record), *_managers(world, record), *_runners(world, record)]
    users, doubtful = dict[str, KeyUser](), dict[str, KeyUser]()
    for part in parts:
        if isinstance(part, KeyUser):
            (doubtful if part.missing else users).setdefault(part.organisation, part)
    missing = dict.fromkeys(part for part in parts if isinstance(part, str))
    return KeyUse(users, {name: user for name, user in doubtful.items() if name not in users}, tuple(missing))


def _holders(world: World, key: Record) -> Iterator[KeyUser | str]:
    said = key.values.get("held_by")
    if said is None or said is True:
        yield f"{key.path}.held_by"
    for name in said if isinstance(said, tuple) else ():
        if name not in HOLDER_WORDS:
            yield KeyUser(organisation_id(world, str(name)), words.HOLDS, key.marks["held_by"])


def _managers(world: World, key: Record) -> Iterator[KeyUser | str]:
    """`managed_by: provider` is the provider of the host that the key lies on."""
    if key.values.get("managed_by") != "provider":
        return
    hosts = _lies_on(world, key)
    if not hosts:
        yield f"{key.path}.host"
    for host in hosts:
        provider = provider_of(world, host)
        yield KeyUser(provider, words.MANAGES, key.marks["managed_by"]) if provider else f"hosts.{host}.provider"


def _runners(world: World, key: Record) -> Iterator[KeyUser | str]:
    """Whoever runs the host it lies on, save a user's device and an HSM that the customer manages."""
    place, manager = key.values.get("place"), key.values.get("managed_by")
    if place == "device" or (place == "hsm" and manager == "customer"):
        return
    hosts = _lies_on(world, key)
    asked = (f"{key.path}.place",) if place is None else (f"{key.path}.managed_by",) if place == "hsm" and manager is None else ()
    if not hosts and not (place == "external-kms" and _held(key)):
        yield from asked or (f"{key.path}.host",)
    for host in hosts:
        if provider_of(world, host) is None:
            yield f"hosts.{host}.provider"
        mark = key.marks.get("host", key.mark)
        yield from (KeyUser(organisation, words.runs(host), mark, asked) for organisation in sorted(runs(world, host)))


def _held(key: Record) -> bool:
    """Whether an organisation is named as holder: an external service without a host is then that organisation's."""
    said = key.values.get("held_by")
    return isinstance(said, tuple) and any(name not in HOLDER_WORDS for name in said)


def _lies_on(world: World, key: Record) -> tuple[str, ...]:
    """The host that is named or, for the host's own key service, the hosts of the components that the key serves."""
    host = key.values.get("host")
    if isinstance(host, str):
        return (host,)
    if key.values.get("place") != "host-kms":
        return ()
    serving = (use.component.values.get("host") for use in layer_uses(world).get(key.id, ()))
    return tuple(dict.fromkeys(name for name in serving if isinstance(name, str)))


def store_runners(world: World, key: str) -> frozenset[str]:
    """Whoever runs a host of a component that the key serves."""
    return _running(world, layer_uses(world).get(key, ()))


def _running(world: World, uses: tuple[LayerUse, ...]) -> frozenset[str]:
    hosts = (use.component.values.get("host") for use in uses)
    return frozenset(name for host in hosts if isinstance(host, str) for name in runs(world, host))


def grade(world: World, key: str, component: str | None = None) -> Grade:
    """How far a key protects what a component stores; or, where none is named, the least of all places where it is used.

    Who hosts another component may well be able to use the key: that brings nobody nearer to what this one stores.
    """
    return world.once(("grade", key, component), lambda _: _grade(world, key, component))


def _grade(world: World, key: str, component: str | None) -> Grade:
    use = key_use(world, key)
    uses = tuple(each for each in layer_uses(world).get(key, ()) if component is None or each.component.id == component)
    if not uses:
        return Grade(None, words.UNUSED)
    inside = _running(world, uses).intersection(use.users)
    if inside:
        managed = any(use.users[name].why in (words.MANAGES, words.HOLDS) for name in inside)
        who = sorted(called(world, name) for name in inside)
        return Grade(1, words.provider_managed(who)) if managed else Grade(2, words.provider_usable(who))
    if use.asked:
        return Grade(None, words.UNKNOWN, use.asked)
    if reached := _reached(world, use):
        return Grade(2, words.reached(*reached))
    return min((_outside(world, each) for each in uses), key=lambda found: -1 if found.value is None else found.value)


def _reached(world: World, use: KeyUse) -> tuple[str, str] | None:
    """A custodian under an established law of a country that no adequacy decision covers."""
    for name in use.users:
        for link in links(world, name):
            adequate = world.catalogue.adequate(link.country, world.as_of) if link.country else None
            if link.law and link.certainty == "established" and not link.remembered and (adequate is None or adequate.answer != "yes"):
                return called(world, name), link.law
    return None


def _outside(world: World, use: LayerUse) -> Grade:
    """A key out of reach of the store's host: what counts is then where the data are in the clear."""
    layer, host = use.layer.values.get("layer"), use.component.values.get("host")
    if not isinstance(host, str):
        return Grade(None, words.UNKNOWN, (f"{use.component.path}.host",))
    if layer in TRANSPARENT:
        return Grade(3, words.HELD_OUTSIDE)
    if layer == "end-to-end":
        return Grade(4, words.NEVER_SEEN)
    by = use.layer.values.get("by")
    encrypting = records(world, "components").get(str(by)) if by else None
    if encrypting is None:
        return Grade(None, words.UNKNOWN, (f"{use.layer.path}.by",))
    elsewhere = encrypting.values.get("host")
    if not isinstance(elsewhere, str):
        return Grade(None, words.UNKNOWN, (f"{encrypting.path}.host",))
    shared = runs(world, elsewhere) & runs(world, host)
    return Grade(3, words.HELD_OUTSIDE) if shared else Grade(4, words.NEVER_SEEN)
