"""What a change brings: laws on findings compared with those of an earlier audit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.evaluate.baseline import compared, exit_code
from hds_audit.evaluate.outcome import decide, worst
from hds_audit.model.report import Finding, GateView, RuleView, SubjectRef, WaiverView
from hds_audit.model.text import Text

WAIVER = WaiverView("R", "s", "why", "o", "p", date(2026, 1, 1), date(2026, 12, 31))
VERDICTS = ("pass", "fail", "waived", "unknown", "manual", "not-applicable", "error")
NOTHING = Text("", "")
GATE = GateView()
ASKING = GateView(require_attestations=True)


def rule(name: str, level: str = "mandatory") -> RuleView:
    words = ("mandatory", "recommended", "sovereign")
    return RuleView(
        name, "hds", NOTHING, (), (), next(word for word in words if word == level), "low", "host", "host", NOTHING, NOTHING, None, None, ()
    )  # fmt: skip


RULES = {"R": rule("R"), "B": rule("B", "recommended")}


def finding(word: str, subject: str = "s", name: str = "R") -> Finding:
    said = next(
        verdict for verdict in ("pass", "fail", "unknown", "manual", "not-applicable", "error") if verdict == word.replace("waived", "fail")
    )
    return Finding(name, SubjectRef("host", subject), said, waiver=WAIVER if word == "waived" else None)


found = st.dictionaries(st.tuples(st.sampled_from("RB"), st.sampled_from("abcd")), st.sampled_from(VERDICTS), max_size=8).map(
    lambda said: tuple(finding(word, subject, name) for (name, subject), word in said.items())
)


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ("fail", "fail", 0), ("unknown", "unknown", 0), ("waived", "waived", 0), ("fail", "unknown", 0), ("fail", "waived", 0), ("fail", "pass", 0),
        ("pass", "fail", 1), ("unknown", "fail", 1), ("waived", "fail", 1), ("not-applicable", "fail", 1), ("manual", "fail", 1), ("error", "fail", 1),
        ("pass", "unknown", 3), ("error", "unknown", 3), ("pass", "waived", 4), ("unknown", "waived", 4),
        ("error", "error", 70), ("pass", "error", 70), ("pass", "pass", 0), ("pass", "manual", 0), ("fail", "not-applicable", 3),
    ],
)  # fmt: skip
def test_one_finding_then_and_now(before: str, now: str, code: int) -> None:
    marked, _ = compared([finding(now)], [finding(before)], RULES, GATE)
    assert exit_code(marked, RULES, GATE) == code


@pytest.mark.parametrize(("before", "code"), [("pass", 3), ("manual", 0), ("unknown", 0)])
def test_what_waits_for_a_person_counts_where_it_is_asked_for(before: str, code: int) -> None:
    marked, _ = compared([finding("manual")], [finding(before)], RULES, ASKING)
    assert exit_code(marked, RULES, ASKING) == code


def test_an_unknown_that_does_not_gate_is_marked_all_the_same() -> None:
    gate = GateView(on_unknown="report")
    marked, _ = compared([finding("unknown")], [], RULES, gate)
    assert (marked[0].state, exit_code(marked, RULES, gate)) == ("introduced", 0)


@given(found)
def test_compared_with_itself_nothing_is_new_and_nothing_mended(now: tuple[Finding, ...]) -> None:
    marked, resolved = compared(now, now, RULES, GATE)
    assert resolved == ()
    assert all(item.state != "introduced" for item in marked)


@given(found)
def test_compared_with_nothing_the_code_is_that_of_the_whole(now: tuple[Finding, ...]) -> None:
    marked, _ = compared(now, (), RULES, GATE)
    assert [item._replace(state="") for item in marked] == list(now)
    whole = decide(now, RULES, GATE)
    bad = any(item.verdict in ("fail", "unknown", "error") and item.rule == "R" for item in now)
    assert exit_code(marked, RULES, GATE) == (whole.exit_code if bad else exit_code(now, RULES, GATE))


@given(found, found)
def test_introduced_unchanged_and_mended_share_out_what_does_not_comply(now: tuple[Finding, ...], before: tuple[Finding, ...]) -> None:
    marked, resolved = compared(now, before, RULES, GATE)
    bad = {item.fingerprint for item in now if item.verdict in ("fail", "unknown", "error")}
    assert {item.fingerprint for item in marked if item.state} == bad
    shown = {item.fingerprint for item in now if item.verdict == "pass"}
    failed = {item.fingerprint for item in before if item.verdict in ("fail", "error")}
    unsure = {item.fingerprint for item in before if item.verdict == "unknown"}
    assert set(resolved) == (failed - bad) | (unsure & shown)


@given(found, found, found)
def test_knowing_more_of_before_never_makes_the_gate_stricter(
    now: tuple[Finding, ...], before: tuple[Finding, ...], more: tuple[Finding, ...]
) -> None:
    known = {item.fingerprint for item in before}
    less = exit_code(compared(now, before, RULES, GATE)[0], RULES, GATE)
    added = (*before, *(item for item in more if item.fingerprint not in known))
    assert worst((less, exit_code(compared(now, added, RULES, GATE)[0], RULES, GATE))) == less


def test_a_rule_that_is_judged_no_more_mends_nothing() -> None:
    assert compared([], [finding("fail")], {}, GATE) == ((), ())


@pytest.mark.parametrize(
    ("codes", "code"), [((0, 4), 4), ((4, 3), 3), ((3, 1), 1), ((1, 2), 2), ((2, 70), 70), ((0, 0), 0), ((), 3), ((0, 130), 70)]
)
def test_the_worst_by_the_order_of_the_table(codes: tuple[int, ...], code: int) -> None:
    assert worst(codes) == code == worst(reversed(codes))
