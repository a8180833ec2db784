"""A JSON report back to a report, so that any format can be written from it at any time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from hds_audit.errors import InputError, Problem
from hds_audit.model.exposure import ActivityRow, Custody
from hds_audit.model.place import Place
from hds_audit.model.report import (
    FORMAT,
    AttestationView,
    CoverageRow,
    Expiring,
    ExposureView,
    FactView,
    Finding,
    GateView,
    InputView,
    NextStep,
    Notice,
    OrganisationView,
    PlacesView,
    Report,
    RuleView,
    StepView,
    SubjectRef,
    TextView,
    ToolView,
    WaiverView,
)
from hds_audit.model.rule import RuleSource
from hds_audit.model.saying import TO_DECLARE, rests_on_rule, unshown
from hds_audit.model.text import Text

Node = Mapping[str, Any]  # what json.loads gives; the shape is checked by what reads it
T = TypeVar("T")
MOST_BYTES = 512 * 1024 * 1024


def read_report(path: Path) -> Report:
    """The report in a file; raises InputError where it is none."""
    if path.stat().st_size > MOST_BYTES:
        raise InputError(Problem(str(path), "the report is larger than 512 MiB", "le rapport dépasse 512 Mio"))
    return parse_report(str(path), path.read_bytes())


def parse_report(name: str, content: bytes) -> Report:
    """The report in some bytes; raises InputError where they hold none."""
    try:
        node = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(name, f"no JSON: {error}", f"pas du JSON : {error}")) from None
    if not isinstance(node, dict) or node.get("format") != FORMAT:
        told = Problem(name, f"no report of the format {FORMAT}; write one with -o report.json",
                       f"pas un rapport au format {FORMAT} ; en écrire un avec -o rapport.json")  # fmt: skip
        raise InputError(told)
    try:
        return _require_whole(_report(node))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = Problem(name, f"the report is not whole: {error!r}", f"le rapport n'est pas entier : {error!r}")
        raise InputError(told) from None


def _report(node: Node) -> Report:
    tool, gate = node["tool"], node["gate"]
    _tell_lines(node)
    rules = {key: _rule(key, rule) for key, rule in node["rules"].items()}
    return Report(
        tool=ToolView(
            tool["version"], tool["rules"]["digest"], tool["rules"]["count"], _day(tool["catalogue"]["as_of"]),
            tool["catalogue"]["digest"], tool["name"],
        ),
        as_of=_day(node["as_of"]),
        generated=node["generated"],
        inputs=_all(node["inputs"], lambda item: InputView(item["path"], item["sha256"])),
        description=node["description"],
        outcome=node["outcome"],
        exit_code=node["exit_code"],
        to_attest=node["to_attest"],
        gate=GateView(**{**gate, "frameworks": tuple(gate["frameworks"])}),
        counts=node["counts"],
        rules=rules,
        facts=_all(node["facts"], _fact),
        findings=_all(node["findings"], lambda item: _finding(item, rules)),
        activities=_all(node["activities"], _activity),
        exposures=_all(node["exposures"], _exposure),
        custody=_all(node["custody"], _custody),
        coverage=_all(node["coverage"], _coverage),
        waivers=_all(node["waivers"], _waiver),
        attestations=_all(node["attestations"], lambda item: AttestationView(**item)),
        notices=_all(node["notices"], lambda item: Notice(item["kind"], _text(item["text"]), _place(item.get("place")))),
        next=_all(node["next"], lambda item: NextStep(item["path"], _text(item["question"]), item["settles"])),
        expiring=_all(node["expiring"], lambda item: Expiring(item["what"], item["id"], _day(item["date"]), _text(item["text"]))),
        resolved=tuple(node.get("resolved", ())),
        organisations=tuple(_organisation(key, item) for key, item in node.get("organisations", {}).items()),
        places=tuple(PlacesView(key, tuple(item["countries"]), item["whole"]) for key, item in node.get("places", {}).items()),
        texts=tuple(_law(key, item) for key, item in node.get("texts", {}).items()),
    )  # fmt: skip


def _require_whole(report: Report) -> Report:
    """The report; raises ValueError where a finding points at a rule or a fact that is not in it."""
    most = len(report.facts)
    for finding in report.findings:
        if finding.rule not in report.rules:
            raise ValueError(f"no rule {finding.rule}")
        if finding.facts and not 0 <= min(finding.facts) <= max(finding.facts) < most:
            raise ValueError(f"no such fact in {finding.fingerprint}")
    return report


def _all(listed: list[Any], one: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(one(item) for item in listed)


def _day(said: str) -> date:
    return date.fromisoformat(said)


def _maybe_day(said: str | None) -> date | None:
    return _day(said) if said is not None else None


def _text(node: Node) -> Text:
    return Text(node["en"], node["fr"])


def _maybe_text(node: Node | None) -> Text | None:
    return _text(node) if node is not None else None


def _place(node: Node | None) -> Place | None:
    return Place(node["file"], node["line"], node["column"], node.get("text", "")) if node is not None else None


def _rule(key: str, node: Node) -> RuleView:
    return RuleView(
        key, node["framework"], _text(node["title"]), tuple(node["controls"]), tuple(node["related"]), node["level"],
        node["severity"], node["addressee"], node["subject"], _text(node["remedy"]), _text(node["limits"]),
        _maybe_text(node["applies"]), _maybe_text(node["requires"]), _all(node["sources"], _source), node["effort"], node["ours"],
        node.get("confidence", "high"), _maybe_text(node.get("reason")), tuple(node.get("families", ())),
    )  # fmt: skip


def _source(node: Node) -> RuleSource:
    return RuleSource(node["ref"], node["status"], _day(node["read"]) if "read" in node else None, node.get("url", ""))


def _fact(node: Node) -> FactView:
    because = tuple(node.get("because", ()))
    return FactView(node["path"], node["value"], node["origin"], _place(node.get("place")), node.get("source", ""), because)


def _finding(node: Node, rules: Mapping[str, RuleView]) -> Finding:
    subject, rule = node["subject"], rules[node["rule"]]
    verdict, sure = node["verdict"], node.get("confidence", "high")
    shared = rule.reason if rests_on_rule(verdict, sure) else None
    return Finding(
        rule.id, SubjectRef(subject["kind"], subject["id"]), verdict, tuple(node["facts"]),
        _message(node.get("message"), verdict, rule), _maybe_text(node["reason"]) if "reason" in node else shared, sure,
        tuple(node.get("missing", ())), _place(node.get("place")),
        tuple(place for item in node.get("related", ()) if (place := _place(item)) is not None),
        _waiver(node["waiver"]) if "waiver" in node else None, node.get("state", ""),
    )  # fmt: skip


def _message(node: Node | None, verdict: str, rule: RuleView) -> Text | None:
    """The message; that of an unknown is written without the sentence that the rule's title gives."""
    said, prefix = _maybe_text(node), unshown(rule.title)
    if said is None or verdict != "unknown" or not said.en.startswith(TO_DECLARE.en):
        return said
    return Text(f"{prefix.en} {said.en}", f"{prefix.fr} {said.fr}")


