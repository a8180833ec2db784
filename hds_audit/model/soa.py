"""A statement of applicability (ISO/IEC 27001, 6.1.3 d): for each control of Annex A, whether it applies and why."""

import re
from typing import NamedTuple

_SIZES = {5: 37, 6: 8, 7: 14, 8: 34}
ANNEX_A = tuple(f"A.{theme}.{number}" for theme, size in _SIZES.items() for number in range(1, size + 1))
"""The 93 controls of the edition of 2022, in its order."""

_WRITTEN = re.compile(r"(?:iso27001:)?(?:a\.?)?\s*(\d+(?:\.\d+)+)", re.IGNORECASE)


class SoaEntry(NamedTuple):
    """One line: `applicable` is None where the line does not say; `line` counts from 1 in its file."""

    control: str
    applicable: bool | None
    justification: str = ""
    status: str = ""
    line: int = 0


class Statement(NamedTuple):
    """A statement that was read, under the name of its file."""

    document: str
    entries: tuple[SoaEntry, ...]


def control_name(said: str) -> str:
    """The name of a control as Annex A writes it (`A.5.1`), however it was written; what is no number stays as it is."""
    found = _WRITTEN.fullmatch(said.strip())
    return f"A.{found[1]}" if found else said.strip()
