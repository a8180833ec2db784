"""The table of facts: each once, behind what it rests on; findings name few, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hds_audit.evaluate.coverage import bases_of
from hds_audit.evaluate.facts import MOST_LEAVES, FactTable
from hds_audit.model.fact import Fact, Origin, derived, unknown

_LEAVES = st.builds(lambda number, origin: Fact(f"a.{number}", number, origin), st.integers(0, 30), st.sampled_from(list(Origin)))
_TREES = st.recursive(
    _LEAVES, lambda under: st.builds(lambda number, parts: derived(f"d.{number}", number, *parts), st.integers(0, 9), st.lists(under, min_size=1)), max_leaves=40
)  # fmt: skip


def under(table: FactTable, row: int) -> set[int]:
    found = {row}
    for premise in table.because[row]:
        found |= under(table, premise)
    return found


@given(st.lists(_TREES, min_size=1, max_size=8))
def test_what_a_fact_rests_on_stands_before_it(trees: list[Fact]) -> None:
    table = FactTable()
    for tree in trees:
        table.of((tree,))
    assert all(premise < row for row, premises in enumerate(table.because) for premise in premises)


@given(_TREES)
def test_a_finding_names_the_fact_and_the_first_that_it_rests_on(tree: Fact) -> None:
    table = FactTable()
    first, *others = table.of((tree,))
    assert (table.facts[first].path, table.facts[first].value) == (tree.path, tree.value)
    assert len(others) <= MOST_LEAVES
    assert set(others) <= under(table, first)
    assert all(not table.facts[row].because for row in others)


@given(st.lists(_LEAVES, min_size=1, max_size=40))
def test_a_fact_told_twice_has_one_row(leaves: list[Fact]) -> None:
    table = FactTable()
    rows = [table.of((Fact(*leaf),)) for leaf in (*leaves, *leaves)]
    assert rows[: len(leaves)] == rows[len(leaves) :]
    assert len(table.facts) == len({(leaf.path, leaf.origin) for leaf in leaves})


def test_true_is_not_one() -> None:
    table = FactTable()
    assert table.of((Fact("a", True),)) != table.of((Fact("a", 1),))


def test_a_thousand_grounds_cost_a_finding_no_more_than_a_few() -> None:
    table, many = FactTable(), [Fact(f"a.{number}", number) for number in range(1_000)]
    shared = derived("zone", False, *many)
    named = [table.of((derived(f"c.{number}", False, shared),)) for number in range(50)]
    assert all(len(rows) <= 1 + MOST_LEAVES for rows in named)
    assert len(table.facts) == 1_000 + 1 + 50
    assert all(table.because[rows[0]] == (1_000,) for rows in named)


def test_what_is_plainly_missing_has_no_row_and_is_asked_for() -> None:
    table = FactTable()
    assert table.of((unknown("a.b", mark=7),)) == ()
    assert table.missing((unknown("a.b", mark=7), derived("c", True))) == ("a.b",)


@given(st.lists(_TREES, min_size=1, max_size=6))
def test_the_basis_is_that_of_anything_below(trees: list[Fact]) -> None:
    table = FactTable()
    for tree in trees:
        table.of((tree,))
    bases = bases_of(table.facts, table.because)
    for row in range(len(table.facts)):
        observed = any(table.facts[each].origin is Origin.OBSERVED for each in under(table, row))
        assert bases[row] == ("observed" if observed else "declared")


def test_a_drained_table_hands_out_every_fact_in_order_with_its_grounds_and_keeps_none() -> None:
    table = FactTable()
    ground = Fact("a.x", 1)
    table.of((derived("b", 2, ground), Fact("c", 3)))
    facts, because = tuple(table.facts), tuple(table.because)
    assert tuple(table.drained()) == tuple(zip(facts, because, strict=True))
    assert (table.facts, table.because) == ([], [])
