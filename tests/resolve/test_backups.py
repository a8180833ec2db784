"""Copies: backups told from replicas, where they lie, and what one and the same restoration shows."""

from __future__ import annotations

from typing import Any

import pytest
from hosting_worlds import RECORD, Plain, fact, world

from hds_audit.model.fact import UNKNOWN, Confidence, Fact

HERE: Plain = {"provider": "bigcloud", "service": "managed-database", "region": "par"}
SAME_REGION: Plain = {"provider": "bigcloud", "service": "object-storage", "region": "par"}
APPLICATION: Plain = {"name": "x", "rto": "PT4H"}
BACKUP: Plain = {"kind": "backup", "host": "h"}
REPLICA: Plain = {"kind": "database", "host": "h"}
FAST: Plain = {"succeeded": True, "duration": "PT1H"}
SLOW: Plain = {"succeeded": True, "duration": "PT9H"}


def told(path: str, *copies: Plain, host: Plain | None = None, others: Plain | None = None, of: str = "db", **own: Any) -> Fact:
    """A fact of a database, or of one of its copies (`c0`, `c1`...)."""
    plain: Plain = {
        "application": APPLICATION,
        "data": {"r": RECORD},
        "hosts": {"h": host or HERE, **(others or {})},
        "components": {
            "db": {"kind": "database", "host": "h", "stores": ["r"], **own},
            **{f"c{number}": {"copy_of": ["db"], **copy} for number, copy in enumerate(copies)},
        },
    }
    return fact(world(plain), "component", of, path)


# --- backups and replicas


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ({"kind": "backup"}, True),
        ({"kind": "database"}, False),
        ({"kind": "search"}, False),
        ({"kind": "database", "frequency": "P1D"}, True),
        ({"kind": "database", "restore_tested": {"date": "2026-05-12"}}, True),
        ({"kind": "database", "restore_tested": False}, False),
        ({"kind": "object-storage"}, True),
        ({}, UNKNOWN),
        ({"immutable": True}, True),
        ({"kind": "database", "immutable": False}, False),
        ({"kind": "database", "host": "keeper"}, True),
    ],
)
def test_a_copy_is_a_backup_by_what_no_replica_has(copy: Plain, expected: object) -> None:
    found = told("is_backup", copy, of="c0", others={"keeper": {"provider": "bigcloud", "service": "backup"}})
    assert found.value is expected
    assert found.missing == (("components.c0.kind",) if expected is UNKNOWN else ())


def test_files_copied_to_files_may_be_replicated() -> None:
    found = told("is_backup", {"kind": "object-storage"}, of="c0", kind="object-storage")
    assert (found.value, found.missing) == (UNKNOWN, ("components.c0.frequency",))


def test_a_replica_alone_leaves_open_whether_the_host_makes_backups() -> None:
    found = told("backed_up", REPLICA)
    assert (found.value, found.missing) == (UNKNOWN, ("components.*.copy_of",))
    assert told("backed_up", REPLICA, BACKUP).value is True
    none = {**HERE, "responsibilities": {"backup": False}}
    assert told("backed_up", REPLICA, host=none).value is False
    assert told("backed_up", host=none).value is False
    assert told("backed_up", {"host": "h"}, host=none).value is UNKNOWN


# --- elsewhere


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SAME_REGION, UNKNOWN),
        ({**SAME_REGION, "region": "par-2"}, UNKNOWN),
        ({**SAME_REGION, "region": "parb"}, UNKNOWN),
        ({**SAME_REGION, "region": "zrh"}, True),
        ({**SAME_REGION, "region": "par12"}, True),
        ({"provider": "big", "region": "par"}, UNKNOWN),
        ({"provider": "bigcloud", "service": "object-storage"}, UNKNOWN),
        ({"provider": "knowncloud"}, True),
        ({"provider": "knowncloud", "location": {"country": "FR"}}, True),
        ({"provider": "knowncloud", "subcontractors": ["bigcloud"]}, UNKNOWN),
        ({"service": "backup"}, UNKNOWN),
        ({"service": "backup", "location": {"country": "DE"}}, True),
        ({"provider": "bigcloud", "location": {"country": "FR", "site": "PAR2"}}, True),
        ({"provider": "bigcloud", "location": {"country": "FR", "site": "par1"}}, False),
    ],
)
def test_a_backup_is_elsewhere_as_far_as_hosts_tell(other: Plain, expected: object) -> None:
    here = {**HERE, "location": {"country": "FR", "site": "PAR1"}} if "site" in other.get("location", {}) else HERE
    found = told("backup_elsewhere", {**BACKUP, "host": "g"}, host=here, others={"g": other})
    assert found.value is expected
    assert bool(found.missing) is (expected is UNKNOWN)


