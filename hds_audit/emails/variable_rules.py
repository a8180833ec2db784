# ruff: noqa: SIM905  words read as words
"""When what is printed is data on somebody's health, or may be: by the name of the variable, or by the label before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hds_audit.emails import wording
from hds_audit.emails.cut import PLACED, Mark
from hds_audit.emails.document import Document
from hds_audit.emails.names import Sense, path_of_health
from hds_audit.emails.reading import FileReading
from hds_audit.emails.spoken import Printed, Spoken
from hds_audit.model.lexicon import TermClass
from hds_audit.model.template import Evidence, Sureness, TemplateLabel
from hds_audit.model.text import Text

_COMPARES = re.compile(
    r"==|!=|<>|\beq\b|\bin\b|\bis\b|[<>]\s?\d|\?\s*(?:\)|$|&&|\|\|)|\bcase\b|\bwhen\b|\bswitch\b|\bhas[A-Z_]|\bis[A-Z_]|\.is"
)
_PRESENCE = re.compile(
    r"\.(?:present|blank|any|nil|empty|exists)\?|\b(?:isset|empty|defined|is not none|is none)\b|\?\?\s*$|"
    r"!=\s*(?:null|nil|none|''|\"\")",
    re.I,
)
_Judged = tuple[TemplateLabel, Text, Sureness]


def printed_evidence(spoken: Spoken, document: Document) -> Iterator[Evidence]:
    """What the printed expressions of a sentence say; an act offered to a child who is not named says that care exists."""
    nobody = spoken.has("relative") and not document.patient and not _relative_named(spoken)
    for printed in spoken.printed:
        judged = [found for sense in printed.senses if (found := judge(sense, document)) and not (nobody and sense.act)]
        if nobody and any(sense.act for sense in printed.senses):
            judged.append(("care-relation", wording.CARE, "medium"))
        if _dosed(spoken, printed, document):
            judged.append(("health", wording.DOSED, "medium"))
        if word := _named_after(spoken, printed, document):
            judged.append(("health", wording.labelled(word), "medium"))
        if not any(label == "health" for label, _, _ in judged):
            judged += _by_label(printed, document)
            judged += _by_key(printed, document)
        for label, why, sureness in judged:
            yield Evidence(printed.line, printed.code[:200], "variable", label, why, sureness, spoken.file)


def _relative_named(spoken: Spoken) -> bool:
    """`votre enfant {first_name}`: the child is named."""
    ends = {found.end for found in spoken.found("relative")}
    return any(printed.at in ends and any(sense.person for sense in printed.senses) for printed in spoken.printed)


def measured_evidence(reading: FileReading, document: Document) -> Iterator[Evidence]:
    """A value with its unit or its normal range beside it: what an analysis found."""
    if not document.care or not _about_people(document):
        return
    printed = [(mark, told[-1]) for mark, told in zip(reading.marks, document.senses[reading.file], strict=True) if told]
    for number, (mark, sense) in enumerate(printed):
        around = printed[max(number - _BESIDE, 0) : number + _BESIDE + 1]
        if mark.kind == "output" and sense.measure == "value" and any(other.measure == "beside" for _, other in around):
            yield Evidence(mark.line, mark.code.strip()[:200], "variable", "health", wording.MEASURED, "medium", reading.file)


def linked_evidence(reading: FileReading, document: Document) -> Iterator[Evidence]:
    """A value that says what care is for, in an address of the message."""
    if document.professional and not document.patient:
        return
    for link in reading.links:
        if document.patient and (named := path_of_health(link.address, document.names)):
            yield Evidence(link.line, named, "variable", "health", wording.in_link(named), "medium", reading.file)
        for number in map(int, PLACED.findall(link.address)):
            mark = reading.marks[number]
            for sense in document.senses[reading.file][number]:
                if sense.health == "strong" or sense.speciality:
                    text = mark.code.strip()[:200]
                    yield Evidence(link.line, text, "variable", "health", wording.in_link(sense.why), "medium", reading.file)


def _dosed(spoken: Spoken, printed: Printed, document: Document) -> bool:
    """Whether it is a clinical measure or a medicine: `{value} mmHg`, `{number} tablets of {product}`, `take your medication: {name}`."""
    if not _about_people(document):
        return False
    at = printed.at
    if spoken.terms.keys().isdisjoint(_DOSED):
        return False
    if any(0 < unit.start - at <= _DOSE for unit in spoken.found("clinical-unit")):
        return True
    if not document.care:
        return False
    if any(spoken.words[remedy.end : at] == (":",) for remedy in spoken.found("remedy")) and not any(
        sense.neutral for sense in printed.senses
    ):
        return True
    after_of = spoken.words[at - 1 : at] in (("of",), ("de",), ("d",), ("du",))
    for dose in spoken.found("dose-unit"):
        if (after_of and dose.end == at - 1) or (0 < dose.start - at <= _DOSE and dose.term.words[0] in _WEIGHTS):
            return True
    return False


def _named_after(spoken: Spoken, printed: Printed, document: Document) -> str:
    """The word for an act of care, an examination or a medicine that a value stands right after: `procedure ({item})`; else nothing."""
    if spoken.terms.keys().isdisjoint(_NAMING) or not (document.care and _about_people(document)):
        return ""
    if not printed.senses or any(map(_known_otherwise, printed.senses)):
        return ""
    before = printed.at - (spoken.words[printed.at - 1 : printed.at] == (":",))
    named = (found for found in spoken.found(*_NAMING) if found.end == before)
    return next((found.term.written for found in named if found.term.words[-1] in _NAMED), "")


_NAMING: tuple[TermClass, ...] = ("remedy", "event", "result")
_NAMED = frozenset(
    "diagnosis diagnostic exam examen intervention medication medicine medicament operation procedure scan surgery traitement "
    "treatment".split()
)
"""Stems after which a value says which one."""

_BESIDE, _DOSE = 3, 2
_DOSED = frozenset(("clinical-unit", "dose-unit", "remedy"))
_WEIGHTS = frozenset(("mg", "mcg", "µg", "ui", "iu"))


def judge(sense: Sense, document: Document) -> _Judged | None:
    """What a variable says, in this document."""
    if sense.silent or (sense.speciality and document.professional) or sense.why in document.modes:
        return None
    about = _about_people(document)
    if sense.health == "strong" and about:
        return "health", wording.health_variable(sense.why), "high" if document.care or document.event else "medium"
    if sense.health and (about or not document.technical) and (told := _in_context(sense, document)):
        return told
    if about and _concludes(sense, document):
        return "health", wording.CONCLUSION, "medium"
    if (sense.slot or sense.contextual_slot) and _visit_reason(sense, document):
        return "health", wording.REASON, "medium"
    if sense.slot or (sense.contextual_slot and about and (document.care or (document.booked and _described(sense)))):
        return "free-text", wording.SLOT, "high" if document.care else "medium"
    return ("care-relation", wording.CARE_VARIABLE, "medium") if about and _of_care(sense, document) else None


def _in_context(sense: Sense, document: Document) -> _Judged | None:
    """What a name says beside care, beside somebody's appointment, or in an application of care."""
    told: _Judged = ("health", wording.contextual_variable(sense.why), "medium")
    if not _about_people(document):
        return ("free-text", wording.REASON, "medium") if sense.health == "contextual" and sense.reason else None
    if sense.health == "organisational":
        return told if document.medical and (document.event or document.patient or document.practitioner) else None
    done = document.of_care and not _DONE.isdisjoint(sense.why.split())
    if sense.health == "contextual" and (done or _says_what_for(sense, document)):
        return told
    return ("free-text", wording.REASON, "medium") if sense.reason else None


