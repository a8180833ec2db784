"""An unknown always says why, or what to declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hds_audit.evaluate.facts import FactTable
from hds_audit.evaluate.message import Messages
from hds_audit.evaluate.panel import Ruling
from hds_audit.evaluate.truth import Setting
from hds_audit.model.condition import Check, Literally
from hds_audit.model.fact import Fact, Thing
from hds_audit.model.place import Place
from hds_audit.model.report import Finding, SubjectRef
from hds_audit.model.rule import Rule, RuleSource, Status
from hds_audit.model.text import Text

DAY = date(2026, 11, 22)
SAID = Text("Breaches are told within 72 hours", "Les violations sont notifiées sous 72 heures")


@dataclass(frozen=True)
class Subject:
    path: str = "governance"
    mark: int = 3

    def fact(self, path: str) -> Fact:
        return Fact(f"governance.{path}", False, mark=7)


def ruling(status: Status) -> Ruling:
    rule = Rule(
        "GDPR-X", "gdpr", SAID, (), (), "recommended", "low", "controller", "application", None, Check("x", "equals", Literally(True)), "",
        SAID, SAID, SAID, (RuleSource("x", status),), (),
    )  # fmt: skip
    return Ruling(rule, Setting(DAY, lambda _: frozenset()), lambda _: status)


def unknown_of(status: Status, *facts: Fact) -> Finding:
    messages = Messages(FactTable(), lambda mark: Place("infra.yaml", mark, 1))
    subject: Thing = Subject()
    return messages.unknown(ruling(status), subject, SubjectRef("application", "application"), facts)


def test_a_value_that_does_not_compare_is_what_to_declare() -> None:
    found = unknown_of("verified", Fact("governance.breach_procedure", False, mark=7))
    assert found.missing == ("governance.breach_procedure",)
    assert found.message is not None
    assert "`governance.breach_procedure`" in found.message.en


def test_a_rule_that_is_only_remembered_says_so_and_asks_for_nothing() -> None:
    found = unknown_of("recalled", Fact("governance.breach_procedure", True, mark=7))
    assert (found.missing, found.confidence) == ((), "low")
    assert found.reason is not None
    assert "not read" in found.reason.en


def test_a_rule_that_waits_for_whether_it_applies_says_so() -> None:
    messages = Messages(FactTable(), lambda mark: Place("infra.yaml", mark, 1))
    missing = (Fact("governance.breach_procedure", False, mark=7),)
    subject: Thing = Subject()
    reference = SubjectRef("application", "application")
    waiting = messages.unknown(ruling("verified"), subject, reference, missing, waits=True)
    asking = messages.unknown(ruling("verified"), subject, reference, missing)
    assert waiting.message is not None
    assert asking.message is not None
    assert waiting.message.en.endswith("To declare: `governance.breach_procedure`, on which it turns whether this applies.")
    assert waiting.message.fr.endswith("À déclarer : `governance.breach_procedure`, dont dépend l'application de ce point.")
    assert asking.message.en.endswith("To declare: `governance.breach_procedure`.")
