"""What counts at the gate."""

import pytest

from hds_audit.model.report import GateView, RuleView
from hds_audit.model.rule import Framework
from hds_audit.model.text import Text

NOTHING = Text("", "")


@pytest.mark.parametrize(
    ("asked", "counts"), [(("iso27001",), True), (("gdpr",), True), (("hds",), False), (("hds", "gdpr"), True), ((), False)]
)
def test_a_rule_counts_in_its_own_family_and_in_those_of_the_texts_it_cites(asked: tuple[Framework, ...], *, counts: bool) -> None:
    rule = RuleView(
        "R", "iso27001", NOTHING, ("gdpr:32.1.c",), (), "mandatory", "high", "publisher", "component", NOTHING, NOTHING, None, None, (),
        families=("gdpr",),
    )  # fmt: skip
    assert rule.counts_at(GateView(frameworks=asked)) is counts
