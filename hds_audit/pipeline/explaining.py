"""What a rule or a requirement is, in our words: since when, who is bound, what is read, what is not seen, how to comply."""

from collections.abc import Iterator

from hds_audit.errors import MisuseError, Problem
from hds_audit.evaluate.sentence import sentence
from hds_audit.model.framework import Control, Source
from hds_audit.model.rule import Rule, RuleSource
from hds_audit.model.text import Language, Text
from hds_audit.pipeline.knowledge import Knowledge
from hds_audit.report.views.terms import STATUSES
from hds_audit.report.views.words import ADDRESSEES, CONFIDENCES, LEVELS, SEVERITIES

_COLON = Text(": ", " : ")
_NATURES = {
    "law": Text("law", "loi ou règlement"),
    "certificate": Text("referential of a certificate", "référentiel de certification"),
    "guidance": Text("guidance", "recommandation"),
    "standard": Text("standard", "norme"),
    "case-law": Text("case law", "jurisprudence"),
    "requirement": Text("requirement", "exigence"),
    "definition": Text("definition", "définition"),
    "penalty": Text("penalty", "sanction"),
    "exposure": Text("exposure", "exposition"),
    "context": Text("context", "contexte"),
}
_WORDS = {
    "controls": Text("Texts that ask for it", "Textes qui le demandent"),
    "related": Text("Near it", "À rapprocher"),
    "bound": Text("Who is bound", "Qui est tenu"),
    "level": Text("Level, severity", "Niveau, gravité"),
    "applies": Text("Applies when", "S'applique quand"),
    "requires": Text("Asks that", "Demande que"),
    "attest": Text("Answered by a person, under", "Répondu par une personne, sous"),
    "remedy": Text("How to comply", "Comment s'y conformer"),
    "limits": Text("What it does not see", "Ce qu'elle ne voit pas"),
    "doubt": Text("Confidence", "Confiance"),
    "sources": Text("Sources", "Sources"),
    "force": Text("In force", "En vigueur"),
    "nature": Text("Nature", "Nature"),
    "rules": Text("Rules that look at it", "Règles qui l'examinent"),
    "remains": Text("Left to a person", "Reste à une personne"),
    "warning": Text("Debated", "Discuté"),
}
_NO_RULE = Text("none: nothing in a description decides it", "aucune : rien dans une description ne le tranche")
_OPEN = Text("since {} ", "depuis le {} ")
_ENDED = Text("from {} to the day before {}", "du {} à la veille du {}")
_TO_COME = Text("no day fixed yet", "aucune date fixée à ce jour")


def explain(name: str, known: Knowledge, language: Language) -> Iterator[tuple[str, str]]:
    """Headed paragraphs on a rule or a requirement; raises MisuseError, with the nearest name, where there is none."""
    rule = next((rule for rule in known.rules if rule.id == name), None)
    control = known.frameworks.control(name)
    if rule is not None:
        return _rule(rule, language)
    if control is not None:
        return _control(control, known, language)
    raise MisuseError(_unknown(name, known))


def _unknown(name: str, known: Knowledge) -> Problem:
    import difflib

    names = [*(rule.id for rule in known.rules), *known.frameworks.by_id]
    near = ", ".join(difflib.get_close_matches(name, names, 3)) or "hds-audit rules list"
    return Problem("", f"no rule and no requirement {name}; see {near}", f"ni règle ni exigence {name} ; voir {near}")


def _rule(rule: Rule, language: Language) -> Iterator[tuple[str, str]]:
    def head(word: str) -> str:
        return _WORDS[word].said(language)

    yield rule.id, rule.title.said(language)
    yield head("level"), f"{LEVELS[rule.level].said(language)}, {SEVERITIES[rule.severity].said(language)}"
    yield head("bound"), ADDRESSEES[rule.addressee].said(language)
    yield head("controls"), ", ".join(rule.controls) or "–"
    if rule.related:
        yield head("related"), ", ".join(rule.related)
    if rule.when is not None:
        yield head("applies"), sentence(rule.when).said(language)
    if rule.require is not None:
        yield head("requires"), sentence(rule.require).said(language)
    if rule.attest:
        yield head("attest"), f"attestations.{rule.attest}"
    yield head("remedy"), rule.remedy.said(language)
    yield head("limits"), rule.limits.said(language)
    if rule.confidence_reason is not None:
        yield (
            head("doubt"),
            f"{CONFIDENCES[rule.confidence.value].said(language)}{_COLON.said(language)}{rule.confidence_reason.said(language)}",
        )
    yield head("sources"), "; ".join(_source(source, language) for source in rule.sources)


def _control(control: Control, known: Knowledge, language: Language) -> Iterator[tuple[str, str]]:
    def head(word: str) -> str:
        return _WORDS[word].said(language)

    yield control.id, control.title.said(language)
    yield "", control.text.said(language)
    yield head("force"), _force(control, language)
    yield head("nature"), f"{_NATURES[control.nature].said(language)}, {_NATURES[control.kind].said(language)}"
    yield head("bound"), ", ".join(ADDRESSEES[one].said(language) for one in control.addressees)
    rules = [f"{rule.id} ({rule.title.said(language)})" for rule in known.rules if control.id in rule.controls]
    yield head("rules"), "\n".join(rules) or _NO_RULE.said(language)
    yield head("remains"), control.remains.said(language)
    if control.related:
        yield head("related"), ", ".join(control.related)
    if control.warning is not None:
        yield head("warning"), control.warning.said(language)
    yield head("sources"), "; ".join(_source(source, language) for source in control.sources)


def _force(control: Control, language: Language) -> str:
    if control.since is None:
        return _TO_COME.said(language)
    if control.until is None:
        return _OPEN.said(language).format(control.since).strip()
    return _ENDED.said(language).format(control.since, control.until)


def _source(source: Source | RuleSource, language: Language) -> str:
    read = f", {source.read}" if source.read else ""
    return f"{source.ref} ({STATUSES[source.status].said(language)}{read})" + (f" {source.url}" if source.url else "")
