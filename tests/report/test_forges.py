"""What GitLab and GitHub read: code quality, and annotations of a workflow."""

import json

import pytest
from factory import FINDINGS, HOSTILE, empty, finding, hostile, report

from hds_audit.model.place import Place
from hds_audit.report import github, gitlab
from hds_audit.report.format import Style


def issues(made, language="en"):
    return json.loads(b"".join(gitlab.FORMAT.render(made, Style(language))))


def commands(made, language="en"):
    return b"".join(github.FORMAT.render(made, Style(language))).decode().splitlines()


def test_gitlab_gets_what_it_asks_of_each_issue():
    for issue in issues(report()):
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"]


def test_gitlab_fingerprints_are_unique_and_outlive_moved_lines():
    prints = [issue["fingerprint"] for issue in issues(report())]
    assert len(set(prints)) == len(prints)
    moved = tuple(item._replace(place=Place("x.yaml", 7, 7)) for item in FINDINGS)
    assert [issue["fingerprint"] for issue in issues(report(findings=moved))] == prints


def test_gitlab_severity_follows_the_rule_and_what_is_not_shown_informs():
    severity = {issue["description"]: issue["severity"] for issue in issues(report())}
    assert severity["HDS-28-STORAGE on copies"] == "blocker"
    assert severity["HDS-CLAUSE-01 on mailer"] == "info"
    assert severity["SNC-19-6 on mailer"] == "info"


def test_passes_and_what_waits_for_a_person_are_no_issues():
    assert len(issues(report())) == sum(item.verdict in ("fail", "error", "unknown") for item in FINDINGS)
    assert issues(empty()) == []


def test_github_annotates_the_line_and_says_what_blocks():
    lines = commands(report())
    assert lines[0].startswith("::error file=infra.yaml,line=60,col=5,title=HDS-28-STORAGE::")
    assert any(line.startswith("::warning") and "LAW-UC6" in line for line in lines)
    assert any(line.startswith("::notice") and "SNC-19-6" in line for line in lines)
    assert all(line.startswith("::notice") for line in lines if "HDS-CLAUSE-01" in line)


def test_what_was_there_before_is_no_error():
    (line,) = commands(report(findings=(finding("HDS-CLAUSE-01", "host", "h", "fail", state="unchanged"),)))
    assert line.startswith("::warning")


def test_github_is_told_no_more_than_it_shows():
    many = tuple(finding("HDS-CLAUSE-01", "host", f"h{number}", "unknown") for number in range(500))
    lines = commands(report(findings=(*many, finding("ISO-A824", "component", "db", "fail"))))
    assert len(lines) == 50
    assert "ISO-A824" in lines[0]


@pytest.mark.parametrize("text", [*HOSTILE, "a\n::error::b", "%0A::stop-commands::x", "x" * 1_000_000])
def test_no_text_starts_a_command_of_its_own(text):
    lines = commands(hostile(text))
    assert len(lines) == 3
    for line in lines:
        word, _, rest = line[2:].partition(" ")
        assert word in ("error", "warning", "notice")
        assert rest.partition("::")[0].count("=") >= 4
        assert len(line) < 20_000
    assert issues(hostile(text))
