"""The real implementation against the naive one, and laws that any change of a description must obey, on generated descriptions."""

from __future__ import annotations

import copy
import itertools
import os
from typing import Any

from exposure_worlds import CATALOGUE, HEALTH, Plain, described, stored_at, world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naive_exposure import Naive

from hds_audit.model.exposure import DEGREES, Exposure
from hds_audit.resolve.exposure import exposures
from hds_audit.resolve.organisations import profile

OWN = ["o0", "o1", "o2"]
KNOWN = ["aws", "french", "abroad", "hearsay", "orphan", "reputed", "subsidiary", "rumour", "mailer", "venture", "reunion"]
ANYONE = [*OWN, *KNOWN]
SERVICES = ["iaas", "paas", "housing", "managed-services", "email", "saas", "object-storage"]
LAYERS = ["volume", "storage-service", "database", "application", "end-to-end"]
HOSTS, COMPONENTS, DATA, KEYS = ["h0", "h1", "h2"], ["c0", "c1", "c2"], ["d0", "d1"], ["k0", "k1"]
TIMES = int(os.environ.get("HDS_AUDIT_EXAMPLES", "1"))  # a night's run asks for more
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MOST, MANY = settings(PATIENT, max_examples=600 * TIMES), settings(PATIENT, max_examples=60 * TIMES)


