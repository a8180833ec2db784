"""SARIF 2.1.0 (OASIS), as GitHub code scanning reads it.

Results are fails and broken rules, then what is not shown, then what waits for a person, the weightiest first. Passes and
not-applicable ones are counted and are no results: code scanning takes every result for an alert, whatever its kind.
"""

import json
from collections.abc import Iterable, Iterator

from hds_audit.model.place import Place
from hds_audit.model.report import ExposureView, Finding, Report, RuleView, Verdict
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views.order import weightiest_first
from hds_audit.report.views.plain import safe

Node = dict[str, object]

MOST_RESULTS = 5_000  # code scanning shows that many of a run
_KINDS = {"fail": "fail", "error": "fail", "unknown": "open", "manual": "review"}
_MOST_TAGS = 20  # of a rule, for code scanning
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SECURITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0"}
_WORTH_OPENING: tuple[Verdict, ...] = ("fail", "error", "unknown", "manual")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The log of one run."""
    log: Node = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(report, style.language)],
    }
    yield json.dumps(log, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _run(report: Report, language: Language) -> Node:
    rules = list(report.rules.values())
    index = {rule.id: number for number, rule in enumerate(rules)}
    told = _told(report)
    taxa = sorted({safe(control) for rule in rules for control in (*rule.controls, *rule.related)})
    return {
        "tool": {"driver": _driver(report, rules, language)},
        "language": "fr-FR" if language == "fr" else "en-US",
        "automationDetails": {"id": _category(report)},
        "columnKind": "unicodeCodePoints",
        "taxonomies": [_taxonomy(taxa, report, language)],
        "invocations": [{"executionSuccessful": report.outcome != "fault", "exitCode": report.exit_code}],
        "artifacts": [{"location": {"uri": _uri(item.path)}, "hashes": {"sha-256": item.sha256}} for item in report.inputs],
        "results": [_result(report, finding, index, language) for finding in told],
        "properties": {
            "asOf": report.as_of.isoformat(),
            "outcome": report.outcome,
            "counts": dict(report.counts),
            "resultsLeftOut": len(report.findings) - len(told),
        },
    }


def _category(report: Report) -> str:
    """The program and the description: code scanning refuses two runs of one category in one upload, such as a folder."""
    path = safe(report.inputs[0].path, 1_000).replace("\\", "/").removeprefix("./").strip("/") if report.inputs else ""
    return f"hds-audit/{path}/" if path else "hds-audit/"


def _told(report: Report) -> list[Finding]:
    """What is worth opening, as many as code scanning shows."""
    told = weightiest_first((item for item in report.findings if item.verdict in _WORTH_OPENING), report.rules)
    return sorted(told, key=lambda finding: _WORTH_OPENING.index(finding.verdict))[:MOST_RESULTS]


def _driver(report: Report, rules: Iterable[RuleView], language: Language) -> Node:
    return {
        "name": report.tool.name,
        "semanticVersion": report.tool.version,
        "rules": [_rule(rule, language) for rule in rules],
        "properties": {"rulesDigest": report.tool.rules_digest, "catalogueDigest": report.tool.catalogue_digest},
    }


def _rule(rule: RuleView, language: Language) -> Node:
    requires = rule.requires.said(language) if rule.requires else ""
    title = safe(rule.title.said(language)) or rule.id
    help_text = "\n\n".join(part for part in (rule.remedy.said(language), rule.limits.said(language), requires) if part)
    references = [{"target": {"id": safe(control), "toolComponent": {"name": "texts"}}, "kinds": ["relevant"]} for control in rule.controls]
    tags = dict.fromkeys(["security", "compliance", rule.framework, rule.level, *(safe(control) for control in rule.controls)])
    return {
        "id": safe(rule.id),
        "name": safe("".join(part.capitalize() for part in rule.id.split("-"))),
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": safe(help_text) or title, "markdown": safe(help_text) or title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "relationships": references,
        "properties": {
            "tags": list(tags)[:_MOST_TAGS],
            "security-severity": _SECURITY[rule.severity],
            "precision": "high",
            "addressee": rule.addressee,
            "sources": [safe(f"{source.ref} ({source.status})") for source in rule.sources],
        },
    }


def _taxonomy(taxa: list[str], report: Report, language: Language) -> Node:
    titles = {safe(row.control): row.title for row in report.coverage}
    return {
        "name": "texts",
        "shortDescription": {"text": Text("Requirements of the texts", "Exigences des textes").said(language)},
        "taxa": [{"id": control, **_titled(titles.get(control), language)} for control in taxa],
    }


def _titled(title: Text | None, language: Language) -> Node:
    return {"shortDescription": {"text": safe(title.said(language)) or "-"}} if title else {}


def _result(report: Report, finding: Finding, index: dict[str, int], language: Language) -> Node:
    rule = report.rules[finding.rule]
    said = finding.message or rule.title
    result: Node = {
        "ruleId": safe(finding.rule),
        "ruleIndex": index[finding.rule],
        "kind": _KINDS[finding.verdict],
        "level": _LEVELS[rule.severity] if finding.verdict in ("fail", "error") else "none",
        "message": {"text": safe(said.said(language))},
        "locations": [_location(place) for place in _places(report, finding)],
        "partialFingerprints": {"hdsAuditFinding/v1": safe(finding.fingerprint)},
        "properties": {"subject": safe(f"{finding.subject.kind}/{finding.subject.id}"), "verdict": finding.verdict,
                       "confidence": finding.confidence, "missing": [safe(path) for path in finding.missing[:50]],
                       "controls": [safe(control) for control in rule.controls]},
    }  # fmt: skip
    if finding.related:
        result["relatedLocations"] = [{"id": number, **_location(place)} for number, place in enumerate(finding.related, start=1)]
    if finding.waiver is not None:
        waiver = finding.waiver
        why = safe(f"{waiver.reason} ({waiver.owner}, {waiver.approver}, {waiver.expires})")
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    if finding.state:
        result["baselineState"] = "new" if finding.state == "introduced" else "unchanged"
    if finding.verdict == "fail" and (flows := _flows(report, finding, language)):
        result["codeFlows"] = flows
    return result


def _places(report: Report, finding: Finding) -> list[Place]:
    """Where it stands; a finding always has a location, since code scanning drops one that has none."""
    own = [finding.place] if finding.place else [place for index in finding.facts if (place := report.facts[index].place)][:1]
    return own or [Place(report.inputs[0].path if report.inputs else "infra.yaml", 1, 1)]


def _location(place: Place) -> Node:
    region: Node = {"startLine": place.line, "startColumn": place.column}
    if place.text:
        region["snippet"] = {"text": safe(place.text, 400)}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(safe(path, 1_000).replace("\\", "/"), safe="/._-~+@")


def _flows(report: Report, finding: Finding, language: Language) -> list[Node]:
    """The paths to the data at this component, where the rule speaks of exposures."""
    if report.rules[finding.rule].framework != "cloud_act":
        return []
    mine = [row for row in report.exposures if row.component == finding.subject.id and row.law is not None][:10]
    return [_flow(row, report, language) for row in mine]


def _flow(row: ExposureView, report: Report, language: Language) -> Node:
    fallback = Place(report.inputs[0].path if report.inputs else "infra.yaml", 1, 1)
    steps: list[Node] = []
    for step in row.path:
        said = safe(f"{step.kind} {step.id}: {step.why.said(language)}")
        source = f" [{step.source}]" if step.source else ""
        steps.append({"location": {**_location(step.place or fallback), "message": {"text": safe(said + source)}}})
    return {"message": {"text": safe(f"{row.law}: {row.degree}, {row.certainty}")}, "threadFlows": [{"locations": steps}]}


FORMAT = Format((".sarif",), render)
