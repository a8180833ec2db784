"""What else a template shows: identifiers, dates of birth, images from elsewhere, links that name somebody, passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hds_audit.emails.cut import PLACED, Mark
from hds_audit.emails.document import Document
from hds_audit.emails.markup import Image
from hds_audit.emails.names import Names, path_of_health
from hds_audit.emails.reading import MOST_SENTENCES, FileReading
from hds_audit.emails.sentences import Sentence
from hds_audit.emails.spoken import Spoken
from hds_audit.model.lexicon import words_of
from hds_audit.model.template import DataCategory, Evidence, Observation, ObservationKind
from hds_audit.model.text import Text

_WHY: dict[ObservationKind, Text] = {
    "national-id": Text(
        "a national health or social security number",
        "un numéro d'inscription au répertoire (NIR) ou un INS",
    ),
    "birth-date": Text(
        "a date of birth",
        "une date de naissance",
    ),
    "remote-image": Text(
        "an image fetched from elsewhere when the message is opened",
        "une image chargée à distance à l'ouverture du message",
    ),
    "tracking-pixel": Text(
        "an image that tells its server that the message was opened",
        "une image qui signale l'ouverture du message à son serveur",
    ),
    "identifying-link": Text(
        "a link that carries something that identifies a person",
        "un lien qui contient de quoi identifier une personne",
    ),
    "token-link": Text(
        "a link whose token opens something for whoever holds it",
        "un lien dont le jeton ouvre un accès à qui le détient",
    ),
    "clear-password": Text(
        "a password in clear",
        "un mot de passe en clair",
    ),
    "health-in-link": Text(
        "a value of health in a link",
        "une donnée de santé dans un lien",
    ),
    "missing-include": Text(
        "an included part that was not found: what it says is unknown",
        "un fragment inclus introuvable : son contenu est inconnu",
    ),
    "dynamic-include": Text(
        "an included part that only the data name",
        "un fragment inclus que seules les données désignent",
    ),
    "include-loop": Text(
        "a part that includes itself",
        "un fragment qui s'inclut lui-même",
    ),
    "include-limit": Text(
        "too much, too many parts, or too deep: the rest was not read",
        "trop de texte ou de fragments, ou trop profonds : le reste n'a pas été lu",
    ),
    "text-elsewhere": Text(
        "the sentences are in translation files that were not read",
        "les phrases sont dans des fichiers de traduction non lus",
    ),
    "broken-syntax": Text(
        "an opening that nothing closes",
        "une balise de code jamais refermée",
    ),
}  # fmt: skip

_DIGITS = re.compile(r"(?<![\ue000\d])\d\d")
"""Two digits that are not of the number of a printed expression."""
_NIR = re.compile(r"(?<!\d)([1-478])\s?(\d\d)\s?([0-9]\d)\s?(\d\d|2[AaBb])\s?(\d{3})\s?(\d{3})\s?(\d\d)(?!\d)")
_BORN = re.compile(r"(?:né|née|né\(e\)|born|date of birth|date de naissance|dob)\b[^\d\n]{0,20}\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.I)
_PIXEL = re.compile(r"\b(?:open|pixel|track|tracking|beacon|spy|wf/open)\b|/o\.gif|1x1|blank\.gif", re.I)
_QUERY_NAME = re.compile(r"[?&;]([\w\[\].-]{1,60})=([^&#\s]{0,200})")
_LONG_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,}")
_KEY_MODULUS = 97
_FEW_WORDS = 5


def observation(kind: ObservationKind, line: int, text: str, file: str = "") -> Observation:
    """An observation with its sentence."""
    return Observation(kind, line, " ".join(text.split())[:200], _WHY[kind], file)


def is_nir(text: str) -> bool:
    """Whether a text of 15 signs is a NIR or an INS whose key holds: 97 less the number modulo 97 (INSEE; 2A is 19, 2B is 18)."""
    signs = text.replace(" ", "").upper()
    number = signs[:13].replace("2A", "19").replace("2B", "18") if signs[5:7] in ("2A", "2B") else signs[:13]
    return len(signs) == 15 and number.isdigit() and signs[13:].isdigit() and _KEY_MODULUS - int(number) % _KEY_MODULUS == int(signs[13:])


def observations_of(document: Document) -> Iterator[Observation]:
    """Everything observed in the files of one template."""
    for spoken in document.spoken:
        yield from _printed(spoken, document.names)
    for reading in document.files:
        for sentence in reading.sentences:
            yield from _said(sentence, reading.file)
        yield from _links(reading, document.names)
        for image in reading.images:
            yield from _image(image, reading)
        if len(reading.sentences) > MOST_SENTENCES:
            yield observation("include-limit", reading.sentences[-1].line_at(0), "", reading.file)
        if reading.unclosed:
            yield observation("broken-syntax", reading.unclosed, "", reading.file)
        if _text_elsewhere(reading):
            yield observation("text-elsewhere", 1, "", reading.file)


def _said(sentence: Sentence, file: str) -> Iterator[Observation]:
    text = sentence.text
    if not _DIGITS.search(text):
        return
    for match in _NIR.finditer(text):
        if is_nir(re.sub(r"\s", "", match.group())):
            yield observation("national-id", sentence.line_at(match.start()), match.group()[:5] + "…", file)
    for match in _BORN.finditer(text):
        yield observation("birth-date", sentence.line_at(match.start()), match.group(), file)


def _printed(spoken: Spoken, names: Names) -> Iterator[Observation]:
    for printed in spoken.printed:
        line = printed.line
        labelled = printed.label and not any(sense.credential for sense in printed.senses)
        for sense in (*printed.senses, names.of_label(printed.label)) if labelled else printed.senses:
            if "national-id" in sense.categories:
                yield observation("national-id", line, printed.code, spoken.file)
            if "birth-date" in sense.categories:
                yield observation("birth-date", line, printed.code, spoken.file)
            if sense.credential:
                yield observation("clear-password", line, printed.code, spoken.file)


def _links(reading: FileReading, names: Names) -> Iterator[Observation]:
    """What the addresses carry: an address in an attribute, and calls that make one."""
    for link in reading.links:
        for kind in _of_address(link.address, reading.marks, names):
            yield observation(kind, link.line, _readable(link.address, reading.marks), reading.file)
    for mark in reading.marks:
        kinds = {kind for path in mark.expression.linked for kind in _of_value(names, path)}
        for kind in sorted(kinds):
            yield observation(kind, mark.line, mark.code.strip(), reading.file)


def _of_address(address: str, marks: tuple[Mark, ...], names: Names) -> list[ObservationKind]:
    kinds: set[ObservationKind] = set()
    for name, value in _QUERY_NAME.findall(address):
        if PLACED.search(value):
            kinds.update(_of_value(names, (name,)))
    for number in PLACED.findall(address):
        for path in marks[int(number)].expression.shown:
            kinds.update(_of_value(names, path))
    if _LONG_TOKEN.search(PLACED.sub("", address)) and "?" in address:
        kinds.add("token-link")
    if path_of_health(address, names):
        kinds.add("health-in-link")
    return sorted(kinds)


def _of_value(names: Names, path: tuple[str, ...]) -> Iterator[ObservationKind]:
    sense = names.sense(path)
    if sense.health == "strong":
        yield "health-in-link"
    classes = names.lexicon.classes(sense.words)
    if "link-token" in classes:
        yield "token-link"
    elif "link-id" in classes and ("email" not in sense.words or "unsubscribe" not in sense.words):
        yield "identifying-link"


def _image(image: Image, reading: FileReading) -> Iterator[Observation]:
    address = _readable(image.address, reading.marks)
    tiny = {image.width.removesuffix("px"), image.height.removesuffix("px")} <= {"0", "1"} and image.width != ""
    if tiny or _PIXEL.search(image.address):
        yield observation("tracking-pixel", image.line, address, reading.file)
    elif address.startswith(("http:", "https:", "//")):
        yield observation("remote-image", image.line, address, reading.file)


def _readable(address: str, marks: tuple[Mark, ...]) -> str:
    return PLACED.sub(lambda match: "{" + marks[int(match.group(1))].code.strip()[:60] + "}", address)


def _text_elsewhere(reading: FileReading) -> bool:
    """Whether the file holds keys of translations and next to no text of its own."""
    keys = sum(len(mark.expression.keys) for mark in reading.marks)
    if not keys:
        return False
    said = sum(len(words_of(PLACED.sub(" ", sentence.text))) for sentence in reading.sentences[:50])
    return said <= _FEW_WORDS * keys


def shown_categories(document: Document, evidence: tuple[Evidence, ...], observed: tuple[Observation, ...]) -> tuple[DataCategory, ...]:
    """The categories of data that the template shows."""
    senses = [sense for spoken in document.spoken for printed in spoken.printed for sense in printed.senses]
    shown: set[DataCategory] = {category for sense in senses for category in sense.categories}
    kinds = {each.kind for each in observed}
    labels = {each.label for each in evidence if each.confidence != "low"}
    if "clear-password" in kinds or any(sense.one_time for sense in senses):
        shown.add("credentials")
    for kind, category in _SHOWN_BY_KIND:
        if kind in kinds:
            shown.add(category)
    if "health" in labels:
        shown.add("health")
    if "free-text" in labels:
        shown.add("free-text")
    if any(sense.event for sense in senses):
        shown.add("appointment")
    return tuple(sorted(shown))


_SHOWN_BY_KIND: tuple[tuple[ObservationKind, DataCategory], ...] = (
    ("national-id", "national-id"), ("birth-date", "birth-date"), ("health-in-link", "health"),
)  # fmt: skip
