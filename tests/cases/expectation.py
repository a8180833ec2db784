"""What the audit of a case says, in the form of its expected.json; run as a program, it writes them anew for a person to read."""

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path

from hds_audit.model.report import Report
from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check
from hds_audit.pipeline.knowledge import Knowledge, Shelf, knowledge, rules_folder

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
WORST = ("error", "fail", "unknown", "manual", "pass", "not-applicable")
DAYS = {
    "cosante-imaging": ("2020-09-01",),
    "cosante-platform": ("2020-09-01", "2026-11-22"),
    "doctolib-2020-06": ("2020-06-15",),
    "doctolib-2021-11": ("2021-11-17",),
    "reference": ("2026-11-22",),
    "scalingo-app": ("2024-12-02", "2026-11-22"),
    "scalingo-app-unsigned": ("2024-12-02", "2026-11-22"),
    "tomo": ("2022-01-15", "2026-11-22"),
}


@cache
def known() -> Knowledge:
    return knowledge(Shelf(rules_folder()))


def audited(case: str, day: str) -> Report:
    path = FIXTURES / case / "infra.yaml"
    return check(str(path), known(), Request(date.fromisoformat(day)))


def said(report: Report) -> dict[str, object]:
    """Outcome, verdicts by control and subject (the worst of the rules that cite it), exposures and activities."""
    verdicts: dict[str, dict[str, str]] = {}
    for finding in report.findings:
        for control in report.rules[finding.rule].controls:
            subjects = verdicts.setdefault(control, {})
            before = subjects.get(finding.subject.id, "not-applicable")
            subjects[finding.subject.id] = min(before, finding.verdict, key=WORST.index)
    return {
        "outcome": report.outcome,
        "exit_code": report.exit_code,
        "verdicts": {control: verdicts[control] for control in sorted(verdicts)},
        "exposures": [" ".join((str(row.law), row.organisation, row.data, row.component, row.degree, row.certainty)) for row in report.exposures],
        "activities": [f"{row.host} {row.activity} {row.performer or '?'} {row.verdict}" for row in report.activities],
    }


def main() -> None:
    for case, days in DAYS.items():
        expected = {day: said(audited(case, day)) for day in days}
        path = FIXTURES / case / "expected.json"
        path.write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
