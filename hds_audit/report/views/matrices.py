"""The matrices of health hosting: the six activities, the clauses of the contract, the requirements of HDS, transparency."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from hds_audit.model.exposure import ActivityRow
from hds_audit.model.report import CoverageRow, Finding, Report
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.declared import node, section, text, words
from hds_audit.report.views.marks import tone, verdict, worst
from hds_audit.report.views.names import who
from hds_audit.report.views.saying import stands
from hds_audit.report.views.terms import ACTIVITIES, BASES, COVER, JUDGED, said
from hds_audit.report.views.words import ADDRESSEES, VERDICTS

_ACTIVITIES = Text("The six activities of CSP R.1111-9, by host", "Les six activités de l'article R.1111-9 CSP, par hébergeur")
_ACTIVITY_HEADS = (
    Text("Host", "Hébergeur"), Text("Activity", "Activité"), Text("Performed by", "Exercée par"), Text("Under", "Sous le certificat"),
    Text("Verdict", "Verdict"), Text("Ground", "Fondement"),
)  # fmt: skip
_NO_ACTIVITY = Text("No host of health data was found.", "Aucun hébergeur de données de santé n'a été relevé.")
_CLAUSES = Text("Clauses of CSP R.1111-11, contract by contract", "Clauses de l'article R.1111-11 CSP, contrat par contrat")
_IDLE = Text(" (not applicable: {})", " (sans objet : {})")
_CLAUSE = Text("Clause", "Clause")
_CUSTOMER = Text("your contract with your customers", "votre contrat avec vos clients")
_NO_CLAUSE = Text("No hosting contract was judged.", "Aucun contrat d'hébergement n'a été jugé.")
_SAYS, _SILENT = Text("declared", "déclarée"), Text("not declared", "non déclarée")
_EXI = Text("Requirements of the HDS referential", "Exigences du référentiel HDS")
_EXI_HEADS = (
    Text("Requirement", "Exigence"), Text("Verdict", "Verdict"), Text("Rests on", "Repose sur"), Text("Who acts", "Qui agit"),
    Text("Evidence", "Éléments"), Text("Left to look at", "Reste à examiner"),
)  # fmt: skip
_NO_EXI = Text("No version of the referential was in force on that day.", "Aucune version du référentiel n'était en vigueur à cette date.")
_TRANSPARENCY = Text("Transparency of hosts (EXI-30, EXI-31)", "Transparence des hébergeurs (EXI-30, EXI-31)")
_TRANSPARENCY_HEADS = (
    Text("Host", "Hébergeur"), Text("Page", "Page publique"), Text("Statement", "Forme"), Text("Actor", "Acteur"), Text("Role", "Rôle"),
    Text("HDS", "HDS"), Text("Access from outside the EEA", "Accès hors EEE"), Text("Imposed by law", "Accès imposé par une loi"),
)  # fmt: skip
_NO_TRANSPARENCY = Text("Nothing is declared of it.", "Rien n'est déclaré à ce sujet.")
_NO_PAGE = Text("not declared", "non déclarée")
_YES, _NO = Text("yes", "oui"), Text("no", "non")
_CLAUSE_ROOT = "csp:R.1111-11.I."


def activity_table(report: Report, language: Language) -> Table:
    """One row for each performer of each activity of each host; activities that differ in nothing else share one."""
    heads = tuple(head.said(language) for head in _ACTIVITY_HEADS)
    named = who(report)
    alike: dict[ActivityRow, list[str]] = {}
    for row in report.activities:
        alike.setdefault(row._replace(activity=""), []).append(row.activity)
    rows = [_activity(row, activities, named, language) for row, activities in alike.items()]
    return Table(_ACTIVITIES.said(language), heads, rows, _NO_ACTIVITY.said(language))


def _activity(row: ActivityRow, activities: Sequence[str], named: Callable[[str], str], language: Language) -> tuple[Cell, ...]:
    word, shade = COVER[row.verdict]
    ground = row.reason.said(language)
    return (
        code(row.host),
        Cell("\n".join(said(ACTIVITIES, each, language) for each in activities)),
        Cell(named(row.performer) or "?"),
        code(row.certificate or "–"),
        Cell(word.said(language), shade),
        Cell(ground, "", listed(row.missing, 4)),
    )


def clause_table(report: Report, language: Language) -> Table:
    """A row for each clause, a column for each contract that any clause applies to, and the publisher's own contract beside them."""
    rows = [row for row in report.coverage if row.control.startswith(_CLAUSE_ROOT) and row.in_force]
    by_rule = _of_rules(report, {name for row in rows for name in row.rules})
    met: dict[str, set[str]] = {}
    for item in (item for found in by_rule.values() for item in found if item.subject.kind == "host"):
        met.setdefault(item.subject.id, set()).add(item.verdict)
    idle = [host for host, verdicts in met.items() if verdicts == {"not-applicable"}]
    hosts = [host for host in met if host not in idle]
    customer = set(_clauses(node(report.description.get("application")).get("customer_contract")))
    told = [_clause(row, hosts, by_rule, customer, report, language) for row in rows if hosts]
    heads = (_CLAUSE.said(language), *hosts, _CUSTOMER.said(language))
    caption = _CLAUSES.said(language) + (_IDLE.said(language).format(listed(idle)) if idle and hosts else "")
    return Table(caption, heads, told, _NO_CLAUSE.said(language))


