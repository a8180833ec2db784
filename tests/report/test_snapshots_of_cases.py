"""What each text format says of each case on its days, as digests; in full for a few formats that people read.

`UPDATE_SNAPSHOTS=1 python -m pytest tests/report/test_snapshots_of_cases.py` writes them anew: read the difference before it is kept.
Digests of rules and of the catalogue, the version and the moment are left out, so that only what is said of a case changes them.
"""

import hashlib
import json
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hds_audit.pipeline.audit import Request
from hds_audit.pipeline.check import check, known
from hds_audit.report.format import Style
from hds_audit.report.formats import format_named
from hds_audit.report.terminal import report_lines

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "snapshots" / "cases"
DIGESTS = FOLDER / "digests.json"
FORMATS = ("sarif", "junit", "gitlab", "github", "markdown", "csv", "plan", "letter", "oscal", "terminal")
LANGUAGES = {"sarif": ("fr",), "junit": ("fr",), "gitlab": ("fr",), "github": ("fr",), "csv": ("fr",), "plan": ("fr",), "oscal": ("fr",)}
DAYS = {path.parent.name: tuple(json.loads(path.read_bytes())) for path in sorted(ROOT.glob("fixtures/*/expected.json"))}
IN_FULL = [
    (case, day, name, language)
    for case in ("doctolib-2021-11", "tomo")
    for day in DAYS[case][:1]
    for name, language in (("markdown", "fr"), ("letter", "fr"), ("terminal", "fr"), ("terminal", "en"))
]
KNOWN = cache(known)


@cache
def audited(case, day):
    """The audit of a case as its folder's parent sees it, without what changes with every rule."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        made = check(f"fixtures/{case}/infra.yaml", KNOWN(), Request(date.fromisoformat(day)))
    finally:
        os.chdir(before)
    return made._replace(tool=made.tool._replace(version="0", rules_digest="0" * 64, catalogue_digest="0" * 64))


def rendered(case, day, name, language):
    if name == "terminal":
        return "".join(f"{line.plain}\n" for line in report_lines(audited(case, day), language)).encode()
    return b"".join(format_named(name).render(audited(case, day), Style(language)))


def digest(content):
    lines = len(content.splitlines())
    return f"{lines} lines, {hashlib.sha256(content).hexdigest()[:32]}"


def test_every_format_says_of_every_case_what_was_read():
    made = {
        f"{case} {day}": {f"{name}.{language}": digest(rendered(case, day, name, language))
                          for name in FORMATS for language in LANGUAGES.get(name, ("en", "fr"))}
        for case, days in DAYS.items() for day in days
    }  # fmt: skip
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        DIGESTS.write_text(json.dumps(made, indent=1) + "\n")
    kept = json.loads(DIGESTS.read_bytes())
    assert made.keys() == kept.keys()
    changed = {case: [name for name in formats if formats[name] != kept[case].get(name)] for case, formats in made.items()}
    assert {case: names for case, names in changed.items() if names} == {}


@pytest.mark.parametrize(("case", "day", "name", "language"), IN_FULL)
def test_what_people_read_is_what_was_read(case, day, name, language):
    content = rendered(case, day, name, language)
    path = FOLDER / f"{case}.{name}.{language}.{'txt' if name == 'terminal' else 'md'}"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(content)
    assert content.decode() == path.read_text("utf-8")


def test_every_format_says_something_of_every_case():
    for case, days in DAYS.items():
        for name in FORMATS:
            assert len(rendered(case, days[0], name, "fr")) > 100, (case, name)
