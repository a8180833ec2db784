"""Conditions compiled to closures: three-valued, and each outcome carries the facts that made it so."""

from __future__ import annotations

from typing import TypeGuard, assert_never

from hds_audit.evaluate.comparison import COMPARISONS
from hds_audit.evaluate.testing import Testing, ready
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Judge, Outcome, Setting, conjunction, disjunction, negate
from hds_audit.model.condition import All, AnyOf, At, Check, Condition, Each, Literally, Not, Some
from hds_audit.model.fact import UNKNOWN, Fact, Thing

_APPLIES: Outcome = (TRUE, ())


def compile_condition(condition: Condition, setting: Setting) -> Judge:
    """The condition as a function from a thing to an outcome."""
    match condition:
        case Check():
            return _check(condition, setting)
        case All(parts):
            return _joined([compile_condition(part, setting) for part in parts], FALSE)
        case AnyOf(parts):
            return _joined([compile_condition(part, setting) for part in parts], TRUE)
        case Not(part):
            judge = compile_condition(part, setting)
            return lambda thing: negate(judge(thing))
        case Each():
            return _each(condition, setting)
        case Some():
            return _some(condition, setting)
        case _:
            assert_never(condition)


def compile_applies(condition: Condition, setting: Setting) -> Judge:
    """Whether a rule applies: the first part that says no is ground enough, and a yes needs none.

    Of several parts that are not known the first is asked for: the others may never matter, or follow from it.
    """
    parts = condition.parts if isinstance(condition, All) else (condition,)
    judges = [compile_condition(part, setting) for part in parts]

    def judge(thing: Thing) -> Outcome:
        answer = _APPLIES
        for part in judges:
            outcome = part(thing)
            if outcome[0] == FALSE:
                return outcome
            if outcome[0] == UNDECIDED and answer is _APPLIES:
                answer = outcome
        return answer

    return judge


def _joined(judges: list[Judge], decisive: int) -> Judge:
    if len(judges) == 1:
        return judges[0]
    if len(judges) == 2:
        return _pair(judges[0], judges[1], decisive)
    join = conjunction if decisive == FALSE else disjunction
    return lambda thing: join([judge(thing) for judge in judges])


def _pair(first: Judge, second: Judge, decisive: int) -> Judge:
    """Two parts, as most conditions have: what a list of outcomes would say, without the list."""

    def judge(thing: Thing) -> Outcome:
        one, two = first(thing), second(thing)
        if one[0] == two[0]:
            return one[0], one[1] + two[1]
        return one if one[0] == decisive or (one[0] == UNDECIDED and two[0] != decisive) else two

    return judge


def _check(check: Check, setting: Setting) -> Judge:
    path = check.path
    if check.operator == "exists":
        return _exists(path, wanted=check.operand == Literally(True))
    if isinstance(check.operand, At):
        return _against_path(check, check.operand.path, setting)
    test = ready(check, setting)
    if check.operator == "each_in":
        return _each_in(path, test)

    def judge(thing: Thing) -> Outcome:
        fact = thing.fact(path)
        value = fact.value
        if value is UNKNOWN or fact.recalled:
            return UNDECIDED, (fact,)
        return test(_plain(value) if type(value) is tuple else value), (fact,)

    return judge


def _on_fact(fact: Fact, test: Testing) -> int:
    """A known fact is tested; a recalled one informs and does not decide."""
    value = fact.value
    if value is UNKNOWN or fact.recalled:
        return UNDECIDED
    return test(_plain(value))


def _plain(value: object) -> object:
    """A list of facts as a list of their values."""
    if isinstance(value, tuple) and value and isinstance(value[0], Fact):
        return tuple(item.value if isinstance(item, Fact) else item for item in value)
    return value


def _exists(path: str, wanted: bool) -> Judge:
    def judge(thing: Thing) -> Outcome:
        fact = thing.fact(path)
        if fact.value is UNKNOWN or fact.recalled:
            return UNDECIDED, (fact,)
        value = fact.value
        if type(value) is tuple and value and all(item is UNKNOWN or (type(item) is Fact and item.value is UNKNOWN) for item in value):
            return UNDECIDED, _open_fact(fact)  # a list that may hold something, of which nothing is known
        there = value is not False and value != ()
        return (TRUE if there is wanted else FALSE), (fact,)

    return judge


