"""The report as JSON: the contract of machines, complete enough to write every other format from it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.report import (
    FORMAT as REPORT_FORMAT,
)
from hds_audit.model.report import (
    CoverageRow,
    NextStep,
    Notice,
    Ready,
    Report,
    RowParts,
    RuleParts,
    RuleView,
)
from hds_audit.model.rule import RuleSource
from hds_audit.model.text import Text
from hds_audit.report.compact import Lines, dated, exposure, facts, findings, said_text, string, strings
from hds_audit.report.format import Format, Style

_CHUNK, _TOGETHER = 1 << 16, 128
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The report as one JSON object, in pieces; the language changes nothing of it."""
    return _chunked(_pieces(report))


def _chunked(pieces: Iterator[str | bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece if isinstance(piece, bytes) else _bytes(piece))
        size += len(piece)
        if size > _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _bytes(said: str) -> bytes:
    return said.encode("utf-8", "replace")


def _pieces(report: Report) -> Iterator[str | bytes]:
    yield _head(report)
    yield '"rules":{'
    yield b",\n".join([_rule(rule, report.ready) for rule in report.rules.values()])
    yield '},\n"facts":['
    lines = Lines()
    yield from _listed(facts(report, lines))
    yield '],\n"findings":['
    yield from _listed(findings(report, lines))
    yield "],\n"
    yield '"exposures":['
    yield from _listed(exposure(row, lines) for row in report.exposures)
    yield '],\n"coverage":['
    yield b",\n".join([_coverage(row, report.ready) for row in report.coverage])
    yield "],\n"
    yield ",\n".join(f"{_encode(key)}:{_encode(value)}" for key, value in _tables(report))
    yield "}\n"


def _listed(items: Iterable[str]) -> Iterator[str]:
    waiting, before = iter(items), ""
    while some := ",\n".join(islice(waiting, _TOGETHER)):
        yield before + some
        before = ",\n"


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


def rule_parts(rule: RuleView) -> RuleParts:
    """What the report says of a rule on any day: that is most of a small report, and by hand as well."""
    sources = ",".join([_source(source) for source in rule.sources])
    return (
        _bytes(f'{string(rule.id)}:{{"title":{said_text(rule.title)},"framework":"{rule.framework}","controls":'),
        _bytes(
            f',"related":{strings(rule.related)},"level":"{rule.level}","severity":"{rule.severity}","addressee":"{rule.addressee}",'
            f'"subject":"{rule.subject}","remedy":{said_text(rule.remedy)},"limits":{said_text(rule.limits)},'
            f'"applies":{said_text(rule.applies)},"requires":{said_text(rule.requires)},"sources":[{sources}],'
            f'"effort":{string(rule.effort)},"ours":{"true" if rule.ours else "false"},"confidence":"'
        ),
    )


def _rule(rule: RuleView, ready: Ready) -> bytes:
    made = ready.rules.get(rule.id)
    before, after = made[1] if made is not None and made[0] is rule else rule_parts(rule)
    reason = f',"reason":{said_text(rule.reason)}' if rule.reason is not None else ""
    families = f',"families":{strings(rule.families)}' if rule.families else ""
    return b"".join((before, _bytes(strings(rule.controls)), after, _bytes(f'{rule.confidence}"{reason}{families}}}')))


def _source(source: RuleSource) -> str:
    read = f',"read":"{source.read.isoformat()}"' if source.read is not None else ""
    url = f',"url":{string(source.url)}' if source.url else ""
    return f'{{"ref":{string(source.ref)},"status":"{source.status}"{read}{url}}}'


def text(said: Text | None) -> dict[str, str] | None:
    """A sentence as {en, fr}."""
    return {"en": said.en, "fr": said.fr} if said is not None else None


def place(where: Place) -> dict[str, object]:
    """A place as {file, line, column, text}."""
    return {"file": where.file, "line": where.line, "column": where.column, "text": where.text}


def _tables(report: Report) -> Iterator[tuple[str, object]]:
    yield "activities", [_activity(row) for row in report.activities]
    yield "custody", [_custody(row) for row in report.custody]
    yield "waivers", [dated(row._asdict()) for row in report.waivers]
    yield "attestations", [row._asdict() for row in report.attestations]
    yield "notices", [_notice(row) for row in report.notices]
    yield "next", [_next(row) for row in report.next]
    yield "expiring", [{**dated(row._asdict()), "text": text(row.text)} for row in report.expiring]
    yield "resolved", list(report.resolved)
    yield "organisations", {row.id: _but_id({**row._asdict(), "parents": list(row.parents) or None}) for row in report.organisations}
    yield "places", {row.host: {"countries": list(row.countries), "whole": row.whole} for row in report.places}
    yield "texts", {row.id: _but_id({**row._asdict(), "title": text(row.title)}) for row in report.texts}


def _activity(row: ActivityRow) -> dict[str, object]:
    return {**row._asdict(), "reason": text(row.reason), "missing": list(row.missing)}


def _custody(row: Custody) -> dict[str, object]:
    users = [{"organisation": who, "why": text(why)} for who, why, _ in row.users]
    return {"key": row.key, "users": users, "grade": row.grade, "sentence": text(row.sentence), "missing": list(row.missing)}


def row_parts(row: CoverageRow) -> RowParts:
    """What the report says of a requirement in any report."""
    own = {"nature": row.nature, "since": row.since, "status": row.status, "warning": text(row.warning), "rests": row.rests}
    more = _encode(dated(own)) if any(own.values()) else "{}"
    return (
        _bytes(f'{{"control":{string(row.control)},"title":{said_text(row.title)},"text":{string(row.text)},"verdict":"'),
        _bytes(f',"addressee":"{row.addressee}","remains":{said_text(row.remains)},"in_force":'),
        _bytes(f',"kind":"{row.kind}"{"," if len(more) > 2 else ""}{more[1:]}'),
    )


def _coverage(row: CoverageRow, ready: Ready) -> bytes:
    made = ready.rows.get(row.control)
    before, after, last = made[1] if made is not None and _as_said(row) == _as_said(made[0]) else row_parts(row)
    rests = f'{row.verdict}","judged":"{row.judged}","rules":{strings(row.rules)},"basis":"{row.basis}"'
    return b"".join((before, _bytes(rests), after, b"true" if row.in_force else b"false", last))


def _as_said(row: CoverageRow) -> tuple[object, ...]:
    """All of a row but its verdict and what that rests on."""
    return row[:3] + row[7:]


def _but_id(fields: dict[str, object]) -> dict[str, object]:
    return dated({key: value for key, value in fields.items() if key != "id"})


def _notice(row: Notice) -> dict[str, object]:
    said: dict[str, object] = {"kind": row.kind, "text": text(row.text)}
    if row.place is not None:
        said["place"] = place(row.place)
    return said


def _next(row: NextStep) -> dict[str, object]:
    return {"path": row.path, "question": text(row.question), "settles": row.settles}


FORMAT = Format((".json",), render)
