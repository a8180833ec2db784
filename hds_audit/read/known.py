"""What a reference may name: the identifiers of the file, and those of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from hds_audit.model.catalogue import Catalogue
from hds_audit.read.tree import Map


class Known:
    """The identifiers that are there, section by section."""

    def __init__(self, root: Map, catalogue: Catalogue) -> None:
        self._catalogue, self._root = catalogue, root

    def names(self, section: str, identifier: str) -> bool:
        """Whether an identifier is in a section, or may be for all the file says.

        A section that is `true` exists with its content unknown; environments may go undescribed.
        """
        written = self._root.get(section)
        if isinstance(written, Map):
            if identifier in written:
                return True
        elif written is True or (section == "environments" and section not in self._root):
            return True
        if section == "organisations":
            return self._catalogue.organisation(identifier) is not None
        return section == "laws" and self._catalogue.law(identifier) is not None

    def nearest(self, sections: Iterable[str], words: Iterable[str], identifier: str) -> str | None:
        """The identifier that looks most like a wrong one."""
        choices: list[str] = list(words)
        for section in sections:
            written = self._root.get(section)
            choices.extend(written if isinstance(written, Map) else ())
            if section == "organisations":
                choices.extend((*self._catalogue.organisations, *self._catalogue.aliases))
            if section == "laws":
                choices.extend(self._catalogue.laws)
        return nearest(identifier, choices)

    def country(self, code: str) -> bool:
        """Whether a country of that code exists, as far as the catalogue has countries at all."""
        return not self._catalogue.countries or self._catalogue.country(code) is not None


def nearest(wrong: str, choices: Iterable[str]) -> str | None:
    """The choice that looks most like a wrong word, whatever its case and hyphens, or None."""
    import difflib  # only a wrong word needs it

    plain = {_plain(each): each for each in choices}
    if len(wrong) > 60:
        return None
    found = difflib.get_close_matches(_plain(wrong), plain, n=1)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")
