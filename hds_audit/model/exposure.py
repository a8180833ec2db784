"""Who can read the data: exposures with their paths, the six activities, and who can use each key."""

from typing import Literal, NamedTuple

from hds_audit.model.text import Text

Degree = Literal["clear", "key-held", "in-use", "ciphertext", "none", "unknown"]
Certainty = Literal["established", "debated", "unknown"]
Role = Literal["provider", "party", "subcontractor", "operator", "administrator", "reader", "remote-access", "recipient", "terminator"]
PlaceKind = Literal["component", "host", "flow"]
DEGREES: tuple[Degree, ...] = ("clear", "key-held", "in-use", "ciphertext", "none")  # from the worst; `unknown` stands apart
CERTAINTIES: tuple[Certainty, ...] = ("established", "debated", "unknown")  # from the surest
ActivityVerdict = Literal[
    "covered", "expired", "wrong-version", "out-of-scope", "not-covered", "exempt", "not-hosting", "conflict", "unknown"
]


class Step(NamedTuple):
    """One step of a path: a thing of the description or of the catalogue, why it is a step, and where that is said.

    `mark` is the packed place of the declaration (0: none), `source` the entry of the catalogue.
    """

    kind: str
    id: str
    why: Text
    mark: int = 0
    source: str = ""


class Exposure(NamedTuple):
    """One law that reaches one datum at one component through one organisation; law None where the country is not known.

    `missing` with a known degree or an established law says what, once declared, could make it worse. `organisation` is empty
    where a host names no provider; `country` is that of the law; `remembered` marks a law that is only recalled: it informs.
    `kind` says what `component` is: a component, a host that is sent the data, or a flow between people whose encryption someone ends.
    """

    law: str | None
    organisation: str
    data: str
    component: str
    degree: Degree
    certainty: Certainty
    missing: tuple[str, ...]
    path: tuple[Step, ...]
    role: Role = "provider"
    country: str = ""
    remembered: bool = False
    kind: PlaceKind = "component"


class Cut(NamedTuple):
    """One change that ends an exposure: its kind, what it changes, and the sentence that says it."""

    kind: str
    on: str
    said: Text


class ActivityRow(NamedTuple):
    """One activity of CSP R.1111-9 on one host: who performs it, under which certificate, and whether that holds."""

    host: str
    activity: str
    performer: str
    certificate: str
    verdict: ActivityVerdict
    reason: Text
    missing: tuple[str, ...] = ()
    origin: str = "declared"


class Custody(NamedTuple):
    """Who can use one key, by which fact, and how far it protects: from 1 (the provider's own key) to 4 (it never sees the clear).

    The grade is None where a fact is missing; 0, no encryption at all, is a grade of data and components, which have no key then.
    """

    key: str
    users: tuple[tuple[str, Text, int], ...]
    grade: int | None
    sentence: Text
    missing: tuple[str, ...] = ()
