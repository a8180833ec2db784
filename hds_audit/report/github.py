"""Annotations of a GitHub workflow: one command a line, the fails as errors, what is not shown as notices."""

from collections.abc import Iterator

from hds_audit.model.report import Finding, Report
from hds_audit.model.text import Language
from hds_audit.report.format import Format, Style
from hds_audit.report.views.order import weightiest_first
from hds_audit.report.views.plain import safe

_MOST = 50  # beyond which GitHub shows none anyway


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The workflow commands, the weightiest first."""
    told = weightiest_first((item for item in report.findings if item.verdict in ("fail", "error", "unknown")), report.rules)
    told.sort(key=lambda finding: (finding.state == "unchanged", finding.verdict == "unknown"))
    for finding in told[:_MOST]:
        yield (_command(report, finding, style.language) + "\n").encode("utf-8", "replace")


def _command(report: Report, finding: Finding, language: Language) -> str:
    rule = report.rules[finding.rule]
    place = finding.place
    path = place.file if place else report.inputs[0].path if report.inputs else ""
    where = f"file={_property(safe(path, 1_000))},line={place.line if place else 1},col={place.column if place else 1}"
    said = _data(safe((finding.message or rule.title).said(language)))
    return f"::{_word(report, finding)} {where},title={_property(safe(finding.rule, 200))}::{said}"


def _word(report: Report, finding: Finding) -> str:
    if finding.verdict == "unknown" or finding.waiver is not None:
        return "notice"
    return "error" if report.rules[finding.rule].counts_at(report.gate) and finding.state != "unchanged" else "warning"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format((), render)