def some(values: list[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


def mapping(required: dict[str, Any] | None = None, **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required or {}, optional=optional)


def owned(number: int) -> st.SearchStrategy[Plain]:
    above = [*OWN[number + 1 :], "aws", "french", "orphan", "amazon", "island"]
    return mapping(
        country=st.sampled_from(["FR", "US", "CN", "CH", "PR"]),
        parent=st.one_of(st.just(False), some(above)),
        presence=some(["US", "CN", "FR"]),
        subject_to=some(["us:act", "us:lapsed", "us:gone", "us:order", "cn:duty"]),
        role=st.sampled_from(["communication-or-computing", "software", "other"]),
    )


ACCESS = mapping({"organisation": st.sampled_from(ANYONE)}, data=some(DATA), **{"from": some(["US", "CN", "DE"])})
LAYER = mapping({"layer": st.sampled_from(LAYERS)}, key=st.sampled_from(KEYS), data=some(DATA), by=st.sampled_from(COMPONENTS))
HOST = mapping(
    provider=st.sampled_from(ANYONE),
    service=st.sampled_from(SERVICES),
    subcontractors=some(ANYONE),
    contract=mapping({"party": st.sampled_from(ANYONE)}),
    responsibilities=st.dictionaries(st.sampled_from(["physical-sites", "platform", "administration"]), st.sampled_from(ANYONE), max_size=2),
    remote_access=st.lists(mapping({"organisation": st.sampled_from(ANYONE)}, country=st.sampled_from(["US", "CN"]), data=some(DATA)), max_size=1),
)
COMPONENT = mapping(
    host=st.sampled_from(HOSTS),
    stores=some(DATA),
    processes=some(DATA),
    relays=some(DATA),
    administrators=st.lists(ACCESS, max_size=1),
    readers=st.lists(ACCESS, max_size=1),
    encryption=st.lists(LAYER, max_size=2),
)
KEY = mapping(
    held_by=some([*ANYONE, "end-users"]),
    place=st.sampled_from(["device", "software", "host-kms", "external-kms", "hsm"]),
    host=st.sampled_from(HOSTS),
    managed_by=st.sampled_from(["provider", "customer", "end-users"]),
)
FLOW = mapping(
    {"from": st.sampled_from([*COMPONENTS, "patients"]), "to": st.sampled_from([*COMPONENTS, *HOSTS, "patients"])},
    data=some(DATA),
    terminated_by=some([*ANYONE, *HOSTS]),
    encryption=st.lists(LAYER, max_size=1),
)
_UNSAID = {key: value for key, value in HEALTH.items() if key != "health"}
DATUM = st.sampled_from([HEALTH, HEALTH, {**HEALTH, "health": "none", "categories": []}, _UNSAID, {**_UNSAID, "categories": []}])


TOLD_ORGANISATION = mapping({"country": st.sampled_from(["FR", "US", "CN"]), "parent": st.one_of(st.just(False), st.just(["aws"]), st.just(["french"]))})
TOLD_LAYER = mapping({"layer": st.sampled_from(LAYERS), "key": st.sampled_from(KEYS)}, data=some(DATA), by=st.sampled_from(COMPONENTS))
TOLD_HOST = mapping(
    {"provider": st.sampled_from(ANYONE), "service": st.sampled_from(SERVICES), "subcontractors": some(ANYONE, 1)},
    responsibilities=st.dictionaries(st.sampled_from(["physical-sites", "platform"]), st.sampled_from(ANYONE), max_size=2),
)
TOLD_COMPONENT = mapping(
    {"host": st.sampled_from(HOSTS), "stores": some(DATA), "encryption": st.lists(TOLD_LAYER, min_size=1, max_size=2)},
    relays=some(DATA, 1),
    administrators=st.lists(ACCESS, max_size=1),
)
TOLD_KEY = st.one_of(
    mapping({"held_by": some([*ANYONE, "end-users"], 1), "place": st.just("device")}),
    mapping({"held_by": some(ANYONE, 2), "place": st.just("hsm"), "managed_by": st.just("customer")}),
    mapping({"held_by": some(ANYONE, 1), "place": st.sampled_from(["host-kms", "software"]), "host": st.sampled_from(HOSTS)}),
)


@st.composite
def descriptions(draw: st.DrawFn, told: bool | None = None) -> Plain:
    """A small description: silent and odd, or one that says nearly everything."""
    told = draw(st.booleans()) if told is None else told
    component, host, key = (TOLD_COMPONENT, TOLD_HOST, TOLD_KEY) if told else (COMPONENT, HOST, KEY)
    components = {name: draw(component) for name in COMPONENTS}
    if draw(st.booleans()):
        components["c2"].pop("stores", None)
        components["c2"]["copy_of"] = ["c1"]
    plain = described(
        organisations={name: draw(TOLD_ORGANISATION if told else owned(number)) for number, name in enumerate(OWN)},
        data={name: HEALTH if told else draw(DATUM) for name in DATA},
        hosts={name: draw(host) for name in HOSTS},
        components=components,
        keys={name: draw(key) for name in KEYS},
        flows=draw(st.lists(FLOW, max_size=2 if told else 3)),
    )
    if draw(st.booleans()):
        plain["application"]["operator"] = draw(st.sampled_from(ANYONE))
    return plain


def found(plain: Plain) -> dict[tuple[str | None, str, str, str], Exposure]:
    listed = exposures(world(plain))
    indexed = {(each.law, each.organisation, each.data, each.component): each for each in listed}
    assert len(indexed) == len(listed), "one entry for each law, organisation, datum and component"
    return indexed


@MOST
@given(descriptions())
def test_it_says_what_brute_force_says(plain: Plain) -> None:
    mine = {key: (each.degree, each.certainty) for key, each in found(plain).items()}
    assert mine == Naive(plain, CATALOGUE).exposures()


def test_an_organisation_declared_under_another_of_its_names_is_one() -> None:
    """What is said of it is laid over what the catalogue knows, and whoever names it otherwise means the same."""
    plain = stored_at("aws", None)
    plain["organisations"] = {"amazon-web-services": {"name": "AWS", "presence": ["DE"]}}
    plain["components"]["db"]["administrators"] = [{"organisation": "amazon-web-services"}]
    where = world(plain)
    assert {each.organisation for each in exposures(where)} == {"amazon-web-services"}
    assert {key: (each.degree, each.certainty) for key, each in found(plain).items()} == Naive(plain, CATALOGUE).exposures()
    assert [subject.id for subject in where.subjects("organisation")] == ["amazon-web-services"]
    said = profile(where, "aws")
    assert (said.path, [fact.value for fact in said.country], [fact.value for fact in said.presence]) == ("organisations.amazon-web-services", ["US"], ["DE"])


RANK = {name: -number for number, name in enumerate(DEGREES)}


def no_worse(after: Plain, before: Plain) -> None:
    """Nothing new, nothing worse; what could be read may become doubtful, what could not be read may not."""
    old, new = found(before), found(after)
    assert new.keys() <= old.keys()
    for key, each in new.items():
        if old[key].degree != "unknown":
            worst = "in-use" if each.degree == "unknown" else each.degree
            assert RANK[worst] <= RANK[old[key].degree], key


@MANY
@given(descriptions())
def test_an_organisation_without_access_adds_nothing(plain: Plain) -> None:
    more = copy.deepcopy(plain)
    more["organisations"]["stranger"] = {"country": "US", "subject_to": ["us:act"]}
    more["hosts"]["unused"] = {"provider": "stranger", "service": "iaas", "subcontractors": ["aws"]}
    assert [_whole(each) for each in exposures(world(more))] == [_whole(each) for each in exposures(world(plain))]


@MANY
@given(descriptions(), st.sampled_from(KEYS))
def test_a_key_out_of_reach_of_every_law_raises_nothing(plain: Plain, key: str) -> None:
    moved = copy.deepcopy(plain)
    moved["organisations"]["apart"] = {"country": "FR", "parent": False, "subject_to": [], "presence": []}  # it has no other part here
    moved["keys"][key] = {"held_by": ["apart"], "place": "hsm", "managed_by": "customer"}
    no_worse(moved, plain)


@MANY
@given(descriptions(), st.sampled_from(COMPONENTS), TOLD_LAYER)
def test_one_more_layer_raises_nothing(plain: Plain, component: str, layer: Plain) -> None:
    more = copy.deepcopy(plain)
    if "encryption" in more["components"][component]:
        more["components"][component]["encryption"].append(layer)
    no_worse(more, plain)


@MANY
@given(descriptions(), st.integers(0, 2), TOLD_LAYER)
def test_a_layer_over_a_flow_raises_nothing(plain: Plain, number: int, layer: Plain) -> None:
    more = copy.deepcopy(plain)
    for flow in more["flows"][number : number + 1]:
        flow.setdefault("encryption", []).append(layer)
    no_worse(more, plain)


@MANY
@given(descriptions(), st.integers(0, 2))
def test_a_flow_that_is_over_is_no_flow(plain: Plain, number: int) -> None:
    over, without = copy.deepcopy(plain), copy.deepcopy(plain)
    for flow in over["flows"][number : number + 1]:
        flow["ended"] = "2021-06-25"
        del without["flows"][number]
    mine, theirs = exposures(world(over)), exposures(world(without))
    assert [_whole(each) for each in mine] == [_whole(each) for each in theirs]


def _whole(each: Exposure) -> tuple[object, ...]:
    flowless = each.component if "->" not in each.component else "flow"
    return each.law, each.organisation, each.data, flowless, each.degree, each.certainty


@MANY
@given(descriptions())
def test_names_change_nothing(plain: Plain) -> None:
    names = {name: f"z{name}" for name in (*OWN, *HOSTS, *COMPONENTS, *DATA, *KEYS)}
    theirs = {tuple(_renamed(part, names) for part in key): (each.degree, each.certainty) for key, each in found(plain).items()}
    assert {key: (each.degree, each.certainty) for key, each in found(_renamed(plain, names)).items()} == theirs


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {_renamed(key, names): _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, str) and "->" in value:
        ends, mark, rank = value.partition("#")
        return "->".join(names.get(end, end) for end in ends.split("->")) + mark + rank
    return names.get(value, value) if isinstance(value, str) else value


@MANY
@given(descriptions(), st.randoms(use_true_random=False))
def test_the_order_of_sections_changes_nothing(plain: Plain, chance: Any) -> None:
    shuffled = copy.deepcopy(plain)
    for section in ("organisations", "data", "hosts", "components", "keys"):
        entries = list(shuffled[section].items())
        chance.shuffle(entries)
        shuffled[section] = dict(entries)
    assert [_whole(each) for each in exposures(world(shuffled))] == [_whole(each) for each in exposures(world(plain))]


@MANY
@given(descriptions())
def test_a_path_is_a_real_chain_of_the_input(plain: Plain) -> None:
    naive = Naive(plain, CATALOGUE)
    for each in exposures(world(plain)):
        steps = [(step.kind, step.id) for step in each.path]
        assert steps[0] == ("data", each.data)
        assert all(step.mark or step.source for step in each.path), "each step has its place or its source"
        cut = next((number for number, step in enumerate(steps) if step[0] == "law"), len(steps) - 1)
        _walks(naive, each, _spine(steps[: cut + 1]))
        if cut + 1 < len(steps):
            _custodian(naive, each, steps[cut + 1 :])


def _spine(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The chain itself: layers and who encrypts stand beside it."""
    kept = [step for number, step in enumerate(steps) if step[0] not in ("key", "layer") and not (step[0] == "component" and number > 2)]
    return [step for number, step in enumerate(kept) if not (step[0] == "component" and number and kept[number - 1][0] == "component")]


def _walks(naive: Naive, each: Exposure, spine: list[tuple[str, str]]) -> None:
    for (kind, name), (next_kind, after) in itertools.pairwise(spine):
        assert _follows(naive, each, kind, name, next_kind, after), (spine, name, after)


def _follows(naive: Naive, each: Exposure, kind: str, name: str, next_kind: str, after: str) -> bool:  # noqa: C901, PLR0912  # a case for each pair of steps
    components, hosts = naive.section("components"), naive.section("hosts")
    match kind, next_kind:
        case "data", "component":
            held = [naive.holds(after, role) for role in ("stores", "processes", "relays")]
            return any(listed is None or name in listed for listed in held)
        case "data", "flow":
            return any(naive.named(number) == after for number in naive.flows(name))
        case "flow", "component":
            return after in name
        case "flow", "host":
            return after in name or any(after in flow.get("terminated_by", []) for flow in naive.plain["flows"])
        case "flow", "organisation":
            return any(after in [naive.name(who) for who in flow.get("terminated_by", [])] for flow in naive.plain["flows"])
        case "component", "host":
            return components[name].get("host") == after
        case "component", "application":
            return True
        case "application", "organisation":
            return naive.name(naive.plain["application"]["operator"]) == after
        case "component", "organisation":
            return (after == "" and "host" not in components[name]) or after in [who for who, *_ in naive.beside(components[name])]
        case "host", "organisation":
            return name in hosts and after in [who for who, *_ in naive.around(name)]
        case "organisation", "organisation":
            operating = naive.catalogue.organisations[name].operating if name in naive.catalogue.organisations else ()
            return name == after or after in [parent for parent, _ in naive.parents(name)[0]] or after in [company.organisation for company in operating]
        case "organisation", "country":
            places = [code for code, *_ in naive.seats(name)]
            return after in places or each.certainty == "debated" or name == "mailer-inc"
        case "country", "law":
            return after in [law.id for law in naive.laws_of(name)]
        case "organisation", "law":
            return after in (naive.key(name, "subject_to") or [])
    return False


def _custodian(naive: Naive, each: Exposure, steps: list[tuple[str, str]]) -> None:
    """After the law: the key, and a custodian that the same law reaches."""
    (kind, key), (next_kind, custodian), *chain = steps
    assert (kind, next_kind) == ("key", "organisation")
    users, doubtful, _ = naive.users(key)
    assert custodian in users | doubtful
    assert each.law in naive.links(custodian)
    assert chain[-1] == ("law", each.law)
