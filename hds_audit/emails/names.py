# ruff: noqa: SIM905  words read as words
"""What the name of a variable, of a partial or of a label tells of the value it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from hds_audit.emails.cut import PLACED
from hds_audit.emails.expression import NamePath
from hds_audit.model.lexicon import Found, Lexicon, TermClass, folded, stemmed
from hds_audit.model.template import DataCategory

HealthSense = Literal["strong", "contextual", "organisational", ""]
"""strong: the name alone says health; contextual: beside care; organisational: beside somebody's appointment or a patient."""

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SMALL = frozenset("of the for de du des la le les l d a an to in et and by en au aux".split())
_FORMATS = frozenset(
    "capitalize upcase downcase to_s to_str to_sym strftime titleize titlecase humanize present blank presence presence_in "
    "format to_iso_string to_locale_date_string to_locale_string to_fs to_formatted_s trim strip html_safe safe isoformat "
    "to_string get or_else get_or_else upper lower to_upper_case to_lower_case squish try inspect to_sentence join as_text "
    "to_html to_plain_text to_text as_html plain_text inner_text raw_html decorate localize getvalue value_of".split()
)
_MEDICAL: tuple[TermClass, ...] = ("speciality", "pathology", "drug", "vaccine", "test")
_CATEGORIES: tuple[tuple[TermClass, DataCategory], ...] = (
    ("national-id", "national-id"), ("birth", "birth-date"), ("contact", "contact"), ("identity", "identity"),
)  # fmt: skip
_CARER = re.compile("(?:ist|iste|ogue|peute|iatre|iatrist|ician|icien|icienne|ienne|surgeon|midwife|femme|kine|psy|nurse|ian|or)$")
_LOOK_BACK = 3
_REASONS = frozenset(("reason", "motif", "raison", "motivo", "purpose"))
_BARE = frozenset(("name", "nom"))
_OF_OTHER_TRADES = frozenset(("beneficiary", "beneficiaire", "case"))
_CLIENTS = frozenset(("client", "resident", "usager"))  # stems of whom an application serves
_CONCLUDING = frozenset(("conclusion", "finding", "interpretation"))
_WRITTEN = frozenset(("comment", "commentaire", "feedback", "note", "remark", "remarque"))  # stems of what only people write
_SHORTEST_MEDICAL = 4  # shorter ones are acronyms of everything
_NO_HEALTH: tuple[HealthSense, str] = ("", "")


class Sense(NamedTuple):
    """What a name tells."""

    words: tuple[str, ...] = ()
    health: HealthSense = ""
    why: str = ""
    """The words that say so."""
    slot: bool = False
    contextual_slot: bool = False
    """A slot where there is care; elsewhere what the application says of itself."""
    reason: bool = False
    """A reason, whatever it is of."""
    decided: bool = False
    """A slot for the reason of a decision: a cancellation, a refusal."""
    patient: bool = False
    maybe_patient: bool = False
    """A patient only where there is care: a child, a beneficiary, a case."""
    person: bool = False
    client: bool = False
    """A person by a word for whom an application serves: in one of care, somebody under care."""
    concludes: bool = False
    """What was concluded, of a visit as of an analysis."""
    silent: bool = False
    """It tells nothing by itself, whatever stands beside it."""
    care: bool = False
    event: bool = False
    credential: bool = False
    one_time: bool = False
    technical: bool = False
    """Of machines, or of what is no person."""
    practitioner: bool = False
    act: bool = False
    """The health it tells is an act offered to many, as a vaccination is."""
    speciality: bool = False
    """The health it tells is a speciality."""
    neutral: bool = False
    """A place, a moment, a number, a link: not a value that tells something of a person."""
    categories: tuple[DataCategory, ...] = ()
    measure: Literal["value", "beside", ""] = ""
    """A value measured, or what stands beside one: its unit, its normal range."""


def parted(name: str) -> tuple[str, ...]:
    """The stems of one part of a name: camel and snake case, without small words."""
    parts = (stemmed(folded(part)) for part in _PARTS.findall(folded_keeping_case(name)))
    return tuple(part for part in parts if part not in _SMALL)


def folded_keeping_case(name: str) -> str:
    """The name as it is where it is plain ASCII; labels with accents lose their case."""
    return name if name.isascii() else folded(name)


