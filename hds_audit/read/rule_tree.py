"""A YAML file that is no description (a rule, waivers) as plain data."""

from __future__ import annotations

from hds_audit.errors import InputError, Problem
from hds_audit.read.complaints import Complaint, Complaints
from hds_audit.read.source import decode
from hds_audit.read.tree import Map, Refused, Seq
from hds_audit.read.yaml_tree import grow


def rule_tree(name: str, content: bytes) -> dict[str, object]:
    """The mapping that a file holds: texts as written, plain true and false as such; raises InputError."""
    complaints = Complaints()
    source = decode(0, content)
    root = None
    if isinstance(source, Complaint):
        complaints.append(source)
    else:
        root = grow(0, source, complaints)
    if complaints:
        raise InputError(*complaints.told((name,)))
    if root is None:
        raise InputError(Problem(f"{name}:1:1", "the file is empty; write a mapping", "le fichier est vide ; écrire un dictionnaire"))
    return {key: plain(value) for key, value in root.items()}


def plain(node: object) -> object:
    """A node of a tree as plain data; what was refused is left out by the complaint that it caused."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    return None if isinstance(node, Refused) else node