def test_what_would_settle_one_region_is_the_site_of_each() -> None:
    found = told("backup_elsewhere", {**BACKUP, "host": "g"}, others={"g": SAME_REGION})
    assert found.missing == ("hosts.h.location.site", "hosts.g.location.site")
    assert found.doubt is not None


def test_two_names_of_sites_are_less_than_sure() -> None:
    site: Plain = {"provider": "bigcloud", "location": {"country": "FR", "site": "A"}}
    found = told("backup_elsewhere", {**BACKUP, "host": "g"}, host=site, others={"g": {**site, "location": {"country": "FR", "site": "B"}}})
    assert (found.value, found.confidence) == (True, Confidence.MEDIUM)


def test_a_replica_elsewhere_does_not_take_the_backup_away() -> None:
    far: Plain = {"g": {"provider": "knowncloud"}}
    assert told("backup_elsewhere", BACKUP, {**REPLICA, "host": "g"}, others=far).value is False
    assert told("backup_elsewhere", {**REPLICA, "host": "g"}, others=far).value is UNKNOWN


# --- restorations


def test_a_test_of_which_no_outcome_is_said_is_no_success() -> None:
    found = told("last_restore", {**BACKUP, "restore_tested": {"date": "2026-05-12"}})
    assert (found.value, found.missing) == (UNKNOWN, ("components.c0.restore_tested.succeeded",))


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        (({"date": "2015-05-12", **FAST}, {"date": "2026-05-12"}), "UNKNOWN"),
        (({"date": "2026-05-12", **FAST}, {"date": "2015-05-12"}), "2026-05-12"),
        (({"date": "2026-05-12", **FAST}, {"succeeded": True}), "UNKNOWN"),
        (({"date": "2026-05-12", **FAST}, {"succeeded": False}), "2026-05-12"),
        (({"date": "2026-05-12", **FAST}, {"date": "2026-06-12", "succeeded": False}), "2026-05-12"),
        ((False, False), "False"),
        ((False, {"date": "2026-06-12", "succeeded": False}), "False"),
    ],
)
def test_the_last_success_is_known_where_no_later_one_may_be(tests: tuple[Any, Any], expected: str) -> None:
    assert str(told("last_restore", *({**BACKUP, "restore_tested": test} for test in tests)).value) == expected


def test_a_replica_has_no_restoration_to_show() -> None:
    assert told("last_restore", {**BACKUP, "restore_tested": False}, REPLICA).value is False


def test_each_restoration_keeps_its_own_date_outcome_and_duration() -> None:
    old, late = {"date": "2015-05-12", **FAST}, {"date": "2026-05-12", **SLOW}
    found = told("restorations", {**BACKUP, "restore_tested": old}, {**BACKUP, "restore_tested": late}, REPLICA).value
    assert isinstance(found, tuple)
    assert [[str(each.fact(name).value) for name in ("id", "date", "succeeded", "within_rto")] for each in found] == [
        ["c0", "2015-05-12", "True", "True"],
        ["c1", "2026-05-12", "True", "False"],
    ]


def test_the_list_of_restorations_is_open_where_no_backup_is_known() -> None:
    found = told("restorations", REPLICA).value
    assert isinstance(found, tuple)
    assert [(item.value, item.missing) for item in found] == [(UNKNOWN, ("components.*.copy_of",))]
    assert told("restorations", host={**HERE, "responsibilities": {"backup": False}}).value == ()
