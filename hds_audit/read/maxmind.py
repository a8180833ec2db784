"""The MaxMind DB format, version 2, as far as looking up an address needs it: a binary tree of address bits over a section of typed data.

Source: the public specification of the format. Hostile or broken files give ValueError.
"""

import struct
from ipaddress import ip_address
from typing import NamedTuple

_MARK = b"\xab\xcd\xefMaxMind.com"
_POINTER, _TEXT, _DOUBLE, _BYTES, _U16, _U32, _MAP, _I32, _U64, _U128, _LIST, _FLAG, _FLOAT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15
_NUMBERS = (_U16, _U32, _U64, _U128)
_POINTER_OFFSETS = (0, 2048, 526_336, 0)
_DEEPEST = 32

Node = str | int | float | bool | bytes | list["Node"] | dict[str, "Node"]


class Step(NamedTuple):
    """A value, and where the next one begins."""

    value: Node
    next: int


class Database:
    """One file, held in memory."""

    def __init__(self, content: bytes) -> None:
        start = content.rfind(_MARK)
        if start < 0:
            raise ValueError("no MaxMind database")
        facts = _Data(content[start + len(_MARK) :]).read(0).value
        if not isinstance(facts, dict):
            raise ValueError("no metadata")
        self._size, self._nodes, version = (_whole(facts, key) for key in ("record_size", "node_count", "ip_version"))
        tree = self._nodes * self._size // 4
        if self._size not in (24, 28, 32) or version not in (4, 6) or tree + 16 > start:
            raise ValueError("metadata that do not fit the file")
        self._tree, self._data, self._version = content[:tree], _Data(content[tree + 16 : start]), version

    def find(self, address: str) -> Node | None:
        """What the file says of an address; None where it says nothing."""
        parsed = ip_address(address)
        if self._version == 4 and parsed.version == 6:
            return None
        bits, length = int(parsed), 128 if self._version == 6 else 32
        node = 0
        for place in range(length - 1, -1, -1):
            node = self._record(node, bits >> place & 1)
            if node >= self._nodes:
                break
        return None if node <= self._nodes else self._data.read(node - self._nodes - 16).value

    def _record(self, node: int, side: int) -> int:
        size = self._size // 4
        found = self._tree[node * size : (node + 1) * size]
        if self._size == 28:
            middle = found[3] >> 4 if side == 0 else found[3] & 0x0F
            return middle << 24 | int.from_bytes(found[:3] if side == 0 else found[4:], "big")
        half = size // 2
        return int.from_bytes(found[:half] if side == 0 else found[half:], "big")


def _whole(facts: dict[str, Node], key: str) -> int:
    found = facts.get(key)
    if not isinstance(found, int):
        raise ValueError(f"no {key}")
    return found


class _Data:
    """The typed data of a file; pointers count from its beginning."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def _take(self, at: int, size: int) -> bytes:
        if at < 0 or size > len(self._content) - at:
            raise ValueError("data cut short")
        return self._content[at : at + size]

    def read(self, at: int, depth: int = 0) -> Step:
        """The value that begins there."""
        if depth > _DEEPEST:
            raise ValueError("data too deep")
        control = self._take(at, 1)[0]
        kind, at = control >> 5, at + 1
        if kind == _POINTER:
            return self._pointer(control, at, depth)
        if kind == 0:
            kind, at = self._take(at, 1)[0] + 7, at + 1
        size = control & 0x1F
        if size > 28:
            width = size - 28
            size = (29, 285, 65_821)[width - 1] + int.from_bytes(self._take(at, width), "big")
            at += width
        if kind == _MAP:
            return self._map(at, size, depth)
        if kind == _LIST:
            return self._list(at, size, depth)
        if kind == _FLAG:
            return Step(bool(size), at)
        return Step(_plain(kind, self._take(at, size)), at + size)

    def _pointer(self, control: int, at: int, depth: int) -> Step:
        width = (control >> 3 & 3) + 1
        high = 0 if width == 4 else (control & 7) << 8 * width
        target = high + int.from_bytes(self._take(at, width), "big") + _POINTER_OFFSETS[width - 1]
        return Step(self.read(target, depth + 1).value, at + width)

    def _map(self, at: int, size: int, depth: int) -> Step:
        found: dict[str, Node] = {}
        for _ in range(size):
            key, at = self.read(at, depth + 1)
            value, at = self.read(at, depth + 1)
            found[str(key)] = value
        return Step(found, at)

    def _list(self, at: int, size: int, depth: int) -> Step:
        found: list[Node] = []
        for _ in range(size):
            value, at = self.read(at, depth + 1)
            found.append(value)
        return Step(found, at)


def _plain(kind: int, content: bytes) -> Node:
    if kind == _TEXT:
        return content.decode("utf-8", "replace")
    if kind in _NUMBERS:
        return int.from_bytes(content, "big")
    if kind == _I32:
        return int.from_bytes(content.rjust(4, b"\0"), "big", signed=True)
    if kind in (_DOUBLE, _FLOAT):
        return float(struct.unpack(">d" if len(content) == 8 else ">f", content)[0]) if len(content) in (4, 8) else 0.0
    return content
