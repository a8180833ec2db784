"""What a reference may name: the identifiers of the file, and those of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hds_audit.model.catalogue import Catalogue
from hds_audit.read.nearest import Nearest
from hds_audit.read.tree import Map


class Known:
    """The identifiers that are there, section by section; `nearest` finds the one that was meant."""

    def __init__(self, root: Map, catalogue: Catalogue) -> None:
        self._catalogue, self._root = catalogue, root
        self.nearest = Nearest()

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

    def listed(self, sections: Iterable[str]) -> Iterator[str]:
        """Every identifier of these sections."""
        for section in sections:
            written = self._root.get(section)
            yield from written if isinstance(written, Map) else ()
            if section == "organisations":
                yield from self._catalogue.organisations
                yield from self._catalogue.aliases
            if section == "laws":
                yield from self._catalogue.laws

    def country(self, code: str) -> bool:
        """Whether a country of that code exists, as far as the catalogue has countries at all."""
        return not self._catalogue.countries or self._catalogue.country(code) is not None
