"""Time and size of every format on a report of a thousand components: `python benchmarks/formats.py [COMPONENTS]`.

Seconds of CPU in one process, once the report is there; the last column is what a forge is sent, in gzip.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from generate import description

from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check, known
from hds_audit.pipeline.comparison import compare
from hds_audit.report import diff_html
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named, known_formats


def main() -> None:
    """Prints the table."""
    components = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "infra.yaml")
        path.write_text(description(components), "utf-8")
        start = time.process_time()
        report = check(str(path), known(), Request(date(2026, 11, 22), generated="2026-11-22T09:00:00Z"))
        print(f"audit of {components} components: {time.process_time() - start:.2f} s, {len(report.findings)} findings")
    for name in known_formats():
        if name == "pdf":
            continue
        form = format_named(name)
        start = time.process_time()
        content = b"".join(form.render(report, Style("fr"))) if form else b""
        _told(name, time.process_time() - start, content)
    start = time.process_time()
    content = b"".join(diff_html.render(compare(report, report._replace(findings=report.findings[::2])), "fr"))
    _told("diff (html)", time.process_time() - start, content)


def _told(name: str, seconds: float, content: bytes) -> None:
    print(f"{name:14} {seconds:6.2f} s {len(content) / 1e6:8.2f} MB {len(gzip.compress(content, 6)) / 1e6:7.2f} MB gz")


if __name__ == "__main__":
    main()
