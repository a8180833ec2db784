"""An audit against an earlier one: the gate speaks of what was introduced, the outcome of the whole."""

from pathlib import Path

from hds_audit.errors import InputError, Problem
from hds_audit.evaluate.baseline import compared, exit_code
from hds_audit.model.report import Notice, Report
from hds_audit.model.text import Text
from hds_audit.pipeline.same_flows import as_named_now


def against(report: Report, baseline: Path) -> Report:
    """The report, compared with the JSON report in a file; raises InputError where that is none, or of another environment."""
    from hds_audit.read.report import read_report

    if not baseline.is_file():
        raise InputError(Problem(
            str(baseline), "no such baseline; make one with: hds-audit check INFRA.YAML -o FILE.json",
            "référence introuvable ; en faire une avec : hds-audit check INFRA.YAML -o FICHIER.json",
        ))  # fmt: skip
    before = read_report(baseline)
    if before.gate.environment != report.gate.environment:
        raise InputError(Problem(
            str(baseline), f"the baseline is of {_environment(before).en}, this audit of {_environment(report).en}; make it again",
            f"la référence porte sur {_environment(before).fr}, cet audit sur {_environment(report).fr} ; la refaire",
        ))  # fmt: skip
    return beside(report, before)


def beside(report: Report, before: Report) -> Report:
    """The report, compared with an earlier one."""
    findings, resolved = compared(report.findings, as_named_now(before, report), report.rules, report.gate)
    code = exit_code(findings, report.rules, report.gate)
    other = (_OTHER_RULES,) if before.tool.rules_digest != report.tool.rules_digest else ()
    return report._replace(findings=findings, resolved=resolved, exit_code=code, notices=(*report.notices, *other))


def all_introduced(report: Report, why: Text) -> Report:
    """The report where nothing is known of before: everything counts as introduced, and the reader is told why."""
    compared = beside(report, report._replace(findings=()))
    return compared._replace(notices=(*compared.notices, Notice("nothing-before", why)))


def _environment(report: Report) -> Text:
    name = report.gate.environment
    return Text(f"the environment {name}", f"l'environnement {name}") if name else Text("all environments", "tous les environnements")


_OTHER_RULES = Notice("baseline-other-rules", Text(
    "The baseline was made with other rules: what they judge differently counts as introduced or fixed. Make the baseline again.",
    "La référence a été faite avec d'autres règles : ce qu'elles jugent autrement compte comme introduit ou corrigé. La refaire.",
))  # fmt: skip
