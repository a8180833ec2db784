"""A sentence in the two languages of the tool."""

from typing import Literal, NamedTuple

Language = Literal["en", "fr"]


class Text(NamedTuple):
    """One sentence in English and in French; a NamedTuple because thousands are built at every start."""

    en: str
    fr: str

    def said(self, language: Language) -> str:
        """The sentence in one language."""
        return self.fr if language == "fr" else self.en
