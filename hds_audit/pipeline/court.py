"""What judges on a day: the rules in force, made ready once for any number of descriptions."""

from datetime import date
from typing import NamedTuple

from hds_audit.evaluate.panel import Panel, in_force, panel
from hds_audit.evaluate.requirements import Sheet, sheet
from hds_audit.evaluate.truth import Setting
from hds_audit.model.report import RuleView
from hds_audit.model.rule import Rule
from hds_audit.pipeline.knowledge import Knowledge, in_words
from hds_audit.pipeline.views import rule_view
from hds_audit.resolve.derivations import all_derivations
from hds_audit.resolve.world import Derivations


class Court(NamedTuple):
    """The panel of a day, its rules as a report shows them, what the texts require, and how facts are derived."""

    as_of: date
    panel: Panel
    views: dict[str, RuleView]
    sheet: Sheet
    derivations: Derivations


def court(known: Knowledge, as_of: date) -> Court:
    """The court that sits on a day with what is known."""
    rules = in_force(known.rules, lambda control: known.frameworks.in_force(control, as_of))
    sits = panel_of(rules, known, as_of)
    said = {ruling.rule.id: known.sentences.get(ruling.rule.id) or in_words(ruling.rule) for ruling in sits.rulings}
    views = {ruling.rule.id: rule_view(ruling, said[ruling.rule.id], known.frameworks) for ruling in sits.rulings}
    return Court(as_of, sits, views, sheet(known.frameworks, views, as_of), all_derivations())


def panel_of(rules: tuple[Rule, ...], known: Knowledge, as_of: date) -> Panel:
    """Some rules made ready for a day."""
    setting = Setting(as_of, lambda name: known.catalogue.list(name, as_of) or frozenset())
    return panel(rules, setting, lambda control: found.status if (found := known.frameworks.control(control)) else "recalled")
