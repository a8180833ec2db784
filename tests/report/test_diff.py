"""Two audits compared: what appeared, what was fixed, what changed, and why."""

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from factory import DAY, HOSTILE, WAIVER, finding, hostile, report, row, rule

from hds_audit.cli.run import run
from hds_audit.model.place import Place
from hds_audit.model.report import FactView, GateView, ToolView
from hds_audit.pipeline.comparison import compare
from hds_audit.report import diff_html, diff_json, diff_markdown, diff_text
from hds_audit.report.format import Style
from hds_audit.report.json import render as to_json

RULE = rule("HDS-28-STORAGE")
OTHER_RULES = ToolView("1.0.0", "f" * 64, 8, date(2026, 11, 20), "b" * 64)


def audit(verdict="pass", **changes):
    """A report with one finding on `db`, which rests on one declared fact."""
    value = changes.pop("value", "FR")
    origin = changes.pop("origin", "declared")
    waiver = changes.pop("waiver", None)
    findings = () if verdict is None else (finding("HDS-28-STORAGE", "component", "db", verdict, facts=(0,), waiver=waiver),)
    facts = (FactView("hosts.cloud.location.country", value, origin, Place("infra.yaml", 30, 7), ""),)
    return report(**{"rules": {RULE.id: RULE}, "facts": facts, "findings": findings, "coverage": (), **changes})


def only(old, new):
    (change,) = compare(old, new).changes
    return change.kind, change.before, change.after, change.causes


def test_an_audit_does_not_differ_from_itself():
    comparison = compare(report(), report())
    assert (comparison.changes, comparison.described, comparison.into_force) == ((), (), ())


def test_a_value_that_was_declared_otherwise_is_the_cause():
    old, new = audit("pass"), audit("fail", value="US")
    assert only(old, new) == ("appeared", "pass", "fail", ("description",))
    (change,) = compare(old, new).changes
    assert [(item.path, item.before, item.after) for item in change.values] == [("hosts.cloud.location.country", "FR", "US")]


@pytest.mark.parametrize(("origin", "cause"), [("observed", "observation"), ("catalogued", "catalogue"), ("documented", "description")])
def test_the_cause_follows_the_origin_of_the_value(origin, cause):
    assert only(audit("fail", value="US", origin=origin), audit("pass", origin=origin)) == ("fixed", "fail", "pass", (cause,))


def test_what_counts_on_one_day_only_is_no_change_of_the_description():
    later = audit("pass", value=True, as_of=date(2027, 6, 1))
    assert only(audit("unknown", value=None), later) == ("fixed", "unknown", "pass", ("date",))
    rewritten = later._replace(description={"application": {"name": "other"}})
    assert only(audit("unknown", value=None), rewritten)[3] == ("description",)


def test_what_was_written_is_told_before_what_was_worked_out():
    from hds_audit.model.difference import Change, ValueChange
    from hds_audit.report.views.differences import why

    moved = (
        ValueChange("hosts.h.outside_eea", [], ["x"], "derived"),
        ValueChange("hosts.h.region", "a", "b", "declared"),
        ValueChange("US", None, "US", "declared"),
    )
    told = Change("appeared", RULE, finding("HDS-28-STORAGE", "component", "db", "fail"), "pass", "fail", ("description",), moved)
    assert why(told, "fr") == "la description (`hosts.h.region` : a → b)"
    assert why(told._replace(values=moved[:1]), "en") == 'the description (`hosts.h.outside_eea`: [] → ["x"])'


def test_where_nothing_but_the_day_differs_the_day_is_the_cause():
    assert only(audit("pass"), audit("fail", as_of=date(2027, 6, 1))) == ("appeared", "pass", "fail", ("date",))


def test_a_rule_that_asks_something_else_is_the_cause():
    other = rule("HDS-28-STORAGE", level="recommended")
    assert only(audit("fail"), audit("pass", rules={RULE.id: other}, tool=OTHER_RULES)) == ("fixed", "fail", "pass", ("rules",))


def test_a_rule_whose_text_left_force_mends_nothing():
    old, new = audit("fail"), audit(None, rules={}, as_of=date(2027, 6, 1))
    assert only(old, new) == ("changed", "fail", None, ("law",))


def test_a_rule_whose_text_came_into_force_appears():
    old, new = audit(None, rules={}), audit("unknown", as_of=date(2027, 6, 1))
    assert only(old, new) == ("appeared", None, "unknown", ("law",))


def test_a_rule_taken_away_mends_nothing():
    assert only(audit("fail"), audit(None, rules={}, tool=OTHER_RULES)) == ("changed", "fail", None, ("rules",))


def test_an_environment_that_is_no_longer_judged_mends_nothing():
    assert only(audit("fail"), audit(None, gate=GateView(environment="staging"))) == ("changed", "fail", None, ("scope",))


def test_a_component_taken_away_is_fixed_by_the_description():
    assert only(audit("fail"), audit(None, description={"components": {}})) == ("fixed", "fail", None, ("description",))


