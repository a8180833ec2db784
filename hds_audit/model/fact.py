"""A fact: a value, where it comes from, and what it would take to know it."""

from enum import StrEnum
from typing import NamedTuple, Protocol

from hds_audit.model.text import Text


class Origin(StrEnum):
    """Where a value comes from: the four kinds of knowledge, and what is computed from them."""

    DECLARED = "declared"
    DOCUMENTED = "documented"
    CATALOGUED = "catalogued"
    OBSERVED = "observed"
    DERIVED = "derived"


class Confidence(StrEnum):
    """How sure a fact or a reading of the law is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return _RANK[self]


_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class Unknown:
    """The one value of what nobody has declared, documented, catalogued or observed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


UNKNOWN = Unknown()


class Fact(NamedTuple):
    """A value under its full path; a NamedTuple because an audit of a thousand components holds a hundred thousand.

    `mark` is the packed place of the declaration (0: none); `missing` are the paths to declare when the value is UNKNOWN;
    `because` are the facts that a derived one rests on. A `recalled` fact informs and never decides.
    Elements of a list-valued fact are facts where they have grounds of their own, else plain values; a Thing has paths of its own.
    """

    path: str
    value: object
    origin: Origin = Origin.DECLARED
    mark: int = 0
    source: str = ""
    missing: tuple[str, ...] = ()
    because: "tuple[Fact, ...]" = ()
    confidence: Confidence = Confidence.HIGH
    doubt: Text | None = None
    recalled: bool = False

    @property
    def known(self) -> bool:
        """Whether the value is there."""
        return self.value is not UNKNOWN


class Thing(Protocol):
    """What a path is read from: a subject of the audit, or an element of one of its lists."""

    @property
    def path(self) -> str:
        """Its full path in the description."""

    def fact(self, path: str) -> Fact:
        """The fact at a path relative to the thing; UNKNOWN with what to declare where nobody said."""


_DERIVED, _SURE = Origin.DERIVED, Confidence.HIGH  # looked up once: an audit makes a hundred thousand facts


def unknown(path: str, *missing: str, because: tuple[Fact, ...] = (), doubt: Text | None = None, mark: int = 0) -> Fact:
    """A fact that is not known, with the paths that would settle it (its own where none is given)."""
    return Fact(path, UNKNOWN, _DERIVED, mark, "", missing or (path,), because, _SURE, doubt)


def derived(path: str, value: object, *because: Fact) -> Fact:
    """A fact computed from others: as unsure as the least sure of them, and recalled where one of them is."""
    confidence, doubt, recalled = _SURE, because[0].doubt if because else None, False
    for fact in because:
        if fact.confidence is not confidence and fact.confidence.rank > confidence.rank:
            confidence, doubt = fact.confidence, fact.doubt
        recalled = recalled or fact.recalled
    return Fact(path, value, _DERIVED, 0, "", (), because, confidence, doubt, recalled)
