"""The report as JSON: the contract of machines, complete enough to write every other format from it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.report import (
    FORMAT as REPORT_FORMAT,
)
from hds_audit.model.report import (
    CoverageRow,
    ExposureView,
    FactView,
    Finding,
    NextStep,
    Notice,
    Report,
    RuleView,
    StepView,
    SubjectRef,
    WaiverView,
)
from hds_audit.model.text import Text
from hds_audit.report.format import Format, Style

_CHUNK = 1 << 16
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The report as one JSON object, in pieces; the language changes nothing of it."""
    return _chunked(_pieces(report))


def _chunked(pieces: Iterator[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _CHUNK:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "replace")


def _pieces(report: Report) -> Iterator[str]:
    yield _head(report)
    yield '"rules":{'
    yield ",\n".join(f"{_encode(key)}:{_encode(_rule(rule))}" for key, rule in report.rules.items())
    yield '},\n"facts":['
    yield from _listed(_encode(_fact(fact)) for fact in report.facts)
    yield '],\n"findings":['
    yield from _listed(_findings(report))
    yield "],\n"
    yield ",\n".join(f"{_encode(key)}:{_encode(value)}" for key, value in _tables(report))
    yield "}\n"


def _listed(items: Iterable[str]) -> Iterator[str]:
    first = True
    for item in items:
        yield item if first else ",\n" + item
        first = False


def _head(report: Report) -> str:
    tool = report.tool
    head = {
        "format": REPORT_FORMAT,
        "tool": {
            "name": tool.name,
            "version": tool.version,
            "rules": {"digest": tool.rules_digest, "count": tool.rules_count},
            "catalogue": {"as_of": tool.catalogue_as_of.isoformat(), "digest": tool.catalogue_digest},
        },
        "as_of": report.as_of.isoformat(),
        "generated": report.generated,
        "inputs": [item._asdict() for item in report.inputs],
        "description": report.description,
        "outcome": report.outcome,
        "exit_code": report.exit_code,
        "to_attest": report.to_attest,
        "gate": {**report.gate._asdict(), "frameworks": list(report.gate.frameworks)},
        "counts": dict(report.counts),
    }
    return _encode(head)[:-1] + ",\n"


def _rule(rule: RuleView) -> dict[str, object]:
    return {
        "title": text(rule.title), "framework": rule.framework, "controls": list(rule.controls), "related": list(rule.related),
        "level": rule.level, "severity": rule.severity, "addressee": rule.addressee, "subject": rule.subject,
        "remedy": text(rule.remedy), "limits": text(rule.limits), "applies": text(rule.applies), "requires": text(rule.requires),
        "sources": [_dated(source._asdict()) for source in rule.sources], "effort": rule.effort, "ours": rule.ours,
    }  # fmt: skip


def text(said: Text | None) -> dict[str, str] | None:
    """A sentence as {en, fr}."""
    return {"en": said.en, "fr": said.fr} if said is not None else None


def _dated(fields: dict[str, object]) -> dict[str, object]:
    """Days as text, and nothing that says nothing."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
    return {key: value for key, value in said.items() if value is not None and value != "" and value != ()}


def place(where: Place) -> dict[str, object]:
    """A place as {file, line, column, text}."""
    return {"file": where.file, "line": where.line, "column": where.column, "text": where.text}


def _fact(fact: FactView) -> dict[str, object]:
    said: dict[str, object] = {"path": fact.path, "value": fact.value, "origin": fact.origin}
    if fact.place is not None:
        said["place"] = place(fact.place)
    if fact.source:
        said["source"] = fact.source
    if fact.because:
        said["because"] = list(fact.because)
    return said


def _findings(report: Report) -> Iterator[str]:
    """Each finding from a prefix of its rule and one of its subject: a report holds a hundred thousand passes."""
    prefixes = {key: f'{{"rule":{_encode(key)},"controls":{_encode(rule.controls)},"subject":' for key, rule in report.rules.items()}
    names = {key: _encode(key)[:-1] for key in report.rules}
    subjects: dict[SubjectRef, tuple[str, str]] = {}
    for finding in report.findings:
        known = subjects.get(finding.subject)
        if known is None:
            kind, identifier = finding.subject
            known = (_encode({"kind": kind, "id": identifier}), _encode(f"/{kind}/{identifier}")[1:])
            subjects[finding.subject] = known
        yield (
            f'{prefixes[finding.rule]}{known[0]},"verdict":"{finding.verdict}","facts":[{",".join(map(str, finding.facts))}]'
            f'{_more(finding)},"fingerprint":{names[finding.rule]}{known[1]}}}'
        )


def _more(finding: Finding) -> str:
    if finding.message is None and finding.reason is None and finding.waiver is None and not finding.state:
        return ""
    said: dict[str, object] = {}
    if finding.message is not None:
        said["message"] = text(finding.message)
    if finding.reason is not None:
        said["reason"] = text(finding.reason)
    if finding.confidence != "high" or finding.message is not None:
        said["confidence"] = finding.confidence
    if finding.missing:
        said["missing"] = list(finding.missing)
    if finding.place is not None:
        said["place"] = place(finding.place)
    if finding.related:
        said["related"] = [place(where) for where in finding.related]
    if finding.waiver is not None:
        said["waiver"] = _waiver(finding.waiver)
    if finding.state:
        said["state"] = finding.state
    return "," + _encode(said)[1:-1]


def _waiver(waiver: WaiverView) -> dict[str, object]:
    return _dated(waiver._asdict())


def _tables(report: Report) -> Iterator[tuple[str, object]]:
    yield "activities", [_activity(row) for row in report.activities]
    yield "exposures", [_exposure(row) for row in report.exposures]
    yield "custody", [_custody(row) for row in report.custody]
    yield "coverage", [_coverage(row) for row in report.coverage]
    yield "waivers", [_waiver(row) for row in report.waivers]
    yield "attestations", [row._asdict() for row in report.attestations]
    yield "notices", [_notice(row) for row in report.notices]
    yield "next", [_next(row) for row in report.next]
    yield "expiring", [{**_dated(row._asdict()), "text": text(row.text)} for row in report.expiring]
    yield "resolved", list(report.resolved)
    yield "organisations", {row.id: _but_id({**row._asdict(), "parents": list(row.parents) or None}) for row in report.organisations}
    yield "places", {row.host: {"countries": list(row.countries), "whole": row.whole} for row in report.places}
    yield "texts", {row.id: _but_id({**row._asdict(), "title": text(row.title)}) for row in report.texts}


def _activity(row: ActivityRow) -> dict[str, object]:
    return {**row._asdict(), "reason": text(row.reason), "missing": list(row.missing)}


def _exposure(row: ExposureView) -> dict[str, object]:
    said = {**row._asdict(), "missing": list(row.missing), "path": [_step(step) for step in row.path]}
    return said if row.role else {key: value for key, value in said.items() if key != "role"}


def _step(step: StepView) -> dict[str, object]:
    said: dict[str, object] = {"kind": step.kind, "id": step.id, "why": text(step.why)}
    if step.place is not None:
        said["place"] = place(step.place)
    if step.source:
        said["source"] = step.source
    return said


def _custody(row: Custody) -> dict[str, object]:
    users = [{"organisation": who, "why": text(why)} for who, why, _ in row.users]
    return {"key": row.key, "users": users, "grade": row.grade, "sentence": text(row.sentence), "missing": list(row.missing)}


def _coverage(row: CoverageRow) -> dict[str, object]:
    said = {"title": text(row.title), "remains": text(row.remains), "rules": list(row.rules), "warning": text(row.warning)}
    return _dated({**row._asdict(), **said})


def _but_id(fields: dict[str, object]) -> dict[str, object]:
    return _dated({key: value for key, value in fields.items() if key != "id"})


def _notice(row: Notice) -> dict[str, object]:
    said: dict[str, object] = {"kind": row.kind, "text": text(row.text)}
    if row.place is not None:
        said["place"] = place(row.place)
    return said


def _next(row: NextStep) -> dict[str, object]:
    return {"path": row.path, "question": text(row.question), "settles": row.settles}


FORMAT = Format((".json",), render)
