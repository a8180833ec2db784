"""A YAML file that is no description (a rule, waivers) as plain data."""

from __future__ import annotations

from hds_audit.errors import InputError, Problem
from hds_audit.model.record import COLUMN_BITS, LINE_BITS
from hds_audit.read.complaints import Complaint
from hds_audit.read.source import decode
from hds_audit.read.tree import Map, Refused, Seq, grow

_LINE, _COLUMN = (1 << LINE_BITS) - 1, (1 << COLUMN_BITS) - 1


def rule_tree(name: str, content: bytes) -> dict[str, object]:
    """The mapping that a file holds: texts as written, plain true and false as such; raises InputError."""
    source = decode(0, content)
    if isinstance(source, Complaint):
        raise InputError(_problem(name, source))
    tree = grow(0, source)
    if tree.complaints or tree.root is None:
        empty = Problem(f"{name}:1:1", "the file is empty; write a mapping", "le fichier est vide ; écrire un dictionnaire")
        raise InputError(*([_problem(name, complaint) for complaint in tree.complaints] or [empty]))
    return {key: plain(value) for key, value in tree.root.items()}


def plain(node: object) -> object:
    """A node of a tree as plain data; what was refused is left out by the complaint that it caused."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    return None if isinstance(node, Refused) else node


def _problem(name: str, complaint: Complaint) -> Problem:
    line, column = (complaint.point >> COLUMN_BITS) & _LINE, complaint.point & _COLUMN
    return Problem(f"{name}:{line + 1}:{column + 1}", complaint.said.en, complaint.said.fr)
