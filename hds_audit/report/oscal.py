"""OSCAL assessment results (NIST): a finding an objective, an observation for each verdict met under it, a risk an accepted fail.

An objective is what one rule judges, never a whole control. Pass is satisfied/pass, or satisfied/other where a certificate of
the host stands for it; fail is not-satisfied/fail; what is not shown, and a rule that broke, are not-satisfied/other. What waits
for a person and what is not applicable has no finding: it is named under the controls reviewed. The catalog lies in the back matter.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from hds_audit.model.report import Finding, Report, RuleView, Verdict
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.oscal_catalog import catalog
from hds_audit.report.views.lasting import expires, last_days
from hds_audit.report.views.oscal_ids import (
    VERSION,
    Node,
    audit_uid,
    control_of,
    end_of_day,
    markup,
    moment,
    objective_of,
    of_day,
    plain,
    props,
    token,
    uid,
)
from hds_audit.report.views.words import OUTCOMES, VERDICTS

_ORDER: tuple[Verdict, ...] = ("error", "fail", "unknown", "manual", "pass", "not-applicable")
_STATUS: dict[Verdict, tuple[str, str]] = {
    "pass": ("satisfied", "pass"), "fail": ("not-satisfied", "fail"), "unknown": ("not-satisfied", "other"),
    "error": ("not-satisfied", "other"),
}  # fmt: skip
_MOST_SUBJECTS = 200
_TITLE = Text("Audit of {} as of {}", "Audit de {} au {}")
_DESCRIPTION = Text(
    "What the rules of hds-audit found on a declared infrastructure. Declared facts are examined, not verified on site.",
    "Ce que les règles d'hds-audit constatent sur une infrastructure déclarée. Les faits déclarés sont examinés, non vérifiés sur place.",
)
_OPEN = Text("No finding: to attest {}; not applicable {}.", "Sans constat : à attester {} ; sans objet {}.")
_MORE = Text("{} subjects; the first {} are listed.", "{} sujets ; les {} premiers sont listés.")
_NO_PLAN = Text("Assessment plan: all rules in force on that day", "Plan d'évaluation : toutes les règles en vigueur ce jour-là")
_CATALOG = Text("Catalog of the requirements", "Catalogue des exigences")
_RISK = Text("accepted risk, non-compliance maintained", "risque accepté, non-conformité maintenue")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The assessment results as one JSON object."""
    yield json.dumps({"assessment-results": _results(report, style.language)}, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    yield b"\n"


def _results(report: Report, language: Language) -> Node:
    application = report.description.get("application")
    name = str(application.get("name") or "-") if isinstance(application, dict) else "-"
    title = _TITLE.said(language).format(plain(name, 200), report.as_of)
    return {
        "uuid": audit_uid(report, "results", language),
        "metadata": {
            "title": markup(title), "last-modified": moment(report), "version": plain(report.tool.version, 60), "oscal-version": VERSION,
            "props": props({"as-of": report.as_of.isoformat(), "rules-digest": report.tool.rules_digest,
                            "catalogue-digest": report.tool.catalogue_digest, "language": language}),
        },
        "import-ap": {"href": f"#{audit_uid(report, 'plan')}"},
        "results": [_result(report, title, language)],
        "back-matter": {"resources": list(_resources(report, language))},
    }  # fmt: skip


def _result(report: Report, title: str, language: Language) -> Node:
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    decided = {name: found for name, found in by_rule.items() if _worst(found) in _STATUS}
    rules = [report.rules[name] for name in decided]
    said: Node = {
        "uuid": audit_uid(report, "result", language), "title": markup(title), "description": markup(_DESCRIPTION.said(language)),
        "start": moment(report), "end": moment(report),
        "props": props({"outcome": report.outcome, "exit-code": str(report.exit_code),
                        "outcome-said": OUTCOMES[report.outcome].said(language)}),
        "local-definitions": _definitions(report),
        "reviewed-controls": _reviewed(report, rules, by_rule, language),
    }  # fmt: skip
    ends = last_days(report)
    tables = {
        "observations": [
            item for name, found in decided.items() for item in _observations(report, report.rules[name], found, ends, language)
        ],
        "risks": [_risk(report, finding, language) for finding in report.findings if finding.waiver is not None],
        "findings": [_finding(report, report.rules[name], found, language) for name, found in decided.items()],
    }
    return {**said, **{name: rows for name, rows in tables.items() if rows}}


def _worst(findings: Sequence[Finding]) -> Verdict:
    met = {finding.verdict for finding in findings}
    return next(verdict for verdict in _ORDER if verdict in met)


def _definitions(report: Report) -> Node:
    """The subjects that are spoken of, and the tool."""
    subjects = dict.fromkeys(finding.subject for finding in report.findings)
    tool = f"{report.tool.name} {report.tool.version}"
    platform: Node = {"uuid": uid("platform"), "title": plain(tool), "uses-components": [{"component-uuid": uid("tool")}]}
    components: list[Node] = [
        {"uuid": audit_uid(report, *subject), "type": subject.kind, "title": markup(subject.id, 300),
         "description": markup(f"{subject.kind} {subject.id}", 400), "status": {"state": "operational"}}
        for subject in subjects
    ]  # fmt: skip
    made: Node = {
        "uuid": uid("tool"),
        "type": "software",
        "title": plain(tool),
        "description": plain(tool),
        "status": {"state": "operational"},
    }
    assets: Node = {"components": [made], "assessment-platforms": [platform]}
    return {"components": components, "assessment-assets": assets} if components else {"assessment-assets": assets}


def _reviewed(report: Report, rules: Sequence[RuleView], by_rule: dict[str, list[Finding]], language: Language) -> Node:
    waiting = [name for name, found in by_rule.items() if _worst(found) == "manual"]
    idle = [name for name, found in by_rule.items() if _worst(found) == "not-applicable"]
    remarks = markup(_OPEN.said(language).format(", ".join(waiting) or "-", ", ".join(idle) or "-"), 20_000)
    if not rules:
        return {"control-selections": [{"include-all": {}}], "remarks": remarks}
    controls = dict.fromkeys(token(control) for rule in rules for control in (rule.controls or (control_of(rule),)))
    objectives: list[Node] = [{"objective-id": objective_of(rule)} for rule in rules]
    return {
        "control-selections": [{"include-controls": [{"control-id": control} for control in controls]}],
        "control-objective-selections": [{"include-objectives": objectives}],
        "remarks": remarks,
    }


def _observations(
    report: Report, rule: RuleView, findings: Sequence[Finding], ends: Mapping[str, date], language: Language
) -> Iterator[Node]:  # fmt: skip
    """One observation for each verdict that a rule came to, with the subjects it concerns."""
    for verdict in _ORDER:
        met = [finding for finding in findings if finding.verdict == verdict]
        if met:
            node = _observation(report, rule, verdict, met, language)
            last = expires(report, rule, met, ends) if verdict == "pass" else None
            yield node if last is None else {**node, "expires": end_of_day(last)}


def _observation(report: Report, rule: RuleView, verdict: Verdict, met: Sequence[Finding], language: Language) -> Node:
    said = dict.fromkeys(finding.message.said(language) for finding in met[:20] if finding.message is not None)
    missing = dict.fromkeys(path for finding in met for path in finding.missing)
    node: Node = {
        "uuid": audit_uid(report, "observation", rule.id, verdict, language),
        "title": markup(rule.title.said(language), 300),
        "description": markup(" ".join(said) or f"{rule.title.said(language)}: {VERDICTS[verdict].said(language)}", 4_000),
        "methods": [_method(report, rule, met)],
        "types": ["control-objective"],
        "origins": [{"actors": [{"type": "tool", "actor-uuid": uid("tool")}]}],
        "subjects": [
            {"subject-uuid": audit_uid(report, *finding.subject), "type": "component", "title": markup(finding.subject.id, 300)}
            for finding in met[:_MOST_SUBJECTS]
        ],
        "collected": moment(report),
        "props": props({"rule": rule.id, "verdict": verdict, "missing": " ".join(list(missing)[:40]),
                        "places": " ".join(str(finding.place) for finding in met[:40] if finding.place)}),
    }  # fmt: skip
    if evidence := _evidence(report, met):
        node["relevant-evidence"] = evidence
    if len(met) > _MOST_SUBJECTS:
        node["remarks"] = _MORE.said(language).format(len(met), _MOST_SUBJECTS)
    return node


def _origins(report: Report, met: Sequence[Finding]) -> set[str]:
    return {report.facts[index].origin for finding in met for index in finding.facts}


def _method(report: Report, rule: RuleView, met: Sequence[Finding]) -> str:
    """TEST for what was observed, INTERVIEW for what a person answers, EXAMINE for what is declared, documented or catalogued."""
    if rule.requires is None:
        return "INTERVIEW"
    return "TEST" if "observed" in _origins(report, met) else "EXAMINE"


def _evidence(report: Report, met: Sequence[Finding]) -> list[Node]:
    """The documents and catalogue entries that the facts name, each once."""
    sources = dict.fromkeys(
        source for finding in met[:_MOST_SUBJECTS] for index in finding.facts if (source := report.facts[index].source)
    )  # fmt: skip
    return [{"description": markup(source, 300)} for source in list(sources)[:40]]


def _finding(report: Report, rule: RuleView, findings: Sequence[Finding], language: Language) -> Node:
    worst = _worst(findings)
    state, reason = _STATUS[worst]
    if worst == "pass" and _inherited(report, findings):
        reason = "other"
    message = next((item.message for item in findings if item.verdict == worst and item.message is not None), None)
    met = dict.fromkeys(finding.verdict for finding in findings)
    node: Node = {
        "uuid": audit_uid(report, "finding", rule.id, language),
        "title": markup(rule.title.said(language), 300),
        "description": markup((message or rule.title).said(language)),
        "props": props({"rule": rule.id, "controls": " ".join(rule.controls), "level": rule.level, "severity": rule.severity,
                        "addressee": rule.addressee}),
        "target": {"type": "objective-id", "target-id": objective_of(rule), "status": {"state": state, "reason": reason}},
        "related-observations": [
            {"observation-uuid": audit_uid(report, "observation", rule.id, verdict, language)} for verdict in _ORDER if verdict in met
        ],
    }  # fmt: skip
    if risks := [{"risk-uuid": _risk_uid(report, finding)} for finding in findings if finding.waiver is not None]:
        node["related-risks"] = risks
    return node


def _inherited(report: Report, findings: Sequence[Finding]) -> bool:
    """Whether every control of the rule rests on the certificate of a host."""
    rule = findings[0].rule
    return any(row.basis == "inherited" for row in report.coverage if rule in row.rules)


def _risk_uid(report: Report, finding: Finding) -> str:
    return audit_uid(report, "risk", finding.fingerprint)


def _risk(report: Report, finding: Finding, language: Language) -> Node:
    rule, waiver = report.rules[finding.rule], finding.waiver
    reason = f"{waiver.reason} ({waiver.owner}, {waiver.approver})" if waiver is not None else "-"
    node: Node = {
        "uuid": _risk_uid(report, finding),
        "title": markup(f"{rule.title.said(language)}: {finding.subject.id}", 300),
        "description": markup((finding.message or rule.title).said(language)),
        "statement": markup(f"{_RISK.said(language)}: {reason}"),
        "status": "deviation-approved",
    }
    return {**node, "deadline": of_day(waiver.expires)} if waiver is not None else node


def _resources(report: Report, language: Language) -> Iterator[Node]:
    """The plan that the schema asks for, the catalog itself, and each input with its digest."""
    from urllib.parse import quote

    yield {"uuid": audit_uid(report, "plan"), "title": _NO_PLAN.said(language)}
    content = json.dumps({"catalog": catalog(report, language)}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    encoded = {"filename": "catalog.json", "media-type": "application/oscal.catalog+json", "value": base64.b64encode(content).decode()}
    yield {"uuid": audit_uid(report, "catalog"), "title": _CATALOG.said(language), "base64": encoded}
    for number, item in enumerate(report.inputs):
        link = {"href": quote(plain(item.path), safe="/._-~"), "hashes": [{"algorithm": "SHA-256", "value": plain(item.sha256)}]}
        yield {"uuid": audit_uid(report, "input", str(number)), "title": markup(item.path, 300), "rlinks": [link]}


FORMAT = Format((), render)
