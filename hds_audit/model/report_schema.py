"""The JSON Schema of the JSON report, draft 2020-12: what machines may rely on."""

from typing import get_args

from hds_audit.model.exposure import ActivityVerdict
from hds_audit.model.report import FORMAT, VERDICTS, Basis, Judged, Outcome, Rests
from hds_audit.model.rule import ADDRESSEES, FRAMEWORKS, LEVELS, SEVERITIES, STATUSES, SUBJECT_KINDS

_SURE = ("high", "medium", "low")
Node = dict[str, object]

_TEXT: Node = {"type": "string"}
_COUNT: Node = {"type": "integer", "minimum": 0}
_POINT: Node = {"type": "integer", "minimum": 1}
_DAY: Node = {"type": "string", "format": "date"}
_TEXTS: Node = {"type": "array", "items": _TEXT}


def report_schema() -> Node:
    """The schema; keys may be added to a report, none is taken away."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:hds-audit:report:1",
        "title": "hds-audit report",
        "$defs": {"said": _said(), "place": _place(), "rule": _rule(), "fact": _fact(), "finding": _finding(), "waiver": _waiver()},
        **_object(_whole(), optional=("resolved", "organisations", "places", "texts")),
    }


def _object(properties: Node, optional: tuple[str, ...] = ()) -> Node:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in optional]}


def _list(items: Node) -> Node:
    return {"type": "array", "items": items}


def _one_of(words: tuple[str, ...]) -> Node:
    return {"enum": list(words)}


def _ref(name: str, nullable: bool = False) -> Node:
    reference: Node = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [reference, {"type": "null"}]} if nullable else reference


def _whole() -> Node:
    return {
        "format": {"const": FORMAT},
        "tool": _tool(),
        "as_of": _DAY,
        "generated": _TEXT,
        "inputs": _list(_object({"path": _TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}})),
        "description": {"type": "object"},
        "outcome": _one_of(get_args(Outcome)),
        "exit_code": {"enum": [0, 1, 3, 4, 70]},
        "to_attest": _COUNT,
        "gate": {"type": "object"},
        "counts": _object(dict.fromkeys((*VERDICTS, "waived"), _COUNT)),
        "rules": {"type": "object", "additionalProperties": _ref("rule")},
        "facts": _list(_ref("fact")),
        "findings": _list(_ref("finding")),
        "activities": _list(_activity()),
        "exposures": _list(_exposure()),
        "custody": _list(_custody()),
        "coverage": _list(_coverage()),
        "waivers": _list(_ref("waiver")),
        "attestations": _list({"type": "object", "required": ["control", "status", "counts"]}),
        "notices": _list(_object({"kind": _TEXT, "text": _ref("said"), "place": _ref("place")}, optional=("place",))),
        "next": _list(_object({"path": _TEXT, "question": _ref("said"), "settles": _COUNT})),
        "expiring": _list(_object({"what": _TEXT, "id": _TEXT, "date": _DAY, "text": _ref("said")})),
        "resolved": _TEXTS,
        "organisations": _by_name(_object({"name": _TEXT, "country": _TEXT, "parents": _TEXTS}, optional=("country", "parents"))),
        "places": _by_name(_object({"countries": _TEXTS, "whole": {"type": "boolean"}})),
        "texts": _by_name(_law()),
    }


def _by_name(entry: Node) -> Node:
    return {"type": "object", "additionalProperties": entry}


def _law() -> Node:
    days = dict.fromkeys(("since", "until", "read"), _DAY)
    words = dict.fromkeys(("version", "nature", "ref", "url"), _TEXT)
    said: Node = {"title": _ref("said"), **words, **days, "status": _one_of(STATUSES)}
    return _object(said, optional=tuple(key for key in said if key != "title"))


def _tool() -> Node:
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    return _object({
        "name": _TEXT,
        "version": _TEXT,
        "rules": _object({"digest": digest, "count": _COUNT}),
        "catalogue": _object({"as_of": _DAY, "digest": digest}),
    })  # fmt: skip


def _said() -> Node:
    return _object({"en": _TEXT, "fr": _TEXT})


def _place() -> Node:
    line = {**_TEXT, "description": "The line itself, told with the first place of the report that stands on it and not again."}
    return _object({"file": _TEXT, "line": _POINT, "column": _POINT, "text": line}, optional=("text",))


def _rule() -> Node:
    source = _object({"ref": _TEXT, "status": _one_of(STATUSES), "read": _DAY, "url": _TEXT}, optional=("read", "url"))
    return _object({
        "title": _ref("said"), "framework": _one_of(FRAMEWORKS), "controls": _TEXTS, "related": _TEXTS, "level": _one_of(LEVELS),
        "severity": _one_of(SEVERITIES), "addressee": _one_of(ADDRESSEES), "subject": _one_of(SUBJECT_KINDS),
        "remedy": _ref("said"), "limits": _ref("said"), "applies": _ref("said", nullable=True), "requires": _ref("said", nullable=True),
        "sources": _list(source), "effort": _TEXT, "ours": {"type": "boolean"},
        "confidence": _one_of(_SURE), "reason": _ref("said"), "families": _list(_one_of(FRAMEWORKS)),
    }, optional=("confidence", "reason", "families"))  # fmt: skip


def _fact() -> Node:
    origins = ("declared", "documented", "catalogued", "observed", "derived")
    grounds = {**_list(_COUNT), "description": "The facts that this one was worked out from, by their index; they stand before it."}
    return _object(
        {"path": _TEXT, "value": {}, "origin": _one_of(origins), "place": _ref("place"), "source": _TEXT, "because": grounds},
        optional=("place", "source", "because"),
    )  # fmt: skip


def _finding() -> Node:
    often: Node = {
        "rule": _TEXT, "controls": _TEXTS, "subject": _object({"kind": _one_of(SUBJECT_KINDS), "id": _TEXT}),
        "verdict": _one_of(VERDICTS), "facts": _list(_COUNT), "fingerprint": _TEXT,
    }  # fmt: skip
    message = {**_ref("said"), "description": "What the finding says; in an unknown, after `Not shown:` and the title of its rule."}
    reason = {**_ref("said", nullable=True), "description": "Why it is less than sure; left out where the reason is that of its rule."}
    sometimes: Node = {
        "message": message, "reason": reason, "confidence": _one_of(_SURE), "missing": _TEXTS,
        "place": _ref("place"), "related": _list(_ref("place")), "waiver": _ref("waiver"), "state": _one_of(("introduced", "unchanged")),
    }  # fmt: skip
    return _object({**often, **sometimes}, optional=tuple(sometimes))


def _waiver() -> Node:
    said = dict.fromkeys(("rule", "subject", "reason", "owner", "approver", "ticket", "state"), _TEXT)
    return _object({**said, "granted": _DAY, "expires": _DAY}, optional=("ticket",))


def _activity() -> Node:
    said = dict.fromkeys(("host", "activity", "performer", "certificate", "origin"), _TEXT)
    return _object({**said, "verdict": _one_of(get_args(ActivityVerdict)), "reason": _ref("said"), "missing": _TEXTS})


def _exposure() -> Node:
    step = _object({"kind": _TEXT, "id": _TEXT, "why": _ref("said"), "place": _ref("place"), "source": _TEXT}, optional=("place", "source"))
    return _object({
        "law": {"type": ["string", "null"]}, "organisation": _TEXT, "data": _TEXT, "component": _TEXT,
        "degree": _one_of(("clear", "key-held", "in-use", "ciphertext", "none", "unknown")),
        "certainty": _one_of(("established", "debated", "unknown")), "missing": _TEXTS, "path": _list(step),
        "role": _TEXT,
    }, optional=("role",))  # fmt: skip


def _custody() -> Node:
    user = _object({"organisation": _TEXT, "why": _ref("said")})
    grade: Node = {"type": ["integer", "null"], "minimum": 0, "maximum": 4}
    return _object({"key": _TEXT, "users": _list(user), "grade": grade, "sentence": _ref("said"), "missing": _TEXTS})


def _coverage() -> Node:
    return _object({
        "control": _TEXT, "title": _ref("said"), "text": _TEXT, "verdict": _one_of(VERDICTS), "judged": _one_of(get_args(Judged)),
        "rules": _TEXTS, "basis": _one_of(get_args(Basis)), "addressee": _TEXT, "remains": _ref("said"), "in_force": {"type": "boolean"},
        "kind": _TEXT, "nature": _TEXT, "since": _DAY, "status": _one_of(STATUSES), "warning": _ref("said"),
        "rests": _one_of(get_args(Rests)),
    }, optional=("nature", "since", "status", "warning", "rests"))  # fmt: skip
