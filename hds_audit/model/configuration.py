"""The settings of `check`: what each takes, what it is by default, and who may set it."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from hds_audit.model.rule import FRAMEWORKS, LEVELS, SEVERITIES
from hds_audit.model.text import Text
from hds_audit.model.values import parse_day, parse_span

FILE_NAME, TABLE = "hds-audit.toml", "tool.hds-audit"
PREFIX = "HDS_AUDIT_"
OTHER_VARIABLES = frozenset({"HDS_AUDIT_CACHE", "HDS_AUDIT_DATA", "HDS_AUDIT_EXAMPLES", "HDS_AUDIT_EXPLORE"})
"""Variables with our prefix that are no settings: the cache, and what tests are given."""

Value = str | bool | int | tuple[str, ...]
Form = Literal["word", "words", "text", "flag", "count", "span", "day", "colour", "path", "paths", "outputs"]
Bound = Literal["free", "stricter", "trusted", "caller"]
"""What a file beside a description may do with a setting: anything; make it stricter; nothing unless it is trusted; nothing ever."""


class Setting(NamedTuple):
    """One setting; its name is that of the flag, of the key in a file and, in capitals behind the prefix, of the variable."""

    name: str
    form: Form
    default: Value
    bound: Bound
    meaning: Text
    words: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment's name for it."""
        return PREFIX + self.name.upper().replace("-", "_")


class Chosen(NamedTuple):
    """A setting's value and where it came from; `place` is the flag, the variable, or the line of the file."""

    setting: Setting
    value: Value
    origin: Literal["flag", "environment", "file", "default"] = "default"
    place: str = ""


class Configuration(NamedTuple):
    """Every setting of one run, by name; `refused` are those of an untrusted file that it may not make.

    `file` is the file that was read, empty where there is none.
    """

    chosen: Mapping[str, Chosen]
    refused: tuple[Chosen, ...] = ()
    file: str = ""

    def text(self, name: str) -> str:
        """The value of a setting that is a text."""
        value = self.chosen[name].value
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """The value of a setting that is true or false."""
        return self.chosen[name].value is True

    def listed(self, name: str) -> tuple[str, ...]:
        """The value of a setting that is a list."""
        value = self.chosen[name].value
        return value if isinstance(value, tuple) else ()

    def count(self, name: str) -> int:
        """The value of a setting that is a number."""
        value = self.chosen[name].value
        return value if isinstance(value, int) else 0


SETTINGS: tuple[Setting, ...] = (
    Setting("gate", "word", "mandatory", "stricter", Text("The level that gates.", "Le niveau qui bloque."), LEVELS),
    Setting("min-severity", "word", "low", "stricter", Text(
        "The least severity that gates.", "La gravité minimale qui bloque.",
    ), SEVERITIES),
    Setting("frameworks", "words", FRAMEWORKS, "stricter", Text("The frameworks that gate.", "Les référentiels qui bloquent."), FRAMEWORKS),
    Setting("on-unknown", "word", "fail", "stricter", Text(
        "Whether what is not shown gates (fail) or not (report).", "Ce qui n'est pas démontré bloque (fail) ou non (report).",
    ), ("fail", "report")),
    Setting("require-attestations", "flag", False, "stricter", Text(
        "Whether what waits for a person gates too.", "Ce qui attend une attestation bloque aussi.",
    )),
    Setting("strict-waivers", "flag", False, "stricter", Text(
        "Whether expired, orphan, doubled and year-long waivers are refused.",
        "Les dérogations expirées, orphelines, en double ou de plus d'un an sont refusées.",
    )),
    Setting("max-age", "span", "P7D", "stricter", Text(
        "Evidence older than this is left out (ISO 8601).", "Les observations plus anciennes sont écartées (ISO 8601).",
    )),
    Setting("environment", "text", "", "trusted", Text(
        "Judge the components of one environment only.", "Ne juger que les composants d'un environnement.",
    )),
    Setting("as-of", "day", "", "trusted", Text("The day to audit at.", "Le jour auquel auditer.")),
    Setting("rules", "paths", (), "trusted", Text("Folders of rules of your own.", "Dossiers de règles propres.")),
    Setting("waivers", "path", "", "trusted", Text("A file of waivers.", "Un fichier de dérogations.")),
    Setting("baseline", "path", "", "trusted", Text(
        "An earlier JSON report: the gate fails on what is new since.", "Un rapport JSON antérieur : seul ce qui est nouveau bloque.",
    )),
    Setting("since", "text", "", "trusted", Text(
        "A git reference: the gate fails on what is new since.", "Une référence git : seul ce qui est nouveau bloque.",
    )),
    Setting("evidence", "path", "", "trusted", Text("What `probe` saw.", "Ce que `probe` a observé.")),
    Setting("output", "outputs", (), "trusted", Text("Reports to write.", "Rapports à écrire.")),
    Setting("into", "path", "", "caller", Text("The folder for one report each.", "Le dossier d'un rapport par description.")),
    Setting("jobs", "count", 1, "caller", Text("How many processes audit.", "Combien de processus auditent.")),
    Setting("client", "text", "", "free", Text("The client's name, on the cover.", "Le nom du client, en couverture.")),
    Setting("author", "text", "", "free", Text("The author's name, on the cover.", "Le nom de l'auteur, en couverture.")),
    Setting("comment", "path", "", "free", Text("A Markdown file for the management summary.", "Un fichier Markdown pour la synthèse.")),
    Setting("logo", "path", "", "free", Text("An image for the cover.", "Une image pour la couverture.")),
    Setting("accent", "colour", "", "free", Text("A colour for headings.", "Une couleur pour les titres.")),
    Setting("lang", "word", "", "free", Text(
        "The language of reports; the locale by default.", "La langue des rapports ; par défaut celle du poste.",
    ), ("fr", "en")),
    Setting("trust-config", "flag", False, "caller", Text(
        "Whether a file beside the description may make the gate laxer, and name files.",
        "Un fichier voisin de la description peut assouplir le seuil et nommer des fichiers.",
    )),
)  # fmt: skip
BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
MOST_JOBS = 256


