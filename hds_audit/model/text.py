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


VOWELS = frozenset("aeiouàâéèêëîïôùûœ")


def elides(word: str) -> bool:
    """Whether French writes d' and not de before a word."""
    return word[:1].casefold() in VOWELS


def of(word: str) -> str:
    """A French complement: d'index, de db."""
    return f"d'{word}" if elides(word) else f"de {word}"


def counted(number: int, one: Text, many: Text, language: Language) -> str:
    """A number with its noun; French takes the singular up to one, English at one only."""
    single = number < 2 if language == "fr" else number == 1
    return (one if single else many).said(language).format(number)


def numbered(number: int, one: Text, many: Text) -> Text:
    """A number with its noun, in both languages."""
    return Text(counted(number, one, many, "en"), counted(number, one, many, "fr"))