def _concludes(sense: Sense, document: Document) -> bool:
    """Whether it is what was concluded from somebody's results, or from a visit."""
    if document.care and document.event and sense.concludes:
        return True
    return document.results and (sense.slot or sense.contextual_slot) and not _CONCLUDING.isdisjoint(sense.words)


def _of_care(sense: Sense, document: Document) -> bool:
    """Whether it is somebody who gives or gets care."""
    if sense.care or (sense.patient and (document.patient or not sense.maybe_patient)):
        return True
    return document.setting and sense.client


_CONCLUDING = frozenset((
    "remark", "remarque", "finding", "interpretation", "conclusion", "comment", "commentaire", "summary", "observation", "resume",
    "synthese",
))  # fmt: skip
"""Stems of what is written about the results of an analysis."""

_DONE = frozenset("acte diagnostic exam examen examination intervention procedure surgery therapy traitement treatment".split())
"""What is done to somebody, wherever an application of care prints it."""


def _described(sense: Sense) -> bool:
    """Whether it is what somebody wrote of a booking of theirs, whatever it is of."""
    return sense.words[-1] in _DESCRIBING and _DECIDED.isdisjoint(sense.words)


_DESCRIBING = frozenset("description purpose objet besoin need demande opinion".split())
_DECIDED = frozenset("article event evenement item page product produit resource room salle service site".split())
"""Stems of what an application describes by itself, for everybody."""


