"""The requirements as an OSCAL catalog, in our own words, which the assessment results refer to (`-o oscal_catalog:catalog.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from hds_audit.model.report import CoverageRow, Report, RuleView
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views.oscal_ids import VERSION, Node, control_of, markup, moment, objective_of, plain, props, token, uid

_TITLE = Text("Requirements that hds-audit speaks of", "Exigences dont parle hds-audit")
_OWN = Text("Rules that no text in force demands whole", "Règles qu'aucun texte en vigueur n'exige entièrement")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The catalog as one JSON object."""
    yield json.dumps({"catalog": catalog(report, style.language)}, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def catalog(report: Report, language: Language) -> Node:
    """The catalog: a group a text, a control a requirement, an objective a rule."""
    rules: dict[str, list[RuleView]] = {}
    for rule in report.rules.values():
        rules.setdefault(control_of(rule), []).append(rule)
    groups = [_group(text, rows, rules, language) for text, rows in _by_text(report).items()]
    known = {row.control for row in report.coverage}
    own = {control: judged for control, judged in rules.items() if control not in known}
    if own:
        groups.append(_own_group(own, language))
    return {
        "uuid": uid("catalog", report.tool.rules_digest, report.as_of.isoformat(), language),
        "metadata": {
            "title": _TITLE.said(language), "last-modified": moment(report), "version": plain(report.tool.version, 60),
            "oscal-version": VERSION, "props": props({"as-of": report.as_of.isoformat(), "rules-digest": report.tool.rules_digest}),
        },
        **({"groups": groups} if groups else {}),
    }  # fmt: skip


def _by_text(report: Report) -> dict[str, list[CoverageRow]]:
    by: dict[str, list[CoverageRow]] = {}
    for row in report.coverage:
        by.setdefault(row.text, []).append(row)
    return by


def _group(text: str, rows: list[CoverageRow], rules: Mapping[str, list[RuleView]], language: Language) -> Node:
    controls = [_control(row, rules.get(row.control, []), language) for row in rows]
    return {"id": f"text_{token(text)}", "title": plain(text), "controls": controls}


def _control(row: CoverageRow, rules: list[RuleView], language: Language) -> Node:
    identifier = token(row.control)
    parts = [_objective(rule, language) for rule in rules]
    if remains := row.remains.said(language):
        parts.append({"id": f"{identifier}_gdn", "name": "guidance", "prose": markup(remains)})
    said: Node = {
        "id": identifier, "title": markup(row.title.said(language), 300),
        "props": [{"name": "label", "value": plain(row.control, 200)},
                  *props({"addressee": row.addressee, "judged": row.judged, "kind": row.kind,
                          "in-force": "yes" if row.in_force else "no"})],
    }  # fmt: skip
    return {**said, "parts": parts} if parts else said


def _own_group(own: Mapping[str, list[RuleView]], language: Language) -> Node:
    controls: list[Node] = [
        {
            "id": token(control), "title": markup(rules[0].title.said(language), 300),
            "props": [{"name": "label", "value": plain(control, 200)}],
            "parts": [_objective(rule, language) for rule in rules],
        }
        for control, rules in own.items()
    ]  # fmt: skip
    return {"id": "own-rules", "title": _OWN.said(language), "controls": controls}


def _objective(rule: RuleView, language: Language) -> Node:
    requires = f" {rule.requires.said(language)}" if rule.requires else ""
    return {
        "id": objective_of(rule), "name": "assessment-objective", "prose": markup(f"{rule.title.said(language)}.{requires}"),
        "props": props({"rule": rule.id, "level": rule.level, "severity": rule.severity, "addressee": rule.addressee}),
    }  # fmt: skip


FORMAT = Format((), render)
