"""Degrees: how much of a datum an organisation can read through the layers that lie over it.

A degree that depends on something nobody said is a pair of bounds. Layers in a stack take the lowest, several ways the highest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.exposure import Degree, Step
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.custody import TRANSPARENT, KeyUser, key_use
from hds_audit.resolve.exposure_access import Access, named_data, records, runs
from hds_audit.resolve.exposure_links import Link, linked, links
from hds_audit.resolve.organisations import called

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

NONE, CIPHERTEXT, IN_USE, KEY_HELD, CLEAR = range(5)
_NAMES: tuple[Degree, ...] = ("none", "ciphertext", "in-use", "key-held", "clear")


class Bounds(NamedTuple):
    """The least and the most that can be read, what to declare to bring them together, and the steps that show it.

    `after` are steps that follow the law: the custodian that it also reaches. `asked` could raise it, were it otherwise than remembered.
    """

    least: int
    most: int
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def degree(self) -> Degree:
        """The degree that is sure; where reading is possible for sure, what may be worse stays in `missing`."""
        return _NAMES[self.least] if self.least == self.most or self.least >= IN_USE else "unknown"

    @property
    def open_ends(self) -> tuple[str, ...]:
        """What to declare: nothing where the bounds meet and nothing is merely remembered."""
        return self.asked if self.least == self.most else tuple(dict.fromkeys((*self.missing, *self.asked)))


_BARE = Bounds(CLEAR, CLEAR)


class Stack(NamedTuple):
    """The layers over one copy of a datum; `unsaid` are the paths of those that nobody described."""

    layers: tuple[Record, ...] = ()
    unsaid: tuple[str, ...] = ()
    floor: int = NONE


class Reader(NamedTuple):
    """Who reads: an access and, where one is considered, the law that reaches its organisation."""

    access: Access
    link: Link | None


def lowest(found: Iterable[Bounds]) -> Bounds:
    """Several layers, one over the other: the lowest counts."""
    kept = sorted(found, key=_height)
    first = kept[0]
    return first if len(kept) == 1 else first._replace(
        least=min(each.least for each in kept),
        missing=_joined(each.missing for each in kept if each.least < each.most),
        asked=first.asked if first.least == first.most else _joined(each.asked for each in kept),
    )


def highest(found: Iterable[Bounds]) -> Bounds:
    """Several ways to the same data: the highest counts."""
    kept = sorted(found, key=_depth)
    first = kept[0]
    return first if len(kept) == 1 else first._replace(
        least=max(each.least for each in kept),
        missing=_joined(each.missing for each in kept if each.least < each.most),
        asked=_joined(each.asked for each in kept),
    )


def _height(each: Bounds) -> tuple[int, int, int]:
    return each.most, each.least, len(each.asked)


def _depth(each: Bounds) -> tuple[int, int]:
    return -each.most, -each.least


def _joined(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    said = [part for part in parts if part]
    return tuple(dict.fromkeys(path for part in said for path in part)) if len(said) > 1 else said[0] if said else ()


def through(world: World, reader: Reader, stacks: tuple[Stack, ...]) -> Bounds:
    """What can be read of copies that each lie under their own stack: the highest over the copies."""
    return highest([_through(world, reader, stack) for stack in stacks]) if stacks else _BARE


def _through(world: World, reader: Reader, stack: Stack) -> Bounds:
    bare = Bounds(stack.floor, CLEAR, stack.unsaid) if stack.unsaid else _BARE
    return lowest([bare, *[_layer(world, reader, layer) for layer in stack.layers]]) if stack.layers else bare


def _layer(world: World, reader: Reader, layer: Record) -> Bounds:
    """One layer: `key-held` where the key can be used, else what is left of it for who runs the machine."""
    name = str(layer.values.get("layer"))
    key = layer.values.get("key")
    base = _without_key(world, reader, layer, name)
    held = _use(world, reader, str(key), layer) if key else Bounds(NONE, KEY_HELD, (f"{layer.path}.key",), (_unnamed(layer, name),))
    if held.least == KEY_HELD:
        return held
    if held.most == KEY_HELD:
        steps = held.steps or base.steps or (Step("key", str(key), words.NOT_CLOSED, layer.mark),)
        return Bounds(base.least, KEY_HELD, _joined((held.missing, base.missing)), steps, held.after, held.asked)
    steps = base.steps or (Step("key", str(key), words.layer(name, hides=name not in TRANSPARENT), layer.mark),)
    return base._replace(steps=steps, after=held.after, asked=held.asked)


def _unnamed(layer: Record, name: str) -> Step:
    return Step("layer", layer.path, words.unnamed_layer(name), layer.mark)


def _without_key(world: World, reader: Reader, layer: Record, name: str) -> Bounds:
    if named_data(layer) is None and layer.values.get("data") is True:
        return Bounds(CIPHERTEXT, CLEAR, (f"{layer.path}.data",))
    if name in TRANSPARENT and not reader.access.at_rest_only:
        return Bounds(IN_USE, IN_USE)
    if name != "application" or "by" not in layer.values:
        return Bounds(CIPHERTEXT, CIPHERTEXT)
    return _beside_encryption(world, reader, layer)


def _beside_encryption(world: World, reader: Reader, layer: Record) -> Bounds:
    """An application layer hides nothing from whoever runs the host of the component that encrypts."""
    by = str(layer.values["by"])
    encrypting = records(world, "components").get(by)
    host = encrypting.values.get("host") if encrypting else None
    if not isinstance(host, str):
        return Bounds(CIPHERTEXT, IN_USE, (f"components.{by}.host",))
    if reader.access.organisation not in runs(world, host):
        return Bounds(CIPHERTEXT, CIPHERTEXT)
    return Bounds(IN_USE, IN_USE, (), (Step("component", by, words.seen_by(by), layer.marks.get("by", layer.mark)),))


def _use(world: World, reader: Reader, key: str, layer: Record) -> Bounds:
    """Whether the organisation, or another that the same law reaches, can use the key: NONE where neither can."""
    organisation, use = reader.access.organisation, key_use(world, key)
    if user := use.users.get(organisation):
        return Bounds(KEY_HELD, KEY_HELD, (), (Step("key", key, words.usable(called(world, organisation)), user.mark),))
    together, own = _together(world, reader, key, layer), use.doubtful.get(organisation)
    missing = (*use.missing, *own.missing) if own else use.missing
    if together.least == KEY_HELD or not missing:
        return together
    return Bounds(NONE, KEY_HELD, _joined((missing, together.missing)), together.steps, together.after, together.asked)


def _together(world: World, reader: Reader, key: str, layer: Record) -> Bounds:
    """Collusion: a custodian counts as surely as the law reaches it, and never more surely than the reader itself."""
    if reader.link is None or reader.link.law is None:
        return Bounds(NONE, NONE)
    found, use, name = Bounds(NONE, NONE), key_use(world, key), str(layer.values.get("layer"))
    covering = Step("key", key, words.layer(name, hides=name not in TRANSPARENT), layer.mark)
    for user in (*use.users.values(), *use.doubtful.values()):
        reached = _reached(world, reader.link, Step("key", key, words.CUSTODY, layer.mark), user)
        if user.missing and reached.most == KEY_HELD:
            reached = Bounds(NONE, KEY_HELD, _joined((user.missing, reached.missing)))
        if reached.least == KEY_HELD:
            return reached._replace(steps=(covering,))
        if reached.most == KEY_HELD and found.most != KEY_HELD:
            found = reached._replace(missing=_joined((found.missing, reached.missing)), asked=_joined((found.asked, reached.asked)))
        else:
            merged = _joined((found.missing, reached.missing))
            found = found._replace(missing=merged, after=found.after or reached.after, asked=_joined((found.asked, reached.asked)))
    return found


def _reached(world: World, mine: Link, key: Step, user: KeyUser) -> Bounds:
    """Whether one custodian is reached by the law that reaches the reader."""
    law, theirs = str(mine.law), links(world, user.organisation)
    link = linked(theirs, law)
    if link and link.reaches_as_surely(mine):
        return Bounds(KEY_HELD, KEY_HELD, after=_custodian(key, user, link, words.colludes(law)))
    if link and link.certainty == "unknown":
        return Bounds(NONE, KEY_HELD, link.missing)
    unsure = linked_unknown(theirs)
    if unsure and not unsure.soft:
        return Bounds(NONE, KEY_HELD, unsure.missing)
    after = _custodian(key, user, link, words.might_collude(law)) if link else ()
    return Bounds(NONE, NONE, after=after, asked=unsure.missing if unsure else ())


def _custodian(key: Step, user: KeyUser, link: Link, why: Text) -> tuple[Step, ...]:
    return (key._replace(why=why), Step("organisation", user.organisation, words.uses(key.id), user.mark), *link.steps)


def linked_unknown(found: tuple[Link, ...]) -> Link | None:
    """The link to a law that nobody knows, where there is one."""
    return found[-1] if found and found[-1].law is None else None
