"""Weight and time of the HTML page and of the PDF: `python benchmarks/page.py`.

Time is CPU seconds beyond the audit, the least of several runs: the report is there, and the format is written from it.
"""

from __future__ import annotations

import gc
import sys
import time
from datetime import date
from pathlib import Path

from generate import description

from hds_audit.model.report import Report
from hds_audit.pipeline.audit import Request, audit
from hds_audit.pipeline.check import check
from hds_audit.pipeline.knowledge import Shelf, knowledge, rules_folder
from hds_audit.read.description import parse_description
from hds_audit.report.format import Format, Style
from hds_audit.report.formats import format_named

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 22)
LIMITS = {("html", 0): "0.40 MB", ("html", 1_000): "6 MB, 1 s"}


def measured(form: Format, report: Report, runs: int) -> tuple[int, float]:
    """The bytes of a format, and the least seconds that it took."""
    size, best = 0, float("inf")
    for _ in range(runs):
        gc.collect()
        started = time.process_time()
        size = sum(map(len, form.render(report, Style("fr"))))
        best = min(best, time.process_time() - started)
    return size, best


def main() -> None:
    """Prints the table."""
    known = knowledge(Shelf(rules_folder()))
    reports = {0: check(str(ROOT / "fixtures" / "reference" / "infra.yaml"), known, Request(DAY))}
    for components in (30, 1_000):
        read = parse_description("infra.yaml", description(components).encode(), known.catalogue)
        reports[components] = audit(read, known, Request(DAY))
    gc.disable()
    sys.stdout.write("| format | description | findings | weight | seconds beyond the audit | limit |\n|---|---|--:|--:|--:|--:|\n")
    for name in ("html", "pdf"):
        form = format_named(name)
        assert form is not None
        for components, report in reports.items():
            size, seconds = measured(form, report, 3)
            said = f"{components} components" if components else "fixtures/reference"
            limit = LIMITS.get((name, components), "")
            sys.stdout.write(f"| {name} | {said} | {len(report.findings):,} | {size / 1e6:.2f} MB | {seconds:.2f} | {limit} |\n")


if __name__ == "__main__":
    main()
