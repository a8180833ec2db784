"""The word that was meant: the known one that looks most like a wrong one."""

from __future__ import annotations

from collections.abc import Iterable


class Nearest:
    """Compares a bounded number of words in all, since a file may hold any number of wrong ones."""

    def __init__(self, comparisons: int = 40_000) -> None:
        self._left = comparisons

    def to(self, wrong: str, choices: Iterable[str], likeness: float = 0.6) -> str | None:
        """The choice that looks most like a wrong word, whatever its case and hyphens, or None."""
        if len(wrong) > 60 or self._left <= 0:
            return None
        import difflib  # only a wrong word needs it

        plain = {_plain(each): each for each in choices}
        self._left -= len(plain)
        found = difflib.get_close_matches(_plain(wrong), plain, n=1, cutoff=likeness)
        return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")