def _visit_reason(sense: Sense, document: Document) -> bool:
    """Whether it is the reason for which somebody comes: a reason beside care and a visit, and of no decision (a refusal)."""
    visited = document.event or (document.patient and document.practitioner)
    return sense.reason and not sense.decided and not document.undone and visited and document.care and _about_people(document)


def _says_what_for(sense: Sense, document: Document) -> bool:
    """Whether there is care about the value; for a speciality, somebody's: a doctor's own account has one too."""
    return document.event or document.patient if sense.speciality else document.medical


def _about_people(document: Document) -> bool:
    return document.patient or not document.professional


def _by_label(printed: Printed, document: Document) -> list[_Judged]:
    """What the label before a value says, where the value's own name is not that of a place, a moment, a person or a password."""
    label = printed.label
    if not label or any(sense.neutral or sense.person or sense.credential for sense in printed.senses):
        return []
    judged = judge(document.names.of_label(label), document)
    if judged is None or judged[0] == "care-relation":
        return []
    why = wording.labelled(label) if judged[0] == "health" else judged[1]
    return [(judged[0], why, "medium")]


def _by_key(printed: Printed, document: Document) -> Iterator[_Judged]:
    """What the key of a translation says of a value that is handed to it: `t('medications.reminder', name: model.name)`."""
    if not printed.keys or not _about_people(document) or all(map(_known_otherwise, printed.senses)):
        return
    for key in printed.keys:
        handed = re.search(re.escape(key) + r"[\"']\s{0,20},", printed.code)
        for part in re.split(r"[.:]", key)[:-1] if handed else ():
            sense = document.names.of_label(part)
            if sense.health == "strong" and not sense.speciality:
                yield "health", wording.labelled(part), "medium"


def _known_otherwise(sense: Sense) -> bool:
    """Whether a value's own name says what it is: a place, a moment, a person."""
    return sense.neutral or sense.person or sense.patient or sense.practitioner or sense.care or sense.credential or sense.technical


def condition_evidence(mark: Mark, file: str, document: Document) -> Iterator[Evidence]:
    """Text that is shown or not by a value of health; that a value exists at all is no such condition."""
    if not mark.expression.conditional or not _about_people(document) or _PRESENCE.search(mark.code) or not _COMPARES.search(mark.code):
        return
    for path in mark.expression.shown:
        sense = document.names.sense(path)
        if sense.why in document.modes:
            continue
        if sense.health == "strong" or (sense.health == "contextual" and document.medical):
            yield Evidence(mark.line, mark.code.strip()[:200], "condition", "health", wording.condition(sense.why), "medium", file)
    if document.technical or not mark.expression.shown:
        return
    for text in _LITERAL.findall(mark.code):
        if document.names.value_of_health(text):
            yield Evidence(mark.line, mark.code.strip()[:200], "condition", "health", wording.condition(text), "medium", file)


_LITERAL = re.compile(r"""(?:[=!]=|\beq\b|\bwhen\b|\bcase\b)\s{0,4}["']([A-Za-z][\w -]{2,40})["']""")
"""A value that a condition compares with."""


def unseen_evidence(mark: Mark, file: str, document: Document) -> Iterator[Evidence]:
    """What an inclusion that was not found is given, and what its name says."""
    line, code = mark.line, mark.code.strip()[:200]
    for path in mark.expression.shown:
        judged = judge(document.names.sense(path), document)
        if judged and judged[0] in ("health", "free-text"):
            yield Evidence(line, code, "include", judged[0], judged[1], "medium", file)
    for name in mark.expression.includes:
        last = re.split(r"[./]", name.removesuffix(".html"))
        sense = document.names.sense((last[-1] or name,))
        if sense.health == "strong" and _about_people(document):
            yield Evidence(line, code, "include", "free-text", wording.MISSING_INCLUDE, "low", file)
