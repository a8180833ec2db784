"""One file audited: read, resolve, evaluate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from hds_audit.errors import InputError, Problem
from hds_audit.model.description import Description
from hds_audit.model.report import Report
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.knowledge import Knowledge, Shelf, cache_folder, knowledge, rules_folder


class Reading(NamedTuple):
    """A description that was read, with what lies beside it."""

    description: Description
    request: Request


def known(packs: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge of this installation, with the packs that the user adds."""
    missing = [pack for pack in packs if not pack.is_dir()]
    if missing:
        raise InputError(*(Problem(str(pack), "no such folder of rules", "dossier de règles introuvable") for pack in missing))
    return knowledge(Shelf(rules_folder(), packs, cache_folder()))


def read(path: str, knowledge: Knowledge, request: Request) -> Reading:
    """The description at a path (`-` is standard input), with the documents that it names and that are not there."""
    from hds_audit.read.description import absent_documents, parse_description, read_description

    if path == "-":
        return Reading(parse_description("<stdin>", sys.stdin.buffer.read(), knowledge.catalogue), request)
    description = read_description(Path(path), knowledge.catalogue)
    absent = absent_documents(description, Path(path).parent)
    return Reading(description, request._replace(absent_documents=tuple(absent)))


def check(path: str, knowledge: Knowledge, request: Request) -> Report:
    """The report on the description at a path; raises InputError with every problem of it."""
    reading = read(path, knowledge, request)
    return audit(reading.description, knowledge, reading.request)