class Names:
    """Senses of names, each found once for one scan."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[NamePath, Sense] = {}
        self._of_health: dict[str, bool] = {}

    def sense(self, path: NamePath) -> Sense:
        """What a variable's path tells."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._sense(path)
        return known

    def of_label(self, text: str) -> Sense:
        """What a label before a value tells: `Date de naissance :`, `Speciality`."""
        return self.sense((text,))

    def names_health(self, text: str) -> bool:
        """Whether a name that is no variable's says what care is for."""
        known = self._of_health.get(text)
        if known is None:
            known = self._of_health[text] = not self.lexicon.classes(parted(text)).keys().isdisjoint(_NAMED_HEALTH)
        return known

    def value_of_health(self, text: str) -> bool:
        """Whether a value that code compares with says what care is for: a disease, a medicine, a vaccine, an examination."""
        words = parted(text)
        return any(
            found.start == 0 and found.end == len(words)
            for name in ("value-strong", "pathology", "drug", "vaccine", "test") for found in self.lexicon.classes(words).get(name, ())
        )  # fmt: skip

    def _sense(self, path: NamePath) -> Sense:
        parts = [words for part in path if _plain_name(part) not in _FORMATS and (words := parted(part))]
        if not parts:
            return Sense()
        tail = self._tail(parts)
        whole = tuple(word for words in parts for word in words)
        classes = self.lexicon.classes(tail)
        around = self.lexicon.classes(whole)
        near = self.lexicon.classes(tuple(word for words in parts[-_LOOK_BACK:] for word in words))
        last = self.lexicon.classes(parts[-1])
        neutral = _only(classes, "neutral", _spans(classes, ("value-strong", "value-contextual", "slot", "birth", "national-id")))
        length = sum(len(words) for words in parts[-_LOOK_BACK:])
        whole_term = next((found for found in near.get("value-strong", ()) if len(found.term.words) > 1 and found.end == length), None)
        neutral = neutral and whole_term is None and not _of_a_place(tail, classes)
        carer = self._names_carer(parts, classes)
        health, why = _NO_HEALTH if neutral or carer else self._health(tail, classes, near)
        unslotted = neutral or _only(classes, "not-slot", _spans(classes, ("slot",))) or bool(health)
        unslotted = unslotted or ("technical" in around and _WRITTEN.isdisjoint(parts[-1]))
        contextual = "slot-contextual" in classes or ("slot-contextual" in last and "sent-in" in around)
        slot = ("slot" in classes or (contextual and "sent-in" in around) or _ends_as(near, "slot", length)) and not unslotted
        contextual = contextual and not unslotted
        person = self._names_person(parts, classes, last) and not neutral and "not-person" not in around and "slot" not in classes
        patient = "patient-person" in around and not neutral and "slot" not in classes
        maybe = patient and all(not _OF_OTHER_TRADES.isdisjoint(found.term.words) for found in around["patient-person"])
        credential = "credential" in classes and "not-credential" not in around
        categories = tuple(
            category for name, category in _CATEGORIES
            if (name in classes or name in last) and (name != "identity" or person or patient)
        )  # fmt: skip
        named = person or (patient and "identity" in last)
        client, concludes = named and not _CLIENTS.isdisjoint(whole), not _CONCLUDING.isdisjoint(whole)
        cared = carer or "care-name" in around
        return Sense(
            words=whole, health=health, why=why,
            slot=slot, contextual_slot=contextual, reason=_is_reason(whole, around), decided="decision" in around,
            patient=patient, maybe_patient=maybe,
            person=named, client=client, concludes=concludes, practitioner="practitioner-name" in around,
            silent=not (health or slot or contextual or patient or client or concludes or cared),
            care=cared, event="event-name" in around,
            credential=credential, one_time="one-time" in classes, technical="technical" in around,
            act="act" in classes or "vaccine" in classes, speciality=_tells_speciality(classes),
            neutral=neutral, categories=categories, measure=_measure(last),
        )  # fmt: skip

    def _tail(self, parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """The last part that says something of its own: `name` in `vaccine.name` does not, `reason` does."""
        for words in reversed(parts[-3:]):
            classes = self.lexicon.classes(words)
            transparent = classes.get("transparent", ())
            if "slot" in classes or any(not _within(number, transparent) for number in range(len(words))):
                return words
        return parts[-1]

    def _names_person(
        self, parts: Sequence[tuple[str, ...]], classes: dict[TermClass, list[Found]], last: dict[TermClass, list[Found]]
    ) -> bool:
        """Whether it is a person or a part of a person's name; a bare `name` is its owner's (`reminder_name` is none)."""
        told = [
            found
            for found in (*classes.get("person", ()), *last.get("person", ()))
            if len(found.term.words) > 1 or found.term.words[0] not in _BARE
        ]
        if told or "person" not in classes:
            return bool(told)
        owners = parts[-1] if len(parts[-1]) > 1 or len(parts) == 1 else (*parts[-2], *parts[-1])
        known = [found for name in ("person", "transparent") for found in self.lexicon.classes(owners).get(name, ())]
        return all(_within(number, known) for number in range(len(owners)))

    def _names_carer(self, parts: Sequence[tuple[str, ...]], classes: dict[TermClass, list[Found]]) -> bool:
        """Whether it is somebody who gives care, their name or their words: what for is not told (`therapist_name`, `therapist_note`)."""
        if not any(_CARER.search(found.term.words[-1]) for found in classes.get("speciality", ())):
            return False
        last = self.lexicon.classes(parts[-1][-2:])
        return not last.keys().isdisjoint(("identity", "contact", "slot")) or _CARER.search(parts[-1][-1]) is not None

    def _health(
        self, tail: tuple[str, ...], classes: dict[TermClass, list[Found]], near: dict[TermClass, list[Found]]
    ) -> tuple[HealthSense, str]:
        for name in ("value-strong", *_MEDICAL):
            for found in classes.get(name, ()):
                if name == "value-strong" or len("".join(found.term.words)) >= _SHORTEST_MEDICAL:
                    return "strong", found.term.written
        for source in (near.get("value-strong", ()), near.get("value-contextual", ())):
            for found in source:
                if len(found.term.words) > 1 and "decision" not in near:
                    return ("strong" if "value-strong" in found.term.classes else "contextual"), found.term.written
        if "decision" not in classes:
            for found in classes.get("value-contextual", ()):
                return "contextual", found.term.written
            for found in classes.get("value-organisational", ()):
                return "organisational", found.term.written
        return _NO_HEALTH


def _of_a_place(words: tuple[str, ...], classes: dict[TermClass, list[Found]]) -> bool:
    """Whether it is a value of a place, not the place: `clinic_specialty`."""
    if words[0] not in _PLACES:
        return False
    return any(found.end == len(words) for name in ("value-strong", "value-contextual") for found in classes.get(name, ()))


_PLACES = frozenset(("clinic", "facility", "hospital", "practice", "provider"))


def _is_reason(words: tuple[str, ...], around: dict[TermClass, list[Found]]) -> bool:
    """Whether it is a reason, or what a visit is about: an `objet` alone is that of a message."""
    return not _REASONS.isdisjoint(words) or ("objet" in words and "event-name" in around)


def _ends_as(near: dict[TermClass, list[Found]], name: TermClass, length: int) -> bool:
    """Whether the last words of a path make a term of several words: `appointment.description`."""
    return any(len(found.term.words) > 1 and found.end == length for found in near.get(name, ()))


def _measure(last: dict[TermClass, list[Found]]) -> Literal["value", "beside", ""]:
    if "measure-beside" in last:
        return "beside"
    return "value" if "measure-value" in last else ""


def _tells_speciality(classes: dict[TermClass, list[Found]]) -> bool:
    said = "speciality" in classes or any("speci" in found.term.words[0] for found in classes.get("value-contextual", ()))
    return said and "value-strong" not in classes


def _plain_name(part: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", part[:80]).lower()


def _spans(classes: dict[TermClass, list[Found]], names: Iterable[TermClass]) -> list[Found]:
    """The terms of several words of these classes: what lies inside them is said by them."""
    return [found for name in names for found in classes.get(name, ()) if len(found.term.words) > 1]


def _only(classes: dict[TermClass, list[Found]], name: TermClass, over: list[Found]) -> bool:
    """Whether a term of this class stands outside the longer ones."""
    return any(not any(other.start <= found.start and found.end <= other.end for other in over) for found in classes.get(name, ()))


def _within(number: int, founds: Iterable[Found]) -> bool:
    return any(found.start <= number < found.end for found in founds)


_SEGMENT = re.compile(r"(?<![:/])/([^/?#\s]{3,80})")  # of the path of an address: what follows its host
_NAMED_HEALTH: tuple[TermClass, ...] = ("pathology", "drug", "vaccine", "test", "speciality")


def path_of_health(address: str, names: Names) -> str:
    """The part of an address's path that is written out and names what care is for, where a value beside it tells whose."""
    if not PLACED.search(address):
        return ""
    return next((segment for segment in _SEGMENT.findall(PLACED.sub(" ", address)) if names.names_health(segment)), "")
