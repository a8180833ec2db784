"""What the page and the PDF show: ordinals, the plan, matrices, paths, the data map, what comes first; and a little Markdown."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from factory import COVERAGE, EXPOSURES, FINDINGS, RULES, WAIVER, finding, report, row, rule
from hypothesis import given
from hypothesis import strategies as st

from hds_audit.model.report import VERDICTS, Expiring, NextStep, Report
from hds_audit.model.text import Text
from hds_audit.report.views.by_text import ordinal, outcome_table, outcomes
from hds_audit.report.views.cells import Cell, Table, listed
from hds_audit.report.views.data_map import data_table, duration, flow_table
from hds_audit.report.views.declared import asked, flow_meant, flows
from hds_audit.report.views.evidence import cards, folded, value
from hds_audit.report.views.grouping import by_rule, first_points
from hds_audit.report.views.markdown import blocks
from hds_audit.report.views.marks import strength, worst
from hds_audit.report.views.matrices import activity_table, clause_table, requirement_table, transparency_table
from hds_audit.report.views.plan import actions, declare_table
from hds_audit.report.views.reach import custody_table, paths
from hds_audit.report.views.requirements import applicability_table, awaited, given_table, grounds_line, unseen_table, waiver_table
from hds_audit.report.views.saying import cited, counted, day
from hds_audit.report.views.scope import scope
from hds_audit.report.views.summary import summary
from hds_audit.report.views.timeline import moments


def said(table: Table) -> list[list[str]]:
    return [[cell.said for cell in line] for line in table.rows]


counts = st.dictionaries(st.sampled_from(VERDICTS), st.integers(0, 5)).map(Counter)


@given(counts)
def test_a_text_complies_only_when_nothing_is_left(met: Counter[str]) -> None:
    left = met["fail"] + met["unknown"] + met["manual"] + met["error"]
    assert (ordinal(met) == "complies") == (left == 0 and met["pass"] > 0)


@given(counts)
def test_one_requirement_not_met_is_enough(met: Counter[str]) -> None:
    assert (ordinal(met) in ("partly", "does-not")) == (met["fail"] > 0)
    assert met["pass"] or ordinal(met) != "partly"


@given(counts, st.sampled_from(VERDICTS))
def test_more_gaps_never_make_a_text_look_better(met: Counter[str], verdict: str) -> None:
    order = ("complies", "not-concerned", "cannot-be-judged", "partly", "does-not")
    more = met + Counter({"fail": 1})
    assert order.index(ordinal(more)) >= 3
    assert ordinal(met) != "cannot-be-judged" or met["unknown"] + met["manual"] + met["error"] > 0


def test_only_requirements_in_force_count_in_an_outcome() -> None:
    found = {each.text: each for each in outcomes(report())}
    assert "hads" not in found
    assert "foreign-laws" not in found
    assert found["csp"].ordinal == "does-not"
    assert found["hds-v2"].ordinal == "partly"
    assert found["gdpr"].ordinal == "cannot-be-judged"
    assert sum(sum(each.counts.values()) for each in found.values()) == sum(
        item.in_force and item.kind == "requirement" for item in COVERAGE
    )
    assert said(outcome_table(report(), "fr"))[0][0] == "Code de la santé publique"


def test_the_plan_puts_what_blocks_first_and_accepted_risks_last() -> None:
    found = actions(report(), by_rule(report()))
    assert [each.rules for each in found] == [("HDS-28-STORAGE",), ("HDS-CLAUSE-02",), ("LAW-UC6",), ("SNC-19-6",)]
    assert found[0].due.fr == "sans délai : le texte est en vigueur"
    assert "31 March 2027" in found[-1].due.en
    assert sum(each.settles for each in found) == sum(item.verdict == "fail" for item in FINDINGS)


def test_what_to_declare_says_how_many_mandatory_points_wait_for_it() -> None:
    assert said(declare_table(report(), "en"))[0] == ["hosts.mailer.contract.clauses", "mailer: its clauses", "2", "2"]


def test_the_clause_matrix_has_a_column_a_contract_and_the_publisher_s_own() -> None:
    table = clause_table(report(), "fr")
    assert table.heads == ("Clause", "cloud", "mailer", "votre contrat avec vos clients")
    assert said(table)[0][1:3] == ["conforme", "non démontré"]
    assert said(table)[1][1:3] == ["non conforme", "non démontré"]


def test_a_clause_of_the_publisher_s_contract_is_seen_by_its_name() -> None:
    from hds_audit.model.report import FactView

    facts = (*report().facts, FactView("hosts.cloud.has_clause.certificate-scope", True, "derived", None, ""))
    found = tuple(item._replace(facts=(len(facts) - 1,)) if item.rule == "HDS-CLAUSE-01" else item for item in FINDINGS)
    assert said(clause_table(report(facts=facts, findings=found), "en"))[0][-1] == "declared"
    assert said(clause_table(report(), "en"))[0][-1] == "not declared"


def test_the_requirements_of_hds_say_what_they_rest_on() -> None:
    table = requirement_table(report(), "fr")
    assert len(table.rows) == 3
    assert said(table)[0][2] == "hérité du certificat de l'hébergeur"


def test_each_performer_of_an_activity_has_its_row() -> None:
    table = activity_table(report(), "en")
    assert len(table.rows) == 6
    assert [line[4].tone for line in table.rows] == ["pass", "fail", "fail", "not-applicable", "unknown", "fail"]


def test_transparency_shows_what_a_host_says_of_access_from_outside() -> None:
    assert said(transparency_table(report(), "fr"))[0][3:7] == ["Nuage SARL", "host", "oui", "US"]


def test_exposures_alike_make_one_path() -> None:
    many = tuple(EXPOSURES[0]._replace(component=f"db-{number}") for number in range(1_000))
    found = paths(report(exposures=many), "en")
    assert len(found) == 1
    assert len(found[0].places) == 1_000


def test_two_laws_by_one_way_stand_together_and_others_apart() -> None:
    both = (EXPOSURES[0], EXPOSURES[0]._replace(law="us:fisa-702"), EXPOSURES[0]._replace(degree="clear"))
    found = paths(report(exposures=both), "en")
    assert [len(each.laws) for each in found] == [1, 2]
    assert found[0].degree == "read in the clear"


def test_established_links_come_before_debated_ones() -> None:
    assert [each.established for each in paths(report(), "fr")] == [True, False, False]
    assert "lien juridique établi, accès non exclu" in {each.certainty for each in paths(report(), "fr")}


def test_custody_says_who_and_how_far() -> None:
    rows = said(custody_table(report(), "fr"))
    assert rows[0][:3] == ["disk", "Nuage SARL (FR) : la détient", "1 sur 4"]
    assert rows[1][2] == "non démontré"


def test_the_data_map_says_where_data_lie_go_and_stay() -> None:
    record = said(data_table(report(), "fr"))[0]
    assert record[1] == "santé par nature"
    assert record[3] == "db (cloud)"
    assert record[5] == "app, db"
    assert record[6] == "base active : 5 ans\narchive : 15 ans"
    assert len(flow_table(report(), "fr").rows) == 3


@pytest.mark.parametrize(
    ("said_so", "french"),
    [
        ("P5Y", "5 ans"),
        ("P1Y", "1 an"),
        ("P6M", "6 mois"),
        ("P60D", "60 jours"),
        ("PT8H", "PT8H"),
        ("", ""),
        ("P²Y", "P²Y"),
        ("forever", "forever"),
    ],
)
def test_a_duration_is_said_as_people_do(said_so: str, french: str) -> None:
    assert duration(said_so, "fr") == french


def test_flows_bear_the_ids_that_findings_give_them() -> None:
    twice = report(
        description={"flows": [{"from": "a", "to": "b"}, {"from": "a", "to": "b"}, {"id": "x", "from": "a", "to": "b"}, "odd", 3]}
    )
    assert [flow.id for flow in flows(twice)][:3] == ["a->b", "a->b#2", "x"]


@pytest.mark.parametrize(
    ("path", "meant"), [("flows.2.data", "app → mailer"), ("flows.9.data", ""), ("flows.x.data", ""), ("hosts.cloud", ""), ("flows", "")]
)
def test_a_path_in_flows_says_which_flow(path: str, meant: str) -> None:
    assert flow_meant(path, flows(report())) == meant


@pytest.mark.parametrize(
    ("path", "question", "said"),
    [
        ("flows.1.data", "flows.1: data it carries", "{}: data it carries"),
        ("flows.1.transport.tls", "flows.1: versions", "{}: versions"),
        ("flows", "flows: what goes where", "flows: what goes where"),
        ("hosts.flows.region", "flows: its region", "flows: its region"),
    ],
)
def test_a_question_on_a_flow_names_its_ends_once(path: str, question: str, said: str) -> None:
    ways = flows(report())
    assert asked(NextStep(path, Text(question, question), 1), ways, "en") == said.format(flow_meant("flows.1.data", ways))


def test_moments_alike_on_one_day_are_one() -> None:
    same = tuple(Expiring("product", f"db-{number}", date(2026, 12, 1), Text("End", "Fin")) for number in range(500))
    found = moments(report(expiring=same))
    assert len(found) == 1
    assert found[0].left == 9


def test_the_annex_says_yes_or_why_not() -> None:
    rows = said(applicability_table(report(), "fr"))
    assert [line[1] for line in rows] == ["oui", "oui"]
    assert rows[0][4] == "Mme Aubry, 2026-09-01"


def test_the_annex_counts_what_a_verdict_can_rest_on() -> None:
    assert grounds_line(report(), "en").startswith(
        "On what a verdict on the 2 controls can rest at best: technical fact 1, certificate of the host 0, dated document 1, auditor alone 0."
    )
    silent = tuple(row._replace(rests="") for row in report().coverage)
    assert grounds_line(report(coverage=silent), "fr") == "", "an old report does not tell"


def test_a_control_that_everyone_excludes_is_excluded() -> None:
    out = tuple(item._replace(status="not-applicable", reason="no site") for item in report().attestations if item.counts)
    rows = said(applicability_table(report(attestations=out), "en"))
    assert rows[0][1] == "excluded"
    assert "no site" in rows[0][4]


def test_what_a_person_must_attest_is_what_is_manual_and_in_force() -> None:
    found = {item.control for rows in awaited(report()).values() for item in rows}
    assert found == {"hds:EXI-07", "csp:L.1110-4"}
    assert said(given_table(report(), "fr"))[1][-1] == "non"


def test_accepted_risks_say_their_state() -> None:
    assert [line[-1] for line in said(waiver_table(report(), "fr"))] == ["en cours", "ne répond à aucun constat"]


def test_what_was_not_looked_at_says_why() -> None:
    told = " ".join(" ".join(line) for line in said(unseen_table(report(), "en")))
    for part in ("L.1115-1", "not in force on that day", "EXI-07", "nothing to comply with"):
        assert part in told


def test_what_is_broken_comes_before_what_is_not_shown() -> None:
    found = first_points(report(), by_rule(report()), 5)
    assert [point.tone for point in found] == ["fail", "fail", "fail", "unknown", "unknown"]
    assert found[0].rule.id == "HDS-28-STORAGE"


@given(
    st.lists(st.tuples(st.sampled_from(RULES), st.sampled_from(("fail", "unknown", "error", "pass", "manual"))), max_size=20),
    st.integers(2, 6),
)
def test_no_more_points_than_asked_and_none_that_holds(drawn: list[tuple[object, str]], most: int) -> None:
    found = tuple(finding(each.id, "component", f"c{number}", verdict) for number, (each, verdict) in enumerate(drawn))  # type: ignore[attr-defined]
    told = report(findings=found)
    shown = first_points(told, by_rule(told), most)
    assert len(shown) <= most
    assert {point.tone for point in shown} <= {"fail", "error", "unknown"}
    assert bool(shown) == any(item.verdict in ("fail", "unknown", "error") for item in found)


def test_a_fail_at_the_gate_is_never_left_off_the_first_screen_for_another() -> None:
    told = report(findings=(*FINDINGS, *(finding("GDPR-32-REST", "component", f"c{number}", "fail") for number in range(50))))
    assert first_points(told, by_rule(told), 5)[0].rule.level == "mandatory"


def test_the_summary_counts_in_words() -> None:
    told = summary(report(), by_rule(report()), "fr")
    assert told.sentence == "2 obligations ne sont pas tenues, 2 ne sont pas démontrées, 1 est à attester."
    assert told.first[0] == "Corriger HDS-28-STORAGE"
    assert told.lines[0].ground == ("HDS EXI-28",)
    assert told.lines[0].who == "votre hébergeur, à votre demande"


@pytest.mark.parametrize("outcome", ["compliant", "non-compliant", "not-established", "waived", "fault"])
def test_every_outcome_has_its_sentence(outcome: str) -> None:
    for language in ("en", "fr"):
        told = summary(report(outcome=outcome), by_rule(report()), language)  # type: ignore[arg-type]
        assert told.sentence
        assert "{" not in told.sentence


def test_what_is_not_shown_stands_together_with_what_to_declare_once() -> None:
    rule_of = report().rules["GDPR-32-REST"]
    told = {name: Text(f"Not shown: {rule_of.title.en}. To declare: `components.{name}.logging`, `components.{name}.logging.kept`.",
                       f"Non démontré : {rule_of.title.fr}. À déclarer : `components.{name}.logging`.") for name in ("a", "b")}  # fmt: skip
    two = tuple(
        finding("GDPR-32-REST", "component", name, "unknown", message=told[name],
                missing=(f"components.{name}.logging", f"components.{name}.logging.kept", "keys.k.held_by"))
        for name in told
    )  # fmt: skip
    made = report(findings=two)
    (card,) = cards(made, by_rule(made), "en")
    (shown,) = card.shown
    assert shown.message == "To declare, for each: `components.*.logging` (`kept`), `keys.k.held_by`."
    assert not card.mends
    assert not card.judged
    (single,) = cards(report(findings=two[:1]), by_rule(report(findings=two[:1])), "fr")
    assert single.shown[0].message == "À déclarer : `components.a.logging` (`kept`), `keys.k.held_by`."


@pytest.mark.parametrize(("paths", "name", "expected"), [
    (("endpoints.3.observed.tls", "endpoints.3.observed.tls.curves"), "https://x", "`endpoints.*.observed.tls` (`curves`)"),
    (("a.b.c", "a.b"), "", "`a.b` (`c`)"), (("a.bc", "a.b"), "", "`a.bc`, `a.b`"), (("hosts.a.b.a",), "a", "`hosts.*.b.a`"),
])  # fmt: skip
def test_paths_to_declare_are_folded(paths: tuple[str, ...], name: str, expected: str) -> None:
    assert folded(paths, name) == expected


def test_few_findings_stand_alone_and_many_alike_stand_together() -> None:
    many = tuple(
        finding("HDS-28-STORAGE", "component", f"db-{number}", "unknown", missing=(f"components.db-{number}.host",)) for number in range(40)
    )
    together = next(iter(cards(report(findings=many), by_rule(report(findings=many)), "en")))
    assert len(together.shown) == 1
    assert len(together.shown[0].subjects) == 40
    alone = report(findings=tuple(item._replace(verdict="fail") for item in many[:3]))
    assert len(next(iter(cards(alone, by_rule(alone), "en"))).shown) == 3


def test_every_worded_finding_is_shown_once_with_its_subject() -> None:
    told = [each for card in cards(report(), by_rule(report()), "fr") for each in card.shown]
    assert sum(len(each.subjects) for each in told) == sum(item.verdict not in ("pass", "not-applicable") for item in FINDINGS)


def test_passes_say_what_they_rest_on() -> None:
    named = {card.rule.id: card.named for card in cards(report(), by_rule(report()), "fr")}
    assert named["HDS-CLAUSE-01"][0].label == "conforme (pièce vue)"
    assert named["GDPR-32-REST"][0].label == "conforme (observé)"
    assert named["HDS-28-STORAGE"][0].label == "conforme (déclaré)"


def test_a_pass_rests_on_the_weakest_of_its_facts() -> None:
    assert strength(FINDINGS[0]._replace(facts=(1, 4)), report().facts) == "declared"
    assert strength(FINDINGS[0]._replace(facts=(2, 4)), report().facts) == "documented"


def test_a_pass_is_no_stronger_than_what_its_facts_were_worked_out_from() -> None:
    seen, said = report().facts[4], report().facts[1]
    facts = (seen, said, said._replace(origin="derived", because=(1,)), said._replace(origin="derived", because=(0, 3)))
    assert strength(FINDINGS[0]._replace(facts=(0, 2)), facts) == "declared"
    assert strength(FINDINGS[0]._replace(facts=(0, 3)), facts) == "observed"


def test_scope_names_the_chain_and_the_texts_not_read() -> None:
    told = dict(scope(report(), "fr"))
    assert told["Chaîne contractuelle"][0] == "Souffle SAS (FR) → Nuage SARL (FR) [cloud]"
    assert "HDS EXI-28" in told["Textes non lus dans l'original"][0]


@pytest.mark.parametrize(
    ("control", "french"),
    [("csp:L.1111-8.II", "CSP L.1111-8.II"), ("gdpr:32.1.a", "RGPD art. 32.1.a"), ("own", "own"), ("other:1", "other:1")],
)
def test_controls_are_cited_as_people_do(control: str, french: str) -> None:
    assert cited(control, "fr") == french


def test_days_and_numbers_follow_the_language() -> None:
    assert day(date(2026, 5, 1), "fr") == "1er mai 2026"
    assert day(date(2026, 5, 1), "en") == "1 May 2026"
    one, many = Text("{} day", "{} jour"), Text("{} days", "{} jours")
    assert [counted(number, one, many, "fr") for number in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
    assert [counted(number, one, many, "en") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_values_read_as_people_read() -> None:
    assert value(None, "fr") == "non connu"
    assert value([], "en") == "none"
    assert value(["a", True], "fr") == "a, vrai"
    assert value({"a": 1}, "en") == "a 1"
    assert value(list(range(20)), "en").endswith("…")


def test_a_list_says_how_many_it_left_out() -> None:
    assert listed(["a", "b", "c"], 2) == "a, b (+ 1)"


def test_the_worst_verdict_speaks() -> None:
    assert worst(["pass", "unknown", "fail"]) == "fail"
    assert worst([]) is None


def test_markdown_knows_paragraphs_lists_and_emphasis() -> None:
    found = blocks("# Head\n\none **two** `three`\nfour\n\n- five\n- six\n  seven")
    assert [block.kind for block in found] == ["heading", "paragraph", "list"]
    assert [(run.kind, run.text) for run in found[1].lines[0]] == [("", "one "), ("strong", "two"), ("", " "), ("code", "three")]
    assert len(found[2].lines) == 2


@given(st.text(max_size=300))
def test_markdown_loses_no_word_and_links_to_the_web_only(source: str) -> None:
    runs = [run for block in blocks(source) for line in block.lines for run in line]
    assert all(run.href.startswith(("https://", "http://")) for run in runs if run.kind == "link")
    letters = Counter(character for character in source if character.isalpha())
    assert not Counter(character for run in runs for character in run.text + run.href if character.isalpha()) - letters


def broken(told: Report) -> Report:
    """The report with a description whose shape is all wrong."""
    odd: dict[str, object] = {name: ["x", 1, None] for name in ("application", "organisations", "data", "hosts", "components", "keys")}
    return told._replace(description={**odd, "flows": {"a": 1}})


def test_a_description_of_any_shape_is_read_without_trust() -> None:
    told = broken(report())
    assert data_table(told, "fr").rows == []
    assert flows(told) == ()
    assert scope(told, "fr")[0][1] == ["non déclaré"]


def test_rows_and_rules_of_the_factory_hold_together() -> None:
    assert {item.rule for item in FINDINGS} <= {each.id for each in RULES}
    assert rule("X").id == "X"
    assert row("a:b", "a", "pass").control == "a:b"
    assert WAIVER.state == "active"
    assert Cell("x").tone == ""
