"""One ready letter to each host (`-o letter:to-host.md`): what it is asked to show, on which text, in the language of the report.

The letters follow one another in one Markdown file, a rule between two; the day of the audit is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hds_audit.model.report import Report
from hds_audit.model.text import Language, Text
from hds_audit.report.format import Format, Style
from hds_audit.report.views.asked import Ask, Letter, Part, letters, organisation_name
from hds_audit.report.views.citation import citations
from hds_audit.report.views.marked import escaped
from hds_audit.report.views.saying import day
from hds_audit.report.views.terms import THINGS, said
from hds_audit.report.views.typography import spaced

_NONE = Text(
    "No host has anything to answer, on what is declared.", "Aucun hébergeur n'a de réponse à apporter, au vu de ce qui est déclaré."
)
_TO = Text("To: {}", "À l'attention de : {}")
_SUBJECT = Text(
    "Subject: evidence asked for, {application} on your offer {offer}",
    "Objet : demande de justificatifs, application {application}, offre {offer}",
)
_DEAR = Text("Dear Sir or Madam,", "Madame, Monsieur,")
_OPENING = Text(
    "Our application {application} relies on your offer {offer}{components}. We reviewed its compliance as of {day}. "
    "The points below are not shown yet, or do not comply, and the answer is in your hands.",
    "Notre application {application} s'appuie sur votre offre {offer}{components}. Nous en avons examiné la conformité au {day}. "
    "Les points ci-après ne sont pas démontrés à ce jour, ou ne sont pas conformes, et la réponse vous appartient.",
)
_COMPONENTS = Text(" for: {}", " pour : {}")
_HEADS: dict[Part, Text] = {
    "gap": Text("Points that do not comply, to be corrected or contested", "Points non conformes, à corriger ou à contester"),
    "host": Text("What the texts ask of you as the host", "Ce que les textes vous demandent en qualité d'hébergeur"),
    "contract": Text(
        "What we must find in our contract, or in your documents", "Ce que nous devons trouver au contrat ou dans vos documents"
    ),
}
_LEADS: dict[Part, Text] = {
    "gap": Text("Please tell us what you will change and when, or what we have misread:",
                "Merci de nous indiquer la correction prévue et sa date, ou l'erreur d'appréciation de notre part :"),
    "host": Text("Please confirm each point and send us the document that shows it:",
                 "Merci de confirmer chaque point et de nous adresser la pièce qui le démontre :"),
    "contract": Text("Please point us to the clause, or send us the draft of an amendment:",
                     "Merci de nous indiquer la clause correspondante, ou de nous adresser un projet d'avenant :"),
}  # fmt: skip
_ENDING = Text("Certificates that end soon", "Certificats arrivant à échéance")
_RENEW = Text(
    "{}: last day {}. Please send us the renewed certificate.", "{} : échéance le {}. Merci de nous adresser le certificat renouvelé."
)
_GUIDANCE = Text("recommendation, not an obligation", "recommandation, sans caractère obligatoire")
_REFERENCE = Text("our ref. {}", "notre réf. {}")
_CLOSING = Text(
    "We would be grateful for an answer within thirty days, quoting the reference of each point. Where a point does not apply to your "
    "offer, please tell us why. This letter rests on what is declared to us; a point that is merely not shown is no breach that it states.",
    "Nous vous saurions gré d'une réponse sous trente jours, en rappelant la référence de chaque point. Si un point ne concerne pas votre "
    "offre, merci de nous en indiquer le motif. Le présent courrier repose sur les éléments déclarés ; un point non démontré n'y vaut "
    "pas constat de manquement.",
)
_REGARDS = Text("Yours faithfully,", "Veuillez agréer, Madame, Monsieur, l'expression de nos salutations distinguées.")
_APART = Text("; ", " ; ")


def render(report: Report, style: Style) -> Iterator[bytes]:
    """The letters, one after another."""
    written = [_letter(report, letter, style) for letter in letters(report)]
    whole = "\n\n---\n\n".join(written) or _NONE.said(style.language) + "\n"
    yield spaced(whole, style.language).encode("utf-8", "replace")


def _letter(report: Report, letter: Letter, style: Style) -> str:
    language = style.language
    blocks = [*_opening(report, letter, style)]
    for part in _HEADS:
        blocks += _section(part, [ask for ask in letter.asks if ask.part == part], language)
    if letter.ending:
        blocks.append(f"## {_ENDING.said(language)}")
        blocks.append(
            "\n".join(f"- {_RENEW.said(language).format(escaped(name, 200), day(last, language))}" for name, last in letter.ending)
        )
    blocks += [_CLOSING.said(language), _REGARDS.said(language), _signature(report, style)]
    return "\n\n".join(blocks) + "\n"


def _opening(report: Report, letter: Letter, style: Style) -> Iterator[str]:
    language = style.language
    application, offer = escaped(_application(report, "name"), 200), _offer(letter, language)
    listed = _COMPONENTS.said(language).format(", ".join(escaped(name, 80) for name in letter.components[:30])) if letter.components else ""
    yield f"# {escaped(letter.provider, 200)}: {offer}" if language == "en" else f"# {escaped(letter.provider, 200)} : {offer}"
    yield f"{_sender(report, style)}\\\n{day(report.as_of, language)}"
    yield _TO.said(language).format(escaped(letter.provider, 200))
    yield "**" + _SUBJECT.said(language).format(application=application, offer=offer) + "**"
    yield _DEAR.said(language)
    yield _OPENING.said(language).format(application=application, offer=offer, components=listed, day=day(report.as_of, language))


def _offer(letter: Letter, language: Language) -> str:
    service = said(THINGS, letter.service, language)
    return escaped(f"{letter.host} ({service})" if service else letter.host, 200)


def _application(report: Report, key: str) -> str:
    entry = report.description.get("application")
    value = entry.get(key) if isinstance(entry, dict) else ""
    return value if isinstance(value, str) else ""


def _sender(report: Report, style: Style) -> str:
    operator = _application(report, "operator")
    return escaped(style.client or (organisation_name(report, operator) if operator else "…"), 200)


def _signature(report: Report, style: Style) -> str:
    return f"{escaped(style.author, 200)}\\\n{_sender(report, style)}" if style.author else _sender(report, style)


def _section(part: Part, asks: Sequence[Ask], language: Language) -> list[str]:
    if not asks:
        return []
    points = "\n".join(f"{number}. {_point(ask, language)}" for number, ask in enumerate(asks, start=1))
    return [f"## {_HEADS[part].said(language)}", _LEADS[part].said(language), points]


def _point(ask: Ask, language: Language) -> str:
    rule = ask.rule
    sentence = ask.finding.message if ask.part == "gap" and ask.finding.message is not None else rule.title
    texts = [cited.said(language) for cited in citations(rule.controls)] + ([] if rule.level == "mandatory" else [_GUIDANCE.said(language)])
    cited = _APART.said(language).join(escaped(text, 200) for text in [*texts, _REFERENCE.said(language).format(rule.id)])
    return f"{escaped(sentence.said(language)).rstrip('.')} ({cited})."


FORMAT = Format((), render)
