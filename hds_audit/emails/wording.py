"""Why a sentence or a variable says something, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from hds_audit.model.lexicon import TermClass
from hds_audit.model.template import Sureness
from hds_audit.model.text import Text


class Said(NamedTuple):
    """What a rule found in a sentence: from which word to which, why, how sure."""

    start: int
    end: int
    why: Text
    confidence: Sureness


_CLASS_NAMES: dict[TermClass, Text] = {
    "speciality": Text("a speciality", "une spécialité"),
    "pathology": Text("a disease", "une pathologie"),
    "state": Text("a state of health", "un état de santé"),
    "body": Text("a part of the body", "une partie du corps"),
    "test": Text("a named examination", "un examen nommé"),
    "procedure": Text("a medical act", "un acte médical"),
    "drug": Text("a medicine", "un médicament"),
    "vaccine": Text("a named vaccine", "un vaccin nommé"),
}


def said_of_somebody(kind: TermClass) -> Text:
    """A term of health said of the addressee or of somebody named."""
    name = _CLASS_NAMES.get(kind, Text("a word of health", "un terme de santé"))
    return Text(f"{name.en}, said of an identifiable person", f"{name.fr}, à propos d'une personne identifiable")


def with_appointment(kind: TermClass) -> Text:
    """A term of health joined with an appointment."""
    name = _CLASS_NAMES.get(kind, Text("a word of health", "un terme de santé"))
    return Text(
        f"{name.en} joined with somebody's appointment or result", f"{name.fr}, à propos d'un rendez-vous ou d'un résultat d'une personne"
    )  # fmt: skip


MEASURED = Text("prints a value with its unit or normal range", "affiche une valeur avec son unité ou son intervalle de référence")
DOSED = Text("prints a clinical measure, or what a dose is of", "affiche une mesure clinique, ou le produit d'une dose")
OUTCOME = Text("the outcome of somebody's test", "l'issue du test d'une personne")
GROUND = Text("a medical ground for a decision about somebody", "le motif médical d'une décision concernant une personne")
REFUSAL = Text("a named person's refusal of an act of care", "le refus d'un acte de soin par une personne nommée")
STATUS = Text("whether a named person had an act of care", "le fait qu'une personne nommée ait reçu ou non un acte de soin")
CARE = Text("says that care exists", "révèle l'existence d'une prise en charge")
SETTING = Text("an appointment, in an application of care", "un rendez-vous, dans une application de soins")
CARE_VARIABLE = Text("prints somebody who gives or gets care", "affiche un soignant ou une personne prise en charge")
SLOT = Text("a slot that the data decide", "un champ dont le contenu dépend des données")
ATTACHED = Text("a document goes with the message", "un document accompagne le message")
REASON = Text("the reason of an appointment, decided by the data", "le motif d'un rendez-vous, dont le contenu dépend des données")
CONCLUSION = Text("prints what was concluded from somebody's results", "affiche ce qui a été conclu des résultats d'une personne")
MISSING_INCLUDE = Text(
    "includes a part that was not found and whose name speaks of health", "inclut un fragment introuvable dont le nom évoque la santé"
)


def health_variable(words: str) -> Text:
    """A variable whose name says health."""
    return Text(f"prints a value named after health: {words}", f"affiche une valeur dont le nom relève de la santé : {words}")


def contextual_variable(words: str) -> Text:
    """A variable whose name says health beside care."""
    return Text(f"prints a value that says what care is for: {words}", f"affiche une valeur qui dit l'objet des soins : {words}")


def labelled(label: str) -> Text:
    """A value printed after a label that says health."""
    return Text(f"prints a value after the label “{label}”", f"affiche une valeur après le libellé « {label} »")


def condition(words: str) -> Text:
    """Text that depends on a value of health."""
    return Text(f"the text shown depends on a value of health: {words}", f"le texte affiché dépend d'une donnée de santé : {words}")


def in_link(words: str) -> Text:
    """A value of health in an address."""
    return Text(f"puts a value of health in a link: {words}", f"place une donnée de santé dans un lien : {words}")
