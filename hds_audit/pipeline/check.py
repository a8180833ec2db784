"""One file audited: read, resolve, evaluate, with what lies beside it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, Problem
from hds_audit.model.description import Description
from hds_audit.model.report import Notice, Report
from hds_audit.model.text import Text
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.knowledge import Knowledge, Shelf, cache_folder, knowledge, rules_folder

if TYPE_CHECKING:
    from hds_audit.model.values import Span


class Reading(NamedTuple):
    """A description that was read, and the request completed with what lies beside it."""

    description: Description
    request: Request


class Beside(NamedTuple):
    """Files that an audit reads with the description, where they are named."""

    waivers: Path | None = None
    evidence: Path | None = None
    baseline: Path | None = None
    onto: Path | None = None
    strict_waivers: bool = False
    max_age: "Span | None" = None


def known(packs: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge of this installation, with the packs that the user adds."""
    missing = [pack for pack in packs if not pack.is_dir()]
    if missing:
        raise InputError(*(Problem(str(pack), "no such folder of rules", "dossier de règles introuvable") for pack in missing))
    return knowledge(Shelf(rules_folder(), packs, cache_folder()))


def read(path: str, knowledge: Knowledge, request: Request, onto: Path | None = None) -> Reading:
    """The description at a path (`-` is standard input), or an import on top of the one at `onto`, with what lies beside it."""
    if onto is not None:
        return _completed(_imported(path, knowledge, onto), onto.parent, request)
    from hds_audit.read.description import parse_description, read_description
    from hds_audit.read.source import MOST_BYTES

    if path == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        return Reading(parse_description("<stdin>", content, knowledge.catalogue), request)
    return _completed(read_description(Path(path), knowledge.catalogue), Path(path).parent, request)


def _imported(path: str, knowledge: Knowledge, onto: Path) -> Description:
    from hds_audit.pipeline.importing import merge_over, read_files, recognise

    importer = recognise(Path(path))
    if importer is None:
        raise InputError(Problem(path, "no importer recognises this file", "aucun importateur ne reconnaît ce fichier"))
    return merge_over(onto, read_files(importer, [Path(path)]), knowledge.catalogue)


def _completed(description: Description, folder: Path, request: Request) -> Reading:
    from hds_audit.read.description import absent_documents, altered_documents

    altered = tuple(altered_documents(description, folder))
    told = tuple(Notice("altered-document", _altered(path), place) for path, place in altered)
    absent = (*absent_documents(description, folder), *altered)
    templates = request.templates
    if "emails" in description.root.values:
        from hds_audit.pipeline.beside import templates_of

        templates = templates_of(description, folder)
    return Reading(
        description, request._replace(absent_documents=absent, templates=templates, notices=(*request.notices, *told))
    )  # fmt: skip


def _altered(path: str) -> Text:
    return Text(
        f"The document of {path} is not the one whose SHA-256 is declared: what it backs stays declared.",
        f"Le document de {path} n'est pas celui dont le SHA-256 est déclaré : ce qu'il appuie reste déclaré.",
    )


def check(path: str, knowledge: Knowledge, request: Request, beside: Beside | None = None) -> Report:
    """The report on the description at a path; raises InputError with every problem of it."""
    beside = beside or Beside()
    asked = _with_files(knowledge, request, beside)
    reading = read(path, knowledge, asked, beside.onto)
    report = audit(reading.description, knowledge, reading.request)
    if beside.baseline is None:
        return report
    from hds_audit.pipeline.baseline import against

    return against(report, beside.baseline)


def _with_files(knowledge: Knowledge, request: Request, beside: Beside) -> Request:
    if beside.waivers is not None:
        from hds_audit.read.waivers import read_waivers

        request = request._replace(
            waivers=read_waivers(beside.waivers, {rule.id for rule in knowledge.rules}), strict_waivers=beside.strict_waivers
        )  # fmt: skip
    if beside.evidence is not None:
        from hds_audit.pipeline.beside import stale
        from hds_audit.read.evidence import read_evidence

        evidence = read_evidence(beside.evidence)
        old = stale(evidence, request.as_of, beside.max_age) if beside.max_age is not None else None
        request = request._replace(evidence=None if old else evidence, notices=(*request.notices, *([old] if old else [])))
    return request
