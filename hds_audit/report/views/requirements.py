"""Requirements beyond findings: the statement of applicability, what a person must still attest, risks accepted, what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hds_audit.model.report import AttestationView, CoverageRow, Report, WaiverView
from hds_audit.model.text import Language, Text
from hds_audit.report.views.by_text import judged
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.marks import verdict
from hds_audit.report.views.terms import BASES, JUDGED, RESTS, TEXTS, said
from hds_audit.report.views.words import ADDRESSEES

_SOA = Text("ISO/IEC 27001:2022, Annex A", "ISO/IEC 27001:2022, annexe A")
_SOA_HEADS = (
    Text("Control", "Mesure"), Text("Applicable", "Applicable"), Text("Implementation", "Mise en œuvre"), Text("Rests on", "Repose sur"),
    Text("Justification", "Justification"),
)  # fmt: skip
_GROUNDS = Text(
    "On what a verdict on the {count} controls can rest at best: {said}. These are no counts of compliance.",
    "Ce sur quoi peut reposer, au mieux, un verdict sur les {count} mesures : {said}. Ce ne sont pas des décomptes de conformité.",
)
_NO_SOA = Text("The Annex was not judged.", "L'annexe n'a pas été jugée.")
_APPLICABLE, _EXCLUDED = Text("yes", "oui"), Text("excluded", "exclue")
_ASK = Text("Attestations still to collect", "Attestations à recueillir")
_ASK_HEADS = (Text("Requirement", "Exigence"), Text("Who answers", "Qui répond"), Text("What to look at", "Ce qu'il faut examiner"))
_NO_ASK = Text("No attestation is awaited.", "Aucune attestation n'est attendue.")
_GIVEN = Text("Attestations received", "Attestations reçues")
_GIVEN_HEADS = (
    Text("Requirement", "Exigence"), Text("Subject", "Sujet"), Text("Answer", "Réponse"), Text("By", "Par"), Text("On", "Le"),
    Text("Until", "Jusqu'au"), Text("Document", "Pièce"), Text("Counts on that day", "Compte à cette date"),
)  # fmt: skip
_NO_GIVEN = Text("None was given.", "Aucune n'a été donnée.")
_WAIVERS = Text("Accepted risks: the non-compliance stays", "Risques acceptés : la non-conformité demeure")
_WAIVER_HEADS = (
    Text("Rule", "Règle"), Text("Subject", "Sujet"), Text("Reason", "Motif"), Text("Owner", "Porteur"), Text("Approved by", "Approuvé par"),
    Text("From", "Du"), Text("To", "Au"), Text("State", "État"),
)  # fmt: skip
_NO_WAIVER = Text("No risk was accepted.", "Aucun risque n'a été accepté.")
_STATES = {
    "active": (Text("runs", "en cours"), "waived"),
    "expired": (Text("expired: counts no more", "expirée : ne compte plus"), "fail"),
    "orphan": (Text("answers no finding", "ne répond à aucun constat"), "unknown"),
    "future": (Text("not begun", "non commencée"), "unknown"),
}
_ANSWERS = {
    "implemented": (Text("implemented", "mise en œuvre"), "pass"),
    "not-implemented": (Text("not implemented", "non mise en œuvre"), "fail"),
    "not-applicable": (Text("not applicable", "sans objet"), "not-applicable"),
}
_UNSEEN = Text("Requirements that a description does not show", "Exigences qu'une description ne montre pas")
_UNSEEN_HEADS = (Text("Text", "Texte"), Text("Why", "Pourquoi"), Text("Requirements", "Exigences"))
_NO_UNSEEN = Text("Every requirement in force was judged.", "Toutes les exigences en vigueur ont été jugées.")
_NOT_IN_FORCE = Text("not in force on that day", "hors vigueur à cette date")
_CONTEXT = Text("context, definition or penalty: nothing to comply with", "contexte, définition ou sanction : rien à respecter")
_YES, _NO = Text("yes", "oui"), Text("no", "non")


def applicability_table(report: Report, language: Language) -> Table:
    """The statement of applicability: each control of the Annex, whether it applies, how far it is there, and why."""
    rows = _annex(report)
    answers: dict[str, list[AttestationView]] = {}
    for item in report.attestations:
        answers.setdefault(item.control, []).append(item)
    told = [_applicable(row, answers.get(row.control, ()), language) for row in rows]
    return Table(_SOA.said(language), tuple(head.said(language) for head in _SOA_HEADS), told, _NO_SOA.said(language))


def _annex(report: Report) -> list[CoverageRow]:
    return [row for row in report.coverage if row.text == "iso27001" and row.in_force and row.kind == "requirement"]


def grounds_line(report: Report, language: Language) -> str:
    """On what a verdict on each control of the Annex can rest, counted; "" in a report that does not tell."""
    counts: Counter[str] = Counter(row.rests for row in _annex(report) if row.rests)
    said_of = ", ".join(f"{word.said(language)} {counts[name]}" for name, word in RESTS.items())
    return _GROUNDS.said(language).format(count=counts.total(), said=said_of) if counts else ""


def _applicable(row: CoverageRow, answers: Iterable[AttestationView], language: Language) -> tuple[Cell, ...]:
    counted = [item for item in answers if item.counts]
    excluded = bool(counted) and all(item.status == "not-applicable" for item in counted)
    why = "\n".join(f"{item.by}, {item.date}" + (f" ({item.reason})" if item.reason else "") for item in counted)
    return (
        Cell(row.title.said(language), "", row.control.partition(":")[2]),
        Cell((_EXCLUDED if excluded else _APPLICABLE).said(language), "not-applicable" if excluded else ""),
        verdict(row.verdict, language),
        Cell(said(BASES, row.basis, language), "", RESTS[row.rests].said(language) if row.rests else ""),
        Cell(why or listed(row.rules, 4) or row.remains.said(language), "" if why else "quiet"),
    )


def awaited(report: Report) -> Mapping[str, list[CoverageRow]]:
    """The requirements that a person must answer, by text."""
    found: dict[str, list[CoverageRow]] = {}
    for row in judged(report.coverage):
        if row.verdict == "manual":
            found.setdefault(row.text, []).append(row)
    return found


def awaited_tables(report: Report, language: Language) -> tuple[Table, ...]:
    """What a person must still attest, one table a text; the Annex of ISO 27001 has its own chapter."""
    heads = tuple(head.said(language) for head in _ASK_HEADS)
    found = {name: rows for name, rows in awaited(report).items() if name != "iso27001"}
    if not found:
        return (Table(_ASK.said(language), heads, (), _NO_ASK.said(language)),)
    return tuple(_awaited_table(name, rows, heads, language) for name, rows in found.items())


def _awaited_table(name: str, rows: Sequence[CoverageRow], heads: tuple[str, ...], language: Language) -> Table:
    """The requirements of one text; what all their identifiers begin with is said once, in the caption."""
    prefixes = {row.control.partition(":")[0] for row in rows}
    shared = f"{prefixes.pop()}:" if len(prefixes) == 1 else ""
    caption = said(TEXTS, name, language) + (f" ({shared}…)" if shared else "")
    return Table(caption, heads, list(_awaited(rows, shared, language)), "")


def _awaited(rows: Iterable[CoverageRow], shared: str, language: Language) -> Iterator[tuple[Cell, ...]]:
    """A row for each thing to look at: requirements that ask for the same look stand together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        who, look = said(ADDRESSEES, row.addressee, language), row.remains.said(language)
        groups.setdefault((who, look), []).append(f"{row.title.said(language)} ({row.control.removeprefix(shared)})")
    for (who, look), asked in groups.items():
        yield Cell("\n".join(asked)), Cell(who), Cell(look, "quiet")


