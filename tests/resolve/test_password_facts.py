"""Passwords: which publics have one, and what may make up for a short one."""

from __future__ import annotations

from typing import Any

import pytest
from hosting_worlds import fact, world

from hds_audit.model.fact import UNKNOWN, Fact


def passwords(authentication: Any) -> Fact:
    return fact(world({"components": {"app": {"kind": "application", "authentication": authentication}}}), "component", "app", "passwords")


@pytest.mark.parametrize(
    ("said", "expected", "missing"),
    [
        ({"means": ["password"]}, False, ()),
        ({"means": ["password"], "mfa": True}, False, ()),
        ({"means": ["password", "otp"], "mfa": False}, False, ()),
        ({"means": ["password", "otp"]}, UNKNOWN, ("components.app.authentication.patients.mfa",)),
        ({"means": ["password", "otp"], "mfa": True}, UNKNOWN, ("components.app.authentication.patients.entropy",)),
    ],
)
def test_another_measure_is_never_taken_as_shown(said: dict[str, Any], expected: object, missing: tuple[str, ...]) -> None:
    found = passwords({"patients": said, "staff": {"means": ["passkey"]}}).value
    assert isinstance(found, tuple)
    assert [item.fact("id").value for item in found] == ["patients"]
    other = found[0].fact("other_measure")
    assert (other.value, other.missing) == (expected, missing)


def test_means_left_out_leave_the_list_open() -> None:
    found = passwords({"patients": {"lockout": True}}).value
    assert isinstance(found, tuple)
    assert [(item.value, item.missing) for item in found] == [(UNKNOWN, ("components.app.authentication.patients.means",))]
    assert passwords(True).value is UNKNOWN
