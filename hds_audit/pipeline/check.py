"""One file audited: read, resolve, evaluate, with what lies beside it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hds_audit.errors import InputError, MisuseError, Problem
from hds_audit.model.description import Description
from hds_audit.model.report import Notice, Report
from hds_audit.model.text import Text
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.court import Court
from hds_audit.pipeline.knowledge import Knowledge, Shelf, cache_folder, knowledge, rules_folder

if TYPE_CHECKING:
    from hds_audit.model.values import Span
    from hds_audit.pipeline.importing import Merged


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
    since: str = ""


def known(packs: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge of this installation, with the packs that the user adds."""
    missing = [pack for pack in packs if not pack.is_dir()]
    if missing:
        raise InputError(*(Problem(str(pack), "no such folder of rules", "dossier de règles introuvable") for pack in missing))
    return knowledge(Shelf(rules_folder(), packs, cache_folder()))


def read(path: str, knowledge: Knowledge, request: Request, onto: Path | None = None) -> Reading:
    """The description at a path (`-` is standard input), or an import on top of the one at `onto`, with what lies beside it."""
    if onto is not None:
        imported = _imported(path, knowledge, onto)
        return completed(imported.description, onto.parent, request._replace(notices=(*request.notices, *imported.notices)))
    from hds_audit.read.description import parse_description, read_description
    from hds_audit.read.source import MOST_BYTES

    if path == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        return Reading(parse_description("<stdin>", content, knowledge.catalogue), request)
    return completed(read_description(Path(path), knowledge.catalogue), Path(path).parent, request)


def _imported(path: str, knowledge: Knowledge, onto: Path) -> "Merged":
    from hds_audit.pipeline.importing import merged, read_files, recognise

    importer = recognise(Path(path))
    if importer is None:
        raise InputError(Problem(path, "no importer recognises this file", "aucun importateur ne reconnaît ce fichier"))
    return merged(onto, read_files(importer, [Path(path)]), knowledge.catalogue)


def completed(description: Description, folder: Path, request: Request) -> Reading:
    """A description with what its folder holds beside it: documents that are there, templates of messages."""
    from hds_audit.read.description import absent_documents, altered_documents

    altered = tuple(altered_documents(description, folder))
    told = tuple(Notice("altered-document", _altered(path), place) for path, place in altered)
    absent = (*absent_documents(description, folder), *altered)
    templates = request.templates
    if "emails" in description.root.values:
        from hds_audit.pipeline.beside import templates_of, templates_told

        templates, told = templates_of(description, folder), (*told, *templates_told(description, folder))
    from hds_audit.pipeline.applicability import statement_of

    stated, notices = statement_of(description, folder), (*request.notices, *told)
    return Reading(
        description, request._replace(absent_documents=absent, templates=templates, notices=notices, statement=stated)
    )  # fmt: skip


def _altered(path: str) -> Text:
    return Text(
        f"The document of {path} is not the one whose SHA-256 is declared: what it backs stays declared.",
        f"Le document de {path} n'est pas celui dont le SHA-256 est déclaré : ce qu'il appuie reste déclaré.",
    )


def check(path: str, knowledge: Knowledge, request: Request, beside: Beside | None = None, sitting: Court | None = None) -> Report:
    """The report on the description at a path; raises InputError with every problem of it."""
    beside = beside or Beside()
    asked = _with_files(knowledge, request, beside)
    reading = read(path, knowledge, asked, beside.onto)
    _require_environment(reading.description, request.gate.environment)
    report = _elsewhere(audit(reading.description, knowledge, reading.request, sitting))
    if beside.strict_waivers:
        from hds_audit.evaluate.waivers import strictly

        strictly(report.notices)
    if beside.baseline is not None:
        from hds_audit.pipeline.baseline import against

        return against(report, beside.baseline)
    if beside.since:
        from hds_audit.pipeline.since import since

        return since(report, Path(path), beside.since, knowledge, asked)
    return report


def _with_files(knowledge: Knowledge, request: Request, beside: Beside) -> Request:
    if beside.waivers is not None:
        from hds_audit.read.waivers import read_waivers

        request = request._replace(waivers=read_waivers(beside.waivers, {rule.id for rule in knowledge.rules}))
    if beside.evidence is not None:
        from hds_audit.read.evidence import read_evidence

        request = request._replace(evidence=read_evidence(beside.evidence))
    if request.evidence is not None:
        from hds_audit.pipeline.beside import weighed

        counts, told = weighed(request.evidence, request.as_of, beside.max_age)
        request = request._replace(evidence=counts, notices=(*request.notices, *told))
    return request


def _require_environment(description: Description, wanted: str) -> None:
    """Raises MisuseError where no component is of the environment that alone is to be judged: nothing would be, in silence."""
    if not wanted:
        return
    found = {str(record.values.get("environment", "")) for record in description.section("components").values()} - {""}
    if wanted not in found:
        said = ", ".join(sorted(found)) or "-"
        raise MisuseError(Problem(
            "--environment", f"no component is of the environment {wanted}; declared: {said}",
            f"aucun composant n'est de l'environnement {wanted} ; déclarés : {said}",
        ))  # fmt: skip


def _elsewhere(report: Report) -> Report:
    """With one environment only, a waiver that matches nothing may well match in another: it is told so, and is no orphan."""
    if not report.gate.environment or not report.waivers:
        return report
    return report._replace(notices=tuple(
        Notice("waiver-elsewhere", _ELSEWHERE, notice.place) if notice.kind == "waiver-orphan" else notice for notice in report.notices
    ))  # fmt: skip


_ELSEWHERE = Text(
    "This waiver matches no fail in the environment that was judged; whether it does in another was not looked at.",
    "Cette dérogation ne correspond à aucune non-conformité de l'environnement jugé ; les autres n'ont pas été examinés.",
)
