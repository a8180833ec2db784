"""Conditions in Kleene's logic: the tables, and the laws that no rule may break."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.evaluate.conditions import compile_condition
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Outcome, Setting, conjunction, disjunction, negate
from hds_audit.model.condition import All, AnyOf, AsOf, At, Check, Condition, Each, Listed, Literally, Not, Some
from hds_audit.model.fact import UNKNOWN, Fact, unknown
from hds_audit.model.values import parse_day, parse_span

TODAY = date(2026, 11, 22)
SETTING = Setting(TODAY, lambda name: frozenset({"FR", "DE"}) if name == "eea" else frozenset())


class Given:
    """A thing whose facts are those of a mapping."""

    path = "thing"

    def __init__(self, **facts: object) -> None:
        self.facts = facts

    def fact(self, path: str) -> Fact:
        if path not in self.facts or self.facts[path] is UNKNOWN:
            return unknown(f"thing.{path}")
        value = self.facts[path]
        return value if isinstance(value, Fact) else Fact(f"thing.{path}", value)


def judge(condition: Condition, **facts: object) -> Outcome:
    return compile_condition(condition, SETTING)(Given(**facts))


def check(path: str, operator: str, value: object) -> Check:
    return Check(path, operator, Literally(value))  # type: ignore[arg-type]


AND = {(a, b): min(a, b, key=[FALSE, UNDECIDED, TRUE].index) for a in (0, 1, 2) for b in (0, 1, 2)}
OR = {(a, b): max(a, b, key=[FALSE, UNDECIDED, TRUE].index) for a in (0, 1, 2) for b in (0, 1, 2)}
VALUES = {FALSE: False, TRUE: True, UNDECIDED: UNKNOWN}


@pytest.mark.parametrize("pair", AND)
def test_and_and_or_follow_kleene(pair: tuple[int, int]) -> None:
    a, b = (check(name, "equals", True) for name in "ab")
    facts = {"a": VALUES[pair[0]], "b": VALUES[pair[1]]}
    assert judge(All((a, b)), **facts)[0] == AND[pair]
    assert judge(AnyOf((a, b)), **facts)[0] == OR[pair]
    assert judge(Not(a), **facts)[0] == {FALSE: TRUE, TRUE: FALSE, UNDECIDED: UNDECIDED}[pair[0]]


outcomes = st.lists(st.tuples(st.sampled_from([FALSE, TRUE, UNDECIDED]), st.just(())), min_size=1, max_size=6)


@given(outcomes, st.randoms())
def test_order_does_not_matter(parts: list[Outcome], random: object) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert conjunction(parts)[0] == conjunction(shuffled)[0]
    assert disjunction(parts)[0] == disjunction(shuffled)[0]


@given(outcomes)
def test_de_morgan(parts: list[Outcome]) -> None:
    assert negate(conjunction(parts)) == disjunction([negate(part) for part in parts])


names = st.sampled_from("abcd")
leaves = st.builds(lambda name, value: check(name, "equals", value), names, st.booleans())
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


@given(conditions, st.dictionaries(names, st.booleans()), names, st.booleans())
def test_filling_in_what_was_left_out_never_unmakes_a_decision(
    condition: Condition, facts: dict[str, bool], name: str, value: bool
) -> None:
    before = judge(condition, **facts)[0]
    after = judge(condition, **{name: value, **facts})[0]
    assert before in (UNDECIDED, after)


@given(conditions, st.dictionaries(names, st.booleans()))
def test_an_undecided_outcome_names_a_fact_that_is_missing(condition: Condition, facts: dict[str, bool]) -> None:
    value, grounds = judge(condition, **facts)
    assert value != UNDECIDED or any(fact.value is UNKNOWN for fact in grounds)


@pytest.mark.parametrize(
    ("operator", "value", "operand", "expected"),
    [
        ("equals", "2.0", "2.0", TRUE),
        ("equals", 3, "3", TRUE),
        ("equals", True, "true", FALSE),
        ("in", "FR", ("FR", "DE"), TRUE),
        ("not_in", "US", ("FR", "DE"), TRUE),
        ("not_in", "FR", ("FR", "DE"), FALSE),
        ("includes", ("a", "b"), ("a",), TRUE),
        ("includes", ("a", "b"), ("a", "c"), FALSE),
        ("at_least", 3, 2, TRUE),
        ("at_least", "1.10", "1.9", TRUE),
        ("at_most", parse_span("PT1H"), "PT90M", TRUE),
        ("at_most", parse_span("P1Y"), "P12M", TRUE),
        ("at_least", 3, "x", UNDECIDED),
        ("before", parse_day("2026-01-01"), "2026-01-02", TRUE),
        ("before", parse_day("2026-01"), "2026-01-15", UNDECIDED),
        ("after", parse_day("2026-02"), "2026-01-31", TRUE),
        ("within", parse_day("2026-01-01"), "P1Y", TRUE),
        ("within", parse_day("2025-01-01"), "P1Y", FALSE),
        ("within", parse_day("2023-11-22"), "P3Y", TRUE),
        ("within", parse_day("2023-11-21"), "P3Y", FALSE),
        ("within", parse_day("2025-11"), "P1Y", UNDECIDED),
        ("within", parse_day("2027-01-01"), "P1Y", UNDECIDED),
        ("matches", "AES-256-GCM", "AES-.*", TRUE),
        ("matches", "XAES-256", "AES-.*", FALSE),
        ("matches", "a" * 2000, "a+", UNDECIDED),
        ("exists", False, False, TRUE),
        ("exists", (), False, TRUE),
        ("exists", "x", True, TRUE),
        ("exists", (UNKNOWN,), True, UNDECIDED),
        ("exists", (UNKNOWN,), False, UNDECIDED),
        ("exists", (Fact("thing.a.0", UNKNOWN), UNKNOWN), True, UNDECIDED),
        ("exists", (UNKNOWN, "x"), True, TRUE),
        ("exists", UNKNOWN, True, UNDECIDED),
        ("exists", UNKNOWN, False, UNDECIDED),
    ],
)
def test_tests(operator: str, value: object, operand: object, expected: int) -> None:
    assert judge(check("a", operator, operand), a=value)[0] == expected


def test_the_day_of_the_audit_and_other_paths_are_operands() -> None:
    assert judge(Check("a", "before", AsOf()), a=parse_day("2026-11-21"))[0] == TRUE
    assert judge(Check("a", "at_most", At("b")), a=parse_span("PT1H"), b=parse_span("PT2H"))[0] == TRUE
    assert judge(Check("a", "at_most", At("b")), a=parse_span("PT1H"))[0] == UNDECIDED


def test_each_in_fails_on_one_known_element_whatever_is_unknown() -> None:
    places = (Fact("p", "US"), unknown("hosts.x.replicated_to"))
    value, grounds = judge(Check("places", "each_in", Listed("eea")), places=places)
    assert (value, [fact.value for fact in grounds]) == (FALSE, ["US"])
    value, grounds = judge(Check("places", "each_in", Listed("eea")), places=(Fact("p", "FR"), unknown("hosts.x.replicated_to")))
    assert (value, grounds[0].missing) == (UNDECIDED, ("hosts.x.replicated_to",))


def test_a_recalled_fact_informs_and_does_not_decide() -> None:
    assert judge(check("a", "equals", "US"), a=Fact("a", "US", recalled=True))[0] == UNDECIDED


@pytest.mark.parametrize(("empty", "expected"), [("pass", TRUE), ("fail", FALSE), ("unknown", UNDECIDED)])
def test_each_says_what_no_element_means(empty: str, expected: int) -> None:
    condition = Each("things", None, check("a", "equals", True), empty)  # type: ignore[arg-type]
    assert judge(condition, things=())[0] == expected


def test_each_with_an_element_selected_perhaps_passes_only_if_it_passes_anyway() -> None:
    condition = Each("things", check("in_scope", "equals", True), check("ok", "equals", True), "fail")
    assert judge(condition, things=(Given(ok=True),))[0] == TRUE
    assert judge(condition, things=(Given(ok=False),))[0] == UNDECIDED
    assert judge(condition, things=(Given(in_scope=True, ok=False),))[0] == FALSE


def test_some_of_an_open_list_is_unknown_until_one_is_found() -> None:
    condition = Some("things", check("a", "equals", True))
    assert judge(condition, things=())[0] == FALSE
    assert judge(condition, things=(unknown("more"),))[0] == UNDECIDED
    assert judge(condition, things=(Given(a=True), unknown("more")))[0] == TRUE
