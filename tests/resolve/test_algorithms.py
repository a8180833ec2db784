"""What the name of an algorithm says: an encoding is no encryption."""

from __future__ import annotations

import pytest
from exposure_worlds import Plain, stored_at, world

from hds_audit.model.fact import UNKNOWN, Fact
from hds_audit.resolve.ciphers import cipher, encrypts

NOTHING = ("none", "NULL", "plaintext", "base64", "Hex", "rot13", "XOR", "aucun")


def fact(plain: Plain, path: str) -> Fact:
    subject = world(plain).subject("component", "db")
    assert subject is not None
    return subject.fact(path)


@pytest.mark.parametrize("said", NOTHING)
def test_an_encoding_is_no_encryption(said: str) -> None:
    assert cipher(said).name == "null"
    assert not encrypts(said)
    plain = stored_at("aws", ({"layer": "volume", "algorithm": said},))
    assert fact(plain, "health_encrypted_at_rest").value is False
    assert fact(plain, "bare_data").value == ("records",)
    assert fact(plain, "custody_grade").value == 0


@pytest.mark.parametrize("said", ["AES-256-GCM", "LUKS", "TDE", "", None, True])
def test_what_may_be_one_is_taken_for_one(said: object) -> None:
    assert encrypts(said)
    layer = {"layer": "volume", "key": "k", **({"algorithm": said} if isinstance(said, str) and said else {})}
    assert fact(stored_at("aws", (layer,), {"k": {}}), "health_encrypted_at_rest").value is True


def test_a_layer_that_is_none_beside_one_that_is_takes_nothing_away() -> None:
    plain = stored_at("aws", ({"layer": "volume", "algorithm": "none"}, {"layer": "database", "algorithm": "AES-256"}))
    assert fact(plain, "health_encrypted_at_rest").value is True
    assert fact(plain, "hidden_from_host").value is not UNKNOWN
