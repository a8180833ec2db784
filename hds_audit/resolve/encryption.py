"""Encryption of what is stored: whether it is there, over which data, with which cipher and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.fact import UNKNOWN, Fact, Origin, derived, unknown
from hds_audit.model.values import Day, Span
from hds_audit.resolve.ciphers import cipher, names_ecb
from hds_audit.resolve.connectives import computed, every, undecided
from hds_audit.resolve.element import Element
from hds_audit.resolve.flows import layer_covers
from hds_audit.resolve.graph import administrators, host_of, organisation_id
from hds_audit.resolve.holdings import components, holding
from hds_audit.resolve.scope import datum, which
from hds_audit.resolve.things import Part, Subject
from hds_audit.resolve.world import Derivation

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

LEVELS = ("volume", "storage-service", "database", "application", "end-to-end")
_BEYOND_HOST = frozenset({"application", "end-to-end"})
_HIDING = {"volume": 1, "storage-service": 1, "database": 1, "application": 2, "end-to-end": 3}


def layers_of(component: Subject) -> tuple[Part, ...]:
    """The layers that a component declares."""
    said = component.fact("encryption").value
    return tuple(item for item in said if isinstance(item, Part)) if isinstance(said, tuple) else ()


def covered(layer: Part, datum: str, levels: frozenset[str] = frozenset(LEVELS)) -> bool:
    """Whether a layer of one of these levels stands over a datum."""
    return any(layer_covers(layer, datum, level) for level in levels)


def _encrypted(quality: str, name: str, levels: frozenset[str] = frozenset(LEVELS)) -> Derivation:
    """Whether each datum stored that has a quality has a layer over it."""

    def derive(world: World, component: Subject) -> Fact:
        path, said, held = f"{component.path}.{name}", component.fact("encryption"), holding(world, component.id, "stores")
        if said.value is UNKNOWN:
            return undecided(path, [said], said.path)
        if said.value is True:
            return derived(path, True, said) if levels == frozenset(LEVELS) else undecided(path, [said], said.path)
        bare = [datum for datum in which(world, quality, held) if not any(covered(layer, datum, levels) for layer in layers_of(component))]
        if bare and (open_layer := _open_layer(component, levels)):
            return undecided(path, [open_layer], open_layer.path)
        if bare:
            return _some_bare(world, path, quality, bare, said)
        whole = any("data" not in layer.record.values and covered(layer, "", levels) for layer in layers_of(component))
        return undecided(path, [said], *held.missing) if held.missing and not whole else derived(path, True, said)

    return derive


def _open_layer(component: Subject, levels: frozenset[str]) -> Fact | None:
    """The data of a layer that is said to be limited, without a word on what it covers."""
    found = (layer.fact("data") for layer in layers_of(component) if layer.record.values.get("layer") in levels)
    return next((fact for fact in found if fact.value is True), None)


def _some_bare(world: World, path: str, quality: str, bare: list[str], said: Fact) -> Fact:
    """Bare for sure only where the datum has the quality for sure."""
    facts = [subject.fact(quality) for name in bare if (subject := world.subject("data", name))]
    sure = next((fact for fact in facts if fact.value is True), None)
    return derived(path, False, said, sure) if sure else undecided(path, [fact for fact in facts if fact.value is UNKNOWN])


def _bare(quality: str, name: str) -> Derivation:
    """The data stored that have a quality, or perhaps have it, and that no layer covers."""

    def derive(world: World, component: Subject) -> Fact:
        path, said, held = f"{component.path}.{name}", component.fact("encryption"), holding(world, component.id, "stores")
        if said.value is UNKNOWN or said.value is True:
            return undecided(path, [said], said.path)
        if open_layer := _open_layer(component, frozenset(LEVELS)):
            return undecided(path, [open_layer], open_layer.path)
        bare = [datum for datum in which(world, quality, held) if not any(covered(layer, datum) for layer in layers_of(component))]
        return derived(path, (*bare, *(unknown(missing) for missing in held.missing)), said)

    return derive


def _layers(world: World, component: Subject) -> Fact:
    """Each layer with its cipher and its key; the list is as open as the declaration."""
    said, path = component.fact("encryption"), f"{component.path}.layers"
    if said.value is UNKNOWN or said.value is True:
        return undecided(path, [said], said.path)
    return derived(path, tuple(_layer(component, layer) for layer in layers_of(component)), said)


def _layer(component: Subject, layer: Part) -> Element:
    said, key = layer.fact("algorithm"), layer.fact("key")
    level = layer.fact("layer")
    hidden = derived(f"{layer.path}.hides_from_host", level.value in _BEYOND_HOST, level)
    whole = computed(layer.path, f"{level.value} ({said.value if said.known else '?'})")
    named = {"id": whole, "layer": level, "algorithm": said, "key": key, "data": layer.fact("data"), "by": layer.fact("by")}
    return Element(
        layer.path, {**named, **_strength(layer.path, said), "hides_from_host": hidden, "component": computed(component.path, component.id)}
    )


def _strength(path: str, said: Fact) -> dict[str, Fact]:
    """The cipher, the bits of its key and of its block, whether it is used in ECB mode, as facts; a stream cipher has no block."""
    read = cipher(str(said.value)) if said.known else None
    if read is None or read.name is None:
        return {name: undecided(f"{path}.{name}", [said], said.path) for name in ("cipher", "key_bits", "block_bits", "names_ecb")}
    bits = derived(f"{path}.key_bits", read.key_bits, said) if read.key_bits else unknown(f"{path}.key_bits", said.path, because=(said,))
    blocks = derived(f"{path}.block_bits", read.block_bits or False, said)
    leaks = derived(f"{path}.names_ecb", names_ecb(str(said.value)), said)
    return {"cipher": derived(f"{path}.cipher", read.name, said), "key_bits": bits, "block_bits": blocks, "names_ecb": leaks}


def _key_strength(name: str) -> Derivation:
    """From the key's own algorithm or, failing that, that of a layer which it opens."""

    def derive(world: World, key: Subject) -> Fact:
        own = key.fact("algorithm")
        layers = [
            layer for component in _opened_by(world, key.id) for layer in layers_of(component) if layer.record.values.get("key") == key.id
        ]
        said = own if own.known else next((fact for layer in layers if (fact := layer.fact("algorithm")).known), own)
        return _strength(key.path, said)[name]

    return derive


