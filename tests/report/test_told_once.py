"""What a reader is told once: one remedy for several rules, one row for activities alike, other things before the same thing again."""

from factory import DESCRIPTION, FINDINGS, RULES, finding, report, rule

from hds_audit.model.exposure import ActivityRow
from hds_audit.model.text import Text
from hds_audit.report.terminal import report_lines
from hds_audit.report.views.data_map import component_table, flow_table
from hds_audit.report.views.grouping import by_rule, first_points
from hds_audit.report.views.matrices import activity_table
from hds_audit.report.views.order import blocking
from hds_audit.report.views.plan import actions
from hds_audit.report.views.saying import dated

AMENDMENT = Text("Have the clauses added", "Faire ajouter les clauses")
CLAUSES = tuple(
    rule(f"CLAUSE-{number}", addressee="customer", subject="host", remedy=AMENDMENT, effort="contract") for number in range(1, 5)
)
LACKING = tuple(finding(each.id, "host", "cloud", "fail") for each in CLAUSES)
OTHER = rule("ZONE", subject="component")


def made(**changes):
    rules = {each.id: each for each in (*RULES, *CLAUSES, OTHER)}
    return report(rules=rules, **changes)


def test_one_amendment_answers_every_clause_that_one_contract_lacks():
    found = actions(made(findings=LACKING), by_rule(made(findings=LACKING)))
    assert [each.rules for each in found] == [("CLAUSE-1", "CLAUSE-2", "CLAUSE-3", "CLAUSE-4")]
    assert found[0].settles == 4
    assert [each.en for each in found[0].why] == [each.title.en for each in CLAUSES]


def test_the_same_remedy_elsewhere_is_another_action():
    elsewhere = (*LACKING[:1], finding("CLAUSE-2", "host", "mailer", "fail"))
    assert len(actions(made(findings=elsewhere), by_rule(made(findings=elsewhere)))) == 2


def test_another_thing_comes_before_the_same_thing_again():
    found = blocking(made(findings=(*LACKING, finding("ZONE", "component", "db", "fail"))))
    assert [item.rule for item in found] == ["CLAUSE-1", "ZONE", "CLAUSE-2", "CLAUSE-3", "CLAUSE-4"]


def test_a_worse_fault_of_the_same_thing_is_not_put_off():
    worse = finding("HDS-28-STORAGE", "host", "cloud", "fail")
    assert blocking(made(findings=(*LACKING, worse)))[0] is worse


def test_several_faults_of_the_application_are_several():
    faults = (*(finding(each.id, "application", "application", "fail") for each in CLAUSES[:2]), finding("ZONE", "component", "db", "fail"))
    assert [item.rule for item in blocking(made(findings=faults))] == ["CLAUSE-1", "CLAUSE-2", "ZONE"]


def test_the_third_of_one_rule_leaves_room():
    many = tuple(finding("CLAUSE-1", "host", name, "fail") for name in ("a", "b", "c", "d"))
    found = blocking(made(findings=(*many, finding("ZONE", "component", "db", "fail"))))
    assert [(item.rule, item.subject.id) for item in found][:3] == [("CLAUSE-1", "a"), ("CLAUSE-1", "b"), ("ZONE", "db")]


def test_the_first_screen_tells_other_things_before_the_same_again():
    told = made(findings=(*LACKING, finding("ZONE", "component", "db", "fail")))
    assert [point.rule.id for point in first_points(told, by_rule(told), 3)][:2] == ["CLAUSE-1", "ZONE"]


def test_the_terminal_says_one_remedy_once():
    twice = tuple(finding("CLAUSE-1", "host", name, "fail") for name in ("cloud", "mailer"))
    lines = [line.plain for line in report_lines(made(findings=twice), "en")]
    assert sum(line.startswith("✗ CLAUSE-1") for line in lines) == 2
    assert sum(AMENDMENT.en in line for line in lines) == 1


def test_activities_alike_share_a_row_and_others_do_not():
    why = Text("no certificate", "aucun certificat")
    alike = tuple(ActivityRow("cloud", each, "nuage", "", "not-covered", why) for each in ("physical-sites", "hardware"))
    other = ActivityRow("cloud", "backup", "souffle", "", "not-covered", why)
    rows = activity_table(made(activities=(*alike, other)), "fr").rows
    assert [row[1].said for row in rows] == ["1 Sites physiques\n2 Infrastructure matérielle", "6 Sauvegarde"]


def described(**sections):
    return made(description={**DESCRIPTION, **sections}, findings=FINDINGS)


def test_no_layer_is_not_what_nobody_says():
    components = {
        "bare": {"kind": "database", "host": "cloud", "stores": ["record"], "encryption": []},
        "silent": {"kind": "database", "host": "cloud", "stores": ["record"]},
        "wrapped": {"kind": "database", "host": "cloud", "stores": ["record"], "encryption": [{"layer": "storage-service", "key": "disk"}]},
        "app": {"kind": "application", "host": "cloud", "processes": ["record"]},
    }
    said = {row[0].said: row[-1] for row in component_table(described(components=components), "fr").rows}
    assert [said[name].said for name in components] == ["aucun", "non déclaré", "service de stockage (disk)", "–"]
    assert [said[name].tone for name in components] == ["fail", "unknown", "", ""]


def test_a_flow_without_tls_says_so():
    flows = [
        {"from": "app", "to": "db", "transport": {"protocol": "postgresql", "tls": False}},
        {"from": "app", "to": "db", "transport": {"protocol": "postgresql"}},
        {"from": "app", "to": "db", "transport": {"tls": False}},
    ]
    assert [row[4].said for row in flow_table(described(flows=flows), "fr").rows] == ["postgresql, sans TLS", "postgresql", "sans TLS"]


def test_moments_are_said_as_people_write_them():
    assert dated("2026-11-10", "fr") == "10 novembre 2026"
    assert dated("2026-05-01T09:05:07Z", "fr") == "1er mai 2026 à 09:05 UTC"
    assert dated("2026-05-01T09:05:07Z", "en") == "1 May 2026, 09:05 UTC"
    assert dated("2026-05", "fr") == "mai 2026"
    assert [dated(each, "fr") for each in ("", "2026-02-30", "soon")] == ["", "2026-02-30", "soon"]


def test_the_chain_of_contracts_names_who_signed():
    from hds_audit.report.views.scope import scope

    hosts = {"cloud": {"provider": "big-cloud", "contract": {"party": "nuage"}}}
    told = dict(scope(described(hosts=hosts), "en"))
    assert told["Chain of contracts"] == ["Souffle SAS (FR) → Nuage SARL (FR) → Big Cloud Inc. (US) [cloud]"]


def test_the_mark_of_health_is_never_cut_off():
    from hds_audit.report.views.diagram import diagram
    from hds_audit.report.views.drawing import drawing

    components = {"desk": {"kind": "support-desk-of-a-very-long-name", "host": "cloud", "stores": ["record"]}}
    assert "… · santé</text>" in drawing(diagram(described(components=components)), "x", "fr")
