"""A description and the files it includes, as one tree: mappings merge, lists replace, the including file wins."""

import hashlib
import posixpath
from collections.abc import Callable
from typing import NamedTuple

from hds_audit.errors import InputError
from hds_audit.model.description import InputFile
from hds_audit.model.format.words import FORMAT
from hds_audit.model.text import Text
from hds_audit.read import include_wording as wording
from hds_audit.read.complaints import Complaint, Complaints, value_point
from hds_audit.read.source import MOST_BYTES, decode
from hds_audit.read.tree import Map, Node, Seq
from hds_audit.read.yaml_tree import grow

Include = Callable[[str], bytes]
"""Gives the bytes of an included file by its path from the description's folder; raises InputError where it cannot."""

MOST_FILES = 200


class Assembled(NamedTuple):
    """All files of one description."""

    root: Map | None
    names: tuple[str, ...]
    texts: tuple[str, ...]
    inputs: tuple[InputFile, ...]
    complaints: Complaints


def assemble(name: str, content: bytes, include: Include | None) -> Assembled:
    """The tree of a description with what it includes, and everything that is wrong with the files."""
    assembly = _Assembly(name, include)
    root = assembly.add("", name, content, ())
    return Assembled(root, tuple(assembly.names), tuple(assembly.texts), tuple(assembly.inputs), assembly.complaints)


class _Assembly:
    def __init__(self, name: str, include: Include | None) -> None:
        self.folder, self.include = posixpath.dirname(name), include
        self.names: list[str] = []
        self.texts: list[str] = []
        self.inputs: list[InputFile] = []
        self.complaints = Complaints()
        self.bytes = 0
        self.done: dict[str, Map | None] = {}

    def add(self, path: str, name: str, content: bytes, above: tuple[str, ...]) -> Map | None:
        """Read one file and merge into it what it includes; `above` are the files that led here."""
        file = len(self.names)
        self.names.append(name)
        self.inputs.append(InputFile(name, hashlib.sha256(content).hexdigest()))
        self.bytes += len(content)
        source = decode(file, content)
        self.texts.append("" if isinstance(source, Complaint) else source.text)
        if isinstance(source, Complaint):
            self.complaints.append(source)
            return None
        root = grow(file, source, self.complaints)
        return self.merged(root, path, above) if root is not None else None

    def merged(self, root: Map, path: str, above: tuple[str, ...]) -> Map:
        """A tree on top of the trees of its `include`."""
        if "include" not in root:
            return root
        beneath: Map | None = None
        for wanted, point in self.wanted(root):
            found = self.included(wanted, point, path, above)
            if found is not None:
                beneath = found if beneath is None else overlaid(beneath, found)
        rest = Map()
        rest.update((key, value) for key, value in root.items() if key != "include")
        rest.marks = {key: mark for key, mark in root.marks.items() if key != "include"}
        return overlaid(beneath, rest) if beneath is not None else rest

    def wanted(self, root: Map) -> list[tuple[str, int]]:
        """The paths that `include` names, and where."""
        written, mark = root["include"], root.marks["include"]
        pairs = zip(written, written.marks, strict=True) if isinstance(written, Seq) else [(written, mark)]
        found: list[tuple[str, int]] = []
        for each, at in pairs:
            if isinstance(each, str) and each.strip():
                found.append((each, value_point(at)))
            elif each is not False:
                self.complaints.append(Complaint(value_point(at), wording.NOT_A_PATH))
        return found

    def included(self, wanted: str, point: int, by: str, above: tuple[str, ...]) -> Map | None:
        """The merged tree of an included file, read once however often it is included."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(by), wanted))
        said = self.refusal(wanted, path, (*above, by))
        if said is not None:
            self.complaints.append(Complaint(point, said))
            return None
        if path not in self.done:
            self.done[path] = self.fetched(path, point, (*above, by))
        return self.done[path]

    def refusal(self, wanted: str, path: str, above: tuple[str, ...]) -> Text | None:
        """Why a path may not be included."""
        if self.include is None:
            return wording.NO_FOLDER
        if path.startswith(("/", "../")) or path in (".", "..") or "\\" in path or ":" in path or "\0" in path:
            return wording.outside(wanted)
        if path in above or posixpath.join(self.folder, path) == self.names[0]:
            return wording.circle(wanted)
        if len(self.names) >= MOST_FILES or self.bytes >= MOST_BYTES:
            return wording.TOO_MUCH
        return None

    def fetched(self, path: str, point: int, above: tuple[str, ...]) -> Map | None:
        """An included file, read; what cannot be read is told at the `include`."""
        try:
            content = self.include(path) if self.include else b""
        except InputError as error:
            self.complaints.extend(Complaint(point, Text(each.en, each.fr)) for each in error.problems)
            return None
        root = self.add(path, posixpath.join(self.folder, path), content, above)
        if root is not None and root.get("format", FORMAT) != FORMAT:
            self.complaints.append(Complaint(value_point(root.marks["format"]), wording.OTHER_FORMAT))
        return root


def overlaid(beneath: Map, top: Map) -> Map:
    """Two mappings as one: where both have a mapping it is merged, elsewhere the upper has the last word."""
    both = Map()
    both.update(beneath)
    both.marks = dict(beneath.marks)
    for key, value in top.items():
        below: Node = both.get(key)
        both[key] = overlaid(below, value) if isinstance(below, Map) and isinstance(value, Map) else value
        both.marks[key] = top.marks[key]
    return both
