"""Places that nobody states: they may lie outside the EEA, and what is asked of transfers stays open."""

from __future__ import annotations

from typing import Any

import pytest
from hosting_worlds import DAY, Plain, fact, world

from hds_audit.evaluate.conditions import compile_condition
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Setting
from hds_audit.model.condition import Check, Each, Literally, Some
from hds_audit.model.fact import UNKNOWN

CLOSED: Plain = {"remote_access": [], "transfers": []}
SETTING = Setting(DAY, lambda _: frozenset())
ON_ADEQUACY = Some("outside_eea", Check("article", "equals", Literally("45")))
NO_ACCESS = Each("outside_eea", Check("way", "equals", Literally("access")), Check("told", "equals", Literally(True)), "pass")


def host(said: Plain) -> Any:
    return world({"hosts": {"h": {"provider": "bigcloud", **said}}}).subject("host", "h")


def judged(condition: Any, said: Plain) -> int:
    return compile_condition(condition, SETTING)(host(said))[0]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"replicated_to": []}, "hosts.h.location.country"), ({"location": False, "replicated_to": []}, "hosts.h.location"),
        ({"region": "europe", "replicated_to": []}, "hosts.h.location.country"), ({"location": "FR"}, "hosts.h.replicated_to"),
        ({"location": "FR", "replicated_to": ["nowhere"]}, "hosts.h.replicated_to"),
    ],
)  # fmt: skip
def test_a_place_that_nobody_states_may_lie_outside_and_is_asked_for(said: Plain, asked: str) -> None:
    (perhaps,) = host({**said, **CLOSED}).fact("outside_eea").value
    assert [perhaps.fact(name).value for name in ("way", "in_eea", "article", "adequate", "basis_valid")] == ["storage", *[UNKNOWN] * 4]
    assert {name: perhaps.fact(name).missing for name in ("in_eea", "article")} == {"in_eea": (asked,), "article": (asked,)}
    assert judged(ON_ADEQUACY, {**said, **CLOSED}) == UNDECIDED
    assert host({**said, **CLOSED}).fact("has_transfers").missing == (asked,)


def test_what_is_asked_of_accesses_alone_is_answered_whatever_the_place() -> None:
    assert judged(NO_ACCESS, CLOSED) == TRUE


def test_places_in_the_eea_close_the_list() -> None:
    said = {"location": "FR", "replicated_to": ["DE"], **CLOSED}
    assert host(said).fact("outside_eea").value == ()
    assert judged(ON_ADEQUACY, said) == FALSE


def test_a_place_in_the_eea_that_is_known_from_memory_only_does_not_close_it() -> None:
    plain = {"hosts": {"h": {"provider": "reputed", "region": "north", "replicated_to": [], **CLOSED}}}
    (perhaps,) = fact(world(plain), "host", "h", "outside_eea").value  # type: ignore[misc]
    assert perhaps.fact("in_eea").recalled
    assert fact(world(plain), "host", "h", "has_transfers").recalled


def test_what_is_kept_outside_the_eea_says_that_no_transfer_names_the_country() -> None:
    kept_there: Plain = {"location": "FR", "replicated_to": ["TN"]}
    (kept,) = host({**kept_there, **CLOSED}).fact("outside_eea").value
    basis = kept.fact("basis")
    assert (basis.value, basis.missing) == (UNKNOWN, ("hosts.h.transfers",))
    assert "kept in TN" in basis.doubt.en
    named = host({**kept_there, **CLOSED, "transfers": [{"country": "TN", "basis": "scc"}]}).fact("outside_eea").value
    assert {item.fact("basis").value for item in named} == {"scc"}