def _rotation_overdue(world: World, key: Subject) -> Fact:
    """Whether the time after which the key is to be changed has passed."""
    path, every_, last = f"{key.path}.rotation_overdue", key.fact("rotation"), key.fact("rotated")
    if every_.value is False:
        return derived(path, True, every_)
    if not isinstance(every_.value, Span) or not isinstance(last.value, Day):
        return undecided(path, [fact for fact in (every_, last) if not isinstance(fact.value, Span | Day)])
    days = (world.as_of - last.value.last).days
    return derived(path, days * 86_400 > every_.value.seconds, every_, last)


def _protects(world: World, key: Subject) -> Fact:
    """The components with a layer that this key opens."""
    return Fact(f"{key.path}.protects", _opened_by(world, key.id), Origin.DERIVED)


def _opened_by(world: World, key: str) -> tuple[Subject, ...]:
    return world.once("components by key", _by_key).get(key, ())


def _by_key(world: World) -> dict[str, tuple[Subject, ...]]:
    found: dict[str, dict[str, Subject]] = {}
    for component in world.subjects("component"):
        for layer in layers_of(component):
            found.setdefault(str(layer.record.values.get("key", "")), {})[component.id] = component
    return {key: tuple(subjects.values()) for key, subjects in found.items()}


def _keys_apart(world: World, component: Subject) -> Fact:
    """Whether none of its keys lies on the host where the component itself does."""
    path, host = f"{component.path}.keys_apart", host_of(world, component)
    layers = [layer for layer in layers_of(component) if layer.fact("key").known]
    if host is None or not layers:
        asked = () if layers else (f"{component.path}.encryption",)
        return undecided(path, [component.fact("host")] if host is None else [component.fact("encryption")], *asked)
    return every(path, [_apart(layer, host) for layer in layers])


def _apart(layer: Part, host: Subject) -> Fact:
    path, place, lies = f"{layer.path}.key", layer.fact("key.place"), layer.fact("key.host")
    if place.value in ("device", "external-kms") or (lies.known and lies.value != host.id):
        return derived(path, True, lies if lies.known else place)
    if lies.known or place.value == "host-kms":
        return derived(path, False, lies if lies.known else place)
    return undecided(path, [lies, place])


