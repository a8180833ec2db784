"""One more accepted risk written down, once it holds together with the rest."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from hds_audit.errors import MisuseError, Problem
from hds_audit.evaluate.waivers import LONGEST
from hds_audit.model.report import Report
from hds_audit.model.waiver import Waiver
from hds_audit.pipeline.knowledge import Knowledge
from hds_audit.pipeline.writing import read_whole, replace
from hds_audit.read.nearest import Nearest
from hds_audit.read.waivers import parse_waivers
from hds_audit.write.waivers import with_waiver


def add_waiver(path: Path, waiver: Waiver, knowledge: Knowledge, today: date) -> None:
    """Put a waiver in a file, made where there is none; raises InputError and MisuseError with what is wrong, and then writes nothing."""
    rules = {rule.id for rule in knowledge.rules}
    content = read_whole(path) if path.exists() else ""
    name = path.as_posix()
    there = parse_waivers(name, content.encode(), rules) if content.strip() else ()
    problems = [*_unknown(waiver, rules), *_doubled(waiver, there), *_dates(waiver, today)]
    if problems:
        raise MisuseError(*problems)
    written = with_waiver(name, content, waiver)
    parse_waivers(name, written.encode(), rules)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, written)


def _unknown(waiver: Waiver, rules: Collection[str]) -> list[Problem]:
    problems: list[Problem] = []
    if waiver.rule not in rules:
        near = Nearest().to(waiver.rule, rules)
        en, fr = (f"; did you mean {near}?", f" ; vouliez-vous {near} ?") if near else ("", "")
        problems.append(Problem("RULE", f"there is no rule {waiver.rule}{en}", f"il n'y a pas de règle {waiver.rule}{fr}"))
    if "*" in waiver.subject or not waiver.subject.strip():
        problems.append(Problem("SUBJECT", "one subject, no wildcard", "un sujet, pas de joker"))
    return problems


def _doubled(waiver: Waiver, there: tuple[Waiver, ...]) -> list[Problem]:
    return [
        Problem(str(each.place or ""), f"{waiver.rule} on {waiver.subject} is waived here already; change its days in the file",
                f"dérogation déjà accordée ici à {waiver.rule} sur {waiver.subject} ; en changer les dates dans le fichier")
        for each in there
        if (each.rule, each.subject) == (waiver.rule, waiver.subject)
    ]  # fmt: skip


def _dates(waiver: Waiver, today: date) -> list[Problem]:
    if waiver.expires < today:
        return [Problem("--expires", f"{waiver.expires} is past", f"{waiver.expires} est passé")]
    if waiver.expires - waiver.granted > LONGEST:
        return [Problem("--expires", "more than a year; an accepted risk is looked at again each year",
                        "plus d'un an ; un risque accepté se réexamine chaque année")]  # fmt: skip
    return []


def require_fail(report: Report, waiver: Waiver) -> None:
    """Raises MisuseError where a rule has no fail on the subject: there is nothing to accept."""
    verdicts = {finding.subject.id: finding.verdict for finding in report.findings if finding.rule == waiver.rule}
    if verdicts.get(waiver.subject) == "fail":
        return
    fails = ", ".join(subject for subject, verdict in verdicts.items() if verdict == "fail") or "-"
    said = verdicts.get(waiver.subject, "-")
    raise MisuseError(Problem(
        waiver.subject, f"{waiver.rule} has no fail on it (verdict: {said}); it fails on: {fails}",
        f"pas de non-conformité à {waiver.rule} (verdict : {said}) ; non-conformités sur : {fails}",
    ))  # fmt: skip