@pytest.mark.parametrize(("before", "after", "kind"), [
    ("unknown", "fail", "appeared"), ("fail", "unknown", "changed"), ("fail", "manual", "changed"), ("unknown", "manual", "changed"),
    ("pass", "unknown", "appeared"), ("unknown", "not-applicable", "fixed"), ("pass", "manual", "changed"), ("error", "pass", "fixed"),
])  # fmt: skip
def test_what_is_not_shown_any_more_is_not_fixed(before, after, kind):
    assert only(audit(before), audit(after, as_of=date(2027, 6, 1)))[:3] == (kind, before, after)


def test_a_risk_that_was_accepted_changes_and_mends_nothing():
    assert only(audit("fail"), audit("fail", waiver=WAIVER)) == ("changed", "fail", "fail", ("waiver",))


def test_texts_that_come_and_go_are_named():
    old = report(coverage=(row("hds:1", "hds-v2", "pass", in_force=False), row("hds:2", "hds-v1", "pass")))
    new = report(coverage=(row("hds:1", "hds-v2", "pass"), row("hds:2", "hds-v1", "pass", in_force=False)))
    comparison = compare(old, new)
    assert (comparison.into_force, comparison.out_of_force) == (("hds:1",), ("hds:2",))


def test_the_paths_of_the_description_that_changed_are_told():
    old = report(description={"hosts": {"a": {"service": "iaas"}}, "flows": [{"from": "x"}], "gone": 1})
    new = report(description={"hosts": {"a": {"service": "paas"}}, "flows": [{"from": "x"}, {"from": "y"}]})
    told = {(item.path, str(item.before), str(item.after)) for item in compare(old, new).described}
    assert told == {("hosts.a.service", "iaas", "paas"), ("flows.1", "None", "{'from': 'y'}"), ("gone", "1", "None")}


def test_a_long_description_is_counted_and_cut():
    comparison = compare(report(description={}), report(description={f"k{number}": number for number in range(500)}))
    assert (len(comparison.described), comparison.more) == (200, 300)


COMPARISON = compare(audit("pass", as_of=date(2026, 1, 1), description={"hosts": {}}), audit("fail", value="US"))
FORMS = pytest.mark.parametrize("form", [diff_markdown, diff_html, diff_json], ids=["markdown", "html", "json"])


def rendered(form, comparison, language="fr"):
    return b"".join(form.render(comparison, language)).decode()


def test_every_format_says_the_verdicts_and_the_cause():
    for said in ("\n".join(diff_text.lines(COMPARISON, "fr")), rendered(diff_markdown, COMPARISON), rendered(diff_html, COMPARISON)):
        assert "conforme → non conforme" in said
        assert "la description" in said
        assert "2026-01-01" in said
    change = json.loads(rendered(diff_json, COMPARISON))["changes"][0]
    assert (change["kind"], change["causes"], change["fingerprint"]) == ("appeared", ["description"], "HDS-28-STORAGE/component/db")


def test_nothing_changed_is_said():
    same = compare(report(), report())
    assert "Aucun verdict n'a changé." in list(diff_text.lines(same, "fr"))
    assert "No verdict changed." in rendered(diff_markdown, same, "en")


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.met = set()

    def handle_starttag(self, tag, attrs):
        self.met.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)


@pytest.mark.parametrize("text", [*HOSTILE, "<b>`|" * 200_000])
def test_hostile_texts_stay_text(text):
    comparison = compare(report(), hostile(text))
    control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
    tags = _Tags()
    tags.feed(page := rendered(diff_html, comparison))
    assert not tags.met & {"script", "img", "svg", "b", "a"}
    assert not control.search(page)
    assert not control.search(rendered(diff_markdown, comparison))
    assert len(rendered(diff_markdown, comparison)) < 65_536
    assert all("\n" not in line and not control.search(line) for line in diff_text.lines(comparison, "fr"))
    json.loads(rendered(diff_json, comparison))


@FORMS
def test_the_same_reports_give_the_same_bytes(form):
    assert rendered(form, COMPARISON) == rendered(form, COMPARISON)


@pytest.fixture
def audits(tmp_path):
    for name, made in (("old.json", audit("pass")), ("new.json", audit("fail", value="US", as_of=DAY))):
        (tmp_path / name).write_bytes(b"".join(to_json(made, Style())))
    return str(tmp_path / "old.json"), str(tmp_path / "new.json")


def test_the_command_prints_and_leaves_with_zero(audits, capsys):
    assert run(["diff", *audits, "--lang", "en"]) == 0
    assert "pass" not in (said := capsys.readouterr().out)
    assert "complies → does not comply" in said


def test_the_command_writes_files_by_suffix_and_by_name(audits, tmp_path, capsys):
    outputs = [f"--output={tmp_path}/x.{suffix}" for suffix in ("md", "html", "json")] + [f"--output=markdown:{tmp_path}/y.txt"]
    assert run(["diff", *audits, *outputs]) == 0
    assert (tmp_path / "x.md").read_bytes() == (tmp_path / "y.txt").read_bytes()
    assert json.loads((tmp_path / "x.json").read_bytes())["format"] == "hds-audit-diff/1"


@pytest.mark.parametrize("arguments", [["-o", "x.docx"], ["missing.json"]])
def test_misuse_leaves_with_two(audits, arguments, capsys):
    command = ["diff", audits[0], *(arguments if arguments[0] != "-o" else [audits[1], *arguments])]
    assert run(command) == 2
    assert "Traceback" not in capsys.readouterr().err
