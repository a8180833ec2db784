"""The ten questions of `init`: what is asked, and which answers do."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from hds_audit.importers.identifiers import legible
from hds_audit.model.catalogue import Catalogue
from hds_audit.model.format import words
from hds_audit.model.imported import Imported, Plain
from hds_audit.model.text import Text

KEY_CHOICES = ("provider", "customer", "end-users", "none", "unknown")
_SEVERAL = re.compile(r"[,;\s]+")


class Question(NamedTuple):
    """One question: its name as an option, what is asked, the default, and what may be answered (none: any text).

    `offered` is a default for a person to accept, that nothing may take for granted.
    """

    name: str
    asked: Text
    default: str
    choices: tuple[str, ...] = ()
    several: bool = False
    offered: str = ""


class Refused(NamedTuple):
    """Why an answer does not do."""

    reason: Text


Ask = Callable[[Question, Callable[[str], "str | Refused"]], str]
"""Asks a question until the check accepts the answer, and gives what the check made of it; '' is left open."""


@dataclass
class Answers:
    """What was answered, by question, and which answers are defaults that nobody looked at."""

    said: dict[str, str] = field(default_factory=dict)
    default: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    def several(self, name: str) -> list[Plain]:
        """An answer that is a list."""
        return [part for part in _SEVERAL.split(self[name]) if part]


def questions(name: str, catalogue: Catalogue, started: Imported | None, told: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions, in order; those that the files of `--from` answer already are not asked again, unless an option has `told` them."""
    hosts = tuple(sorted(catalogue.organisations))
    asked = [
        Question("name", Text("Name of the application", "Nom de l'application"), name),
        Question("operator", Text("Company or body that operates it", "Société ou organisme qui l'exploite"), ""),
        Question("country", Text("Its country, two letters", "Son pays, en deux lettres"), "", offered="FR"),
        Question("subjects", Text("Whose data", "Données de qui"), "patients", words.SUBJECTS, several=True),
        Question("health", _HEALTH, "nature", words.HEALTH),
        Question("collected-in", _SETTING, "care", (*words.SETTINGS, "none"), several=True),
    ]
    if started is None or "hosts" in told or not _hosted(started):
        asked.append(Question("hosts", _HOSTS, "", hosts, several=True, offered="scalingo"))
    asked.append(Question("regions", _REGIONS, ""))
    asked.append(Question("keys", _KEYS, "unknown", KEY_CHOICES))
    if started is None or "mail" in told or not _mails(started):
        asked.append(Question("mail", _MAIL, "", ("none", *hosts)))
    return tuple(asked)


def _mails(started: Imported) -> bool:
    return any("provider" in host for host in hosts_of(started.data).values() if host.get("service") == "email")


def _hosted(started: Imported) -> bool:
    """Whether the files say whose machines everything runs on."""
    return "hosts" in started.data and not unprovided(started.data)


def unprovided(data: Mapping[str, Plain]) -> tuple[str, ...]:
    """The hosts that components stand on and that nothing says the provider of."""
    components = data.get("components")
    homes = [one.get("host") for one in components.values() if isinstance(one, dict)] if isinstance(components, dict) else []
    return tuple(key for key, host in hosts_of(data).items() if key in homes and "provider" not in host)


def hosts_of(data: Mapping[str, Plain]) -> dict[str, dict[str, Plain]]:
    """The hosts of a description, with no facts for one of which nothing is known."""
    hosts = data.get("hosts")
    return {key: host if isinstance(host, dict) else {} for key, host in hosts.items()} if isinstance(hosts, dict) else {}


def check_of(question: Question, catalogue: Catalogue) -> Callable[[str], str | Refused]:
    """The check of the answers to a question: words of the format, organisations and countries of the catalogue."""

    def check(answer: str) -> str | Refused:
        said = legible(answer).strip()
        if question.name == "country":
            return _country(said.upper(), catalogue)
        if question.name in {"hosts", "mail"}:
            return _organisations(said, question, catalogue)
        if not question.choices or not said:
            return said
        parts = _SEVERAL.split(said) if question.several else [said]
        wrong = [part for part in parts if part and part not in question.choices]
        return Refused(_one_of(question.choices)) if wrong else said

    return check


def _country(said: str, catalogue: Catalogue) -> str | Refused:
    known = not said or catalogue.country(said) is not None
    return said if known else Refused(Text("two letters of ISO 3166, such as FR", "deux lettres ISO 3166, comme FR"))


def _organisations(said: str, question: Question, catalogue: Catalogue) -> str | Refused:
    if question.name == "mail" and said in {"", "none"}:
        return said
    found: list[str] = []
    for part in (part for part in _SEVERAL.split(said) if part):
        provider, slash, service = part.lower().partition("/")
        organisation = catalogue.organisation(provider)
        if organisation is None:
            close = get_close_matches(provider, [*catalogue.organisations, *catalogue.aliases], 3)
            near = f" ({', '.join(close)}?)" if close else ""
            return Refused(Text(f"{provider} is not in the catalogue{near}", f"{provider} n'est pas au catalogue{near}"))
        if slash and service not in words.SERVICES:
            return Refused(_one_of(words.SERVICES))
        found.append(organisation.id + (f"/{service}" if slash else ""))
    return " ".join(found)


def _one_of(choices: Sequence[str]) -> Text:
    listed = ", ".join(choices[:30])
    return Text(f"one of {listed}", f"parmi {listed}")


def interview(asked: Sequence[Question], ask: Ask, catalogue: Catalogue) -> Answers:
    """Ask every question, in order."""
    answers = Answers()
    for question in asked:
        said = ask(question, check_of(question, catalogue))
        answers.said[question.name] = said
    return answers


_HEALTH = Text(
    "Which health data (nature: health data as such; combination: once crossed; destination: by their use; none)",
    "Quelles données de santé (nature : par nature ; combination : par croisement ; destination : par usage ; none : aucune)",
)
_SETTING = Text("Collected in which setting (CSP L.1111-8)", "Recueillies dans quel cadre (CSP L.1111-8)")
_HOSTS = Text(
    "Hosts, of the catalogue, the main one first (scalingo, aws/iaas; hds-audit catalogue list)",
    "Hébergeurs, du catalogue, le principal d'abord (scalingo, aws/iaas ; hds-audit catalogue list)",
)
_REGIONS = Text("Regions (osc-fr1; scaleway=fr-par ovhcloud=gra)", "Régions (osc-fr1 ; scaleway=fr-par ovhcloud=gra)")
_KEYS = Text(
    "Who can open the stored data (provider: the host has the keys; customer: you alone; end-users; none: not encrypted)",
    "Qui peut ouvrir les données stockées (provider : l'hébergeur a les clés ; customer : vous seul ; end-users ; none : non chiffrées)",
)
_MAIL = Text("Service that sends the e-mails, or none", "Service qui envoie les courriels, ou none")
