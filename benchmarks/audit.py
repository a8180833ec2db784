"""Speed and memory of an audit, as ratios inside one run: `python benchmarks/audit.py`.

P is `python -c pass`; S is `yaml.load` with PyYAML's CSafeLoader on the same bytes. CPU seconds, the least of several runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import description

ROOT = Path(__file__).parent.parent
LOAD = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader)"
IMPORT = "import yaml"


def cost(*command: str, runs: int = 5) -> tuple[float, float]:
    """The least CPU seconds of some runs, and the highest peak memory in MB."""
    seconds, peaks = [], []
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # users keep bytecode
    for _ in range(runs):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    return min(seconds), max(peaks)


def main() -> None:
    """Prints the table."""
    python, program = sys.executable, (sys.executable, "-m", "hds_audit")
    with tempfile.TemporaryDirectory() as folder:
        small, large, out = Path(folder, "1.yaml"), Path(folder, "20.yaml"), Path(folder, "out.json")
        small.write_text(description(1_900), "utf-8")
        large.write_text(description(38_000), "utf-8")
        tomo = str(ROOT / "fixtures" / "tomo" / "infra.yaml")
        cost(*program, "check", tomo, "-o", str(out), runs=1)  # fills the cache
        bare, _ = cost(python, "-c", "pass", runs=9)
        version, _ = cost(*program, "--version", runs=9)
        check, _ = cost(*program, "check", tomo, "-o", str(out), runs=9)
        load = cost(python, "-c", LOAD, str(small))[0] - cost(python, "-c", IMPORT)[0]
        one, peak = cost(*program, "check", str(small), "-o", str(out), runs=3)
        written = out.stat().st_size
        twenty, far = cost(*program, "check", str(large), "-o", str(out), runs=1)
        bytes_in, bytes_large = small.stat().st_size, large.stat().st_size
    rows = [
        ("`--version`", f"{version / bare:.2f} P", "1.5 P"),
        ("`check` of fixtures/tomo, JSON", f"{check / bare:.1f} P", "12 P"),
        (f"`check` of {bytes_in / 1e6:.2f} MB, 1,900 components, JSON", f"{one / load:.2f} S", "2 S"),
        (f"the same, 20 times the input ({bytes_large / 1e6:.1f} MB)", f"{twenty / one:.1f} times", "22 times"),
        ("peak memory at 1 MB", f"{peak:.0f} MB", f"{80 + 40 * bytes_in / 1e6:.0f} MB"),
        ("peak memory at 20 MB", f"{far:.0f} MB", f"{80 + 40 * bytes_large / 1e6:.0f} MB"),
        ("JSON report to input", f"{written / bytes_in:.1f} times", "40 times"),
    ]
    sys.stdout.write(f"P = {bare * 1000:.1f} ms, S = {load * 1000:.0f} ms\n\n| what | measured | limit |\n|---|--:|--:|\n")
    sys.stdout.writelines(f"| {what} | {measured} | {limit} |\n" for what, measured, limit in rows)


if __name__ == "__main__":
    main()