def _holders_apart(world: World, component: Subject) -> Fact:
    """Whether nobody who administers the component holds a key that opens what it stores."""
    path, said = f"{component.path}.key_holders_apart", component.fact("administrators")
    layers = [layer for layer in layers_of(component) if layer.fact("key").known]
    if not said.known or said.value is True:
        return undecided(path, [said], said.path)
    mine = administrators(world, component)
    return (
        every(path, [_not_held(world, layer, mine) for layer in layers])
        if layers
        else undecided(path, [component.fact("encryption")], component.fact("encryption").path)
    )


def _not_held(world: World, layer: Part, named: frozenset[str]) -> Fact:
    path, held = f"{layer.path}.key", layer.fact("key.held_by")
    if not isinstance(held.value, tuple):
        return undecided(path, [held], held.path)
    return derived(path, not named & {organisation_id(world, str(name)) for name in held.value}, held)


def _like_source(world: World, copy: Subject) -> Fact:
    """Whether a copy has, over each personal datum of what it copies, a layer that hides it from as many."""
    path, copied = f"{copy.path}.protected_like_source", copy.record.values.get("copy_of")
    sources = [components(world)[str(name)] for name in copied if str(name) in components(world)] if isinstance(copied, tuple) else []
    if not sources:
        return undecided(path, [copy.fact("copy_of")], f"{copy.path}.copy_of")
    return every(path, [_no_weaker(world, path, source, copy) for source in sources])


def _no_weaker(world: World, path: str, source: Subject, copy: Subject) -> Fact:
    mine, theirs, held = copy.fact("encryption"), source.fact("encryption"), holding(world, copy.id, "stores")
    kept = frozenset(holding(world, source.id, "stores").data)
    weaker, open_ends = list[str](), list[str]()
    for name in [name for name in which(world, "is_personal", held) if name in kept]:
        own, original = _hides(copy, name), _hides(source, name)
        if own.most < original.least:
            weaker.append(name)
        elif own.least < original.most:
            open_ends += [fact.path for fact, each in ((theirs, original), (mine, own)) if each.least < each.most]
    if weaker and (found := _some_bare(world, path, "is_personal", weaker, mine)).value is False:
        return derived(path, False, theirs, *found.because)
    if held.missing and _hides(copy, "").least < _hides(source, "").most:
        open_ends += held.missing
    if weaker or open_ends:
        return undecided(path, [datum(world, name, "is_personal") for name in weaker], *open_ends)
    return derived(path, True, theirs, mine)


class _Reach(NamedTuple):
    """How far what lies over a datum hides it: 0 from nobody, 1 from who takes the disks, 2 from the host, 3 from the application too."""

    least: int
    most: int


def _hides(component: Subject, name: str) -> _Reach:
    """The strongest layer over a datum; `encryption: true` is some layer, a layer over `data: true` is perhaps over this one."""
    said = component.fact("encryption").value
    if not isinstance(said, tuple):
        return _Reach(0, 0) if said is False else _Reach(1 if said is True else 0, 3)
    hiding = {layer.path: _HIDING[str(layer.record.values.get("layer"))] for layer in layers_of(component)}
    sure = [hiding[layer.path] for layer in layers_of(component) if covered(layer, name)]
    perhaps = [hiding[layer.path] for layer in layers_of(component) if layer.record.values.get("data") is True]
    return _Reach(max(sure, default=0), max([*sure, *perhaps], default=0))


DERIVATIONS = {
    ("component", "encrypted_at_rest"): _encrypted("is_personal", "encrypted_at_rest"),
    ("component", "health_encrypted_at_rest"): _encrypted("is_health_data", "health_encrypted_at_rest"),
    ("component", "hidden_from_host"): _encrypted("is_health_data", "hidden_from_host", _BEYOND_HOST),
    ("component", "bare_data"): _bare("is_personal", "bare_data"),
    ("component", "bare_health_data"): _bare("is_health_data", "bare_health_data"),
    ("component", "layers"): _layers,
    ("component", "keys_apart"): _keys_apart,
    ("component", "key_holders_apart"): _holders_apart,
    ("component", "protected_like_source"): _like_source,
    ("key", "cipher"): _key_strength("cipher"),
    ("key", "key_bits"): _key_strength("key_bits"),
    ("key", "block_bits"): _key_strength("block_bits"),
    ("key", "rotation_overdue"): _rotation_overdue,
    ("key", "protects"): _protects,
}
