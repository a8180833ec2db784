"""Legal links: which laws reach an organisation, by which chain, and how surely.

An organisation is reached by the laws of its own country, of every parent's, and by those it says it is subject to;
a mere presence in a country is debated. What nobody knows (a country, a parent) is a link of its own, to an unknown law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.model.catalogued import Law
from hds_audit.model.exposure import CERTAINTIES, Certainty, Step
from hds_audit.model.fact import Fact
from hds_audit.model.record import Record
from hds_audit.model.text import Text
from hds_audit.resolve import exposure_words as words
from hds_audit.resolve.graph import flows_on, organisation_id
from hds_audit.resolve.organisations import Profile, called, profile

if TYPE_CHECKING:
    from hds_audit.resolve.world import World

# What a host of these kinds does is no communication or computing service to the public: its provider maintains, or hosts itself.
NO_SERVICE = frozenset({"managed-services", "on-premises"})


class Link(NamedTuple):
    """One law that reaches an organisation (None: which, nobody knows), by the surest chain and the shortest of those.

    `remembered`: the law itself is only recalled. `soft`: nothing is missing, but the chain rests on memory alone.
    `weak`: a mere presence, or no such provider as the law binds; a statute that has lapsed makes no link weak, since it lapsed for all.
    """

    law: str | None
    country: str
    certainty: Certainty
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()
    remembered: bool = False
    soft: bool = False
    weak: bool = False

    @property
    def rank(self) -> tuple[int, bool]:
        """The surest sorts first."""
        return CERTAINTIES.index(self.certainty), self.weak

    def reaches_as_surely(self, other: Link) -> bool:
        """Whether the same law reaches this organisation at least as surely as the other, whatever became of the law."""
        if self.certainty == "unknown" or other.certainty == "unknown":
            return other.certainty == "unknown"
        return other.weak or not self.weak


class _Node(NamedTuple):
    """An organisation on the way up, the steps to it, and what would have to be declared for the chain to be sure."""

    profile: Profile
    steps: tuple[Step, ...]
    missing: tuple[str, ...]


def links(world: World, organisation: str) -> tuple[Link, ...]:
    """The laws that reach an organisation on the day, each once, by identifier; the unknown one, where there is one, last."""
    identifier = organisation_id(world, organisation)
    return world.once(("links", identifier), lambda _: _links(world, identifier))


def seats(world: World, organisation: str) -> tuple[Fact, ...]:
    """The countries of an organisation and of all those above it, where they are known."""
    return tuple(fact for node in _ascent(world, organisation_id(world, organisation)) for fact in node.profile.country if fact.known)


def linked(found: Iterable[Link], law: str) -> Link | None:
    """The link to one law."""
    return next((link for link in found if link.law == law), None)


def abroad(world: World, found: tuple[Link, ...], organisation: str, countries: Iterable[Fact]) -> tuple[Link, ...]:
    """The same links with the laws of the countries that its people work from, which count as presence: debated."""
    more = [link for fact in countries for link in _of_country(world, organisation, fact, "access", (), ())]
    fresh = [link for link in more if linked(found, str(link.law)) is None]
    return _best((*found, *fresh)) if fresh else found


def computing(world: World, organisation: str) -> bool:
    """Whether it is such a provider as these laws bind: by what it does in the description or by what is known of it."""
    acting = world.once("computing providers", _acting)
    return organisation in acting or profile(world, organisation).role.value == "communication-or-computing"


def _acting(world: World) -> frozenset[str]:
    """Those who provide, sign for, or perform the hosting of a host, and those who end the encryption of a flow that runs."""
    hosts = world.description.section("hosts")
    flows = (flow.record for flow in world.subjects("flow") if flows_on(flow, world.as_of) is not False)
    serving = (name for host in hosts.values() if host.values.get("service") not in NO_SERVICE for name in _serving(host))
    ending = (name for flow in flows for name in _texts(flow, "terminated_by") if name not in hosts)
    return frozenset(organisation_id(world, name) for name in (*serving, *ending))


def _serving(host: Record) -> Iterator[str]:
    contract, performed = host.values.get("contract"), host.values.get("responsibilities")
    yield from (*_texts(host, "provider"), *_texts(host, "subcontractors"))
    if isinstance(contract, Record):
        yield from _texts(contract, "party")
    for activity, performers in performed.values.items() if isinstance(performed, Record) else ():
        if activity != "administration" and isinstance(performers, tuple):
            yield from (name for each in performers if isinstance(each, Record) for name in _texts(each, "by"))


def _texts(record: Record, key: str) -> tuple[str, ...]:
    """The text or texts under a key; none where it says none, or only some."""
    said = record.values.get(key)
    return (said,) if isinstance(said, str) else tuple(str(item) for item in said) if isinstance(said, tuple) else ()


def _links(world: World, start: str) -> tuple[Link, ...]:
    nodes = _ascent(world, start)
    found = [link for node in nodes for link in _node_links(world, start, node)]
    known = _best(found)
    opened = sorted((*_silent(nodes), *_remembered(nodes, known)), key=lambda link: link.soft)
    asked = dict.fromkeys(path for link in opened for path in link.missing)
    return (*known, opened[0]._replace(missing=tuple(asked))) if opened else known


def _ascent(world: World, start: str) -> list[_Node]:
    """The organisation and everyone above it, each once (ownership may run in a circle): by sure chains first, nearest first."""
    nodes, seen, sure, remembered = list[_Node](), set[str](), [_Node(profile(world, start), (), ())], list[_Node]()
    while sure or remembered:
        node = (sure or remembered).pop(0)
        if node.profile.id in seen:
            continue
        seen.add(node.profile.id)
        nodes.append(node)
        for fact in node.profile.parents:
            above = organisation_id(world, str(fact.value))
            step = Step("organisation", above, words.controls(called(world, node.profile.id)), fact.mark, fact.source)
            asked = (*node.missing, fact.path) if fact.recalled else node.missing
            (remembered if asked else sure).append(_Node(profile(world, above), (*node.steps, step), asked))
    return nodes


def _node_links(world: World, start: str, node: _Node) -> Iterator[Link]:
    held = node.profile
    for fact in held.country:
        yield from _of_country(world, start, fact, "seat", node.steps, node.missing)
    for fact in held.subject_to:
        yield from _declared(world, start, fact, node)
    for kind, facts in (("operating", held.operating), ("owner", held.controllers)):
        for fact in facts:
            named = fact.because[0]
            step = Step("organisation", str(named.value), words.takes_part(kind, called(world, held.id)), named.mark, named.source)
            yield from _of_country(world, start, fact, "seat", (*node.steps, step), node.missing)
    for fact in held.presence:
        yield from _of_country(world, start, fact, "presence", node.steps, node.missing)


def _of_country(
    world: World, start: str, fact: Fact, how: words.Seat, steps: tuple[Step, ...], missing: tuple[str, ...]
) -> Iterator[Link]:  # fmt: skip
    code = str(fact.value)
    holder = steps[-1].id if steps else start
    asked = (*missing, fact.path) if fact.recalled else missing
    for law in _laws_of(world, code):
        weak = how != "seat" or not _binds(world, start, law)
        certainty: Certainty = "unknown" if asked else "debated" if weak or law.reach(world.as_of) == "certifications" else "established"
        way = (
            *steps,
            Step("country", code, words.seat(how, called(world, holder)), fact.mark, fact.source),
            Step("law", law.id, words.law(law, world.as_of), 0, f"catalogue: laws.{law.id}"),
        )
        yield Link(law.id, law.country, certainty, way, asked, law.status == "recalled", weak=weak)


def _laws_of(world: World, code: str) -> tuple[Law, ...]:
    """The laws of a country that can compel somebody that day, with those of the State that a territory is part of."""
    country = world.catalogue.country(code)
    own = world.catalogue.laws_of(code, world.as_of)
    return (*own, *world.catalogue.laws_of(country.part_of, world.as_of)) if country and country.part_of else own


def _binds(world: World, start: str, law: Law) -> bool:
    return _plain_role(world, start) in law.binds or ("communication-or-computing" in law.binds and computing(world, start))


def _plain_role(world: World, organisation: str) -> object:
    role = profile(world, organisation).role.value
    return role if isinstance(role, str) else "other"


def _declared(world: World, start: str, fact: Fact, node: _Node) -> Iterator[Link]:
    """What the organisation says it is subject to: its own word, while the law is in force."""
    name, law = str(fact.value), world.catalogue.law(str(fact.value))
    if law is not None and (not law.binds or law.reach(world.as_of) == "not-in-force"):
        return
    certainty: Certainty = "debated" if law is not None and law.reach(world.as_of) == "certifications" else "established"
    asked = (*node.missing, fact.path) if fact.recalled else node.missing
    why = words.subject_to(called(world, node.profile.id), law, world.as_of)
    step = Step("law", name, why, fact.mark, fact.source)
    country, remembered = (law.country, law.status == "recalled") if law else ("", False)
    yield Link(name, country, "unknown" if asked else certainty, (*node.steps, step), asked, remembered)


def _silent(nodes: list[_Node]) -> Iterator[Link]:
    """What nobody has said, nearest first."""
    for node in nodes:
        held = node.profile
        if not held.country:
            yield _unknown(node, f"{held.path}.country", words.NO_COUNTRY)
        if held.parents_open is not None and not held.parents_open.recalled:
            yield _unknown(node, f"{held.path}.parent", words.NO_PARENT)


def _remembered(nodes: list[_Node], known: tuple[Link, ...]) -> Iterator[Link]:
    """What is only remembered is asked for where no law is established, and none that memory gives asks for something already."""
    if any(link.certainty != "debated" for link in known):
        return
    for node in nodes:
        held = node.profile
        opened = (held.parents_open,) if held.parents_open is not None else ()
        for path in dict.fromkeys(fact.path for fact in (*held.country, *held.parents, *opened) if fact.recalled):
            yield _unknown(node, path, words.REMEMBERED)._replace(soft=True)


def _unknown(node: _Node, path: str, why: Text) -> Link:
    step = Step("organisation", node.profile.id, why, node.profile.mark, "" if node.profile.mark else node.profile.source)
    return Link(None, "", "unknown", (*node.steps, step) if node.steps else (step,), (path,))


def _best(found: Iterable[Link]) -> tuple[Link, ...]:
    """One link a law: the surest, then the shortest; the unknown one last."""
    kept: dict[str | None, Link] = {}
    for link in found:
        held = kept.get(link.law)
        if held is None or (link.rank, len(link.steps)) < (held.rank, len(held.steps)):
            kept[link.law] = link
    return tuple(sorted(kept.values(), key=lambda link: (link.law is None, link.law or "")))


def record_countries(record: Record, key: str) -> tuple[Fact, ...]:
    """The countries under a key of an access, as facts."""
    said = record.values.get(key)
    codes = said if isinstance(said, tuple) else (said,)
    mark = record.marks.get(key, record.mark)
    return tuple(Fact(f"{record.path}.{key}", code, mark=mark) for code in codes if isinstance(code, str))
