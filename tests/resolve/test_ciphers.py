"""What the name of an algorithm says of its mode."""

from __future__ import annotations

import pytest

from hds_audit.resolve.ciphers import cipher, names_ecb


@pytest.mark.parametrize("said", ["AES-128-ECB", "aes_256_ecb", "AES/ECB/PKCS5Padding", "DES-EDE3-ECB"])
def test_the_mode_that_shows_equal_blocks_is_told_by_name(said: str) -> None:
    assert names_ecb(said)
    assert cipher(said).name is not None


@pytest.mark.parametrize("said", ["AES-256-GCM", "AES-256-XTS", "ChaCha20-Poly1305", "AES-256", "ECDSA", "ECIES"])
def test_other_modes_and_none_are_not_taken_for_it(said: str) -> None:
    assert not names_ecb(said)
