"""Where resource blocks and their attributes are written in `.tf` files, found without parsing HCL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hds_audit.importers.texts import read_text

_BLOCK = re.compile(r'\s*(?:resource\s+"([^"]+)"|(module))\s+"([^"]+)"\s*\{')
_ATTRIBUTE = re.compile(r'\s*(?:dynamic\s+")?([A-Za-z_][\w-]*)"?\s*(?:=(?!=)|\{)')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_HEREDOC = re.compile(r"<<[-~]?([A-Za-z_]\w*)\s*$")
_COMMENT = re.compile(r"(?:#|//).*|/\*.*?\*/")


class Block(NamedTuple):
    """A block of a resource or a module: its file, its first line, and the line of each of its attributes and inner blocks."""

    file: str
    line: int
    attributes: Mapping[str, int]


def blocks_of(folder: Path) -> dict[str, Block]:
    """The blocks of resources and modules of the `.tf` files of a folder, by `type.label` and `module.label`; the first one stands."""
    found: dict[str, Block] = {}
    for path in sorted(folder.glob("*.tf")) if folder.is_dir() else ():
        text = read_text(path)
        for key, block in _blocks(str(path), text) if isinstance(text, str) else ():
            found.setdefault(key, block)
    return found


def _blocks(file: str, text: str) -> Iterator[tuple[str, Block]]:
    key, begun, attributes, depth = "", 0, dict[str, int](), 0
    for number, line in _code(text):
        opening = _BLOCK.match(line) if depth == 0 else None
        if opening is not None:
            key, begun, attributes = f"{opening[1] or opening[2]}.{opening[3]}", number, {}
            inner = _ATTRIBUTE.match(line[opening.end() :])
            attributes.update({inner[1]: number} if inner else {})
        elif depth == 1 and key:
            attribute = _ATTRIBUTE.match(line)
            if attribute is not None:
                attributes.setdefault(attribute[1], number)
        bare = _QUOTED.sub("", line)
        depth = max(0, depth + bare.count("{") + bare.count("[") - bare.count("}") - bare.count("]"))
        if depth == 0 and key:
            yield key, Block(file, begun, attributes)
            key = ""


def _code(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are code: without comments and without the inside of here-documents."""
    ending, comment = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if ending:
            ending = "" if line.strip() == ending else ending
            continue
        if comment:
            comment = "*/" not in line
            continue
        heredoc = _HEREDOC.search(line)
        ending = heredoc[1] if heredoc else ""
        code = _COMMENT.sub("", line) if "#" in line or ("/" in line and '"' not in line) else line
        comment = "/*" in code and "*/" not in code
        yield number, code
