"""Facts, findings and places as JSON text: an audit holds a hundred thousand of them, so each is said once and written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from json.encoder import encode_basestring

from hds_audit.model.place import Place
from hds_audit.model.report import ExposureView, FactView, Finding, Report, RuleView, StepView, SubjectRef
from hds_audit.model.saying import TO_DECLARE, rests_on_rule, unshown
from hds_audit.model.text import Text

string = encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Lines:
    """Places as JSON; the text of a line is written with the first place that stands on it, and not again."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, int], Place] = {}
        self._said: dict[Place, str] = {}
        self._files: dict[str, str] = {}

    def said(self, place: Place) -> str:
        """A place, with its line where no place before it told the line."""
        said = self._said.get(place)
        if said is not None:
            return said
        file = self._files.setdefault(place.file, string(place.file))
        bare = f'{{"file":{file},"line":{place.line},"column":{place.column}}}'
        whole = f'{bare[:-1]},"text":{string(place.text)}}}'
        told = self._told.setdefault((place.file, place.line), place)
        self._said[place] = bare if told.text == place.text else whole
        return whole if told is place else self._said[place]


def facts(report: Report, lines: Lines) -> Iterator[str]:
    """Each fact as an object."""
    return (_fact(fact, lines) for fact in report.facts)


def _fact(fact: FactView, lines: Lines) -> str:
    said = f'{{"path":{string(fact.path)},"value":{_value(fact.value)},"origin":"{fact.origin}"'
    if fact.place is not None:
        said += f',"place":{lines.said(fact.place)}'
    if fact.source:
        said += f',"source":{string(fact.source)}'
    if fact.because:
        said += f',"because":[{",".join(map(str, fact.because))}]'
    return said + "}"


def _value(value: object) -> str:
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    return string(value) if isinstance(value, str) else _encode(value)


def said_text(said: Text | None) -> str:
    """A sentence as {en, fr}, or null."""
    return "null" if said is None else f'{{"en":{string(said.en)},"fr":{string(said.fr)}}}'


def strings(listed: Iterable[str]) -> str:
    """A list of texts."""
    return f"[{','.join(map(string, listed))}]"


class _Named:
    """What all findings of a rule share, as JSON."""

    __slots__ = ("head", "id", "reason", "unshown")

    def __init__(self, rule: RuleView) -> None:
        self.head = f'{{"rule":{_encode(rule.id)},"controls":{_encode(rule.controls)},"subject":'
        self.id, self.reason, self.unshown = _encode(rule.id)[:-1], rule.reason, unshown(rule.title)


class _Rows(dict[tuple[int, ...], str]):
    """Indexes of facts as JSON; many findings on one subject rest on the same."""

    def __missing__(self, rows: tuple[int, ...]) -> str:
        said = self[rows] = ",".join(map(str, rows))
        return said


def findings(report: Report, lines: Lines) -> Iterator[str]:
    """Each finding from a prefix of its rule and one of its subject."""
    rules = {key: _Named(rule) for key, rule in report.rules.items()}
    subjects: dict[SubjectRef, tuple[str, str]] = {}
    rows = _Rows()
    for finding in report.findings:
        known = subjects.get(finding.subject)
        if known is None:
            kind, identifier = finding.subject
            known = (_encode({"kind": kind, "id": identifier}), _encode(f"/{kind}/{identifier}")[1:])
            subjects[finding.subject] = known
        rule = rules[finding.rule]
        more = _more(finding, rule, lines) if finding.verdict != "not-applicable" or finding.state or finding.reason else ""
        yield (
            f'{rule.head}{known[0]},"verdict":"{finding.verdict}","facts":[{rows[finding.facts]}]'
            f'{more},"fingerprint":{rule.id}{known[1]}}}'
        )


def _more(finding: Finding, rule: _Named, lines: Lines) -> str:
    said = ""
    if finding.message is not None:
        said = f',"message":{said_text(_short(finding, rule.unshown))}'
    if finding.reason != (rule.reason if rests_on_rule(finding.verdict, finding.confidence) else None):
        said += f',"reason":{said_text(finding.reason)}'
    if finding.confidence != "high" or finding.message is not None:
        said += f',"confidence":"{finding.confidence}"'
    if finding.missing:
        said += f',"missing":{strings(finding.missing)}'
    if finding.place is not None:
        said += f',"place":{lines.said(finding.place)}'
    if finding.related:
        said += f',"related":[{",".join(map(lines.said, finding.related))}]'
    if finding.waiver is not None:
        said += f',"waiver":{_encode(dated(finding.waiver._asdict()))}'
    return f'{said},"state":"{finding.state}"' if finding.state else said


def _short(finding: Finding, prefix: Text) -> Text:
    """The message of an unknown without the title of its rule, which stands with the rule."""
    message = finding.message or prefix
    if finding.verdict != "unknown" or not message.en.startswith(f"{prefix.en} {TO_DECLARE.en}"):
        return message
    if not message.fr.startswith(f"{prefix.fr} {TO_DECLARE.fr}"):
        return message
    return Text(message.en[len(prefix.en) + 1 :], message.fr[len(prefix.fr) + 1 :])


def dated(fields: Mapping[str, object]) -> dict[str, object]:
    """Days as text, and nothing that says nothing."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items()}
    return {key: value for key, value in said.items() if value is not None and value != "" and value != ()}


def exposure(row: ExposureView, lines: Lines) -> str:
    """An exposure with the steps of its path."""
    said = {**row._asdict(), "missing": list(row.missing), "path": ()}
    head = _encode({key: value for key, value in said.items() if key != "path" and (key != "role" or value)})
    return f'{head[:-1]},"path":[{",".join([_step(each, lines) for each in row.path])}]}}'


def _step(each: StepView, lines: Lines) -> str:
    said = f'{{"kind":"{each.kind}","id":{string(each.id)},"why":{said_text(each.why)}'
    if each.place is not None:
        said += f',"place":{lines.said(each.place)}'
    return f'{said},"source":{string(each.source)}}}' if each.source else said + "}"
