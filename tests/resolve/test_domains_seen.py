"""Domains and exchangers that nobody looked at: what is asked of each of them stays open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hosting_worlds import Plain, world

from hds_audit.evaluate.conditions import elements
from hds_audit.model.evidence import Evidence, Observation, Subject, SubjectKind, Targets
from hds_audit.model.fact import UNKNOWN, Fact

AT = datetime(2026, 11, 22, tzinfo=UTC)
MX = ("mx.a.fr",)


def seen(kind: SubjectKind, identifier: str, **facts: object) -> list[Observation]:
    """Observations of one subject: True is there, False is not, None did not answer, a tuple is what was listed."""
    status = {None: "failed", False: "not-seen"}
    return [
        Observation(
            f"mail.{name}", Subject(kind, identifier), status.get(said, "seen"), AT,  # type: ignore[arg-type]
            said if isinstance(said, tuple) else None, fault="network" if said is None else None,
        )
        for name, said in facts.items()
    ]  # fmt: skip


def listed(path: str, plain: Plain, *observations: list[Observation]) -> Fact:
    evidence = Evidence(AT, AT, Targets(), tuple(each for some in observations for each in some))
    here = world(plain)
    here.evidence = evidence
    return here.subjects("application")[0].fact(path)


def still_open(path: str, plain: Plain, *observations: list[Observation]) -> bool:
    found = elements(listed(path, plain, *observations))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"domains": ["a.fr"]}, False), ({"domains": ["A.FR."]}, False), ({"domains": ["a.fr", "b.fr"]}, True), ({"domains": True}, True), ({}, True),
        ({"domains": ["a.fr"], "emails": {"domain": "mail.a.fr"}}, True), ({"domains": ["a.fr"], "emails": {"domain": "a.fr"}}, False),
    ],
)  # fmt: skip
def test_the_domains_seen_are_all_of_them_only_once_each_was_looked_at(said: Plain, expected: bool) -> None:
    assert still_open("domains_seen", said, seen("domain", "a.fr", spf=True)) is expected
    unseen = [item for item in elements_of(listed("domains_seen", said, seen("domain", "a.fr", spf=True))) if isinstance(item, Fact)]
    assert all((fact.value, fact.missing) == (UNKNOWN, ("domains",)) and fact.doubt for fact in unseen)


def elements_of(fact: Fact) -> tuple[Any, ...]:
    assert isinstance(fact.value, tuple)
    return fact.value


@pytest.mark.parametrize(("exchangers", "expected"), [(False, False), (MX, False), ((*MX, "mx2.a.fr"), True), (None, True)])
def test_the_exchangers_seen_are_all_of_them_once_each_that_a_domain_names_was_visited(exchangers: object, expected: bool) -> None:
    visited = seen("exchanger", "mx.a.fr", starttls=True) if exchangers else []
    assert still_open("exchangers_seen", {"domains": ["a.fr"]}, seen("domain", "a.fr", exchangers=exchangers), visited) is expected


def test_a_domain_of_which_nobody_asked_the_exchangers_leaves_them_open() -> None:
    assert still_open("exchangers_seen", {"domains": ["a.fr"]}, seen("domain", "a.fr", spf=True))
    assert still_open("exchangers_seen", {"domains": ["a.fr", "b.fr"]}, seen("domain", "a.fr", exchangers=False))


def test_mail_goes_through_declared_relays_only_once_every_domain_says_which_it_has() -> None:
    whole: Plain = {"exchangers": False, "spf_includes": False}
    assert listed("contradicted_mail", {"domains": ["a.fr"]}, seen("domain", "a.fr", **whole)).value == ()
    for said, facts in (({"domains": ["a.fr", "b.fr"]}, whole), ({"domains": ["a.fr"]}, {"exchangers": False}), ({"domains": ["a.fr"]}, {"spf": True})):
        found = listed("contradicted_mail", said, seen("domain", "a.fr", **facts))
        assert (found.value, found.missing) == (UNKNOWN, ("domains",)), said
