"""JUnit XML: a suite a text, a case a rule and subject; what is not shown or waits for a person is skipped, with the reason."""

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from hds_audit.model.report import Finding, Report, Verdict
from hds_audit.model.text import Language
from hds_audit.report.format import Format, Style
from hds_audit.report.views.plain import safe
from hds_audit.report.views.words import FRAMEWORKS, said_verdict

_SKIPPED: tuple[Verdict, ...] = ("unknown", "manual", "not-applicable")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The suites, in pieces."""
    yield from (piece.encode("utf-8", "replace") for piece in _pieces(report, style.language))


def _pieces(report: Report, language: Language) -> Iterator[str]:
    by_suite: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_suite.setdefault(report.rules[finding.rule].framework, []).append(finding)
    totals = Counter(finding.verdict for finding in report.findings)
    head = f'tests="{len(report.findings)}" failures="{totals["fail"]}" errors="{totals["error"]}" time="0"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hds-audit" {head}>\n'
    for framework, findings in by_suite.items():
        met = Counter(finding.verdict for finding in findings)
        name = FRAMEWORKS[framework].said(language)
        yield f"<testsuite name={quoteattr(name)} {_attributes(met, len(findings))}>\n"
        yield from (_case(report, finding, language) for finding in findings)
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def _attributes(met: Counter[Verdict], total: int) -> str:
    skipped = sum(met[verdict] for verdict in _SKIPPED)
    return f'tests="{total}" failures="{met["fail"]}" errors="{met["error"]}" skipped="{skipped}" time="0"'


def _case(report: Report, finding: Finding, language: Language) -> str:
    rule = report.rules[finding.rule]
    where = f' file={quoteattr(safe(finding.place.file))} line="{finding.place.line}"' if finding.place else ""
    name = quoteattr(safe(f"{finding.subject.kind} {finding.subject.id}", 300))
    head = f'<testcase classname={quoteattr(safe(finding.rule, 300))} name={name} time="0"{where}'
    if finding.verdict == "pass":
        return f"{head}/>\n"
    said = quoteattr(safe(f"{said_verdict(finding).said(language)}: {(finding.message or rule.title).said(language)}"))
    if finding.verdict in _SKIPPED:
        return f"{head}><skipped message={said}/></testcase>\n"
    place = f"{finding.place}\n" if finding.place else ""
    body = escape(safe(f"{place}{rule.remedy.said(language)}\n{rule.level}, {rule.severity}, {', '.join(rule.controls)}"))
    tag = "error" if finding.verdict == "error" else "failure"
    return f"{head}><{tag} message={said} type={quoteattr(rule.severity)}>{body}</{tag}></testcase>\n"


FORMAT = Format((".xml",), render)
