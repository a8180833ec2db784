"""The first screen: the outcome in one sentence, what is wrong, on what ground, how sure, and what to do first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hds_audit.model.report import ExposureView, Report, RuleView, SubjectRef
from hds_audit.model.text import Language, Text, counted
from hds_audit.report.views.cells import listed
from hds_audit.report.views.declared import asked, flows, node, text
from hds_audit.report.views.grouping import ByTone, Point, first_points, points
from hds_audit.report.views.marks import SHAPES
from hds_audit.report.views.names import readers, subject_named
from hds_audit.report.views.saying import cited
from hds_audit.report.views.terms import said
from hds_audit.report.views.words import ACTORS, CONFIDENCES, LEVELS, OUTCOMES, SEVERITIES, VERDICTS

OUTCOME_TONES = {"compliant": "pass", "non-compliant": "fail", "not-established": "unknown", "waived": "waived", "fault": "error"}
_SENTENCES = {
    "compliant": Text(
        "Every mandatory point that could be judged holds on declared facts",
        "Tous les points obligatoires qui ont pu être jugés sont tenus d'après les faits déclarés",
    ),
    "not-established": Text("No mandatory requirement is shown to be broken", "Aucune obligation n'apparaît enfreinte"),
    "waived": Text(
        "What does not comply was accepted as a risk; the non-compliance stays",
        "Les écarts restants ont été acceptés comme risques ; la non-conformité demeure",
    ),
    "fault": Text(
        "At least one rule broke: this audit is not complete and must not be relied on",
        "Au moins une règle a échoué : cet audit est incomplet et ne doit pas servir de référence",
    ),
}
_FAILS = (
    Text("{} mandatory requirement is not met", "{} obligation n'est pas tenue"),
    Text("{} mandatory requirements are not met", "{} obligations ne sont pas tenues"),
)
_OPEN = Text("{} is not shown", "{} n'est pas démontrée"), Text("{} are not shown", "{} ne sont pas démontrées")
_ATTEST = Text("{} waits for a person", "{} est à attester"), Text("{} wait for a person", "{} sont à attester")
_BEYOND = (
    Text(
        "{} point that is recommended or of sovereignty does not hold either.",
        "{} point recommandé ou de souveraineté n'est pas tenu.",
    ),
    Text(
        "{} points that are recommended or of sovereignty do not hold either.",
        "{} points recommandés ou de souveraineté ne sont pas tenus.",
    ),
)
_DECLARE_FIRST = Text("Declare `{0}` – {1}; it settles {2} findings.", "Déclarer `{0}` – {1} ; cela tranche {2} constats.")
_LEVEL = Text("{}, severity {}", "{}, gravité {}")
_READERS = {
    True: Text("Who: {}, link established, access not excluded.", "Qui : {}, lien établi, accès non exclu."),
    False: Text("Who: {}, link debated.", "Qui : {}, lien débattu."),
}
_UNDER = Text("{} – {}", "{} – {}")
_NEAR = Text("no text asks for this very thing; see {}", "aucun texte ne le demande en ces termes ; voir {}")
_ATTEST_FIRST = Text(
    "Have a person answer, with reasons and a date: {1} (`{0}`); it settles {2} findings.",
    "Faire trancher par une personne, avec ses motifs et la date : {1} (`{0}`) ; cela tranche {2} constats.",
)
_APART = Text("; ", " ; ")
_ON = Text("on {}", "sur {}")
_FEW = 2
_UNNAMED = Text("Unnamed application", "Application sans nom")


class Line(NamedTuple):
    """One thing to know at once."""

    tone: str
    shape: str
    label: str
    title: str
    message: str
    subjects: str
    ground: tuple[str, ...]
    level: str
    confidence: str
    reason: str
    who: str
    remedy: str
    rule: str
    total: int
    missing: tuple[str, ...]
    readers: str = ""
    """Who can read the data, where the rule speaks of exposure to laws."""


class Summary(NamedTuple):
    """The first screen."""

    name: str
    outcome: str
    tone: str
    shape: str
    sentence: str
    beyond: str
    lines: tuple[Line, ...]
    first: tuple[str, ...]


def summary(report: Report, grouped: Mapping[str, ByTone], language: Language, most: int = 5) -> Summary:
    """What the reader must know in two minutes."""
    called = subject_named(report)
    lines = tuple(_line(report, point, called, language) for point in first_points(report, grouped, most))
    shade = OUTCOME_TONES[report.outcome]
    return Summary(
        name=text(node(report.description.get("application")).get("name")) or _UNNAMED.said(language),
        outcome=OUTCOMES[report.outcome].said(language),
        tone=shade,
        shape=SHAPES[shade],
        sentence=_sentence(report, grouped, language),
        beyond=_beyond(report, grouped, language),
        lines=lines,
        first=_first(report, grouped, language),
    )


def _sentence(report: Report, grouped: Mapping[str, ByTone], language: Language) -> str:
    """The outcome in one sentence: what is not met, what is not shown, what waits for a person."""
    fails = sum(point.gates for point in points(report, grouped, ("fail",)))
    open_ones = sum(point.gates for point in points(report, grouped, ("unknown",)))
    said_so = _SENTENCES.get(report.outcome)
    parts = [said_so.said(language) if said_so else counted(fails, *_FAILS, language)]
    parts += [counted(open_ones, *_OPEN, language)] if open_ones else []
    parts += [counted(report.to_attest, *_ATTEST, language)] if report.to_attest else []
    return ", ".join(parts) + "."


def _beyond(report: Report, grouped: Mapping[str, ByTone], language: Language) -> str:
    beyond = sum(not point.gates for point in points(report, grouped, ("fail",)))
    return counted(beyond, *_BEYOND, language) if beyond else ""


def _first(report: Report, grouped: Mapping[str, ByTone], language: Language) -> tuple[str, ...]:
    """What to do first: mend what blocks; else declare what the outcome waits for; then the other."""
    fails = points(report, grouped, ("fail",))
    mend = fails[0].rule.remedy.said(language) if fails else ""
    declare = _declare(report, language)
    ordered = (mend, declare) if fails and fails[0].gates else (declare, mend)
    return tuple(said_so for said_so in ordered if said_so)


def _declare(report: Report, language: Language) -> str:
    if not report.next:
        return ""
    step = report.next[0]
    section, _, control = step.path.partition(".")
    titles = {row.control: row.title for row in report.coverage} if section == "attestations" else {}
    if control in titles:
        return _ATTEST_FIRST.said(language).format(step.path, titles[control].said(language), step.settles)
    return _DECLARE_FIRST.said(language).format(step.path, asked(step, flows(report), language), step.settles)


def _readers(report: Report, point: Point, language: Language) -> str:
    if point.tone not in ("fail", "waived") or point.rule.framework != "cloud_act" or point.rule.subject not in ("component", "host"):
        return ""
    found = readers(report, point.subjects, language, _counted(report, point))
    told = [_UNDER.said(language).format(each.organisation, listed(each.laws, 2)) for each in found[:2]]
    told += [f"+ {len(found) - 2}"] if len(found) > 2 else []
    return _READERS[found[0].established].said(language).format(_APART.said(language).join(told)) if found else ""


def _called(subject: SubjectRef, called: Callable[[SubjectRef], str]) -> str:
    return subject.id.replace("->", " → ") if subject.kind == "flow" else called(subject)


def _near(rule: RuleView, language: Language) -> tuple[str, ...]:
    """What stands near a rule that cites nothing."""
    related = listed([cited(control, language) for control in rule.related], 3)
    return (_NEAR.said(language).format(related),) if related else ()


def _counted(report: Report, point: Point) -> tuple[ExposureView, ...]:
    """The exposures that the findings of a point rest on; all of them where a report does not say."""
    rest = {path for item in point.findings for index in item.facts if (path := report.facts[index].path).startswith("exposures.")}
    found = (
        each for each in report.exposures if f"exposures.{each.law}.{each.organisation}.{each.data}.{each.component}.certainty" in rest
    )
    return tuple(found) or report.exposures


def _line(report: Report, point: Point, called: Callable[[SubjectRef], str], language: Language) -> Line:
    rule, first = point.rule, point.findings[0]
    told = dict.fromkeys(item.message.said(language) for item in point.findings if item.message is not None and point.tone != "unknown")
    level = _LEVEL.said(language).format(LEVELS[rule.level].said(language), SEVERITIES[rule.severity].said(language))
    subjects = list(dict.fromkeys(_called(item.subject, called) for item in point.findings[:50]))
    left = len(point.subjects) - len(subjects[:4])
    reasons = list(dict.fromkeys(item.reason.said(language) for item in point.findings if item.reason is not None))
    return Line(
        tone=point.tone,
        shape=SHAPES[point.tone],
        label=VERDICTS[first.verdict].said(language),
        title=rule.title.said(language),
        message=" ".join(told) if len(point.findings) <= _FEW else next(iter(told), ""),
        subjects=_ON.said(language).format(", ".join(subjects[:4]) + (f" (+ {left})" if left > 0 else "")),
        ground=tuple(cited(control, language) for control in rule.controls) or _near(rule, language),
        level=level,
        confidence=said(CONFIDENCES, point.confidence, language),
        reason=reasons[0] if reasons else "",
        who=said(ACTORS, rule.addressee, language),
        remedy=rule.remedy.said(language),
        rule=rule.id,
        total=len(point.findings),
        missing=point.missing[:3],
        readers=_readers(report, point, language),
    )
