"""What every JSON report says alike of rules and of requirements: written once, and kept with the knowledge."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from hds_audit.evaluate.requirements import sheet
from hds_audit.model.framework import Frameworks
from hds_audit.model.report import Ready
from hds_audit.model.rule import Rule
from hds_audit.pipeline.knowledge import Parts, Sentences
from hds_audit.pipeline.views import rule_shown

if TYPE_CHECKING:
    from hds_audit.pipeline.court import Court


def parts(rules: tuple[Rule, ...], sentences: Mapping[str, Sentences], frameworks: Frameworks) -> Parts:
    """The parts of every rule and of every requirement, which no day changes."""
    from hds_audit.report.json import row_parts, rule_parts

    shown = (rule_shown(rule, sentences[rule.id], rule.confidence.value, None) for rule in rules)
    rows = (each.row for each in sheet(frameworks, {}, date.min).requirements)
    return Parts({view.id: rule_parts(view) for view in shown}, {row.control: row_parts(row) for row in rows})


def ready(made: Parts, sits: "Court") -> Ready:
    """The parts with the rules and the requirements of a day, where they were made from them."""
    rows = {each.row.control: each.row for each in sits.sheet.requirements}
    return Ready(
        {name: (view, made.rules[name]) for name, view in sits.views.items() if name in made.rules},
        {name: (row, made.rows[name]) for name, row in rows.items() if name in made.rows},
    )
