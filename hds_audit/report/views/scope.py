"""Who and what is audited, by which texts, on which day, and what was not seen: the first page's reserve and the identity of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hds_audit.model.report import Report
from hds_audit.model.rule import LEVELS, RuleSource
from hds_audit.model.text import Language, Text
from hds_audit.report.views.cells import Cell, Table, code, listed
from hds_audit.report.views.declared import node, section, text, words
from hds_audit.report.views.names import who
from hds_audit.report.views.notices import untold, worth_telling
from hds_audit.report.views.places import folder
from hds_audit.report.views.saying import cited, dated, day
from hds_audit.report.views.terms import STATUSES, TEXTS, THINGS, said
from hds_audit.report.views.words import FRAMEWORKS, SEVERITIES
from hds_audit.report.views.words import LEVELS as LEVEL_WORDS

RESERVE = (
    Text(
        "This report is no certification, which accredited bodies alone deliver, and no legal opinion. It states what the "
        "description and the "
        "documents it names allow to conclude, under the law in force on the day of the audit.",
        "Ce rapport n'est ni une certification, que seuls des organismes accrédités délivrent, ni un avis juridique. Il dit ce que la "
        "description et les pièces qu'elle désigne permettent de conclure, selon le droit en vigueur à la date de l'audit.",
    ),
    Text(
        "“Not shown” means that a fact is missing; it is neither a failing nor a pass.",
        "« Non démontré » signifie qu'un fait manque : ce n'est ni un manquement ni une conformité.",
    ),
    Text(
        "A legal link established is no proof of access; no established link found on that day is no immunity.",
        "Un lien juridique établi ne prouve pas un accès ; l'absence de lien établi constatée à cette date ne vaut pas immunité.",
    ),
    Text(
        "Confidential: this report lists weaknesses. Hand it only to those who need it.",
        "Confidentiel : ce rapport recense des faiblesses. À ne remettre qu'aux personnes qui en ont besoin.",
    ),
)
_AUDITED = Text("Who is audited", "Entité auditée")
_APPLICATION = Text("Application", "Application")
_ENVIRONMENT = Text("Environment", "Environnement")
_ALL = Text("all", "tous")
_DATA = Text("Who controls which data", "Responsable par donnée")
_CHAIN = Text("Chain of contracts", "Chaîne contractuelle")
_TEXTS = Text("Texts judged", "Textes appliqués")
_GATE = Text("What decides the outcome", "Ce qui décide du résultat")
_UNREAD = Text("Texts not read in the original", "Textes non lus dans l'original")
_UNSEEN = Text("Not seen", "Ce qui n'a pas été vu")
_NOT_SAID = Text("not declared", "non déclaré")
_ALL_READ = Text("none: every source was read", "aucun : toutes les sources ont été lues")
_NO_PROOF = Text(
    "the systems themselves, save what facts of origin “observed” say; the content of contracts beyond what is declared of them",
    "les systèmes eux-mêmes, sauf les faits d'origine « observé » ; le contenu des contrats au-delà de ce qui en est déclaré",
)
_DAY, _MADE = Text("Law and facts as of", "Droit et faits arrêtés au"), Text("Report made on", "Rapport établi le")
_DESCRIBED = Text("Date of the description", "Date de la description")
_TOOL, _RULES = Text("Tool", "Outil"), Text("Rules", "Règles")
_CATALOGUE = Text("Catalogue", "Catalogue")
_COUNT = Text("{} in force, of {}", "{} en vigueur sur {}")
_AS_OF = Text("known on {}", "état au {}")
_GATE_SAID = Text("level {}, severity from {}; frameworks: {}", "niveau {}, gravité à partir de {} ; référentiels : {}")
_FILE = Text("File audited", "Fichier audité")
_FILES = Text("Files audited", "Fichiers audités")
SOURCES = Text("Sources of the rules in force", "Sources des règles en vigueur")
_SOURCE_HEADS = (
    Text("Text", "Texte"),
    Text("How it is known", "Mode de connaissance"),
    Text("Read on", "Lu le"),
    Text("Address", "Adresse"),
)
_MOST_NOTICES = 6
_NO_SOURCE = Text("No source is named.", "Aucune source n'est nommée.")


def scope(report: Report, language: Language) -> list[tuple[str, list[str]]]:
    """The box on scope: each heading with its lines."""
    application = node(report.description.get("application"))
    operator = text(application.get("operator"))
    audited = who(report)(operator)
    return [
        (_APPLICATION.said(language), [text(application.get("name")) or _NOT_SAID.said(language)]),
        (_AUDITED.said(language), [audited or _NOT_SAID.said(language)]),
        (_ENVIRONMENT.said(language), [report.gate.environment or _ALL.said(language)]),
        (_DATA.said(language), list(_controllers(report, language))),
        (_CHAIN.said(language), list(_chain(report, audited or "?"))),
        (_TEXTS.said(language), [_judged(report, language)]),
        (_GATE.said(language), [_gate(report, language)]),
        (_UNREAD.said(language), [listed([cited(each, language) for each in _unread(report)], 10) or _ALL_READ.said(language)]),
        (_UNSEEN.said(language), [_NO_PROOF.said(language), *_told(report, language)]),
    ]


def _told(report: Report, language: Language) -> Iterator[str]:
    shown, left = worth_telling(report.notices, _MOST_NOTICES)
    yield from (notice.text.said(language) for notice in shown)
    if left:
        yield untold(left, language)


def _controllers(report: Report, language: Language) -> Iterator[str]:
    by_controller: dict[str, list[str]] = {}
    named = who(report)
    for key, item in section(report, "data").items():
        controllers = [said(THINGS, each, language) if each in THINGS else named(each) for each in words(item.get("controller"))]
        by_controller.setdefault(listed(controllers) or _NOT_SAID.said(language), []).append(key)
    for controller, data in by_controller.items():
        yield f"{listed(data)} → {controller}"


def _chain(report: Report, audited: str) -> Iterator[str]:
    """The contracts, one line a provider: the publisher, who signed, the provider with its hosts, and whom it rests on."""
    named = who(report)
    by_provider: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for key, host in section(report, "hosts").items():
        provider = text(host.get("provider")) or "?"
        party = text(node(host.get("contract")).get("party")) or provider
        hosts, below = by_provider.setdefault((party, provider), ([], []))
        hosts.append(key)
        below += words(host.get("subcontractors"))
    for (party, provider), (hosts, below) in list(by_provider.items())[:20]:
        signed = f" → {named(party)}" if party != provider else ""
        under = f" → {listed([named(each) for each in dict.fromkeys(below)])}" if below else ""
        yield f"{audited}{signed} → {named(provider)} [{listed(hosts, 6)}]{under}"


def _judged(report: Report, language: Language) -> str:
    met = dict.fromkeys(row.text for row in report.coverage if row.in_force and row.kind == "requirement" and row.rules)
    return listed([said(TEXTS, name, language) for name in met], 30) or "–"


def _gate(report: Report, language: Language) -> str:
    taken = LEVELS[: LEVELS.index(report.gate.level) + 1]
    levels = " + ".join(LEVEL_WORDS[level].said(language) for level in taken)
    frameworks = listed([FRAMEWORKS[name].said(language) for name in report.gate.frameworks])
    return _GATE_SAID.said(language).format(levels, SEVERITIES[report.gate.min_severity].said(language), frameworks)


def _unread(report: Report) -> list[str]:
    """The controls of our rules that rest on no source read in the text itself."""
    unread = (rule for rule in report.rules.values() if rule.sources and all(source.status != "verified" for source in rule.sources))
    return list(dict.fromkeys(control for rule in unread for control in rule.controls))


def identity(report: Report, language: Language) -> list[tuple[str, str]]:
    """What makes the report this one: dates, tool, digests."""
    tool = report.tool
    return [
        (_DAY.said(language), day(report.as_of, language)),
        (_DESCRIBED.said(language), dated(text(report.description.get("described")), language) or _NOT_SAID.said(language)),
        (_MADE.said(language), dated(report.generated, language) or _NOT_SAID.said(language)),
        (_TOOL.said(language), f"{tool.name} {tool.version}"),
        (_RULES.said(language), f"{_COUNT.said(language).format(len(report.rules), tool.rules_count)} · SHA-256 {tool.rules_digest}"),
        (
            _CATALOGUE.said(language),
            f"{_AS_OF.said(language).format(day(tool.catalogue_as_of, language))} · SHA-256 {tool.catalogue_digest}",
        ),
    ]


def inputs_table(report: Report, language: Language) -> Table:
    """The files audited, each with its SHA-256."""
    rows = [(code(item.path.removeprefix(folder(report))), code(item.sha256)) for item in report.inputs]
    return Table(_FILES.said(language), (_FILE.said(language), "SHA-256"), rows, _NOT_SAID.said(language))


def sources(report: Report) -> tuple[tuple[RuleSource, ...], ...]:
    """The sources of the rules, each once, those read at one address on one day together."""
    groups: dict[tuple[str, str, date | None], list[RuleSource]] = {}
    for source in sorted(
        {source for rule in report.rules.values() for source in rule.sources}, key=lambda source: (source.ref, source.url)
    ):
        groups.setdefault((source.url, source.status, source.read), []).append(source)
    return tuple(tuple(group) for group in groups.values())


def common_beginning(group: Iterable[RuleSource]) -> str:
    """What the references of sources read at one address begin with, up to a comma; nothing where there is but one."""
    refs = sorted({source.ref for source in group})
    if len(refs) < 2:
        return ""
    alike = next((at for at, pair in enumerate(zip(refs[0], refs[-1], strict=False)) if pair[0] != pair[1]), len(refs[0]))
    return refs[0][: refs[0].rfind(", ", 0, alike) + 2] if ", " in refs[0][:alike] else ""


def sources_table(report: Report, language: Language) -> Table:
    """The sources of the rules, with how each is known and the day it was read."""
    rows = [
        (
            Cell(source.ref),
            Cell(said(STATUSES, source.status, language), "" if source.status == "verified" else "unknown"),
            Cell(source.read.isoformat() if source.read else "–", "date"),
            Cell(source.url, "link") if source.url.startswith(("https://", "http://")) else Cell("–", "quiet"),
        )
        for group in sources(report)
        for source in group
    ]
    return Table(SOURCES.said(language), tuple(head.said(language) for head in _SOURCE_HEADS), rows, _NO_SOURCE.said(language))


def reserve(language: Language) -> Iterable[str]:
    """What the first page must say of what a report is not."""
    return [line.said(language) for line in RESERVE]
