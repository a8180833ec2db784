"""A comparison as JSON: fingerprints, verdicts and causes are machine words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hds_audit.model.difference import Change, Comparison, ValueChange
from hds_audit.model.report import Report
from hds_audit.model.text import Language

FORM = "hds-audit-diff/1"


def render(comparison: Comparison, language: Language) -> Iterator[bytes]:
    """One JSON object; the language changes nothing of it."""
    said = {
        "format": FORM,
        "old": _audit(comparison.old),
        "new": _audit(comparison.new),
        "changes": [_change(change) for change in comparison.changes],
        "description": [_value(item) for item in comparison.described],
        "description_more": comparison.more,
        "into_force": list(comparison.into_force),
        "out_of_force": list(comparison.out_of_force),
    }
    yield json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _audit(report: Report) -> dict[str, object]:
    tool = report.tool
    return {
        "as_of": report.as_of.isoformat(), "outcome": report.outcome, "exit_code": report.exit_code, "counts": dict(report.counts),
        "tool": tool.version, "rules": tool.rules_digest, "catalogue": tool.catalogue_digest,
        "inputs": [item._asdict() for item in report.inputs],
    }  # fmt: skip


def _change(change: Change) -> dict[str, object]:
    place, message = change.finding.place, change.finding.message
    return {
        "kind": change.kind, "fingerprint": change.finding.fingerprint, "rule": change.rule.id, "level": change.rule.level,
        "severity": change.rule.severity, "before": change.before, "after": change.after, "causes": list(change.causes),
        "values": [_value(item) for item in change.values],
        "place": {"file": place.file, "line": place.line, "column": place.column} if place else None,
        "message": {"en": message.en, "fr": message.fr} if message else None,
    }  # fmt: skip


def _value(change: ValueChange) -> dict[str, object]:
    return change._asdict()
