"""The rules that speak on a day, made ready once for every description: compiled, with what all their findings share."""

from collections.abc import Callable
from typing import NamedTuple

from hds_audit.evaluate.conditions import compile_applies, compile_condition
from hds_audit.evaluate.truth import Judge, Setting
from hds_audit.model.fact import Confidence
from hds_audit.model.rule import Rule
from hds_audit.model.saying import unshown
from hds_audit.model.text import Text

_STATUS_DOUBT = {
    "secondary": Text("the text was read in a secondary source only", "le texte n'a été lu que dans une source secondaire"),
    "recalled": Text("the text was not read in any source", "le texte n'a été lu dans aucune source"),
}


class Ruling:
    """A rule made ready; its conditions are compiled when the first subject is judged, since many rules meet none."""

    __slots__ = ("_applies", "_require", "_setting", "decides", "doubt", "rule", "sure", "unshown")

    def __init__(self, rule: Rule, setting: Setting, statuses: Callable[[str], str]) -> None:
        self.rule, self._setting, self.decides = rule, setting, rule.decides
        self.sure, self.doubt = _sureness(rule, statuses) if self.decides else (Confidence.LOW, _STATUS_DOUBT["recalled"])
        self.unshown = unshown(rule.title)
        self._applies: Judge | None = None
        self._require: Judge | None = None

    @property
    def applies(self) -> Judge:
        """The condition under which the rule speaks; one that always does has none and is never asked."""
        if self._applies is None:
            if self.rule.when is None:
                raise LookupError(self.rule.id)
            self._applies = compile_applies(self.rule.when, self._setting)
        return self._applies

    @property
    def require(self) -> Judge:
        """The condition that must hold; a rule that an attestation answers has none and is never asked."""
        if self._require is None:
            if self.rule.require is None:
                raise LookupError(self.rule.id)
            self._require = compile_condition(self.rule.require, self._setting)
        return self._require


class Panel(NamedTuple):
    """The rules in force on a day, in their order."""

    rulings: tuple[Ruling, ...]


def panel(rules: tuple[Rule, ...], setting: Setting, statuses: Callable[[str], str]) -> Panel:
    """The panel of these rules; `statuses` gives how well the text of a control is known."""
    return Panel(tuple(Ruling(rule, setting, statuses) for rule in rules))


def in_force(rules: tuple[Rule, ...], controls_in_force: Callable[[str], bool]) -> tuple[Rule, ...]:
    """The rules that speak on that day, each citing only the controls in force; one that cites none of its own is a user's."""
    speaking: list[Rule] = []
    for rule in rules:
        cited = tuple(control for control in rule.controls if controls_in_force(control))
        if cited or not rule.controls:
            speaking.append(rule if len(cited) == len(rule.controls) else rule._replace(controls=cited))
    return tuple(speaking)


def _sureness(rule: Rule, statuses: Callable[[str], str]) -> tuple[Confidence, Text | None]:
    """The less sure of the rule's own reading and of the sources of its texts, with the reason."""
    source = _source_doubt(rule, statuses)
    return source if source[0].rank > rule.confidence.rank else (rule.confidence, rule.confidence_reason)


def _source_doubt(rule: Rule, statuses: Callable[[str], str]) -> tuple[Confidence, Text | None]:
    """A mandatory verdict on a text that was not read in the original is less than sure."""
    if rule.level == "recommended":
        return Confidence.HIGH, None
    known = [statuses(control) for control in rule.controls] + [source.status for source in rule.sources]
    if "verified" in known:
        return Confidence.HIGH, None
    best = "secondary" if "secondary" in known else "recalled"
    return (Confidence.MEDIUM if best == "secondary" else Confidence.LOW), _STATUS_DOUBT[best]
