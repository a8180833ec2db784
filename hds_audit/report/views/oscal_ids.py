"""What OSCAL asks of identifiers and strings: tokens, UUIDs that are the same from run to run, moments, properties."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from datetime import date

from hds_audit.model.report import Report, RuleView
from hds_audit.report.views.marked import escaped
from hds_audit.report.views.plain import safe

Node = dict[str, object]
VERSION = "1.1.2"
NAMESPACE_URI = "urn:hds-audit:oscal"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE_URI)
_NOT_TOKEN = re.compile(r"[^A-Za-z0-9._-]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LONGEST_TOKEN = 120


def token(said: str) -> str:
    """An identifier as a token: lower case, no space nor colon; one that does not survive that bears a digest of what it was."""
    kept = _NOT_TOKEN.sub("_", said.replace(":", "_", 1)).lower()[:_LONGEST_TOKEN]
    lossy = len(said) > _LONGEST_TOKEN or _NOT_TOKEN.search(said.replace(":", "", 1)) is not None
    tail = "." + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12] if lossy else ""
    return (kept if kept[:1].isalpha() else f"_{kept}") + tail


def uid(*parts: str) -> str:
    """A UUID (version 5) of what is named: the same audit gives the same."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts).encode("utf-8", "replace").decode()))


def audit_uid(report: Report, *parts: str) -> str:
    """A UUID of something in one audit."""
    inputs = [item.sha256 for item in report.inputs]
    return uid(report.as_of.isoformat(), report.tool.rules_digest, report.tool.catalogue_digest, *inputs, *parts)


def plain(said: str, longest: int = 1_000) -> str:
    """A string on one line that neither begins nor ends with a space, nor is empty."""
    return " ".join(safe(said, longest).split()) or "-"


def markup(said: str, longest: int = 1_500) -> str:
    """Text where OSCAL reads markup: what it says, literally."""
    return escaped(said, longest) or "-"


def moment(report: Report) -> str:
    """When the report was made, or the day that it speaks of where it does not say."""
    return report.generated if _MOMENT.fullmatch(report.generated) else of_day(report.as_of)


def of_day(day: date) -> str:
    """A day as a moment."""
    return f"{day.isoformat()}T00:00:00Z"


def end_of_day(day: date) -> str:
    """The end of the last day on which something holds."""
    return f"{day.isoformat()}T23:59:59Z"


def props(said: Mapping[str, str]) -> list[Node]:
    """Properties in our own namespace."""
    return [{"name": name, "ns": NAMESPACE_URI, "value": plain(value)} for name, value in said.items() if value]


def control_of(rule: RuleView) -> str:
    """The control that the objective of a rule hangs on: its first, or one of its own where no text in force demands the whole of it."""
    return rule.controls[0] if rule.controls else f"rule:{rule.id}"


def objective_of(rule: RuleView) -> str:
    """The identifier of the objective that a rule judges: never the whole control, which more may be asked by."""
    return f"{token(control_of(rule))}_obj.{token(rule.id)}"