def _of_rules(report: Report, names: set[str]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for item in report.findings:
        if item.rule in names:
            found.setdefault(item.rule, []).append(item)
    return found


def _clause(
    row: CoverageRow, hosts: Sequence[str], by_rule: Mapping[str, list[Finding]], customer: set[str], report: Report, language: Language
) -> tuple[Cell, ...]:  # fmt: skip
    mine = [item for name in row.rules for item in by_rule.get(name, ())]
    name = next((clause for item in mine if (clause := _clause_name(item, report))), "")
    own = Cell(_SAYS.said(language), "pass", name) if name in customer else Cell(_SILENT.said(language), "quiet")
    cells = (_stands([item for item in mine if item.subject.id == host], report, language) for host in hosts)
    return (Cell(row.title.said(language), "", stands(row, language)), *cells, own)


def _clause_name(item: Finding, report: Report) -> str:
    for index in item.facts:
        _, mark, name = report.facts[index].path.partition(".has_clause.")
        if mark:
            return name
    return ""


def _stands(found: Sequence[Finding], report: Report, language: Language) -> Cell:
    """The verdict on one clause of one contract, and where it stands."""
    speaks = worst(item.verdict for item in found)
    if speaks is None:
        return Cell("–", "quiet")
    first = next(item for item in found if item.verdict == speaks)
    places = [fact.place for index in first.facts if (fact := report.facts[index]).place is not None and "clause" in fact.path]
    where = f"l. {places[0].line}" if places and places[0] is not None else ""
    shade = tone(first)
    return Cell(VERDICTS[speaks].said(language), shade, where)


def _clauses(contract: object) -> Iterator[str]:
    listing = node(contract).get("clauses")
    for item in listing if isinstance(listing, Sequence) and not isinstance(listing, str) else ():
        yield item if isinstance(item, str) else text(node(item).get("clause"))


def requirement_table(report: Report, language: Language) -> Table:
    """The requirements of the version of HDS in force, with what each verdict rests on."""
    rows = [row for row in report.coverage if row.text in ("hds-v2", "hds-v1") and row.in_force and row.kind == "requirement"]
    evidence = _of_rules(report, {name for row in rows for name in row.rules})
    heads = tuple(head.said(language) for head in _EXI_HEADS)
    told = [_requirement(row, evidence, report, language) for row in rows]
    return Table(_EXI.said(language), heads, told, _NO_EXI.said(language))


def _requirement(row: CoverageRow, evidence: Mapping[str, list[Finding]], report: Report, language: Language) -> tuple[Cell, ...]:
    mine = [item for name in row.rules for item in evidence.get(name, ())]
    return (
        Cell(row.title.said(language), "", stands(row, language)),
        verdict(row.verdict, language),
        Cell(said(BASES, row.basis, language), "", said(JUDGED, row.judged, language)),
        Cell(said(ADDRESSEES, row.addressee, language)),
        code(listed(_documents(mine, report), 3) or "–"),
        Cell(row.remains.said(language), "quiet", row.warning.said(language) if row.warning is not None else ""),
    )


def _documents(found: Sequence[Finding], report: Report) -> list[str]:
    """What the facts of some findings name as documents, certificates or observations."""
    told: dict[str, None] = {}
    for item in found[:50]:
        for index in item.facts:
            fact = report.facts[index]
            if fact.path.startswith("certificates.") and fact.path.count(".") == 1:
                told[fact.path] = None
            elif fact.origin in ("documented", "observed"):
                told[fact.source or fact.path] = None
    return list(told)


def transparency_table(report: Report, language: Language) -> Table:
    """What each host publishes on accesses from outside the EEA."""
    heads = tuple(head.said(language) for head in _TRANSPARENCY_HEADS)
    rows = [row for key, host in section(report, "hosts").items() for row in _transparency(key, host, language)]
    return Table(_TRANSPARENCY.said(language), heads, rows, _NO_TRANSPARENCY.said(language))


def _transparency(key: str, host: Mapping[str, object], language: Language) -> Iterator[tuple[Cell, ...]]:
    said_of = node(host.get("transparency"))
    page = text(said_of.get("url")) or text(host.get("transparency_url"))
    table = said_of.get("table")
    lines = [node(item) for item in table] if isinstance(table, Sequence) and not isinstance(table, str) else []
    head = (code(key), Cell(page or _NO_PAGE.said(language), "code" if page else "unknown"), Cell(text(said_of.get("statement")) or "–"))
    if page or said_of:
        for line in lines or [{}]:
            yield (
                *head,
                Cell(text(line.get("actor")) or "–"),
                Cell(text(line.get("role")) or "–"),
                Cell(_flag(line.get("hds"), language)),
                Cell(_access(line.get("access"), language)),
                Cell(_access(line.get("imposed_access"), language)),
            )


def _flag(value: object, language: Language) -> str:
    return "–" if not isinstance(value, bool) else _YES.said(language) if value else _NO.said(language)


def _access(value: object, language: Language) -> str:
    if value == [] or value == ():
        return _NO.said(language)
    return _flag(value, language) if isinstance(value, bool) else listed(words(value)) or "–"
