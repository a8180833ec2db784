"""Conditions as sentences, in English and in French."""

from __future__ import annotations

from typing import assert_never

from hds_audit.model.condition import All, AnyOf, AsOf, At, Check, Condition, Each, Listed, Literally, Not, Operand, Operator, Some
from hds_audit.model.text import Text

_TESTS: dict[Operator, Text] = {
    "equals": Text("is {}", "vaut {}"),
    "in": Text("is one of {}", "fait partie de {}"),
    "not_in": Text("is none of {}", "ne fait pas partie de {}"),
    "includes": Text("includes {}", "comprend {}"),
    "each_in": Text("has every element in {}", "a chaque élément dans {}"),
    "at_least": Text("is at least {}", "est d'au moins {}"),
    "at_most": Text("is at most {}", "est d'au plus {}"),
    "before": Text("is before {}", "précède {}"),
    "after": Text("is after {}", "est postérieur à {}"),
    "within": Text("is no older than {}", "date de moins de {}"),
    "matches": Text("has the form {}", "a la forme {}"),
    "exists": Text("is there", "existe"),
}
_ABSENT = Text("is declared as none", "est déclaré inexistant")
_FLAGS = {True: Text("holds", "est vrai"), False: Text("does not hold", "est faux")}


def sentence(condition: Condition) -> Text:
    """What the condition says, without a capital nor a full stop."""
    match condition:
        case Check():
            return _check(condition)
        case All(parts):
            return _joined(parts, Text(" and ", " et "))
        case AnyOf(parts):
            return _joined(parts, Text(" or ", " ou "))
        case Not(part):
            inner = sentence(part)
            return Text(f"it is not the case that {inner.en}", f"il n'est pas vrai que {inner.fr}")
        case Each(path, where, require, _):
            return _each(path, where, sentence(require))
        case Some(path, where):
            inner = sentence(where)
            return Text(f"an element of `{path}` is such that {inner.en}", f"un élément de `{path}` est tel que {inner.fr}")
        case _:
            assert_never(condition)


def _check(check: Check) -> Text:
    if check.operator == "exists":
        said = _TESTS["exists"] if check.operand == Literally(True) else _ABSENT
    elif check.operator == "equals" and isinstance(check.operand, Literally) and isinstance(check.operand.value, bool):
        said = _FLAGS[check.operand.value]
    else:
        template, operand = _TESTS[check.operator], _operand(check.operand)
        said = Text(template.en.format(operand.en), template.fr.format(operand.fr))
    return Text(f"`{check.path}` {said.en}", f"`{check.path}` {said.fr}")


def _operand(operand: Operand) -> Text:
    match operand:
        case Literally(value):
            plain = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            return Text(plain, plain)
        case Listed(name):
            return Text(f"the list `{name}`", f"la liste `{name}`")
        case AsOf():
            return Text("the day of the audit", "le jour de l'audit")
        case At(path):
            return Text(f"`{path}`", f"`{path}`")
        case _:
            assert_never(operand)


def _joined(parts: tuple[Condition, ...], word: Text) -> Text:
    said = [_grouped(part) for part in parts]
    return Text(word.en.join(text.en for text in said), word.fr.join(text.fr for text in said))


def _grouped(part: Condition) -> Text:
    said = sentence(part)
    return Text(f"({said.en})", f"({said.fr})") if isinstance(part, All | AnyOf) and len(part.parts) > 1 else said


def _each(path: str, where: Condition | None, required: Text) -> Text:
    if where is None:
        return Text(f"for each element of `{path}`, {required.en}", f"pour chaque élément de `{path}`, {required.fr}")
    such = sentence(where)
    return Text(
        f"for each element of `{path}` such that {such.en}, {required.en}",
        f"pour chaque élément de `{path}` tel que {such.fr}, {required.fr}",
    )
