"""Conditions compiled to closures: three-valued, and each outcome carries the facts that made it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard, assert_never

from hds_audit.evaluate.comparison import COMPARISONS, days_of
from hds_audit.evaluate.truth import FALSE, TRUE, UNDECIDED, Judge, Outcome, Setting, conjunction, disjunction, negate
from hds_audit.model.condition import All, AnyOf, AsOf, At, Check, Condition, Each, Listed, Literally, Not, Operand, Some
from hds_audit.model.fact import UNKNOWN, Fact, Thing
from hds_audit.model.values import before, parse_span

Testing = Callable[[object], int]


def compile_condition(condition: Condition, setting: Setting) -> Judge:
    """The condition as a function from a thing to an outcome."""
    match condition:
        case Check():
            return _check(condition, setting)
        case All(parts):
            return _joined([compile_condition(part, setting) for part in parts], conjunction)
        case AnyOf(parts):
            return _joined([compile_condition(part, setting) for part in parts], disjunction)
        case Not(part):
            judge = compile_condition(part, setting)
            return lambda thing: negate(judge(thing))
        case Each():
            return _each(condition, setting)
        case Some():
            return _some(condition, setting)
        case _:
            assert_never(condition)


def _joined(judges: list[Judge], join: Callable[[list[Outcome]], Outcome]) -> Judge:
    if len(judges) == 1:
        return judges[0]
    return lambda thing: join([judge(thing) for judge in judges])


def _check(check: Check, setting: Setting) -> Judge:
    path = check.path
    if check.operator == "exists":
        return _exists(path, wanted=check.operand == Literally(True))
    if isinstance(check.operand, At):
        return _against_path(check, check.operand.path, setting)
    test = _test(check, setting)
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


def _test(check: Check, setting: Setting) -> Testing:
    if check.operator == "within":
        return _within(check.operand, setting)
    compare, operand = COMPARISONS[check.operator], _operand(check.operand, setting)
    if check.operator == "equals" and isinstance(operand, bool):
        return lambda value: TRUE if value is operand else FALSE
    if check.operator == "includes":
        return lambda value: _includes(value, operand)
    return lambda value: compare(value, operand)


def _includes(value: object, operand: object) -> int:
    found = COMPARISONS["includes"](value, operand)
    open_list = isinstance(value, tuple) and UNKNOWN in value
    return UNDECIDED if found == FALSE and (open_list or value is True) else found


def _operand(operand: Operand, setting: Setting) -> object:
    match operand:
        case Literally(value):
            return value
        case Listed(name):
            return setting.lists(name)
        case AsOf():
            return setting.as_of
        case At():
            return UNKNOWN
        case _:
            assert_never(operand)


def _within(operand: Operand, setting: Setting) -> Testing:
    """Not older than a duration on the day of the audit; what comes later than that day has not happened yet."""
    span = parse_span(str(operand.value)) if isinstance(operand, Literally) else None
    earliest = before(setting.as_of, span) if span else setting.as_of

    def test(value: object) -> int:
        days = days_of(value)
        if days is None or days[0] > setting.as_of:
            return UNDECIDED
        return TRUE if days[0] >= earliest else FALSE if days[1] < earliest else UNDECIDED

    return test


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