def allowed_untrusted(setting: Setting, value: Value) -> bool:
    """Whether a file that nobody trusts may give a setting this value: never one that makes the gate laxer than by default."""
    if setting.bound != "stricter":
        return setting.bound == "free" or value == setting.default
    return _AS_STRICT[setting.name](value)


_AS_STRICT: Mapping[str, Callable[[Value], bool]] = {
    "gate": lambda value: True,
    "min-severity": lambda value: value == "low",
    "frameworks": lambda value: isinstance(value, tuple) and set(value) >= set(FRAMEWORKS),
    "on-unknown": lambda value: value == "fail",
    "require-attestations": lambda value: True,
    "strict-waivers": lambda value: True,
    "max-age": lambda value: _seconds(value) <= _seconds("P7D"),
}


def _seconds(value: Value) -> int:
    span = parse_span(value) if isinstance(value, str) else None
    return span.seconds if span is not None else 0


def value_of(setting: Setting, raw: object) -> Value | Text:
    """What a setting is given, as its value; or what is wrong with it."""
    return _READERS[setting.form](setting, raw)


def value_of_text(setting: Setting, written: str) -> Value | Text:
    """The same from a text, as the environment holds it: lists go with commas or one a line."""
    if setting.form in ("words", "paths", "outputs"):
        return value_of(setting, [part.strip() for part in written.replace("\n", ",").split(",") if part.strip()])
    if setting.form == "flag":
        return value_of(setting, _FLAGS.get(written.lower(), written))
    return value_of(setting, int(written) if setting.form == "count" and written.isdecimal() and len(written) < 9 else written)


_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def _word(setting: Setting, raw: object) -> Value | Text:
    if isinstance(raw, str) and raw in setting.words:
        return raw
    said = ", ".join(setting.words)
    return Text(f"{raw} is none of {said}", f"{raw} ne fait pas partie de {said}")


def _words(setting: Setting, raw: object) -> Value | Text:
    listed = raw if isinstance(raw, list) else [raw]
    wrong = next((found for item in listed if isinstance(found := _word(setting, item), Text)), None)
    if wrong is not None:
        return wrong
    return tuple(word for word in setting.words if word in listed) or Text("the list is empty", "la liste est vide")


def _text(setting: Setting, raw: object) -> Value | Text:
    return raw if isinstance(raw, str) and "\0" not in raw else Text("a text is due", "un texte est attendu")


def _flag(setting: Setting, raw: object) -> Value | Text:
    return raw if isinstance(raw, bool) else Text("true or false is due", "true ou false est attendu")


def _count(setting: Setting, raw: object) -> Value | Text:
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= MOST_JOBS:
        return raw
    return Text(f"a number from 1 to {MOST_JOBS} is due", f"un nombre de 1 à {MOST_JOBS} est attendu")


def _span(setting: Setting, raw: object) -> Value | Text:
    if isinstance(raw, str) and parse_span(raw) is not None:
        return raw
    return Text(f"{raw} is no duration; write P7D", f"{raw} n'est pas une durée ; écrire P7D")


def _day(setting: Setting, raw: object) -> Value | Text:
    found = parse_day(str(raw))
    if found is not None and found.first == found.last:
        return str(raw)
    return Text(f"{raw} is no day; write YYYY-MM-DD", f"{raw} n'est pas une date ; écrire AAAA-MM-JJ")


def _colour(setting: Setting, raw: object) -> Value | Text:
    if isinstance(raw, str) and (not raw or re.fullmatch("#(?:[0-9A-Fa-f]{3}){1,2}", raw)):
        return raw
    return Text(f"{raw} is no colour; write #0b5394", f"{raw} n'est pas une couleur ; écrire #0b5394")


def _paths(setting: Setting, raw: object) -> Value | Text:
    listed = raw if isinstance(raw, list) else [raw]
    if all(isinstance(item, str) and item and "\0" not in item for item in listed):
        return tuple(str(item) for item in listed)
    return Text("a list of texts is due", "une liste de textes est attendue")


_READERS: Mapping[Form, Callable[[Setting, object], Value | Text]] = {
    "word": _word, "words": _words, "text": _text, "flag": _flag, "count": _count,
    "span": _span, "day": _day, "colour": _colour, "path": _text, "paths": _paths, "outputs": _paths,
}  # fmt: skip
