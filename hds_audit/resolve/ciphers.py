"""What an algorithm's name says: the cipher, the length of its key and of its block."""

import re
from typing import NamedTuple

_LENGTH = re.compile(r"(?<!\d)(\d{2,5})(?!\d)")
_BLOCKS = {
    "aes": 128,
    "camellia": 128,
    "aria": 128,
    "twofish": 128,
    "serpent": 128,
    "3des": 64,
    "des": 64,
    "blowfish": 64,
    "idea": 64,
    "cast5": 64,
}
_FIXED = {"3des": 112, "des": 56, "idea": 128, "chacha20": 256, "xchacha20": 256, "salsa20": 256, "x25519": 256, "ed25519": 256}
_NAMES = {"tdes": "3des", "tripledes": "3des", "des3": "3des", "desede": "3des", "desede3": "3des", "rijndael": "aes", "arc4": "rc4"}
_NOTHING = ("none", "aucun", "plaintext", "plain", "cleartext", "clear", "base64", "hex", "rot13", "xor")  # written, and no encryption
_NAMES |= dict.fromkeys(_NOTHING, "null")
_KNOWN = frozenset({*_BLOCKS, *_FIXED, "rsa", "dh", "ecdsa", "ecdh", "ecies", "eddsa", "rc4", "null", "ed448", "x448", "gost", "sm4"})


class Cipher(NamedTuple):
    """`name` is None where the text names no cipher that we know; lengths in bits, None where they do not apply or are not said."""

    name: str | None
    key_bits: int | None
    block_bits: int | None


def cipher(said: str) -> Cipher:
    """The cipher that a text such as AES-256-GCM names; a stream cipher has no block."""
    words = _words(said)
    name = next((found for word in words if (found := _known(word))), None)
    if name is None:
        return Cipher(None, None, None)
    return Cipher(name, _FIXED.get(name) or _length(name, words), _BLOCKS.get(name))


def encrypts(said: object) -> bool:
    """Whether what is said of an algorithm may be encryption: an encoding, or `none`, is not; what is not said may be."""
    return not isinstance(said, str) or cipher(said).name != "null"


def names_ecb(said: str) -> bool:
    """Whether it names the mode that encrypts equal blocks alike, and so shows which are equal (RGS, annex B1, RègleModeChiff-1)."""
    return "ecb" in _words(said)


def _words(said: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", said.lower()) if word]


def _known(word: str) -> str | None:
    for named in (word, word.rstrip("0123456789")):
        if (name := _NAMES.get(named, named)) in _KNOWN:
            return name
    return None


def _length(name: str, words: list[str]) -> int | None:
    lengths = [int(found) for word in words for found in _LENGTH.findall(word.removeprefix(name))]
    return next((length for length in lengths if length >= 40), None)