def _tell_lines(node: Node) -> None:
    """Gives each place its line again, which is written with the first place that stands on it."""
    told: dict[tuple[str, int], str] = {}
    for place in _places(node):
        key = (place["file"], place["line"])
        if "text" in place:
            told.setdefault(key, place["text"])
        else:
            place["text"] = told.get(key, "")


def _places(node: Node) -> Iterator[dict[str, Any]]:
    """The places of facts, findings and steps, in the order in which a report writes them."""
    for item in (*node["facts"], *node["findings"]):
        if "place" in item:
            yield item["place"]
        yield from item.get("related", ())
    for exposure in node["exposures"]:
        yield from (step["place"] for step in exposure["path"] if "place" in step)


def _waiver(node: Node) -> WaiverView:
    return WaiverView(**{**node, "granted": _day(node["granted"]), "expires": _day(node["expires"])})


def _activity(node: Node) -> ActivityRow:
    return ActivityRow(**{**node, "reason": _text(node["reason"]), "missing": tuple(node["missing"])})


def _exposure(node: Node) -> ExposureView:
    return ExposureView(**{**node, "missing": tuple(node["missing"]), "path": _all(node["path"], _step)})


def _step(node: Node) -> StepView:
    return StepView(node["kind"], node["id"], _text(node["why"]), _place(node.get("place")), node.get("source", ""))


def _custody(node: Node) -> Custody:
    users = tuple((item["organisation"], _text(item["why"]), 0) for item in node["users"])
    return Custody(node["key"], users, node["grade"], _text(node["sentence"]), tuple(node["missing"]))


def _coverage(node: Node) -> CoverageRow:
    said = {"title": _text(node["title"]), "remains": _text(node["remains"]), "rules": tuple(node["rules"])}
    return CoverageRow(**{**node, **said, "since": _maybe_day(node.get("since")), "warning": _maybe_text(node.get("warning"))})


def _organisation(key: str, node: Node) -> OrganisationView:
    return OrganisationView(key, node.get("name", ""), node.get("country", ""), tuple(node.get("parents", ())))


def _law(key: str, node: Node) -> TextView:
    days = {name: _maybe_day(node.get(name)) for name in ("since", "until", "read")}
    return TextView(**{**node, **days, "id": key, "title": _text(node["title"])})
