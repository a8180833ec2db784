"""A contract that is over: nothing of it counts as in force, and what it allowed is not forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from hosting_worlds import Plain, fact, world

from hds_audit.model.fact import UNKNOWN, Fact, Origin
from hds_audit.model.format.words import CLAUSES_2018

SIGNED: Plain = {
    "signed": "2021-01-01", "data_processing_agreement": {"signed": "2021-01-01", "clauses": True}, "hds_annex": {"signed": "2021-01-01", "option": True},
    "clauses": list(CLAUSES_2018), "audit_rights": True, "incident_notice": "PT24H", "responsibility_matrix": {"date": "2021-01-01"}, "confidentiality": True,
}  # fmt: skip
PATHS = (
    "contract_in_force", "dpa_signed", "hds_annex_signed", "has_clause.destruction", "dpa_clause.g", "contract.hds_annex.option", "contract.audit_rights",
    "contract.incident_notice", "contract.responsibility_matrix", "contract.confidentiality",
)  # fmt: skip


def host(path: str, **said: Any) -> Fact:
    return fact(world({"hosts": {"h": {"provider": "bigcloud", "contract": {**SIGNED, **said}}}}), "host", "h", path)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_a_contract_that_is_over_counts(path: str) -> None:
    for ends in ("2024-01-01", "2026-10", "2026-11-21"):
        assert host(path, ends=ends).value is False, ends
    for ends in ("2026-11-22", "2027-01", False):
        assert host(path, ends=ends).value not in (False, UNKNOWN), ends


def test_of_a_contract_signed_later_its_day_of_signature_alone_is_asked() -> None:
    for said in ({}, {"ends": False}, {"ends": "2030-01-01"}):
        later = host("contract_in_force", signed="2026-12-01", **said)
        assert (later.value, later.missing) == (UNKNOWN, ("hosts.h.contract.signed",))
    over = fact(world({"hosts": {"h": {"provider": "bigcloud", "contract": {"ends": "2026-10-01"}}}}), "host", "h", "contract_in_force")
    assert over.value is False


def test_a_contract_that_may_be_over_is_not_in_force_for_sure() -> None:
    assert host("contract_in_force", ends="2026-11").value is UNKNOWN
    for path in ("dpa_signed", "hds_annex_signed"):
        assert (host(path, ends="2026-11").value, host(path, ends="2026-11").missing) == (UNKNOWN, ("hosts.h.contract.ends",))
    assert host("dpa_signed").value is True  # its end left out: as before


def test_the_day_it_ended_is_the_ground() -> None:
    found = host("contract", ends="2024-01-01")
    (ended,) = found.because
    assert (found.value, ended.path, ended.origin, ended.mark) == (False, "hosts.h.contract.ends", Origin.DECLARED, found.mark)
    assert ended.mark > 0
    assert host("clauses", ends="2024-01-01").value == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"own_use": ["training"], "ends": "2024-01-01"}, ("training",)), ({"own_use": ["training"], "ends": False}, ("training",)), ({"own_use": [], "ends": False}, ()),
        ({"own_use": [], "ends": "2024-01-01"}, UNKNOWN), ({"own_use": [], "signed": False}, UNKNOWN), ({"own_use": [], "signed": "2030-01-01"}, UNKNOWN), ({"own_use": ["training"], "signed": "2030-01-01"}, ("training",)), ({"own_use": []}, ()), ({}, UNKNOWN), ({"own_use": True}, True), ({"own_use": True, "ends": "2024-01-01"}, True),
    ],
)  # fmt: skip
def test_what_a_host_may_do_for_itself_is_known_from_a_contract_in_force_or_from_what_one_allowed(said: Plain, expected: object) -> None:
    assert host("own_use_allowed", **said).value == expected


def test_without_a_contract_nothing_says_what_a_host_may_do_for_itself() -> None:
    for contract in (False, True):
        found = fact(world({"hosts": {"h": {"provider": "bigcloud", "contract": contract}}}), "host", "h", "own_use_allowed")
        assert found.value is UNKNOWN
        assert found.missing
