"""How right and how fast the reading of message templates is.

    python -m benchmarks.emails                 the templates of this repository, then $HDS_AUDIT_DATA/emails where it is set
    python -m benchmarks.emails --misses        each template that was judged otherwise than its label, with the evidence
    python -m benchmarks.emails --only a,b      templates whose path has one of these words
    python -m benchmarks.emails --speed         1,000 templates of 20 KB through the command line

Precision and recall are given on H (health) and on H and F (health, free text) against the rest.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hds_audit.emails.engine import TEMPLATE_SUFFIXES
from hds_audit.emails.scan import Scanner
from hds_audit.model.template import TemplateReading
from hds_audit.read.lexicon import lexicon_folder, load_lexicon
from hds_audit.read.templates import includes_for

LETTERS = {"health": "H", "free-text": "F", "care-relation": "C", "none": "N"}
OURS = Path(__file__).parent / "emails_templates"


class Judged(NamedTuple):
    """One labelled template and what was read in it."""

    path: str
    due: str
    reading: TemplateReading

    @property
    def got(self) -> str:
        """The letter of the label that was read."""
        return "?" if self.reading.unreadable else LETTERS[self.reading.label]


class Score(NamedTuple):
    """Right, false and missed alarms on one set of letters."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of alarms that are right."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what is to be found that is found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def judged(folder: Path, only: Sequence[str]) -> Iterator[Judged]:
    """Every labelled template of a folder."""
    scanner = Scanner(load_lexicon(lexicon_folder()))
    with (folder / "LABELS.tsv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if not only or any(word in row["path"] for word in only)]
        for row in rows if not folder.samefile(OURS) else ():  # whose folders are no applications
            scanner.applications.learn(str(folder / row["path"]), (folder / row["path"]).read_bytes())
        for row in rows:
            path = folder / row["path"]
            find = includes_for(str(path), str(folder), TEMPLATE_SUFFIXES)
            yield Judged(row["path"], row["label"], scanner.scan(str(path), path.read_bytes(), find))


def score(all_judged: Sequence[Judged], letters: str) -> Score:
    """The score on the labels among these letters."""
    right = sum(each.got in letters and each.due in letters for each in all_judged)
    false = sum(each.got in letters and each.due not in letters for each in all_judged)
    missed = sum(each.got not in letters and each.due in letters for each in all_judged)
    return Score(right, false, missed)


def table(name: str, all_judged: Sequence[Judged], misses: bool) -> None:
    """Prints one row for H, one for H+F, and the false H on N; where there is no template, that there is none."""
    if not all_judged:
        print(f"{name}: no template")
        return
    print(f"{name}: {len(all_judged)} templates")
    for letters in ("H", "HF"):
        got = score(all_judged, letters)
        counts = f"right {got.right}, false {got.false}, missed {got.missed}"
        print(f"  {'+'.join(letters):<4} precision {got.precision:.3f}  recall {got.recall:.3f}  ({counts})")
    print(f"  false H on N: {sum(each.due == 'N' and each.got == 'H' for each in all_judged)}")
    if misses:
        for each in all_judged:
            if each.got != each.due:
                print(f"  {each.due} read as {each.got}: {each.path}")
                for evidence in each.reading.evidence[:3]:
                    print(f"      {evidence.line}: {evidence.label}: {evidence.why.en}: {evidence.text}")


def speed(count: int, size: int) -> None:
    """Prints the time that the command takes on `count` different templates of `size` bytes."""
    rows = [row.split("\t")[0] for row in (OURS / "LABELS.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    bodies = [(OURS / row).read_text(encoding="utf-8") for row in rows if row.endswith((".twig", ".html", ".hbs"))]
    style = 'style="font-family: Arial, sans-serif; font-size: 14px; line-height: 22px; padding: 12px 24px; color: #333333"'
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        for number in range(count):
            text = ""
            while len(text) < size:
                body = bodies[(number * 7 + len(text)) % len(bodies)]
                head = f'<table role="presentation" {style}><tr><td {style}>\n<p>Message {number}.{len(text)}</p>\n'
                text += f"{head}{body}\n</td></tr></table>\n"
            Path(folder, f"{number}.html.twig").write_text(text[:size], encoding="utf-8")
        started = time.perf_counter()
        command = [sys.executable, "-m", "hds_audit", "emails", folder, "--format", "json", "-o", os.path.join(elsewhere, "readings.json")]
        done = subprocess.run(command, check=False, capture_output=True)
        print(f"{count} templates of {size} bytes: {time.perf_counter() - started:.2f} s (exit {done.returncode})")


def main() -> None:
    """What the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args()
    if chosen.speed:
        speed(1_000, 20_000)
        return
    only = [word for word in chosen.only.split(",") if word]
    ours = list(judged(OURS, only))
    cold = [each for each in ours if each.path.startswith("cold-")]
    table("templates of this repository, which the rules were made with", [each for each in ours if each not in cold], chosen.misses)
    table("templates that were measured cold before the rules were made wider with them", cold, chosen.misses)
    data = os.environ.get("HDS_AUDIT_DATA", "")
    if not data or not Path(data, "emails", "LABELS.tsv").is_file():
        print("real templates: skipped, HDS_AUDIT_DATA names no folder that holds emails/LABELS.tsv")
        return
    table("real templates", list(judged(Path(data, "emails"), only)), chosen.misses)


if __name__ == "__main__":
    main()