def given_table(report: Report, language: Language) -> Table:
    """The answers of people, and whether each counts on the day of the audit."""
    rows = [_given(item, language) for item in report.attestations]
    return Table(_GIVEN.said(language), tuple(head.said(language) for head in _GIVEN_HEADS), rows, _NO_GIVEN.said(language))


def _given(item: AttestationView, language: Language) -> tuple[Cell, ...]:
    word, shade = _ANSWERS.get(item.status, (Text(item.status, item.status), ""))
    return (
        code(item.control),
        code(item.subject or "–"),
        Cell(word.said(language), shade, item.reason),
        Cell(item.by),
        Cell(item.date, "date"),
        Cell(item.expires or "–", "date"),
        code(item.document or "–"),
        Cell((_YES if item.counts else _NO).said(language), "" if item.counts else "unknown"),
    )


def waiver_table(report: Report, language: Language) -> Table:
    """The accepted risks, each with who answers for it and until when."""
    rows = [_waiver(item, language) for item in report.waivers]
    return Table(_WAIVERS.said(language), tuple(head.said(language) for head in _WAIVER_HEADS), rows, _NO_WAIVER.said(language))


def _waiver(item: WaiverView, language: Language) -> tuple[Cell, ...]:
    word, shade = _STATES[item.state]
    return (
        code(item.rule),
        code(item.subject),
        Cell(item.reason, "", item.ticket),
        Cell(item.owner),
        Cell(item.approver),
        Cell(item.granted.isoformat(), "date"),
        Cell(item.expires.isoformat(), "date"),
        Cell(word.said(language), shade),
    )


def unseen_table(report: Report, language: Language) -> Table:
    """What was not checked and why, by text: no description shows it, or it is not in force, or it asks for nothing.

    What a person answers stands in the chapter of attestations.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for row in report.coverage:
        if why := _unseen(row, language):
            found.setdefault((row.text, why), []).append(row.control.partition(":")[2] or row.control)
    rows = [(Cell(said(TEXTS, name, language)), Cell(why), Cell(", ".join(ids), "quiet")) for (name, why), ids in found.items()]
    return Table(_UNSEEN.said(language), tuple(head.said(language) for head in _UNSEEN_HEADS), rows, _NO_UNSEEN.said(language))


def _unseen(row: CoverageRow, language: Language) -> str:
    if row.kind != "requirement":
        return _CONTEXT.said(language)
    if not row.in_force:
        return _NOT_IN_FORCE.said(language)
    return said(JUDGED, row.judged, language) if row.judged == "invisible" else ""