def _against_path(check: Check, other: str, setting: Setting) -> Judge:
    compare = COMPARISONS[check.operator]

    def judge(thing: Thing) -> Outcome:
        mine, theirs = thing.fact(check.path), thing.fact(other)
        if mine.value is UNKNOWN or theirs.value is UNKNOWN or mine.recalled or theirs.recalled:
            return UNDECIDED, (mine, theirs)
        return compare(_plain(mine.value), _plain(theirs.value)), (mine, theirs)

    return judge


def _each_in(path: str, test: Testing) -> Judge:
    """Every element of a list; an empty list passes, and an element with grounds of its own brings them."""

    def judge(thing: Thing) -> Outcome:
        fact = thing.fact(path)
        if not isinstance(fact.value, tuple):
            return (UNDECIDED if fact.value is UNKNOWN or fact.value is True else _on_fact(fact, test)), (fact,)
        if fact.recalled:
            return UNDECIDED, (fact,)
        outcomes = [_element(item, fact, test) for item in fact.value]
        value, grounds = conjunction(outcomes)
        return value, grounds or (fact,)

    return judge


def _element(item: object, whole: Fact, test: Testing) -> Outcome:
    if isinstance(item, Fact):
        return _on_fact(item, test), (item,)
    return (UNDECIDED if item is UNKNOWN else test(item)), (whole,)


def elements(fact: Fact) -> tuple[list[Thing], bool] | None:
    """The things of a list-valued fact, and whether the list may be longer; None where it is not known."""
    if not isinstance(fact.value, tuple):
        return ([], False) if fact.value is False else None
    held = [item.value if isinstance(item, Fact) else item for item in fact.value]
    return [item for item in held if _is_thing(item)], any(item is UNKNOWN for item in held)


def _is_thing(item: object) -> TypeGuard[Thing]:
    return hasattr(item, "fact")


def _open_fact(fact: Fact) -> tuple[Fact, ...]:
    values = fact.value if isinstance(fact.value, tuple) else ()
    return tuple(item for item in values if isinstance(item, Fact) and item.value is UNKNOWN) or (fact,)


def _each(condition: Each, setting: Setting) -> Judge:
    where = compile_condition(condition.where, setting) if condition.where else None
    require = compile_condition(condition.require, setting)
    on_empty = {"pass": TRUE, "fail": FALSE, "unknown": UNDECIDED}[condition.empty]

    def judge(thing: Thing) -> Outcome:
        fact = thing.fact(condition.path)
        found = elements(fact)
        if found is None or fact.recalled:
            return UNDECIDED, (fact,)
        outcomes = [outcome for item in found[0] if (outcome := _implied(item, where, require)) is not None]
        if found[1]:
            outcomes.append((UNDECIDED, _open_fact(fact)))
        if not outcomes:
            return on_empty, (fact,)
        value, grounds = conjunction(outcomes)
        return value, (*grounds, fact)

    return judge


def _implied(item: Thing, where: Judge | None, require: Judge) -> Outcome | None:
    """The element's own verdict: None where it is not selected; selected perhaps, it must pass anyway to be no trouble."""
    if where is None:
        return require(item)
    selected, facts = where(item)
    if selected == FALSE:
        return None
    value, grounds = require(item)
    if selected == TRUE:
        return value, (*facts, *grounds)
    return (TRUE, grounds) if value == TRUE else (UNDECIDED, facts)


def _some(condition: Some, setting: Setting) -> Judge:
    where = compile_condition(condition.where, setting)

    def judge(thing: Thing) -> Outcome:
        fact = thing.fact(condition.path)
        found = elements(fact)
        if found is None or fact.recalled:
            return UNDECIDED, (fact,)
        outcomes = [where(item) for item in found[0]]
        if found[1]:
            outcomes.append((UNDECIDED, _open_fact(fact)))
        if not outcomes:
            return FALSE, (fact,)
        value, grounds = disjunction(outcomes)
        return value, grounds or (fact,)

    return judge
