"""What comes to its last day: what the description dates, the nearest first."""

from __future__ import annotations

from datetime import date, timedelta

from hosting_worlds import Plain, world

from hds_audit.resolve.expiring import expiring

PLAIN: Plain = {
    "hosts": {"h": {"provider": "bigcloud", "contract": {"signed": "2024-01-01", "ends": "2027-03"}}, "g": {"contract": {"ends": False}}, "f": {"contract": False}},
    "environments": {"staging": {"data": "pseudonymised", "until": "2027-02-01"}, "production": {"data": "real"}},
    "governance": {"security_policy": {"approved": "2026-01-01", "next_review": "2027-01-15"}},
}


def told(on: date, within: timedelta) -> list[tuple[str, str, str]]:
    return [(item.date.isoformat(), item.what, item.id) for item in expiring(world(PLAIN, on), (), within) if not item.what.startswith(("text", "catalogued"))]


def test_contracts_reviews_and_approvals_come_to_their_last_day() -> None:
    assert told(date(2026, 11, 22), timedelta(days=180)) == [
        ("2027-01-15", "review", "governance.security_policy"),
        ("2027-02-01", "approval", "staging"),
        ("2027-03-31", "contract", "h"),
    ]


def test_the_last_day_itself_is_told_and_what_is_over_is_not() -> None:
    assert told(date(2027, 3, 31), timedelta(days=1)) == [("2027-03-31", "contract", "h")]
    assert told(date(2027, 4, 1), timedelta(days=30)) == []


def test_nothing_is_told_of_what_nobody_dates() -> None:
    bare: Plain = {"hosts": {"h": {"contract": True}}, "governance": {"security_policy": True}}
    found = expiring(world(bare, date(2026, 11, 22)), (), timedelta(days=30))
    assert not [item for item in found if item.what in ("contract", "review", "approval")]
