"""GitLab code quality: one issue a fail, a broken rule or an unknown, fails first, with the place that the merge request shows."""

import hashlib
import json
from collections.abc import Iterator

from hds_audit.model.report import Finding, Report, Verdict
from hds_audit.model.text import Language
from hds_audit.report.format import Format, Style
from hds_audit.report.views.order import weightiest_first
from hds_audit.report.views.plain import safe

_SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}

_WORTH_OPENING: tuple[Verdict, ...] = ("fail", "error", "unknown")
MOST_ISSUES = 5_000  # a merge request that is slow to open is not read


def render(report: Report, style: Style) -> Iterator[bytes]:
    """A JSON array, which is what GitLab asks for."""
    told = weightiest_first((item for item in report.findings if item.verdict in _WORTH_OPENING), report.rules)
    told.sort(key=lambda finding: _WORTH_OPENING.index(finding.verdict))
    issues = [_issue(report, finding, style.language) for finding in told[:MOST_ISSUES]]
    yield json.dumps(issues, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _issue(report: Report, finding: Finding, language: Language) -> dict[str, object]:
    rule = report.rules[finding.rule]
    path = finding.place.file if finding.place else report.inputs[0].path if report.inputs else "infra.yaml"
    severity = _SEVERITIES[rule.severity] if finding.verdict != "unknown" and finding.waiver is None else "info"
    return {
        "description": safe((finding.message or rule.title).said(language)),
        "check_name": safe(finding.rule, 200),
        "fingerprint": hashlib.sha256(finding.fingerprint.encode("utf-8", "replace")).hexdigest(),
        "severity": severity,
        "location": {"path": safe(path), "lines": {"begin": finding.place.line if finding.place else 1}},
    }


FORMAT = Format((), render)
