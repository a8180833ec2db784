# ruff: noqa: SIM905  words read as words
"""Whether the application that a template belongs to is one of care: by the names on its path, by the templates beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hds_audit.emails.names import parted
from hds_audit.model.lexicon import Lexicon, TermClass, folded, stemmed

_CARE: frozenset[TermClass] = frozenset(("care", "care-name", "speciality", "vaccine", "act", "pathology", "procedure", "patient-person"))
_AMBIGUOUS = frozenset(
    "assure baby beneficiary beneficiaire booster cabinet case child children consultation donneur donor dose dr enfant gp injection "
    "ins jab lab mental mutuelle newborn pmi prescription pupil resident urgence dmp".split()
)
"""Stems that other trades have in their names too."""

_ALSO = frozenset("blood dental dentaire ehr emr fertility hmis hms medi medic pharma physio renal telehealth".split())
"""Stems that say care in the name of an application, and in a sentence nothing."""

_ANIMALS = frozenset("animal animaux betail canine cattle crop dog livestock pet puppy vet veterinaire veterinarian veterinary".split())
"""Stems of trades whose patients are no persons."""

_UNLIKE = frozenset("healthcheck hospitality patience doctorate doctorant".split())
"""Names that start as one of care does."""

_TAILS = frozenset("app api bot hub kit lab net now pro web".split())
_SHORTEST_HEAD, _SHORTEST_TAIL = 5, 4
_LAYOUT = frozenset(
    "app apps api assets backend bundle client common conf config core e-mail email emails etc front frontend internal java lang lib libs "
    "locale locales mail mailer mailers mails main message messages messaging modules notification notifications notifier package packages "
    "php private public python resource resources ressources root server service services shared site sms src static support system "
    "template templates text tpl transactional view views web webapp www html txt en fr".split()
)
"""Folders by which code is laid out: their names tell nothing of what an application is for."""
_NEAREST, _DEEPEST = 2, 12
_WRITTEN = re.compile(r"[A-Z]?[a-z]{3,}|\b[A-Z]{3,5}\b")
_MOST_LEARNT, _LOOKED_AT = 40, 20_000
_FEWEST, _SHARE, _FAR_BELOW = 2, 3, 3


@dataclass(slots=True)
class _Seen:
    """How many templates of an application were looked at, and how many of them speak of care, or of animals."""

    looked_at: int = 0
    of_care: int = 0
    of_animals: int = 0


class Applications:
    """The applications that templates belong to, as far as was seen of them; each is known by its folder."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._named: dict[str, bool] = {}
        self._parts: dict[str, bool] = {}
        self._seen: dict[str, _Seen] = {}

    def asks_for(self, path: str) -> bool:
        """Whether a template would still tell something of its application."""
        seen = self._seen.get(application_folder(path))
        return seen is None or seen.looked_at < _MOST_LEARNT

    def learn(self, path: str, content: bytes) -> None:
        """Takes note of a template as evidence on the others of its application; of many templates the first ones count."""
        seen = self._seen.setdefault(application_folder(path), _Seen())
        if seen.looked_at < _MOST_LEARNT:
            text = content[:_LOOKED_AT].decode("utf-8", "replace")
            seen.looked_at += 1
            words = {word.lower() for word in _WRITTEN.findall(text)}
            seen.of_care += any(map(self._names_care, words))
            seen.of_animals += not _ANIMALS.isdisjoint(map(stemmed, words))

    def of_care(self, path: str) -> bool:
        """Whether the names on a path, or most of what was learnt beside it, speak of care."""
        folder = application_folder(path)
        parts = _told_by(path, folder)
        seen = self._seen.get(folder) or _Seen()
        if seen.of_animals * _SHARE > seen.looked_at or any(not _ANIMALS.isdisjoint(parted(part)) for part in parts):
            return False
        if any(self._part_names_care(part) for part in parts):
            return True
        return seen.of_care >= _FEWEST and seen.of_care * _SHARE >= seen.looked_at

    def _part_names_care(self, part: str) -> bool:
        known = self._parts.get(part)
        if known is None:
            known = self._parts[part] = self._is_part_of_care(part)
        return known

    def _is_part_of_care(self, part: str) -> bool:
        words = parted(part.split(".", 1)[0])
        checks = {at for at, pair in enumerate(pairwise(words)) if pair == ("health", "check")}
        return any(self._names_care(word) for at, word in enumerate(words) if at not in checks)

    def _names_care(self, word: str) -> bool:
        known = self._named.get(word)
        if known is None:
            known = self._named[word] = self._is_of_care(stemmed(folded(word)))
        return known

    def _is_of_care(self, stem: str) -> bool:
        if stem in _AMBIGUOUS or stem in _UNLIKE:
            return False
        if self._listed(stem):
            return True
        heads = (stem[:length] for length in range(_SHORTEST_HEAD, len(stem) - 2) if _is_tail(stem[length:]))
        tails = (stem[-length:] for length in range(_SHORTEST_HEAD + 1, len(stem) - 2))
        return any(self._listed(each) and each not in _AMBIGUOUS for each in (*heads, *tails))

    def _listed(self, stem: str) -> bool:
        if stem in _ALSO:
            return True
        return any(len(term.words) == 1 and not _CARE.isdisjoint(term.classes) for term in self.lexicon.named.get(stem, ()))


def _told_by(path: str, folder: str) -> list[str]:
    """The parts of a path that tell of an application: what its folder and the one above are called, and all below it."""
    above = [part for part in folder.split("/") if part and part.lower() not in _LAYOUT]
    below = path.replace("\\", "/").removeprefix(folder).split("/")
    return above[-_NEAREST:] + [part for part in below[-_DEEPEST:] if part]


def _is_tail(text: str) -> bool:
    """Whether a name may be made of a word of care and this."""
    return len(text) >= _SHORTEST_TAIL or text in _TAILS


def application_folder(path: str) -> str:
    """The folder of the application: the one above the lowest run of folders by which code is laid out, else the template's own."""
    parts = path.replace("\\", "/").split("/")[:-1]
    lowest = next((at for at in range(len(parts) - 1, -1, -1) if parts[at].lower() in _LAYOUT), None)
    lowest = None if lowest is not None and lowest + _FAR_BELOW < len(parts) else lowest
    if lowest is None:
        return "/".join(parts)
    while lowest > 0 and parts[lowest - 1].lower() in _LAYOUT:
        lowest -= 1
    return "/".join(parts[:lowest])
