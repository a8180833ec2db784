"""Markdown for a comment on a merge request: short, what is new first, with links to the lines.

GitHub refuses comments above 65,536 characters: tables are cut, and say by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hds_audit.model.report import Finding, Notice, Report
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views.declared import asked, flows
from hds_audit.report.views.marked import code, escaped, link, row, table
from hds_audit.report.views.names import subject_named
from hds_audit.report.views.notices import worth_telling
from hds_audit.report.views.order import beyond_gate, blocking, weightiest_first
from hds_audit.report.views.saying import tallied
from hds_audit.report.views.words import ACTORS, LEVELS, OUTCOMES, SEVERITIES, said_verdict

_MOST_ROWS, _MOST_RESOLVED, _MOST_NOTICES = 20, 30, 10
_COLUMNS = Text("Verdict|Rule|Where|What, and what to do|Who acts", "Verdict|Règle|Où|Constat et remède|Qui agit")
_NEXT_COLUMNS = Text("To declare|Question|Settles", "À déclarer|Question|Tranche")
_INTRODUCED = Text("Introduced by this change", "Introduit par ce changement")
_BLOCKS = Text("What blocks", "Ce qui bloque")
_BEFORE = Text("There before this change: does not block it", "Antérieur à ce changement : ne le bloque pas")
_WAIVED = Text("Accepted risks: the non-compliance is maintained", "Risques acceptés : la non-conformité est maintenue")
_BEYOND = Text("Does not comply, beyond the gate", "Non conforme, hors du seuil de blocage")
_FIXED = Text("Fixed since the baseline", "Corrigé depuis la référence")
_NEXT = Text("To declare next", "À déclarer ensuite")
_NOTICES = Text("Notices", "Avis")
_MORE = Text("and {} more", "et {} de plus")
_FOOT = Text(
    "State of the law on {day}; {tool} {version}, rules {rules}, catalogue of {catalogue}. "
    "A report on what is declared; no legal advice, no certificate.",
    "État du droit au {day} ; {tool} {version}, règles {rules}, catalogue du {catalogue}. "
    "Rapport sur ce qui est déclaré ; ni conseil juridique, ni certificat.",
)


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The comment, in pieces."""
    yield from (piece.encode("utf-8", "replace") for piece in _pieces(report, style))


def _pieces(report: Report, style: Style) -> Iterator[str]:
    language = style.language
    yield _head(report, style)
    new = weightiest_first((item for item in report.findings if item.state == "introduced"), report.rules)
    new.sort(key=lambda finding: (finding.waiver is not None, finding.verdict == "unknown"))
    shown = {finding.fingerprint for finding in new}
    compared = bool(report.resolved) or any(finding.state for finding in report.findings)
    yield from _section(_INTRODUCED, new, report, language)
    old = [item for item in blocking(report) + _broken(report) if item.fingerprint not in shown]
    yield from _section(_BEFORE if compared else _BLOCKS, old, report, language)
    yield from _fixed(report, language)
    yield from _next(report, language)
    yield from _section(
        _WAIVED, [item for item in report.findings if item.waiver is not None and item.fingerprint not in shown], report, language
    )
    yield from _section(_BEYOND, [item for item in beyond_gate(report) if item.fingerprint not in shown], report, language, folded=True)
    yield from _notices(report, language)
    yield _foot(report, language)


def _broken(report: Report) -> list[Finding]:
    """The rules at the gate that broke."""
    return [item for item in report.findings if item.verdict == "error" and report.rules[item.rule].counts_at(report.gate)]


def _head(report: Report, style: Style) -> str:
    said = OUTCOMES[report.outcome].said(style.language)
    named = f" · {escaped(style.client, 200)}" if style.client else ""
    return f"## hds-audit: {said} ({report.exit_code}){named}\n\n{', '.join(tallied(report.counts, style.language))}.\n\n"


def _section(title: Text, findings: Sequence[Finding], report: Report, language: Language, folded: bool = False) -> Iterator[str]:
    if not findings:
        return
    name = f"{title.said(language)} ({len(findings)})"
    yield f"<details><summary>{name}</summary>\n\n" if folded else f"### {name}\n\n"
    yield table(*_COLUMNS.said(language).split("|"))
    called = subject_named(report)
    yield from (_finding(report, finding, called(finding.subject), language) for finding in findings[:_MOST_ROWS])
    yield "\n" + _more(len(findings) - _MOST_ROWS, language)
    if folded:
        yield "</details>\n\n"


def _more(left: int, language: Language) -> str:
    return f"{_MORE.said(language).format(left)}\n\n" if left > 0 else ""


def _finding(report: Report, finding: Finding, called: str, language: Language) -> str:
    rule = report.rules[finding.rule]
    verdict = f"{said_verdict(finding).said(language)} ({LEVELS[rule.level].said(language)}, {SEVERITIES[rule.severity].said(language)})"
    name = f" {escaped(called.removeprefix(f'{finding.subject.id} – '), 120)}" if called != finding.subject.id else ""
    where = code(f"{finding.subject.kind} {finding.subject.id}", 120) + name + (f" {link(finding.place)}" if finding.place else "")
    said = escaped((finding.message or rule.title).said(language), 400)
    remedy = escaped(rule.remedy.said(language), 300) if finding.verdict == "fail" else ""
    texts = ", ".join(code(control, 60) for control in rule.controls[:4])
    what = "<br>".join(part for part in (said, f"→ {remedy}" if remedy else "", texts) if part)
    return row(verdict, code(finding.rule, 120), where, what, ACTORS[rule.addressee].said(language))


def _fixed(report: Report, language: Language) -> Iterator[str]:
    if report.resolved:
        yield f"### {_FIXED.said(language)} ({len(report.resolved)})\n\n"
        yield from (f"- {code(name, 200)}\n" for name in report.resolved[:_MOST_RESOLVED])
        yield "\n" + _more(len(report.resolved) - _MOST_RESOLVED, language)


def _next(report: Report, language: Language) -> Iterator[str]:
    if report.next:
        yield f"### {_NEXT.said(language)}\n\n" + table(*_NEXT_COLUMNS.said(language).split("|"))
        ways = flows(report)
        for step in report.next[:_MOST_ROWS]:
            yield row(code(step.path, 200), escaped(asked(step, ways, language), 300), str(step.settles))
        yield "\n" + _more(len(report.next) - _MOST_ROWS, language)


def _notices(report: Report, language: Language) -> Iterator[str]:
    if report.notices:
        yield f"### {_NOTICES.said(language)}\n\n"
        shown, left = worth_telling(report.notices, _MOST_NOTICES)
        yield from _noticed(shown, language)
        yield "\n" + _more(left, language)


def _noticed(shown: Iterable[Notice], language: Language) -> Iterable[str]:
    for notice in shown:
        yield f"- {escaped(notice.text.said(language), 400)}{f' {link(notice.place)}' if notice.place else ''}\n"


def _foot(report: Report, language: Language) -> str:
    tool = report.tool
    said = _FOOT.said(language).format(
        day=report.as_of, tool=tool.name, version=escaped(tool.version, 60), rules=tool.rules_digest[:12], catalogue=tool.catalogue_as_of
    )  # fmt: skip
    return f"_{said}_\n"


FORMAT = Format((".md",), render)
