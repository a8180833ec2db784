"""Many descriptions: time each, beyond start-up, peak memory, and what a second process gains: `python benchmarks/many.py [COUNT]`.

CPU seconds of the whole run and of its children; the peak is that of the largest process. Reports are JSON, one each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generate import description

COMPONENTS = 20


class Cost(NamedTuple):
    """What one run cost: CPU and wall seconds, and MB at the peak."""

    cpu: float
    wall: float
    peak: float


def cost(*arguments: str) -> Cost:
    """One run of `check`."""
    started = time.perf_counter()
    process = subprocess.Popen(
        (sys.executable, "-m", "hds_audit", "check", *arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            place = Path(folder, "clients", f"{number:04d}")
            place.mkdir(parents=True)
            (place / "infra.yaml").write_text(description(COMPONENTS), "utf-8")
        os.chdir(folder)
        one = ("clients/0000/infra.yaml", "--into", "one", "-o", "json")
        every = ("clients/**/infra.yaml", "-o", "json")
        cost(*one)  # fills the cache
        start = min(cost(*one).cpu for _ in range(5))
        alone, both = cost(*every, "--into", "alone"), cost(*every, "--into", "both", "--jobs", "2")
    each = (alone.cpu - start) / max(1, count - 1)
    rows = [
        (f"{count} descriptions of {COMPONENTS} components, each beyond start-up", f"{each * 1000:.1f} ms", "15 ms"),
        ("the same, peak memory", f"{alone.peak:.0f} MB", "400 MB"),
        ("two jobs on two cores", f"{alone.wall / both.wall:.2f} times faster", "1.7 times"),
    ]
    sys.stdout.write(f"one description, start-up included: {start * 1000:.0f} ms\n\n| what | measured | limit |\n|---|--:|--:|\n")
    sys.stdout.writelines(f"| {what} | {measured} | {limit} |\n" for what, measured, limit in rows)


if __name__ == "__main__":
    main()
