"""The fields of one rule file: each is right, or its refusal is kept so that all are told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from hds_audit.model.condition import Condition
from hds_audit.model.fact import Confidence
from hds_audit.model.framework import Frameworks
from hds_audit.model.paths import Space
from hds_audit.model.rule import (
    ADDRESSEES,
    EXAMPLE_VERDICTS,
    FRAMEWORKS,
    LEVELS,
    SEVERITIES,
    STATUSES,
    SUBJECT_KINDS,
    Example,
    Framework,
    Rule,
    RuleSource,
    SubjectKind,
)
from hds_audit.model.text import Text
from hds_audit.read.conditions import Known, RefusalError, read_condition

KEYS = frozenset({
    "id", "title", "controls", "related", "level", "severity", "addressee", "subject", "when", "require", "attest", "message",
    "remedy", "limits", "sources", "examples", "confidence", "effort", "framework",
})  # fmt: skip
EFFORTS = ("hours", "days", "weeks", "contract", "migration")
W = TypeVar("W", bound=str)


class Reading:
    """One rule being read; `refusals` holds what is wrong with it."""

    def __init__(self, node: Mapping[str, object], known: Known, frameworks: Frameworks) -> None:
        self.node, self.known, self.frameworks = node, known, frameworks
        self.refusals: list[RefusalError] = []

    def rule(self, file: str, folder: str, ours: bool) -> Rule:
        """The rule; meaningless where something was refused."""
        for key in sorted(set(self.node) - KEYS):
            self._refuse((key,), f"`{key}` is not a key of a rule", f"`{key}` n'est pas une clé de règle")
        subject = self._word("subject", SUBJECT_KINDS)
        require, attest = self._condition("require", subject), self._attested()
        if ("require" in self.node) == ("attest" in self.node):
            self._refuse(("require",), "a rule has `require` or `attest`, one of them", "une règle a `require` ou `attest`, l'un des deux")
        confidence, reason = self._confidence()
        return Rule(
            id=self._text("id"),
            framework=self._framework(folder),
            title=self._both("title"),
            controls=self._controls("controls"),
            related=self._controls("related"),
            level=self._word("level", LEVELS),
            severity=self._word("severity", SEVERITIES),
            addressee=self._word("addressee", ADDRESSEES),
            subject=subject,
            when=self._condition("when", subject),
            require=require,
            attest=attest,
            message=Text("", "") if attest else self._both("message"),
            remedy=self._both("remedy"),
            limits=self._both("limits"),
            sources=self._sources(),
            examples=self._examples(),
            confidence=confidence,
            confidence_reason=reason,
            effort=self._word("effort", EFFORTS) if "effort" in self.node else "",
            file=file,
            ours=ours,
        )

    def _refuse(self, keys: tuple[str, ...], en: str, fr: str) -> None:
        self.refusals.append(RefusalError(keys, en, fr))

    def _text(self, key: str) -> str:
        value = self.node.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._refuse((key,), f"`{key}` is missing or no text", f"`{key}` manque ou n'est pas un texte")
        return ""

    def _word(self, key: str, words: tuple[W, ...]) -> W:
        found = next((word for word in words if word == self.node.get(key)), None)
        if found is None:
            self._refuse((key,), f"`{key}` is one of {', '.join(words)}", f"`{key}` est l'un de {', '.join(words)}")
        return found or words[0]

    def _both(self, key: str) -> Text:
        value = self.node.get(key)
        if isinstance(value, dict) and set(value) == {"en", "fr"} and all(isinstance(said, str) and said for said in value.values()):
            return Text(value["en"].strip(), value["fr"].strip())
        self._refuse((key,), f"`{key}` needs a text in `en` and one in `fr`", f"`{key}` exige un texte `en` et un texte `fr`")
        return Text("", "")

    def _framework(self, folder: str) -> Framework:
        if "framework" in self.node or folder not in FRAMEWORKS:
            return self._word("framework", FRAMEWORKS)
        return next(word for word in FRAMEWORKS if word == folder)

    def _condition(self, key: str, subject: SubjectKind) -> Condition | None:
        if key not in self.node:
            return None
        try:
            return read_condition(self.node[key], self.known, Space(kind=subject), (key,))
        except RefusalError as refusal:
            self.refusals.append(refusal)
            return None

    def _attested(self) -> str:
        if "attest" not in self.node:
            return ""
        control = str(self.node["attest"])
        self._known_control(control, ("attest",))
        return control

    def _controls(self, key: str) -> tuple[str, ...]:
        listed = self.node.get(key, [])
        if not isinstance(listed, list):
            self._refuse((key,), f"`{key}` is a list of controls", f"`{key}` est une liste d'exigences")
            return ()
        for index, control in enumerate(listed):
            self._known_control(str(control), (key, str(index)))
        return tuple(str(control) for control in listed)

    def _known_control(self, control: str, keys: tuple[str, ...]) -> None:
        if control not in self.frameworks:
            self._refuse(keys, f"no text has a requirement `{control}`", f"aucun texte n'a d'exigence `{control}`")

    def _confidence(self) -> tuple[Confidence, Text | None]:
        value = self.node.get("confidence", "high")
        level, reason = (value.get("level"), value.get("reason")) if isinstance(value, dict) else (value, None)
        known = next((item for item in Confidence if item == level), None)
        said = Text(str(reason["en"]), str(reason["fr"])) if isinstance(reason, dict) and set(reason) == {"en", "fr"} else None
        if known is None or (known is not Confidence.HIGH and said is None):
            self._refuse(("confidence",), "`confidence` is high, or {level: medium|low, reason: {en, fr}}",
                         "`confidence` est high, ou {level: medium|low, reason: {en, fr}}")  # fmt: skip
        return known or Confidence.HIGH, said

    def _sources(self) -> tuple[RuleSource, ...]:
        listed = self.node.get("sources")
        if not isinstance(listed, list) or not listed:
            self._refuse(("sources",), "a rule names its sources", "une règle nomme ses sources")
            return ()
        return tuple(self._source(item, ("sources", str(index))) for index, item in enumerate(listed))

    def _source(self, item: object, keys: tuple[str, ...]) -> RuleSource:
        if not isinstance(item, dict) or not item.get("ref") or item.get("status") not in STATUSES:
            self._refuse(keys, "a source has `ref`, and `status` verified, secondary or recalled",
                         "une source a `ref`, et `status` verified, secondary ou recalled")  # fmt: skip
            return RuleSource("", "recalled")
        status = next(word for word in STATUSES if word == item["status"])
        return RuleSource(str(item["ref"]), status, self._date(item.get("read"), (*keys, "read")), str(item.get("url", "")))

    def _date(self, value: object, keys: tuple[str, ...]) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._refuse(keys, "a date is written YYYY-MM-DD", "une date s'écrit AAAA-MM-JJ")
            return None

    def _examples(self) -> tuple[Example, ...]:
        listed = self.node.get("examples")
        if not isinstance(listed, list):
            self._refuse(("examples",), "a rule proves itself by `examples`", "une règle se prouve par des `examples`")
            return ()
        found = [self._example(item, ("examples", str(index))) for index, item in enumerate(listed)]
        return tuple(example for example in found if example is not None)

    def _example(self, item: object, keys: tuple[str, ...]) -> Example | None:
        if not isinstance(item, dict) or item.get("expect") not in EXAMPLE_VERDICTS or not isinstance(item.get("given"), dict):
            self._refuse(keys, f"an example has `expect` ({', '.join(EXAMPLE_VERDICTS)}), `subject`, `as_of` and `given`",
                         f"un exemple a `expect` ({', '.join(EXAMPLE_VERDICTS)}), `subject`, `as_of` et `given`")  # fmt: skip
            return None
        day = self._date(item.get("as_of"), (*keys, "as_of"))
        if day is None:
            self._refuse(keys, "an example has a day, `as_of`", "un exemple a un jour, `as_of`")
            return None
        expect = next(word for word in EXAMPLE_VERDICTS if word == item["expect"])
        seen, shown = self._beside(item, "seen", keys), self._beside(item, "shown", keys)
        looks = {name: said for name, said in seen.items() if isinstance(said, dict)}
        texts = {name: str(text) for name, text in shown.items()}
        return Example(expect, str(item.get("subject", "application")), day, item["given"], looks, texts)

    def _beside(self, item: Mapping[str, object], key: str, keys: tuple[str, ...]) -> dict[str, object]:
        """What an example sets beside its description: observations, or templates."""
        found = item.get(key, {})
        if isinstance(found, dict):
            return {str(name): said for name, said in found.items()}
        self._refuse((*keys, key), f"`{key}` is a mapping", f"`{key}` est un dictionnaire")
        return {}
